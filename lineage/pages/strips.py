"""Words as printed, and strips of them: words side by side at one height in one style. A page has a tenth as many strips as words, so looks and rows are told by strips."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from lineage.model import Style

_alike = itemgetter(1, 3, 5)  # y0, y1, style


class Word(NamedTuple):
    """A word as printed. ``x0, y0, x1, y1`` are points from the top left of the page as shown; ``at`` and ``until`` its place in the
    character stream."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    style: Style
    at: int
    until: int


class Strip(NamedTuple):
    """Words side by side with the edges above and below them. ``style`` is that of all of them, None where they have several."""

    y0: float
    y1: float
    style: Style | None
    words: list[Word]


def strips(words: list[Word]) -> list[Strip]:
    """The words by stretches at one height in one style. Words without height stand alone."""
    found: list[Strip] = []
    for (y0, y1, style), group in groupby(words, _alike):
        alike = list(group)
        found += [Strip(y0, y1, style, part) for part in ([alike] if y1 > y0 else [[word] for word in alike])]
    return found
