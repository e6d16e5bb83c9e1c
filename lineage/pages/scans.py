"""A page that is a picture becomes words: the lines are found, the page is straightened, each line is read and parted into words where its ink is.

What comes out are the same words as those of a page with text, in points of the straightened page, so rows and columns are made of them in the same way.
The colour pass for stamps stands in ``stamps``, the engine in ``engine``, what is done with pixels in ``picture``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from msgspec import Struct, field

from lineage.model import Evidence, Finding, Line, Page, Style
from lineage.pages import bullets, engine, letters, picture, rows, stamps
from lineage.pages.doubts import spoken
from lineage.pages.engine import Letters
from lineage.pages.glyphs import Frame
from lineage.pages.picture import Gap, Picture
from lineage.pages.strips import Word

SURE = 0.9  # a line below this is a doubt
SAME_SIZE = 0.2  # lines whose heights differ by less are of one size
ASCENT = 0.71  # of the size, from the line to the top of tall letters
BEHIND = 1 << 30  # places of words that were read by OCR stand behind those of any text layer
SKEW = 0.05  # degrees that are not worth turning the page for
_BULLET_LIKE = re.compile(r"[^\w(\[\"'“”&$§#]|[oO0cC]")

Box = tuple[int, int, int, int]


class Scan(Struct):
    """The words of one page and how sure each is, by its place in the stream; ``marks`` are pieces of ink that are no words."""

    words: list[Word] = field(default_factory=list)
    marks: list[Word] = field(default_factory=list)
    scores: dict[int, float] = field(default_factory=dict)
    tilt: float = 0.0

    def add(self, x0: float, y0: float, x1: float, y1: float, text: str, style: Style, score: float, *, mark: bool = False) -> None:
        """One more word, in points. Words stand one blank apart in the stream."""
        at = max((group[-1].until + 1 for group in (self.words, self.marks) if group), default=BEHIND)
        word = Word(x0, y0, x1, y1, text, style, at, at + len(text))
        (self.marks if mark else self.words).append(word)
        self.scores[at] = score

    def set_aside(self, places: set[int]) -> None:
        """The words at these places of the stream are marks."""
        self.marks += [word for word in self.words if word.at in places]
        self.words = [word for word in self.words if word.at not in places]

    def score(self, words: list[Word]) -> float | None:
        """How sure the reading of the least sure of these words is; None where none of them was read by OCR."""
        if not self.scores:
            return None
        known = [self.scores[word.at] for word in words if word.at in self.scores]
        return round(min(known), 3) if known else None


def read(page: Any, shape: Frame) -> Scan:
    """The words on the picture of a page."""
    shot = picture.rendered(page, shape)
    tinted = stamps.coloured(shot)
    shot = picture.without(shot, tinted)
    small, factor = picture.coarse(shot.plane, shot.scale)
    quads = [quad / factor for quad in engine.quads(small)]
    tilt = picture.lie(quads)
    if abs(tilt) > SKEW:
        quads, tinted = ([picture.moved(quad, shot, tilt) for quad in group] for group in (quads, tinted))
        shot = picture.straightened(shot, tilt)
    reading = _Reading(shot, Scan(tilt=round(tilt, 2)))
    reading.level([_edges(quad, shot.size) for quad in quads if _is_level(quad)])
    for piece in stamps.read(shot, tinted, [quad for quad in quads if not _is_level(quad)]):
        x0, y0, x1, y1 = (round(edge / shot.scale, 2) for edge in piece.box)
        reading.scan.add(x0, y0, x1, y1, piece.text, piece.style, piece.score)
    reading.scan.set_aside(bullets.idle(reading.scan.words))
    return reading.scan


def doubts(pages: Sequence[Page], item: str) -> Iterator[Finding]:
    """A note on the pages that were read from their pictures, and a doubt for each line of which the engine is not sure."""
    read = [page.number for page in pages if any(line.confidence is not None for line in page.lines)]
    if read:
        said = spoken(read)
        yield Finding("text.by-ocr", "note", f"{said} of {len(pages)} is a picture, or holds a text layer that is no text; its words were read by OCR and stand as the engine read them.")
    for page in pages:
        for line in page.lines:
            if line.confidence is not None and line.confidence < SURE and line.hint != "mark":
                place = Evidence(item, line.page, line.box_pt, line.text, line.start, line.start + len(line.text), "text.low-confidence")
                yield Finding("text.low-confidence", "doubt", _unsure(line), (place,))


def _unsure(line: Line) -> str:
    return (
        f'OCR is not sure of the line "{line.text}" on page {line.page} ({line.confidence:.2f}, where {SURE:.2f} is asked for); '
        "what is printed there may differ. Look at the page itself."
    )


def _is_level(quad: Any) -> bool:
    wide, high = abs(quad[1][0] - quad[0][0]), abs(quad[3][1] - quad[0][1])
    rise = abs(quad[1][1] - quad[0][1])
    return bool(wide > 0.6 * high and rise < 0.05 * wide + 3)


def _edges(quad: Any, size: tuple[int, int]) -> Box:
    x0, x1 = (quad[0][0] + quad[3][0]) / 2, (quad[1][0] + quad[2][0]) / 2
    y0, y1 = (quad[0][1] + quad[1][1]) / 2, (quad[2][1] + quad[3][1]) / 2
    return max(int(x0), 0), max(int(y0), 0), min(round(x1) + 1, size[0]), min(round(y1) + 1, size[1])


class _Reading:
    """The level lines of one page being read."""

    def __init__(self, shot: Picture, scan: Scan) -> None:
        self.shot, self.scan = shot, scan
        self.ink = picture.ink(shot.plane)
        self.high = 0.0  # pixels, of the usual line's box
        self.size_pt = 0.0  # of its letters

    def level(self, boxes: list[Box]) -> None:
        """Reads the lines in these boxes, then the ink that no box holds: small markers and bullets are often not found."""
        boxes = [box for box in boxes if box[2] - box[0] > 3 and box[3] - box[1] > 3]
        self.high = median([y1 - y0 for _, y0, _, y1 in boxes]) if boxes else 0.0
        tall = [high for box in boxes if box[2] - box[0] > 4 * self.high and (high := self._tall(box))]
        self.size_pt = median(tall) / ASCENT / self.shot.scale if tall else self.high / letters.HEIGHT_OF_SIZE / self.shot.scale
        for box in self._parted(boxes):
            self._line(box)
        for box in self._left_over(boxes):
            self._line(box)

    def _parted(self, boxes: list[Box]) -> list[Box]:
        """The boxes with those that run into each other on one row cut where the least ink is, so that no letter is read twice."""
        found = sorted(boxes)
        for at, (x0, y0, x1, y1) in enumerate(found):
            for after in range(at + 1, len(found)):
                a0, b0, a1, b1 = found[after]
                if a0 >= x1:
                    break
                if a1 > x1 and a0 > x0 and min(y1, b1) - max(y0, b0) > 0.5 * min(y1 - y0, b1 - b0) and x1 - a0 < self.high:
                    cut = picture.emptiest(self.ink[min(y0, b0) : max(y1, b1), a0 - 2 : x1 + 2]) + a0 - 2
                    x1 = max(cut, x0 + 1)
                    found[at], found[after] = (x0, y0, x1, y1), (min(cut, a1 - 1), b0, a1, b1)
        return found

    def _tall(self, box: Box) -> int:
        """Pixels from the row on which the letters of a line stand up to the top of the tall ones."""
        mask = self.ink[box[1] : box[3], box[0] : box[2]]
        base = picture.baseline(mask)
        if base is None:
            return 0
        empty = [row for row in range(base) if not mask[row].any()]
        return base - (empty[-1] + 1 if empty else 0)

    def _left_over(self, boxes: list[Box]) -> list[Box]:
        """Pieces of ink outside all boxes that are of a letter's size, with some ground around them."""
        if not self.high:
            return []
        rest = self.ink.copy()
        for x0, y0, x1, y1 in boxes:
            rest[y0:y1, x0:x1] = False
        width, height = self.shot.size
        found = []
        for x0, y0, x1, y1, ink in picture.blobs(rest, round(0.25 * self.high)):
            wide, high = x1 - x0, y1 - y0
            fits = 0.15 * self.high <= high <= 1.3 * self.high and 0.15 * self.high <= wide <= 4 * self.high
            inside = x0 > 0.02 * width and x1 < 0.98 * width and y0 > 0.01 * height and y1 < 0.99 * height
            if fits and inside and ink > 0.02 * self.high**2:
                pad = round(0.25 * self.high)
                found.append((max(x0 - pad, 0), max(y0 - pad, 0), min(x1 + pad, width), min(y1 + pad, height)))
        return found

    def _line(self, box: Box) -> None:
        x0, y0, x1, y1 = box
        mask = self.ink[y0:y1, x0:x1]
        across, down = picture.span(mask, 0), picture.span(mask, 1)
        if across is None or down is None:
            return
        dot = self._dot(mask, across)
        if dot:
            self._put(box, (across,), (dot,), (1.0,), style_of=self._style(self.high))
            return
        found = engine.letters(picture.three(self.shot.plane[y0:y1, x0:x1]))
        if not found.text.strip():
            return
        missed = letters.unread(found, mask, y1 - y0)
        if missed:
            self._line((x0, y0, x0 + missed[0], y1))
            self._line((x0 + missed[1], y0, x1, y1))
            return
        parts = letters.parts(found, mask, across, y1 - y0)
        if self._is_picture(found, down):
            self._put(box, (across,), (found.text.strip(),), (found.score,), mark=True)
            return
        first = self._dot(mask[:, : parts[0][0][1]], parts[0][0]) if len(parts) > 1 and _BULLET_LIKE.fullmatch(parts[0][1]) else ""
        texts = tuple(text for _, text, _ in parts)
        self._put(box, tuple(place for place, _, _ in parts), (first, *texts[1:]) if first else texts, tuple(score for _, _, score in parts))

    def _dot(self, mask: Any, across: Gap) -> str:
        """The bullet that a small round or square piece of ink is; empty where it is none."""
        x0, x1 = across
        down = picture.span(mask[:, x0:x1], 1)
        if down is None:
            return ""
        wide, high = x1 - x0, down[1] - down[0]
        if not (0.15 * self.high <= high <= 0.5 * self.high and 0.7 <= wide / high <= 1.4):
            return ""
        piece = mask[down[0] : down[1], x0:x1]
        if picture.is_ring(piece):
            return "◦"
        return "•" if float(piece.mean()) > 0.6 else ""

    def _is_picture(self, found: Letters, down: Gap) -> bool:
        """Whether a piece that was read as a letter or two is an icon: higher than a line, or not surely read."""
        bare = found.text.strip()
        if len(bare) > 1 and rows.is_marker(bare):
            return False  # kept, with its confidence: an item must not lose its marker
        if len(bare) == 1 and not bare.isdigit() and found.score < SURE:
            return True
        return len(bare) <= 2 and (found.score < 0.6 or down[1] - down[0] > 0.75 * self.high)

    def _style(self, high: float) -> Style:
        like = high / self.high if self.high and high > 0 else 1.0
        return Style("", round(2 * (self.size_pt if abs(like - 1) < SAME_SIZE else self.size_pt * like)) / 2)

    def _put(self, box: Box, places: tuple[Gap, ...], texts: tuple[str, ...], scores: tuple[float, ...], *, style_of: Style | None = None, mark: bool = False) -> None:
        """The words of one line, in points, all of one height: that of their size around the row on which they stand."""
        x0, y0, _, y1 = box
        scale, style = self.shot.scale, style_of or self._style(y1 - y0 if sum(map(len, texts)) >= 6 else max(y1 - y0, self.high))
        middle = (y0 + y1) / 2
        base = picture.baseline(self.ink[y0:y1, x0 : box[2]]) if sum(map(len, texts)) >= 6 else None
        if base is not None:
            middle = y0 + base - 0.3 * style.size_pt * scale
        half = 0.55 * style.size_pt
        for place, text, score in zip(places, texts, scores, strict=True):
            left, right = (x0 + place[0]) / scale, (x0 + place[1]) / scale
            self.scan.add(round(left, 2), round(middle / scale - half, 2), round(right, 2), round(middle / scale + half, 2), text, style, score, mark=mark)
