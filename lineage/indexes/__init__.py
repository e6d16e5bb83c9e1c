"""Pages become an index: a list of orders, row by row, where the item is one.

An index is a table most of whose words stand in rows that name orders, under a head that says what the columns are. A profile gives the words of the head, and the
roles of the columns of a table without one. A list that calls itself one may do without columns. What is no index is read as an order.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from lineage.indexes.columns import Layout, layout_of
from lineage.indexes.entries import entries_of
from lineage.indexes.grid import Grid, grids_of
from lineage.indexes.lines import by_lines
from lineage.indexes.positions import laid_out
from lineage.indexes.titles import title_of
from lineage.model import Finding, Index, Item, evidence_of
from lineage.profiles import Profile

__all__ = ["recognise"]

LEAST_ROWS = 2  # rows that name orders
OUTLINED = re.compile(r"\(?\w{1,4}[.)]")  # a marker of an outline, and no number of an order
MOST_WORDS = 0.6  # share of the item's words that stand in such a table


def recognise(item: Item, profile: Profile) -> Index | None:
    """The index that the item is, or None where it is something else.

    A table without a head whose columns the profile does not tell is an index without entries: its rows are not guessed at, and a finding says so.
    """
    named = _named(item, profile)
    words = sum(len(line.text) for page in item.pages for line in page.lines)
    in_cells = sum(len(line.text) for page in item.pages for line in page.lines if line.cell is not None)
    for look in (grids_of, laid_out):
        if look is grids_of and not named and in_cells < MOST_WORDS * words:
            continue
        grids = look(item, profile)
        listing = [(grid, layout) for grid in grids if (layout := layout_of(grid, profile)) is not None]
        found = _index(item, _carried_on(grids, listing), profile, named=named) if listing else None
        if found is not None:
            return found
    lines = by_lines(item, profile) if named else []
    return _index(item, lines, profile, named=False) if lines else None


def _index(item: Item, listing: list[tuple[Grid, Layout]], profile: Profile, *, named: bool) -> Index | None:
    words = sum(len(line.text) for page in item.pages for line in page.lines)
    inside = sum(grid.words for grid, _ in listing)
    rows = sum(len(grid.rows) - layout.head for grid, layout in listing)
    if rows < (1 if named else LEAST_ROWS) or (inside < MOST_WORDS * words and not named):
        return None
    title, dates = title_of(item, [(grid, layout.head) for grid, layout in listing], profile)
    found = entries_of(item, listing, title.string, profile)
    if not named and found.entries and sum(OUTLINED.fullmatch(e.number or "") is None for e in found.entries) < LEAST_ROWS:
        return None  # the labels of an order's heading in a row, and under their values its numbered clauses
    columns = next((layout.roles for _, layout in listing), ())
    index = Index(item.sha256, title.string, columns, tuple(found.entries), title, tuple(dates), tuple(found.headings), tuple(found.findings))
    if all(layout.unnamed for _, layout in listing):
        return replace(index, findings=(*index.findings, _columns_unnamed(item, listing)))
    return index


def _carried_on(grids: list[Grid], listing: list[tuple[Grid, Layout]]) -> list[tuple[Grid, Layout]]:
    """A table of the next page without a head of its own goes on with the columns of the one before, where it has as many."""
    known = {id(grid): layout for grid, layout in listing}
    found: list[tuple[Grid, Layout]] = []
    last: tuple[Grid, Layout] | None = None
    for grid in grids:
        layout = known.get(id(grid))
        if (layout is None or layout.unnamed) and last is not None and not last[1].unnamed and grid.width == last[0].width:
            layout = replace(last[1], head=0)
        if layout is not None:
            found.append((grid, layout))
            last = (grid, layout)
    return found


def _named(item: Item, profile: Profile) -> bool:
    """Whether the item calls itself an index, in its name or at its top."""
    top = " ".join(line.text for page in item.pages[:1] for line in page.lines[:8])
    return any(p.search(words) for p in profile.index_names for words in (item.name.rsplit(".", 1)[0], item.title, top))


def _columns_unnamed(item: Item, listing: list[tuple[Grid, Layout]]) -> Finding:
    first = listing[0][0].rows[0]
    return Finding(
        "index.columns-unnamed",
        "blocker",
        f"{item.name} lists orders in a table of {listing[0][0].width} columns, and no row says what the columns are: which date is of issue and which of effect is not known. "
        "Nothing was taken from it. The key index_orders of a profile can name the columns, from the left.",
        evidence_of(first.words, item.sha256, "index.row"),
    )
