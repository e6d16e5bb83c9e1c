"""Notes in the margin: words in smaller letters beside the column of the text, which would fall into its lines if the page were read row by row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict

from lineage.model import Line

SMALL = 0.8  # letters of a note are no larger than this share of the text's
TEXT = 0.9  # lines with letters of this share or more are the text
NEAR_PT = 40.0  # the text beside a note is no further above or below
GAP_PT = 3.0
LEAST_BESIDE = 3  # lines of text beside a note
LETTERS = 3  # a mark of fewer letters belongs to the line that it stands on


def notes(lines: list[Line]) -> set[int]:
    """The numbers of the lines that are notes: all the text near them, of three lines or more, stands on one side of them. Cells of drawn tables are none."""
    pages: dict[int, list[int]] = defaultdict(list)
    for n, line in enumerate(lines):
        if line.box_pt is not None and not line.style.angle and line.cell is None:
            pages[line.page].append(n)
    return {n for numbers in pages.values() for n in _of_page(lines, numbers)}


def _of_page(lines: list[Line], numbers: list[int]) -> list[int]:
    letters: Counter[float] = Counter()
    for n in numbers:
        letters[lines[n].style.size_pt] += len(lines[n].text)
    size = letters.most_common(1)[0][0]
    small = [n for n in numbers if 0 < lines[n].style.size_pt <= size * SMALL and sum(map(str.isalpha, lines[n].text)) >= LETTERS]
    if not small:
        return []
    text = sorted((lines[n].box_pt or (0.0, 0.0, 0.0, 0.0) for n in numbers if lines[n].style.size_pt >= size * TEXT), key=lambda box: box[1])
    tops = [box[1] for box in text]
    found = []
    for n in small:
        left, top, right, _ = lines[n].box_pt or (0.0, 0.0, 0.0, 0.0)
        near = text[bisect_left(tops, top - NEAR_PT) : bisect_right(tops, top + NEAR_PT)]
        on_one_side = all(box[0] >= right + GAP_PT for box in near) or all(box[2] <= left - GAP_PT for box in near)
        if len({round(box[1]) for box in near}) >= LEAST_BESIDE and on_one_side:
            found.append(n)
    return found
