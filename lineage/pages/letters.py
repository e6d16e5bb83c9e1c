"""The letters of one line become words: parted where a blank was read, each at its own ink."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from lineage.pages import picture
from lineage.pages.engine import Letters
from lineage.pages.picture import Gap

BLANK_EM = 0.12  # a gap between letters that may be a blank
SURE_EM = 0.16  # one that is a blank if its line's other blanks are no wider
WIDE_EM = 0.6  # one that is a blank whatever was read
NO_GAP = 0.7  # ems off at which a blank that was read is better left without a gap in the ink
HEIGHT_OF_SIZE = 1.28  # how much higher a found line is than the size of its letters


class Part(NamedTuple):
    """A word with the columns of its ink, and how sure its reading is."""

    place: Gap
    text: str
    score: float


def unread(found: Letters, mask: Any, high: int) -> Gap | None:
    """The gap behind ink at the line's left that stands wholly before the first letter that was read: a bullet that the engine passed over."""
    first = found.middles[0] * mask.shape[1]
    before = [gap for gap in picture.gaps(mask) if gap[1] - gap[0] >= 0.25 * high and gap[1] < first - 0.05 * high]
    return before[-1] if before else None


def parts(found: Letters, mask: Any, across: Gap, high: int) -> list[Part]:
    """The line's words with the columns of their ink: parted at blanks that were read, each at a gap in the ink near it, and at wide gaps."""
    width, text = mask.shape[1], found.text
    white = [gap for gap in picture.gaps(mask) if gap[1] - gap[0] >= BLANK_EM * high]
    blanks = [match.span() for match in re.finditer(r"\s+", text) if match.start() > 0 and match.end() < len(text)]
    near = [(found.middles[first - 1] + found.middles[after]) / 2 * width for first, after in blanks]
    chosen = aligned(near, white, high)
    cuts = [(first, after, gap or (round(at), round(at))) for (first, after), at, gap in zip(blanks, near, chosen, strict=True)]
    wide = _blank(chosen, high)
    for gap in white:
        if gap not in chosen and gap[1] - gap[0] >= wide:
            after = next((n for n, middle in enumerate(found.middles) if middle * width > (gap[0] + gap[1]) / 2), len(text))
            if 0 < after < len(text) and not text[after - 1].isspace() and not text[after].isspace():
                cuts.append((after, after, gap))
    cuts.sort()
    starts = [(0, across[0]), *((after, gap[1]) for _, after, gap in cuts)]
    ends = [*((first, gap[0]) for first, _, gap in cuts), (len(text), across[1])]
    found_parts: list[Part] = []
    left = 0
    for (a, x0), (b, x1) in zip(starts, ends, strict=True):
        if piece := text[a:b].strip():
            scores = [s for s, char in zip(found.scores[a:b], text[a:b], strict=False) if not char.isspace()]
            left = max(left, x0)
            found_parts.append(Part((left, max(x1, left + 1)), piece, sum(scores) / len(scores) if scores else found.score))
            left = max(x1, left + 1)
    return found_parts or [Part(across, text.strip(), found.score)]


def _blank(chosen: list[Gap | None], high: int) -> float:
    """How wide a gap must be to part words though no blank was read there: nearly as wide as the narrow blanks of its line."""
    known = sorted(gap[1] - gap[0] for gap in chosen if gap is not None)
    return max(0.8 * known[len(known) // 4], SURE_EM * high) if len(known) >= 3 else WIDE_EM * high


def aligned(near: list[float], white: list[Gap], high: int) -> list[Gap | None]:
    """For each blank, by where it was read, the gap in the ink that it is: in order, each gap once, near ones and wide ones preferred; None where none fits."""
    best: list[list[tuple[float, int]]] = [[(0.0, -1)] * (len(white) + 1)]
    for at in near:
        row: list[tuple[float, int]] = [(best[-1][0][0] + NO_GAP, -1)]
        for n, gap in enumerate(white, 1):
            skipped = (best[-1][n][0] + NO_GAP, -1)
            taken = (best[-1][n - 1][0] + _misfit(at, gap, high), n - 1)
            row.append(min(skipped, taken, row[-1], key=lambda found: found[0]))
        best.append(row)
    chosen: list[Gap | None] = []
    n = len(white)
    for row in reversed(best[1:]):
        at = row[n][1]
        chosen.append(white[at] if at >= 0 else None)
        n = at if at >= 0 else n
    return chosen[::-1]


def _misfit(at: float, gap: Gap, high: int) -> float:
    off = abs((gap[0] + gap[1]) / 2 - at) - (gap[1] - gap[0]) / 2
    return max(off, 0.0) / high - min(gap[1] - gap[0], 0.4 * high) / high
