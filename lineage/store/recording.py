"""The one way in which facts change: what no longer holds is closed, what is new is added, what stays is left alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Table, bindparam, literal_column

from lineage.model.record import from_record, to_record
from lineage.store.moments import FOREVER

T = TypeVar("T")

# Written out and not bound, so that the index over open rows serves it.
_FOREVER: Any = literal_column(f"'{FOREVER}'")

_CLOCKS = ("row", "recorded_from", "recorded_to")


def body_of(value: Any) -> str:
    """A value of the model as the JSON text of its record."""
    return json.dumps(to_record(value), ensure_ascii=False, separators=(",", ":"))


def value_of(cls: type[T], body: str) -> T:
    """The value of the model that a body holds."""
    return from_record(cls, json.loads(body))


def is_open(table: Table) -> Any:
    """The condition that a row is open: held now."""
    return table.c.recorded_to == _FOREVER


class Recorder:
    """Facts of one transaction: they all share one moment. ``wrote`` tells whether there was anything to write."""

    def __init__(self, connection: Connection, moment: str) -> None:
        self.connection = connection
        self.moment = moment
        self.wrote = False

    def insert(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """Add rows, all in one go."""
        if rows:
            self.wrote = True
            self.connection.execute(table.insert(), rows)

    def add(self, table: Table, rows: Iterable[dict[str, Any]]) -> None:
        """Add facts that hold from this moment on."""
        self.insert(table, [{**row, "recorded_from": self.moment, "recorded_to": FOREVER} for row in rows])

    def close(self, table: Table, rows: Iterable[int]) -> None:
        """Close these rows: they held until this moment."""
        closing = [{"closing": row} for row in rows]
        if closing:
            self.wrote = True
            self.connection.execute(table.update().where(table.c.row == bindparam("closing")).values(recorded_to=self.moment), closing)

    def settle(self, table: Table, where: Any, wanted: Iterable[dict[str, Any]], value: type[Any] | None = None) -> None:
        """Make the open rows that fit ``where`` those wanted. ``value`` is the class of their bodies, where they have one."""
        names = [column.name for column in table.c if column.name not in _CLOCKS]
        new = {tuple(row[name] for name in names): row for row in wanted}
        gone: list[int] = []
        for row in self.held(table, where):
            facts = dict(row._mapping)
            if value is not None and tuple(facts[name] for name in names) not in new:
                # A body written before its class gained a field says the same in other words.
                facts["body"] = body_of(value_of(value, facts["body"]))
            if new.pop(tuple(facts[name] for name in names), None) is None:
                gone.append(row.row)
        self.close(table, gone)
        self.add(table, new.values())

    def held(self, table: Table, where: Any) -> Sequence[Row[Any]]:
        """The open rows that fit, oldest first."""
        return self.connection.execute(table.select().where(where, is_open(table)).order_by(table.c.row)).all()


def batches(values: Iterable[str], size: int = 5_000) -> Iterable[list[str]]:
    """The values in order, each once, in lists that a database takes as one condition."""
    ordered = sorted(set(values))
    return (ordered[at : at + size] for at in range(0, len(ordered), size))
