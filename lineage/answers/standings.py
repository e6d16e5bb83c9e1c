"""How every work stands on any day, by its periods alone: for lists of tens of thousands of rules, of which only a part is told in full."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from lineage.model.time import Status

if TYPE_CHECKING:
    from lineage.model import Work
    from lineage.store.rows import Stood

# How a work stands, as one byte. A list of the rules in force names the first three.
IN_FORCE, OPEN, OPEN_NOT_HELD, NOT_IN_FORCE = range(4)
STATUS_OF: tuple[Status, ...] = ("in-force", "not-provable", "not-provable", "not-in-force")
LISTED = bytes(code in (IN_FORCE, OPEN) for code in range(256))

_PER_STEP = 64


class Standings:
    """How each of some works stands, by its place among them, on the days on which one of them turns.

    Between two steps only what turns is kept, so a day costs a copy of the step before it and a few bytes.
    """

    def __init__(self, works: Sequence[Work], stood: Iterable[Stood]) -> None:
        places = {work.id: at for at, work in enumerate(works)}
        # No period covers a day: not established, and named where the work is held.
        nothing = [OPEN if work.held else OPEN_NOT_HELD for work in works]
        turns: list[tuple[str, int, int]] = []
        last: dict[str, str] = {}
        for one in stood:
            at = places.get(one.work)
            if at is None:
                continue
            if one.work in last and last[one.work] != one.first:
                turns.append((last[one.work], at, nothing[at]))
            turns.append((one.first, at, _code(one, works[at].held)))
            last[one.work] = one.after
        turns += [(after, places[work], nothing[places[work]]) for work, after in last.items()]
        turns.sort(key=lambda turn: turn[0])
        self._days = [day for day, _, _ in turns]
        self._places, self._codes = array("l", (at for _, at, _ in turns)), bytes(code for _, _, code in turns)
        self._step = max(_PER_STEP, len(works) // 20)
        now = bytearray(nothing)
        self._steps = []
        for n, (_, at, code) in enumerate(turns):
            if n % self._step == 0:
                self._steps.append(bytes(now))
            now[at] = code
        self._steps.append(bytes(now))

    def on(self, day: str) -> bytearray:
        """How the works stand on a day (ISO), one byte each, in their order."""
        upto = bisect_right(self._days, day)
        step = min(upto // self._step, len(self._steps) - 1)
        now = bytearray(self._steps[step])
        first = step * self._step
        for at, code in zip(self._places[first:upto], self._codes[first:upto], strict=True):
            now[at] = code
        return now


def _code(one: Stood, held: bool) -> int:
    """One period as a byte, by the rule of ``asking.is_listed``."""
    if one.status == "not-provable":
        return OPEN if held or one.opened else OPEN_NOT_HELD
    return IN_FORCE if one.status == "in-force" else NOT_IN_FORCE
