"""The days on which an answer about a rule may turn into another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from lineage.answers.touching import TOUCHING
from lineage.library import Library
from lineage.model import Event, Expression
from lineage.store.public import PublicOnly

DAY = timedelta(days=1)


def turning_days(library: Library, held: PublicOnly, work: str, as_known: str | None) -> set[date]:
    """The first day of every stretch in which the answers about a work may differ from those of the day before; more than needed, never fewer.

    An answer turns with its own periods and events, with the day after a last sighting, with a decision (which says whether it came after the day asked about), and with papers that touch it. Where an
    act reaches back over days before its issue, the answer also says what was published by the day, and so turns whenever any paper came out.
    """
    days: set[date | None] = set()
    for period in held.periods(work=[work], as_known=as_known):
        days.add(period.interval.start)
        days.add(period.interval.end)
        # The day of a change has its own sentence, and so has a last day that ends at an hour.
        days.add(_after(period.interval.start))
        days.add(period.interval.end - DAY if period.interval.end else None)
        days.add(_after(period.observed_on))
    events = held.events(work, as_known=as_known)
    days.update(event.day.first for event in events)
    days.update(date.fromisoformat(d.decided_at[:10]) for d in held.decisions(as_known) if work in d.works)
    for one in held.works(ids={work}, as_known=as_known):
        days.update(day for borne in one.numbers for day in (borne.since, borne.until))
    acts = [act for act in held.relations(works={work}, as_known=as_known) if act.affected.work == work and act.affecting.work not in (None, work) and act.kind in TOUCHING]
    days.update(act.effect.day.first for act in acts if act.effect)
    days.update(_turns(held, sorted({act.affecting.work for act in acts if act.affecting.work}), as_known))
    texts = held.expressions({work, *(e.by for e in events if e.by)}, as_known=as_known)
    return {day for day in days if day is not None} | _out(library, events, texts, as_known)


def _turns(held: PublicOnly, works: list[str], as_known: str | None) -> set[date | None]:
    """The days on which one of these papers comes into force, is so no longer, or is in doubt: of a paper that touches a rule nothing else is told."""
    status: dict[str, str] = {}
    found: set[date | None] = set()
    for period in held.periods(work=works, as_known=as_known) if works else ():
        if status.get(period.work) != period.status:
            found.add(period.interval.start)
        status[period.work] = period.status
    return found


def _after(day: date | None) -> date | None:
    return day + DAY if day is not None and day < date.max else None


def _out(library: Library, events: Iterable[Event], texts: Iterable[Expression], as_known: str | None) -> set[date]:
    """The days on which papers came out, within the days over which an act reaches back: from those of its effect to the issue of its paper."""
    issued = {text.item: text.issued.first for text in texts}
    spans = [(e.day.first, out) for e in events if e.day.first and (out := issued.get(e.item or "")) is not None and e.day.first < out]
    if not spans:
        return set()
    every = {day for day in library.published(max(out for _, out in spans), as_known).first_out.values() if day is not None}
    return {out for _, out in spans} | {day for day in every if any(first <= day <= out for first, out in spans)}
