"""A copy of a library to try something on: the library itself is only read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, event

from lineage.store.engines import on_postgresql, writing
from lineage.store.library import Store
from lineage.store.moving import copy_facts
from lineage.store.place import Place
from lineage.store.sqlite import engine_for
from lineage.store.trouble import told


@contextmanager
def copied(kept: Store) -> Iterator[Store]:
    """The library's facts in a folder of their own, which is gone afterwards; written to, nothing of the library changes. The original bytes of its items are not copied.

    Takes no lock but that of a reader, so a library that may not be written can be copied, and one that is being written as it stood before.
    """
    with TemporaryDirectory(prefix="lineage-", ignore_cleanup_errors=True) as folder:
        place = Place(Path(folder))
        engine = engine_for(place.database, 30.0)
        event.listen(engine, "connect", _hurry)
        try:
            with told(kept.location), kept._asking() as connection:
                _copy(kept, connection, engine)
            yield Store(place, engine, kept.created_at, kept._clock)
        finally:
            engine.dispose()


def _copy(kept: Store, held: Connection, engine: Engine) -> None:
    if on_postgresql(held):
        with writing(engine) as made, made.begin():
            copy_facts(kept, held, made)
        return
    raw: Any = held.connection.driver_connection
    with closing(sqlite3.connect(kept_in(engine))) as copy:
        raw.backup(copy)


def kept_in(engine: Engine) -> str:
    """The file of an engine's database."""
    return engine.url.database or ""


def _hurry(connection: Any, _: Any) -> None:
    # What is thrown away need not survive a loss of power.
    for setting in ("synchronous = OFF", "journal_mode = MEMORY"):
        connection.execute(f"PRAGMA {setting}")
