"""The search: of all readings of all markers, the one that breaks the fewest constraints.

The readings are followed side by side, marker by marker. Two that come to the same open levels are one from there on, and the lighter stays; only the lightest few
are followed. So the time grows with the number of markers and not with their combinations.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from lineage.clauses.ladder.levels import Event, Level, Step, chain, parted
from lineage.clauses.ladder.moves import MARGIN, moves, parented

WIDTH = 8  # readings followed side by side
TIE = 0.3  # readings whose weights are nearer than this are a near tie
DOUBT = 1.0  # a step of this weight breaks a rule: then the habits of the paper are asked
USUAL, OFTEN = 0.7, 3  # a habit holds for this share of at least so many lists


def depths_of(events: Sequence[Event]) -> list[Step]:
    """The lightest reading of the events, one step for each, in order; empty where there are none. The time is linear in their number.

    Where that reading breaks a rule, the paper is read once more with the habits that show in the first.
    """
    found = _followed(events, {})
    if any(step.cost >= DOUBT for step in found) and (habits := _habits(found)):
        return _followed(events, habits)
    return found


def _followed(events: Sequence[Event], habits: Mapping[str, str]) -> list[Step]:
    live: Sequence[tuple[float, Level | None, Step | None]] = [(0.0, None, None)]
    for event in events:
        ahead: dict[int, tuple[float, Level | None, Step]] = {}
        bound = float("inf")
        for total, top, former in live:
            for move in moves(event, top, habits, bound - total):
                weight = total + move.cost
                if weight > bound:
                    continue
                bound = min(bound, weight + MARGIN)
                level = move.level(event)
                step = Step(event, move.deed, level, move.cost, former, move.before)
                key = level.key if level else 0
                held = ahead.get(key)
                if held is None or weight < held[0]:
                    ahead[key] = (weight, level, step)
                    if held is not None and held[0] - weight < TIE:
                        step.ties.append(held[2])
                elif weight - held[0] < TIE:
                    held[2].ties.append(step)
        live = sorted((way for way in ahead.values() if way[0] <= bound), key=lambda way: way[0])[:WIDTH]
        live = [(total - live[0][0], level, last) for total, level, last in live]
    best = live[0][2]
    if best is not None:
        best.ties.extend(last for total, _, last in live[1:] if total < TIE and last is not None)
    return chain(best)


def _habits(steps: Sequence[Step]) -> dict[str, str]:
    """The ladder under which each ladder usually stands in this paper."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for step in steps:
        if step.deed == "opens" and step.level is not None:
            seen[step.level.ladder][parented(step.level.above)] += 1
    usual: dict[str, str] = {}
    for ladder, parents in seen.items():
        parent, times = parents.most_common(1)[0]
        if times >= OFTEN and times >= USUAL * sum(parents.values()):
            usual[ladder] = parent
    return usual


def ties_of(step: Step) -> list[tuple[Step, Step]]:
    """Where the reading and another of nearly the same weight part: the chosen step and the other one."""
    found = []
    for other in step.ties:
        pair = parted(step, other)
        if pair is not None:
            found.append(pair)
    return found
