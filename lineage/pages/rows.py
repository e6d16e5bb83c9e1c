"""Words become lines: stamps apart from the body, words of one printed row side by side, a row cut where a wide gap is."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from statistics import median

from lineage.model import Box, Style
from lineage.pages.glyphs import Word

WIDE_EM = 1.5  # a gap between words that parts a row: 1.2 em more than a usual blank
MARKER_EM = 0.3  # how much wider than the row's other gaps the gap after a marker must be
SHELF_PT = 12.0  # words are looked up by shelves of this height
PLAIN_EM = 0.5  # a row whose widest gap is below this is of one piece
ROOMY_EM = 0.9  # a gap that parts a row if its other gaps are usual ones
_from_left = itemgetter(0, 6)  # x0, then the place in the stream
_MARKER = re.compile(
    r"(?:\(?(?:[IVXLCivxlc]{1,6}|[A-Za-z]|\d{1,3}(?:\.\d{1,3}){0,4})[.)]|\([A-Za-z0-9]{1,4}\)|\d{1,3}(?:\.\d{1,3}){1,4}|[•▪■◦●○‣⁃·–—☐☒☑✓✗o-])$"
)


@dataclass(slots=True)
class Segment:
    """Words of one row without a wide gap between them; ``row`` is given once the segments stand in reading order."""

    words: list[Word]
    box: Box
    row: int = 0
    cell: tuple[int, int, int] | None = None
    hint: str = ""

    @property
    def style(self) -> Style:
        """The style of most of its characters."""
        first = self.words[0].style
        if len({id(word[5]) for word in self.words}) == 1:
            return first
        votes: Counter[Style] = Counter()
        for word in self.words:
            votes[word.style] += len(word.text)
        return votes.most_common(1)[0][0]


def is_marker(text: str) -> bool:
    """Whether a word is what opens an item: "A.", "(1)", "3.48.1", a bullet."""
    return _MARKER.match(text) is not None


def parted(words: list[Word]) -> tuple[list[Word], list[list[Word]]]:
    """The level words of the body, and groups of words that are turned or lie across others in another ink (stamps): one group for each
    look."""
    groups: dict[tuple[float, int, int], list[Word]] = {}
    level = words
    styles = {id(word[5]): word[5] for word in words}
    if any(style.angle for style in styles.values()):
        level = [word for word in words if word[5].angle == 0]
        for word in words:
            if word[5].angle != 0:
                groups.setdefault((word[5].angle, *_look(word[5])), []).append(word)
    across = _across(level, {at: _look(style) for at, style in styles.items()})
    if across:
        for word in level:
            if _look(word.style) in across:
                groups.setdefault((0.0, *_look(word.style)), []).append(word)
        level = [word for word in level if _look(word.style) not in across]
    return level, [groups[key] for key in sorted(groups)]


def _look(style: Style) -> tuple[int, int]:
    return (style.colour, round(style.size_pt))


def _across(level: list[Word], looks: dict[int, tuple[int, int]]) -> set[tuple[int, int]]:
    """The looks (colour, size) of less than a quarter of the characters whose words mostly lie over words of another look; ``looks`` go by the style's identity."""
    if not level or len(set(looks.values())) < 2:
        return set()
    owned: dict[tuple[int, int], list[Word]] = {}
    for word in level:
        owned.setdefault(looks[id(word[5])], []).append(word)
    share = {look: sum([len(word[4]) for word in own]) for look, own in owned.items()}
    few = [look for look in owned if share[look] * 4 <= sum(share.values())]
    most = max(share.values())
    # Headings in their own look stand on rows of their own: only what reaches into a row of the body is compared word by word.
    taken = {int((word[1] + word[3]) / 8) for look, own in owned.items() if look not in few or share[look] == most for word in own}
    few = [look for look in few if sum(_reaches(word, taken) for word in owned[look]) * 3 >= len(owned[look])]
    shelves: dict[int, list[Word]] = {}
    for word in level if few else ():
        for shelf in range(int(word.y0 // SHELF_PT), int(word.y1 // SHELF_PT) + 1):
            shelves.setdefault(shelf, []).append(word)
    # One word of a long run over another is kerning or a shadow; a stamp lies across what is under it.
    return {look for look in few if sum(_lies_over(word, shelves, looks, look) for word in owned[look]) * 3 >= len(owned[look])}


def _reaches(word: Word, taken: set[int]) -> bool:
    return any(shelf in taken for shelf in range(int(word.y0 / 4), int(word.y1 / 4) + 1))


def _lies_over(word: Word, shelves: dict[int, list[Word]], looks: dict[int, tuple[int, int]], look: tuple[int, int]) -> bool:
    x0, x1 = word.x0, word.x1
    for shelf in range(int(word.y0 // SHELF_PT), int(word.y1 // SHELF_PT) + 1):
        for other in shelves[shelf]:
            if other.x0 < x1 and x0 < other.x1 and looks[id(other.style)] != look and _overlaps(word, other):
                return True
    return False


def _overlaps(one: Word, other: Word) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    if wide <= 0.15 * min(one.y1 - one.y0, other.y1 - other.y0):
        return False
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return high > 0.35 * min(one.y1 - one.y0, other.y1 - other.y0)


def rows(words: list[Word], near: float = 0.5) -> list[list[Word]]:
    """Level words by printed row from the top, each row from the left. Words are of one row where their middles are nearer than ``near`` of
    the lower one's height;
    where that puts words above each other into one row (small labels and values beside a large title), a smaller share is taken."""
    found: list[list[Word]] = []
    current: list[Word] = []
    middle = height = 0.0
    for word in sorted(words, key=_middle):
        y0, y1 = word[1], word[3]
        high = y1 - y0
        mid = (y0 + y1) / 2
        if current and mid - middle < near * (high if high < height else height):
            current.append(word)
            if high > height:
                middle, height = mid, high
            continue
        current = [word]
        found.append(current)
        middle, height = mid, high
    for row in found:
        row.sort(key=_from_left)
    if near < 0.1 or not any(map(_stacked, found)):
        return found
    return [part for row in found for part in (rows(row, near * 0.6) if _stacked(row) else [row])]


def _middle(word: Word) -> float:
    return word[1] + word[3]


def _stacked(row: list[Word]) -> bool:
    """Whether words of the row stand above each other: they share much of their width and are not at the same height."""
    for left, right in pairwise(row):
        if left[2] <= right[0]:
            continue  # side by side, as nearly all words are
        if left.x1 - right.x0 > 0.3 * min(left.x1 - left.x0, right.x1 - right.x0) and abs(left.y1 - right.y1) > 0.25 * min(
            left.y1 - left.y0, right.y1 - right.y0
        ):
            return True
    return False


def segments(row: list[Word], walls: list[Box]) -> list[list[Word]]:
    """A row cut at wide gaps, after a marker that stands apart, and at the edges of table cells (``walls``)."""
    if len(row) == 1:
        return [row]
    gaps = [right[0] - left[2] for left, right in pairwise(row)]
    if not walls and max(gaps) < PLAIN_EM * row[0].style.size_pt and not _MARKER.match(row[0].text):
        return [row]
    usual = _usual(row, gaps)
    parts = [[row[0]]]
    for at, (left, right) in enumerate(pairwise(row)):
        gap, em = gaps[at], max(min(left.style.size_pt, right.style.size_pt), 4.0)
        opening = len(parts[-1]) == 1 and _MARKER.match(left.text)
        wide = gap > WIDE_EM * em and gap > 2.2 * usual
        roomy = gap > ROOMY_EM * em and gap > 3.0 * usual and usual > 0
        marked = opening and gap > usual + MARKER_EM * em and gap > 1.7 * usual
        if wide or roomy or marked or (walls and _walled(left, right, walls)):
            parts.append([right])
        else:
            parts[-1].append(right)
    return parts


def _usual(row: list[Word], gaps: list[float]) -> float:
    """The usual gap between this row's words: the median of those below the wide ones, so that justified text is not cut; a blank's
    width where none is."""
    em = max(row[0].style.size_pt, 4.0)
    small = [gap for gap in gaps if 0 < gap < WIDE_EM * em]
    return median(small) if len(small) >= 3 else min([0.3 * em, *small])


def _walled(left: Word, right: Word, walls: list[Box]) -> bool:
    """Whether the two words stand in different cells."""
    mid = (left.y0 + left.y1) / 2
    one, other = (left.x0 + left.x1) / 2, (right.x0 + right.x1) / 2
    return any(y0 <= mid <= y1 and (x0 <= one <= x1) != (x0 <= other <= x1) for x0, y0, x1, y1 in walls)


def boxed(words: list[Word], cell: tuple[int, int, int] | None = None, hint: str = "") -> Segment:
    """The segment of words, with the box around them."""
    x0, y0, x1, y1 = words[0][:4]
    for word in words:
        if word[0] < x0:
            x0 = word[0]
        if word[1] < y0:
            y0 = word[1]
        if word[2] > x1:
            x1 = word[2]
        if word[3] > y1:
            y1 = word[3]
    return Segment(words, (x0, y0, x1, y1), cell=cell, hint=hint)


def stamped(group: list[Word]) -> list[Segment]:
    """The lines of a group of one look: words that follow each other along their own direction."""
    angle = math.radians(group[0].style.angle)
    cos, sin = math.cos(angle), math.sin(angle)
    placed = []
    for word in group:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        placed.append((round(-x * sin + y * cos, 1), x * cos + y * sin, word))
    placed.sort(key=lambda p: (p[0], p[1]))
    size = max(group[0].style.size_pt, 4.0)
    found: list[list[tuple[float, float, Word]]] = []
    for item in placed:
        if found and abs(item[0] - found[-1][-1][0]) < 0.6 * size:
            found[-1].append(item)
        else:
            found.append([item])
    lines = []
    for line in found:
        line.sort(key=lambda p: p[1])
        lines.extend(_runs([word for _, _, word in line], cos, sin, size))
    return [boxed(words) for words in lines]


def _runs(words: list[Word], cos: float, sin: float, size: float) -> list[list[Word]]:
    """Words of one direction, cut where the next is far off (the same stamp set twice along a margin)."""
    runs = [[words[0]]]
    for left, right in pairwise(words):
        dx, dy = (right.x0 + right.x1 - left.x0 - left.x1) / 2, (right.y0 + right.y1 - left.y0 - left.y1) / 2
        along = dx * cos + dy * sin
        halves = sum(math.hypot(w.x1 - w.x0, w.y1 - w.y0) for w in (left, right)) / 2
        if along - halves > 2.5 * size:
            runs.append([right])
        else:
            runs[-1].append(right)
    return runs
