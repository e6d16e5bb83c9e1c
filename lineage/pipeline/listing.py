"""An index as a document: its title as the heading, its rows as clauses."""

from __future__ import annotations

import re
from pathlib import PurePath

from lineage.errors import RefusedError
from lineage.model import INDEX_SERIES, Clause, ClauseKind, Heading, Index, Item, Outline, Text, evidence_of, reader_title
from lineage.model.eid import name_clauses
from lineage.profiles import Profile


def outline_of(index: Index, item: Item, profile: Profile) -> Outline:
    """Heading and clauses of a list of orders: a clause for each row, in order, under the words that stand between the rows."""
    words: list[tuple[ClauseKind, Text]] = [("heading", heading) for heading in index.headings]
    words += [("paragraph", entry.words) for entry in index.entries]
    words.sort(key=lambda pair: _place(pair[1]))
    if not words:
        words = [("paragraph", Text.join(Text.of(line) for line in page.lines)) for page in item.pages if page.lines]
    depth = {"heading": 0, "paragraph": 1 if index.headings else 0}
    names = name_clauses([(kind, "", depth[kind]) for kind, _ in words])
    clauses = tuple(
        Clause(eid, kind, depth[kind], Text() if kind == "heading" else text, text if kind == "heading" else Text(), parent=parent)
        for (eid, parent), (kind, text) in zip(names, words, strict=True)
    )
    title = reader_title(index.title) or re.sub(r"[\s_]+", " ", PurePath(item.name).stem).strip() or "list of orders"
    heading = Heading(profile.id, INDEX_SERIES, None, title, index.dates, title_evidence=evidence_of(index.title_words, item.sha256, "heading.title"))
    return Outline(item.sha256, heading, clauses, (), (), len(item.pages))


def no_index(item: Item, habits: Profile) -> RefusedError:
    """The refusal of a table of text that is no list of orders."""
    first = " | ".join(line.text for line in item.pages[0].lines if line.row == item.pages[0].lines[0].row)
    return RefusedError(
        f'{item.name} is a table of text, and its columns are not those of a list of orders: its first row reads "{first[:120]}". A table is read only as such a list, so nothing '
        "was taken from it.",
        hint=f"Name the heads of its columns under [index] in a profile that stands on {habits.id}, or the columns of a table without a head under index_orders, and give it with --profile.",
        code="index.not-one",
    )


def _place(words: Text) -> tuple[int, int]:
    first = words.pieces()[0]
    return (first.page, first.start)
