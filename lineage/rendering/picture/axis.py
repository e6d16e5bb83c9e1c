"""The time axis: a day's x is proportional to its distance in days."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

YEAR_PX, LEAST_PX, MOST_PX = 96.0, 640.0, 2200.0  # the room of a year, and the bounds of the whole span
BEFORE_PX, BEYOND_PX = 44.0, 72.0  # room for what comes from before the first day and goes on after the last
LEAST_DAYS = 90
# Months between two ticks, and the room that the label of one needs.
STEPS = ((1, 56.0), (3, 56.0), (12, 42.0), (60, 42.0), (120, 42.0), (300, 42.0), (600, 42.0), (1200, 42.0), (6000, 42.0))


class Tick(Struct, frozen=True):
    """A line of the grid and its label; ``strong`` where a year begins."""

    x: float
    label: str
    strong: bool


class Axis(Struct, frozen=True):
    """``x = left + (day - origin) * per_day``, with ``origin`` as a proleptic ordinal; the lanes reach from ``left`` to ``right``."""

    left: float
    right: float
    origin: float
    per_day: float

    def x(self, day: date) -> float:
        """Where the day begins."""
        return self.left + (day.toordinal() - self.origin) * self.per_day

    def ticks(self) -> Iterator[Tick]:
        """Ticks by month, quarter, year or more years, as the room allows; none outside the axis."""
        step = next((months for months, room in STEPS if months * 30.4 * self.per_day >= room), STEPS[-1][0])
        first, last = self._year(self.origin), self._year(self.origin + (self.right - self.left) / self.per_day)
        for month in range(first * 12 - first * 12 % step, last * 12 + 12, step):
            year, at = divmod(month, 12)
            if not date.min.year <= year <= date.max.year:
                continue
            x = self.x(date(year, at + 1, 1))
            if self.left <= x <= self.right:
                yield Tick(x, str(year) if at == 0 else calendar.month_abbr[at + 1], at == 0)

    def _year(self, ordinal: float) -> int:
        return date.fromordinal(min(max(int(ordinal), 1), date.max.toordinal())).year


def axis_of(days: Iterable[date], today: date, left: float) -> Axis:
    """The axis that shows all the days, and today. It is 640 to 2,200 pixels wide, beside the room at both ends."""
    ordinals = [today.toordinal(), *(day.toordinal() for day in days)]
    span = max(max(ordinals) - min(ordinals), LEAST_DAYS)
    per_day = min(max(span / 365.25 * YEAR_PX, LEAST_PX), MOST_PX) / span
    return Axis(left, left + BEFORE_PX + span * per_day + BEYOND_PX, min(ordinals) - BEFORE_PX / per_day, per_day)
