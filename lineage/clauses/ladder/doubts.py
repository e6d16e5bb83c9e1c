"""What is doubtful in the numbering, said in words."""

from __future__ import annotations

from collections.abc import Sequence

from lineage.clauses.ladder.levels import HEADING, Step
from lineage.clauses.ladder.lookalikes import look_alikes
from lineage.clauses.ladder.markers import BULLET, SECTION
from lineage.clauses.ladder.search import ties_of
from lineage.model import Block, Finding, evidence_of

MOST = 200  # further findings of one kind tell nothing new


def findings(steps: Sequence[Step], blocks: Sequence[Block], item: str) -> list[Finding]:
    """Lists that begin late, sequences with holes, markers of which two readings are nearly as good, and what only looks like a number."""
    found: list[Finding] = []
    told: set[int] = set()
    for step in steps:
        block = step.event.block
        if said := _numbering(step):
            found.append(Finding(said[0], "note", said[1], evidence_of(block.marker, item, "clauses.ladder")))
        for mine, other in ties_of(step):
            at = mine.event.at
            if at in told or len(told) >= MOST or not mine.event.readings:
                continue
            told.add(at)
            marker = mine.event.block.marker or mine.event.block.text
            found.append(Finding("outline.near-tie", "note", _tie(mine, other), evidence_of(marker, item, "clauses.ladder")))
    found.extend(look_alikes(blocks, item))
    return found


def _numbering(step: Step) -> tuple[str, str] | None:
    level, before, marker = step.level, step.before, step.event.block.marker.string
    if level is None or level.ladder in (SECTION, HEADING) or level.ladder.startswith(BULLET):
        return None
    if step.deed == "opens" and level.value > 1:
        return "outline.begins-late", f'The outline begins at "{marker}" here; what stands before it is not in the text read.'
    gone = step.deed == "goes-on" and before is not None and level.value != before.value + 1
    if gone or (step.deed == "again" and not step.event.led):
        return "outline.gap", f'"{marker}" does not follow the marker before it; an item is missing, repeated or misread.'
    return None


def _tie(mine: Step, other: Step) -> str:
    marker = mine.event.block.marker.string or mine.event.block.text.string[:60]
    return (
        f'"{marker}" can be read in two ways, and the page hardly tells which: it {_read(mine)} (taken), or it {_read(other)}. '
        "What stands under what hangs on it; the page itself would settle it."
    )


def _read(step: Step) -> str:
    """One reading of a marker in words."""
    level, before = step.level, step.before
    if step.deed == "words":
        return "is no marker but words of a sentence"
    if step.deed == "within":
        return "is a heading within the list that goes on after it"
    if step.deed == "heading":
        return "is a heading that ends the list before it"
    named = _LADDERS.get(level.ladder.rstrip(".()"), "a marker") if level else "a marker"
    place = f'"{before.tokens[-1]}"' if before is not None and before.tokens else "a heading" if before is not None else ""
    if step.deed == "opens":
        return f"is {named} and begins a list under {place}" if place else f"is {named} and begins a list at the top"
    return f"is {named} and {'goes on after' if step.deed == 'goes-on' else 'begins again after'} {place}"


_LADDERS = {
    "roman-upper": "a Roman figure",
    "roman-lower": "a Roman figure",
    "alpha-upper": "a letter",
    "alpha-lower": "a letter",
    "arabic": "a figure",
    "section": "a section number",
}
