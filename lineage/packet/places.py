"""Where the words stand that something rests on: in which copy, on which page, with a picture of the page on which the place is marked, or, where a file has no pages of its own, with the words around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from lineage.errors import LineageError
from lineage.model import Box, Evidence, bytes_of
from lineage.packet.copies import TrueCopy
from lineage.rendering import facsimile

if TYPE_CHECKING:
    from lineage.library import Library

Json = dict[str, Any]
AROUND = 240  # characters of a text on each side of a quote
FOLDER = "pages"


class Places:
    """The places of one packet. What is asked of it is kept, so that in the end each page that is needed is drawn once, with all its marks."""

    def __init__(self, library: Library, copies: Mapping[str, TrueCopy], head: str) -> None:
        """``head`` is what stands above each picture of a page, before its number."""
        self.library = library
        self.head = head
        self.copies = copies
        self._marks: dict[tuple[str, int], set[Box]] = defaultdict(set)
        self._drawn_from: dict[tuple[str, int], str] = {}
        self._text = cache(self._read)

    def of(self, evidence: Sequence[Evidence]) -> list[Json]:
        """Each place, in its order, as values of JSON: ``copy`` and ``file`` (or that it is not enclosed), ``page``, ``quote``, the ``picture`` of its page, or the words ``before`` and ``after`` it."""
        return [self._one(one) for one in dict.fromkeys(evidence)]

    def _one(self, one: Evidence) -> Json:
        copy = self.copies.get(bytes_of(one.item))
        said: Json = {"copy": copy.number if copy else "", "file": copy.name if copy else self._name(one.item), "page": one.at or f"p. {one.page}", "quote": one.quote, "picture": "", "before": "", "after": ""}
        if copy is None:
            return said
        if copy.is_pdf:
            key = (copy.sha256, one.page)
            self._drawn_from.setdefault(key, one.item)
            if one.box_pt is not None:
                self._marks[key].add(one.box_pt)
            return said | {"picture": picture(copy, one.page)}
        words = self._text(one.item, one.page)
        if words[one.start : one.end] != one.quote:
            return said
        before, after = words[max(0, one.start - AROUND) : one.start], words[one.end : one.end + AROUND]
        return said | {"before": ("... " if one.start > AROUND else "") + before, "after": after + (" ..." if one.end + AROUND < len(words) else "")}

    def draw(self, progress: Callable[[str], None]) -> tuple[dict[str, bytes], list[str]]:
        """The picture of each page that was asked for, by its path, with every place on it marked; and, in a sentence each, those that cannot be drawn."""
        drawn: dict[str, bytes] = {}
        failed: list[str] = []
        for (sha256, page), item in sorted(self._drawn_from.items(), key=lambda one: (self.copies[one[0][0]].number, one[0][1])):
            copy = self.copies[sha256]
            progress(f"Drawing: {copy.number} p. {page}")
            try:
                drawn[picture(copy, page)] = facsimile.png(self.library.facsimile(item, page), sorted(self._marks[sha256, page]), head=f"{self.head}; {copy.number}, page {page}; the marks are a program's")
            except LineageError as error:
                failed.append(f"{copy.number} p. {page}: {error.message}")
        return drawn, failed

    def _read(self, item: str, page: int) -> str:
        try:
            return self.library.facsimile(item, page).text
        except LineageError:
            return ""  # the quote stands without the words around it

    def _name(self, item: str) -> str:
        try:
            return self.library.held.name_of(item)
        except LineageError:
            return "a file that is not enclosed"


def picture(copy: TrueCopy, page: int) -> str:
    """The path of the picture of a page, in the chronology."""
    return f"{FOLDER}/{copy.number}_page-{page:03d}.png"


def without(told: Any, missing: Iterable[str]) -> Any:
    """A value of JSON in which no place names a picture of these, which are not there."""
    gone = set(missing)
    if isinstance(told, dict):
        return {key: "" if key == "picture" and value in gone else without(value, gone) for key, value in told.items()}
    return [without(one, gone) for one in told] if isinstance(told, list) else told
