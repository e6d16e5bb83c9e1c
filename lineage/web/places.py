"""Addresses within the pages: of rules, and of the places in the source that prove what is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from lineage.model import Box, Evidence


def rule(work: str, query: str = "", kind: str = "rule") -> str:
    """The page of a rule (or another ``kind`` of page about it)."""
    return f"/{kind}/{quote(work, safe='/')}" + (f"?{query}" if query else "")


def place(one: Evidence) -> str:
    """The page on which a piece of evidence stands, marked."""
    return source(one.item, one.page, [one.box_pt] if one.box_pt else (), (one.start, one.end))


def places(several: Sequence[Evidence]) -> str:
    """The first page of several pieces of evidence, with all that stand on it marked."""
    first = several[0]
    same = [e for e in several if e.item == first.item and e.page == first.page]
    return source(first.item, first.page, [e.box_pt for e in same if e.box_pt], (first.start, first.end))


def source(item: str, page: int, boxes: Iterable[Box] = (), span: tuple[int, int] | None = None) -> str:
    """A page of a file, with places marked on it."""
    marks = [("box", ",".join(f"{edge:g}" for edge in box)) for box in boxes]
    if not marks and span is not None and span[1] > span[0]:
        marks = [("start", str(span[0])), ("end", str(span[1]))]
    return f"/source/{quote(item, safe='~')}/{page}" + (f"?{urlencode(marks)}" if marks else "")


def clause(item: str, eid: str) -> str:
    """The page on which a clause of a file stands."""
    return f"/clause/{quote(item, safe='~')}/{quote(eid)}"


def boxes_of(marks: Iterable[str]) -> list[Box]:
    """The places in an address; what is no place is left out."""
    found: list[Any] = []
    for mark in marks:
        try:
            edges = tuple(float(edge) for edge in mark.split(","))
        except ValueError:
            continue
        if len(edges) == 4 and all(-1e5 < edge < 1e5 for edge in edges) and edges[0] <= edges[2] and edges[1] <= edges[3]:
            found.append(edges)
    return found[:50]
