"""The words of a PDF page: each with its box, style and place in the page's character stream.

Speed decides the shape of this module: one call for all the text of a page, then about four calls a word (the text object and box of its
first and last
character) and a few for every new text object. Only a word made of several text objects is looked at character by character.
"""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from lineage.model import Box, Style
from lineage.pages.marks import HYPHEN, Marks, bullet

# A word ends at a blank, and after the mark of a broken word: pdfium joins it with the rest, which stands on the next line.
_WORD = re.compile(r"[^\s\x00-\x1f]+\x02?|\x02")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_HEAVY = re.compile(r"bold|black|heavy|semibold|demi(?!light)", re.I)
_SLANTED = re.compile(r"italic|oblique|slanted", re.I)
FORCED_BOLD = 1 << 18  # font descriptor flag ForceBold
ITALIC = 1 << 6


class Word(NamedTuple):
    """A word as printed. ``x0, y0, x1, y1`` are points from the top left of the page as shown; ``at`` and ``until`` its place in the
    character stream."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    style: Style
    at: int
    until: int


def _plain(name: str, *arguments: Any, result: Any = ctypes.c_int) -> Any:
    """A pdfium call with plain numbers for pointers. These calls are made for every word or text object, and to make a pointer object for
    each would cost more
    than the call itself."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0)


_AT = (ctypes.c_void_p, ctypes.c_int)
_owner = _plain("FPDFText_GetTextObject", *_AT, result=ctypes.c_size_t)
_loose = _plain("FPDFText_GetLooseCharBox", *_AT, ctypes.c_void_p)
_matrix = _plain("FPDFText_GetMatrix", *_AT, ctypes.c_void_p)
_colour = _plain("FPDFText_GetFillColor", *_AT, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
_size = _plain("FPDFText_GetFontSize", *_AT, result=ctypes.c_double)
_unmapped = _plain("FPDFText_HasUnicodeMapError", *_AT)
_font = _plain("FPDFTextObj_GetFont", ctypes.c_void_p, result=ctypes.c_size_t)
_word = tuple.__new__  # half the time of calling the class, for every word of every page


@dataclass(slots=True)
class Frame:
    """How the page's own coordinates become points from the top left of the page as it is shown (crop box and rotation)."""

    left: float
    bottom: float
    width: float  # as shown
    height: float
    turn: int  # quarter turns clockwise

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box of the page's own space (``y`` up) as shown."""
        x0, x1, y0, y1 = x0 - self.left, x1 - self.left, y0 - self.bottom, y1 - self.bottom
        if self.turn == 0:
            return (x0, self.height - y1, x1, self.height - y0)
        if self.turn == 1:
            return (y0, x0, y1, x1)
        if self.turn == 2:
            return (self.width - x1, y0, self.width - x0, y1)
        return (self.width - y1, self.height - x1, self.width - y0, self.height - x0)


def frame(page: Any) -> Frame:
    """The frame of a pdfium page."""
    rect = pdfium.FS_RECTF()
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if not pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(rect)):
        return Frame(0.0, 0.0, width, height, 0)
    return Frame(rect.left, rect.bottom, width, height, max(pdfium.FPDFPage_GetRotation(page), 0) % 4)


@dataclass(slots=True)
class Fonts:
    """What is known of the fonts of one document, by pdfium's pointer to them."""

    seen: dict[int, tuple[str, bool, bool]] = field(default_factory=dict)
    styles: dict[tuple[int, float, int, float], Style] = field(default_factory=dict)

    def of(self, key: int) -> tuple[str, bool, bool]:
        """Name without its subset mark, bold, italic: the name decides first, the weight second (it is wrong for fonts that are not
        embedded)."""
        if key not in self.seen:
            self.seen[key] = self._look(ctypes.cast(key, pdfium.FPDF_FONT) if key else None)
        return self.seen[key]

    @staticmethod
    def _look(font: Any) -> tuple[str, bool, bool]:
        buffer = ctypes.create_string_buffer(256)
        size = pdfium.FPDFFont_GetBaseFontName(font, buffer, 256) if font else 0
        name = _SUBSET.sub("", buffer.value.decode("utf-8", "replace")) if size else ""
        flags = pdfium.FPDFFont_GetFlags(font) if font else 0
        weight = pdfium.FPDFFont_GetWeight(font) if font else 0
        heavy = (
            bool(_HEAVY.search(name))
            or (flags > 0 and bool(flags & FORCED_BOLD))
            or ("," not in name and "-" not in name and weight >= 600)
        )
        return name, heavy, bool(_SLANTED.search(name)) or (flags > 0 and bool(flags & ITALIC))


