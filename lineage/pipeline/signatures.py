"""Whether a copy shows a signature, from what was read of it: its words, its digital signatures, and the pictures in which one may stand."""

from __future__ import annotations

import re

from lineage.model import Furniture, Item, Outline, Signature

# Words that stand for a signature on the copy itself; a name and a rank alone do not, as they stand on unsigned papers too.
CONFORMED = re.compile(r"^\W{0,3}(?:/s/\s*\S|\(signed\)\s*\S|original\s+signed\s+by:?\s+\S|signed\s+by:\s*[^\W_])", re.IGNORECASE)
DIGITAL = "Digitally signed"
SHORT = 80  # characters of a quote


def signature_of(item: Item, outline: Outline) -> Signature:
    """What the copy shows: words first, then pictures. A picture may be a seal or a letterhead as well, so it says no more than that a signature could not be read."""
    made = next((f for f in outline.furniture if f.kind == "signature" and f.text.startswith(DIGITAL)), None)
    if made is not None:
        return Signature("shown", f'"{_short(made.text)}"; whether it is valid was not tested', _page(made))
    for page in item.pages:
        said = page.text.casefold()
        for line in page.lines if "signed" in said or "/s/" in said else ():
            if CONFORMED.match(line.text):
                return Signature("shown", f'the words "{_short(line.text)}"', page.number)
    bare = next((page.number for page in item.pages if page.needs_ocr), None)
    if bare is not None:
        return Signature("not-readable", f"page {bare} is a picture without words", bare)
    pictured = [page.number for page in item.pages if page.images]
    if pictured:
        where = f"page {pictured[-1]}" if len(pictured) == 1 else f"{len(pictured)} pages, the last of them page {pictured[-1]}"
        return Signature("not-readable", f"a picture stands on {where}, in which one may be", pictured[-1])
    return Signature("not-shown", "no words of the copy are one, and no picture stands on it")


def _page(piece: Furniture) -> int | None:
    return piece.pages[0] if piece.pages else None


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHORT else words[: SHORT - 3].rstrip() + "..."
