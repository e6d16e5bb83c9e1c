"""Words set side by side that are no table: a term with its definition to the right, over as many lines as it needs."""

from __future__ import annotations

from collections.abc import Sequence

from lineage.model import Block, Text

NEAR_PT = 4.0  # edges nearer than this are one
TERM_CHARS = 48  # no term is longer
ROOM_EM = 2.2  # a definition goes on in a line that is no further below than so many letters are high


def paired(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with every term and its definition as one block of hint ``definition``, its term in ``cells``.

    A row of two parts is one only where the right part goes on below at its own edge, or in the company of another such row right before or after it.
    """
    found: list[Block] = []
    at, company = 0, -1.0
    while at < len(blocks):
        block = blocks[at]
        edge = _edge(block)
        if edge is None:
            found.append(block)
            at, company = at + 1, -1.0
            continue
        until = at + 1
        while until < len(blocks) and _goes_on(blocks[until - 1], blocks[until], edge):
            until += 1
        if until > at + 1 or abs(company - edge) <= NEAR_PT:
            words = Text.join((block.text, *(part.text for part in blocks[at + 1 : until])))
            found.append(Block(words, "definition", left_pt=block.left_pt, bold=block.bold, size_pt=block.size_pt, cells=block.cells[:1]))
            company = edge
        else:
            found.extend(blocks[at:until])
            company = -1.0
        at = until
    return found


def _edge(block: Block) -> float | None:
    """The left edge of the right part of a row that may be a term and its definition."""
    if block.hint != "row" or len(block.cells) != 2 or block.table is not None:
        return None
    term, words = block.cells
    line = next(iter(words.lines()), None)
    if line is None or line.box_pt is None or len(term.string) > TERM_CHARS or not term.string[:1].isalpha() or len(words.string.split()) < 3:
        return None
    return line.left_pt


def _goes_on(last: Block, block: Block, edge: float) -> bool:
    """Whether a block is the rest of the definition: plain words at its edge, right below."""
    if block.marker or block.hint or block.cells or abs(block.left_pt - edge) > NEAR_PT:
        return False
    above, line = list(last.text.lines())[-1], next(iter(block.text.lines()))
    if above.page != line.page or above.box_pt is None or line.box_pt is None:
        return False
    return 0 < line.box_pt[1] - above.box_pt[1] <= ROOM_EM * max(line.style.size_pt, line.box_pt[3] - line.box_pt[1], 6.0)
