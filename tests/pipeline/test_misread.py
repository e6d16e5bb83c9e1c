"""What OCR may have misread: candidates where nothing is held as read, marked as such, in whatever order the papers come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lineage.library import Library
from lineage.model.confusion import AS_MISREAD, AS_READ

ORDER = "MILLBROOK POLICE DEPARTMENT\nSPECIAL ORDER\n\nNumber: {number}\nSubject: {title}\nIssued: {on}\nEffective: {on}\n{more}\nI. RULE\n\nA. {words}\n"
PAPERS = {
    "phones.txt": ORDER.format(number="20-10", title="Phones", on="March 1, 2020", more="", words="Members shall not post on lnstagram under a usemame of the city."),
    "tablets.txt": ORDER.format(number="21-03", title="Tablets", on="611/21", more="Rescinds: Special Order 20-1O\n", words="Members shall use tablets."),
}


@pytest.fixture(params=[["phones.txt", "tablets.txt"], ["tablets.txt", "phones.txt"]], ids=["older first", "newer first"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    for name, words in PAPERS.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    opened = Library.open(tmp_path / "library")
    for name in request.param:
        opened.ingest([tmp_path / name])
    with opened:
        yield opened


def test_a_number_that_is_not_held_as_read_ends_nothing_and_is_said(library: Library) -> None:
    (act,) = [r for r in library.relations() if r.kind == "rescinds"]
    assert (act.affected.mention, act.affected.work, act.certainty) == ("20-1O", None, "doubtful")
    assert act.candidates == (library.find("20-10").id,)
    assert library.show("20-10", date(2021, 5, 31)).ruling.status == "in-force"
    later = library.show("20-10", date(2022, 1, 1))
    assert later.ruling.status == "not-provable"
    assert "relations.misread" in [finding.code for finding in library.findings("20-10")]


def test_a_date_with_a_stroke_read_as_a_figure_is_doubtful(library: Library) -> None:
    assert library.show("21-03", date(2021, 6, 2)).ruling.valid_from == date(2021, 6, 1)
    assert "dates.misread" in [finding.code for finding in library.findings("21-03")]


def test_search_and_match_mark_what_was_misread(library: Library) -> None:
    assert [hit.matched_as for hit, _ in library.search("Instagram username")] == [AS_MISREAD]
    assert [hit.matched_as for hit, _ in library.search("lnstagram")] == [AS_READ]
    assert library.search("Facebook") == []
    day = date(2020, 6, 1)
    found = library.in_force(day, match="Instagram")
    assert (found.matched_as, [ruling.work.number for ruling in found.rulings]) == (AS_MISREAD, ["20-10"])
    assert library.in_force(day, match="Phones").matched_as == AS_READ
    assert library.in_force(day).matched_as is None
