"""Pieces of SVG as text: elements, escaped words, widths of words, colours. Lengths are pixels."""

from __future__ import annotations

import re
import unicodedata
from xml.sax.saxutils import escape, quoteattr

FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
INK, MUTED, GRID, STRIPE, BAR, PALE = "#1b2430", "#5a6472", "#d5dae1", "#f5f7f9", "#44546a", "#e4e9f0"

# What XML 1.0 cannot hold at all, not even escaped; a text layer may have it.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, inner: str = "", **attributes: str | float | None) -> str:
    """An element; ``_`` in the name of an attribute is ``-``, a trailing one is dropped, and None leaves the attribute out."""
    given = "".join(f" {key.rstrip('_').replace('_', '-')}={quoteattr(_value(v))}" for key, v in attributes.items() if v is not None)
    return f"<{name}{given}>{inner}</{name}>" if inner else f"<{name}{given}/>"


def words(text: str) -> str:
    """Text made fit to stand in an element."""
    return escape(_clean(text))


def hover(text: str) -> str:
    """The title of the element it stands first in, which a browser shows under the pointer."""
    return f"<title>{words(text)}</title>"


def write(x: float, y: float, text: str, **attributes: str | float | None) -> str:
    """Words with their baseline at (x, y)."""
    return element("text", words(text), x=x, y=y, **attributes)


def width(text: str, size: float = 12, *, bold: bool = False) -> float:
    """About how wide the words are, a little more than in the usual sans-serif faces.

    >>> width("iii") < width("mmm"), round(width("3.48"))
    (True, 25)
    """
    return sum(_em(c) for c in text) * size * (1.08 if bold else 1.0)


def shorten(text: str, room: float, size: float = 12, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as the room holds, with an ellipsis.

    >>> shorten("Internet Usage", 200), shorten("Internet Usage", 60)
    ('Internet Usage', 'Internet…')
    """
    if width(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width(kept + "…", size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…" if kept else ""


def _em(c: str) -> float:
    if unicodedata.combining(c):
        return 0.0
    if unicodedata.east_asian_width(c) in "WF":
        return 1.0
    if c in "mwMW@%—…":
        return 1.0
    if c in " iljtfrI.,:;'|!()[]-":
        return 0.33
    return 0.72 if c.isupper() else 0.58


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)


def _value(value: str | float | None) -> str:
    # Two decimals are a hundredth of a pixel, and the same on every machine.
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else _clean(str(value))
