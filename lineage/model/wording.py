"""What the room ``consolidation`` makes: the words of a rule on a day, each with the act that put it there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import Literal

from msgspec import Struct

from lineage.model.clause import ClauseKind
from lineage.model.relation import Relation

_BEGINS = itemgetter(0)

Op = Literal["insert", "delete", "replace"]
Step = Literal["equal", "insert", "delete"]


class Words(Struct, frozen=True):
    """A string whose every character knows the act that put it there.

    ``runs`` holds ``(at, by)``: from position ``at`` on the characters were put there by the relation ``by``, or stand in the base where it is empty. Runs are in order,
    the first at 0, and cover the whole string; neighbours differ.

    >>> words = Words.of("within 30 days")
    >>> words.put(7, 9, Words.of("15", "r-1")).pieces()
    [('within ', ''), ('15', 'r-1'), (' days', '')]
    """

    string: str = ""
    runs: tuple[tuple[int, str], ...] = ()

    @classmethod
    def of(cls, string: str, by: str = "") -> Words:
        """A string that one act put there, or the base."""
        return cls(string, ((0, by),)) if string else cls()

    def __len__(self) -> int:
        return len(self.string)

    def part(self, start: int, end: int) -> Words:
        """The characters from ``start`` to before ``end``."""
        if start >= end:
            return Words()
        first = bisect_right(self.runs, start, key=_BEGINS) - 1
        runs = [(max(at - start, 0), by) for at, by in self.runs[first:] if at < end]
        return Words(self.string[start:end], tuple(runs))

    def __add__(self, other: Words) -> Words:
        if not self.string or not other.string:
            return self if self.string else other
        shift = len(self.string)
        later = [(at + shift, by) for at, by in other.runs]
        if later[0][1] == self.runs[-1][1]:
            later.pop(0)
        return Words(self.string + other.string, (*self.runs, *later))

    def put(self, start: int, end: int, new: Words) -> Words:
        """The same with ``new`` in place of the characters from ``start`` to before ``end``."""
        return self.part(0, start) + new + self.part(end, len(self.string))

    def pieces(self) -> list[tuple[str, str]]:
        """The string cut where another act begins: ``(characters, by)``."""
        ends = [at for at, _ in self.runs[1:]] + [len(self.string)] if self.runs else []
        return [(self.string[at:end], by) for (at, by), end in zip(self.runs, ends, strict=True)]

    def acts(self) -> set[str]:
        """The acts that put any of it there."""
        return {by for _, by in self.runs if by}


class Unit(Struct, frozen=True):
    """A clause of a text as it stands on a day.

    ``wid`` is its name through all renumbering (AKN wId); ``eid`` and ``parent`` are those of this text. ``put_by`` is the act that put it there, empty for the base; ``changed_by`` are the acts that
    changed it since, in their order, also those of which no word is left. ``source`` is the eid that it has in the paper that brought it.
    """

    wid: str
    kind: ClauseKind
    depth: int
    marker: str = ""
    heading: Words = Words()
    text: Words = Words()
    rows: tuple[tuple[Words, ...], ...] = ()
    term: str = ""
    put_by: str = ""
    changed_by: tuple[str, ...] = ()
    source: str = ""
    eid: str = ""
    parent: str | None = None

    @property
    def acts(self) -> tuple[str, ...]:
        """Every act that had a part in it, the one that put it there first."""
        return tuple(dict.fromkeys(filter(None, (self.put_by, *self.changed_by))))

    def strings(self) -> Iterator[str]:
        """All that it says: marker, heading, words, cells."""
        yield from filter(None, (self.marker, self.heading.string, self.text.string))
        for row in self.rows:
            yield from (cell.string for cell in row)


class Change(Struct, frozen=True):
    """A relation that changes words, from the day on which it does. ``clauses`` are those of its paper that hold the new text; ``doubt`` says why it must not be applied, whatever its words."""

    relation: Relation
    id: str
    on: date
    clauses: tuple[Unit, ...] = ()
    doubt: str = ""


class Refusal(Struct, frozen=True):
    """A change that was not applied, and why: ``code`` is ``consolidation.fact``; ``unit`` the wid of the unit whose words are therefore not established, None where none can be named."""

    relation: str
    code: str
    message: str
    unit: str | None = None


class Wording(Struct, frozen=True):
    """The words of a rule as changes leave them: its units in reading order, the changes that were applied, and those that were not, which still bear on it. ``struck`` are the wids of the units that
    were taken out, each with the act that did it."""

    units: tuple[Unit, ...] = ()
    applied: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    struck: tuple[tuple[str, str], ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every change is applied."""
        return not self.refused

    def lines(self) -> list[str]:
        """One line a unit: its depth in blanks, marker, heading and words; cells behind them."""
        return ["  " * unit.depth + " ".join(unit.strings()) for unit in self.units]


class Shift(Struct, frozen=True):
    """What became of one unit: ``before`` and ``after`` are all that it says, None where it was not there. ``words`` leads from the one to the other: ``(equal|insert|delete, characters)``.

    ``eid`` is its name in the later text, of what is gone in the earlier; ``by`` are the acts that did it, as far as the text knows. ``depth`` is how deep it stands.
    """

    op: Op
    eid: str
    before: str | None
    after: str | None
    words: tuple[tuple[Step, str], ...]
    by: tuple[str, ...] = ()
    depth: int = 0
