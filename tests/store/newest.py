"""What the migration scripts make of an empty database, as the text of ``migrations/newest.sql``.

    python -m tests.store.newest > lineage/store/migrations/newest.sql
"""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from lineage.store import schema
from lineage.store.engines import writing
from lineage.store.migrations import run
from lineage.store.sqlite import engine_for


def migrated(database: Path) -> None:
    """An empty database brought to the newest schema by the scripts, one after another."""
    engine = engine_for(database, 1.0)
    with writing(engine) as connection, connection.begin():
        run.upgrade(connection, schema.HEAD)
    engine.dispose()


def statements(database: Path) -> list[str]:
    """What made the tables, indexes and triggers of a database, in order; not the tables that the word index makes for itself."""
    connection = sqlite3.connect(database)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
    connection.close()
    return ["\n".join(line.rstrip() for line in sql.strip().splitlines()) for name, sql in rows if not name.startswith("clause_words_")]


def newest() -> str:
    """The file: its revision, the statements, and the revision put down in the database."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "library.sqlite"
        migrated(database)
        made = [*statements(database), f"INSERT INTO alembic_version (version_num) VALUES ('{schema.HEAD}')"]
    return f"-- {schema.HEAD}\n" + "".join(f"{one};\n" for one in made)


if __name__ == "__main__":
    print(newest(), end="")
