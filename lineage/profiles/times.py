"""Time words: what "through December 31" or "for 30 days" says, read by the table of the profile. Words that no row of it reads give nothing, and nothing is guessed."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from msgspec import Struct

from lineage.model import Day
from lineage.model.dates import FoundDate, find_dates
from lineage.model.hours import DAWN, DUSK, HOUR_PATTERN, read_hour
from lineage.profiles.profile import Profile, Rule

Kind = Literal["begins", "ends"]

# What a row of the table may say of a beginning or an end; the README tells what each means.
READINGS: dict[Kind, tuple[str, ...]] = {
    "begins": ("first-moment", "issue", "day-open", "midnight", "no-width", "approval", "days-after-issue", "within-days-of-issue", "retroactive"),
    "ends": ("last-day", "until-day", "midnight", "no-width", "lapse", "condition"),
}
UNITS = ("hour", "day", "week", "month", "year")
# What joins the end of a stretch to its beginning: "and remains in effect until", "through", a dash.
GOES_ON = re.compile(r"\s*[,;(]?\s*(?:and\s+)?(?:(?:shall|will)\s+)?(?:(?:remains?|continues?|stays?)\s+in\s+(?:effect|force)\s+|expires?\s+)?(?=(?:through|thru|until|till|to|for|on|in|up\s+to|[-\u2013])\b|[-\u2013])", re.IGNORECASE)
_HOUR = re.compile(HOUR_PATTERN)
_NIGHT = re.compile(r"12(?::00)?\s?a", re.IGNORECASE)
# Words after a time that make it another one: it is not read at all then.
_QUALIFIED = re.compile(r"\s*[,;(]?\s*(?:or\b(?!\s+(?:until|unless)\s+(?:sooner|earlier|otherwise))|and\s+(?:no\s+later|not\s+before)|whichever\b|plus\b|at\s+the\s+(?:earliest|latest)\b)", re.IGNORECASE)
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14,
    "fifteen": 15, "eighteen": 18, "twenty": 20, "twenty-one": 21, "twenty-four": 24, "thirty": 30, "forty-five": 45, "forty-eight": 48, "sixty": 60, "seventy-two": 72, "ninety": 90,
}  # fmt: skip


class TimeWords(Struct, frozen=True):
    """Time words as they are read: the row that reads them, their half-open offsets, and what stands in them. ``day`` is the day with its hour, ``count`` and ``unit`` a stretch
    of time, ``condition`` what must come about. ``found`` is the date that was read, which may be impossible; ``unread`` is true where words after these, or an hour that no
    day has, make them another time than the row says. ``of_issue`` tells of a stretch that is counted from the issue."""

    rule: Rule
    start: int
    end: int
    words: str
    day: Day = Day()
    found: FoundDate | None = None
    count: int | None = None
    unit: str = ""
    condition: str = ""
    unread: bool = False
    of_issue: bool = False

    @property
    def reading(self) -> str:
        """What the row says of it, or "unread"; an hour that is midnight has the two meanings of midnight."""
        return "unread" if self.unread else "midnight" if self.day.hour == _MIDNIGHT else self.rule.reading


_MIDNIGHT = "midnight"


def read_time(words: str, at: int, kind: Kind, profile: Profile) -> TimeWords | None:
    """What stands at an offset of the words, by the longest row of the table; None where no row reads it."""
    at += len(words[at:]) - len(words[at:].lstrip(" :\u2013-"))
    best: tuple[Rule, re.Match[str]] | None = None
    for rule in profile.time_word:
        match = rule.pattern.match(words, at) if rule.kind == kind else None
        if match is not None and match.end() > at and (best is None or match.end() > best[1].end()):
            best = rule, match
    return _told(*best, profile, qualified=_QUALIFIED.match(words, best[1].end()) is not None) if best is not None else None


def _told(rule: Rule, match: re.Match[str], profile: Profile, *, qualified: bool) -> TimeWords:
    groups = {name: words for name, words in match.groupdict().items() if words}
    stood = next((groups[name] for name in ("on", "on2") if name in groups), "")
    dates = list(find_dates(stood, profile.numeric_dates))
    found = dates[0] if dates else None
    hours = _HOUR.findall(stood[: found.start] + " " + stood[found.end :]) if found else []
    hour = read_hour(hours[0]) if hours else None
    if hours and hour is None and _NIGHT.match(hours[0]):
        hour = _MIDNIGHT
    count = _count(groups.get("count", ""))
    unread = qualified or (bool(hours) and hour is None) or (bool(stood) and len(dates) != 1) or ("count" in groups and count is None)
    unit = next((u for u in UNITS if groups.get("unit", "").lower().startswith(u)), "")
    day = Day(found.day.on, found.day.earliest, found.day.latest, hour) if found and found.day != Day() else Day()
    return TimeWords(rule, match.start(), match.end(), match.group().strip(), day, found, count, unit, groups.get("condition", "").strip(" .,;"), unread, "issue" in groups)


def _count(words: str) -> int | None:
    words = words.lower().strip()
    return int(words) if words.isdigit() else _COUNTS.get(words)


def two_midnights(day: Day) -> Day:
    """A day that is named with midnight: it may be the one at which the day begins, or the one at which it ends."""
    first, last = day.first, day.last
    if first is None or last is None or last == date.max:
        return Day()
    return Day(earliest=first, latest=date.fromordinal(last.toordinal() + 1), hour=DAWN)


def settled_hour(day: Day) -> Day:
    """The day with an hour that it has; what falls on the end of a day (2400 hours) is the first moment of the next."""
    if day.hour != DUSK or day.on is None or day.on == date.max:
        return day
    return Day(on=date.fromordinal(day.on.toordinal() + 1), hour=DAWN)
