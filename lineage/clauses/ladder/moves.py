"""What may be done with one marker or heading, given what is open: each way with what it weighs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from lineage.clauses.ladder import constraints as rule
from lineage.clauses.ladder.levels import HEADING, Event, Level
from lineage.clauses.ladder.markers import BULLET, SECTION, Reading

REACH = 8  # a list is opened under one of the innermost levels, or at the top
MET = 4  # so many levels of its ladder a marker may go on from, if it is not the very next of theirs
FARTHEST = 250  # a list goes on over so many levels at most
MARGIN = 3.0  # a reading that weighs so much more than the lightest is given up


# What a deed weighs, the deed, and what it does: a reading opens a new level under the level behind it, None leaves that one as the innermost. Last stands the level that
# the marker goes on from or stands under. A plain tuple, since a paper of some hundred markers makes thousands.
Move = tuple[float, str, Reading | None, Level | None, Level | None]


def moves(event: Event, top: Level | None, habits: Mapping[str, str], most: float) -> list[Move]:
    """The ways to read the event where ``top`` is the innermost open level, but for those that weigh more than ``most``."""
    found: list[Move] = []
    if not event.readings:
        found += [move for move in _headings(event, top) if move[0] <= most]
    if event.words is not None and event.words <= most:
        found.append((event.words, "words", None, top, top))
    for reading in event.readings:
        if reading.ladder == SECTION:
            found += [move for move in _sections(event, reading, top) if move[0] <= most]
        else:
            _listed(event, reading, top, habits, most, found)
    return found


def _listed(event: Event, reading: Reading, top: Level | None, habits: Mapping[str, str], most: float, found: list[Move]) -> None:
    """A plain marker goes on with an open level of its ladder, or opens one under any that is open."""
    ladder, begins = reading.ladder, rule.beginning(reading.value)
    closed: Level | None = None
    level, reach, met = top, 0, 0
    opens = begins <= most
    while reach < FARTHEST and (level is None or opens or ladder in level.ladders):
        if opens and (reach < REACH or level is None) and not (closed and closed.ladder == ladder):
            cost = begins + _opened(event, reading, level, closed, habits)
            if cost <= most:
                found.append((cost, "opens", reading, level, level))
        if level is None:
            return
        if level.ladder == ladder and (met < MET or _follows(event, reading, level)):
            met += 1
            cost, deed = _gone_on(event, reading, level)
            if cost <= most:
                found.append((cost, deed, reading, level.above, level))
            opens = opens and begins <= cost + MARGIN
        closed, level, reach = level, level.above, reach + 1


def _follows(event: Event, reading: Reading, level: Level) -> bool:
    """Whether the marker is the very next one of the level, at its edge: only so it goes back beyond several levels of its ladder."""
    return reading.value == level.value + 1 and abs(event.left_pt - level.left_pt) <= rule.NEAR_PT


def _gone_on(event: Event, reading: Reading, level: Level) -> tuple[float, str]:
    """What it weighs to go on with the level, and what that is called."""
    cost = rule.edge(event.left_pt, level.left_pt)
    ladder, value, _ = reading
    if value != 1:
        return cost + rule.sequence(value, level.value), "goes-on"
    if ladder.startswith(BULLET):
        return cost, "goes-on"
    return cost + (rule.AGAIN_LED if event.led else rule.AGAIN).weight, "again"


def _opened(event: Event, reading: Reading, parent: Level | None, closed: Level | None, habits: Mapping[str, str]) -> float:
    """What the place of a new list weighs."""
    cost = 0.0
    if parent is not None and parent.ladder != HEADING:
        side = rule.under(event.left_pt, parent.left_pt)
        cost += side
        if 0 < event.lead_pt < parent.words_left_pt - rule.NEAR_PT:
            cost += rule.LED_FROM_OUTSIDE.weight
        if reading.ladder in parent.ladders:
            cost += rule.LADDER_DEEPER.weight if side == 0 and event.left_pt > 0 else rule.LADDER_WITHIN.weight
    if closed is not None:
        cost += _closing(event, closed)
    if habits and habits.get(reading.ladder, habit := parented(parent)) != habit:
        cost += rule.HABIT.weight
    return cost


def _closing(event: Event, closed: Level) -> float:
    """What it weighs to open another list where ``closed`` stood."""
    cost = rule.INNER.weight if event.left_pt > closed.left_pt + rule.NEAR_PT else 0.0
    if closed.ladder.startswith(BULLET):
        return cost + 0.2
    if closed.ladder == HEADING:
        return cost + rule.UNDER_HEADING.weight
    beside = event.left_pt <= 0 or event.left_pt >= closed.left_pt - rule.NEAR_PT
    return cost + (rule.ONE_LADDER.weight if beside else 0.0)


def parented(parent: Level | None) -> str:
    """The ladder around, as habits count it: headings without a number and the top are one."""
    return "" if parent is None or parent.ladder == HEADING else parent.ladder


def _sections(event: Event, reading: Reading, top: Level | None) -> Iterator[Move]:
    """A number that tells its own depth stands under the longest number open that it begins with, else at the top."""
    level, last = top, None
    holder: Level | None = None
    while level is not None:
        last = last or (level if level.ladder == SECTION else None)
        if holder is None and _holds(level, reading):
            holder = level
        level = level.above
    if holder is not None:
        cost = rule.SECTION_BACK.weight if last and last.tokens[: len(reading.tokens)] >= reading.tokens and _after(last, reading) else 0.0
        yield cost, "opens", reading, holder, holder
        return
    fresh = rule.SECTION_BACK.weight if last is not None and _after(last, reading) else 0.0
    if last is None and top is not None and top.ladder != HEADING and event.block.marker.string.lstrip()[:1] not in "§S":
        fresh = rule.SECTION_FRESH.weight
    yield fresh, "opens", reading, None, None
    if top is not None:
        within = rule.SECTION_WITHIN if last is None else rule.SECTIONS_WITHIN
        yield fresh + within.weight, "opens", reading, top, top


def _holds(level: Level, reading: Reading) -> bool:
    """Whether the open level's number is the beginning of this one."""
    own, tokens = level.tokens, reading.tokens
    if not own or len(own) >= len(tokens) + (level.ladder != SECTION) or level.ladder.startswith(BULLET):
        return False
    if own == tokens[: len(own)]:
        return True
    return level.ladder != SECTION and len(tokens) > 1 and level.path[-(len(tokens) - 1) :] == tokens[:-1]


def _after(last: Level, reading: Reading) -> bool:
    """Whether the number that was open comes after this one, as numbers are counted."""
    return _order(last.tokens) >= _order(reading.tokens)


@lru_cache(maxsize=4096)
def _order(tokens: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((int(token[:9]), "") if token.isascii() and token.isdigit() else (10**9, token) for token in tokens)


def _headings(event: Event, top: Level | None) -> Iterator[Move]:
    """A heading without a number ends what is open, as far as the mark-up does not set it under a level; or it stands within a list that goes on."""
    holder = top
    while holder is not None and not (event.nested and holder.ladder != HEADING and holder.words_left_pt <= event.block.left_pt + rule.NEAR_PT):
        holder = holder.above
    yield 0.0, "heading", Reading(HEADING, 0, ()), holder, holder
    if top is not None and top.ladder != HEADING and not event.nested:
        yield rule.HEADING_WITHIN.weight, "within", None, top, top
