"""The marks drawn on the picture of a page, with the legend under it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from lineage.model import Box
from lineage.rendering.overlay.colours import DEPTHS, colour, colour_of
from lineage.rendering.overlay.seen import LAYERS, Seen

Place = tuple[float, float, float, float]

LETTERS_PX = 11
# The line above the page, a row of the legend, the margins in which clauses are named and in which labels find room.
HEAD_PX, ROW_PX, SIDE_PX, EDGE_PX = 26, 18, 170, 190
TAG_PX = 13  # the height of a label
MOST_LABELS = 400  # on one page: more are read by nobody
LONGEST = 30  # characters of a label
# The letters that are drawn have none of these marks.
_PLAIN = str.maketrans({"–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "§": "sec.", "•": "*"})
_FILLED = {"furniture": 60, "table": 28, "date": 60, "field": 40, "relation": 30, "unsure": 60, "missed": 50}
_THICK = {"question": 2, "missed": 2}


def png(rgb: bytes, width: int, height: int, scale: float, marks: Sequence[Seen], words: Sequence[Box], head: str) -> bytes:
    """The picture of a page (``scale`` pixels a point) with its marks, a line of words above it and the legend under it, as PNG. No label covers any of the ``words``,
    and above four hundred marks only those first have labels."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.frombytes("RGB", (width, height), rgb)
    legend = _legend(marks)
    sheet = Image.new("RGB", (width + SIDE_PX + EDGE_PX, height + HEAD_PX + ROW_PX * ((len(legend) + 2) // 3 + 1)), "white")
    sheet.paste(page, (SIDE_PX, HEAD_PX))
    font = ImageFont.load_default(LETTERS_PX)
    draw = ImageDraw.Draw(sheet, "RGBA")
    _Drawing(draw, font, scale, width + SIDE_PX).marks(marks, words)
    draw.text((6, 6), _printable(head), fill="black", font=font)
    for at, (paint, said) in enumerate(legend):
        x, y = 8 + (at % 3) * (sheet.width - 16) // 3, HEAD_PX + height + 8 + ROW_PX * (at // 3)
        draw.rectangle((x, y + 2, x + 14, y + 12), fill=paint)
        draw.text((x + 20, y), said, fill="black", font=font)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def _legend(marks: Sequence[Seen]) -> list[tuple[str, str]]:
    """Colour and words for each layer, with how often it is on the page; clauses level by level."""
    counts = Counter(mark.layer for mark in marks if mark.label or mark.layer == "missed")
    depths = Counter(mark.depth for mark in marks if mark.layer == "clause" and mark.label)
    found = [(DEPTHS[depth % len(DEPTHS)], f"clause at depth {depth}: {count}") for depth, count in sorted(depths.items())]
    return found + [(colour(layer), f"{words}: {counts[layer]}") for layer, words in LAYERS.items() if layer != "clause"]


class _Drawing:
    """Boxes on one sheet, and their labels where there is room."""

    def __init__(self, draw: Any, font: Any, scale: float, edge: int) -> None:
        self.draw, self.font, self.scale, self.edge = draw, font, scale, edge  # the page ends at the edge
        self.taken: list[Place] = []

    def marks(self, marks: Sequence[Seen], words: Sequence[Box]) -> None:
        """All boxes first, then the lines that lead to labels, then the labels, so that none is drawn over."""
        placed = [(mark, self._place(mark.box_pt, 1 if mark.layer in ("clause", "table") else 0)) for mark in marks if mark.box_pt is not None]
        for mark, place in placed:
            self._box(mark, place)
        self.taken = [place for _, place in placed] + [self._place(box, 0) for box in words]
        named = [(mark, place) for mark, place in placed if mark.label][:MOST_LABELS]
        tags = [(mark, place, (self._beside if mark.layer in ("clause", "table") else self._near)(mark, place)) for mark, place in named]
        for mark, place, tag in tags:
            if tag[0] >= self.edge:
                self.draw.line((place[2], (place[1] + place[3]) / 2, tag[0], tag[1] + 6), fill=f"{colour_of(mark)}90", width=1)
            elif tag[0] < SIDE_PX:
                self.draw.line((tag[2] + 2, tag[1] + 6, place[0], place[1] + 6), fill=f"{colour_of(mark)}70", width=1)
        for mark, _, tag in tags:
            outside = mark.layer in ("clause", "table")
            if not outside:
                self.draw.rectangle(tag, fill=colour_of(mark))
            self.draw.text((tag[0] + (0 if outside else 2), tag[1]), _short(mark.label), fill=colour_of(mark) if outside else "white", font=self.font)

    def _place(self, box: Box, grown: int) -> Place:
        x0, y0, x1, y1 = (edge * self.scale for edge in box)
        return (x0 + SIDE_PX - grown, y0 + HEAD_PX - grown, max(x1, x0 + 2) + SIDE_PX + grown, max(y1, y0 + 2) + HEAD_PX + grown)

    def _box(self, mark: Seen, place: Place) -> None:
        paint = colour_of(mark)
        veil = _FILLED.get(mark.layer)
        self.draw.rectangle(place, outline=paint, width=_THICK.get(mark.layer, 1), fill=f"{paint}{veil:02x}" if veil else None)
        if mark.layer == "clause":
            self.draw.line((place[0], place[1], place[0], place[3]), fill=paint, width=3)

    def _beside(self, mark: Seen, place: Place) -> Place:
        """A clause is named in the left margin, each level a little further to the right."""
        words = _short(mark.label)
        long = self.draw.textlength(words, font=self.font)
        x = min(4 + 8 * mark.depth, SIDE_PX - 6 - long) if long < SIDE_PX - 10 else 2
        y = place[1]
        while not self._free((x, y, x + long, y + LETTERS_PX)):
            y += LETTERS_PX
        self.taken.append((x, y, x + long, y + LETTERS_PX))
        return self.taken[-1]

    def _near(self, mark: Seen, place: Place) -> Place:
        """Any other label stands at its box: right of it, above it or below it, where nothing stands; else in the right margin."""
        words = _short(mark.label)
        long = self.draw.textlength(words, font=self.font) + 4
        spots = [(place[2] + 2, place[1]), (place[0], place[1] - TAG_PX - 1), (place[2] - long, place[1] - TAG_PX - 1), (place[0], place[3] + 2)]
        boxes = [(x, y, x + long, y + TAG_PX) for x, y in spots if x > SIDE_PX and x + long < self.edge + EDGE_PX]
        tag = next((box for box in boxes if self._free(box)), None)
        if tag is None:
            x, y = self.edge + 6.0, place[1]
            while not self._free((x, y, x + long, y + TAG_PX)):
                y += TAG_PX
            tag = (x, y, x + long, y + TAG_PX)
        self.taken.append(tag)
        return tag


    def _free(self, place: Place) -> bool:
        return not any(_overlap(place, other) for other in self.taken)


def _overlap(one: Place, other: Place) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _short(label: str) -> str:
    """The label as it has room: of a long eid its end tells more than its beginning."""
    words = _printable(label)
    if len(words) <= LONGEST:
        return words if "__" not in words or len(words) < 28 else "…" + words[-26:]
    return words[: LONGEST - 1] + "…"


def _printable(words: str) -> str:
    return "".join(c if c.isprintable() else " " for c in words.translate(_PLAIN))
