"""Days as they stand in the fields of headings: years of two figures, months, lists, hours, and words that are no day and are never made one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.model import Outline
from lineage.model.dates import find_dates, find_months, near_dates

from .papers import BODY, drawn, read


def headed(field: str) -> Outline:
    """A paper whose heading has this field."""
    return read(drawn([(72, 740, "KEYS TO THE BUILDING", "b14"), (72, 720, field), *BODY]))


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("Issued: 06 June 11", [("issued", "2011-06-06")]),
        ("Issued: 13 January 93", [("issued", "1993-01-13")]),
        ("Issued: 05/17/93", [("issued", "1993-05-17")]),
        ("Effective: May 2, 2011 at 0001 hours", [("effective", "2011-05-02")]),
        ("Issued: 06/91 & 03/96", [("issued", "1991-06-01/1991-06-30"), ("issued", "1996-03-01/1996-03-31")]),
        ("Revised March 2004", [("revised", "2004-03-01/2004-03-31")]),
        ("Reviewed July 2019", [("reviewed", "2019-07-01/2019-07-31")]),
        ("Revised: 06/05/00, 06/01/01 and 8/1/02", [("revised", "2000-06-05"), ("revised", "2001-06-01"), ("revised", "2002-08-01")]),
        ("This document was current at 21 August 2024.", [("observed", "2024-08-21")]),
    ],
)
def test_a_day_is_read_as_far_as_it_is_written(field: str, wanted: list[tuple[str, str]]) -> None:
    got = [(d.role, str(d.day.on) if d.day.on else f"{d.day.earliest}/{d.day.latest}") for d in headed(field).heading.dates]
    assert got == wanted


def test_the_hour_stays_with_its_day() -> None:
    assert headed("Effective: May 2, 2011 at 0001 hours").heading.dates[0].raw == "May 2, 2011 at 0001 hours"


@pytest.mark.parametrize("raw", ["02//12/2001", "09/0719/90", "0/12/2001", "02/2132001", "3-35-21"])
def test_what_is_no_day_is_kept_as_written_and_never_chosen(raw: str) -> None:
    outline = headed(f"Effective: {raw}")
    (one,) = outline.heading.dates
    assert (one.raw, one.day.on, one.day.earliest, one.day.latest) == (raw, None, None, None)
    assert {"dates.unreadable", "dates.impossible"} & {f.code for f in outline.findings}


def test_days_near_an_unread_one_are_hints_beside_it() -> None:
    said = [f.message for f in headed("Effective: 09/0719/90").findings if f.code == "dates.unreadable"]
    assert len(said) == 1
    assert "1990-09-07; that is a hint, and no reading" in said[0]


def test_an_unread_day_beside_one_that_is_read_is_said_too() -> None:
    outline = headed("Revised: 06/04/1991, 02//12/2001")
    assert [(d.raw, d.day.on) for d in outline.heading.dates] == [("06/04/1991", date(1991, 6, 4)), ("02//12/2001", None)]
    assert [f.code for f in outline.findings if f.code.startswith("dates.")] == ["dates.unreadable"]


def test_a_month_that_may_be_a_day_is_a_doubt() -> None:
    codes = [f.code for f in headed("Reviewed: 06/21").findings]
    assert "dates.month-or-day" in codes
    assert "dates.month-or-day" not in [f.code for f in headed("Reviewed: 06/91").findings]


def test_figures_of_months_are_days_in_fields_only() -> None:
    assert not list(find_dates("rescinds 06/91 and item 3/12"))


NUMBER = st.from_regex(r"\A(?:§ ?)?\d{1,4}(?:\.\d{1,3}){1,4}\Z|\A[A-Z]{1,3}-?\d{1,3}(?:\.\d{1,2})?\Z|\A\d{2}-\d{2,3}\Z|\A[0-9]/\d{3}\.\d{2}\Z")
WORD = st.sampled_from(["Section", "order", "and", "the", "Policy", "items", "through", "(a)", "may", "mar", "No."])


@given(st.lists(NUMBER | WORD, max_size=12))
def test_numbers_of_rules_give_no_day(words: list[str]) -> None:
    text = " ; ".join(words)
    assert not list(find_dates(text))
    assert not list(find_months(text))


@given(st.text(alphabet="abcxyz .,;:()§", max_size=200))
def test_a_text_without_figures_gives_no_day(text: str) -> None:
    assert not list(find_dates(text))
    assert not list(find_months(text))
    assert near_dates(text) == ()


@given(st.text(max_size=60))
def test_a_day_that_is_found_stands_in_the_text_with_its_figures(text: str) -> None:
    for one in (*find_dates(text), *find_months(text)):
        assert text[one.start : one.end] == one.raw
        assert any(map(str.isdigit, one.raw))


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.sampled_from(["%m/%d/%Y", "%m-%d-%y", "%B %d, %Y", "%d %B %y", "%d %b %Y"]))
def test_every_day_is_read_back_from_its_forms(day: date, form: str) -> None:
    (one,) = find_dates(f"on {day.strftime(form)}.")
    assert one.day.on == day


@given(st.from_regex(r"\A\d{1,4}[/_-]{1,2}\d{1,6}(?:[/_-]\d{0,4})?\Z"))
def test_hints_are_few_and_never_of_a_text_that_is_a_day(raw: str) -> None:
    days = near_dates(raw)
    assert list(days) == sorted(set(days))
    assert all(1950 <= d.year < 2050 for d in days)
