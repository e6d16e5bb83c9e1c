"""The names of WordprocessingML (ECMA-376, part 1), and the few look-ups that all who read it share."""

from __future__ import annotations

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VAL = W + "val"
_OFF = ("0", "false", "off", "none")
TWIPS = 20.0  # in a point


def value(element: Any, tag: str) -> str | None:
    """The ``w:val`` of the child with this name; None where there is no such child."""
    child = None if element is None else element.find(W + tag)
    return None if child is None else child.get(VAL, "")


def switch(element: Any, tag: str) -> bool | None:
    """Whether the child with this name switches something on; None where it says nothing."""
    said = value(element, tag)
    return None if said is None else said.lower() not in _OFF


def whole(said: str | None, otherwise: int = 0) -> int:
    """The number that a value is; ``otherwise`` where it is none."""
    text = (said or "").strip()
    return int(text) if text.lstrip("-").isascii() and text.lstrip("-").isdigit() and len(text) < 10 else otherwise


def points(said: str | None) -> float | None:
    """A length in twentieths of a point as points, at most a page's; None where it is no length."""
    try:
        return max(-2000.0, min(float(said or ""), 40_000.0)) / TWIPS
    except ValueError:
        return None


def words_of(element: Any) -> str:
    """All words in an element, shown or deleted, on one line."""
    return " ".join("".join(part.text or "" for part in element.iter(W + "t", W + "delText")).split())
