"""The search: of all readings of all markers, the one that breaks the fewest constraints.

The readings are followed side by side, marker by marker. Two that come to the same open levels are one from there on, and the lighter stays; only the lightest few
are followed. So the time grows with the number of markers and not with their combinations.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from operator import itemgetter

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
    live: Sequence[tuple[float, Step | None]] = [(0.0, None)]
    for event in events:
        live = _ahead(event, live, habits)
    best = live[0][1]
    if best is not None:
        best.ties += tuple(last for total, last in live[1:] if total < TIE and last is not None)
    return chain(best)


def _ahead(event: Event, live: Sequence[tuple[float, Step | None]], habits: Mapping[str, str]) -> list[tuple[float, Step]]:
    """The lightest readings of all up to this event, each with what it weighs more than the lightest."""
    ahead: dict[int, tuple[float, Step]] = {}
    bound = float("inf")
    left, edge, words_left = event.left_pt, round(event.left_pt), event.block.left_pt
    for total, former in live:
        for cost, deed, reading, above, before in moves(event, former.level if former else None, habits, bound - total):
            weight = total + cost
            if weight > bound:
                continue
            if weight + MARGIN < bound:
                bound = weight + MARGIN
            key = Level.key_of(above, reading, edge)
            held = ahead.get(key)
            if held is not None and weight - held[0] >= TIE:
                continue
            level = above if reading is None else Level(reading, left, words_left, above, key)
            step = Step(event, deed, level, cost, former, before)
            if held is None:
                ahead[key] = (weight, step)
            elif weight < held[0]:
                ahead[key] = (weight, step)
                if held[0] - weight < TIE:
                    step.ties += (held[1],)
            else:
                held[1].ties += (step,)
    ways = [way for way in ahead.values() if way[0] <= bound]
    ways.sort(key=itemgetter(0))
    least = ways[0][0]
    return [(weight - least, step) for weight, step in ways[:WIDTH]] if least else ways[:WIDTH]


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
