"""What was read, as marks on the pages where it stands: one place for the picture and for the page of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from lineage.model import Box, Clause, Evidence, Finding, Furniture, Heading, Item, Line, Outline, Relation, Text

Layer = Literal["clause", "table", "furniture", "field", "date", "relation", "question", "unsure", "missed"]
LOW = 0.9  # a line of OCR below this is a doubt

# Each layer with what the legend says of it, in the order in which they are drawn.
LAYERS: dict[Layer, str] = {
    "clause": "clause, by depth",
    "table": "table",
    "furniture": "set aside (stamp, head, foot ...)",
    "field": "field of the heading",
    "date": "date in its role",
    "relation": "relation",
    "question": "open question",
    "unsure": "line that OCR is not sure of",
    "missed": "in nothing of these",
}


class Seen(Struct, frozen=True):
    """A stretch of one page (half-open offsets in its text, and its box where pages have boxes) with what it was read as. ``depth`` is that of a clause;
    a mark without a label goes on from one that has it."""

    layer: Layer
    label: str
    page: int
    start: int
    end: int
    box_pt: Box | None
    depth: int = 0


Part = tuple[Outline, Iterable[Relation], Iterable[Finding]]


def seen(item: Item, outline: Outline, relations: Iterable[Relation], findings: Iterable[Finding], rules: Iterable[Part] = ()) -> list[Seen]:
    """All marks, layer by layer; ``rules`` are those of a whole manual. What stands on a page and is in no mark is a mark too (``missed``)."""
    found = [*(mark for part in ((outline, relations, findings), *rules) for mark in _part(*part)), *_unsure(item)]
    if len(item.pages) == 1:  # the running heads of a text count pages that are one stretch of it
        found = [replace(mark, page=item.pages[0].number) for mark in found]
    order = {layer: n for n, layer in enumerate(LAYERS)}
    return sorted({*found, *_missed(item, found)}, key=lambda mark: (order[mark.layer], mark.page, mark.start, mark.end))


def _part(outline: Outline, relations: Iterable[Relation], findings: Iterable[Finding]) -> Iterator[Seen]:
    yield from (mark for clause in outline.clauses for mark in _clause(clause))
    yield from (mark for piece in outline.furniture for mark in _furniture(piece))
    yield from _heading(outline.heading)
    yield from (mark for relation in relations for mark in _evidence("relation", f"{relation.kind} {relation.affected.mention}", relation.evidence))
    yield from (mark for finding in findings for mark in _evidence("question", finding.code, finding.evidence))


def _clause(clause: Clause) -> Iterator[Seen]:
    layer: Layer = "table" if clause.kind == "table" else "clause"
    label = clause.eid if clause.kind in ("heading", "item", "paragraph", "table") else f"{clause.eid} ({clause.kind})"
    parts = (clause.marker, clause.heading, *(cell for row in clause.rows for cell in row)) if clause.rows else (clause.marker, clause.heading, clause.text)
    yield from _texts(layer, label, parts, clause.depth)


def _furniture(piece: Furniture) -> Iterator[Seen]:
    if not piece.texts:
        yield from _evidence("furniture", piece.kind, piece.evidence)
    for text in piece.texts:
        yield from _texts("furniture", piece.kind, (text,))


def _heading(heading: Heading) -> Iterator[Seen]:
    yield from _evidence("field", "number", heading.number_evidence)
    yield from _evidence("field", "title", heading.title_evidence)
    for role, value in heading.fields:
        yield from _texts("field", role, (value,))
    for reading in heading.dates:
        day = reading.day
        said = day.on.isoformat() if day.on else f"{day.earliest or '?'} to {day.latest or '?'}"
        yield from _evidence("date", f"{reading.role} {said}", reading.evidence)


def _texts(layer: Layer, label: str, texts: Iterable[Text], depth: int = 0) -> Iterator[Seen]:
    """Each piece of the texts; the first of each page bears the label."""
    pages: set[int] = set()
    for text in texts:
        for piece in text.pieces():
            yield Seen(layer, label if piece.page not in pages else "", piece.page, piece.start, piece.end, piece.box_pt, depth)
            pages.add(piece.page)


def _evidence(layer: Layer, label: str, evidence: Iterable[Evidence]) -> Iterator[Seen]:
    for one in evidence:
        yield Seen(layer, label, one.page, one.start, one.end, one.box_pt)


def _unsure(item: Item) -> Iterator[Seen]:
    for line in _lines(item):
        sure = getattr(line, "confidence", None)
        if sure is not None and sure < LOW:
            yield Seen("unsure", f"{sure:.2f}", line.page, line.start, line.start + len(line.text), line.box_pt)


def _missed(item: Item, found: list[Seen]) -> Iterator[Seen]:
    """Lines of which no word is in any mark: words that were lost, or a label without its value. A label beside the value that was read goes with it."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for mark in found:
        if mark.layer not in ("question", "unsure"):
            taken.setdefault(mark.page, []).append((mark.start, mark.end))
    places = {page: _Covered(spans) for page, spans in taken.items()}
    fields = {(mark.page, mark.start) for mark in found if mark.layer == "field"}
    rows = {(line.page, line.row) for line in _lines(item) if any((line.page, at) in fields for at in range(line.start, line.start + len(line.text)))}
    for line in _lines(item):
        if line.page not in places or not places[line.page].touches(line.start, line.start + len(line.text)):
            label = line.text.rstrip().endswith(":") and (line.page, line.row) in rows
            yield Seen("field" if label else "missed", "", line.page, line.start, line.start + len(line.text), line.box_pt)


def _lines(item: Item) -> Iterator[Line]:
    return (line for page in item.pages for line in page.lines)


class _Covered:
    """Stretches of a page, joined where they overlap."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.joined: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if self.joined and start <= self.joined[-1][1]:
                self.joined[-1] = (self.joined[-1][0], max(end, self.joined[-1][1]))
            else:
                self.joined.append((start, end))

    def touches(self, start: int, end: int) -> bool:
        """Whether any of them shares a character with this one."""
        from bisect import bisect_left

        at = bisect_left(self.joined, (end, 0))
        return at > 0 and self.joined[at - 1][1] > start
