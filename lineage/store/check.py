"""Whether a library is sound: its database, the original bytes, and what the facts say of each other."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import Column, Connection, Table, and_, func, select

from lineage.model import bytes_of
from lineage.store import built, indexing, proving, quoting, schema, worded
from lineage.store.engines import on_postgresql
from lineage.store.originals import Originals
from lineage.store.recording import is_open
from lineage.store.searching import numbers_in
from lineage.store.shaping import words_of

# The columns that name a work.
_WORKS: tuple[tuple[Table, str], ...] = (
    (schema.expression, "work"),
    (schema.event, "work"),
    (schema.period, "work"),
    (schema.finding, "work"),
    (schema.relation, "affecting_work"),
    (schema.relation, "affected_work"),
)


def faults(connection: Connection, originals: Originals) -> Iterator[str]:
    """The faults as full sentences: what, where, why it matters. None where the library is sound."""
    parts: list[tuple[str, Iterable[str]]] = [
        ("the database", _database(connection)),
        ("the schema", built.faults(connection)),
        ("the log and the rows under it", (fault.said for fault in proving.faults(connection))),
        ("the documents", _documents(connection)),
        ("the works that are named", _pointers(connection)),
        ("the word index", _index(connection)),
        ("the table of numbers", _numbers(connection)),
        ("the quotes", quoting.faults(connection)),
        ("the original bytes", _bytes(connection, originals.within(connection))),
        *((f"the moments of the table {table.name}", _clocks(connection, table, names)) for table, names in schema.FACTS.items()),
        ("the periods", _periods(connection)),
    ]
    for what, found in parts:
        try:
            yield from found
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            # A damaged value may be none that can be looked at; the other parts still can.
            yield f"{what[0].upper()}{what[1:]} cannot be checked to the end, because a value there cannot be read ({type(error).__name__}: {error}); restore the library from a backup."


def _database(connection: Connection) -> Iterator[str]:
    if on_postgresql(connection):
        return  # the server keeps its keys itself, and every row is read below
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield f"The database is not sound ({line}), so what it holds cannot be relied on; restore it from a backup."
    missing: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        missing[table, parent] = missing.get((table, parent), 0) + 1
    for (table, parent), count in missing.items():
        yield f"In the table {table}, the number of rows that name a missing row of {parent} is {count}; they have lost their source."


def _bytes(connection: Connection, originals: Originals) -> Iterator[str]:
    items = connection.execute(select(schema.item.c.sha256).order_by(schema.item.c.sha256)).scalars().all()
    purged = set(connection.execute(select(schema.purge.c.item)).scalars())
    for file in dict.fromkeys(map(bytes_of, items)):
        if file not in purged and (trouble := originals.trouble(file)):
            yield trouble
        elif file in purged and originals.has(file):
            yield f"The original bytes of item {file} are there, though the item was purged; open the library with rights to change it, which takes them away."


def _documents(connection: Connection) -> Iterator[str]:
    item, document = schema.item, schema.document
    both = select(item.c.sha256, item.c.name, document.c.sha256.label("written"), document.c.xml)
    for row in connection.execute(both.select_from(item.outerjoin(document)).order_by(item.c.sha256)):
        if not row.xml:
            yield f"The XML of item {row.sha256} ({row.name}) is missing, so what was read from it cannot be shown."
        elif hashlib.sha256(row.xml).hexdigest() != row.written:
            yield f"The XML of item {row.sha256} ({row.name}) has changed since it was written, so it no longer says what was read."


def _pointers(connection: Connection) -> Iterator[str]:
    held = select(schema.work.c.id).where(is_open(schema.work))
    for table, name in _WORKS:
        column: Column[str] = table.c[name]
        lost = (
            select(column, func.count()).where(is_open(table), column.is_not(None), column.not_in(held)).group_by(column).order_by(column)
        )
        for work, count in connection.execute(lost):
            yield f"The number of rows held in the table {table.name} that name the work {work} is {count}, but no such work is held now."


def _index(connection: Connection) -> Iterator[str]:
    with_words = "SELECT count(*) FROM clause WHERE heading <> '' OR text <> '' OR cells IS NOT NULL"
    held = connection.exec_driver_sql(with_words).scalar_one()
    indexed = indexing.size(connection)
    if held != indexed:
        yield f"The word index knows {indexed:,} clauses, and the library holds {held:,} with words, so a search goes wrong."
    elif not on_postgresql(connection):
        yield from worded.faults(connection)


def _numbers(connection: Connection) -> Iterator[str]:
    """The table of numbers against those that stand in the clauses."""
    clause, number = schema.clause, schema.clause_number
    known: dict[int, set[str]] = defaultdict(set)
    for row in connection.execute(select(number.c.clause, number.c.number)):
        known[row.clause].add(row.number)
    for one in connection.execute(select(clause.c.row, clause.c.item, clause.c.heading, clause.c.text, clause.c.cells)):
        try:
            stand = set(numbers_in(f"{one.heading}\n{words_of(dict(one._mapping))}"))
        except (ValueError, TypeError):  # cells that are none
            stand = None
        if stand != known.pop(one.row, set()):
            yield f"The table clause_number does not have the numbers that stand in row {one.row} of the table clause (item {one.item}), so a search for a number goes wrong."
    for lost in known:
        yield f"The table clause_number has numbers of row {lost} of the table clause, and there is no such row."


def _clocks(connection: Connection, table: Table, names: Iterable[str]) -> Iterator[str]:
    """Facts that were held in two forms at one moment, or that ended before they began."""
    fact = [table.c[name] for name in names]
    begun, ended = table.c.recorded_from, table.c.recorded_to
    before = func.lag(ended).over(partition_by=fact, order_by=(begun, ended)).label("before")
    rows = select(*fact, begun, before).where(begun < ended).subquery()
    twice = select(rows).where(rows.c.before > rows.c.recorded_from)
    for row in connection.execute(twice):
        name = " ".join(str(part) for part in row[: len(fact)])
        yield f"The {table.name} {name} is recorded in two forms at {row.recorded_from}, so what was known then cannot be told."
    for row in connection.execute(select(*fact, begun).where(begun > ended)):
        name = " ".join(str(part) for part in row[: len(fact)])
        yield f"The {table.name} {name} is recorded as closed before {row.recorded_from}, the moment at which it was recorded."


def _periods(connection: Connection) -> Iterator[str]:
    one, other = schema.period.alias("one"), schema.period.alias("other")
    both_days = and_(one.c.valid_from < other.c.valid_to, other.c.valid_from < one.c.valid_to)
    both_held = and_(one.c.recorded_from < other.c.recorded_to, other.c.recorded_from < one.c.recorded_to)
    real = and_(one.c.recorded_from < one.c.recorded_to, other.c.recorded_from < other.c.recorded_to)
    # Two rows of one fact that were held at once are named by their clocks already.
    pairs = and_(one.c.work == other.c.work, one.c.row < other.c.row, one.c.valid_from != other.c.valid_from)
    overlapping = select(one.c.work, one.c.valid_from, one.c.valid_to, other.c.valid_from, other.c.valid_to)
    for work, *days in connection.execute(overlapping.where(pairs, both_days, both_held, real).order_by(one.c.work, one.c.valid_from)):
        yield (
            f"Two periods of the work {work} overlap, [{days[0]}, {days[1]}) and [{days[2]}, {days[3]}), and were held at one moment, "
            "so the days in both have two answers."
        )
