"""Numbers written with characters that only look like figures: a З of another script for a 3, a small l for a 1."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from lineage.model import Block, Finding, evidence_of

# Letters that stand for a figure or a Latin letter to the eye; source: the confusables of Unicode Technical Standard 39, those met in numbers.
_ALIKE = str.maketrans(
    {
        **dict(zip("ЗОоІіАВСЕНКМРТХӀ", "3001iABCEHKMPTX1", strict=True)),
        **dict(zip("ΟοΙΑΒΕΗΚΜΝΡΤΧΖ", "001ABEHKMNPTXZ", strict=True)),
        "l": "1",
        "|": "1",
        "O": "0",
        "o": "0",
    }
)
_TOKEN = re.compile(r"\s*(?P<token>§?\s?[\w|]{1,4}(?:\.[\w|]{1,3}){1,5}|[^\x00-\x7F])(?=[.)]?(?:\s|$))")
_NUMBER = re.compile(r"§?\s?\d{1,4}(?:\.\d{1,3}){1,5}|[A-Za-z0-9]")
MOST = 20  # further ones tell nothing new


def look_alikes(blocks: Sequence[Block], item: str) -> Iterator[Finding]:
    """A doubt for each block that opens with what only looks like a number; at most :data:`MOST`."""
    count = 0
    for block in blocks:
        words = block.marker if block.marker else block.text
        match = _TOKEN.match(words.string)
        if match is None or not (wanted := _meant(match["token"])):
            continue
        count += 1
        if count > MOST:
            return
        odd = sorted({unicodedata.name(c, f"U+{ord(c):04X}") for c, read in zip(match["token"], wanted, strict=False) if c != read})
        yield Finding(
            "outline.look-alike",
            "doubt",
            f'"{match["token"]}" looks like "{wanted}" and is written with other characters ({", ".join(odd)}). It is kept as written and is not taken for that number; '
            "whoever asks for the number does not find it. The page itself would settle what is meant.",
            evidence_of(words[match.start("token") : match.end("token")], item, "clauses.look-alike"),
        )


def _meant(token: str) -> str:
    """The number that the token looks like; empty where it is one, or looks like none."""
    if _NUMBER.fullmatch(token) and token.isascii():
        return ""
    read = "".join(str(unicodedata.digit(c)) if unicodedata.digit(c, None) is not None else c.translate(_ALIKE) for c in token)
    if read == token or not _NUMBER.fullmatch(read) or (not read.isascii() and "§" not in read):
        return ""
    return read if "." in read or not token.isascii() else ""
