"""The one way in which facts change: what no longer holds is closed, what is new is added, what stays is left alone."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, Row, Table, bindparam, func, literal_column, select

from lineage.model.record import from_json, to_record
from lineage.store import schema
from lineage.store.log import Entry
from lineage.store.moments import FOREVER

T = TypeVar("T")

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

# Written out and not bound, so that the index over open rows serves it.
_FOREVER: Any = literal_column(f"'{FOREVER}'")

# Kept by the dialect's name: every opened library has a dialect of its own, and would be kept with it.
_Ordered = Callable[[dict[str, Any]], Any]
_inserts: dict[tuple[str, str, tuple[str, ...]], tuple[str, _Ordered]] = {}

_numbers: dict[tuple[str, str], str] = {}

_CLOCKS = ("row", "recorded_from", "recorded_to")


def body_of(value: Any) -> str:
    """A value of the model as the JSON text of its sparse record."""
    return _encode(to_record(value, sparse=True))


def values_of(cls: type[T], bodies: Iterable[str]) -> list[T]:
    """The values of the model that bodies hold, in order."""
    # Read as one text: that takes two thirds of the time.
    return from_json(cls, f"[{','.join(bodies)}]")


def is_open(table: Any) -> Any:
    """The condition that a row is open: held now."""
    return table.c.recorded_to == _FOREVER


class Recorder:
    """Facts of one transaction: they all share one moment. ``wrote`` tells whether there was anything to write, ``log`` is its entry in the log."""

    def __init__(self, connection: Connection, moment: str) -> None:
        self.connection = connection
        self.moment = moment
        self.wrote = False
        self.log = Entry(moment)
        self._last: dict[str, int] = {}

    def insert(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """Add rows, all in one go."""
        if rows:
            self.wrote = True
            rows = self._numbered(table, rows)
            self.log.add(table, rows)
            statement, ordered = inserting(table, tuple(rows[0]), self.connection.dialect)
            self.connection.exec_driver_sql(statement, list(map(ordered, rows)))

    def add(self, table: Table, rows: Iterable[dict[str, Any]]) -> None:
        """Add facts that hold from this moment on."""
        self.insert(table, [{**row, "recorded_from": self.moment, "recorded_to": FOREVER} for row in rows])

    def close(self, table: Table, rows: Iterable[int]) -> None:
        """Close these rows: they held until this moment."""
        rows = list(rows)
        self.log.close(table, rows)
        closing = [{"closing": row, "moment": self.moment} for row in rows]
        if closing:
            self.wrote = True
            self.connection.execute(_closing(table), closing)

    def settle(self, table: Table, owner: dict[str, str], wanted: Iterable[dict[str, Any]], value: type[Any] | None = None) -> None:
        """Make the open rows of an owner (columns and their values) those wanted. ``value`` is the class of their bodies, where
        they have one.
        """
        gone, new = _changes(table, self.held(table, owner), wanted, value)
        self.close(table, gone)
        self.add(table, new)

    def settle_each(
        self, table: Table, column: str, wanted: Mapping[str, Iterable[dict[str, Any]]], value: type[Any] | None = None, **same: str
    ) -> None:
        """The same for several owners at once: ``wanted`` goes by the value of ``column``, and all of them have the values ``same``."""
        held: dict[str, list[Row[Any]]] = defaultdict(list)
        for batch in batches(wanted):
            mine = (table.c[column].in_(batch), *(table.c[name] == one for name, one in same.items()))
            for row in self.connection.execute(table.select().where(*mine, is_open(table)).order_by(table.c.row)):
                held[row._mapping[column]].append(row)
        changes = [_changes(table, held.get(owner, ()), rows, value) for owner, rows in wanted.items()]
        self.close(table, (row for gone, _ in changes for row in gone))
        self.add(table, (row for _, new in changes for row in new))

    def finish(self) -> None:
        """Put what was written on the log, and then the moment on record, which is the last thing that a transaction writes."""
        if self.wrote:
            recording = {"recorded_at": self.moment}
            self.log.add(schema.recording, [recording])
            self.log.write(self.connection)
            self.connection.execute(schema.recording.insert(), recording)

    def _numbered(self, table: Table, rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
        """The rows with their numbers, which the log has to know; the write lock is held, so no one else takes them."""
        if "row" not in table.c or "row" in rows[0]:
            return rows
        last = self._last.get(table.name)
        if last is None:
            last = self.connection.exec_driver_sql(_last_row(table, self.connection.dialect)).scalar_one() or 0
        self._last[table.name] = last + len(rows)
        return [{"row": number, **row} for number, row in enumerate(rows, last + 1)]

    def held(self, table: Table, owner: dict[str, str]) -> Sequence[Row[Any]]:
        """The open rows of an owner, oldest first."""
        return self.connection.execute(_held(table, tuple(owner)), owner).all()


def _changes(
    table: Table, held: Iterable[Row[Any]], wanted: Iterable[dict[str, Any]], value: type[Any] | None
) -> tuple[list[int], list[dict[str, Any]]]:
    """The open rows that hold no longer, and the facts that are new."""
    names = [column.name for column in table.c if column.name not in _CLOCKS]
    new = {tuple([row[name] for name in names]): row for row in wanted}
    gone: list[int] = []
    for row in held:
        facts = dict(row._mapping)
        if value is not None and tuple(facts[name] for name in names) not in new:
            # A body written before its class gained a field says the same in other words.
            facts["body"] = body_of(values_of(value, [facts["body"]])[0])
        if new.pop(tuple([facts[name] for name in names]), None) is None:
            gone.append(row.row)
    return gone, list(new.values())


def inserting(table: Table, names: tuple[str, ...], dialect: Dialect) -> tuple[str, _Ordered]:
    """The statement that adds a row, and what puts a row's values into its order."""
    # The driver takes such rows as they are; the toolkit would go over each of them first, which takes longer than the database does.
    key = (dialect.name, table.name, names)
    if key not in _inserts:
        compiled = table.insert().inline().compile(dialect=dialect, column_keys=list(names))
        order = compiled.positiontup
        _inserts[key] = str(compiled), dict if order is None else lambda row: tuple([row[name] for name in order])
    return _inserts[key]


def _last_row(table: Table, dialect: Dialect) -> str:
    """The statement that asks for the highest number of a table; written out once, like those that add rows."""
    key = (dialect.name, table.name)
    if key not in _numbers:
        _numbers[key] = str(select(func.max(table.c.row)).compile(dialect=dialect))
    return _numbers[key]


@cache
def _held(table: Table, owner: tuple[str, ...]) -> Any:
    return table.select().where(*(table.c[name] == bindparam(name) for name in owner), is_open(table)).order_by(table.c.row)


@cache
def _closing(table: Table) -> Any:
    return table.update().where(table.c.row == bindparam("closing")).values(recorded_to=bindparam("moment"))


def batches(values: Iterable[str], size: int = 5_000) -> Iterable[list[str]]:
    """The values in order, each once, in lists that a database takes as one condition."""
    ordered = sorted(set(values))
    return (ordered[at : at + size] for at in range(0, len(ordered), size))
