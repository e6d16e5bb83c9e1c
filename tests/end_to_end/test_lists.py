"""What a list of orders says stands below what the orders say, in whatever order the papers come."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from lineage.cli import main
from lineage.library import Library
from lineage.model.record import to_record

from .evidence import faults
from .lists import csv, pdf

CASE = Path(__file__).resolve().parents[1] / "cases" / "index-beside-orders"


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """Eight orders, a list of them as a table of commas, and another as a PDF that says other things of some."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for file in sorted(CASE.glob("*.*")):
        if file.suffix in (".txt", ".csv"):
            (folder / file.name).write_bytes(file.read_bytes())
    (folder / "other.pdf").write_bytes(pdf())
    return sorted(folder.iterdir())


def told(library: Library) -> list[str]:
    """All that the library answers with, without the moments and without what the order of papers may change: nothing else."""
    works = [(w.id, w.title, w.held) for w in library.store.works()]
    periods = [json.dumps(to_record(p), sort_keys=True, default=str) for p in library.store.periods()]
    findings = sorted(f"{f.code} {f.severity} {f.work} {f.message}" for f in library.store.findings())
    relations = sorted(f"{r.id} {r.affecting.work} {r.affected.work} {r.certainty} {r.candidates}" for r in library.store.relations())
    return [*map(str, works), *periods, *findings, *relations]


@pytest.mark.long
def test_every_order_of_papers_gives_the_same_answers(papers: list[Path], tmp_path: Path) -> None:
    seen = []
    for turn in range(3):
        order = list(papers)
        random.Random(turn).shuffle(order)
        with Library.open(tmp_path / f"library-{turn}") as library:
            assert {o.status for o in library.ingest(order)} == {"added"}
            assert library.check() == []
            seen.append(told(library))
    for other in seen[1:]:
        assert other == seen[0]


def test_every_quote_stands_where_the_evidence_says(papers: list[Path], tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.ingest(papers)
        count, found = faults(library)
    assert count > 100
    assert found == []


def test_two_lists_that_give_two_days_leave_the_days_between_open(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_bytes(csv("No.,Title,Effective,Remarks", "1-1,Dogs,1/1/15,Rescinded 2/1/20", "1-2,Cats,1/1/15,"))
    two.write_bytes(csv("No.,Title,Effective,Remarks", "1-1,Dogs,1/1/15,Rescinded 3/1/20", "1-2,Cats,1/1/15,"))
    with Library.open(tmp_path / "library") as library:
        library.ingest([one, two])
        status = [library.show("1-1", date(2020, month, 15)).ruling.status for month in (1, 2, 3)]
        assert status == ["in-force", "not-provable", "not-in-force"]


def test_an_order_listed_by_its_title_alone_is_the_order_of_that_title(tmp_path: Path) -> None:
    lists, order = tmp_path / "list.csv", tmp_path / "order.txt"
    lists.write_bytes(csv("Subject,Issued,Effective,Remarks", "Dogs,1/1/15,1/1/15,Rescinded 2/1/20", "Cats,1/1/15,1/1/15,"))
    order.write_text("SPECIAL ORDER\nSubject: Dogs\nIssued: January 1, 2015\nEffective: January 1, 2015\n\nI. PURPOSE\n\nThis order is about dogs.\n", encoding="utf-8")
    for turn in ([lists, order], [order, lists]):
        with Library.open(tmp_path / turn[0].stem) as library:
            library.ingest(turn)
            assert sorted(w.title for w in library.store.works() if w.series != "index") == ["Cats", "Dogs"]
            shown = library.show("Dogs", date(2020, 2, 1))
            assert (shown.ruling.status, shown.ruling.codes) == ("not-in-force", ("index.listed-only",))


def test_an_order_that_gives_its_first_day_and_its_revision_agrees_with_a_list_that_gives_the_first(tmp_path: Path) -> None:
    lists, order = tmp_path / "list.csv", tmp_path / "order.txt"
    lists.write_bytes(csv("No.,Subject,Effective,Revised", "1-1,Dogs,1/1/15,6/1/18", "1-2,Cats,1/1/15,"))
    order.write_text("GENERAL ORDER\nNumber: 1-1\nSubject: Dogs\nEffective: January 1, 2015\nRevised: June 1, 2018\n\nI. PURPOSE\n\nThis order is about dogs.\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.ingest([lists, order])
        assert "index.contradicts" not in {f.code for f in library.findings("1-1")}
        assert library.show("1-1", date(2019, 1, 1)).ruling.complete


def test_a_list_that_calls_standing_what_an_order_ended_is_told_and_changes_nothing(tmp_path: Path) -> None:
    lists = tmp_path / "list.csv"
    lists.write_bytes(csv("List of General Orders as of 1/1/2016,,,", "No.,Subject,Effective,Status", "12-02,Kennel Duty,3/15/12,Active", "12-03,Locker Rooms,4/10/12,Active"))
    with Library.open(tmp_path / "library") as library:
        library.ingest([lists, *sorted(CASE.glob("1*.txt"))])
        assert "index.contradicts" in {f.code for f in library.findings("12-02")}
        assert library.show("12-02", date(2016, 2, 1)).ruling.status == "not-in-force"


def test_a_contradiction_is_told_of_the_rule_and_of_the_list(papers: list[Path], tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.ingest([p for p in papers if p.name != "other.pdf"])
        for work in ("12-02", "12-03", "12-05", "List of General Orders"):
            assert "index.contradicts" in {f.code for f in library.findings(work)}, work
        assert "index.contradicts" not in {f.code for f in library.findings("12-01")}


def test_a_list_is_no_rule(papers: list[Path], tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.ingest(papers)
        answer = library.in_force(date(2013, 1, 1), every=True)
        assert not [r for r in answer.rulings if r.work.series == "index"]
        assert not [h for h in answer.held if h.series.endswith("/index")]
        assert "is a list of orders" in library.show("List of General Orders", date(2013, 1, 1)).sentence


def test_what_people_see(papers: list[Path], tmp_path: Path) -> None:
    def call(*words: str) -> str:
        done = CliRunner().invoke(main, ["--library", str(tmp_path / "library"), *words], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return " ".join(done.stdout.split())

    call("ingest", *map(str, papers))
    listed = next(str(p) for p in papers if p.name == "list.csv")
    assert "A list of 9 orders" in call("read", listed)
    entries = json.loads(call("read", listed, "--json"))["index"]["entries"]
    assert entries[0]["marks"][0]["evidence"][0]["at"] == "line 3, column 6"
    why = call("why", "12-01", "--on", "2018-01-01")
    assert 'No order held ends it; a list of orders says that it was rescinded on February 6, 2017: "RESCINDED 2/6/17".' in why
    assert "(a list of orders says so, no order)" in why
    assert "rescinded, a list of orders says" in call("history", "12-01")
    assert "by a list" in call("relations", "12-01")
    assert 'because a list of orders, and no order held, says that it was rescinded: "RESCINDED 2/6/17"' in call("show", "12-01", "--on", "2015-01-01")
    assert call("export", "List of General Orders").startswith("<?xml")
    assert "RESCINDED" in call("search", "Bicycle RESCINDED")
