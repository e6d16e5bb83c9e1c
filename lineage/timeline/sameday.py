"""Acts of one day: a stated hour orders them, and nothing else does (never the order of files)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from lineage.model import ENDING, Day, Finding, Relation
from lineage.model.dates import long_date
from lineage.timeline.life import Life, Mark

LIVING = ("begin", "change", "suspend", "resume", "confirm")


def same_day(life: Life, marks: list[Mark], findings: list[Finding]) -> Iterator[Mark]:
    """Where a rule begins on the day on which another act ends it, and no hour says which came first, it is not established from that day. Several amendments of one day
    leave the words open, which a finding says.

    A rule that stood before the day is another matter: what ends on a day ends before what begins on it, so that a new text may take the place of the old.
    """
    by_day: dict[date, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_day[mark.on].append(mark)
    first = min((m.on for m in marks if m.kind in LIVING), default=None)
    for day in sorted(by_day):
        todays = by_day[day]
        if in_hours(todays, day):
            continue
        begins = [m for m in todays if m.kind == "begin" and m.item is not None and m.event.label == "took effect"]
        ends = [m for m in todays if m.kind == "end" and m.event.by != life.work.id and (m.only is None or any(b.item in m.only for b in begins))]
        if begins and ends and day == first:
            findings.append(_unordered(life, day, begins[0], ends[0]))
            event = replace(ends[0].event, kind="doubt", label=f"may have been {ends[0].event.label} on the day on which it began", day=Day(on=day))
            yield Mark("contradicted", day, event, findings=("dates.same-day",))
        changes = {m.event.by or m.event.relation: m for m in todays if m.kind == "change"}
        if len(changes) > 1:
            findings.append(_several(life, day, list(changes.values())))


def unordered_changes(marks: list[Mark]) -> list[Mark]:
    """The marks, those of several papers that change the rule on one day, in no order that is known, with that doubt."""
    by_day: dict[date, set[str | None]] = defaultdict(set)
    for mark in marks:
        if mark.kind == "change":
            by_day[mark.on].add(mark.event.by or mark.event.relation)
    open_days = {day for day, papers in by_day.items() if len(papers) > 1 and not in_hours([m for m in marks if m.on == day], day)}
    return [replace(m, findings=(*m.findings, "dates.same-day")) if m.kind == "change" and m.on in open_days else m for m in marks]


def begun_that_day(life: Life, act: Relation) -> bool:
    """Whether an act may end a rule that began on its very day, and no other rule that is held: the hours of that day tell, or nothing does."""
    day = act.effect.day.on if act.effect is not None else None
    return (
        act.kind in ENDING and act.candidates == (life.work.id,) == (act.affected.work,) and act.scope == "whole" and act.standing == "order" and day is not None
        and bool(life.expressions) and all(x.starts.on == day for x in life.expressions)
    )  # fmt: skip


def in_hours(todays: list[Mark], day: date) -> bool:
    """Whether every mark of a day has a stated hour, so that their order is known."""
    return all(m.event.day.on == day and m.event.day.hour is not None for m in todays)


def _unordered(life: Life, day: date, begin: Mark, end: Mark) -> Finding:
    name = life.names.get(life.work.id, life.work.name)
    by = end.event.by_mention or "another paper"
    message = f"{name} takes effect on {long_date(day)} and was {end.event.label} by {by} on that same day; no hour says which came first, so from that day it is not established. A log of orders with hours, or a person, could settle it."
    return Finding("dates.same-day", "blocker", message, (*begin.event.evidence, *end.event.evidence), work=life.work.id)


def _several(life: Life, day: date, changes: list[Mark]) -> Finding:
    name = life.names.get(life.work.id, life.work.name)
    by = " and ".join(sorted(m.event.by_mention or "another paper" for m in changes))
    message = f"{name} is changed on {long_date(day)} by {by}; no hour says in which order, so the words after them may be more than one. The papers' log, or a person, could settle it."
    return Finding("dates.same-day", "doubt", message, tuple(e for m in changes for e in m.event.evidence), work=life.work.id)
