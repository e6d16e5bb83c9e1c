"""The library's own clock: what it held when, and which answers a later recording changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from lineage.model.time import Interval, Period, Status

if TYPE_CHECKING:
    from lineage.model.answer import Ruling


class Recorded(Struct, frozen=True):
    """What came into the library at one moment: ``at`` is UTC, ``items`` the hashes and names of the files taken in then, ``seen_on`` the days of the listings of a site, ``said`` what persons
    did then to files that were held ("the withdrawal of a.txt by N. Name")."""

    at: str
    items: tuple[tuple[str, str], ...] = ()
    seen_on: tuple[date, ...] = ()
    said: tuple[str, ...] = ()


class Said(Struct, frozen=True):
    """An answer in short: ``status``, ``words`` such as "in force, presumed after May 17, 2019", and the ``sentence`` in full. Without a ruling, what was asked for was not held."""

    status: Status
    words: str
    sentence: str
    ruling: Ruling | None = None


class Learnt(Struct, frozen=True):
    """One step by which an answer changed: what was recorded, and the answer that held from that moment on."""

    recorded: Recorded
    after: Said


class Since(Struct, frozen=True):
    """An answer as known at a moment beside that of today. ``steps`` are in order of time; the last of them brought today's answer. ``sentence`` says all of it aloud."""

    then: Said
    today: Said
    steps: tuple[Learnt, ...]
    sentence: str


class PeriodRow(Struct, frozen=True):
    """A period as the library held it: from ``recorded_from`` until ``recorded_to`` (UTC, half-open; None while it holds it still)."""

    period: Period
    recorded_from: str
    recorded_to: str | None


class Changed(Struct, frozen=True):
    """The answers of a stretch of days that one recording changed. ``before`` is None where nothing was held of the work until then, ``after`` where it is held no longer."""

    recorded: Recorded
    days: Interval
    before: Period | None
    after: Period | None


class Uncounted(Struct, frozen=True):
    """A paper that bears on an answer and is not counted in it, because nothing proves that it was out by the day: ``why`` says so in words."""

    item: str
    name: str
    why: str
    first_out: date | None = None