class Reader:
    """Reads the words of one page's text. All buffers are made once for each page, so that a call costs no more than the call."""

    def __init__(self, text_page: Any, frame: Frame, fonts: Fonts, marks: Marks, number: int) -> None:
        self.page, self.frame, self.fonts, self.marks, self.number = text_page, frame, fonts, marks, number
        self.count: int = max(pdfium.FPDFText_CountChars(text_page), 0)
        self.unmapped = 0
        self._styles: dict[int, Style] = {}
        self._rect = pdfium.FS_RECTF()
        self._rect_at = ctypes.addressof(self._rect)
        self._turns = pdfium.FS_MATRIX()
        self._turns_at = ctypes.addressof(self._turns)
        self._ink = (ctypes.c_uint * 4)()
        self._ink_at = [ctypes.addressof(self._ink) + 4 * part for part in range(4)]
        self._handle = ctypes.cast(text_page, ctypes.c_void_p).value

    def stream(self) -> str:
        """All characters of the page, one for each of pdfium's."""
        if not self.count:
            return ""
        buffer = (ctypes.c_ushort * (2 * self.count + 2))()
        got = pdfium.FPDFText_GetText(self.page, 0, self.count, buffer)
        text = bytes(buffer)[: 2 * max(got - 1, 0)].decode("utf-16-le", "replace")
        if len(text) == self.count:
            return text.replace("\ufffe", HYPHEN)  # what pdfium calls U+0002 by itself it writes as U+FFFE into text
        # pdfium leaves characters without Unicode out of the text but counts them: then each is asked for, so that places keep their
        # meaning.
        codes = (pdfium.FPDFText_GetUnicode(self.page, at) for at in range(self.count))
        return "".join("\ufffd" if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code) for code in codes)

    def words(self) -> list[Word]:
        """The words in the order of the character stream."""
        found: list[Word] = []
        stream = self.stream()
        plain = not self.marks.any(stream)
        handle, styles, loose, rect, rect_at = self._handle, self._styles, _loose, self._rect, self._rect_at
        level, left, top = self.frame.turn == 0, self.frame.left, self.frame.bottom + self.frame.height
        spans = [match.span() for match in _WORD.finditer(stream)]
        owners = [_owner(handle, at) for at, _ in spans]
        owners.append(-1)
        y0 = y1 = 0.0
        current, style, quick = -1, None, False
        for n, (at, until) in enumerate(spans):
            first = owners[n]
            if first != current or style is None:
                current, style = first, styles.get(first) or self._style(at, first)
                # The common case: level text of one object on a page as it was made. Its characters share a height, so its first box tells
                # the height of all, and a word needs the left edge of its first and the right edge of its last character.
                quick = level and style.angle == 0.0 and loose(handle, at, rect_at) != 0
                y0, y1 = top - rect.top, top - rect.bottom
                quick = quick and 0 < y1 - y0 < 4 * style.size_pt + 4
            # Text objects lie in the stream one after the other: where the next word is of the same one, so is this word's end.
            if owners[n + 1] != first and until - at > 1 and _owner(handle, until - 1) != first:
                self._split(found, stream[at:until], at)
                current = -1
                continue
            text = stream[at:until]
            if quick and (plain or not self.marks.any(text)) and loose(handle, at, rect_at):
                x0 = rect.left - left
                if until - at > 1:
                    loose(handle, until - 1, rect_at)
                x1 = rect.right - left
                # The last box must be of the same row: an object may hold more than one.
                if x1 >= x0 and abs(top - rect.bottom - y1) < 0.01:
                    found.append(_word(Word, (x0, y0, x1, y1, bullet(text, style.font) if until - at == 1 else text, style, at, until)))
                    continue
            self._add(found, text, at, until, style)
        return found

    def _split(self, found: list[Word], text: str, at: int) -> None:
        """A word of several text objects: cut where angle, colour or size changes, or where the next object stands elsewhere."""
        begin, previous, style = 0, 0, None
        for offset in range(len(text)):
            owner = _owner(self._handle, at + offset)
            if owner == previous:
                continue
            new = self._styles.get(owner) or self._style(at + offset, owner)
            if style is not None and offset > begin and self._apart(style, new, at + offset):
                self._add(found, text[begin:offset], at + begin, at + offset, style)
                begin, style = offset, new
            style, previous = style or new, owner
        if style is not None:
            self._add(found, text[begin:], at + begin, at + len(text), style)

    def _apart(self, style: Style, new: Style, at: int) -> bool:
        if abs(style.angle - new.angle) > 2 or style.colour != new.colour or abs(style.size_pt - new.size_pt) > 0.3 * max(style.size_pt, 1):
            return True
        before, after = self._box(at - 1, style), self._box(at, new)
        gap = after[0] - before[2]
        return style.angle == 0 and (
            gap > 0.3 * style.size_pt or gap < -style.size_pt or abs(after[3] - before[3]) > 0.6 * max(style.size_pt, 1)
        )

    def _add(self, found: list[Word], raw: str, at: int, until: int, style: Style) -> None:
        text = self.marks.printed(raw, self.number).strip()
        if len(text) == 1:
            text = bullet(text, style.font)
        if not text:
            return
        x0, y0, x1, y1 = self._box(at, style)
        if until - at > 1 and style.angle == 0:
            _, top, x1, bottom = self._box(until - 1, style)
            y0, y1 = min(y0, top), max(y1, bottom)
        elif until - at > 1:
            for place in range(at + 1, until):
                a0, b0, a1, b1 = self._box(place, style)
                x0, y0, x1, y1 = min(x0, a0), min(y0, b0), max(x1, a1), max(y1, b1)
        if x1 < x0:
            x0, x1 = x1, x0
        found.append(Word(x0, y0, x1, y1, text, style, at, until))

    def _box(self, at: int, style: Style) -> Box:
        """The loose box of a level character (as high as its font, so that a row's words agree); the tight one of a turned character."""
        rect = self._rect
        if style.angle == 0 and _loose(self._handle, at, self._rect_at):
            box = self.frame.box(rect.left, rect.bottom, rect.right, rect.top)
            if 0 < box[3] - box[1] < 4 * style.size_pt + 4:
                return box
        edges = [ctypes.c_double() for _ in range(4)]
        if not pdfium.FPDFText_GetCharBox(self.page, at, *edges):
            return (0.0, 0.0, 0.0, 0.0)
        left, right, bottom, top = (edge.value for edge in edges)
        return self.frame.box(left, bottom, right, top)

    def _style(self, at: int, owner: int) -> Style:
        """The style of a text object, asked for at its first character."""
        handle, matrix, ink = self._handle, self._turns, self._ink
        key = _font(owner) if owner else 0
        angle, scale = 0.0, 1.0
        if _matrix(handle, at, self._turns_at):
            scale = math.hypot(matrix.c, matrix.d)
            if matrix.b or matrix.a <= 0 or self.frame.turn:
                angle = round((math.degrees(math.atan2(-matrix.b, matrix.a)) + 90 * self.frame.turn) % 360, 1)
                angle = 0.0 if angle < 1 or angle > 359 else angle
        size = round(_size(handle, at) * scale, 2)
        colour = ink[0] << 16 | ink[1] << 8 | ink[2] if _colour(handle, at, *self._ink_at) else 0
        style = self.fonts.styles.get((key, size, colour, angle))
        if style is None:
            style = self.fonts.styles[(key, size, colour, angle)] = Style(*self._named(key, size, colour, angle))
        if _unmapped(handle, at) == 1:
            self.unmapped += 1
        if owner:
            self._styles[owner] = style
        return style

    def _named(self, key: int, size: float, colour: int, angle: float) -> tuple[str, float, bool, bool, int, float]:
        name, heavy, slanted = self.fonts.of(key)
        return (name, size, heavy, slanted, colour, angle)
