"""The database of a library, whichever it is: how it is reached, and how a transaction that writes begins."""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from lineage.store import sqlite
from lineage.store.place import Place


def engine_at(place: Place, patience_s: float) -> Engine:
    """An engine for the library in this place; a lock held by another program is waited for ``patience_s`` seconds. StoreError ``store.unsupported`` where the driver is not installed."""
    if not place.address:
        return sqlite.engine_for(place.database, patience_s)
    from lineage.store import postgresql

    return postgresql.engine_for(place.address, patience_s)


def writing(engine: Engine) -> Connection:
    """A connection whose transaction holds the one write lock from its beginning, so that what it reads cannot change before it writes."""
    return engine.connect().execution_options(begin="IMMEDIATE")


def on_postgresql(connection: Connection) -> bool:
    """Whether a connection is to PostgreSQL and not to SQLite."""
    return connection.dialect.name == "postgresql"
