"""Open stretches of a rule's life as persons ruled on them. Only days that the papers leave open are so settled, and none that they settle.

A stretch is known by what opened it and what is open about it, not by its bounds: a paper that comes in later and ends it makes it shorter, and the ruling goes on to hold of the days that are left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage.model import Day, Event, Interval, Period
from lineage.model.decision import Decision, open_stretch, ref_of, seen_of_stretch, standing
from lineage.model.time import Status
from lineage.store.deciding import said_by
from lineage.timeline import Life, Unrolled

if TYPE_CHECKING:
    from lineage.store.reading import Reading

LABELS: dict[Status, str] = {"in-force": "was held to be in force", "not-in-force": "was held not to be in force", "not-provable": ""}


def stretches(held: Reading) -> Mapping[str, Sequence[Decision]]:
    """The decisions on stretches that count, by the work that each is about here."""
    ruled = [one for (subject, _), one in standing(held.decisions()).items() if subject == "stretch"]
    items = {ref for one in ruled if "/" not in (ref := one.ref.rpartition("@")[0])}
    makers = held.makers(items) if items else {}
    found: dict[str, list[Decision]] = defaultdict(list)
    for one in ruled:
        name = one.ref.rpartition("@")[0]
        found[makers.get(name, name)].append(one)
    return found


def ruled_on(life: Life, found: Unrolled, decisions: Sequence[Decision]) -> Unrolled:
    """A life with its open stretches as persons ruled on them; a ruling on what stands otherwise now is stale and changes nothing."""
    if not decisions:
        return found
    periods: list[Period] = []
    texts = {"", *(x.item for x in life.expressions)}  # words of another rule, or not held, are none of this one
    decisions = [one for one in decisions if one.correction is not None and one.correction.item in texts]
    for period in found.periods:
        parts = [period]
        for one in decisions if open_stretch(period) else ():
            if one.ref.partition("+")[0] == ref_of(period, life.expressions) and one.seen == seen_of_stretch(period, life.expressions):
                parts = [piece for part in parts for piece in (_cut(part, one) if open_stretch(part) else (part,))]
        periods += parts
    return replace(found, periods=tuple(_joined(periods)))


def _cut(period: Period, one: Decision) -> Iterator[Period]:
    """An open period with the ruled days in it, and what is left of it on either side."""
    right = one.correction
    span = period.interval.overlap(Interval(right.start, right.end)) if right and right.status else None
    if right is None or right.status is None or span is None:
        yield period
        return
    if period.interval.start != span.start:
        yield replace(period, interval=Interval(period.interval.start, span.start))
    yield _ruled(period, span, right.status, right.item, one)
    if span.end != period.interval.end:
        yield replace(period, interval=Interval(span.end, period.interval.end))


def _ruled(period: Period, span: Interval, status: Status, item: str, one: Decision) -> Period:
    """The days as ruled. What was in force and stays so keeps what opened it."""
    event = period.opened_by
    if status != period.status or event is None:
        event = Event("begins" if status == "in-force" else "ends", Day(span.start), period.work, LABELS[status], f"{said_by(one)}: {one.because}")
    if status == "not-in-force":
        return Period(period.work, span, status, opened_by=event, closed_by=period.closed_by, number=period.number, operative=None)
    text = item or period.item
    return replace(
        period, interval=span, status=status, item=text, complete=text is not None and (bool(item) or period.complete), operative=True if period.operative is None else period.operative,
        since=period.since or span.start, last_proof_on=max(filter(None, (period.last_proof_on, span.start)), default=None), opened_by=event, findings=(), changes=() if item else period.changes,
    )  # fmt: skip


def _joined(periods: Iterable[Period]) -> list[Period]:
    """Each period in force counts from the first day of its unbroken stretch."""
    ordered = list(periods)
    for at, (one, other) in enumerate(pairwise(list(ordered)), 1):
        if one.status == other.status == "in-force":
            ordered[at] = replace(ordered[at], since=ordered[at - 1].since)
    return ordered
