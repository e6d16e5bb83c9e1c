"""A local time on a day: how a work stood at it, from the periods on both sides of the day's change and the hours that its events state.

On a day of change without a stated hour the day follows the convention (what changes has changed from its first moment); a time on that day may lie on either side.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from lineage.model import Event, Period
from lineage.model.hours import DAWN, DUSK

HOUR_OPEN = "dates.hour-open"


class Turn(Struct, frozen=True):
    """A change on a day: from ``before`` to ``after``, at ``hour`` (None: not stated), by ``events``. ``at`` is the place of ``after`` among the periods.

    Several events with hours of their own make several turns; the periods between them are made from the events.
    """

    hour: str | None
    before: Period
    after: Period
    events: tuple[Event, ...]
    at: int


def turns_on(periods: Sequence[Period], at: int, on: date, events: Sequence[Event]) -> list[Turn]:
    """The changes of a day, in order. ``at`` is the place of the period that covers the day; ``events`` are those of the work, as far as they are at hand."""
    found: list[Turn] = []
    if at > 0 and periods[at].interval.start == on and not _only_seen(periods[at - 1]) and not _only_doubted(periods[at - 1], periods[at]):
        found += _at_boundary(periods, at, on, events)
    if at + 1 < len(periods):
        # An end at an hour of the last day: the period covers that day, and is over before it is.
        closing = periods[at].closed_by
        if closing is not None and closing.day.on == on and closing.day.hour not in (None, DUSK):
            found.append(Turn(closing.day.hour, periods[at], periods[at + 1], (closing,), at + 1))
    return found


def _only_seen(before: Period) -> bool:
    """Whether a period is over by what was seen alone: a sighting says how it was on its day, and on no day that anything changed."""
    return "sightings.after-end" in before.findings or (before.closed_by is not None and before.closed_by.kind == "observed")


def _only_doubted(before: Period, after: Period) -> bool:
    """Whether nothing changed but that from then on another number is in doubt."""
    return before.closed_by is not None and before.closed_by.kind == "renumbered" and before.number == after.number


def _at_boundary(periods: Sequence[Period], at: int, on: date, events: Sequence[Event]) -> list[Turn]:
    before, after = periods[at - 1], periods[at]
    todays = list(dict.fromkeys(e for e in (before.closed_by, *(e for e in events if e.day.on == on), after.opened_by) if e is not None))
    hours = [hour_on(e, on) for e in todays]
    if None in hours or len(set(hours)) < 2:
        return [Turn(hours[0] if hours and None not in hours else None, before, after, tuple(todays), at)]
    turns, now = [], before
    for hour in sorted({h for h in hours if h}):
        acting = tuple(e for e in todays if hour_on(e, on) == hour)
        then = now
        for event in acting:
            then = _stepped(then, event)
        turns.append(Turn(hour, now, then, acting, at))
        now = then
    last = turns[-1]
    return [*turns[:-1], replace(last, after=after)]


def hour_on(event: Event, on: date) -> str | None:
    """The hour at which an event turns a day; what was over with the day before, or may be so from the first day possible on, turns it at its first moment."""
    last = event.day.last
    if (event.kind == "doubt" and event.day.on is None) or (last is not None and last < on):
        return DAWN
    return event.day.hour


def _stepped(period: Period, event: Event) -> Period:
    """The period after an event that is neither the first nor the last of its day."""
    if event.kind == "ends":
        return replace(period, status="not-in-force", item=None, complete=True, operative=True, since=None, opened_by=event, findings=())
    if event.kind == "begins":
        return replace(period, status="in-force", item=event.item, complete=event.item is not None, since=event.day.on, opened_by=event, findings=())
    if event.kind == "changes" and period.status != "not-in-force":
        return replace(period, status="in-force", complete=False, opened_by=event)
    if event.kind in ("suspended", "resumed") and period.status == "in-force":
        return replace(period, operative=event.kind == "resumed", opened_by=event)
    return replace(period, status="not-provable", item=None, complete=False, operative=None, opened_by=event)


def at_hour(standing: Period, turns: Sequence[Turn], hour: str) -> tuple[Period, Turn | None]:
    """How the work stood at a local hour of a day whose turns these are (``standing`` without any), and the turn that leaves it open, if one does.

    Where the hour of a turn is not stated, what both sides have in common is established and nothing else.
    """
    if not turns:
        return standing, None
    now = turns[0].before
    for turn in turns:
        if turn.hour is None:
            return _common(turn), turn
        if hour < turn.hour:
            break
        now = turn.after
    return now, None


def _common(turn: Turn) -> Period:
    before, after = turn.before, turn.after
    if before.status != after.status:
        codes = tuple(dict.fromkeys((HOUR_OPEN, *before.findings, *after.findings)))
        return replace(after, status="not-provable", item=None, complete=False, operative=None, since=None, last_proof_on=None, stated_end=False, findings=codes)
    return replace(
        after,
        item=after.item if after.item == before.item else None,
        complete=after.complete and before.complete and after.item == before.item,
        operative=after.operative if after.operative == before.operative else None,
        since=before.since,
        findings=tuple(dict.fromkeys((HOUR_OPEN, *after.findings))),
    )
