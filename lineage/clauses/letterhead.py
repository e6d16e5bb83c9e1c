"""What stands above the rule and is no field of its heading: letterhead, or a clause after all."""

from __future__ import annotations

from lineage.clauses.fields import Labelled
from lineage.clauses.gathered import Gathered
from lineage.model import Block, Body, Furniture, evidence_of

LETTERHEAD_CHARS = 160


def above(body: Body, out: Gathered, values: list[Labelled]) -> tuple[list[Furniture], list[Block]]:
    """The blocks above the rule that are no field, number or title, as letterhead; and the blocks of the rule. What looks like a clause is one."""
    used = {(p.page, p.start) for t in (out.number, out.title, *(v.value for v in values), *out.consumed) for p in t.pieces()}
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
        taken = any((p.page, p.start) in used for p in block.text.pieces()) or _holds(block, used)
        if words in lines and any((p.page, p.start) in alone for p in block.text.pieces()):
            continue
        if n > out.last_block or (not taken and (block.marker or len(words) > LETTERHEAD_CHARS or any(line.page > body.first_page for line in block.text.lines()))):
            rest.append(block)
            continue
        if taken or not words or words.strip(": ").lower() in labels or any(f"{label}:" in words.lower() for label in labels):
            continue
        evidence = evidence_of(block.text, body.item, "heading.letterhead")
        if evidence:
            found.append(Furniture("letterhead", words, tuple(sorted({e.page for e in evidence})), "above the rule, and no field of the heading", evidence, (block.text,)))
    return found, rest


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


def _holds(block: Block, used: set[tuple[int, int]]) -> bool:
    return any(page == p.page and p.start <= start < p.end for p in block.text.pieces() for page, start in used)
