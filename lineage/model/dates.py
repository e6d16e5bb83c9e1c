"""Strict readings of dates as police orders write them.

Nothing is guessed: a text is a date only if it has the shape of one, and an impossible day is no day. Measured elsewhere: well-known date parsers invent days
for section numbers ("3.48") and impossible dates ("3-35-21"), which is why these patterns are our own.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from msgspec import Struct

from lineage.model.clause import Day

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name} | {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"

# One alternative a style; the order matters, as the longest must be tried first.
DATE_PATTERN = (
    rf"(?:(?<![\w.])(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?:\d{{4}}|\d{{2}}(?!\d))"
    rf"|{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*,\s*|\s+)\d{{4}}|,?\s+\d{{4}})"
    r"|\d{4}[-/]\d{1,2}[-/]\d{1,2}"
    r"|\d{4}\.\d\d\.\d\d(?=\s\d\d:\d\d)"  # of a digital signature, before its hour
    r"|\d{1,2}[-/_]\d{1,2}[-/_](?:\d{4}|\d{2}))(?![\w]|[-/_.]\d))"
)
DATE_PATTERN = f"(?i:{DATE_PATTERN})"
_FIND = re.compile(DATE_PATTERN)
_MONTH_FIGURES = re.compile(r"(?<![\w/.-])(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d|\d\d)(?![\w]|[-/_.]\d)")
_FIGURES = re.compile(r"\d+[/_-]+\d[\d/_-]{0,10}")


class FoundDate(Struct, frozen=True):
    """A date in a text: its offsets, its words and its reading. ``day`` has neither a day nor bounds where the date is impossible."""

    start: int
    end: int
    raw: str
    day: Day
    two_digit_year: bool = False

    @property
    def impossible(self) -> bool:
        """Whether it has the shape of a date and is none."""
        return self.day == Day()


def find_dates(text: str, numeric: bool = True) -> Iterator[FoundDate]:
    """Every date in the text, in order, with half-open offsets; only those with the month in letters where ``numeric`` is false.

    >>> [(d.raw, str(d.day.on)) for d in find_dates("7-22-21, 17 May 2019 and May 17, 2019; not 3.48 or 3-48")]
    [('7-22-21', '2021-07-22'), ('17 May 2019', '2019-05-17'), ('May 17, 2019', '2019-05-17')]
    >>> [(d.impossible, d.day.earliest) for d in find_dates("3-35-21 and July 2021")]
    [(True, None), (False, datetime.date(2021, 7, 1))]
    """
    for match in _FIND.finditer(text):
        if not numeric and not re.search("[a-z]", match.group(), re.IGNORECASE):
            continue
        day, short = _read(match.group())
        yield FoundDate(match.start(), match.end(), match.group(), day, short)


def find_months(text: str) -> Iterator[FoundDate]:
    """Every month that is written in figures alone. Only for the place of a date ("Issued: 06/91"): elsewhere such figures name rules.

    >>> [(d.raw, str(d.day.earliest)) for d in find_months("06/91 & 03/1996; not 13/91, 06/04/91 or 3.48")]
    [('06/91', '1991-06-01'), ('03/1996', '1996-03-01')]
    """
    for match in _MONTH_FIGURES.finditer(text):
        year, short = _year(match.group("year"))
        yield FoundDate(match.start(), match.end(), match.group(), _month(year, int(match.group("month"))), short)


def near_dates(raw: str) -> tuple[date, ...]:
    """The days that differ by one slip of the keys from words that are no date: a figure or a stroke too many, too few, misplaced or mistaken. Hints for a person, in order.

    >>> [str(d) for d in near_dates("02//12/2001")], [str(d) for d in near_dates("09/0719/90")]
    (['2001-02-12'], ['1990-09-07'])
    >>> [str(d) for d in near_dates("02/2132001")]
    ['2001-02-13', '2001-02-21', '2001-02-23']
    >>> near_dates("3.48"), near_dates("see below")
    ((), ())
    """
    words = raw.strip(" .,;")
    if not _FIGURES.fullmatch(words):
        return ()
    mark = next((c for c in words if not c.isdigit()), "/")
    fewer = {words[:n] + words[n + 1 :] for n in range(len(words))}
    more = {words[:n] + mark + words[n:] for n in range(1, len(words))}
    for slips in (fewer | more, {w[:n] + mark + w[n:] for w in fewer for n in range(1, len(w))}, _mistaken(words)):
        found = {d.day.on for w in slips if (d := read_date(w)) is not None and d.day.on is not None and 1950 <= d.day.on.year < 2050}
        if found:
            return tuple(sorted(found))
    return ()


def _mistaken(words: str) -> set[str]:
    """The words with one figure of month or day put right; the year is not touched."""
    until = max(words.rfind(c) for c in "/-_")
    return {words[:n] + figure + words[n + 1 :] for n in range(until) if words[n].isdigit() for figure in "0123456789"} | {
        words[:n] + "1" + words[n:] for n in range(until) if words[n : n + 1] == "0"
    }


def read_date(raw: str) -> FoundDate | None:
    """The one date that the whole text is; None where it is none, or more."""
    found = list(find_dates(raw))
    if len(found) != 1 or raw.strip(" .,;:") != found[0].raw.strip(" .,;:"):
        return None
    return found[0]


def _read(raw: str) -> tuple[Day, bool]:
    words = re.findall(r"[A-Za-z]+|\d+", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", raw))
    named = next((_MONTHS[w.lower()] for w in words if w.lower() in _MONTHS), None)
    numbers = [w for w in words if w.isdigit()]
    if named is not None:
        year, short = _year(numbers[-1])
        return (_month(year, named) if len(numbers) == 1 else _day(year, named, int(numbers[0]))), short
    if len(numbers[0]) == 4:
        return _day(int(numbers[0]), int(numbers[1]), int(numbers[2])), False
    year, short = _year(numbers[2])
    # Numbers alone are month, day, year: the custom of every agency read so far; a day that only fits the other way round is not turned.
    return _day(year, int(numbers[0]), int(numbers[1])), short


def _year(digits: str) -> tuple[int, bool]:
    if len(digits) == 4:
        return int(digits), False
    # A paper of a police department is of 1950 to 2049.
    return int(digits) + (2000 if int(digits) < 50 else 1900), True


def _day(year: int, month: int, day: int) -> Day:
    try:
        return Day(on=date(year, month, day))
    except ValueError:
        return Day()


def _month(year: int, month: int) -> Day:
    try:
        return Day(earliest=date(year, month, 1), latest=date(year, month, calendar.monthrange(year, month)[1]))
    except ValueError:
        return Day()


def shifted(day: date, days: int) -> date:
    """The day so many days later (or before, where they are negative); the first or the last day of the calendar where it has no such day.

    >>> shifted(date(2020, 3, 1), -1), shifted(date.min, -60) == date.min, shifted(date.max, 1) == date.max
    (datetime.date(2020, 2, 29), True, True)
    """
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def bounds(day: Day) -> str:
    """The bounds of a day that is not known, in words; nothing where there are none."""
    if day.earliest and day.latest:
        return f"{long_date(day.earliest)} to {long_date(day.latest)}"
    return f"not before {long_date(day.earliest)}" if day.earliest else f"by {long_date(day.latest)}" if day.latest else ""


@lru_cache(maxsize=8192)
def long_date(day: date) -> str:
    """The day as a person writes it.

    >>> long_date(date(2019, 5, 17))
    'May 17, 2019'
    """
    return f"{calendar.month_name[day.month]} {day.day}, {day.year}"
