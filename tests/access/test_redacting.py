"""A copy with words blacked out: an item of its own that names its original, in no answer, and what leaves instead of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lineage.library import Library

from .papers import PAPERS, WHO, asked, library_of, run

COPY = PAPERS["quokka.txt"].replace("Quokka Stakeout", "XXXX").replace("Quokkas are watched from the belfry", "XXXX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = library_of(tmp_path, ["racks.txt", "quokka.txt"])
    (tmp_path / "copy.txt").write_text(COPY, encoding="utf-8")
    assert run(made, "mark", "5.24", "public", *WHO).exit_code == 0
    return made


def test_it_is_kept_by_itself_and_changes_no_answer(folder: Path, tmp_path: Path) -> None:
    def answers() -> list[object]:
        found = [asked(folder, *line) for line in (["relations"], ["findings"], ["search", "order"], ["search", "watched"], ["in-force", "--on", "2016-01-01", "--all"])]
        found.append(asked(folder, "show", "15-23", "--on", "2016-01-01"))
        # The log goes on with the copy; the answers are to stay.
        return [{name: value for name, value in one.items() if name != "made_by"} for one in found]

    before = answers()
    (made,) = asked(folder, "ingest", str(tmp_path / "copy.txt"), "--redacts", "quokka.txt")["items"]
    assert made["status"] == "added"
    assert answers() == before
    assert asked(folder, "search", "XXXX")["hits"] == []
    told = asked(folder, "history", "15-23")["redacted"]
    with Library.open(folder) as library:
        original = library.gate.item("quokka.txt").sha256
    assert told == [{"item": made["sha256"], "name": "copy.txt", "of": original}]
    assert "copy.txt is a copy of quokka.txt with words blacked out" in run(folder, "history", "15-23").stdout
    assert asked(folder, "ingest", str(tmp_path / "copy.txt"), "--redacts", "quokka.txt")["items"][0]["status"] == "unchanged"
    assert asked(folder, "ingest", str(tmp_path / "copy.txt"))["items"][0]["status"] == "unchanged"
    assert answers() == before
    assert asked(folder, "check")["sound"]


@pytest.mark.parametrize("form", ["text", "html", "akn", "json"])
def test_it_leaves_instead_of_its_original(folder: Path, tmp_path: Path, form: str) -> None:
    assert run(folder, "export", "15-23", "--public", "--format", form).exit_code == 3
    run(folder, "ingest", str(tmp_path / "copy.txt"), "--redacts", "quokka.txt")
    for day in ((), ("--on", "2016-01-01")):
        done = run(folder, "export", "15-23", "--public", "--format", form, *day)
        assert done.exit_code == 0, done.output
        assert "XXXX" in done.stdout
        assert "uokka" not in done.stdout
        assert "belfry" not in done.stdout
    assert "belfry" in run(folder, "export", "15-23", "--format", form).stdout
    assert run(folder, "withdraw", "copy.txt", *WHO).exit_code == 0
    assert run(folder, "export", "15-23", "--public", "--format", form).exit_code == 3


def test_what_cannot_be_one_is_refused(folder: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "copy.txt")
    racks = str(tmp_path / "papers" / "racks.txt")
    assert run(folder, "ingest", racks, "--redacts", "quokka.txt").exit_code == 3
    assert run(folder, "ingest", racks, "--redacts", "racks.txt").exit_code == 3
    assert run(folder, "ingest", file, "--redacts", "nothing.txt").exit_code == 3
    assert run(folder, "ingest", file, racks, "--redacts", "quokka.txt").exit_code == 2
    assert run(folder, "ingest", file, "--redacts", "quokka.txt").exit_code == 0
    (tmp_path / "again.txt").write_text(COPY + "\n", encoding="utf-8")
    assert run(folder, "ingest", str(tmp_path / "again.txt"), "--redacts", "copy.txt").exit_code == 3
