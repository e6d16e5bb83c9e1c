"""The stretches of days on which a rule has one answer, with the one sentence that is right on each of their days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

from lineage.edition.saying import Said
from lineage.errors import LineageError
from lineage.model.dates import long_date

DAY = timedelta(days=1)
# Far more than the turns of any rule: above it, an answer turns in a way that this page does not know, and it must not pretend to.
MOST = 2000
# A day well within an open stretch, and not in another age.
NEAR = timedelta(days=400)


class Stretch(Struct, frozen=True):
    """Days from ``first`` through ``last``, both counted, on which the same is said. ``sentence`` is cut where it names the day that is asked about."""

    first: date
    last: date
    said: Said
    sentence: tuple[str, ...]

    def on(self, day: date) -> str:
        """The sentence on one of its days."""
        return long_date(day).join(self.sentence)


def stretches(ask: Callable[[date], Said], first: date, last: date, turning: Iterable[date], name: str) -> tuple[Stretch, ...]:
    """The stretches from a first day through a last, in order and without a gap. ``turning`` are the days on which an answer may turn.

    Each is asked on its first day and on its last, and what is joined of them on one day more between; where these do not say the same, it is cut. Raises LineageError ``edition.restless`` where it had to be cut without
    end.
    """
    starts = {first, *(day for day in turning if first < day <= last)}
    while True:
        found: list[Stretch] = []
        for begin, following in pairwise([*sorted(starts), last + DAY]):
            found += _settled(ask, begin, following - DAY, name, len(found))
        joined = _joined(found)
        wrong = {day for one in joined for day in [_between(one)] if ask(day) != one.said or ask(day).sentence != one.on(day)}
        if not wrong:
            return tuple(joined)
        starts |= wrong | {day + DAY for day in wrong}


def _between(one: Stretch) -> date:
    return one.first + min((one.last - one.first) // 2, NEAR)


def _settled(ask: Callable[[date], Said], first: date, last: date, name: str, before: int) -> list[Stretch]:
    found: list[Stretch] = []
    waiting = [(first, last)]
    while waiting:
        start, end = waiting.pop()
        if before + len(found) > MOST:
            raise LineageError(
                f"The answers about {name} turn on more than {MOST:,} days between {long_date(first)} and {long_date(last)}, so no page can tell them all.",
                hint="Publish fewer days with --from and --to, or another series with --series.", code="edition.restless",
            )  # fmt: skip
        made = _one(ask, start, end)
        if made is not None:
            found.append(made)
            continue
        middle = start + (end - start) // 2
        waiting += [(middle + DAY, end), (start, middle)]
    return found


def _one(ask: Callable[[date], Said], first: date, last: date) -> Stretch | None:
    """The stretch of these days, if the same is said on all that are asked."""
    at_first = ask(first)
    if first == last:
        return Stretch(first, last, at_first, (at_first.sentence,))
    at_last = ask(last)
    sentence = cut(at_first.sentence, first, at_last.sentence, last)
    if sentence is None or at_first != at_last:
        return None
    return Stretch(first, last, at_first, sentence)


def cut(one: str, on: date, other: str, other_on: date) -> tuple[str, ...] | None:
    """What two sentences have in common around the days that they were asked for; None where they differ in more than that.

    >>> cut("On May 1, 2020, it was in force from May 1, 2020.", date(2020, 5, 1), "On May 2, 2020, it was in force from May 1, 2020.", date(2020, 5, 2))
    ('On ', ', it was in force from May 1, 2020.')
    """
    mine, theirs = long_date(on), long_date(other_on)
    parts, at, there = [""], 0, 0
    while at < len(one) or there < len(other):
        if one.startswith(mine, at) and other.startswith(theirs, there):
            parts.append("")
            at, there = at + len(mine), there + len(theirs)
        elif one[at : at + 1] == other[there : there + 1]:
            parts[-1] += one[at]
            at, there = at + 1, there + 1
        else:
            return None
    return tuple(parts)


def _joined(found: list[Stretch]) -> list[Stretch]:
    """Stretches that follow each other and say the same as one. A day of its own whose sentence is that of its neighbour on that day belongs to it."""
    joined: list[Stretch] = []
    for one in found:
        before = joined[-1] if joined else None
        if before is not None and before.said == one.said:
            longer = before if before.first != before.last else one
            if all(longer.on(day) == other.on(day) for other in (before, one) for day in (other.first, other.last)) and (longer.sentence == one.sentence or one.first == one.last or before.first == before.last):
                joined[-1] = Stretch(before.first, one.last, one.said, longer.sentence)
                continue
        joined.append(one)
    return joined
