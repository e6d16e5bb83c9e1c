"""A label set beside a paragraph, at its middle: "NOTE:" with three lines to its right is read before the first of them."""

from __future__ import annotations

import re
from itertools import pairwise

from lineage.pages.rows import Segment, boxed

LABEL = re.compile(r"[A-Z][A-Za-z]*(?:\s[A-Za-z]+){0,2}:")
NEAR_PT = 3.0  # edges nearer than this are one
EVEN = 0.12  # lines of one paragraph are equally far apart, but for this share
MOST_ROWS = 40  # no such paragraph is longer


def beside(placed: list[list[Segment]]) -> list[list[Segment]]:
    """The rows, with every such label moved to the first row of the paragraph that it stands beside.

    It is one only where as many lines stand above it as below, all at one left edge to its right and equally far apart: then its middle is theirs.
    """
    found = list(placed)
    for at in range(len(placed)):
        row = found[at]
        label, rest = _cut(row)
        if label is None:
            continue
        edge = rest.box[0] if rest is not None else _edge(found, at + 1, label)
        above, below = _run(found, at, -1, edge, label), _run(found, at, 1, edge, label)
        if above == 0 or above != below or not _even(found, at, above, alone=rest is None):
            continue
        found[at] = [rest] if rest is not None else []
        found[at - above] = [label, *found[at - above]]
    return [row for row in found if row]


def _cut(row: list[Segment]) -> tuple[Segment | None, Segment | None]:
    """The label that opens a row of one segment, and what follows it in the row; no label where it opens with none."""
    if len(row) > 2 or not row or row[0].cell is not None or row[0].hint:
        return None, None
    words = row[0].words
    for count, word in enumerate(words[:3], 1):
        if word[4].endswith(":"):
            if not LABEL.fullmatch(" ".join(word.text for word in words[:count])):
                break
            if len(row) == 2:
                return (row[0], row[1]) if count == len(words) else (None, None)
            return boxed(words[:count]), boxed(words[count:]) if words[count:] else None
    return None, None


def _edge(placed: list[list[Segment]], at: int, label: Segment) -> float:
    """The left edge of the row after a label that stands alone."""
    return placed[at][0].box[0] if at < len(placed) and placed[at] and placed[at][0].box[0] > label.box[2] else -1.0


def _run(placed: list[list[Segment]], at: int, step: int, edge: float, label: Segment) -> int:
    """How many rows in this direction stand at the edge, right of the label, one under the other."""
    count, reach = 0, 1.6 * (label.box[3] - label.box[1])
    former = label.box[1]
    while count < MOST_ROWS and 0 <= (there := at + step * (count + 1)) < len(placed):
        row = placed[there]
        if len(row) != 1 or abs(row[0].box[0] - edge) > NEAR_PT or row[0].box[0] <= label.box[2] or abs(row[0].box[1] - former) > reach:
            break
        former = row[0].box[1]
        count += 1
    return count


def _even(placed: list[list[Segment]], at: int, count: int, *, alone: bool) -> bool:
    """Whether the lines above and below (and the label's own, if words stand in it) are equally far apart."""
    tops = [placed[n][0].box[1] for n in range(at - count, at + count + 1) if not (alone and n == at)]
    gaps = [below - above for above, below in pairwise(tops)]
    return max(gaps) - min(gaps) <= EVEN * max(gaps) + 0.5
