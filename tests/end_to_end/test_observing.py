"""``lineage observe``: lines taken or refused one by one, files ingested first, and answers that do not hang on the order of things."""

from __future__ import annotations

import itertools
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lineage.cli import main
from lineage.library import Library
from lineage.model import Shown

PAPER = """Millbrook Police Department
General Order {number}

Subject: {title}
Effective Date: {effective}

1. {words}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    paper(folder / "keys.txt", "12-01", "Keys", "January 2, 2012", "Keys are signed for.")
    paper(folder / "radios.txt", "12-02", "Radios", "January 2, 2012", "Radios are kept charged.")
    paper(folder / "lockers.txt", "12-03", "Lockers", "January 2, 2012", "Lockers stay closed.")
    return folder


def paper(path: Path, number: str, title: str, effective: str, words: str) -> None:
    path.write_text(PAPER.format(number=number, title=title, effective=effective, words=words), encoding="utf-8")


def lines(path: Path, *rows: Any) -> Path:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def seen(on: str, *files: str, complete: bool = True) -> dict[str, Any]:
    return {"on": on, "files": list(files), "complete": complete}


def call(library: Path, *words: object) -> Result:
    return CliRunner().invoke(main, ["--library", str(library), *map(str, words)], catch_exceptions=False)


def observe(library: Path, listing: Path, root: Path) -> dict[str, Any]:
    done = call(library, "observe", listing, "--root", root, "--json")
    assert done.exit_code in (0, 1), done.output
    got: dict[str, Any] = json.loads(done.stdout)
    got["exit"] = done.exit_code
    return got


def ask(library: Path, number: str, on: str, as_known_on: str | None = None) -> Shown:
    with Library.open(library, create=False) as opened:
        return opened.show(number, date.fromisoformat(on), as_known_on)


def test_files_not_held_are_ingested_first_and_a_listing_is_kept_once(tmp_path: Path, root: Path) -> None:
    listing = lines(tmp_path / "seen.jsonl", seen("2015-03-01", "keys.txt", "radios.txt"), seen("2015-03-01", "radios.txt", "keys.txt"), "", seen("2016-03-01", "keys.txt", complete=False))
    got = observe(tmp_path / "library", listing, root)
    assert got["exit"] == 0
    assert [one["status"] for one in got["items"]] == ["added", "added"]
    assert [(one["line"], one["status"], one["files"]) for one in got["listings"]] == [(1, "added", 2), (2, "unchanged", 2), (4, "added", 1)]
    again = observe(tmp_path / "library", listing, root)
    assert {one["status"] for one in again["items"]} == {one["status"] for one in again["listings"]} == {"unchanged"}
    assert call(tmp_path / "library", "check").output.startswith("The library is sound.\nHead of the log: ")
    with Library.open(tmp_path / "library") as library:
        assert len(library.store.history_moments()) == 3  # two papers and one listing file


def test_ground_observed_names_the_last_sighting(tmp_path: Path, root: Path) -> None:
    observe(tmp_path / "library", lines(tmp_path / "seen.jsonl", seen("2015-03-01", "keys.txt"), seen("2016-03-01", "keys.txt")), root)
    shown = ask(tmp_path / "library", "12-01", "2014-01-01")
    assert (shown.ruling.ground, shown.ruling.observed_on, shown.ruling.last_proof_on) == ("observed", date(2016, 3, 1), date(2016, 3, 1))
    assert "last seen published on March 1, 2016" in shown.sentence
    later = ask(tmp_path / "library", "12-01", "2017-01-01")
    assert later.ruling.ground == "presumed"
    assert "last seen published on March 1, 2016; after that date its continuing is presumed" in later.sentence
    text = call(tmp_path / "library", "show", "12-01", "--on", "2014-01-01").output
    assert "seen published on March 1, 2016: keys.txt" in text
    told = call(tmp_path / "library", "history", "12-01").output
    assert "keys.txt first seen published on March 1, 2015" in told
    assert "keys.txt last seen published on March 1, 2016" in told


def test_what_a_later_complete_listing_does_not_show_is_not_established(tmp_path: Path, root: Path) -> None:
    observe(tmp_path / "library", lines(tmp_path / "seen.jsonl", seen("2015-03-01", "keys.txt", "radios.txt"), seen("2016-03-01", "radios.txt")), root)
    gone = ask(tmp_path / "library", "12-01", "2015-06-01")
    assert (gone.ruling.status, gone.ruling.codes) == ("not-provable", ("sightings.gone",))
    assert "last seen published on March 1, 2015" in gone.sentence
    assert not ask(tmp_path / "library", "12-01", "2015-03-02").ruling.change_day
    assert ask(tmp_path / "library", "12-02", "2015-06-01").ruling.status == "in-force"


def test_a_listing_that_is_not_complete_says_nothing_of_what_it_does_not_show(tmp_path: Path, root: Path) -> None:
    observe(tmp_path / "library", lines(tmp_path / "seen.jsonl", seen("2015-03-01", "keys.txt"), seen("2016-03-01", "radios.txt", complete=False)), root)
    assert ask(tmp_path / "library", "12-01", "2017-01-01").ruling.status == "in-force"


def test_a_complete_listing_speaks_only_of_the_series_of_its_files(tmp_path: Path, root: Path) -> None:
    (root / "section.txt").write_text(PAPER.format(number="12-09", title="Internet", effective="January 2, 2012", words="Be brief.").replace("General", "Special"), encoding="utf-8")
    observe(tmp_path / "library", lines(tmp_path / "seen.jsonl", seen("2015-03-01", "keys.txt", "section.txt"), seen("2016-03-01", "section.txt")), root)
    assert ask(tmp_path / "library", "12-01", "2017-01-01").ruling.status == "in-force"
    assert ask(tmp_path / "library", "12-09", "2017-01-01").ruling.status == "in-force"


def test_a_paper_that_was_never_on_a_complete_listing_carries_a_question(tmp_path: Path, root: Path) -> None:
    assert call(tmp_path / "library", "ingest", root).exit_code == 0
    observe(tmp_path / "library", lines(tmp_path / "seen.jsonl", seen("2015-03-01", "keys.txt")), root)
    shown = ask(tmp_path / "library", "12-02", "2015-03-01")
    assert (shown.ruling.status, shown.ruling.codes) == ("in-force", ("sightings.not-seen",))


def test_the_order_of_ingest_and_observe_does_not_matter(tmp_path: Path, root: Path) -> None:
    paper(root / "keys-again.txt", "12-01", "Keys", "January 2, 2012", "Keys are signed for and counted.")
    listings = [lines(tmp_path / "a.jsonl", seen("2015-03-01", "keys.txt", "radios.txt")), lines(tmp_path / "b.jsonl", seen("2016-03-01", "keys-again.txt"), seen("2014-03-01", "lockers.txt"))]
    steps: list[list[object]] = [["ingest", root / "lockers.txt"], ["observe", listings[0], "--root", root], ["observe", listings[1], "--root", root], ["ingest", root]]
    answers = []
    # Every fifth order begins and ends with each of the steps; all of them where LINEAGE_THOROUGH=1.
    orders = list(itertools.permutations(steps))[:: 1 if os.environ.get("LINEAGE_THOROUGH") == "1" else 5]
    assert {str(order[0]) for order in orders} == {str(order[-1]) for order in orders} == {str(step) for step in steps}
    for number, order in enumerate(orders):
        library = tmp_path / f"library-{number}"
        for step in order:
            assert call(library, *step).exit_code == 0
        with Library.open(library) as opened:
            periods = sorted((p.work, str(p.interval), p.status, p.item or "", p.findings, str(p.observed_on)) for p in opened.store.periods())
            answers.append((periods, sorted(f.message for f in opened.store.findings())))
    assert all(one == answers[0] for one in answers)


def test_an_answer_as_known_before_does_not_see_a_later_observation(tmp_path: Path, root: Path) -> None:
    library = tmp_path / "library"
    call(library, "ingest", root)
    with Library.open(library) as opened:
        before = opened.store.history_moments()[-1]
    observe(library, lines(tmp_path / "seen.jsonl", seen("2015-03-01", "keys.txt", "radios.txt"), seen("2016-03-01", "radios.txt")), root)
    then, now = ask(library, "12-01", "2016-06-01", before), ask(library, "12-01", "2016-06-01")
    assert (then.ruling.status, then.ruling.ground, then.ruling.observed_on) == ("in-force", "presumed", None)
    assert now.ruling.status == "not-provable"
    assert not then.findings
    with Library.open(library) as opened:
        assert all(event.kind != "observed" for event in opened.history("12-01", before).events)
        assert any(event.kind == "observed" for event in opened.history("12-01").events)


WRONG = [
    ("{", "observe.line"),
    ("[1, 2]", "observe.line"),
    ("\"2015-03-01\"", "observe.line"),
    ('{"on": "2015-02-30", "files": []}', "observe.line"),
    ('{"on": "20150201", "files": []}', "observe.line"),
    ('{"on": 20150201, "files": []}', "observe.line"),
    ('{"on": "2999-01-01", "files": ["keys.txt"]}', "observe.line"),
    ('{"on": "2015-03-01", "files": "keys.txt"}', "observe.line"),
    ('{"on": "2015-03-01", "files": [7]}', "observe.line"),
    ('{"on": "2015-03-01", "files": [""]}', "observe.line"),
    ('{"on": "2015-03-01", "files": ["keys.txt"], "complete": "yes"}', "observe.line"),
    ('{"on": "2015-03-01", "files": ["../library/library.sqlite"]}', "observe.outside"),
    ('{"on": "2015-03-01", "files": ["keys.txt", "/etc/passwd"]}', "observe.outside"),
    ('{"on": "2015-03-01", "files": ["outside/secret.txt"]}', "observe.outside"),
    ('{"on": "2015-03-01", "files": ["a\\u0000b"]}', "observe.outside"),
    ('{"on": "2015-03-01", "files": ["."]}', "observe.outside"),
    ("[" * 100_000, "observe.line"),
    ("\udcff", "observe.line"),
]


@pytest.mark.parametrize(("line", "code"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_line_is_refused_with_its_number_and_the_others_are_kept(line: str, code: str, tmp_path: Path, root: Path) -> None:
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret", encoding="utf-8")
    (root / "outside").symlink_to(outside)
    listing = tmp_path / "seen.jsonl"
    listing.write_bytes(f'{json.dumps(seen("2015-03-01", "keys.txt"))}\n{line}\n{json.dumps(seen("2016-03-01", "keys.txt"))}\n'.encode("utf-8", "surrogateescape"))
    got = observe(tmp_path / "library", listing, root)
    assert got["exit"] == 1
    assert [one["status"] for one in got["listings"]] == ["added", "refused", "added"]
    refused = got["listings"][1]
    assert (refused["line"], refused["code"]) == (2, code)
    assert refused["message"].startswith("Line 2 ")
    assert refused["hint"]
    assert [Path(one["path"]).name for one in got["items"]] == ["keys.txt"]
    with Library.open(tmp_path / "library") as library:
        assert len(library.store.items()) == 1


def test_a_file_that_cannot_be_read_is_refused_and_absence_beside_it_ends_nothing(tmp_path: Path, root: Path) -> None:
    (root / "broken.pdf").write_bytes(b"%PDF-1.4 nothing follows")
    listing = lines(tmp_path / "seen.jsonl", seen("2015-03-01", "keys.txt", "radios.txt"), seen("2016-03-01", "radios.txt", "broken.pdf", "missing.txt"))
    got = observe(tmp_path / "library", listing, root)
    assert got["exit"] == 1
    assert {Path(one["path"]).name: one["status"] for one in got["items"]} == {"keys.txt": "added", "radios.txt": "added", "broken.pdf": "refused", "missing.txt": "refused"}
    assert all(one["code"] and one["message"] for one in got["items"] if one["status"] == "refused")
    assert got["listings"][1]["unread"] == 2
    assert ask(tmp_path / "library", "12-01", "2016-03-01").ruling.status == "not-provable"


def test_without_a_folder_or_a_listing_nothing_is_done(tmp_path: Path, root: Path) -> None:
    listing = lines(tmp_path / "seen.jsonl", seen("2015-03-01", "keys.txt"))
    assert call(tmp_path / "library", "observe", listing, "--root", tmp_path / "nowhere").exit_code == 2
    assert call(tmp_path / "library", "observe", tmp_path / "nothing.jsonl", "--root", root).exit_code == 2
    assert call(tmp_path / "library", "observe", listing).exit_code == 2
