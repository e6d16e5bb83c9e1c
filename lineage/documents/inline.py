"""Words with marks in them: references, terms and page ends put into a string that stays the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from msgspec import Struct

from lineage.documents.markup import element, opening, words

_AFTER_TERM = re.compile(r"\s*(?:[-–—:=]+|means\b|is\b)?\s*")


class _Order(IntEnum):
    """At one place: inner elements close before outer ones, all close before the next opens, and outer ones open first."""

    INNER_CLOSES = 0
    OUTER_CLOSES = 1
    POINT = 2
    OUTER_OPENS = 3
    INNER_OPENS = 4


Mark = tuple[int, int, str]


class Reference(Struct, frozen=True):
    """A mention that is resolved: its words, the address that it means, and the ``pl:relation`` it belongs to."""

    mention: str
    href: str
    relation: str


def marked(string: str, marks: Sequence[Mark]) -> str:
    """The string as markup, with the marks ``(position, order, markup)`` in it. Its text content is the string."""
    if not marks:
        return words(string)
    parts: list[str] = []
    last = 0
    for at, _, markup in sorted(marks):
        parts.append(words(string[last:at]))
        parts.append(markup)
        last = at
    parts.append(words(string[last:]))
    return "".join(parts)


def page_end(at: int, page: int) -> Mark:
    """The end of a printed page before a position."""
    return (at, _Order.POINT, element("eop", {"eId": f"eop_{page}", "number": page}))


def term_marks(string: str, term: str, eid: str, refers: str) -> list[Mark]:
    """The defined word and, behind it, its definition; none where the word does not stand in the string."""
    at = string.find(term)
    if at < 0 or not term:
        return []
    end = at + len(term)
    start = opening("term", {"eId": f"{eid}__term_1", "refersTo": f"#{refers}"})
    marks: list[Mark] = [(at, _Order.OUTER_OPENS, start), (end, _Order.OUTER_CLOSES, "</term>")]
    said = _AFTER_TERM.match(string, end)
    begins = said.end() if said else end
    if at == 0 and begins < len(string):
        marks.append((begins, _Order.OUTER_OPENS, opening("def", {"eId": f"{eid}__def_1"})))
        marks.append((len(string), _Order.OUTER_CLOSES, "</def>"))
    return marks


def reference_marks(string: str, eid: str, references: Sequence[Reference], around: Sequence[Mark]) -> list[Mark]:
    """A ``ref`` around each mention that stands in the string, each mention once; none across a mark that stands already."""
    marks: list[Mark] = []
    taken: list[tuple[int, int]] = []
    for reference in references:
        at = _free(string, reference.mention, taken)
        end = at + len(reference.mention)
        if at < 0 or any(at < place < end for place, _, _ in around):
            continue
        taken.append((at, end))
        named = {"eId": f"{eid}__ref_{len(taken)}", "href": reference.href, "pl:relation": reference.relation}
        marks += [(at, _Order.INNER_OPENS, opening("ref", named)), (end, _Order.INNER_CLOSES, "</ref>")]
    return marks


def _free(string: str, mention: str, taken: Sequence[tuple[int, int]]) -> int:
    """Where the mention stands without touching one that is marked already; -1 for nowhere."""
    at = string.find(mention) if mention.strip() else -1
    while at >= 0 and any(at < end and start < at + len(mention) for start, end in taken):
        at = string.find(mention, at + 1)
    return at
