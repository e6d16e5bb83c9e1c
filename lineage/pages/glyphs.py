"""The words of a PDF page: each with its box, style and place in the page's character stream.

Speed decides the shape of this module: one call for all the text of a page, then three calls a word (its text object, and the boxes of its first
and last character) and a few for every text object, each kind of call for a whole page at once. Only a word made of several text objects is looked
at character by character.
"""

from __future__ import annotations

import ctypes
import re
import struct
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, repeat
from operator import le
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
from msgspec import Struct

from lineage.model import Box, Style
from lineage.pages.fonts import Fonts, plain
from lineage.pages.marks import HYPHEN, Marks, bullet, is_symbols
from lineage.pages.strips import Strip, Word, strips

# A word ends at a blank, and after the mark of a broken word: pdfium joins it with the rest, which stands on the next line.
_WORD = re.compile(r"([^\s\x00-\x1f]+\x02?|\x02)")
_ODD = re.compile("[\ufffd\ue000-\uf8ff]")


_owner = plain("FPDFText_GetTextObject", result=ctypes.c_size_t)
_loose = plain("FPDFText_GetLooseCharBox")
_matrix = plain("FPDFText_GetMatrix")
_colour = plain("FPDFText_GetFillColor")
_size = plain("FPDFText_GetFontSize", result=ctypes.c_double)
_unmapped = plain("FPDFText_HasUnicodeMapError")
_text = plain("FPDFText_GetText")
_font = plain("FPDFTextObj_GetFont", ctypes.c_void_p, result=ctypes.c_size_t)
_word = tuple.__new__  # half the time of calling the class, for every word of every page
_BOX, _TURN, _INK = 16, 24, 16  # bytes of FS_RECTF, of FS_MATRIX, and of four parts of a colour
_turns, _inks = struct.Struct("4f8x").iter_unpack, struct.Struct("3I4x").iter_unpack  # without the place, without the opacity


class Frame(Struct):
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


class _Cut(NamedTuple):
    """The words of a page, not yet placed, and edges in the page's own space: left, upper and lower of the first character of each, right and lower of its last.
    They stand in columns, because most of what is asked of them is asked of many at once."""

    texts: list[str]
    starts: list[int]
    lasts: list[int]
    untils: list[int]
    lefts: Sequence[float]
    highs: Sequence[float]
    lows: Sequence[float]
    rights: Sequence[float]
    ends: Sequence[float]
    rising: bool  # whether no word ends left of where it begins


class _Run(NamedTuple):
    """Words of one text object, from ``begin`` to ``end``: ``level`` where its first box tells the height of all, ``even`` where nothing about them calls for a second
    look."""

    y0: float
    y1: float
    style: Style
    begin: int
    end: int
    level: bool
    even: bool


def _words(cut: _Cut, run: _Run) -> Iterator[Word]:
    """The words of an even run. That is nearly all: level text on a page as it was made. The characters of an object share a height, so its first box tells that of all, and
    a word needs the left edge of its first and the right edge of its last character."""
    y0, y1, style, begin, end, _, _ = run
    part = slice(begin, end)
    columns = (cut.lefts[part], repeat(y0), cut.rights[part], repeat(y1), cut.texts[part], repeat(style), cut.starts[part], cut.untils[part])
    return map(_word, repeat(Word), zip(*columns, strict=False))


