"""A document's life as the standard writes it: dated events, and the intervals between them (``lifecycle``, ``temporalData``).

Intervals are half-open: the end event's day is the first day out. An unknown bound is said by ``pl:start_reading`` or ``pl:end_reading``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from lineage.documents.markup import element
from lineage.documents.record import STARTS, date_id, relation_id
from lineage.model import DateRole, Day, Document, Relation

# eventRef/@type has three values in the standard; an event that is none of them has no type.
_AMENDS = ("substitutes", "inserts", "deletes", "renumbers", "amends", "corrects", "splits", "merges")
_ENDS = ("rescinds", "supersedes", "incorporates")
_OTHER = {
    "commences": ("entryIntoForce", "took effect"), "postpones": ("postponement", "postponed"), "extends": ("extension", "extended"),
    "suspends": ("suspension", "suspended"), "resumes": ("resumption", "resumed"), "expires": ("expiration", "expired"),
    "reissues": ("reissue", "reissued"), "creates": ("creation", "created"),
}  # fmt: skip
_ROLES: dict[DateRole, tuple[str, str, str | None]] = {
    "issued": ("issue", "issued", "generation"), "edition": ("edition", "published in an edition", "generation"),
    "effective": ("entryIntoForce", "took effect", None), "revised": ("revision", "revised", None),
}  # fmt: skip


class LifeEvent(Struct, frozen=True):
    """One ``eventRef``: the day it is written with, what happened (``refers``, with its ``words``), the document that says so, and what
    it rests on.
    """

    on: date
    refers: str
    words: str
    source: str
    type: str | None = None
    reading: str | None = None
    relation: str | None = None
    ends: bool = False
    own: bool = False
    name: str = ""


class Life(Struct, frozen=True):
    """The events in order; ``origin`` the one that made this expression; ``ends`` the one that ended it; ``unsettled`` the relation whose
    day of ending is open. ``groups`` are the names of its intervals, ``brought`` those of the clauses that other papers put there, by the relation that did it.
    """

    events: tuple[LifeEvent, ...] = ()
    origin: LifeEvent | None = None
    ends: LifeEvent | None = None
    unsettled: str | None = None
    groups: dict[str, str] = field(default_factory=dict)
    brought: dict[str, str] = field(default_factory=dict)

    def lifecycle(self) -> str:
        """The ``lifecycle``; nothing where no event has a day."""
        if not self.events:
            return ""
        said = []
        for event in self.events:
            named = {
                "eId": event.name, "date": event.on, "type": event.type, "source": f"#{event.source}", "refersTo": f"#{event.refers}",
                "originatingExpression": True if event is self.origin else None, "pl:reading": event.reading, "pl:relation": event.relation,
            }  # fmt: skip
            said.append("\n        " + element("eventRef", named))
        return element("lifecycle", {"source": "#policyLineage"}, "".join(said) + "\n      ")

    def temporal(self) -> str:
        """The ``temporalData``: the interval in force and, where an end is stated, the one after it."""
        said = []
        if "inForce" in self.groups:
            start: dict[str, str | None] = {"start": f"#{self._start.name}"} if self._start else {"pl:start_reading": STARTS}
            end: dict[str, str | None] = {"end": f"#{self.ends.name}"} if self.ends else {"pl:end_reading": self.unsettled}
            said.append(self._group("inForce", start | end))
            for event in self.events:
                if event.relation in self.brought:
                    since: dict[str, str | None] = {"start": f"#{event.name}"}
                    said.append(self._interval(self.brought[event.relation], "inForce", since | end))
        if "notInForce" in self.groups and self.ends:
            said.append(self._group("notInForce", {"start": f"#{self.ends.name}"}))
        return element("temporalData", {"source": "#policyLineage"}, "".join(said) + "\n      ") if said else ""

    @property
    def _start(self) -> LifeEvent | None:
        """The entry into force where the paper states one for the expression's day, else the event that made the expression."""
        same_day = [event for event in self.events if self.origin is not None and event.own and event.on == self.origin.on]
        return next((event for event in same_day if event.refers == "entryIntoForce"), self.origin)

    def _group(self, refers: str, bounds: dict[str, str | None]) -> str:
        return self._interval(self.groups[refers], refers, bounds)

    def _interval(self, name: str, refers: str, bounds: dict[str, str | None]) -> str:
        interval = element("timeInterval", {"eId": f"{name}__timeInterval_1"} | dict(bounds) | {"refersTo": f"#{refers}"})
        return "\n        " + element("temporalGroup", {"eId": name}, f"\n          {interval}\n        ")


