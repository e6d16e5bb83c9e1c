"""The page on which a piece of evidence stands, as it looks."""

from __future__ import annotations

from lineage.errors import NotFoundError
from lineage.model import Piece, bytes_of
from lineage.model.facsimile import Facsimile
from lineage.store.reading import Reading

PDF = "application/pdf"


def facsimile(held: Reading, item: str, page: int) -> Facsimile:
    """A page of the file of an item (its hash, or a rule's portion of it), drawn from the very bytes held. Of public rules alone, only where every rule in the file is public.

    Raises StoreError as ``Reading.data``; NotFoundError ``facsimile.no-page`` where the file has no such page, ``facsimile.withheld`` where it also holds what may not be seen; RefusedError where it cannot be
    drawn.
    """
    name, data = held_file(held, item)
    if data.startswith(b"%PDF"):
        return _drawn(held, data, item, name, page)
    from lineage import pages

    read = pages.read_bytes(data, name)
    if read.media_type == PDF:
        return _drawn(held, data, item, name, page)
    # A text has one stretch of words; its pages are counted from running heads.
    found = read.pages[0] if len(read.pages) == 1 else next((p for p in read.pages if p.number == page), None)
    if found is None:
        raise _no_page(name, page, len(read.pages))
    return Facsimile(item, name, found.number, len(read.pages), text=found.text)


def held_file(held: Reading, item: str) -> tuple[str, bytes]:
    """The name and the very bytes of the file of an item (its hash, or a rule's portion of it). Raises StoreError as ``Reading.data``; NotFoundError ``facsimile.withheld`` where it also holds what may not be seen."""
    data, file = held.data(item), bytes_of(item)
    if not held.shows_whole(file):
        raise NotFoundError("The file also holds rules that are restricted, so it is not shown here.", hint="A reviewer or an administrator sees it.", code="facsimile.withheld")
    return held.name_of(item), data


def _drawn(held: Reading, data: bytes, item: str, name: str, page: int) -> Facsimile:
    from lineage.pages.views import count, viewer

    pages = count(data, name)
    if not 1 <= page <= pages:
        raise _no_page(name, page, pages)
    view = viewer(data, name)(page, held.tilt(item, page))
    return Facsimile(item, name, page, pages, view.width, view.height, view.scale, view.rgb)


def _no_page(name: str, page: int, pages: int) -> NotFoundError:
    return NotFoundError(f"{name} has {pages} pages, and no page {page}.", hint="Ask for one of them, counted from 1.", code="facsimile.no-page")


def pieces_of(held: Reading, item: str, eid: str) -> tuple[Piece, ...]:
    """Where a clause of an item stands, page by page; of one without words of its own (a table, or what only holds others) its whole place. Raises StoreError as ``Reading.pieces``, NotFoundError ``facsimile.no-clause``."""
    row = next((row for row in held.clauses(item) if row.eid == eid), None)
    if row is None:
        raise NotFoundError(f"The file has no clause {eid}.", hint="Look at its pages one by one.", code="facsimile.no-clause")
    return held.pieces(item).get(eid) or (Piece(row.page, 0, 0, row.box_pt, ""),)
