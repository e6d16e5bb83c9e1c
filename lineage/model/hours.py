"""Hours of the day: as papers write them, and as they are asked about. A local hour is ``"HH:MM"``, from ``"00:00"`` to ``"24:00"``, so that texts compare as hours do."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from msgspec import Struct

DAWN = "00:00"  # the first moment of a day
DUSK = "24:00"  # the end of a day, where a paper says so

# "0001 hours", "08:00", "8 a.m.", "12:01 AM", "noon"; what is called midnight is read apart, as it has two meanings.
HOUR_PATTERN = r"(?i:(?<![\d:/.-])(?:\d{4}\s?(?:hours\b|hrs?\b\.?)|\d{1,2}:\d{2}\s?(?:[ap]\.\s?m\.|[ap]m\b|hours\b|hrs?\b\.?)?|\d{1,2}\s?(?:[ap]\.\s?m\.|[ap]m\b)|(?:12\s)?noon\b))"
_FIGURES = re.compile(r"(?P<hour>\d{1,2}?):?(?P<minute>\d{2})?(?!\d)\s?(?P<half>[ap])?", re.IGNORECASE)
_ASKED = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?:T(?P<time>\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(?P<zone>Z|[+-]\d\d:\d\d)?)?")


def read_hour(words: str) -> str | None:
    """The local hour that the words give; None where they give none, or one that no day has. Twelve at night ("12:00 a.m.") is midnight, which has two meanings, and gives none.

    >>> [read_hour(w) for w in ("0001 hours", "2359 hrs", "2400 hours", "8 a.m.", "12:01 AM", "12:30 pm", "noon", "17:45")]
    ['00:01', '23:59', '24:00', '08:00', '00:01', '12:30', '12:00', '17:45']
    >>> [read_hour(w) for w in ("2560 hours", "13 p.m.", "12 a.m.", "midnight", "soon")]
    [None, None, None, None, None]
    """
    if re.fullmatch(r"(?:12\s)?noon", words.strip(), re.IGNORECASE):
        return "12:00"
    match = _FIGURES.match(words.strip())
    if match is None:
        return None
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12 or (half == "a" and (hour, minute) == (12, 0)):
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if minute < 60 and (hour < 24 or (hour, minute) == (24, 0)) else None


class When(Struct, frozen=True):
    """What ``--on`` asks about: a day, or a local time on it. ``offset`` tells the zone where the question does, and makes it one moment; ``asked`` are the words of the question.

    >>> When.of("2021-07-21T23:40").hour, When.of(date(2021, 7, 21)).hour
    ('23:40', None)
    """

    day: date
    hour: str | None = None
    offset: timedelta | None = None
    asked: str = ""

    @classmethod
    def of(cls, asked: date | datetime | str | When) -> When:
        """A day, a time (with or without its zone), or the ISO words of either. Raises ValueError where the words are neither."""
        if isinstance(asked, When):
            return asked
        if isinstance(asked, datetime):
            return cls(asked.date(), _clock(asked.time()), asked.utcoffset(), asked.isoformat())
        if isinstance(asked, date):
            return cls(asked, asked=asked.isoformat())
        match = _ASKED.fullmatch(asked)
        if match is None:
            raise ValueError(f'"{asked}" is neither a day nor a local time.')
        if match["time"] is None:
            return cls(date.fromisoformat(asked), asked=asked)
        moment = datetime.fromisoformat(asked)
        return cls(moment.date(), _clock(moment.time()), moment.utcoffset(), asked)

    def offsets(self, zone: ZoneInfo) -> tuple[str, ...]:
        """The offsets that the local time has in a zone: one on most days, two where the clock is set back over it, none where it is set forward over it.

        >>> chicago = ZoneInfo("America/Chicago")
        >>> [When.of(t).offsets(chicago) for t in ("2021-11-07T01:30", "2021-03-14T02:30", "2021-07-21T23:40")]
        [('-05:00', '-06:00'), (), ('-05:00',)]
        """
        wall = datetime.combine(self.day, time.fromisoformat(self.hour or DAWN))
        found: dict[str, None] = {}
        for fold in (0, 1):
            moment = wall.replace(tzinfo=zone, fold=fold)
            if date.min < self.day < date.max and moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) != wall:
                continue
            found[moment.isoformat()[-6:]] = None
        return tuple(found)

    def here(self, zone: ZoneInfo) -> When:
        """The same moment by the clocks of a zone; what has no zone of its own is of any."""
        if self.hour is None or self.offset is None:
            return self
        local = datetime.combine(self.day, time.fromisoformat(self.hour), timezone(self.offset)).astimezone(zone)
        return When(local.date(), _clock(local.time()), local.utcoffset(), self.asked)


def later(day: date, hour: str, hours: int, zone: ZoneInfo) -> tuple[date, str]:
    """Day and local hour so many hours after another, by the clocks of a zone: an hour that is set back or forward counts as it passes.

    >>> later(date(2021, 7, 1), "14:00", 72, ZoneInfo("America/Chicago"))
    (datetime.date(2021, 7, 4), '14:00')
    """
    start = datetime.combine(day, time.fromisoformat(hour), zone)
    end = (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(zone)
    return end.date(), _clock(end.time())


def _clock(at: time) -> str:
    return at.isoformat("minutes") if not (at.second or at.microsecond) else at.isoformat("seconds")
