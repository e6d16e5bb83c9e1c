"""What is open at a place of the outline, and the events that open and close it."""

from __future__ import annotations

from msgspec import Struct

from lineage.clauses.ladder.markers import Reading
from lineage.model import Block

HEADING = "heading"
MOST_PARTS = 6  # of a number; it has no more in common with a list
_NONE: frozenset[str] = frozenset()


class Level:
    """One open level and the ones around it. Never changed once made, so that many readings of an outline share what they have in common.

    ``key`` is one for levels that are alike with all around them; it is that of :meth:`key_of`.
    """

    __slots__ = ("above", "depth", "key", "ladder", "ladders", "left_pt", "tokens", "value", "words_left_pt")

    def __init__(self, reading: Reading, left_pt: float, words_left_pt: float, above: Level | None, key: int) -> None:
        self.ladder, self.value, self.tokens = reading
        self.left_pt, self.words_left_pt, self.above, self.key = left_pt, words_left_pt, above, key
        self.depth: int = 0 if above is None else above.depth + 1
        around: frozenset[str] = _NONE if above is None else above.ladders
        self.ladders: frozenset[str] = around if self.ladder in around else around | {self.ladder}

    @staticmethod
    def key_of(above: Level | None, reading: Reading | None, edge: int) -> int:
        """The key of a level that opens at this left edge, in whole points; of the level around it where none opens, and 0 for none."""
        around = 0 if above is None else above.key
        return around if reading is None else hash((around, reading, edge))

    @property
    def path(self) -> tuple[str, ...]:
        """The last parts of the numbers around it and its own: "1.1" stands under "1.", "I.A.1" under "A." under "I."."""
        found: tuple[str, ...] = ()
        level: Level | None = self
        while level is not None and len(found) < MOST_PARTS:
            found = level.tokens + found
            level = level.above
        return found[-MOST_PARTS:]


class Event(Struct, frozen=True):
    """A block that may open or close levels: ``at`` is its place among the blocks. ``words`` is what it weighs to read the marker as words of a sentence, None
    where that cannot be; ``joins`` whether the sentence is that of the block before. ``led``: what stands right before leads into a list; ``lead_pt``: the left edge of
    a paragraph that does, 0 for none. ``nested``: the mark-up itself says what a heading stands under."""

    at: int
    block: Block
    readings: tuple[Reading, ...]
    left_pt: float
    words: float | None = None
    joins: bool = False
    led: bool = False
    lead_pt: float = 0.0
    nested: bool = False


class Step(Struct):
    """How one event is read: the ``deed`` ("opens", "goes-on", "again", "words", "heading", "within"), the level that is open after it, what it weighs by itself.
    ``ties`` are other readings up to here that end in the same levels and weigh nearly the same."""

    event: Event
    deed: str
    level: Level | None
    cost: float
    former: Step | None
    before: Level | None = None
    ties: tuple[Step, ...] = ()


def chain(last: Step | None) -> list[Step]:
    """The steps of a reading, first to last."""
    found: list[Step] = []
    while last is not None:
        found.append(last)
        last = last.former
    return found[::-1]


def parted(one: Step, other: Step, most: int = 400) -> tuple[Step, Step] | None:
    """The first steps in which two readings of the same events differ; None where they part more than ``most`` events ago."""
    found: tuple[Step, Step] | None = None
    mine: Step | None = one
    theirs: Step | None = other
    for _ in range(most):
        if mine is None or theirs is None or mine is theirs:
            return found
        if (mine.deed, mine.level and mine.level.key) != (theirs.deed, theirs.level and theirs.level.key):
            found = (mine, theirs)
        mine, theirs = mine.former, theirs.former
    return None
