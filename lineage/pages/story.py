"""The stories of a Word file (body, heads, feet, notes) become lines: paragraphs with their markers, tables cell by cell, boxes after what they hang on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from lineage.model import Style
from lineage.pages.html import MARKER, STEP_PT
from lineage.pages.marks import Marks
from lineage.pages.markup import MAX_SPAN
from lineage.pages.names import MC, VAL, W, value, whole
from lineage.pages.numbering import Numbering
from lineage.pages.runs import PUT_IN, Aside, Gap, Ink, Runs, raised
from lineage.pages.sheet import PLAIN, Sheet
from lineage.pages.styles import Styles

EDGE_PT = 1.0  # the margin: an edge of 0 would say that it is not known
SENTENCE = 60  # characters; a stretch so long beside a tab is no cell of a row
_BLANKS = re.compile(r"\s+")
_THROUGH = frozenset(W + tag for tag in ("customXml", "smartTag", "sdtContent", "ins", "moveTo"))


class Spot(Struct, frozen=True):
    """Where words stand: the cell around them, its left edge, and the hint that all of the story's lines bear."""

    left_pt: float = 0.0
    hint: str = ""
    cell: tuple[int, int, int] | None = None


class Doubtful(Struct):
    """Words that are not simply the text, kept so that it can be said."""

    hidden: list[str] = field(default_factory=list)
    changing: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    uncounted: list[str] = field(default_factory=list)


class Story(Struct):
    """Writes lines on a sheet, paragraph by paragraph. ``note`` gives the element of a foot- or endnote by its sort and name."""

    sheet: Sheet
    styles: Styles
    lists: Numbering
    runs: Runs
    marks: Marks
    note: Callable[[str, str], Any]
    doubtful: Doubtful = field(default_factory=Doubtful)
    row: int = 0
    tables: int = 0
    shared_row: int | None = None  # the row that the first line of a cell shares with the cells beside it

    def tell(self, element: Any, spot: Spot) -> None:
        """All blocks within an element, in order."""
        for child in element:
            tag = child.tag
            if tag == W + "p":
                self._paragraph(child, spot)
            elif tag == W + "tbl":
                self._table(child, spot)
            elif tag == W + "sdt" or tag in _THROUGH:
                self.tell(child, spot)
            elif tag == MC + "AlternateContent":
                self.tell(next(iter(child), ()), spot)
            elif tag in (W + "altChunk", W + "subDoc"):
                self.runs.unread.append(PUT_IN)

    def put(self, text: str, spot: Spot, *, row: int | None = None, left_pt: float = 0.0, style: Style = PLAIN, hint: str = "") -> bool:
        """One line; whether there was any."""
        words = _BLANKS.sub(" ", self.marks.printed(text.replace("\u00ad", ""), 1)).strip()
        if words:
            left = max(spot.left_pt + left_pt, 0.0)
            self.sheet.add(words, self._next_row() if row is None else row, left_pt=left, style=style, cell=spot.cell, hint=spot.hint or hint)
        return bool(words)

    def _next_row(self) -> int:
        if self.shared_row is not None:
            row, self.shared_row = self.shared_row, None
            return row
        self.row += 1
        return self.row

    def _paragraph(self, paragraph: Any, spot: Spot) -> None:
        shape = self.styles.shape(paragraph)
        shown = list(self.runs.of(paragraph, shape.style))
        line = _Line(self, spot, shape.left_pt, shape.first_pt, shape.hint)
        numbered = shape.list is not None and not (shape.hidden and not any(isinstance(s, Ink) and not s.aside for s in shown))
        if shape.list is not None and numbered:
            line.marker = self._marker(shape.list, shown)
        for part in shown:
            if isinstance(part, Ink):
                line.take(part)
            elif isinstance(part, Gap):
                line.gap(part)
        line.end()
        for aside, words in line.aside:
            self.put(words, replace(spot, hint=""), hint=aside)
        for part in shown:
            if isinstance(part, Aside):
                self._hang(part, spot)

    def _marker(self, listed: tuple[str, int], shown: list[Any]) -> str:
        marker = self.lists.next(*listed)
        if marker is not None and marker.form:
            self.doubtful.uncounted.append("".join(s.text for s in shown if isinstance(s, Ink))[:SENTENCE])
            return ""
        return marker.text if marker is not None else ""

    def _hang(self, part: Aside, spot: Spot) -> None:
        if part.sort == "box":
            self.tell(part.content, replace(spot, left_pt=spot.left_pt))
        elif part.sort == "watermark":
            self.put(part.content, replace(spot, hint="annotation"))
        elif (note := self.note(part.sort, part.content)) is not None:
            at = len(self.sheet.lines)
            self.tell(note, spot)
            if len(self.sheet.lines) > at:
                self._raise(at, part)

    def _raise(self, at: int, part: Aside) -> None:
        """The first line of a note begins with its mark."""
        lines = self.sheet.lines[at:]
        del self.sheet.lines[at:]
        self.sheet.at = lines[0].start
        mark = raised(self.runs.notes[part.sort, part.content], part.sort)
        for n, line in enumerate(lines):
            text = f"{mark} {line.text}" if n == 0 else line.text
            self.sheet.add(text, line.row, left_pt=line.left_pt, style=line.style, cell=line.cell, hint=line.hint)

    def _table(self, table: Any, spot: Spot) -> None:
        number, self.tables = self.tables, self.tables + 1
        for at, row in enumerate(_within(table, W + "tr")):
            shared, column = self.shared_row, whole(value(row.find(W + "trPr"), "gridBefore"))
            if shared is None:
                self.row += 1
                shared = self.row
            for cell in _within(row, W + "tc"):
                look = cell.find(W + "tcPr")
                merged = None if look is None else look.find(W + "vMerge")
                if merged is None or merged.get(VAL) == "restart":
                    self.shared_row = shared
                    self.tell(cell, replace(spot, left_pt=spot.left_pt + STEP_PT * column, cell=(number, at, column)))
                column += min(max(whole(value(look, "gridSpan"), 1), 1), MAX_SPAN)
            self.shared_row = None


