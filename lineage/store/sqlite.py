"""The database engine for a library in a folder: SQLite, with its settings and their reasons.

The journal is SQLite's rollback journal, and not the write-ahead log, because a library may lie on a network folder: the log needs
memory that all programs share, which only one computer can give. The rollback journal also lets a library be read where it cannot
be written, and leaves one file to copy. Readers go on while a transaction is written; they wait only while it is committed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

# "pl" and two digits; it tells a library from any other SQLite database.
APPLICATION_ID = 0x706C3031

# How many pages of 4 KiB a transaction keeps in memory. Beyond it SQLite writes them out early, and readers have to wait for the
# whole transaction.
CACHE_PAGES = 65_536


def engine_for(database: Path, patience_s: float) -> Engine:
    """An engine for this database file; a lock held by another program is waited for ``patience_s`` seconds."""
    # What is kept may be secret or restricted, and an exception's text may come into a log: it names the statement, and no values.
    engine = create_engine(URL.create("sqlite", database=str(database)), connect_args={"timeout": patience_s}, hide_parameters=True)
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _settle(connection: Any, _: Any) -> None:
    # The driver would begin transactions late and end them before table definitions; here they begin and end as stated.
    connection.isolation_level = None
    for setting in ("foreign_keys = ON", "synchronous = FULL", f"cache_size = {CACHE_PAGES}"):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    how = connection.get_execution_options().get("begin")
    if how is not None:
        connection.exec_driver_sql(f"BEGIN {how}")
    else:
        # Done for every question, and it waits for no lock; the toolkit takes ten times as long as the driver itself.
        driver: Any = connection.connection.dbapi_connection
        driver.execute("BEGIN DEFERRED")
