"""How a work stands on a day, or at a time of it, read from its periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from lineage.answers.turning import Turn, at_hour, turns_on
from lineage.model import Event, Expression, Ground, Interval, Pending, Period, Ruling, Work
from lineage.model.hours import When

GONE = "sightings.gone"


def rule_on(work: Work, when: When, periods: Sequence[Period], expressions: Sequence[Expression], names: tuple[str, str], events: Sequence[Event] = ()) -> Ruling:
    """The ruling of a day, or of a local time of the work's own zone. ``periods`` are all of the work, in order; ``names`` those of its agency and series; ``events``
    those of its life, which tell several hours of one day apart.

    The work is called by the number that it bears on the day. A work without periods is one that is merely cited: a citation proves nothing, so it is not established.
    """
    on = when.day
    work = work.on(on)
    at = next((n for n, p in enumerate(periods) if p.interval.covers(on)), None)
    if at is None:
        nothing = nothing_of(work)
        return Ruling(work, *names, on, "not-provable", nothing, codes=nothing.findings, hour=when.hour, asked=when.asked)
    turns = turns_on(periods, at, on, events)
    last = turns[-1] if turns else None
    if when.hour is None:
        ruling = _standing(work, when, periods, at, expressions, names)
    else:
        period, open_turn = at_hour(periods[at], turns, when.hour)
        last = open_turn or last
        place = _place(period, periods, at, turns)
        ruling = _standing(work, when, [*periods[:place], period, *periods[place + 1 :]], place, expressions, names)
    return replace(ruling, change_day=True, change_hour=last.hour, turned=last.after, turned_from=last.before) if last is not None else ruling


def nothing_of(work: Work) -> Period:
    """What stands for a period where none covers a day."""
    return Period(work.id, Interval(), "not-provable", findings=("works.only-cited",), operative=None)


def _place(period: Period, periods: Sequence[Period], at: int, turns: Sequence[Turn]) -> int:
    """The place of a period among the others; what stands for an hour of the day takes that of the day."""
    return next((n for n in (at, at - 1, at + 1) if 0 <= n < len(periods) and periods[n] == period), turns[-1].at if turns else at)


def _standing(work: Work, when: When, periods: Sequence[Period], at: int, expressions: Sequence[Expression], names: tuple[str, str]) -> Ruling:
    """The ruling that the period at this place gives."""
    period, on = periods[at], when.day
    if period.status != "in-force":
        return Ruling(work, *names, on, period.status, period, operative=None, codes=period.findings, hour=when.hour, asked=when.asked)
    first, last = _same_text(periods, at)
    seen = period.observed_on is not None and period.observed_on >= on
    ground: Ground = "stated" if last.stated_end and last.interval.end is not None else "observed" if seen else "presumed"
    return Ruling(
        work,
        *names,
        on,
        period.status,
        period,
        ground=ground,
        operative=period.operative,
        valid_from=first.interval.start,
        valid_to=last.interval.end,
        closed_by=last.closed_by,
        in_force_since=period.since,
        last_proof_on=_proof(periods, at, last, ground),
        observed_on=period.observed_on,
        complete=period.complete,
        pending=tuple(_pending(on, expressions)),
        codes=period.findings,
        hour=when.hour,
        asked=when.asked,
    )


def _same_text(periods: Sequence[Period], at: int) -> tuple[Period, Period]:
    """The first and the last period around this one through which the same text rules without a break (a suspension changes no words)."""
    one = periods[at]

    def alike(other: Period) -> bool:
        same = other.item == one.item or (other.opened_by is not None and other.opened_by == one.opened_by)
        return other.status == "in-force" and same and other.complete == one.complete and other.changes == one.changes

    first = last = at
    while (before := _before(periods, first)) is not None and alike(periods[before]) and not _begins_anew(periods, before, first):
        first = before
    while last + 1 < len(periods) and alike(periods[last + 1]) and not _begins_anew(periods, last, last + 1):
        last += 1
    return periods[first], periods[last]


def _before(periods: Sequence[Period], at: int) -> int | None:
    """The period before this one; days on which the same text was only not seen lie between."""
    if at >= 2 and periods[at - 1].findings == (GONE,) and periods[at - 2].opened_by == periods[at].opened_by:
        return at - 2
    return at - 1 if at > 0 else None


def _begins_anew(periods: Sequence[Period], before: int, at: int) -> bool:
    opened = periods[at].opened_by
    return opened is not None and opened.kind in ("begins", "changes") and opened != periods[before].opened_by


def _proof(periods: Sequence[Period], at: int, last: Period, ground: str) -> date | None:
    """The latest day that a held document proves: where an end is stated, the last day in force; else the day of what was last said of the work in force."""
    if ground == "stated":
        return last.interval.end - timedelta(days=1) if last.interval.end else None
    return max((p.last_proof_on for p in periods[at:] if p.last_proof_on and p.status == "in-force" and p.since == periods[at].since), default=periods[at].last_proof_on)


def _pending(on: date, expressions: Sequence[Expression]) -> list[Pending]:
    return sorted(
        (Pending(x.starts.on, x.item) for x in expressions if x.starts.on and x.starts.on > on and x.issued.on and x.issued.on <= on),
        key=lambda p: (p.effective_on, p.by),
    )
