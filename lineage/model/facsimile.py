"""A page of a held file as a reader sees it: its picture, or its words where the file has no pages of its own."""

from __future__ import annotations

from msgspec import Struct

from lineage.model.text import Box


class Facsimile(Struct, frozen=True):
    """One page (``page`` of ``pages``, from 1) of the file of an item (``name``). Of a PDF ``rgb`` has red, green and blue of each pixel, row by row from the top left,
    ``scale`` pixels a point; of other files ``rgb`` is empty and ``text`` has the words, in which the offsets of evidence count."""

    item: str
    name: str
    page: int
    pages: int
    width: int = 0
    height: int = 0
    scale: float = 1.0
    rgb: bytes = b""
    text: str = ""

    def share(self, box: Box) -> tuple[float, float, float, float]:
        """Left, top, width and height of a place (in points), in parts of the picture's width and height, cut off at its edges.

        >>> Facsimile("ab", "a.pdf", 1, 1, 1000, 2000, 2.0).share((50.0, 100.0, 150.0, 200.0))
        (0.1, 0.1, 0.2, 0.1)
        """
        wide, high = self.width / self.scale, self.height / self.scale
        x0, x1 = (min(max(x / wide, 0.0), 1.0) for x in (box[0], box[2]))
        y0, y1 = (min(max(y / high, 0.0), 1.0) for y in (box[1], box[3]))
        return round(x0, 5), round(y0, 5), round(x1 - x0, 5), round(y1 - y0, 5)
