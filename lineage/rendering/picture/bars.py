"""The bars of a lane: one for each period, in the look of its ground."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from lineage.model import Event, Period
from lineage.model.dates import long_date
from lineage.rendering.picture.axis import Axis
from lineage.rendering.picture.ink import BAR, INK, MUTED, element, hover, write

HIGH, NARROW = 10.0, 4.0  # of a bar, and of one while its work is suspended

Ground = Literal["stated", "presumed", "open"]


class Stretch(Struct, frozen=True):
    """A part of a period with one look, ``[start, end)``; None is open."""

    start: date | None
    end: date | None
    ground: Ground


def stretches(period: Period) -> list[Stretch]:
    """The looks of a period: stated to a stated end, or as far as a document proves it; presumed after; open if not established."""
    start, end = period.interval.start, period.interval.end
    if period.status == "not-in-force":
        return []
    if period.status == "not-provable":
        return [Stretch(start, end, "open")]
    if end is not None and period.stated_end:
        return [Stretch(start, end, "stated")]
    proven = period.last_proof_on + timedelta(days=1) if period.last_proof_on else None
    if proven is None or (start is not None and proven <= start):
        return [Stretch(start, end, "presumed")]
    if end is not None and proven >= end:
        return [Stretch(start, end, "stated")]
    return [Stretch(start, proven, "stated"), Stretch(proven, end, "presumed")]


def draw_bars(name: str, periods: Sequence[Period], axis: Axis, middle: float, today: date) -> str:
    """The bars of one lane, whose middle is at y ``middle``, and a tick wherever the words changed while the rule went on."""
    parts = []
    for period in periods:
        drawn = "".join(_stretch(part, period, axis, middle, today) for part in stretches(period))
        if drawn:
            parts.append(element("g", hover(_told(name, period)) + drawn, class_="period"))
    parts.extend(_change(axis.x(day), middle) for day in changes(periods))
    return "".join(parts)


def changes(periods: Sequence[Period]) -> Iterator[date]:
    """The days on which another text of the same work begins to rule."""
    for one, two in pairwise(periods):
        day = two.interval.start
        if day is None or day != one.interval.end or {one.status, two.status} != {"in-force"}:
            continue
        if one.item != two.item or (two.opened_by is not None and two.opened_by.kind == "changes"):
            yield day


def _stretch(part: Stretch, period: Period, axis: Axis, middle: float, today: date) -> str:
    left = axis.left if part.start is None else axis.x(part.start)
    # What has no end is drawn to today, and fades from there.
    known = axis.x(max(today, part.start or today)) if part.end is None else axis.x(part.end)
    right = axis.right if part.end is None else max(known, left + 1.5)
    high = NARROW if period.operative is False else HIGH
    drawn = _bar(left, right, middle, high, part)
    if part.start is None:
        end = min(left + 40, right)
        fade = element("rect", x=left - 1, y=middle - 6, width=end - left + 1, height=12.0, fill="url(#lp-from)")
        drawn += fade + _chevron(left, middle, -1)
    if part.end is None:
        fade = element("rect", x=known, y=middle - 6, width=right - known + 1, height=12.0, fill="url(#lp-on)")
        drawn += fade + _chevron(right, middle, 1)
    return drawn


def _bar(left: float, right: float, middle: float, high: float, part: Stretch) -> str:
    top, bottom = middle - high / 2, middle + high / 2
    if part.ground == "open":
        # No line closes a side that is open.
        sides = (f"M{left:.2f} {top}V{bottom}" if part.start else "") + (f"M{right:.2f} {top}V{bottom}" if part.end else "")
        line = f"M{left:.2f} {top}H{right:.2f}M{left:.2f} {bottom}H{right:.2f}{sides}"
        inside = element("rect", x=left, y=top, width=right - left, height=high, fill="#fff", class_="bar open")
        mark = write((left + right) / 2, middle + 3.5, "?", text_anchor="middle", font_size=10.0, fill=MUTED) if right - left > 24 else ""
        return inside + element("path", d=line, fill="none", stroke=BAR, stroke_width=1.2, stroke_dasharray="4 2.5") + mark
    fill = BAR if part.ground == "stated" or high == NARROW else "url(#lp-presumed)"
    dashed = "3 2" if part.ground == "presumed" and high == NARROW else None
    if dashed:
        # A narrow bar has no room for hatching.
        line = f"M{left:.2f} {middle}H{right:.2f}"
        under = element("rect", x=left, y=top, width=right - left, height=high, fill="#fff", class_="bar presumed")
        return under + element("path", d=line, stroke=BAR, stroke_width=high, stroke_dasharray=dashed)
    edge = BAR if part.ground == "presumed" else None
    return element("rect", x=left, y=top, width=right - left, height=high, fill=fill, stroke=edge, class_=f"bar {part.ground}")


def _change(x: float, middle: float) -> str:
    line = f"M{x:.2f} {middle - 8}V{middle + 8}"
    white = element("path", d=line, stroke="#fff", stroke_width=4.0)
    return element("g", hover("Here the words changed.") + white + element("path", d=line, stroke=INK, stroke_width=1.6), class_="change")


def _chevron(x: float, middle: float, way: int) -> str:
    tip = x - way
    line = f"M{tip - way * 5:.2f} {middle - 4}L{tip:.2f} {middle}L{tip - way * 5:.2f} {middle + 4}"
    return element("path", d=line, fill="none", stroke=BAR, stroke_width=1.4)


def _told(name: str, period: Period) -> str:
    start, end = period.interval.start, period.interval.end
    status = "in force" if period.status == "in-force" else "not established by the documents held whether it was in force"
    if period.status == "in-force":
        grounds = [part.ground for part in stretches(period)]
        if "presumed" in grounds:
            status += f", presumed after {_day(period.last_proof_on)}" if "stated" in grounds else ", presumed"
        status += ", but suspended" if period.operative is False else ""
        status += "; wording not held" if period.item is None else "" if period.complete else "; not all changes could be applied"
    # A reader is shown the last day, never the exclusive end.
    days = f"from {long_date(start)}" if start else "from before the days shown"
    days += f", through {long_date(end - timedelta(days=1))}" if end and end > date.min else ", with no end held"
    lines = [f"{name}: {status}, {days}.", _event("Begins", period.opened_by), _event("Ends", period.closed_by)]
    return "\n".join(line for line in lines if line)


def _day(day: date | None) -> str:
    return long_date(day) if day else "an unknown day"


def _event(word: str, event: Event | None) -> str:
    if event is None:
        return ""
    quote = f" “{event.evidence[0].quote}” (page {event.evidence[0].page})" if event.evidence else ""
    basis = f", {event.basis}" if event.basis else ""
    return f"{word}: {event.label}{basis}.{quote}"
