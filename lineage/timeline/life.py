"""What the timeline is made from and what it makes."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct, field

from lineage.model import DateReading, Event, Expression, Finding, Look, Period, Relation, Work
from lineage.model.decision import Attestation


class Life(Struct, frozen=True):
    """Everything held that bears on one work.

    ``expressions`` are its texts held; ``dates`` their date readings by item. ``acts`` are the relations upon it (also those of which it is only a candidate), ``done``
    those that it does to others. ``ends`` gives, for each work that amends or suspends this one, the acts that end that work. ``rivals`` are the other holders of the
    number with the day on which each began. ``names`` are what a person calls the works met here. ``doubts`` are those of its papers' readings,
    ``doubts_of_relations`` those of the acts that may mean it. ``seen`` gives the days on which each item was seen published, in order; ``looks`` are the days of the complete
    listings that speak of its series. ``above`` are the acts that end the works above it in the numbering ("7.1" above "7.1.2"), each with that work's id. ``cascade`` gives, for those
    of them by which it falls with that work, the agency's general rule with its quote and source; ``revival`` the same for the acts that end what ended it, by which it comes back.
    ``makers`` are the works of the papers that renumber it, by item. ``namesakes`` are the rules of the series that bear its title under another number, each with the day on which it began.
    ``attested`` are persons' words that the list of its series was complete on a day.
    """

    work: Work
    expressions: tuple[Expression, ...] = ()
    dates: dict[str, tuple[DateReading, ...]] = field(default_factory=dict)
    acts: tuple[Relation, ...] = ()
    done: tuple[Relation, ...] = ()
    ends: dict[str, tuple[Relation, ...]] = field(default_factory=dict)
    rivals: tuple[tuple[str, date], ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    doubts: tuple[Finding, ...] = ()
    doubts_of_relations: tuple[Finding, ...] = ()
    seen: dict[str, tuple[date, ...]] = field(default_factory=dict)
    looks: tuple[Look, ...] = ()
    above: tuple[tuple[str, Relation], ...] = ()
    cascade: dict[str, str] = field(default_factory=dict)
    revival: dict[str, str] = field(default_factory=dict)
    makers: dict[str, str] = field(default_factory=dict)
    amended: dict[str, tuple[Relation, ...]] = field(default_factory=dict)
    namesakes: tuple[tuple[str, date], ...] = ()
    attested: tuple[Attestation, ...] = ()


class Unrolled(Struct, frozen=True):
    """A work's events in order, its periods and the doubts that time raises."""

    events: tuple[Event, ...]
    periods: tuple[Period, ...]
    findings: tuple[Finding, ...]


MarkKind = Literal["end", "doubt", "change", "begin", "suspend", "resume", "unclear-efficacy", "confirm", "contradicted", "renumbered", "namesake", "edited", "unseen", "seen", "observed"]

# "contradicted": an index and the orders do not agree from this day on; it stands last, over whatever the orders bring that day.
# What sightings say comes after all else; "observed" is told and changes nothing.
# On one day: what ends comes first, what begins after it, so that a new holder or text may begin on the day on which the old one ends.
ORDER: dict[MarkKind, int] = {"end": 0, "doubt": 1, "change": 3, "begin": 2, "suspend": 4, "resume": 5, "unclear-efficacy": 6, "renumbered": 6, "namesake": 6, "confirm": 7, "contradicted": 8, "edited": 9, "unseen": 10, "seen": 11, "observed": 12}


class Mark(Struct, frozen=True):
    """Something that happens to a work on a day: the sweep's input. ``item`` is the text that a beginning brings (None: wording not held).

    ``number`` is the number that a renumbering gives (None: whether it does is in doubt). ``only`` restricts an end to the expressions of these items: the end of a version is the end of the work only where that version rules.
    """

    kind: MarkKind
    on: date
    event: Event
    item: str | None = None
    complete: bool = True
    only: frozenset[str] | None = None
    findings: tuple[str, ...] = ()
    number: str | None = None
