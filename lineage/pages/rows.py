"""Words become lines: stamps apart from the body, words of one printed row side by side, a row cut where a wide gap is."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise
from operator import itemgetter
from statistics import median

from msgspec import Struct

from lineage.model import Box, Style
from lineage.pages.strips import Strip, Word, strips

WIDE_EM = 1.5  # a gap between words that parts a row: 1.2 em more than a usual blank
MARKER_EM, MARKER_SHARE = 0.3, 1.7  # how much wider than the row's other gaps the gap after a marker must be, and how many times as wide
TALLEST_PT = 14_400  # no page is taller (ISO 32000-1, Annex C)
SHELF_PT = 12.0  # words are looked up by shelves of this height
PLAIN_EM = 0.5  # a row whose widest gap is below this is of one piece
ROOMY_EM = 0.9  # a gap that parts a row if its other gaps are usual ones
_from_left = itemgetter(0, 6)  # x0, then the place in the stream
_text = itemgetter(4)
_MARKER = re.compile(
    r"(?:\(?(?:[IVXLCivxlc]{1,6}|[A-Za-z]|\d{1,3}(?:\.\d{1,3}){0,4})[.)]|\([A-Za-z0-9]{1,4}\)|\d{1,3}(?:\.\d{1,3}){1,4}|[•▪■◦●○‣⁃·–—☐☒☑✓✗o-])$"
)


class Segment(Struct):
    """Words of one row without a wide gap between them; ``row`` is given once the segments stand in reading order. ``style`` is that of most characters."""

    words: list[Word]
    box: Box
    style: Style
    row: int = 0
    cell: tuple[int, int, int] | None = None
    hint: str = ""


def is_marker(text: str) -> bool:
    """Whether a word is what opens an item: "A.", "(1)", "3.48.1", a bullet."""
    return _MARKER.match(text) is not None


def parted(level: list[Strip]) -> tuple[list[Strip], list[list[Word]]]:
    """The level words of the body, and groups of words that are turned or lie across others in another ink (stamps): one group for each
    look."""
    groups: dict[tuple[float, int, int], list[Word]] = {}
    styles = {id(style): style for _, _, style, _ in level if style}
    looks = {at: _look(style) for at, style in styles.items()}
    if any(style.angle for style in styles.values()):
        for strip in level:
            if angle := strip.words[0].style.angle:
                groups.setdefault((angle, *looks[id(strip.style)]), []).extend(strip.words)
        level = [strip for strip in level if not strip.words[0].style.angle]
    across = _across(level, looks)
    if across:
        for strip in level:
            if looks[id(strip.style)] in across:
                groups.setdefault((0.0, *looks[id(strip.style)]), []).extend(strip.words)
        level = [strip for strip in level if looks[id(strip.style)] not in across]
    return level, [groups[key] for key in sorted(groups)]


def _look(style: Style) -> tuple[int, int]:
    return (style.colour, round(style.size_pt))


def _across(level: list[Strip], looks: dict[int, tuple[int, int]]) -> set[tuple[int, int]]:
    """The looks (colour, size) of less than a quarter of the characters whose words mostly lie over words of another look; ``looks`` go by the style's identity."""
    if not level or len(set(looks.values())) < 2:
        return set()
    owned: dict[tuple[int, int], list[Strip]] = {}
    for strip in level:
        owned.setdefault(looks[id(strip.style)], []).append(strip)
    share = {look: sum([len(text) for strip in own for text in map(_text, strip.words)]) for look, own in owned.items()}
    few = [look for look in owned if share[look] * 4 <= sum(share.values())]
    most = max(share.values())
    # Headings in their own look stand on rows of their own: only what reaches into a row of the body is compared word by word.
    taken = {int((strip[0] + strip[1]) / 8) for look, own in owned.items() if look not in few or share[look] == most for strip in own}
    few = [look for look in few if sum(len(s.words) for s in owned[look] if _reaches(s, taken)) * 3 >= sum(len(s.words) for s in owned[look])]
    if not few:
        return set()
    shelves: dict[int, list[tuple[Strip, tuple[int, int]]]] = {}
    for look, strip in [(look, strip) for look, own in owned.items() for strip in own]:
        for shelf in _shelves(strip.y0, strip.y1, SHELF_PT):
            shelves.setdefault(shelf, []).append((strip, look))
    # One word of a long run over another is kerning or a shadow; a stamp lies across what is under it.
    return {look for look in few if sum(_lies_over(word, shelves, look) for s in owned[look] for word in s.words) * 3 >= sum(len(s.words) for s in owned[look])}


