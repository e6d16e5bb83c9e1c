"""What persons say of who may see what, in rows: markings, withdrawals, purges, redacted copies. They are only added to."""

from __future__ import annotations

from typing import Any, TypeVar

from msgspec.structs import replace
from sqlalchemy import Connection, or_, select

from lineage.model import Expression
from lineage.model.access import Marking, Purge, Redaction, Withdrawal, marked_public, public_works
from lineage.store import schema
from lineage.store.asking import Wanted, fitting, said
from lineage.store.driving import Asked
from lineage.store.moments import FOREVER, NOW, canonical
from lineage.store.recording import Recorder, body_of, values_of
from lineage.store.shaping import expression_of

T = TypeVar("T")

# The tables whose rows come from an item's reading, with the column that names it.
OF_ITEMS = ((schema.expression, schema.expression.c.item), (schema.relation, schema.relation.c.item), (schema.finding, schema.finding.c.owner))


def add(record: Recorder, said: Marking | Withdrawal | Purge | Redaction) -> None:
    """Keep what a person says."""
    facts: dict[str, Any] = {"body": body_of(said), "recorded_from": record.moment}
    if isinstance(said, Marking):
        record.insert(schema.marking, [{"work": said.work, "access": said.access, **facts}])
    elif isinstance(said, Redaction):
        record.insert(schema.redaction, [{"item": said.item, "of": said.of, **facts}])
    else:
        record.insert(schema.withdrawal if isinstance(said, Withdrawal) else schema.purge, [{"item": said.item, **facts}])


def withdrawals(connection: Connection, moment: str) -> list[Withdrawal]:
    """All withdrawals up to a moment, in the order of their recording, each with its moment."""
    table = schema.withdrawal
    rows = list(connection.execute(select(table.c.body, table.c.recorded_from).where(table.c.recorded_from <= moment).order_by(table.c.row)))
    return [replace(one, recorded_from=row.recorded_from) for one, row in zip(values_of(Withdrawal, [row.body for row in rows]), rows, strict=True)]


def of_file(column: Any, file: str) -> Any:
    """The condition that a column names a file, or a rule in it."""
    return or_(column == file, column.like(f"{file}~%"))


def items_of(connection: Connection, file: str) -> list[str]:
    """The items of a file: itself, and the rules of a manual."""
    sha256 = schema.item.c.sha256
    return list(connection.execute(select(sha256).where(of_file(sha256, file)).order_by(sha256)).scalars())


def close(connection: Connection, record: Recorder, file: str) -> None:
    """Hold from now on nothing that was read from a file: its texts, acts and open questions."""
    for table, column in OF_ITEMS:
        mine = [of_file(column, file), table.c.recorded_to == FOREVER, *([table.c.source == "reading"] if table is schema.finding else [])]
        record.close(table, connection.execute(select(table.c.row).where(*mine)).scalars().all())


def closed(connection: Connection, table: Any, column: Any, file: str, moment: str) -> list[dict[str, Any]]:
    """The rows of a file that a withdrawal closed at a moment, in their order."""
    rows = connection.execute(select(table).where(of_file(column, file), table.c.recorded_to == moment).order_by(table.c.row))
    return [{name: value for name, value in row._mapping.items() if name not in ("row", "recorded_from", "recorded_to")} for row in rows]


def reopen(connection: Connection, record: Recorder, file: str, moment: str) -> None:
    """Hold again the acts and open questions of a file that a withdrawal closed at a moment; its texts have to be given to works first."""
    for table, column in OF_ITEMS[1:]:
        record.add(table, closed(connection, table, column, file, moment))


def texts_closed(connection: Connection, file: str, moment: str) -> list[Expression]:
    """The texts of a file that a withdrawal closed at a moment."""
    table = schema.expression
    return [expression_of(row) for row in connection.execute(select(table).where(of_file(table.c.item, file), table.c.recorded_to == moment).order_by(table.c.row))]


class Accesses(Asked):
    """The questions about it. ``as_known`` is a UTC moment; None asks what was said up to now."""

    def markings(self, as_known: str | None = None) -> list[Marking]:
        """All markings of works as restricted or public, in the order in which they were recorded."""
        return self._said(schema.marking, Marking, as_known)

    def public(self, as_known: str | None = None) -> frozenset[str]:
        """The works that are public; every other one is restricted."""
        return self._lasting(("public", as_known), lambda: self._public(as_known))

    def _public(self, as_known: str | None) -> frozenset[str]:
        texts: dict[str, list[str]] = {}
        with self._asking():
            markings = self.markings(as_known)
            wanted = marked_public(markings)
            for row in fitting(self._rows, Wanted(schema.expression).within("work", set(wanted)), as_known) if wanted else ():
                texts.setdefault(row.work, []).append(row.item)
        return public_works(markings, texts)

    def withdrawals(self, as_known: str | None = None) -> list[Withdrawal]:
        """All withdrawals of files and their undoings, in the order in which they were recorded."""
        def said() -> list[Withdrawal]:
            with self._asking() as connection:
                return withdrawals(connection, canonical(as_known or NOW))

        return list(self._lasting(("withdrawals", as_known), said))

    def purges(self) -> dict[str, Purge]:
        """The files whose words were taken out of the library, by hash: for those of every moment, since no moment has the words any more."""
        return {one.item: one for one in self._said(schema.purge, Purge, None)}

    def redactions(self, as_known: str | None = None) -> list[Redaction]:
        """The files that are copies of others with words blacked out, in the order in which they were recorded."""
        return self._said(schema.redaction, Redaction, as_known)

    def _said(self, table: Any, cls: type[T], as_known: str | None) -> list[T]:
        return said(self, table, cls, as_known)
