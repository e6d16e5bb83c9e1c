"""Blocks become events: what opens or closes levels, and whether a marker may be words of the sentence before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lineage.clauses.ladder import constraints as rule
from lineage.clauses.ladder.levels import Event
from lineage.clauses.ladder.markers import BULLET, SECTION, Reading, readings
from lineage.model import Block, Line

# A line that ends so wants a number; one that ends so goes on, perhaps with an item.
REFERS = re.compile(
    r"(?:§+|\b(?:sections?|secs?\.?|polic(?:y|ies)|orders?|manual|items?|directives?|chapters?|paragraphs?|parts?|page|form|no\.|number|of|see|in|to|with|under|by|per|the|than|an?|is))$",
    re.IGNORECASE,
)
OPEN = re.compile(r"(?:,|\b(?:and|or))$", re.IGNORECASE)
INITIAL = re.compile(r"[A-Z]\.")
NAME = re.compile(r"\b[A-Z][a-z]+$")
CLOSERS, ENDS = "\"”’)]", (".", ":", ";", "!", "?")
TAIL = 24  # no word of these is longer
LOWER = re.compile(r"[\"“(]?[a-z]")


def events_of(blocks: Sequence[Block]) -> list[Event]:
    """The events in order."""
    found: list[Event] = []
    for at, block in enumerate(blocks):
        if block.hint == "row" and len(block.cells) > 1:
            continue
        before = blocks[at - 1] if at else None
        if block.marker:
            found.append(_marked(at, block, before))
        elif block.hint == "heading":
            nested = block.left_pt > 0 and all(line.box_pt is None for line in block.text.lines())
            found.append(Event(at, block, (), block.left_pt, nested=nested))
    return found


def _marked(at: int, block: Block, before: Block | None) -> Event:
    found = readings(block.marker.string)
    left = marker_left(block)
    led = before is not None and (before.text.string.endswith(":") or not before.marker)
    leading = before is not None and not before.marker and not before.hint and not before.cells
    lead = before.left_pt if before is not None and leading else 0.0
    if found[0].ladder.startswith(BULLET):
        return Event(at, block, found, left, led=led, lead_pt=lead)
    weight, joins = _words(block, left, before, found)
    return Event(at, block, found, left, weight, joins, led, lead)


def marker_left(block: Block) -> float:
    """The left edge of a block's marker."""
    line = next(iter(block.marker.lines()), None)
    return line.left_pt if line is not None else block.left_pt


def _words(block: Block, left: float, before: Block | None, found: tuple[Reading, ...]) -> tuple[float | None, bool]:
    """What it weighs to read the marker as words, and whether they go on with the block before."""
    line = next(iter(block.marker.lines()), None)
    if found[0].ladder == SECTION and not block.text:
        return rule.WORDS.weight + (rule.WORDS_ZERO.weight if found[0].tokens[0].startswith("0") else 0.0), False
    if line is None or line.hint == "marker" or not block.text or line.row != next(block.text.lines()).row:
        return None, False
    if len(line.text) <= len(block.marker) + 1:
        return None, False  # it stands apart from its words, as no word of a sentence does
    last = _last(before, line)
    section = found[0].ladder == SECTION
    small = rule.WORDS_SMALL.weight if section and LOWER.match(block.text.string) else 0.0
    tail = last.text[-TAIL:] if last is not None else ""
    refers = REFERS.search(tail) is not None
    if before is None or last is None or (not refers and last.text.rstrip(CLOSERS).endswith(ENDS)):
        return (rule.WORDS.weight + rule.WORDS_ALONE.weight + small if section else None), False
    weight = rule.WORDS.weight + small
    if refers:
        weight += rule.WORDS_REFERRED.weight
    elif OPEN.search(tail):
        weight += rule.WORDS_OPEN.weight
    if INITIAL.fullmatch(block.marker.string) and NAME.search(last.text) and block.text.string[:1].isupper():
        weight += rule.WORDS_NAME.weight
    return weight + _hanging(before, left), True


def _last(before: Block | None, line: Line) -> Line | None:
    """The line right before the marker's, where it may run on into it."""
    if before is None or before.cells or before.hint in ("heading", "field", "title"):
        return None
    lines = list(before.text.lines())
    if not lines or lines[-1].cell != line.cell:
        return None
    near = lines[-1].row + 1 == line.row if lines[-1].page == line.page else line.page == lines[-1].page + 1
    return lines[-1] if near else None


def _hanging(before: Block, left: float) -> float:
    """What the left edge says: at the edge of the words before it a line runs on, at the edge of their marker it is the next item."""
    lines = list(before.text.lines())
    if left <= 0 or lines[0].box_pt is None:
        return 0.0
    if len(lines) < 2 and not before.marker:
        hang = before.left_pt
    else:
        hang = lines[-1].left_pt if len(lines) > 1 else before.left_pt
    apart = abs(hang - left) > rule.NEAR_PT / 2
    if not apart and before.marker and abs(marker_left(before) - left) <= rule.NEAR_PT / 2:
        return 0.0  # the words stand under their own marker: the edge says nothing
    return rule.WORDS_HANG.weight if apart else -rule.WORDS_HANG.weight
