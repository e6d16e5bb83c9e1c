"""PDF: the document is opened, every page becomes lines, and what is doubtful is said."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pypdfium2.raw as pdfium

from lineage.errors import RefusedError
from lineage.guard import Limits
from lineage.model import Finding, Item, Page
from lineage.pages import beside, columns, doubts, engine, forms, kind, legible, rows, scans, tables, unpacked
from lineage.pages.ahead import Ahead
from lineage.pages.fonts import Fonts
from lineage.pages.glyphs import Frame, Reader, frame
from lineage.pages.marks import Marks
from lineage.pages.sheet import Sheet
from lineage.pages.strips import Strip, Word
from lineage.pages.text import too_much


def read(data: bytes, name: str, sha256: str, limits: Limits) -> Item:
    """The item of a PDF. A file that unpacks to much more than it shows is read in a process apart, with limits of time and memory.

    Raises :class:`RefusedError` as :func:`lineage.pages.read_bytes` says.
    """
    _countable(unpacked.declared_pages(data), name, limits)
    if unpacked.suspicious(data, name, limits):
        from lineage import guard

        seconds, memory = limits.max_seconds, limits.max_memory_bytes
        if engine.available():
            seconds += limits.max_ocr_seconds * min(data.count(b"/Page"), limits.max_ocr_pages)
            memory += limits.max_ocr_memory_bytes
        item: Item = guard.run_apart("lineage.pages.pdf:read_here", data, name, sha256, limits, seconds=seconds, memory_bytes=memory)
        return item
    return read_here(data, name, sha256, limits)


def read_here(data: bytes, name: str, sha256: str, limits: Limits) -> Item:
    """The same, in this process."""
    with _opened(data, name) as document:
        count = pdfium.FPDF_GetPageCount(document)
        _countable(count, name, limits)
        if count < 1:
            raise _broken(data, name)
        return _Reading(document, data, name, limits).item(sha256, count)


def _countable(count: int, name: str, limits: Limits) -> None:
    if count > limits.max_pages:
        raise RefusedError(
            f"{name} declares {count:,} pages; more than {limits.max_pages:,} are not read, so that one file cannot use up the machine.",
            hint="Split it into parts.",
            code="pages.too-many-pages",
        )


class _Reading:
    """One document being read: what is shared between its pages, and what was found on them."""

    def __init__(self, document: Any, data: bytes, name: str, limits: Limits) -> None:
        self.document, self.data, self.name, self.limits = document, data, name, limits
        self.fonts, self.marks, self.doubts = Fonts(), Marks(), doubts.Doubts(name)
        self.fields = forms.Fields(document, self.doubts, data)
        self.tables = tables.Tables(self.doubts)
        self.ahead = Ahead(document, pdfium.FPDF_GetPageCount(document), limits.max_objects_per_page)
        self.pictures = legible.Pictures(limits, self.doubts, self.ahead)
        self.chars = 0

    def item(self, sha256: str, count: int) -> Item:
        """All pages, and the findings on them. Raises ``pages.needs-ocr`` where no page has text."""
        try:
            pages = tuple(self._page(number) for number in range(1, count + 1))
        finally:
            self.ahead.close()
            self.fields.close()
        if not any(page.lines for page in pages):
            raise doubts.no_text(self.name, pages)
        findings: tuple[Finding, ...] = (*_cut_short(self.data), *self.doubts.findings(pages, self.data), *scans.doubts(pages, sha256), *self.marks.findings())
        return Item(sha256, self.name, kind.PDF, len(self.data), pages, _title(self.document), findings)

    def _page(self, number: int) -> Page:
        page, text = self.ahead.take(number)
        if not page:
            self.doubts.unreadable.append(number)
            return Sheet(number).page()
        if pdfium.FPDFPage_CountObjects(page) > self.limits.max_objects_per_page:
            raise too_much(f"Page {number} of {self.name}", pdfium.FPDFPage_CountObjects(page), self.limits)
        shape = frame(page)
        reader = Reader(text, shape, self.fonts, self.marks, number)
        self._count(number, reader.count)
        reader.ask()
        drawn = tables.drawn(page, shape)
        aside = self.fields.of(page, number, shape, self.marks)
        self.ahead.begin(number + 1)
        strips = _shown(reader.strips(), shape, number, self.doubts)
        strips, scan = self.pictures.strips(page, number, shape, strips, drawn, reader.unmapped)
        return self._compose(number, shape, strips, drawn, scan, *aside)

    def _count(self, number: int, chars: int) -> None:
        self.chars += chars
        if chars > self.limits.max_chars_per_page or self.chars > self.limits.max_chars:
            raise too_much(f"Page {number} of {self.name}" if chars > self.limits.max_chars_per_page else self.name, chars, self.limits)

    def _compose(self, number: int, shape: Frame, words: list[Strip], drawn: tables.Drawn, scan: scans.Scan, values: list[rows.Segment], remarks: list[rows.Segment]) -> Page:
        """The lines of one page in reading order: the body with its form values, then stamps, annotations, and marks that are no words. Nothing is asked of pdfium any more."""
        body, stamps = rows.parted(words)
        grid = self.tables.grid(number, drawn)
        placed = [rows.segments(row, grid.cells) for row in rows.rows(body)]
        for segment in [segment for row in placed for segment in row] if grid.cells else ():
            segment.cell = grid.cell_of(segment.words)
        values += forms.ticks(drawn.squares.values())
        for value in values:
            value.cell = grid.cell_of(value.words)
        ordered = columns.ordered(beside.beside(forms.merged(placed, values)), shape.width, scanned=bool(scan.words))
        aside = [segment for group in stamps for segment in rows.stamped(group)]
        remarks += [rows.boxed([mark], hint="mark") for mark in scan.marks]
        last = ordered[-1].row if ordered else 0
        for at, segment in enumerate([*aside, *remarks], last + 1):
            segment.row = at
        sheet = Sheet(number)
        for segment in [*ordered, *aside, *remarks]:
            _put(sheet, segment, shape, scan.score(segment.words))
        bare = not sheet.lines and drawn.images > 0
        return sheet.page(shape.width, shape.height, tuple(grid.cells) or tuple(drawn.rules), drawn.images, needs_ocr=bare, tilt=scan.tilt)


def _put(sheet: Sheet, segment: rows.Segment, shape: Frame, confidence: float | None) -> None:
    """One line: its words joined by single blanks, none where two pieces of one printed word touch."""
    text, places = _joined(segment.words)
    x0, y0, x1, y1 = segment.box
    if not (x0 >= 0 and y0 >= 0 and x1 <= shape.width and y1 <= shape.height):
        x0, y0, x1, y1 = max(x0, 0.0), max(y0, 0.0), min(x1, shape.width), min(y1, shape.height)
    box = (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))
    sheet.add(
        text, segment.row, left_pt=box[0], box_pt=box, words=tuple(places), style=segment.style, cell=segment.cell, hint=segment.hint,
        confidence=confidence,
    )  # fmt: skip


def _joined(words: list[Word]) -> tuple[str, list[tuple[int, int, float, float]]]:
    """The text of a line, and where each word stands in it and on the page."""
    places: list[tuple[int, int, float, float]] = []
    parts: list[str] = []
    at, end = 0, -1e9
    before = words[0]
    for word in words:
        x0, string, x1 = word[0], word[4], word[2]
        # Most words stand well apart; only where two nearly meet it matters whether a blank was read between them.
        if parts:
            if x0 - end > 1.5 or not _touching(before, word):
                parts.append(" ")
                at += 1
            before = word
        until = at + len(string)
        parts.append(string)
        places.append((at, until, x0, x1))
        at, end = until, x1
    return "".join(parts), places


def _touching(left: Word, right: Word) -> bool:
    """A raised "th" after "19", or a word cut in two by a change of font: no blank was read between, and none is printed."""
    if left.style.angle or left.until == right.at:
        return left.until == right.at and not left.style.angle and right.x0 - left.x1 < 0.15 * left.style.size_pt
    return right.at - left.until <= 2 and abs(right.x0 - left.x1) < 0.06 * left.style.size_pt and left.style.size_pt != right.style.size_pt


def _shown(found: list[Strip], shape: Frame, number: int, doubts: doubts.Doubts) -> list[Strip]:
    """The words that stand on the page as it is shown; those wholly outside its edges are counted and left out."""
    width, height = shape.width, shape.height
    out = [w for strip in found for w in strip.words if not (w[2] > 0 and w[3] > 0 and w[0] < width and w[1] < height)]
    if not out:
        return found
    doubts.off_page.append((number, len(out)))
    away = set(map(id, out))
    kept = [strip._replace(words=[w for w in strip.words if id(w) not in away]) for strip in found]
    return [strip for strip in kept if strip.words]


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Any]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise RefusedError(
                f"{name} is locked with a password; nothing in it can be read without it.",
                hint="Ask the sender for a copy without one.",
                code="pages.encrypted",
            )
        raise _broken(data, name)
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _broken(data: bytes, name: str) -> RefusedError:
    if b"%%EOF" not in data[-2048:]:
        return RefusedError(
            f"{name} breaks off: the end of the PDF is missing and its pages cannot be found.",
            hint="Fetch it again.",
            code="pages.truncated",
        )
    return RefusedError(
        f"{name} is a damaged PDF: its pages cannot be found.", hint="Fetch it again, or print it to a new PDF.", code="pages.damaged"
    )


def _cut_short(data: bytes) -> tuple[Finding, ...]:
    if b"%%EOF" in data[-2048:]:
        return ()
    message = (
        "The end of the PDF is missing. What is left was read, but pages or changes at the end may be lost; a fresh copy would settle it."
    )
    return (Finding("pages.truncated", "doubt", message),)


def _title(document: Any) -> str:
    """The title in the document's own properties; it is often that of an older file, so it is never a fact of the order."""
    with suppress(Exception):
        length = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
        if length > 2:
            buffer = ctypes.create_string_buffer(length)
            pdfium.FPDF_GetMetaText(document, b"Title", buffer, length)
            return re.sub(r"\s+", " ", buffer.raw[: length - 2].decode("utf-16-le", "replace").replace("\0", "")).strip()[:500]
    return ""
