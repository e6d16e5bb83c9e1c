"""The order in which a page is read: row by row, or column by column where a clear white band parts two columns of prose."""

from __future__ import annotations

from lineage.pages import margins
from lineage.pages.rows import Segment

LEAST_ROWS = 8  # fewer rows on a side are a table or a heading
FULL = 0.55  # a row of prose fills at least this share of its column
OUTER = 0.3  # the second column begins within this share of the page's edges
MOSTLY, AMONG = 0.6, 0.4  # so many rows of a column are prose, and of one with a list or a table in it


def ordered(placed: list[list[Segment]], width_pt: float, *, scanned: bool = False) -> list[Segment]:
    """The segments in reading order with their ``row`` numbered from 1. Rows keep their number over a table or a label with its value; two
    columns of prose are numbered one after the other, and side notes are rows of their own, before the paragraph that they stand beside
    (not looked for where the words were read from a picture, whose sizes are not sure)."""
    placed, notes = (placed, []) if scanned else margins.lifted(placed, width_pt)
    return _numbered(margins.put_back(_in_columns(placed, width_pt), notes))


def _in_columns(placed: list[list[Segment]], width_pt: float) -> list[list[Segment]]:
    band = _band(placed, width_pt)
    if band is None:
        return placed
    first, last, gutter = band
    left = [[s for s in row if s.box[0] < gutter] for row in placed[first:last]]
    right = [[s for s in row if s.box[0] >= gutter] for row in placed[first:last]]
    return [*placed[:first], *filter(None, left), *filter(None, right), *placed[last:]]


def _numbered(placed: list[list[Segment]]) -> list[Segment]:
    for number, row in enumerate(placed, 1):
        for segment in row:
            segment.row = number
    return [segment for row in placed for segment in row]


def _band(placed: list[list[Segment]], width_pt: float) -> tuple[int, int, float] | None:
    """``(first, last, x)`` of the rows (half-open) that stand in two columns of prose with a white band at ``x``; None where there is
    none."""
    if sum(len(row) > 1 for row in placed) < LEAST_ROWS // 2:
        return None
    starts = sorted(s.box[0] for row in placed for s in row if OUTER * width_pt < s.box[0] < (1 - OUTER) * width_pt and s.cell is None)
    best: tuple[int, int, float] | None = None
    for at, x in enumerate(starts):
        if at + LEAST_ROWS > len(starts) or starts[at + LEAST_ROWS - 1] - x > 0.12 * width_pt or (at and x - starts[at - 1] < 1):
            continue
        found = _span(placed, x - 1, width_pt)
        if found and (best is None or found[1] - found[0] > best[1] - best[0]):
            best = (*found, x - 1)
    return best


def _span(placed: list[list[Segment]], x: float, width_pt: float) -> tuple[int, int] | None:
    """The longest run of rows that no segment crosses at ``x`` and that is prose on both sides."""
    clear = [all(s.box[2] < x - 3 or s.box[0] >= x for s in row) and all(s.cell is None for s in row) for row in placed]
    best: tuple[int, int] | None = None
    at = 0
    while at < len(clear):
        end = at
        while end < len(clear) and clear[end]:
            end += 1
        if end - at >= LEAST_ROWS and _prose(placed[at:end], x) and (best is None or end - at > best[1] - best[0]):
            best = (at, end)
        at = max(end, at + 1)
    return best


def _prose(rows: list[list[Segment]], x: float) -> bool:
    """Whether both sides are prose, the one at least mostly: in the other a list or a table may stand among it."""
    shares = sorted((_share([[s for s in row if s.box[0] < x] for row in rows]), _share([[s for s in row if s.box[0] >= x] for row in rows])))
    return shares[0] >= AMONG and shares[1] >= MOSTLY


def _share(rows: list[list[Segment]]) -> float:
    """Which share of a side's rows is nearly as wide as the widest and has several words; 0 where these are too few for a column."""
    side = [row for row in rows if row]
    if not side:
        return 0.0
    width = max(s.box[2] for row in side for s in row) - min(s.box[0] for row in side for s in row)
    wide = sum(row[-1].box[2] - row[0].box[0] > FULL * width and sum(len(s.words) for s in row) >= 4 for row in side)
    return wide / len(side) if wide >= LEAST_ROWS else 0.0
