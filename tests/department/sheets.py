"""Pages that a department prints: words at places, boxes, paragraphs and outlines that flow over columns and pages."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 612, 792
RED = (0.8, 0.05, 0.05)
Edge = Callable[["Sheets", int], None]


class Sheets:
    """A PDF in the making. Places are points from the lower left; ``edge`` draws what stands at the edge of each page, given its number."""

    def __init__(self, edge: Edge | None = None) -> None:
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=(WIDTH, HEIGHT), invariant=1)
        self.edge = edge
        self.page = 1

    def put(self, x: float, y: float, words: str, size: float = 10, bold: bool = False, centred: bool = False) -> None:
        """Words on one line."""
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        (self.canvas.drawCentredString if centred else self.canvas.drawString)(x, y, words)

    def box(self, left: float, bottom: float, right: float, top: float) -> None:
        """A drawn cell."""
        self.canvas.rect(left, bottom, right - left, top - bottom)

    def cell(self, box: tuple[float, float, float, float], label: str, *values: str) -> None:
        """A drawn cell with its label in small letters over its rows."""
        left, _, _, top = box
        self.box(*box)
        self.put(left + 4, top - 9, label, 7)
        for n, value in enumerate(values):
            self.put(left + 6, top - 22 - 12 * n, value)

    def stamp(self, x: float, y: float, words: str, angle: float, size: float = 26) -> None:
        """A red mark across the page."""
        self.canvas.saveState()
        self.canvas.translate(x, y)
        self.canvas.rotate(angle)
        self.canvas.setFillColorRGB(*RED)
        self.canvas.setFont("Helvetica-Bold", size)
        self.canvas.drawCentredString(0, 0, words)
        self.canvas.restoreState()

    def flow(self, items: Iterable[tuple[int, str, str]], top: float, columns: tuple[tuple[float, float], ...] = ((72, 468),), bottom: float = 80, again: float = 720) -> float:
        """``(depth, marker, words)`` down the columns and over the pages; the words of a heading are bold. Gives the height where it ended."""
        y, column = top, 0
        for depth, marker, words in items:
            left, width = columns[column]
            inner = left + 20 * depth + (22 if marker else 0)
            bold = words.isupper()
            rows = simpleSplit(words, "Helvetica-Bold" if bold else "Helvetica", 10, left + width - inner)
            for n, row in enumerate(rows):
                if y < bottom:
                    column += 1
                    if column == len(columns):
                        self.turn()
                        column, top = 0, again
                    y = top
                    inner += columns[column][0] - left
                    left = columns[column][0]
                if n == 0 and marker:
                    self.put(inner - 22, y, marker, bold=bold)
                self.put(inner, y, row, bold=bold)
                y -= 12
            y -= 6
        return y

    def turn(self) -> None:
        """A new page."""
        if self.edge:
            self.edge(self, self.page)
        self.canvas.showPage()
        self.page += 1

    def done(self) -> bytes:
        """The file."""
        self.turn()
        self.canvas.save()
        return self.out.getvalue()
