"""What changed in a period: each kind of entry, with the period before it in which it is not told."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from lineage.library import Library
from lineage.model.happening import HAPPENING_KINDS

from .papers import asked, call, order, paper

KEYS = {"work", "series", "number", "title", "kind", "on", "sentence", "by", "changes", "findings", "evidence"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six rules and what became of them from 2018 to 2021."""
    place = tmp_path_factory.mktemp("changes")
    papers = place / "papers"
    paper(papers, "5.01", "Radios", "March 1, 2018", "March 2, 2018", "Each car carries one radio.", "Radios are returned at the end of a tour.")
    paper(papers, "5.01", "Radios", "May 3, 2019", "May 4, 2019", "Each car carries two radios.", "Radios are returned at the end of a tour.")
    paper(papers, "5.02", "Visitors", "March 1, 2018", "March 2, 2018", "Visitors sign the book.")
    paper(papers, "5.03", "Lockers", "March 1, 2018", "March 2, 2018", "Each member has one locker.")
    paper(papers, "5.04", "Keys", "March 1, 2018", "March 2, 2018", "Keys hang at the desk.")
    paper(papers, "5.05", "Parking", "March 1, 2018", "March 2, 2018", "Members park in the yard.")
    order(papers, "19-01", "June 1, 2019", "June 1, 2019", "Section 5.02 is hereby suspended.")
    order(papers, "19-02", "July 1, 2019", "July 1, 2019", "Section 5.02 is hereby reinstated.")
    order(papers, "19-03", "August 1, 2019", "August 1, 2019", "Section 5.03 is hereby renumbered as Section 5.13.")
    order(papers, "19-04", "September 2, 2019", "September 2, 2019", "Section 5.04 is hereby rescinded.", "Section 4.99 is hereby rescinded.")
    order(papers, "19-05", "October 1, 2019", "October 1, 2019", "Section 5.05 is hereby amended to read as follows: members park in the street.")
    order(papers, "19-06", "November 4, 2019", "November 4, 2019", "Special Order 19-05 is hereby rescinded.")
    order(papers, "19-07", "December 2, 2019", "February 3, 2020", "Bells are rung at noon.")
    order(papers, "19-08", "December 9, 2019", "December 9, 2019", "The effective date of Special Order 19-07 is hereby postponed to March 2, 2020.")
    paper(papers, "5.05", "Parking", "April 1, 2020", "April 2, 2020", "Members park in the garage.")
    with Library.open(place / "library", clock=lambda: datetime(2026, 1, 1, 12, tzinfo=UTC)) as held:
        assert {o.status for o in held.ingest(sorted(papers.iterdir()))} == {"added"}
    return place / "library"


