"""The items held and what was read from each: never changed once recorded."""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, bindparam, select

from lineage.errors import StoreError
from lineage.model import Binding, Copy, DateReading, Piece, Run, bytes_of
from lineage.store import custody, schema
from lineage.store.driving import Asked, among, listed
from lineage.store.moments import NOW, canonical
from lineage.store.originals import Originals
from lineage.store.recording import values_of
from lineage.store.rows import ClauseRow, ItemRow
from lineage.store.shaping import CLAUSE_COLUMNS, clause_of, pieces_of

if TYPE_CHECKING:
    from lineage.model.access import Purge
    from lineage.store.deciding import Deciding

_HOLDS = select(schema.item.c.sha256).where(schema.item.c.sha256 == bindparam("sha256"))

_ITEMS = select(schema.item).where(schema.item.c.recorded_from <= bindparam("moment"))
_SOME_ITEMS = _ITEMS.where(among(schema.item.c.sha256, "some"))
_CLAUSES = select(*CLAUSE_COLUMNS).where(schema.clause.c.item == bindparam("item")).order_by(schema.clause.c.ord)
_CLAUSES_OF = select(*CLAUSE_COLUMNS, schema.clause.c.item).where(among(schema.clause.c.item, "some")).order_by(schema.clause.c.item, schema.clause.c.ord)
_DATES = select(schema.date_reading).where(among(schema.date_reading.c.item, "some")).order_by(schema.date_reading.c.item, schema.date_reading.c.ord)
_BINDINGS = select(schema.binding).where(among(schema.binding.c.item, "some")).order_by(schema.binding.c.item, schema.binding.c.ord)


