"""The title of a paper whose heading does not label it: the largest line that is neither the agency nor the kind of paper, with the lines that go on under it."""

from __future__ import annotations

import re
from itertools import pairwise

from lineage.clauses.gathered import Gathered
from lineage.model import Block, Text
from lineage.profiles import Profile

NO_TITLE = re.compile(r"police department$|sheriff.s office$|policy manual|^memorandum$|^addendum$|^page\b|^policy$|working together", re.IGNORECASE)
NUMBER_SIGN = re.compile(r"\s*(?:\bno\.?|\bnumber|#)?[\s.:–-]*$", re.IGNORECASE)
PROSE_CHARS = 160
LARGER = 1.15  # a title below the fields is by so much larger than the text
LEADING = 1.6  # lines of one title are no further apart than so many sizes of their letters
SAME_PT = 0.6
FIRST_BLOCKS = 3


def take_title(blocks: tuple[Block, ...], profile: Profile, out: Gathered) -> None:
    """The title as printed, over all its lines; nothing where no line looks like one."""
    zone = _zone(blocks)
    until = out.last_block + 1 if out.last_block >= 0 else min(FIRST_BLOCKS, len(blocks))
    fitting = [n for n in range(zone) if _may_be(blocks[n], profile)]
    above = [n for n in fitting if n < until]
    size = max(blocks[zone:], key=lambda b: len(b.text), default=Block(Text())).size_pt
    below = [n for n in fitting if n >= until and size and blocks[n].size_pt >= size * LARGER]
    chosen = max(above or below, key=lambda n: (round(blocks[n].size_pt), -n), default=None)
    if chosen is None:
        return
    last = chosen
    while last + 1 in fitting and _goes_on(blocks[last], blocks[last + 1]):
        last += 1
    out.title = Text.join(b.text for b in blocks[chosen : last + 1])
    out.last_block = max(out.last_block, last)


def take_number(blocks: tuple[Block, ...], profile: Profile, out: Gathered) -> None:
    """The number that stands behind the kind of paper on a line of its own ("GENERAL ORDER 2-09"), where no label gave one."""
    for line in (line for block in blocks[: _zone(blocks)] for line in block.text.lines()):
        start = None if out.number else _numbered(line.text.rstrip(), profile)
        if start is not None:
            out.number = Text.of(line)[start : len(line.text.rstrip())]


def _numbered(words: str, profile: Profile) -> int | None:
    """Where the number begins in words that are the kind of a paper and its number and nothing else."""
    for start in (m.end() for m in re.finditer(r"[\s#]+", words)):
        kind = NUMBER_SIGN.sub("", words[:start]).strip()
        if re.search(r"\d", words[start:]) and profile.number.fullmatch(words[start:]) and any(s.pattern.fullmatch(kind) for s in profile.series):
            return start
    return None


def _zone(blocks: tuple[Block, ...]) -> int:
    """The number of blocks above the first clause or the first prose."""
    for n, block in enumerate(blocks):
        if block.hint != "field" and ((block.marker and not block.cells) or len(block.text) > PROSE_CHARS):
            return n
    return len(blocks)


def _may_be(block: Block, profile: Profile) -> bool:
    words = block.text.string.strip()
    if block.hint == "field" or block.cells or block.marker or len(words) < 4 or len(words) > 140 or ":" in words or NO_TITLE.search(words):
        return False
    if any(s.pattern.fullmatch(words) for s in profile.series) or _numbered(words, profile) is not None or any(p.search(words) for p in profile.recognise):
        return False
    return words.upper() == words or words.istitle() or block.bold or block.hint in ("heading", "title")


def _goes_on(one: Block, other: Block) -> bool:
    """Whether the next line is of the same look and right under the first."""
    if one.bold != other.bold or abs(one.size_pt - other.size_pt) > SAME_PT:
        return False
    boxes = [line.box_pt for line in (*list(one.text.lines())[-1:], *list(other.text.lines())[:1])]
    for upper, lower in pairwise(boxes):
        if upper is None or lower is None:
            return False
        return 0 < lower[1] - upper[1] <= LEADING * max(one.size_pt, 6.0)
    return False