def entries(library: Path, start: str, end: str, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asked(library, "changes", "--from", start, "--to", end, *more)["entries"]
    return found


def told(library: Path, start: str, end: str) -> list[tuple[str, str]]:
    return [(e["number"], e["kind"]) for e in entries(library, start, end)]


@pytest.mark.parametrize(
    ("number", "kind", "on", "by", "words"),
    [
        ("5.02", "began", "2018-03-02", "", "took effect"),
        ("5.01", "changed", "2019-05-04", "", "a new text of Policy 5.01 took effect"),
        ("5.02", "suspended", "2019-06-01", "Special Order 19-01", "was suspended by Special Order 19-01"),
        ("5.02", "resumed", "2019-07-01", "Special Order 19-02", "was resumed by Special Order 19-02"),
        ("5.13", "renumbered", "2019-08-01", "Special Order 19-03", "5.13"),
        ("5.04", "ended", "2019-09-02", "Special Order 19-04", "its last full day in force was September 1, 2019"),
        ("5.05", "changed", "2019-10-01", "Special Order 19-05", "was amended by Special Order 19-05"),
        ("5.05", "unsettled", "2019-11-04", "Special Order 19-06", "it is not established whether Policy 5.05 is in force"),
        ("19-07", "announced", "2019-12-02", "", "was to take effect on February 3, 2020, and was put off before that day"),
        ("19-07", "postponed", "2019-12-09", "Special Order 19-08", "put off the beginning of Special Order 19-07 to March 2, 2020"),
        ("5.05", "settled", "2020-04-02", "", "is established as in force: a text of it took effect"),
    ],
)
def test_each_kind_is_told_on_its_day_and_not_before(library: Path, number: str, kind: str, on: str, by: str, words: str) -> None:
    found = [e for e in entries(library, on, on) if (e["number"], e["kind"]) == (number, kind)]
    assert len(found) == 1, told(library, on, on)
    one = found[0]
    assert one.keys() >= KEYS
    assert one["on"] == on
    assert words in one["sentence"]
    assert one["evidence"][0]["quote"]
    assert one["evidence"][0]["page"] == 1
    assert by in one["by"]["name"]
    before = datetime.fromisoformat(on).replace(day=1)
    if on != before.date().isoformat():
        eve = on[:-2] + f"{int(on[-2:]) - 1:02}"
        assert (number, kind) not in told(library, before.date().isoformat(), eve)


def test_the_redline_is_that_of_compare(library: Path) -> None:
    entry = next(e for e in entries(library, "2019-05-01", "2019-05-31") if e["number"] == "5.01")
    compared = asked(library, "compare", "5.01", "2019-05-03", "2019-05-04")["changes"]
    assert [(c["op"], c["before"], c["after"], c["words"]) for c in entry["changes"]] == [(c["op"], c["before"], c["after"], c["words"]) for c in compared]
    assert len(entry["changes"]) == 1
    assert "[-one-]{+two+} [-radio-]{+radios+}" in call(library, "changes", "--from", "2019-05-01", "--to", "2019-05-31")


def test_an_amended_rule_has_a_redline_by_the_order_that_amended_it(library: Path) -> None:
    entry = next(e for e in entries(library, "2019-10-01", "2019-10-01") if e["number"] == "5.05")
    assert {by["name"] for c in entry["changes"] for by in c["by"]} == {"Special Order 19-05"}


def test_entries_stand_by_day_then_series_and_number(library: Path) -> None:
    found = entries(library, "2018-01-01", "2021-12-31")
    assert {e["kind"] for e in found} == {*HAPPENING_KINDS} - {"announced"}
    assert [e["on"] for e in found] == sorted(e["on"] for e in found)
    assert [e["number"] for e in found if e["on"] == "2018-03-02"] == ["5.01", "5.02", "5.03", "5.04", "5.05"]


def test_the_head_counts_what_is_told(library: Path) -> None:
    given = asked(library, "changes", "--from", "2019-01-01", "--to", "2019-12-31")
    counts = {kind: sum(e["kind"] == kind for e in given["entries"]) for kind in given["counts"]}
    assert given["counts"] == counts
    assert (given["from"], given["to"], given["as_known_on"]) == ("2019-01-01", "2019-12-31", None)
    assert {h["series"] for h in given["held"]} == {"generic/policy", "generic/special-order"}


def test_nothing_changed(library: Path) -> None:
    assert entries(library, "2018-05-01", "2019-05-02") == []
    assert "Nothing changed among the rules held." in call(library, "changes", "--from", "2018-05-01", "--to", "2019-05-02")


def test_what_is_issued_and_in_effect_in_the_period_is_not_announced(library: Path) -> None:
    assert ("5.01", "announced") in told(library, "2019-05-03", "2019-05-03")
    assert ("5.01", "announced") not in told(library, "2019-05-03", "2019-05-04")
    assert ("19-06", "announced") not in told(library, "2019-01-01", "2019-12-31")
    assert ("19-07", "announced") not in told(library, "2019-12-02", "2020-03-02")
    assert ("19-07", "began") in told(library, "2019-12-02", "2020-03-02")


def test_one_series_alone(library: Path) -> None:
    assert {e["series"] for e in entries(library, "2018-01-01", "2021-12-31", "--series", "special-order")} == {"special-order"}
    policies = entries(library, "2019-06-01", "2019-12-31", "--series", "policy")
    assert {e["series"] for e in policies} == {"policy"}
    assert "Special Order 19-04" in {e["by"]["name"] for e in policies}


def test_the_end_of_a_rule_never_held_stands_apart(library: Path) -> None:
    assert ("4.99", "ended") in told(library, "2019-09-02", "2019-09-02")
    printed = call(library, "changes", "--from", "2019-09-01", "--to", "2019-09-30")
    assert "never held themselves" in printed
    assert "September 2, 2019, by Special Order 19-04: 4.99 (p. 1)" in printed
    assert "never held" not in call(library, "changes", "--from", "2019-06-01", "--to", "2019-06-30")


def test_a_page_and_a_word_file_say_the_same(library: Path, tmp_path: Path) -> None:
    period = ("--from", "2019-05-01", "--to", "2019-12-31")
    call(library, "changes", *period, "--format", "docx", "-o", str(tmp_path / "c.docx"))
    call(library, "changes", *period, "--format", "html", "-o", str(tmp_path / "c.html"))
    page = (tmp_path / "c.html").read_text(encoding="utf-8")
    document = Document(str(tmp_path / "c.docx"))
    words = "\n".join(p.text for p in document.paragraphs)
    xml = document.element.xml
    for entry in entries(library, "2019-05-01", "2019-12-31"):
        if entry["number"] != "4.99":
            assert entry["sentence"] in words
            assert entry["sentence"] in page
    assert "<ins>two</ins>" in page
    assert '<w:ins w:id="' in xml
    assert 'w:author="Special Order 19-05" w:date="2019-10-01T00:00:00Z"' in xml
    assert "<script" not in page


def test_a_rule_changed_throughout_is_cut_short_and_that_is_said(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    old = [f"Task number {n} is done at dawn." for n in range(9)]
    paper(papers, "6.01", "Tasks", "March 1, 2018", "March 2, 2018", *old, "The list hangs in the hall.")
    paper(papers, "6.01", "Tasks", "March 1, 2019", "March 2, 2019", *(line.replace("dawn", "dusk") for line in old), "The List hangs in the hall")
    call(tmp_path / "library", "ingest", str(papers))
    period = ("--from", "2019-03-01", "--to", "2019-03-31")
    short, full = call(tmp_path / "library", "changes", *period), call(tmp_path / "library", "changes", *period, "--full")
    assert short.count("[-dawn-]{+dusk+}") == 6
    assert "and 3 more changed clauses, and 1 clause that differs in punctuation, capitals or numbering alone: lineage compare 6.01 2019-03-01 2019-03-02" in " ".join(short.split())
    assert full.count("[-dawn-]{+dusk+}") == 9
    assert "[-list-]{+List+}" in full
    assert len(entries(tmp_path / "library", "2019-03-01", "2019-03-31")[0]["changes"]) == 10


def test_as_known_on(tmp_path: Path) -> None:
    now = [datetime(2026, 1, 1, 12, tzinfo=UTC)]
    with Library.open(tmp_path / "library", clock=lambda: now[0]) as held:
        held.ingest([paper(tmp_path / "one", "5.01", "Radios", "March 1, 2018", "March 2, 2018", "Each car carries one radio.")])
        now[0] = datetime(2026, 2, 1, 12, tzinfo=UTC)
        held.ingest([order(tmp_path / "two", "18-01", "June 1, 2018", "June 1, 2018", "Section 5.01 is hereby rescinded.")])
    period = ("2018-05-01", "2018-12-31")
    assert [e["kind"] for e in entries(tmp_path / "library", *period)] == ["ended", "began"]
    assert entries(tmp_path / "library", *period, "--as-known-on", "2026-01-15") == []


def test_a_period_that_ends_before_it_begins_is_refused(library: Path) -> None:
    given = json.loads(call(library, "changes", "--from", "2019-02-01", "--to", "2019-01-01", "--json", code=2))
    assert given["error"]["code"] == "usage.period"


def test_what_is_seen_no_longer_and_seen_again(tmp_path: Path) -> None:
    case = Path(__file__).resolve().parents[1] / "cases" / "seen-then-gone"
    listings = json.loads((case / "expected.json").read_text(encoding="utf-8"))["listings"]
    (tmp_path / "seen.jsonl").write_text("\n".join(map(json.dumps, listings)), encoding="utf-8")
    call(tmp_path / "library", "observe", str(tmp_path / "seen.jsonl"), "--root", str(case))
    found = [(e["kind"], e["on"], e["sentence"].split(": ", 1)[1], e["changes"]) for e in entries(tmp_path / "library", "2013-01-01", "2013-10-01")]
    assert found == [
        ("unsettled", "2013-01-11", "it was seen published before, a later complete listing does not show it, and nothing held ends it.", []),
        ("settled", "2013-09-10", "it was seen published.", []),
        ("unsettled", "2013-09-11", "it was seen published before, a later complete listing does not show it, and nothing held ends it.", []),
    ]


def test_words_after_days_not_established_are_compared_with_the_last_that_are_held(library: Path) -> None:
    (entry,) = (e for e in entries(library, "2020-04-02", "2020-04-02"))
    assert entry["compared_with"] == "2019-11-03"
    assert [c["after"] for c in entry["changes"]][-1:] == ["A. Members park in the garage."]


def test_a_stamp_alone_says_so_and_an_expiry_names_the_last_day(corpus_library: Path) -> None:
    found = entries(corpus_library, "2020-01-01", "2020-01-31")
    stamped = next(e for e in found if e["on"] == "2020-01-16")
    assert "as only a stamp on the copy held says; its last full day in force was January 15, 2020" in stamped["sentence"]
    expired = next(e for e in found if e["title"] == "Electric Scooter Pilot")
    assert expired["sentence"].endswith("had expired by its own words; its last full day in force was December 31, 2019.")


def test_no_sentence_of_the_corpus_speaks_of_a_rule_that_did_not_change(corpus_library: Path) -> None:
    """Each entry is borne out by the answers of the day before and of the day itself."""
    with Library.open(corpus_library, create=False) as held:
        for entry in entries(corpus_library, "2015-01-01", "2025-12-31"):
            day = datetime.fromisoformat(entry["on"]).date()
            before, after = (held.show(entry["work"], d).ruling for d in (day.fromordinal(day.toordinal() - 1), day))
            assert (before.status, before.period.item, before.operative, before.period.changes) != (after.status, after.period.item, after.operative, after.period.changes), entry["sentence"]
            if entry["kind"] == "ended":
                assert (before.status != "not-in-force", after.status) == (True, "not-in-force")
            if entry["kind"] in ("began", "changed", "resumed"):
                assert after.status == "in-force"
