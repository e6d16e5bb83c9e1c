"""What a purge does to the log: rows whose words it takes out are proved by its own entry from then on, and the salts of their earlier hashes are taken out with the words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, select, update

from lineage.store import schema
from lineage.store.access import of_file
from lineage.store.log import CLOSE, GONE, PURGE, SALT, TAKEN, Entry, form_of, key_of
from lineage.store.moments import FOREVER

# What a purge may change: rows that come from the file alone, and rows held no longer that follow from several.
OF_FILE: tuple[tuple[Table, str], ...] = (
    (schema.item, "sha256"), (schema.document, "item"), (schema.clause, "item"), (schema.date_reading, "item"), (schema.binding, "item"), (schema.signature, "item"),
    (schema.expression, "item"), (schema.relation, "item"),
)  # fmt: skip
CLOSED = (schema.finding, schema.event, schema.period, schema.work)

Forms = dict[Any, bytes]


@contextmanager
def purged(connection: Connection, entry: Entry, file: str) -> Iterator[None]:
    """Within this the words of a file are taken out; what that changed is then put on the entry, and loses its earlier salts."""
    before = _forms(connection, file)
    yield
    after = _forms(connection, file)
    for table, forms in before.items():
        changed = {key: after[table].get(key, GONE) for key, form in forms.items() if after[table].get(key, GONE) != form}
        if changed:
            entry.note(table, PURGE, list(changed.items()))
            _unsalt(connection, table, set(changed))


def _forms(connection: Connection, file: str) -> dict[Table, Forms]:
    found: dict[Table, Forms] = {}
    for table, column in OF_FILE:
        found[table] = _forms_where(connection, table, of_file(table.c[column], file))
    for table in CLOSED:
        found[table] = _forms_where(connection, table, table.c.recorded_to != FOREVER)
    return found


def _forms_where(connection: Connection, table: Table, condition: Any) -> Forms:
    key = key_of(table)
    return {key(row._mapping): form_of(table, row._mapping) for row in connection.execute(select(table).where(condition))}


def _unsalt(connection: Connection, table: Table, keys: set[Any]) -> None:
    """Take out the salts of all earlier hashes of these rows. A closing has no words, and stays proved."""
    logged = schema.logged
    mine = (logged.c.facts == table.name, logged.c.act != CLOSE)
    taken: dict[tuple[int, str], bytes] = {}
    for row in connection.execute(select(logged.c.entry, logged.c.act, logged.c.rows, logged.c.salts).where(*mine)):
        salts = bytearray(row.salts)
        for at, key in enumerate(json.loads(row.rows)):
            if key in keys:
                salts[at * SALT : (at + 1) * SALT] = TAKEN
        if salts != row.salts:
            taken[row.entry, row.act] = bytes(salts)
    for (entry, act), left in taken.items():
        connection.execute(update(logged).where(*mine, logged.c.entry == entry, logged.c.act == act).values(salts=left))
