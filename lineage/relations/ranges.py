"""Ranges: "7.1.2.8 through 7.1.2.13" names its two ends, and nothing says which of the numbers between are rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lineage.model import Finding, Outline, Relation, Text, evidence_of

RANGE = re.compile(r"(?<![\w.])(?P<first>[A-Z]{0,2}-?\d+(?:[.-]\d+)*)\s*(?:through|thru|[-–—])\s*(?P<last>[A-Z]{0,2}-?\d+(?:\.\d+)+|[A-Z]{1,2}-?\d+(?:-\d+)*|\d+-\d+)(?![\w])", re.IGNORECASE)
LAST_PART = re.compile(r"\d+$")


def open_ranges(outline: Outline, texts: Iterable[Text], relations: list[Relation]) -> Iterator[Finding]:
    """A finding for each range of which an end is a target of an act; no target is made up for what lies between."""
    acted = {r.affected.number for r in relations if r.kind != "cites" and r.affected.number}
    for text in texts:
        for match in RANGE.finditer(text.string) if acted else ():
            first, last = match["first"], match["last"]
            if not {first, last} & acted or _next(first, last):
                continue
            message = f'"{match.group()[:80]}" is a range. Only its two ends are taken as named; which rules lie between them the paper does not say, and none is presumed. A person must list them.'
            yield Finding("relations.range-open", "doubt", message, evidence_of(text[match.start() : match.end()], outline.item, "relations.range"))


def _next(first: str, last: str) -> bool:
    """Whether the second number is the one right after the first."""
    one, other = LAST_PART.search(first), LAST_PART.search(last)
    return one is not None and other is not None and first[: one.start()] == last[: other.start()] and int(other[0][:9]) - int(one[0][:9]) == 1
