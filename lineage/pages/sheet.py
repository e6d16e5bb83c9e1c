"""A page as it grows: every line is given its place in the page's text."""

from __future__ import annotations

from msgspec import Struct, field

from lineage.model import Box, Line, Page, Style

PLAIN = Style()


class Sheet(Struct):
    """Lines of one page, in reading order. ``add`` keeps the rule that every line is followed by a newline in the text."""

    number: int
    lines: list[Line] = field(default_factory=list)
    at: int = 0

    def add(
        self,
        text: str,
        row: int,
        *,
        left_pt: float = 0.0,
        box_pt: Box | None = None,
        words: tuple[tuple[int, int, float, float], ...] = (),
        style: Style = PLAIN,
        cell: tuple[int, int, int] | None = None,
        hint: str = "",
        confidence: float | None = None,
    ) -> None:
        """One more line; a line of blanks is none."""
        if text and not text.isspace():
            self.lines.append(Line(text, self.number, self.at, row, left_pt, box_pt, words, style, cell, hint, confidence))
            self.at += len(text) + 1

    def page(
        self, width_pt: float = 0.0, height_pt: float = 0.0, ruled: tuple[Box, ...] = (), images: int = 0, needs_ocr: bool = False, tilt: float = 0.0
    ) -> Page:
        """The page as it stands."""
        text = "".join(line.text + "\n" for line in self.lines)
        return Page(self.number, tuple(self.lines), text, width_pt, height_pt, ruled, images, needs_ocr, tilt)
