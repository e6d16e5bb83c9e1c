"""Whether a library in PostgreSQL is guarded as the newest schema has it: each trigger, what it is about and what it calls, the rule that periods do not overlap, and the indexes by which a fact is open once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from lineage.store import people, schema
from lineage.store.migrations.postgresql import OWN_TABLES, Trigger, triggers_of
from lineage.store.postgresql import tables_of

_HERE = "trim(both '\"' from current_setting('search_path'))"
_TRIGGERS = (
    "SELECT t.tgname, c.relname, t.tgtype, t.tgenabled, p.proname, p.prosrc, t.tgqual IS NOT NULL, t.tgargs, "
    "ARRAY(SELECT a.attname::text FROM unnest(t.tgattr) WITH ORDINALITY AS own (number, place) JOIN pg_catalog.pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum = own.number ORDER BY own.place) "
    "FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid "
    f"WHERE n.nspname = {_HERE} AND NOT t.tgisinternal ORDER BY t.tgname"
)
# The bits by which the server notes when a trigger is called.
_ROW, _BEFORE, _ACTS = 1, 2, {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
_COLUMNS = f"SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = {_HERE}"
_INDEXES = f"SELECT c.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = {_HERE} AND i.indisvalid"
_KINDS = {"INTEGER": "integer", "TEXT": "text", "FLOAT": "double precision", "BLOB": "bytea"}


def faults(connection: Connection, newest: str) -> Iterator[str]:
    """What is missing, altered or too much, as full sentences."""
    wanted = {one.name: one for one in triggers_of(newest)}
    found = {row[0]: row for row in connection.exec_driver_sql(_TRIGGERS)}
    for name, one in wanted.items():
        if name not in found:
            yield f"The trigger {name} of the database is missing, so nothing keeps programs from altering what was recorded."
        elif not _same(one, found[name]):
            yield f"The trigger {name} of the database is not built as this version builds it, so nothing keeps programs from altering what was recorded."
    for name in found:
        if name not in wanted:
            yield f"The database has a trigger {name} that no library has; what it does to the rows is not known."
    yield from _columns(connection)
    ours = {*schema.metadata.tables, *OWN_TABLES, *people.metadata.tables, "alembic_version"}
    for name in tables_of(connection):
        if name not in ours:
            yield f"The database has a table {name} that no library has; what it does to the rows is not known."
    indexes = set(connection.exec_driver_sql(_INDEXES).scalars())
    for name in ("period_once", *sorted(index.name or "" for table in schema.metadata.tables.values() for index in table.indexes)):
        if name not in indexes:
            yield f"The index {name} of the database is missing."


def _same(one: Trigger, row: Any) -> bool:
    _, table, kind, enabled, function, body, conditional, said, columns = row
    of_tables = one.function == one.name
    wanted_kind = _BEFORE | _ACTS[one.act] | (0 if one.act == "TRUNCATE" else _ROW)
    same = (table, kind, function, list(columns)) == (one.table, wanted_kind, one.function, list(one.columns)) and enabled in ("O", "A", b"O", b"A")
    if of_tables:
        return same and body == one.body
    return same and conditional == bool(one.condition) and bytes(said).rstrip(b"\x00").decode() == one.said


def _columns(connection: Connection) -> Iterator[str]:
    found = {(table, column): kind for table, column, kind in connection.exec_driver_sql(_COLUMNS)}
    for table in schema.metadata.tables.values():
        for column in table.c:
            kind = found.get((table.name, column.name))
            if kind != _KINDS[str(column.type)]:
                yield f"The column {column.name} of the table {table.name} is {'missing' if kind is None else 'of another kind than this version makes it'}."