class _Line(Struct):
    """The printed line at hand, cut at its tabs, and the words that were taken out of it."""

    story: Story
    spot: Spot
    left_pt: float
    first_pt: float
    hint: str
    marker: str = ""
    parts: list[list[Ink]] = field(default_factory=lambda: [[]])
    indent: int = 0
    first: bool = True
    aside: list[tuple[str, str]] = field(default_factory=list)

    def take(self, ink: Ink) -> None:
        """More words."""
        doubtful = self.story.doubtful
        if ink.aside:
            if ink.text.strip():
                if self.aside and self.aside[-1][0] == ink.aside:
                    self.aside[-1] = ink.aside, self.aside[-1][1] + ink.text
                else:
                    self.aside.append((ink.aside, ink.text))
                {"hidden": doubtful.hidden, "changing": doubtful.changing}.get(ink.aside, []).append(ink.text)
            return
        if ink.look.struck and ink.text.strip():
            doubtful.struck.append(ink.text)
        self.parts[-1].append(ink)

    def gap(self, gap: Gap) -> None:
        """A tab begins a new part; at the line's beginning it only moves it to the right."""
        if gap.ends_line:
            self.end()
        elif any(ink.text.strip() for ink in self.parts[-1]):
            self.parts.append([])
        else:
            self.indent += 1

    def end(self) -> None:
        """The line is finished."""
        parts = [part for part in self.parts if any(ink.text.strip() for ink in part)]
        typed = _text(parts[0]).strip() if parts and not self.marker else ""
        marked = len(parts) > 1 and MARKER.match(typed) is not None
        head = parts[:1] if marked else []
        rest = parts[1:] if marked else parts
        if any(len(_text(part)) > SENTENCE for part in rest):
            rest = [[ink for n, part in enumerate(rest) for ink in ([Ink(" ")] if n else []) + part]]
        self._put(head, rest)
        self.parts, self.indent, self.first, self.marker = [[]], 0, False, ""

    def _put(self, head: list[list[Ink]], rest: list[list[Ink]]) -> None:
        if not (head or rest or self.marker):
            return
        start = (self.first_pt if self.first and (self.marker or head or self.first_pt < self.left_pt) else self.left_pt) + STEP_PT * self.indent
        row = self.story._next_row()
        left = start
        if self.marker or head:
            text = self.marker or _text(head[0])
            if self.story.put(text, self.spot, row=row, left_pt=start, style=_style(head[0] if head else rest[0] if rest else []), hint="marker"):
                left = self.left_pt if self.left_pt > start else start + STEP_PT / 2
        for n, part in enumerate(rest):
            text = _text(part)
            hint = "marker" if self.spot.cell and n == 0 and not self.marker and MARKER.match(text.strip()) else self.hint
            self.story.put(text, self.spot, row=row, left_pt=left + STEP_PT * n, style=_style(part), hint=hint)


def _within(element: Any, tag: str) -> list[Any]:
    """The children of this name, also those inside a content control or a mark around them."""
    found: list[Any] = []
    for child in element:
        if child.tag == tag:
            found.append(child)
        elif child.tag == W + "sdt" or child.tag in _THROUGH:
            found.extend(_within(child, tag))
    return found


def _text(part: list[Ink]) -> str:
    return "".join(ink.text for ink in part)


def _style(part: list[Ink]) -> Style:
    looks = [ink.look for ink in part if ink.text.strip()]
    colours = {look.colour for look in looks}
    return Style(bold=bool(looks) and all(look.bold for look in looks), colour=colours.pop() if len(colours) == 1 else 0)
