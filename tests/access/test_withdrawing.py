"""A file that counts no longer: the answers are those of a library that never had it, and those of before stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lineage.library import Library
from tests.kept import copy
from tests.shares import a_share

from .papers import PAPERS, WHO, asked, library_of, run

DAYS = (date(2012, 6, 1), date(2016, 6, 1), date(2019, 1, 1))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library_of(tmp_path_factory.mktemp("all"), list(PAPERS))


@pytest.fixture
def folder(tmp_path: Path, made: Path) -> Path:
    copy(made, tmp_path / "library")
    return tmp_path / "library"


def answers(folder: Path) -> dict[str, list[str]]:
    """All that a library says, but for what is said of withdrawals and of recording; what is listed in the order of recording is sorted."""
    found: dict[str, list[str]] = {}
    with Library.open(folder) as library:
        assert library.store.check() == []
        works = library.store.works()
        found["works"] = [str(w) for w in works]
        found["relations"] = sorted(map(str, library.relations()))
        found["findings"] = sorted(map(str, library.findings()))
        for words in ("tested", "quokka"):
            found[words] = [str(hit) for hit in library.search(words)]
        for day in DAYS:
            listed = library.in_force(day, every=True)
            found[str(day)] = [str(r) for r in listed.rulings] + [str(listed.held)]
            for work in works:
                shown = library.show(work.id, day)
                found[f"{day} {work.id}"] = [shown.sentence, str(shown.text), str(shown.clauses), *sorted(map(str, shown.findings)), *map(str, shown.reasons), *map(str, shown.touches), *map(str, shown.changed_by)]
    return found


# One that ends a rule and is cited, one that amends and is rescinded, one of two texts.
@pytest.mark.parametrize("name", a_share(["quokka.txt", "amends.txt", "lamps.txt"], 3))
def test_the_answers_are_those_of_a_library_without_the_file(folder: Path, tmp_path: Path, name: str) -> None:
    whole = answers(folder)
    assert run(folder, "withdraw", name, *WHO).exit_code == 0
    (tmp_path / "other").mkdir()
    other = library_of(tmp_path / "other", [n for n in PAPERS if n != name])
    assert answers(folder) == answers(other)
    assert run(folder, "withdraw", name, "--undo", *WHO).exit_code == 0
    assert answers(folder) == whole
    assert run(folder, "check").exit_code == 0


def test_what_was_known_before_stays_and_the_rule_says_what_was_withdrawn(folder: Path) -> None:
    with Library.open(folder) as library:
        before = library.store.last_moment() or ""
        old = library.show("5.24", date(2015, 6, 1)).sentence
    assert run(folder, "withdraw", "quokka.txt", "--by", "Sgt. A. Doe", "--because", "it was never signed").exit_code == 0
    assert "was in force" in run(folder, "show", "5.24", "--on", "2015-06-01").stdout
    with Library.open(folder) as library:
        assert library.show("5.24", date(2015, 6, 1), before).sentence == old
        assert library.show("5.24", date(2015, 6, 1), before).withdrawn == ()
    for command in (("show", "5.24", "--on", "2015-06-01"), ("why", "5.24", "--on", "2015-06-01"), ("history", "5.24")):
        said = " ".join(run(folder, *command).stdout.split())
        assert "An item of this rule was withdrawn on" in said
        assert "by Sgt. A. Doe: it was never signed" in said
    then = " ".join(run(folder, "why", "5.24", "--on", "2015-06-01", "--as-known-on", before).stdout.split())
    assert "the withdrawal of quokka.txt by Sgt. A. Doe" in then
    assert "the withdrawal of quokka.txt" in run(folder, "history", "5.24", "--changes").stdout
    assert asked(folder, "search", "belfry")["hits"] == []
    assert len(asked(folder, "search", "belfry", "--as-known-on", before)["hits"]) == 1


def test_a_withdrawn_file_stays_withdrawn_when_it_is_ingested_again(folder: Path, tmp_path: Path) -> None:
    assert run(folder, "withdraw", "lamps.txt", *WHO).exit_code == 0
    (tmp_path / "again.txt").write_text(PAPERS["lamps.txt"], encoding="utf-8")
    done = run(folder, "ingest", str(tmp_path / "again.txt"))
    assert done.exit_code == 0
    assert "was withdrawn on" in done.stdout
    assert "counsel asked for it" in done.stdout
    (item,) = asked(folder, "ingest", str(tmp_path / "again.txt"))["items"]
    assert (item["status"], item["code"]) == ("unchanged", "store.withdrawn")
    assert "Lamps are tested weekly" not in run(folder, "show", "5.60", "--on", "2015-01-01").stdout


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("withdraw", "nothing.txt", *WHO), 3, "No file"),
        (("withdraw", "room.txt"), 2, "needs a name"),
        (("withdraw", "room.txt", "--by", " ", "--because", "x"), 2, "no name"),
        (("withdraw", "room.txt", "--undo", *WHO), 2, "is not withdrawn"),
        (("mark", "5.13", *WHO), 2, "last word"),
        (("mark", "public", *WHO), 2, "No rule is named"),
        (("mark", "9.99", "public", *WHO), 3, "9.99"),
        (("mark", "public", "--series", "bulletin", *WHO), 3, "bulletin"),
        (("mark", "5.13", "public"), 2, "needs a name"),
    ],
)
def test_what_cannot_be_done_is_said(made: Path, words: tuple[str, ...], code: int, says: str) -> None:
    done = run(made, *words)
    assert done.exit_code == code, done.output
    assert says in done.output


def test_a_file_is_withdrawn_once(folder: Path) -> None:
    with Library.open(folder) as library:
        item = library.gate.item("racks.txt").sha256
    assert asked(folder, "withdraw", item[:10], *WHO)["item"] == item
    again = run(folder, "withdraw", item, *WHO)
    assert again.exit_code == 2
    assert "withdrawn already" in again.output
