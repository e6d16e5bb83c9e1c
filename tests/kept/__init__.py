"""Where the tests keep libraries: in SQLite, or, with ``LINEAGE_TEST_ENGINE=postgresql``, in a PostgreSQL server of their own; and how they look into either without the program."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from lineage.store.place import ADDRESS, NEW_LIBRARIES, new_in, place_of
from lineage.store.postgresql import taken_apart, with_schema

ENGINE = os.environ.get("LINEAGE_TEST_ENGINE", "sqlite")
ON_POSTGRESQL = ENGINE == "postgresql"

# For tests of what only one of the two has.
sqlite_only = pytest.mark.skipif(ON_POSTGRESQL, reason="This is about the files of a library in SQLite.")
postgresql_only = pytest.mark.skipif(not ON_POSTGRESQL, reason="This is about PostgreSQL (LINEAGE_TEST_ENGINE=postgresql).")


def _refusals() -> tuple[type[Exception], ...]:
    if not ON_POSTGRESQL:
        return (sqlite3.IntegrityError,)
    import psycopg

    return (sqlite3.IntegrityError, psycopg.IntegrityError)


def _errors() -> tuple[type[Exception], ...]:
    if not ON_POSTGRESQL:
        return (sqlite3.Error,)
    import psycopg

    return (sqlite3.Error, psycopg.Error)


# What a database raises, whatever is wrong.
ERRORS = _errors()
# What a database raises that refuses to alter what was recorded.
REFUSALS = _refusals()


class Laid:
    """A database laid open, past the program. Statements are SQLite's; those of them that PostgreSQL says otherwise are put into its words."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def execute(self, statement: str, values: Iterable[Any] = ()) -> Any:
        """The driver's cursor."""
        return self.connection.execute(spoken(statement), tuple(values)) if ON_POSTGRESQL and not isinstance(self.connection, sqlite3.Connection) else self.connection.execute(statement, tuple(values))

    def commit(self) -> None:
        """Keep what was done."""
        self.connection.commit()

    def unguard(self) -> None:
        """Put every trigger out of the way, as whoever wants to alter a library has to."""
        if isinstance(self.connection, sqlite3.Connection):
            for (trigger,) in self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                self.connection.execute(f"DROP TRIGGER {trigger}")
        else:
            self.connection.execute("SET session_replication_role = replica")


_WORDS = (
    (r"zeroblob\((length\(\w+\))\)", r"decode(repeat('00', \1), 'hex')"),
    (r"hex\(randomblob\(32\)\)", "md5(random()::text) || md5(random()::text)"),
    (r"x'([0-9a-f]*)'", r"decode('\1', 'hex')"),
    (r"UPDATE OR IGNORE", "UPDATE"),
    (r"DROP TRIGGER (([a-z_]+)_[a-z]+)$", r"DROP TRIGGER \1 ON \2"),
    (r"(CREATE TABLE \w+ *)\((\w+)\)", r"\1(\2 text)"),
    (r" IS (\(|')", r" IS NOT DISTINCT FROM \1"),
    (r"%", "%%"),
    (r"\?", "%s"),
)


def spoken(statement: str) -> str:
    """A statement of SQLite's in PostgreSQL's words."""
    for pattern, words in _WORDS:
        statement = re.sub(pattern, words, statement)
    return statement


@contextmanager
def database(folder: Path | str) -> Iterator[Laid]:
    """The database of the library in a folder. What is done is kept unless something is raised."""
    place = place_of(folder)
    if not place.address:
        with closing(sqlite3.connect(place.database)) as connection, connection:
            yield Laid(connection)
        return
    import psycopg

    url, schema = taken_apart(place.address)
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        connection.execute(f'SET search_path TO "{schema}"')
        yield Laid(connection)


def settled(folder: Path | str) -> None:
    """Wait until nobody else is at work in the database: a server ends what a killed program had begun, or has asked it to keep, a moment after that program is gone."""
    if not place_of(folder).address:
        return
    ends = time.monotonic() + 30
    with database(folder) as laid:
        while laid.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid() AND state <> 'idle'").fetchall():
            assert time.monotonic() < ends, "what a killed program had begun does not end"
            time.sleep(0.01)
            laid.commit()


def elsewhere() -> str:
    """An address at which nothing is yet."""
    return with_schema(os.environ[NEW_LIBRARIES], f"other_{secrets.token_hex(6)}")


def spoil(folder: Path, sha256: str, data: bytes | None) -> None:
    """Give an item other original bytes, or none."""
    if place_of(folder).address:
        with database(folder) as laid:
            laid.unguard()
            laid.execute("DELETE FROM original WHERE sha256 = ?" if data is None else "UPDATE original SET data = ? WHERE sha256 = ?", [sha256] if data is None else [data, sha256])
        return
    path = folder / "items" / sha256[:2] / sha256
    path.unlink() if data is None else path.write_bytes(data)


def tables(folder: Path | str) -> dict[str, list[str]]:
    """Every row of every table, in order."""
    with database(folder) as connection:
        names = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name" if not place_of(folder).address else "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
        found = [row[0] for row in connection.execute(names).fetchall()]
        return {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"').fetchall())) for name in found}


def originals(folder: Path | str) -> dict[str, bytes]:
    """The original bytes that are kept, by their name."""
    place = place_of(folder)
    if place.address:
        with database(folder) as laid:
            return {name: bytes(data) for name, data in laid.execute("SELECT sha256, data FROM original ORDER BY sha256").fetchall()}
    return {path.name: path.read_bytes() for path in sorted((Path(folder) / "items").rglob("*")) if path.is_file()}


def files_of_server(folder: Path) -> list[tuple[str, bytes]]:
    """The server's own files of a library's tables and indexes, as they are on its disk; none where there is no server."""
    if not place_of(folder).address:
        return []
    with database(folder) as laid:
        laid.execute("COMMIT")
        laid.execute("CHECKPOINT")
        mine = "SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        toasts = f"SELECT reltoastrelid FROM pg_class WHERE oid IN ({mine}) AND reltoastrelid <> 0"
        files = f"SELECT relname, pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class WHERE relkind IN ('r', 'i', 't') AND (oid IN ({mine}) OR oid IN ({toasts}))"
        return [(name, bytes(data)) for name, data in laid.execute(files).fetchall()]


def state(folder: Path | str) -> tuple[dict[str, list[str]], dict[str, str]]:
    """All rows and the hashes of all original bytes: equal exactly where nothing was changed."""
    return tables(folder), {name: hashlib.sha256(data).hexdigest() for name, data in originals(folder).items()}


def is_made(folder: Path) -> bool:
    """Whether the library in a folder has its first table."""
    if not ON_POSTGRESQL:
        return (folder / "library.sqlite").exists()
    return (folder / ADDRESS).exists()


def copy(folder: Path, to: Path) -> Path:
    """A second library with the same in it, and whatever lies beside it."""
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns(ADDRESS))
    if (folder / ADDRESS).exists():
        from lineage.store.engines import engine_at, writing
        from lineage.store.moving import _copy_bytes, copy_facts
        from lineage.store.opening import open_library

        place = new_in(to)
        engine = engine_at(place, 30.0)
        with open_library(folder, create=False, clock=None, patience_s=30.0) as held, held._asking() as source, writing(engine) as made, made.begin():
            copy_facts(held, source, made)
            _copy_bytes(held, source, made, place, None)
        engine.dispose()
    return to
