"""Relations as arrows: which can be drawn, where each runs so that none hides another, and how it looks.

Lanes count from 0; gap ``g`` lies between the bars of lanes ``g`` and ``g + 1``, gap -1 above the first. Arrows turn, and bear their
letters, in the gaps only; where they must cross a lane they pass behind its bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct, field

from lineage.model import Relation
from lineage.rendering.picture.axis import Axis

# How far an arrow may be moved from its day's x, least first, and the room that a line and a letter need on either side.
OFFSETS = (0, 5, -5, 10, -10, 15, -15, 20, -20, 26, -26, 33, -33, 41, -41, 50, -50)
LINE_PX, LETTER_PX, BESIDE_PX = 2.0, 7.5, 17.0  # the last where a "?" or a loop stands to the right of the letter
CELL_PX = 32.0
LOOKED_AT = 20  # gaps at either end of a long line in which it must keep apart from others


class Arrow(Struct, frozen=True):
    """A relation that has a place: ``from_lane`` or ``to_lane`` is None where that end is no work of the picture, both are the same for an
    act of a work upon itself. ``day`` is where it is drawn, ``exact`` whether that is its day.
    """

    relation: Relation
    from_lane: int | None
    to_lane: int | None
    day: date
    exact: bool

    @property
    def down(self) -> bool:
        """Whether it runs down the page."""
        if self.from_lane is None:
            return True
        return self.to_lane is None or self.to_lane > self.from_lane

    @property
    def gaps(self) -> range:
        """The gaps it runs through, from above to below."""
        if self.from_lane is None or self.to_lane is None or self.from_lane == self.to_lane:
            at = self.from_lane if self.to_lane is None else self.to_lane - 1
            return range(at or 0, (at or 0) + 1) if at is not None else range(0)
        return range(min(self.from_lane, self.to_lane), max(self.from_lane, self.to_lane))

    @property
    def last_gap(self) -> int:
        """The gap beside the affected lane."""
        return self.gaps[-1] if self.down else self.gaps[0]

    @property
    def firm(self) -> bool:
        """Whether it is drawn with a full line: its day and both its ends are known, and the words are not in doubt."""
        return self.exact and self.relation.certainty != "doubtful" and None not in (self.from_lane, self.to_lane)


class Route(Struct, frozen=True):
    """An arrow with the x of its day, the x it runs at, and the gap that its letter stands in."""

    arrow: Arrow
    x: float
    run_x: float
    letter_gap: int


class _Taken(Struct):
    """What already stands in the gaps, as half-open stretches of x, kept by the cells of a gap that they touch so that many are quick."""

    cells: dict[tuple[int, int], list[tuple[float, float]]] = field(default_factory=dict)

    def clashes(self, gap: int, x: float, left: float, right: float) -> bool:
        """Whether anything stands in the gap within ``left`` before and ``right`` after x."""
        found = (stretch for cell in _cells(gap, x - left, x + right) for stretch in self.cells.get(cell, ()))
        return any(a < x + right and x - left < b for a, b in found)

    def take(self, gap: int, x: float, left: float, right: float) -> None:
        """Puts something there."""
        for cell in _cells(gap, x - left, x + right):
            self.cells.setdefault(cell, []).append((x - left, x + right))


def _cells(gap: int, left: float, right: float) -> Iterator[tuple[int, int]]:
    return ((gap, at) for at in range(int(left // CELL_PX), int(right // CELL_PX) + 1))


def find_arrows(
    relations: Iterable[Relation], lanes: Mapping[str, int], starts: Mapping[str, date], left_out: Iterable[str]
) -> tuple[list[Arrow], list[Relation]]:
    """The arrows, and the relations that have no place in time. Rejected relations, those of the kinds ``left_out``, those whose target
    lies outside the agency's rules and those that touch no lane are neither.
    """
    arrows, timeless = [], []
    skipped = set(left_out)
    for relation in relations:
        affecting, affected = lanes.get(relation.affecting.work or ""), lanes.get(relation.affected.work or "")
        if relation.kind in skipped or relation.status == "rejected" or relation.affected.external:
            continue
        if affecting is None and affected is None:
            continue
        day, exact = _day(relation, starts)
        if day is None:
            timeless.append(relation)
        else:
            arrows.append(Arrow(relation, affecting, affected, day, exact))
    return arrows, timeless


def _day(relation: Relation, starts: Mapping[str, date]) -> tuple[date | None, bool]:
    known = relation.effect.day if relation.effect else None
    if known is not None and known.on is not None:
        return known.on, True
    if known is not None and known.first is not None:
        return known.first, False
    if known is not None and known.last is not None:
        return known.last, False
    own = relation.affecting.work
    # A condition ("until a section is drafted") comes about on no day that the beginning of its own paper could stand for.
    if relation.condition or own is None or own == relation.affected.work:
        return None, False
    return starts.get(own), False


def routed(arrows: Iterable[Arrow], axis: Axis) -> list[Route]:
    """A place for each arrow. Arrows of one act (same work, day, kind and way) share a trunk; the others keep apart if there is room."""
    trunks: dict[tuple[object, ...], list[Arrow]] = {}
    for at, arrow in enumerate(arrows):
        shared = arrow.from_lane is not None and arrow.to_lane is not None and arrow.from_lane != arrow.to_lane
        key = (arrow.from_lane, arrow.day, arrow.relation.kind, arrow.firm, arrow.down) if shared else (at,)
        same = trunks.setdefault(key, [])
        # Two acts upon one work on one day are two arrows, not one.
        if any(other.to_lane == arrow.to_lane for other in same):
            trunks[*key, at] = [arrow]
        else:
            same.append(arrow)
    taken = _Taken()
    found: list[Route] = []
    # Acts upon several works stay straight; of the others the short ones come first, as they have the least choice.
    for members in sorted(trunks.values(), key=lambda m: (-len(m), sum(len(a.gaps) for a in m), m[0].day, m[0].last_gap, m[0].relation.id)):
        found.extend(_place(members, axis.x(members[0].day), taken, axis))
    return found


def _place(members: list[Arrow], x: float, taken: _Taken, axis: Axis) -> list[Route]:
    gaps = sorted({gap for arrow in members for gap in arrow.gaps})
    ends = gaps if len(gaps) <= 2 * LOOKED_AT else [*gaps[:LOOKED_AT], *gaps[-LOOKED_AT:]]
    best: tuple[int, int, list[int]] | None = None
    for offset in OFFSETS:
        run_x, sides = x + offset, _sides(members[0], offset)
        if not axis.left + sides[0] < run_x < axis.right - sides[1]:
            continue
        letters = [_letter_gap(arrow, run_x, sides, taken, alone=len(members) == 1) for arrow in members]
        clashes = sum(taken.clashes(gap, run_x, LINE_PX, LINE_PX) for gap in ends)
        clashes += sum(3 * taken.clashes(gap, run_x, *sides) for gap in letters)
        if best is None or clashes < best[0]:
            best = (clashes, offset, letters)
        if clashes == 0:
            break
    _, offset, letters = best or (0, 0, [arrow.last_gap for arrow in members])
    for gap in gaps:
        taken.take(gap, x + offset, LINE_PX + 2, LINE_PX + 2)
    for gap in letters:
        taken.take(gap, x + offset, *_sides(members[0], offset))
    return [Route(arrow, x, x + offset, letter) for arrow, letter in zip(members, letters, strict=True)]


def _sides(arrow: Arrow, offset: int) -> tuple[float, float]:
    """The room that the letter needs to its left and right: a "?" stands on the right, a loop on the side away from the day."""
    if None in (arrow.from_lane, arrow.to_lane) or (arrow.from_lane == arrow.to_lane and offset >= 0):
        return LETTER_PX, BESIDE_PX
    return (BESIDE_PX, LETTER_PX) if arrow.from_lane == arrow.to_lane else (LETTER_PX, LETTER_PX)


def _letter_gap(arrow: Arrow, run_x: float, sides: tuple[float, float], taken: _Taken, *, alone: bool) -> int:
    """The gap nearest to the affected lane that has room for the letter; on a shared trunk the nearest, which tells the target."""
    nearest = list(reversed(arrow.gaps)) if arrow.down else list(arrow.gaps)
    free = (gap for gap in nearest[:4] if not taken.clashes(gap, run_x, *sides))
    return next(free, arrow.last_gap) if alone else arrow.last_gap