def _shelves(top: float, bottom: float, height: float) -> range:
    """The shelves of this height that a word reaches, on the page: letters of a size that no page could hold would reach billions."""
    return range(int(max(top, -TALLEST_PT) // height), int(min(bottom, TALLEST_PT) // height) + 1)


def _reaches(strip: Strip, taken: set[int]) -> bool:
    return any(shelf in taken for shelf in _shelves(strip.y0, strip.y1, 4))


def _lies_over(word: Word, shelves: dict[int, list[tuple[Strip, tuple[int, int]]]], look: tuple[int, int]) -> bool:
    x0, x1 = word.x0, word.x1
    for shelf in _shelves(word.y0, word.y1, SHELF_PT):
        for strip, its in shelves[shelf]:
            if its != look and any(other.x0 < x1 and x0 < other.x1 and _overlaps(word, other) for other in strip.words):
                return True
    return False


def _overlaps(one: Word, other: Word) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    if wide <= 0.15 * min(one.y1 - one.y0, other.y1 - other.y0):
        return False
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return high > 0.35 * min(one.y1 - one.y0, other.y1 - other.y0)


def rows(level: list[Strip], near: float = 0.5) -> list[Strip]:
    """Level words by printed row from the top, each row from the left. Words are of one row where their middles are nearer than ``near`` of
    the lower one's height;
    where that puts words above each other into one row (small labels and values beside a large title), a smaller share is taken."""
    found: list[list[Strip]] = []
    middle = height = 0.0
    for strip in sorted(level, key=_middle):
        high, mid = strip[1] - strip[0], (strip[0] + strip[1]) / 2
        if found and mid - middle < near * (high if high < height else height):
            found[-1].append(strip)
            if high > height:
                middle, height = mid, high
            continue
        found.append([strip])
        middle, height = mid, high
    return [part for row in found for part in _sorted(row, near)]


def _sorted(row: list[Strip], near: float) -> list[Strip]:
    """The words of one row from the left; as several rows where they stand above each other."""
    if len(row) == 1:
        row[0].words.sort(key=_from_left)
        return row
    words = sorted([word for strip in row for word in strip.words], key=_from_left)
    if near >= 0.1 and _stacked(words):
        return rows(strips(words), near * 0.6)
    style = row[0].style if all(strip.style is row[0].style for strip in row) else None
    return [Strip(min([strip[0] for strip in row]), max([strip[1] for strip in row]), style, words)]


def _middle(strip: Strip) -> float:
    return strip[0] + strip[1]


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


def segments(row: Strip, walls: list[Box]) -> list[Segment]:
    """A row cut at wide gaps, after a marker that stands apart, and at the edges of table cells (``walls``)."""
    words = row.words
    gaps = [right[0] - left[2] for left, right in pairwise(words)]
    if not gaps:
        return [boxed(words)]
    whole = not walls and max(gaps) < PLAIN_EM * words[0][5].size_pt and not is_marker(words[0][4])
    if whole and row.style and min(gaps) >= 0:
        return [Segment(words, (words[0][0], row.y0, words[-1][2], row.y1), row.style)]
    return [boxed(words)] if whole else [boxed(part) for part in _cut(words, gaps, walls)]


def _cut(row: list[Word], gaps: list[float], walls: list[Box]) -> list[list[Word]]:
    usual = _usual(row, gaps)
    parts = [[row[0]]]
    for at, (left, right) in enumerate(pairwise(row)):
        gap = gaps[at]
        if gap <= MARKER_SHARE * usual and not walls:  # as nearly all are
            parts[-1].append(right)
            continue
        em = max(min(left.style.size_pt, right.style.size_pt), 4.0)
        opening = len(parts[-1]) == 1 and _MARKER.match(left.text)
        wide = gap > WIDE_EM * em and gap > 2.2 * usual
        roomy = gap > ROOMY_EM * em and gap > 3.0 * usual and usual > 0
        marked = opening and gap > usual + MARKER_EM * em and gap > MARKER_SHARE * usual
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


def boxed(words: list[Word], hint: str = "") -> Segment:
    """The segment of words, with the box around them."""
    x0, y0, x1, y1, _, style, _, _ = words[0]
    several = False
    for a0, b0, a1, b1, _, own, _, _ in words:
        if a0 < x0:
            x0 = a0
        if b0 < y0:
            y0 = b0
        if a1 > x1:
            x1 = a1
        if b1 > y1:
            y1 = b1
        if own is not style:
            several = True
    return Segment(words, (x0, y0, x1, y1), _most(words) if several else style, hint=hint)


def _most(words: list[Word]) -> Style:
    """The style of most characters."""
    votes: Counter[Style] = Counter()
    for word in words:
        votes[word.style] += len(word.text)
    return votes.most_common(1)[0][0]


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
