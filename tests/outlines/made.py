"""Outlines made up line by line: what a page would give for them, without a page."""

from __future__ import annotations

from lineage.clauses.ladder import outline_of
from lineage.model import Block, Clause, Finding, Line, Text

ITEM = "0" * 64
PITCH = 14.0


def blocks(*rows: tuple[float, str, str]) -> list[Block]:
    """A block for each ``(left edge, marker, words)``, one printed line each; a row without a marker in capitals is a heading."""
    made = []
    for at, (left, marker, words) in enumerate(rows):
        text = f"{marker} {words}".strip()
        box = (left, at * PITCH, left + 6.0 * len(text), at * PITCH + 10) if left else None
        line = Text.of(Line(text, 1, 1000 * at, at + 1, left, box))
        gap = len(marker) + 1 if marker else 0
        hint = "item" if marker else "heading" if words.isupper() else ""
        made.append(Block(line[gap:], hint, line[: len(marker)], left + 6.0 * gap))
    return made


def outlined(*rows: tuple[float, str, str]) -> tuple[tuple[Clause, ...], list[Finding]]:
    """The clauses and findings of such rows."""
    return outline_of(blocks(*rows), ITEM)


def depths(*rows: tuple[float, str, str]) -> list[tuple[str, int]]:
    """Marker and depth of each clause that has a marker."""
    return [(clause.marker.string, clause.depth) for clause in outlined(*rows)[0] if clause.marker]


def tree(printed: str, step: float = 0.0, left: float = 72.0) -> list[tuple[float, str, str]]:
    """Rows from markers printed one a line, each indented by two blanks a level. ``step`` is how far a level moves to the right in points; 0: all at one edge."""
    rows = []
    for line in printed.strip("\n").split("\n"):
        marker, _, words = line.strip().partition(" ")
        depth = (len(line) - len(line.lstrip())) // 2
        rows.append((left + depth * step, marker, words or "words of the item;"))
    return rows


def wanted(printed: str) -> list[tuple[str, int]]:
    """The marker and depth of each line so printed."""
    return [(line.split()[0], (len(line) - len(line.lstrip())) // 2) for line in printed.strip("\n").split("\n")]
