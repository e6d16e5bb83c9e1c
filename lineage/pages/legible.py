"""Which pages are read as pictures: those without text, with a picture and hardly a word, and those whose text layer is no text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lineage import guard
from lineage.guard import Limits
from lineage.pages import engine, scans
from lineage.pages.ahead import Ahead
from lineage.pages.glyphs import Frame
from lineage.pages.strips import Strip, Word, strips
from lineage.pages.tables import Drawn

if TYPE_CHECKING:
    from lineage.pages.doubts import Doubts

COVERED = 0.5  # of the page under one picture
LONG_WORD = 11  # letters; English has five on average
FEW_WORDS = 30  # on a page under a picture: a number stamped on a scan, a head set over it
_ODD = re.compile("[\ufffd\ue000-\uf8ff]")
_LATIN = re.compile(r"[A-Za-z]{3,}")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
# Of these words every page of prose is full, and nearly every list has some. A page in another tongue is no garbage; Spanish forms are met.
_COMMON = frozenset(
    ["the", "of", "and", "to", "in", "for", "is", "be", "or", "by", "that", "on", "with", "shall", "will", "as", "this", "any", "from", "are", "not", "all", "an", "at", "it", "may", "if", "no", "order", "orders", "policy", "section", "department", "officer", "date", "page", "de", "la", "que", "el", "en", "los", "del", "las", "por", "con", "una", "para"]
)


class Layer:
    """The words of a page as one text, and those of them that are words of Latin letters."""

    def __init__(self, words: list[Word]) -> None:
        self.strings = [word[4] for word in words]
        self.text = " ".join(self.strings)
        self.latin = _LATIN.findall(self.text)

    def is_garbage(self, unmapped: int) -> bool:
        """Whether it is no text: marks without Unicode, words without vowels, letters strewn apart, or words that are none."""
        strings, text, latin = self.strings, self.text, self.latin
        odd = 0 if text.isascii() else len(_ODD.findall(text))
        if (odd >= 5 and odd * 20 > len(text)) or (unmapped >= 3 and odd):
            return True
        if len(strings) >= 80 and len([one for one in strings if len(one) == 1 and one.isalpha()]) * 10 > len(strings) * 6:
            return True
        # Ordinary words have a vowel in every third letter; only a page with few is looked at word by word.
        few = sum(map(text.count, "aeiouyAEIOUY")) * 5 < len(text)
        if few and len(latin) >= 60 and sum(1 for word in latin if _VOWEL.search(word)) * 10 < len(latin) * 6:
            return True
        if len(latin) < 80 or text.count(" the ") * 50 >= len(latin):  # on nearly every page of prose that one word is enough
            return False
        return sum(map(_COMMON.__contains__, " ".join(latin).lower().split())) * 50 < len(latin)

    def is_merged(self) -> bool:
        """Whether its words are run together."""
        return len(self.latin) >= 30 and sum(map(len, self.latin)) > LONG_WORD * len(self.latin)


def is_garbage(words: list[Word], unmapped: int) -> bool:
    """Whether a text layer is no text."""
    return Layer(words).is_garbage(unmapped)


class Pictures:
    """Reads the pages of one document as pictures where they have to be, as long as the limits allow."""

    def __init__(self, limits: Limits, doubts: Doubts, ahead: Ahead) -> None:
        self.limits, self.doubts, self.ahead, self.read = limits, doubts, ahead, 0

    def strips(self, page: Any, number: int, shape: Frame, found: list[Strip], drawn: Drawn, unmapped: int) -> tuple[list[Strip], scans.Scan]:
        """The words of the page, from its text layer or its picture, and the scan where there is one."""
        words = [word for strip in found for word in strip.words]
        layer = Layer(words)
        kept, scan = self._read(page, number, shape, words, drawn, garbage=layer.is_garbage(unmapped))
        if (layer if kept is words else Layer(kept)).is_merged():
            self.doubts.merged.append(number)
        return found if kept is words else strips(kept), scan

    def _read(self, page: Any, number: int, shape: Frame, words: list[Word], drawn: Drawn, *, garbage: bool) -> tuple[list[Word], scans.Scan]:
        bare = not words and drawn.images > 0
        covered = drawn.covered >= COVERED and len(words) < FEW_WORDS
        if not (garbage or bare or covered) or not self._may(drawn):
            if garbage:
                self.doubts.garbled.append(number)
            return words, scans.Scan()
        self.read += 1
        guard.more(self.limits.max_ocr_seconds)
        self.ahead.rest()
        scan = scans.read(page, shape)
        if garbage:
            # A page of which nothing can be read either way keeps its layer, and the doubt.
            if not scan.words:
                self.doubts.garbled.append(number)
            return scan.words or words, scan
        return [*words, *(word for word in scan.words if not any(_on(word, other) for other in words))], scan

    def _may(self, drawn: Drawn) -> bool:
        return engine.available() and self.read < self.limits.max_ocr_pages and drawn.pixels <= self.limits.max_picture_pixels


def _on(word: Word, other: Word) -> bool:
    """Whether the middle of a word lies in another's box: the one was read from the picture of the other."""
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return other.x0 - 1 <= x <= other.x1 + 1 and other.y0 - 1 <= y <= other.y1 + 1
