"""What stands above the rule and is no field of its heading: letterhead, or a clause after all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lineage.clauses.fields import Labelled
from lineage.clauses.gathered import Gathered
from lineage.model import Block, Body, Furniture, FurnitureKind, Line, Text, evidence_of

LETTERHEAD_CHARS = 160


def above(body: Body, out: Gathered, values: list[Labelled]) -> tuple[list[Furniture], list[Block]]:
    """The lines above the rule that are no field, number or title, as letterhead, labels as marks of the form; and the blocks of the rule. What looks like a clause is one.

    Nothing is dropped: each line of the heading is in a field or set aside.
    """
    used = _spans((out.number, out.title, *(v.value for v in values), *out.consumed, *(t for _, t in out.beside)))
    labels = {v.label.strip(": ").lower() for v in values}
    alone = {(p.page, p.start) for t in out.lines for p in t.pieces()}
    lines = {t.string for t in out.lines}
    found: list[Furniture] = []
    rest: list[Block] = []
    for n, block in enumerate(body.blocks):
        if block.hint == "preface":
            continue
        words = block.text.string.strip()
        if n > out.last_block and words not in lines:
            rest.append(block)
            continue
        if words in lines and not block.cells and any((p.page, p.start) in alone for p in block.text.pieces()):
            continue
        taken = any(_in(line, used) for line in block.text.lines())
        if n > out.last_block or (not taken and _is_clause(block, words, body)):
            rest.append(block)
        elif block.hint == "field" and block.cells:
            found.extend(_aside("form", block.cells[0], body, "a label of the heading"))
        elif words:
            for line in _left(block, used):
                label = line.text.strip(": ").lower() in labels
                found.extend(_aside("form" if label else "letterhead", Text.of(line), body, "a label of the heading" if label else "above the rule, and no field of the heading"))
    return found, rest


def _is_clause(block: Block, words: str, body: Body) -> bool:
    return bool(block.marker) or len(words) > LETTERHEAD_CHARS or any(line.page > body.first_page for line in block.text.lines())


def _aside(kind: FurnitureKind, words: Text, body: Body, reason: str) -> Iterator[Furniture]:
    evidence = evidence_of(words, body.item, "heading.letterhead")
    if evidence and words.string.strip():
        yield Furniture(kind, words.string, tuple(sorted({e.page for e in evidence})), reason, evidence, (words,))


def _spans(texts: Iterable[Text]) -> dict[int, list[tuple[int, int]]]:
    """What the texts cover of each page."""
    found: dict[int, list[tuple[int, int]]] = {}
    for piece in (p for text in texts for p in text.pieces()):
        found.setdefault(piece.page, []).append((piece.start, piece.end))
    return found


def _in(line: Line, used: dict[int, list[tuple[int, int]]]) -> bool:
    return any(start < line.start + len(line.text) and line.start < end for start, end in used.get(line.page, ()))


def _left(block: Block, used: dict[int, list[tuple[int, int]]]) -> list[Line]:
    """The lines of the block of which no word is in a field."""
    return [line for line in (*block.marker.lines(), *block.text.lines()) if not _in(line, used)]


def set_beside(body: Body, out: Gathered) -> list[Furniture]:
    """The words of the heading that no field took, as furniture."""
    dated = {t.string.strip() for t in out.lines}
    found = []
    for kind, words in out.beside:
        evidence = evidence_of(words, body.item, "heading.beside")
        if evidence and words.string.strip() not in dated:
            reason = "a mark of the listing, not of the paper" if kind == "form" else "in the heading, and no field of it"
            found.append(Furniture(kind, words.string, tuple(sorted({e.page for e in evidence})), reason, evidence, (words,)))
    return found
