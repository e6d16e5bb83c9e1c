"""Whether every quote stands in the source where the evidence says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lineage import documents
from lineage.library import Library
from lineage.model import Evidence, Item, Line, Page, bytes_of
from lineage.pages import read_bytes

TOLERANCE_PT = 1.0
BLANKS = re.compile(r"\s+")


def faults(library: Library) -> tuple[int, list[str]]:
    """How many pieces of evidence the library holds, and what is wrong with them: one sentence each."""
    rows = library.store.items()
    # The rules of a manual are items of one file, which is read once.
    files = {bytes_of(row.sha256): row for row in rows}
    read = {sha256: read_bytes(library.store.data(row.sha256), row.name) for sha256, row in files.items()}
    items = {row.sha256: read[bytes_of(row.sha256)] for row in rows}
    count, found = 0, []
    for where, evidence in gathered(library):
        count += 1
        item = items.get(evidence.item)
        if item is None:
            found.append(f"{where}: the item {evidence.item} is not held")
            continue
        fault = wrong(evidence, item)
        if fault:
            found.append(f"{item.name} p. {evidence.page}, {where} “{evidence.quote[:80]}” ({evidence.rule}): {fault}")
    return count, sorted(set(found))


def gathered(library: Library) -> Iterator[tuple[str, Evidence]]:
    """Every piece of evidence that anything in the library rests on, with what rests on it."""
    store = library.store
    for row in store.items():
        for date in store.dates(row.sha256):
            yield from _of(f"date {date.role}", date.evidence)
        document = documents.read(store.document(row.sha256))
        for piece in document.outline.furniture:
            yield from _of(f"furniture {piece.kind}", piece.evidence)
        for relation in document.relations:
            yield from _of(f"relation {relation.kind} as first written", relation.evidence)
    for relation in store.relations():
        yield from _of(f"relation {relation.kind}", relation.evidence)
    for finding in store.findings():
        yield from _of(f"finding {finding.code}", finding.evidence)
    for work in store.works():
        for event in store.events(work.id):
            yield from _of(f"event {event.kind}", event.evidence)
        for period in store.periods(work=work.id):
            for event in filter(None, (period.opened_by, period.closed_by)):
                yield from _of(f"event {event.kind} of a period", event.evidence)


def wrong(evidence: Evidence, item: Item) -> str:
    """What is wrong with the evidence; nothing where the quote stands at its place."""
    if not packed(evidence.quote):
        return "the quote is empty"
    # Where only running heads tell the pages of a text, all of it is one stretch.
    if len(item.pages) > 1 and evidence.page > len(item.pages):
        return f"the item has {len(item.pages)} pages"
    page = item.pages[evidence.page - 1] if len(item.pages) > 1 else item.pages[0]
    there = page.text[evidence.start : evidence.end]
    if packed(there) != packed(evidence.quote):
        return f"at {evidence.start} to {evidence.end} stands “{there[:80]}”"
    if evidence.box_pt is None:
        return "it has no box, and the page has" if page.width_pt and item.media_type == "application/pdf" else ""
    inside = [packed(word) for word in within(evidence, page)]
    missing = [word for word in evidence.quote.split() if packed(word) and not _held(packed(word), inside)]
    return f"the box {tuple(round(v, 1) for v in evidence.box_pt)} does not hold {missing[:5]}" if missing else ""


def within(evidence: Evidence, page: Page) -> Iterator[str]:
    """The words whose middle lies in the box."""
    assert evidence.box_pt is not None
    left, top, right, bottom = evidence.box_pt
    for line in page.lines:
        for text, x, y in _words(line):
            if left - TOLERANCE_PT <= x <= right + TOLERANCE_PT and top - TOLERANCE_PT <= y <= bottom + TOLERANCE_PT:
                yield text


def packed(words: str) -> str:
    """The words without blanks."""
    return BLANKS.sub("", words)


def _words(line: Line) -> Iterable[tuple[str, float, float]]:
    if line.box_pt is None:
        return
    middle = (line.box_pt[1] + line.box_pt[3]) / 2
    if not line.words:
        yield line.text, (line.box_pt[0] + line.box_pt[2]) / 2, middle
    for start, end, x0, x1 in line.words:
        yield line.text[start:end], (x0 + x1) / 2, middle


def _held(word: str, inside: list[str]) -> bool:
    # A quote may begin or end within a word ("(§ 13519.4" out of "(§ 13519.4).").
    return any(word in other for other in inside) or word in "".join(inside)


def _of(where: str, evidence: Iterable[Evidence]) -> Iterator[tuple[str, Evidence]]:
    for one in evidence:
        yield where, one
