"""What the room ``pages`` makes: the bytes held, and their pages of lines."""

from __future__ import annotations

from msgspec import Struct

from lineage.model.finding import Finding
from lineage.model.text import Box, Line


def portion_id(sha256: str, number: int) -> str:
    """The name of a rule's portion of a file that holds many: the file's hash, and the rule's place among them from 1.

    >>> portion_id("ab12", 3), bytes_of("ab12~3")
    ('ab12~3', 'ab12')
    """
    return f"{sha256}~{number}"


def bytes_of(item: str) -> str:
    """The hash of the file in which an item's words stand."""
    return item.partition("~")[0]


class Page(Struct, frozen=True):
    """One page: its lines in reading order as the source gives them. ``number`` counts from 1; width and height in points, 0 where there is no page image.

    ``text`` is every line's text, each followed by a newline, so ``text[line.start : line.start + len(line.text)] == line.text``.
    ``ruled`` holds the boxes of ruling lines and table cells where the page has them. ``images`` counts pictures; ``needs_ocr`` is true for pictures without text.
    ``tilt`` is how many degrees clockwise a scanned page lay off level: its boxes are those of the page turned back by it around its middle.
    """

    number: int
    lines: tuple[Line, ...]
    text: str
    width_pt: float = 0.0
    height_pt: float = 0.0
    ruled: tuple[Box, ...] = ()
    images: int = 0
    needs_ocr: bool = False
    tilt: float = 0.0


class Item(Struct, frozen=True):
    """The very bytes we hold (FRBR Item) and what stands on their pages. ``title`` is what the file says of itself (an HTML title), never a fact of the order."""

    sha256: str
    name: str
    media_type: str
    size: int
    pages: tuple[Page, ...]
    title: str = ""
    findings: tuple[Finding, ...] = ()