class Papers(Asked):
    """The questions about them."""

    _originals: Originals

    @abstractmethod
    def _deciding(self, as_known: str | None) -> Deciding:
        """What persons decided by a moment, to be laid over what was read."""

    @abstractmethod
    def purges(self) -> dict[str, Purge]:
        """The files whose words were taken out of the library, by hash."""

    def holds(self, sha256: str) -> bool:
        """Whether an item with this hash is held."""
        return bool(self._rows(_HOLDS, sha256=sha256))

    def items(self, as_known: str | None = None, only: Collection[str] | None = None) -> list[ItemRow]:
        """All items, or those of some hashes, in the order in which they were recorded, then by hash."""
        moment = canonical(as_known or NOW)
        rows = self._rows(_ITEMS, moment=moment) if only is None else self._rows(_SOME_ITEMS, moment=moment, some=listed(only)) if only else []
        return sorted((ItemRow(*row) for row in rows), key=attrgetter("recorded_from", "sha256"))

    def data(self, sha256: str) -> bytes:
        """The original bytes, checked against their hash. StoreError ``store.bytes`` where they are missing or changed,
        ``store.unknown-item`` for no item.
        """
        if not self.holds(sha256):
            raise unknown(sha256)
        self._not_purged(sha256)
        with self._asking() as connection:
            return self._originals.within(connection).get(sha256)

    def name_of(self, sha256: str) -> str:
        """The name of an item's file. StoreError ``store.unknown-item`` for no item."""
        with self._asking() as connection:
            found = connection.execute(select(schema.item.c.name).where(schema.item.c.sha256.in_([sha256, bytes_of(sha256)]))).first()
        if found is None:
            raise unknown(sha256)
        return str(found.name)

    def shows_whole(self, sha256: str) -> bool:
        """Whether every rule in a file may be seen, so that its pages may be shown as they are."""
        return self.holds(sha256)

    def tilt(self, sha256: str, page: int) -> float:
        """How many degrees clockwise a scanned page (from 1) of an item lay off level; 0 for a level one."""
        file = bytes_of(sha256)
        with self._asking() as connection:
            found = connection.execute(select(schema.tilt.c.degrees).where(schema.tilt.c.item.in_([sha256, file]), schema.tilt.c.page == page)).first()
        return float(found.degrees) if found else 0.0

    def document(self, sha256: str) -> bytes:
        """The XML written from an item. StoreError ``store.unknown-item`` where there is none, ``store.purged`` where its words were taken out for good."""
        row = self._document(sha256)
        self._not_purged(sha256)
        return bytes(row.xml)

    def run(self, sha256: str) -> Run:
        """The extraction that the document of an item comes from. StoreError ``store.unknown-item`` where there is none."""
        return values_of(Run, [self._document(sha256).run])[0]

    def clauses(self, sha256: str) -> list[ClauseRow]:
        """The clauses of an item in reading order."""
        return [clause_of(row) for row in self._rows(_CLAUSES, item=sha256)]

    def clauses_of(self, items: Collection[str]) -> dict[str, list[ClauseRow]]:
        """The clauses of several items in reading order, by item."""
        found: dict[str, list[ClauseRow]] = defaultdict(list)
        for row in self._rows(_CLAUSES_OF, some=listed(items)) if items else ():
            found[row.item].append(clause_of(row[:-1]))
        return found

    def pieces(self, sha256: str) -> dict[str, tuple[Piece, ...]]:
        """Where the own words of each clause stand, by eid, in reading order."""
        return {row.eid: pieces_of(row) for row in self._of_item(schema.clause, sha256)}

    def dates(self, sha256: str, as_known: str | None = None) -> list[DateReading]:
        """The dates of an item as they were read, or corrected by a person, in the order in which they stand."""
        return self._deciding(as_known).dates(sha256, values_of(DateReading, [row.body for row in self._of_item(schema.date_reading, sha256)]))

    def dates_of(self, items: Collection[str], as_known: str | None = None) -> dict[str, list[DateReading]]:
        """The same of several items, by item."""
        rows: dict[str, list[Row[Any]]] = defaultdict(list)
        for row in self._rows(_DATES, some=listed(items)) if items else ():
            rows[row.item].append(row)
        decided = self._deciding(as_known)
        return {item: decided.dates(item, values_of(DateReading, [row.body for row in own])) for item, own in rows.items()}

    def copies(self, items: Iterable[str], as_known: str | None = None) -> list[Copy]:
        """These items as copies, each once and in the order given: where each came from, and whether it shows a signature."""
        with self._asking():
            return custody.copies(self._rows, items, canonical(as_known or NOW))

    def bindings(self, items: Collection[str]) -> dict[str, tuple[Binding, ...]]:
        """Whom each of several items says that it binds, by item, in the order in which it says so; an item that says nothing is left out."""
        rows: dict[str, list[str]] = defaultdict(list)
        for row in self._rows(_BINDINGS, some=listed(items)) if items else ():
            rows[row.item].append(row.body)
        return {item: tuple(values_of(Binding, own)) for item, own in rows.items()}

    def _of_item(self, table: Any, sha256: str) -> list[Any]:
        return self._rows(_of_one(table), item=sha256)

    def _document(self, sha256: str) -> Row[Any]:
        with self._asking() as connection:
            row = connection.execute(select(schema.document).where(schema.document.c.item == sha256)).first()
        if row is None:
            raise unknown(sha256)
        return row

    def _not_purged(self, sha256: str) -> None:
        purge = self.purges().get(bytes_of(sha256))
        if purge is not None:
            raise StoreError(
                f"The words of item {sha256} were purged on {purge.said_at[:10]} by {purge.by}: {purge.because}. There is nothing to show.",
                hint="What was known of it by its days stays: lineage history.",
                code="store.purged",
            )


@cache
def _of_one(table: Any) -> Any:
    return select(table).where(table.c.item == bindparam("item")).order_by(table.c.ord)


def unknown(sha256: str) -> StoreError:
    """That no item of this hash is held."""
    return StoreError(
        f"The library holds no document of item {sha256}, so there is nothing to show.",
        hint="Ingest the file first; `search` and `history` name the items that are held.",
        code="store.unknown-item",
    )
