"""How wide a page at the terminal is, and how its words are coloured."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

WIDTH = 130


class Ink(Struct, frozen=True):
    """How words are coloured: by name of what they are. The default colours nothing."""

    paint: Callable[[str, str], str] = lambda words, style: words

    def __call__(self, words: str, style: str) -> str:
        return self.paint(words, style)
