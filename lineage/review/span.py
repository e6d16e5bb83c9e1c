"""The days whose answers are counted: what is open before the first of them or after the last counts as one answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lineage.model import Interval, Work

if TYPE_CHECKING:
    from lineage.store.reading import Reading


YEARS = 10  # by default, answers about days so long before the last one are those that people ask for


def span_of(held: Reading, works: Iterable[Work], as_known: str | None = None, since: date | None = None) -> Interval:
    """From ``since`` (ten years before the end) to the last day on which a paper begins, was seen or was taken in, half-open; one day where nothing is dated."""
    texts = held.expressions(as_known=as_known)
    firsts = [x.starts.first or x.issued.first for x in texts]
    looks = held.looks({(w.agency, w.series) for w in works}, as_known)
    days = [d for d in (*firsts, *(x.issued.first for x in texts), *(look.on for own in looks.values() for look in own)) if d is not None]
    if not days:
        return Interval(date.min, date.min + timedelta(days=1))
    last = held.last_moment(as_known)  # what is open today is asked about until today
    end = max([*days, *([date.fromisoformat(last[:10])] if last else [])]) + timedelta(days=1)
    start = since or max(min(days), end - timedelta(days=round(365.25 * YEARS)))
    return Interval(min(start, end - timedelta(days=1)), end)


def days_in(interval: Interval, span: Interval) -> int:
    """How many days of the span an interval has; at least one."""
    both = interval.overlap(span)
    return max((both.end - both.start).days, 1) if both is not None and both.start is not None and both.end is not None else 1