def whole_day(day: Day) -> date | None:
    """The day that stands for a reading where the standard takes whole days only: the day itself, or the first of a span with two bounds.

    None for any other, and for the years that count holders whose day is not known (1 to 9): no order is that old.
    """
    known = day.on is not None or (day.earliest is not None and day.latest is not None)
    first = day.first if known else None
    return first if first is not None and first.year > 9 else None


def ends_work(relation: Relation) -> bool:
    """Whether a relation may end the rule: certain, or likely with one possible target, about the whole, and not rejected."""
    sure = relation.certainty == "certain" or (relation.certainty == "likely" and len(relation.candidates) <= 1)
    return (
        sure
        and relation.kind in (*_ENDS, "expires")
        and relation.scope == "whole"
        and relation.status != "rejected"
        and not relation.condition
    )


def life_of(document: Document, passive: Sequence[tuple[int, Relation, str]]) -> Life:
    """The life that the document tells of itself; ``passive`` are the relations that act upon it, with their position and the eId of
    their document.
    """
    starts = whole_day(document.starts)
    events = [*_dated(document), *(event for at, relation, source in passive if (event := _done(at, relation, source)))]
    if starts is not None and not any(event.own and event.on == starts for event in events):
        events.append(LifeEvent(starts, "entryIntoForce", "took effect", "original", reading=STARTS, own=True))
    events.sort(key=lambda event: (event.on, not event.own))
    events = [replace(event, name=f"eref_{number}") for number, event in enumerate(events, 1)]
    origin = next((event for event in events if event.own and event.on == starts), None)
    ends = next((event for event in events if event.ends), None)
    groups = {}
    if ends is None or origin is None or origin.on < ends.on:
        groups["inForce"] = "tmpg_1"
    if ends is not None:
        groups["notInForce"] = f"tmpg_{len(groups) + 1}"
    unsettled = [
        relation_id(at)
        for at, relation, _ in passive
        if ends_work(relation) and (relation.effect is None or relation.effect.day.on is None)
    ]
    put = {clause.put_by for clause in document.outline.clauses} - {""}
    acts = [relation_id(at) for at, relation, _ in passive if relation.id in put]
    dated = [event.relation for event in events if event.relation in acts] if "inForce" in groups and put else []
    brought = {name: f"tmpg_{len(groups) + n}" for n, name in enumerate(dict.fromkeys(filter(None, dated)), 1)}
    return Life(tuple(events), origin, ends, unsettled[0] if unsettled and ends is None else None, groups, brought)


def _dated(document: Document) -> list[LifeEvent]:
    found = []
    for at, reading in enumerate(document.outline.heading.dates):
        on = whole_day(reading.day)
        if reading.role in _ROLES and on is not None:
            refers, words, type_ = _ROLES[reading.role]
            found.append(LifeEvent(on, refers, words, "original", type_, date_id(at), own=True))
    return found


def _done(at: int, relation: Relation, source: str) -> LifeEvent | None:
    """The event that a relation makes in the affected document; None where it has no day or may not count."""
    on = whole_day(relation.effect.day) if relation.effect else None
    if on is None or relation.status == "rejected" or relation.certainty == "doubtful":
        return None
    ends = ends_work(relation) and relation.effect is not None and relation.effect.day.on is not None
    event = LifeEvent(on, "", "", source, relation=relation_id(at), ends=ends)
    if relation.kind in _ENDS:
        return replace(event, refers="rescission", words="rescinded or replaced", type="repeal" if ends else None)
    if relation.kind in _AMENDS:
        return replace(event, refers="amendment", words="amended", type="amendment")
    if relation.kind in _OTHER:
        refers, words = _OTHER[relation.kind]
        return replace(event, refers=refers, words=words)
    return None
