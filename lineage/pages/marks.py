"""Marks that are no printed character: control characters, soft hyphens, private-use bullets. Each is turned into what is printed there,
and counted."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct, field

from lineage.model import Finding

HYPHEN = "\x02"  # PDF readers put it where a word is broken at a line end

# Control characters that are not blanks, and code points that are no characters.
_CONTROL = {*range(9), *range(14, 28), 27, 28, 29, 30, 31, *range(0x7F, 0x85), *range(0x86, 0xA0), 0xFFFE, 0xFFFF}
# Marks of direction have no width either, and with them words can be shown in another order than they are written.
_NOTHING = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_TABLE: dict[int, str | None] = {**dict.fromkeys(_CONTROL, " "), 2: "-", 0x1F: "-", 0xAD: "-", **_NOTHING}
_MARKS = re.compile("[" + "".join(re.escape(chr(c)) for c in _TABLE) + "]")

# Wingdings and Symbol have no Unicode of their own: their codes stand at U+F000. Bullets of whatever shape are "•", boxes keep their state.
_BULLETS = dict.fromkeys(
    (0xB7, 0xA7, 0x6C, 0x6E, 0x6D, 0x75, 0x76, 0x77, 0x9F, 0x9E, 0xD8, 0xD2, 0xD6, 0xE0, 0xE8, 0xF0, 0xA0, 0xA1, 0xA4, 0x46), "•"
)
_BOXES = {0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0xA8: "☐", 0x78: "☒", 0xFD: "☒", 0xFE: "☑", 0xFC: "✓", 0xFB: "✗"}
PRIVATE = {0xF000 + code: glyph for code, glyph in {**_BULLETS, **_BOXES}.items()}
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_PLAIN = {**_BULLETS, **_BOXES}


class Marks(Struct):
    """Counts the marks of one item: how many, and the first page that has one."""

    count: int = 0
    first_page: int = 0
    kinds: set[str] = field(default_factory=set)

    @staticmethod
    def any(text: str) -> bool:
        """Whether ``printed`` would change anything but the ends of lines."""
        return (not text.isascii() and bool(_PRIVATE.search(text))) or bool(_MARKS.search(text))

    def printed(self, text: str, page: int) -> str:
        """The text with every mark turned into what is printed: a hyphen for a broken word, a blank for a control character, nothing for
        what has no width."""
        if text.isascii() and text.isprintable():
            return text
        found = _MARKS.findall(text)
        if found:
            self.count += len(found)
            self.first_page = self.first_page or page
            self.kinds.update(f"U+{ord(mark):04X}" for mark in found)
            text = text.translate(_TABLE)
        return text.translate(PRIVATE) if _PRIVATE.search(text) else text

    def findings(self) -> tuple[Finding, ...]:
        """One note on all of them, or nothing."""
        if not self.count:
            return ()
        which = ", ".join(sorted(self.kinds))
        return (
            Finding(
                "text.control-marks",
                "note",
                f"{self.count} marks that are no printed character ({which}) stand in the text, first on page {self.first_page}; "
                "a broken word shows a hyphen there, "
                "any other a blank or nothing. Quotes from these places differ from the file by that.",
            ),
        )


def bullet(glyph: str, font: str) -> str:
    """The printed glyph of a character in a symbol font whose code was read as a letter ("§" in Wingdings is a square bullet)."""
    name = font.lower()
    if "wingdings" in name or ("symbol" in name and glyph in "·§"):
        return _PLAIN.get(ord(glyph), glyph) if ord(glyph) < 256 else glyph
    return glyph


@cache
def is_symbols(font: str) -> bool:
    """Whether :func:`bullet` reads any character of this font otherwise."""
    return "wingdings" in font.lower() or "symbol" in font.lower()
