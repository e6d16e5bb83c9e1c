"""Strict readings of dates as police orders write them.

Nothing is guessed: a text is a date only if it has the shape of one, and an impossible day is no day. Measured elsewhere: well-known date parsers invent days
for section numbers ("3.48") and impossible dates ("3-35-21"), which is why these patterns are our own.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lineage.model.clause import Day

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name} | {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"

# One alternative a style; the order matters, as the longest must be tried first.
DATE_PATTERN = (
    rf"(?:(?<![\w.])(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?:\d{{4}}|\d{{2}}(?!\d))"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\s*,\s*\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\s+\d{{4}}"
    rf"|{_MONTH},?\s+\d{{4}}"
    r"|\d{4}[-/]\d{1,2}[-/]\d{1,2}"
    r"|\d{4}\.\d\d\.\d\d(?=\s\d\d:\d\d)"  # of a digital signature, before its hour
    r"|\d{1,2}[-/_]\d{1,2}[-/_](?:\d{4}|\d{2}))(?![\w]|[-/_.]\d))"
)
DATE_PATTERN = f"(?i:{DATE_PATTERN})"
_FIND = re.compile(DATE_PATTERN)


@dataclass(frozen=True, slots=True)
class FoundDate:
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


def long_date(day: date) -> str:
    """The day as a person writes it.

    >>> long_date(date(2019, 5, 17))
    'May 17, 2019'
    """
    return f"{calendar.month_name[day.month]} {day.day}, {day.year}"