class Reader:
    """Reads the words of one page's text."""

    def __init__(self, text_page: Any, frame: Frame, fonts: Fonts, marks: Marks, number: int) -> None:
        self.page, self.frame, self.fonts, self.marks, self.number = text_page, frame, fonts, marks, number
        self.count: int = max(pdfium.FPDFText_CountChars(text_page), 0)
        self.unmapped = 0  # text objects whose first character has no Unicode, where the page has odd characters
        self._clean, self._odd = False, False
        self._styles: dict[int, Style] = {}
        self._parts: list[_Run | list[Word]] = []  # even runs, and the words of others
        self._found: _Cut
        self._handle = ctypes.cast(text_page, ctypes.c_void_p)

    def stream(self) -> str:
        """All characters of the page, one for each of pdfium's."""
        if not self.count:
            return ""
        got = _text(self._handle, 0, self.count, self.fonts.pad.room(4 * self.count + 4))
        text = self.fonts.pad.read(2 * max(got - 1, 0)).decode("utf-16-le", "replace")
        if len(text) == self.count:
            return text.replace("\ufffe", HYPHEN)  # what pdfium calls U+0002 by itself it writes as U+FFFE into text
        # pdfium leaves characters without Unicode out of the text but counts them: then each is asked for, so that places keep their
        # meaning.
        codes = (pdfium.FPDFText_GetUnicode(self.page, at) for at in range(self.count))
        return "".join("\ufffd" if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code) for code in codes)

    def ask(self) -> None:
        """Asks pdfium for all that has to be known of the words."""
        stream = self.stream()
        self._clean = not self.marks.any(stream)
        self._odd = not stream.isascii() and _ODD.search(stream) is not None
        self._found, owners = self._cut(stream)
        cut, parts = self._found, self._parts
        begin = 0
        # Text objects lie in the stream one after the other, each with half a dozen words: only the last of them may go on in the next.
        for owner, group in groupby(owners):
            end = begin + len(list(group))
            style = self._styles.get(owner) or self._style(cut.starts[begin], owner)
            split = cut.starts[end - 1] < cut.lasts[end - 1] and _owner(self._handle, cut.lasts[end - 1]) != owner
            run = self._run(cut, begin, end - split, style)
            if run.even:
                parts.append(run)
            else:
                parts.append(self._each(cut, run))
            if split:
                parts.append(self._split(cut.texts[end - 1], cut.starts[end - 1]))
            begin = end

    def strips(self) -> list[Strip]:
        """The words in the order of the character stream, after ``ask``: pdfium is not asked any more, and may do other work."""
        cut, left = self._found, self.frame.left
        if left:
            cut = cut._replace(lefts=[x - left for x in cut.lefts], rights=[x - left for x in cut.rights])
        found: list[Strip] = []
        for part in self._parts:
            if isinstance(part, list):
                found += strips(part)
                continue
            y0, y1, style, begin, end, _, _ = part
            if found and found[-1][:3] == (y0, y1, style):
                found[-1].words.extend(_words(cut, part))
            elif begin < end:
                found.append(Strip(y0, y1, style, list(_words(cut, part))))
        return found

    def _cut(self, stream: str) -> tuple[_Cut, list[int]]:
        """The words of a stream, and the text object in which each begins."""
        parts = _WORD.split(stream)  # what stands between, and words, in turn
        places = list(accumulate(map(len, parts)))
        starts, untils = places[0:-1:2], places[1::2]
        lasts = [until - 1 for until in untils]
        owners = list(map(_owner, repeat(self._handle), starts))
        self._meet(owners, starts)
        firsts, ends = self._boxes(starts), self._boxes(lasts)
        edges = (firsts[0::4], firsts[1::4], firsts[3::4], ends[2::4], ends[3::4])
        lefts, highs, lows, rights, lower = (edge.tolist() for edge in edges)
        return _Cut(parts[1::2], starts, lasts, untils, lefts, highs, lows, rights, lower, all(map(le, lefts, rights))), owners

    def _run(self, cut: _Cut, begin: int, end: int, style: Style) -> _Run:
        """The words of one text object, and whether they are even."""
        top = self.frame.bottom + self.frame.height
        y0, y1, low = top - cut.highs[begin], top - cut.lows[begin], cut.lows[begin]
        level = self.frame.turn == 0 and style.angle == 0.0 and 0 < y1 - y0 < 4 * style.size_pt + 4
        # The last box must be of the same row: an object may hold more than one.
        even = level and self._clean and cut.rising and cut.ends[begin:end].count(low) == end - begin and not is_symbols(style.font)
        return _Run(y0, y1, style, begin, end, level, even)

    def _each(self, cut: _Cut, run: _Run) -> list[Word]:
        """The words of one run, each looked at by itself."""
        found: list[Word] = []
        left, top, y0, y1, style = self.frame.left, self.frame.bottom + self.frame.height, run.y0, run.y1, run.style
        for at in range(run.begin, run.end):
            text, start, last, x0, x1 = cut.texts[at], cut.starts[at], cut.lasts[at], cut.lefts[at], cut.rights[at]
            if run.level and x0 <= x1 and -0.01 < top - cut.ends[at] - y1 < 0.01 and (self._clean or not self.marks.any(text)):
                found.append(Word(x0 - left, y0, x1 - left, y1, text if start < last else bullet(text, style.font), style, start, last + 1))
            else:
                self._add(found, text, start, last + 1, style)
        return found

    def _meet(self, owners: list[int], starts: list[int]) -> None:
        """Notes the style of every text object that begins a word, asked for where it is met first."""
        met = dict(zip(reversed(owners), reversed(starts), strict=True))
        met.pop(0, None)
        self._styles = dict(zip(met, self._asked(list(met.values()), list(met)), strict=True))

    def _boxes(self, places: list[int]) -> memoryview[float]:
        """The loose boxes of characters: left, top, right, bottom of each, in the page's own space; nothing but noughts where one cannot be had."""
        size, slots = _BOX * len(places), self.fonts.pad.slots(_BOX, len(places))
        got = all(map(_loose, repeat(self._handle), places, slots))
        return memoryview(self.fonts.pad.read(size) if got else bytes(size)).cast("f")

    def _split(self, text: str, at: int) -> list[Word]:
        """A word of several text objects: cut where angle, colour or size changes, or where the next object stands elsewhere."""
        found: list[Word] = []
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
        return found

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
        if style.angle == 0:
            x0, top, x1, y0 = self._boxes([at])
            box = self.frame.box(x0, y0, x1, top)
            if 0 < box[3] - box[1] < 4 * style.size_pt + 4:
                return box
        edges = [ctypes.c_double() for _ in range(4)]
        if not pdfium.FPDFText_GetCharBox(self.page, at, *edges):
            return (0.0, 0.0, 0.0, 0.0)
        left, right, bottom, top = (edge.value for edge in edges)
        return self.frame.box(left, bottom, right, top)

    def _style(self, at: int, owner: int) -> Style:
        """The style of one text object, asked for at this character."""
        (style,) = self._asked([at], [owner])
        if owner:
            self._styles[owner] = style
        return style

    def _asked(self, places: list[int], owners: list[int]) -> list[Style]:
        """The styles of text objects, each asked for at one of its characters. Their looks are few, so a style is made once for each."""
        pad, pages, count = self.fonts.pad, repeat(self._handle), len(places)
        turned = list(map(_matrix, pages, places, pad.slots(_TURN, count)))
        turns = _turns(pad.read(_TURN * count))
        inked = list(map(_colour, pages, places, *(pad.slots(_INK, count, part) for part in (0, 4, 8, 12))))
        inks = _inks(pad.read(_INK * count))
        if self._odd:
            self.unmapped += list(map(_unmapped, pages, places)).count(1)
        looks = zip(repeat(self.frame.turn), map(_font, owners), map(_size, pages, places), turned, turns, inked, inks, strict=False)
        return list(map(self.fonts.style, looks))
