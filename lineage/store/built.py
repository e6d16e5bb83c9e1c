"""Whether a database is built as the newest schema has it: its tables, indexes and triggers, which keep every program from altering what was recorded."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from lineage.store import guarded, schema
from lineage.store.engines import on_postgresql
from lineage.store.migrations import run

# The tables that the word index makes for itself, and those of the database.
_OWN = ("clause_words_", "sqlite_")


def faults(connection: Connection) -> Iterator[str]:
    """What is missing, altered or too much, as full sentences."""
    revision = run.revision_of(connection)
    if revision != schema.HEAD:
        yield f"The database says that its schema is {revision}, and this version knows {schema.HEAD}."
        return
    if on_postgresql(connection):
        yield from guarded.faults(connection, run.newest())
        return
    wanted, found = _wanted(), _statements(connection)
    for name, (kind, statement) in wanted.items():
        if name not in found:
            yield f"The {kind} {name} of the database is missing{_so(kind)}."
        elif found[name][1] != statement:
            yield f"The {kind} {name} of the database is not built as this version builds it{_so(kind)}."
    for name, (kind, _) in found.items():
        if name not in wanted:
            yield f"The database has a {kind} {name} that no library has; what it does to the rows is not known."


def _so(kind: str) -> str:
    return ", so nothing keeps programs from altering what was recorded" if kind == "trigger" else ""


def _wanted() -> dict[str, tuple[str, str]]:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with engine.connect() as connection, connection.begin():
            run.make(connection, schema.HEAD)
            return _statements(connection)
    finally:
        engine.dispose()


def _statements(connection: Connection) -> dict[str, tuple[str, str]]:
    rows = connection.exec_driver_sql("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    # The database keeps statements as they were typed, and adds a column to one in its own spacing.
    return {name: (kind, " ".join(sql.split())) for name, kind, sql in rows if not name.startswith(_OWN)}
