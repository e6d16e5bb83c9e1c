"""The fonts of a PDF and the few looks in which its text objects are set."""

from __future__ import annotations

import ctypes
import math
import re
from typing import Any

import pypdfium2.raw as pdfium
from msgspec import Struct, field

from lineage.model import Style

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_HEAVY = re.compile(r"bold|black|heavy|semibold|demi(?!light)", re.I)
_SLANTED = re.compile(r"italic|oblique|slanted", re.I)
FORCED_BOLD = 1 << 18  # font descriptor flag ForceBold
ITALIC = 1 << 6

# What tells the style of a text object: quarter turns of the page, font, size, matrix without the place, colour; each of the two after whether it was given.
Look = tuple[int, int, float, int, tuple[float, float, float, float], int, tuple[int, int, int]]


def plain(name: str, *arguments: Any, result: Any = ctypes.c_int) -> Any:
    """A pdfium call with plain numbers for pointers. These calls are made for every word or text object, and to make a pointer object for
    each, or to give up the interpreter's lock in each, would cost more than the call itself. Without the sorts of its arguments it takes half the time: then whole
    numbers go in as C ints, so pointers must be references or pointer objects."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0)


class Pad:
    """Memory that pdfium writes into. It is made once for a document and grows as its pages need."""

    def __init__(self) -> None:
        self._memory = ctypes.create_string_buffer(0)
        self._slots: dict[tuple[int, int], list[Any]] = {}

    def room(self, size: int) -> Any:
        """At least so many bytes; what was written before may be gone."""
        if size > len(self._memory):
            self._memory = ctypes.create_string_buffer(2 * size)
            self._slots.clear()
        return self._memory

    def slots(self, size: int, count: int, part: int = 0) -> list[Any]:
        """References to at least ``count`` places of so many bytes, each to the same part of its place. They are kept: to make one takes as long as a call that fills it."""
        memory = self.room(size * count)
        if (size, part) not in self._slots:
            self._slots[size, part] = [ctypes.byref(memory, at + part) for at in range(0, len(memory) - size + 1, size)]
        return self._slots[size, part]

    def read(self, size: int) -> bytes:
        """The first bytes."""
        return ctypes.string_at(self._memory, size)


class Fonts(Struct):
    """What is known of the fonts of one document, by pdfium's pointer to them, and the memory shared by its pages."""

    seen: dict[int, tuple[str, bool, bool]] = field(default_factory=dict)
    styles: dict[tuple[int, float, int, float], Style] = field(default_factory=dict)
    looks: dict[Look, Style] = field(default_factory=dict)
    pad: Pad = field(default_factory=Pad)

    def style(self, look: Look) -> Style:
        """The style of a look; made once for each."""
        found = self.looks.get(look)
        if found is None:
            found = self.looks[look] = self._style(look)
        return found

    def _style(self, look: Look) -> Style:
        turn, font, points, turned, (a, b, c, d), inked, (red, green, blue) = look
        angle, scale = 0.0, 1.0
        if turned:
            scale = math.hypot(c, d)
            if b or a <= 0 or turn:
                angle = round((math.degrees(math.atan2(-b, a)) + 90 * turn) % 360, 1)
                angle = 0.0 if angle < 1 or angle > 359 else angle
        size, colour = round(points * scale, 2), red << 16 | green << 8 | blue if inked else 0
        if (font, size, colour, angle) not in self.styles:
            name, heavy, slanted = self.of(font)
            self.styles[font, size, colour, angle] = Style(name, size, heavy, slanted, colour, angle)
        return self.styles[font, size, colour, angle]

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
