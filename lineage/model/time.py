"""Time: half-open intervals, dated events, periods. Valid time is civil days; recorded time is UTC moments."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from lineage.model.clause import Day
from lineage.model.finding import Evidence
from lineage.model.relation import Standing

Status = Literal["in-force", "not-in-force", "not-provable"]
STATUSES: tuple[Status, ...] = ("in-force", "not-in-force", "not-provable")


class Interval(Struct, frozen=True):
    """``[start, end)`` in whole days; ``None`` is open. ``end`` is the first day out.

    >>> order = Interval(date(2019, 5, 17), date(2021, 7, 22))
    >>> order.covers(date(2021, 7, 21)), order.covers(date(2021, 7, 22))
    (True, False)
    """

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError(f"The interval from {self.start} to {self.end} holds no day.")

    def covers(self, day: date) -> bool:
        """Whether the day is in."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlap(self, other: Interval) -> Interval | None:
        """The days in both, or None."""
        start = max((d for d in (self.start, other.start) if d is not None), default=None)
        end = min((d for d in (self.end, other.end) if d is not None), default=None)
        return None if start is not None and end is not None and start >= end else Interval(start, end)


class Event(Struct, frozen=True):
    """A dated fact in a work's life (AKN eventRef). ``kind`` is ``begins``, ``changes``, ``ends``, ``suspended``, ``resumed``, ``doubt``, ``observed``, ``renumbered``, ``named`` or ``condition``.

    ``relation`` is the relation it comes from, ``item`` the item it opens (an expression held), ``by`` the work that did it, ``label`` the words for a reader
    ("took effect"), ``basis`` why the day is that day, ``stamp_only`` whether it rests on a stamp alone, ``standing`` whether an order or only an index says so.
    """

    kind: str
    day: Day
    work: str
    label: str
    basis: str = ""
    relation: str | None = None
    item: str | None = None
    by: str | None = None
    by_mention: str = ""
    stamp_only: bool = False
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[str, ...] = ()
    standing: Standing = "order"


# Labels of beginnings of texts that say of themselves only that they stood by a day: they enact nothing, and end nothing.
STOOD = ("stood in the edition", "was current", "stood")
# Stands among the changes of a period for what was not established of the words before them.
UNSETTLED = "unsettled"


class Period(Struct, frozen=True):
    """An interval of a work's life with one answer, and the events that open and close it.

    ``item`` is the item whose text rules, None where it is consolidated or not held. ``complete`` is false where changes to the words could not be applied.
    ``stated_end`` is true where the end is stated by an act (and not merely the beginning of a doubt). ``since`` is the first day of the unbroken stretch in force.
    ``last_proof_on`` is the latest day that a held document proves. ``findings`` are the codes of those findings that could change this answer.
    ``observed_on`` is the last day on which its text was seen published, in this period or later. ``number`` is the number that a work of several then bears.
    ``changes`` are the relations that changed the words since ``item``, in the order of their days: with them the text is consolidated, and not that of one item. ``UNSETTLED``
    among them stands for a time in which the words were not established. ``decisions`` are those of persons without which the answer would be another.
    """

    work: str
    interval: Interval
    status: Status
    item: str | None = None
    complete: bool = True
    operative: bool | None = True
    stated_end: bool = False
    since: date | None = None
    last_proof_on: date | None = None
    opened_by: Event | None = None
    closed_by: Event | None = None
    findings: tuple[str, ...] = ()
    observed_on: date | None = None
    number: str | None = None
    changes: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """Its days in short."""
        return Span(self.interval, self.stated_end, self.closed_by is not None and self.closed_by.label in STOOD)


class Span(Struct, frozen=True):
    """The days on which a text ruled: whether their end is stated by an act, and whether it is where another published text is known to have stood."""

    interval: Interval
    stated_end: bool = False
    followed: bool = False
