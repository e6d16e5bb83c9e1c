"""What stands on a PDF page beside its own words: the values of form fields, and the words of annotations."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from lineage.errors import RefusedError
from lineage.model import Box, Style
from lineage.pages import signatures
from lineage.pages.glyphs import Frame
from lineage.pages.rows import Segment, boxed
from lineage.pages.strips import Word

if TYPE_CHECKING:
    from lineage.pages.doubts import Doubts
    from lineage.pages.marks import Marks

HIDDEN = 2 | 32  # the flags Hidden and NoView
MOST = 5_000  # annotations on a page; more are no paper's, and the file is refused
SIZE_PT = 10.0  # where a field does not say
_TEXTS = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_TICKS = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_REMARKS = {pdfium.FPDF_ANNOT_FREETEXT: "annotation", pdfium.FPDF_ANNOT_STAMP: "annotation", pdfium.FPDF_ANNOT_TEXT: "note"}
_INK = re.compile(r"([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+rg")
_GREY = re.compile(r"([\d.]+)\s+g\b")
_SIZE = re.compile(r"([\d.]+)\s+Tf")


class Fields:
    """The form of a document, and the annotations of its pages."""

    def __init__(self, document: Any, doubts: Doubts, data: bytes) -> None:
        self.doubts = doubts
        count = pdfium.FPDF_GetSignatureCount(document)
        self._signed, why = signatures.signed(data, pdfium.FPDF_GetPageCount(document)) if count > 0 else ({}, "")
        if why:
            self.doubts.signatures = (count, why)
        self._form: Any = None
        if pdfium.FPDF_GetFormType(document) != pdfium.FORMTYPE_NONE:
            self._info = pdfium.FPDF_FORMFILLINFO(version=2)  # kept: pdfium holds on to it
            self._form = pdfium.FPDFDOC_InitFormFillEnvironment(document, self._info)

    def close(self) -> None:
        """Frees the form; must come before the document is closed."""
        if self._form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(self._form)
            self._form = None

    def of(self, page: Any, number: int, shape: Frame, marks: Marks) -> tuple[list[Segment], list[Segment]]:
        """Form values (hint ``form``) and annotations (hint ``annotation``, or ``note`` for a reader's remark) of a page, each from the
        top."""
        values: list[Segment] = []
        remarks: list[Segment] = []
        count = pdfium.FPDFPage_GetAnnotCount(page)
        if count > MOST:
            raise RefusedError(
                f"Page {number} holds {count:,} fields and notes; more than {MOST:,} are not read, so that one file cannot use up the machine.",
                hint="Print the document to a new PDF and give that instead.",
                code="pages.too-large",
            )
        for at in range(max(count, 0)):
            mark = pdfium.FPDFPage_GetAnnot(page, at)
            if not mark:
                self.doubts.broken_annotation(number)
                continue
            try:
                sort = pdfium.FPDFAnnot_GetSubtype(mark)
                if sort == pdfium.FPDF_ANNOT_UNKNOWN:
                    self.doubts.broken_annotation(number)
                elif pdfium.FPDFAnnot_GetFlags(mark) & HIDDEN:
                    continue
                elif sort == pdfium.FPDF_ANNOT_WIDGET and self._form:
                    values += self._lines(mark, marks.printed(self._value(mark), number), "form", shape, number)
                elif sort in _REMARKS:
                    words = _string(mark, b"Contents") or (_string(mark, b"Name") if sort == pdfium.FPDF_ANNOT_STAMP else "")
                    remarks += self._lines(mark, marks.printed(words, number), _REMARKS[sort], shape, number)
            finally:
                pdfium.FPDFPage_CloseAnnot(mark)
        remarks += [s for rect, words in self._signed.get(number, ()) for s in self._placed(marks.printed(words, number), rect, "signature", shape)]
        return values, sorted(remarks, key=lambda s: (s.box[1], s.box[0]))

    def _value(self, mark: Any) -> str:
        sort = pdfium.FPDFAnnot_GetFormFieldType(self._form, mark)
        if sort in _TICKS:
            state = _string(mark, b"AS")  # the look that is shown; "Off" by the standard where it is not ticked
            return "☒" if (state and state != "Off") or (not state and pdfium.FPDFAnnot_IsChecked(self._form, mark)) else "☐"
        if sort not in _TEXTS:
            return ""
        length = pdfium.FPDFAnnot_GetFormFieldValue(self._form, mark, None, 0)
        if length <= 2:
            return ""
        buffer = (ctypes.c_ushort * (length // 2 + 1))()
        pdfium.FPDFAnnot_GetFormFieldValue(self._form, mark, buffer, length)
        return bytes(buffer)[: length - 2].decode("utf-16-le", "replace")

    def _lines(self, mark: Any, text: str, hint: str, shape: Frame, number: int) -> list[Segment]:
        """The lines of a text in its box, which is shared out evenly among them; words are placed as wide as their letters allow."""
        lines = [line.strip() for line in re.split(r"\r\n?|\n", text) if line.strip()]
        if not lines:
            return []
        rect = pdfium.FS_RECTF()
        if not pdfium.FPDFAnnot_GetRect(mark, rect) or not all(
            -1e5 < edge < 1e5 for edge in (rect.left, rect.bottom, rect.right, rect.top)
        ):
            self.doubts.broken_annotation(number)
            box: Box = (0.0, 0.0, 0.0, 0.0)
        else:
            box = shape.box(min(rect.left, rect.right), min(rect.bottom, rect.top), max(rect.left, rect.right), max(rect.bottom, rect.top))
        return _shared(lines, box, _style(mark, (box[3] - box[1]) / len(lines)), hint, shape)

    def _placed(self, words: str, rect: Box, hint: str, shape: Frame) -> list[Segment]:
        return _shared([words], shape.box(*rect), Style(size_pt=SIZE_PT), hint, shape)


def _shared(lines: list[str], box: Box, style: Style, hint: str, shape: Frame) -> list[Segment]:
    """The lines, each with its share of the box, as far as it lies on the page."""
    x0, x1 = (min(max(edge, 0.0), shape.width) for edge in (box[0], box[2]))
    y0, y1 = (min(max(edge, 0.0), shape.height) for edge in (box[1], box[3]))
    high = (y1 - y0) / len(lines)
    return [_segment(line, (x0, y0 + high * at, x1, y0 + high * (at + 1)), style, hint) for at, line in enumerate(lines)]


def ticks(squares: Iterable[tuple[Box, bool]]) -> list[Segment]:
    """Drawn check boxes as form values, on pages where at least one is ticked: else a small square may be any ornament."""
    found = list(squares)
    if not any(ticked for _, ticked in found):
        return []
    return [_segment("☒" if ticked else "☐", box, Style(size_pt=round(box[3] - box[1], 2)), "form") for box, ticked in found]


def _segment(line: str, box: Box, style: Style, hint: str) -> Segment:
    width = min((box[2] - box[0]) / max(len(line), 1), 0.5 * style.size_pt)
    words = [
        Word(box[0] + width * m.start(), box[1], box[0] + width * m.end(), box[3], m[0], style, 4 * m.start(), 4 * m.start() + 1)
        for m in re.finditer(r"\S+", line)
    ]
    segment = boxed(words)
    segment.box, segment.hint = box, hint
    return segment


def _style(mark: Any, high: float) -> Style:
    """Colour and size as the annotation states them; black where it does not."""
    look = _string(mark, b"DA")
    size = _SIZE.search(look)
    points = float(size[1]) if size and size[1].count(".") < 2 and size[1] != "." else 0.0
    points = points if 2 <= points <= 200 else min(SIZE_PT, max(high, 4.0))
    parts = [ctypes.c_uint() for _ in range(4)]
    ink, grey = _INK.search(look), _GREY.search(look)
    if ink:
        levels = [_level(part) for part in ink.groups()]
    elif grey:
        levels = [_level(grey[1])] * 3
    elif pdfium.FPDFAnnot_GetColor(mark, pdfium.FPDFANNOT_COLORTYPE_Color, *parts):
        levels = [part.value for part in parts[:3]]
    else:
        levels = [0, 0, 0]
    return Style("", round(points, 2), False, False, levels[0] << 16 | levels[1] << 8 | levels[2], 0.0)


def _level(part: str) -> int:
    return min(max(round(float(part) * 255), 0), 255) if part.count(".") < 2 and part != "." else 0


def _string(mark: Any, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(mark, key, None, 0)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(mark, key, buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace")


def merged(placed: list[list[Segment]], values: list[Segment]) -> list[list[Segment]]:
    """The rows with each form value put on the printed row at its side, or on a row of its own."""
    if not values:
        return placed
    result = [list(row) for row in placed]
    own: list[list[Segment]] = []
    for value in sorted(values, key=lambda v: (v.box[1] + v.box[3], v.box[0])):
        mid = (value.box[1] + value.box[3]) / 2
        nearest = min([*result, *own], key=lambda row: abs(_middle(row) - mid), default=None)
        if nearest is not None and _beside(value, nearest, mid):
            nearest.append(value)
            nearest.sort(key=lambda s: s.box[0])
        else:
            own.append([value])
    return sorted([*result, *own], key=_middle)


def _beside(value: Segment, row: list[Segment], mid: float) -> bool:
    """Whether a value stands on a printed row: at its height, and neither above nor below words of it."""
    high = min(row[0].box[3] - row[0].box[1], max(value.box[3] - value.box[1], 6.0))
    words = value.words[0].x0, value.words[-1].x1
    return abs(_middle(row) - mid) < 0.6 * high and all(words[1] <= s.box[0] + 1 or s.box[2] <= words[0] + 1 for s in row)


def _middle(row: list[Segment]) -> float:
    box = row[0].box
    return (box[1] + box[3]) / 2
