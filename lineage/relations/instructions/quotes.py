"""Quoted words set aside, so that the grammar meets none of their words: ``strike "the board" and`` is ``strike ⟦0⟧ and``.

Quotes within quotes are told by what stands around each mark: one after a blank or another opening mark opens, one before a blank or a stop closes.
"""

from __future__ import annotations

import re

from msgspec import Struct

OPEN, CLOSE = "⟦", "⟧"
QUOTE = rf"{OPEN}\d+{CLOSE}"
_OPENING = frozenset(" \t\n([{—–-" + "“‘\"'")
_CLOSES = re.compile(r"(?<=\S)'(?=[\s.,;:)]|$)")
_ENDING = frozenset(" \t\n.,;:!?)]}—–-" + "”’\"'")


class Masked(Struct, frozen=True):
    """A sentence with its outermost quotes set aside: ``words`` with numbered places, and what stood in each (``quotes``)."""

    words: str
    quotes: tuple[str, ...]
    marks: tuple[str, ...] = ()

    def said(self, masked: str) -> str:
        """A stretch of the masked words as it was written; a quote without its marks where it is the whole of it."""
        whole = re.fullmatch(rf"\s*{OPEN}(\d+){CLOSE}\s*", masked)
        if whole:
            return self.quotes[int(whole[1])]
        return re.sub(rf"{OPEN}(\d+){CLOSE}", lambda m: self._marked(int(m[1])), masked).strip()

    def _marked(self, number: int) -> str:
        around = self.marks[number]
        return f"{around[0]}{self.quotes[number]}{around[1]}"


def mask(sentence: str) -> Masked | None:
    """The sentence with its quotes set aside; None where they cannot be told apart, or marks of ours stand in it.

    >>> mask('Strike "the "Board"" and insert “the Unit”.')
    Masked(words='Strike ⟦0⟧ and insert ⟦1⟧.', quotes=('the "Board"', 'the Unit'), marks=('""', '“”'))
    """
    if OPEN in sentence or CLOSE in sentence:
        return None
    spans = _spans(sentence)
    if spans is None:
        return None
    out: list[str] = []
    quotes: list[str] = []
    marks: list[str] = []
    at = 0
    for start, end in spans:
        out.append(sentence[at:start])
        before = out[-1][-1:]
        out.append(f"{' ' if before.isalnum() else ''}{OPEN}{len(quotes)}{CLOSE}")
        quotes.append(sentence[start + 1 : end])
        marks.append(sentence[start] + sentence[end])
        at = end + 1
    out.append(sentence[at:])
    return Masked("".join(out), tuple(quotes), tuple(marks))


def _spans(sentence: str) -> list[tuple[int, int]] | None:
    """Where the outermost quotes stand: the places of their two marks."""
    found: list[tuple[int, int]] = []
    open_: list[tuple[int, str]] = []
    last = max((m.start() for m in _CLOSES.finditer(sentence)), default=-1)
    for at, mark in enumerate(sentence):
        if mark not in "\"“”'‘’":
            continue
        before, after = sentence[at - 1 : at] or " ", sentence[at + 1 : at + 2] or " "
        if mark in "“‘":
            if mark == "“" or (not open_ and before in _OPENING):
                open_.append((at, {"“": "”", "‘": "’"}[mark]))
        elif mark == "”":
            if not _closed(open_, found, at, "”"):
                return None
        elif mark == "’":
            if open_ and open_[-1][1] == "’" and after in _ENDING:
                _closed(open_, found, at, "’")
        elif mark == "'":
            if open_ and open_[-1][1] == "'" and after in _ENDING and not before.isspace():
                _closed(open_, found, at, "'")
            elif not open_ and before in " (" and not after.isspace() and last >= at + 2:
                open_.append((at, "'"))
        elif open_ and open_[-1][1] == '"' and not (before in _OPENING and not after.isspace() and before != '"'):
            if before == '"' and open_[-1][0] == at - 1 and not after.isspace():
                open_.append((at, '"'))  # a quote that begins with a quote
            else:
                _closed(open_, found, at, '"')
        elif open_ and open_[-1][1] != '"' and not (before in _OPENING and not after.isspace()):
            continue
        else:
            open_.append((at, '"'))
    return None if open_ else found


def _closed(open_: list[tuple[int, str]], found: list[tuple[int, int]], at: int, mark: str) -> bool:
    if not open_ or open_[-1][1] != mark:
        return not open_ or any(m == mark for _, m in open_)
    start, _ = open_.pop()
    if not open_:
        found.append((start, at))
    return True
