"""HTML: a file becomes one page of lines, block by block and cell by cell, as a browser without scripts would show its words."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from lineage.errors import RefusedError
from lineage.guard import Limits
from lineage.model import Finding, Item, Style
from lineage.pages import kind, markup
from lineage.pages.marks import Marks
from lineage.pages.sheet import PLAIN, Sheet
from lineage.pages.text import too_much

BOLD = Style(bold=True)
STEP_PT = 36.0  # one level of nesting
_BLANKS = re.compile(r"[ \t\r\n\f\v\u00a0\u2000-\u200a\u202f\u3000]+")
MARKER = re.compile(
    r"(?:\(?(?:[IVXLCivxlc]{1,6}|[A-Za-z]{1,2}|\d{1,3}(?:\.\d{1,3}){0,4})[.)]|\([A-Za-z0-9]{1,4}\)|\d{1,3}(?:\.\d{1,3}){1,4}|[•▪■◦●○‣⁃·–—*o-])$"
)


class Place(Struct, frozen=True):
    """What holds for the words at hand: left edge, hint, whether bold, the cell around them, whether line ends count (``pre``)."""

    left_pt: float = 0.0
    hint: str = ""
    bold: bool = False
    cell: tuple[int, int, int] | None = None
    kept: bool = False


class Flow(Struct):
    """The words of the block at hand, and the lines that were finished."""

    sheet: Sheet
    marks: Marks
    tables: int = 0
    images: int = 0
    row: int = 0
    shared_row: int | None = None  # the row that the first line of the next cell shares with the cells beside it
    words: list[tuple[str, bool]] = field(default_factory=list)

    def put(self, text: str | None, place: Place) -> None:
        """Words that stand in the line at hand."""
        if not text:
            return
        if not place.kept:
            self.words.append((text, place.bold))
            return
        first, *others = text.split("\n")
        self.words.append((first, place.bold))
        for other in others:
            self.end(place)
            self.words.append((other, place.bold))

    def end(self, place: Place) -> None:
        """The line at hand is finished."""
        words, self.words = self.words, []
        if not words:
            return
        text = _BLANKS.sub(" ", self.marks.printed("".join(word for word, _ in words).replace("\u00ad", ""), 1)).strip()
        if not text:
            return
        if self.shared_row is not None:
            row, self.shared_row = self.shared_row, None
        else:
            self.row += 1
            row = self.row
        bold = all(bold for word, bold in words if word.strip())
        hint = "marker" if place.cell and MARKER.match(text) else place.hint
        self.sheet.add(text, row, left_pt=place.left_pt, style=BOLD if bold else PLAIN, cell=place.cell, hint=hint)


def read(data: bytes, name: str, sha256: str, limits: Limits) -> Item:
    """The item of an HTML file: one page, no boxes. Table cells are lines of their own that share a row; ``<title>`` becomes the item's
    title.

    Raises :class:`RefusedError` with ``pages.entity-bomb``, ``pages.too-much-text``, ``pages.damaged`` (nested beyond reason) or
    ``pages.empty``.
    """
    string, findings = markup.decode(data)
    if len(string) > limits.max_chars:
        raise too_much(name, len(string), limits)
    root = markup.parse(string, name)
    flow = Flow(Sheet(1), Marks())
    _walk(root, Place(), flow)
    flow.end(Place())
    if not flow.sheet.lines:
        raise RefusedError(
            f"{name} is an HTML page without words.", hint="It may be drawn by a script: save it from a browser.", code="pages.empty"
        )
    title = root.find(".//title")
    spoken = _BLANKS.sub(" ", "".join(title.itertext())).strip() if title is not None else ""
    notes: tuple[Finding, ...] = (*findings, *flow.marks.findings())
    return Item(sha256, name, kind.HTML, len(data), (flow.sheet.page(images=flow.images),), spoken, notes)


def _walk(element: Any, place: Place, flow: Flow) -> None:
    tag = element.tag
    if not isinstance(tag, str) or markup.hidden(element):
        return
    if tag == "br":
        flow.end(place)
    elif tag == "img":
        flow.images += 1
    elif tag == "table":
        _table(element, place, flow)
    elif tag in ("input", "textarea"):
        _form(element, place, flow)
    elif tag in markup.BLOCKS:
        flow.end(place)
        inner = _inside(element, place)
        _children(element, inner, flow)
        flow.end(inner)
    else:
        bold = place.bold or markup.bold(element)
        _children(element, replace(place, bold=True) if bold and not place.bold else place, flow)


def _children(element: Any, place: Place, flow: Flow) -> None:
    flow.put(element.text, place)
    for child in element:
        before = len(flow.sheet.lines)
        _walk(child, place, flow)
        if place.hint == "item" and len(flow.sheet.lines) > before:
            place = replace(place, hint="")  # only the first line of an item opens it
        flow.put(child.tail, place)


def _inside(element: Any, place: Place) -> Place:
    tag = element.tag
    left = place.left_pt + markup.indent_pt(element) + (STEP_PT if tag in ("ul", "ol", "dd", "blockquote") else 0.0)
    hint = "heading" if markup.HEADING.match(tag) else "item" if tag == "li" else place.hint
    kept = place.kept or tag == "pre"
    if left == place.left_pt and hint == place.hint and kept == place.kept and (place.bold or not markup.bold(element)):
        return place
    return replace(place, left_pt=max(left, 0.0), hint=hint, bold=place.bold or markup.bold(element), kept=kept)


def _table(table: Any, place: Place, flow: Flow) -> None:
    """The cells of a table, each a line (or several) of its own; cells of nested tables belong to the innermost."""
    flow.end(place)
    number, flow.tables = flow.tables, flow.tables + 1
    held: dict[int, int] = {}  # column -> rows for which a cell from above still holds it
    left = place.left_pt + markup.indent_pt(table)
    for at, row in enumerate(markup.rows(table, place, flow)):
        shared, column = flow.shared_row, 0
        if shared is None:
            flow.row += 1
            shared = flow.row
        for cell in row:
            if cell.tag not in ("td", "th") or markup.hidden(cell):
                continue
            while held.get(column, 0) > at:
                column += 1
            across, down = markup.span(cell, "colspan"), markup.span(cell, "rowspan")
            inner = replace(
                place,
                left_pt=left + STEP_PT * column,
                cell=(number, at, column),
                bold=place.bold or cell.tag == "th" or markup.bold(cell),
                hint=place.hint,
            )
            flow.shared_row = shared
            _children(cell, inner, flow)
            flow.end(inner)
            for taken in range(column, column + across):
                held[taken] = at + down
            column += across
        flow.shared_row = None


def _form(element: Any, place: Place, flow: Flow) -> None:
    """The value of a form field, as a line of its own."""
    if element.tag == "textarea":
        value = "".join(element.itertext())
    elif element.get("type", "text").lower() in ("checkbox", "radio"):
        value = "☒" if element.get("checked") is not None else "☐"
    elif element.get("type", "text").lower() in ("text", "date", "number", "email", "tel"):
        value = element.get("value", "")
    else:
        return
    if value.strip():
        flow.end(place)
        flow.put(value, place)
        flow.end(replace(place, hint="form"))
