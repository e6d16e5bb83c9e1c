from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from lineage import store
from lineage.store import schema
from lineage.store.migrations import run
from lineage.store.postgresql import taken_apart
from tests.kept import ON_POSTGRESQL, database, elsewhere, postgresql_only, sqlite_only

from . import samples as s
from .newest import migrated, statements

HEAD, AFTER = schema.HEAD, f"{int(schema.HEAD) + 1:04}"
NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{after}", "{head}"
def upgrade():
    op.add_column("item", sa.Column("language", sa.Text))
    {more}
"""


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A library with one paper, made before the next schema."""
    folder = tmp_path / "library"
    with store.open(folder) as library, library.transaction() as writing:
        s.ingest(writing, "media")
    return folder


def renew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> None:
    """A program with a further migration script."""
    scripts = tmp_path / "scripts"
    shutil.copytree(run.HERE, scripts)
    (scripts / "versions" / f"v{AFTER}_next.py").write_text(NEXT.format(after=AFTER, head=HEAD, more=more))
    monkeypatch.setattr(run, "HERE", scripts)
    monkeypatch.setattr(schema, "HEAD", AFTER)


def version(folder: Path) -> str:
    with database(folder) as laid:
        return str(laid.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def version_of(file: Path) -> str:
    """The revision of a file that is a database."""
    with closing(sqlite3.connect(file)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


@sqlite_only
def test_the_scripts_make_the_tables_that_the_code_knows(library: store.Store) -> None:
    def ours(_: Any, name: str | None, kind: str, *__: Any) -> bool:
        return not (kind == "table" and str(name).startswith("clause_words"))

    with library._asking() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, schema.metadata) == []


def test_the_newest_script_is_the_newest_schema() -> None:
    assert ScriptDirectory(str(run.HERE)).get_current_head() == schema.HEAD


@sqlite_only
def test_a_new_library_is_the_same_as_a_migrated_one(library: store.Store, tmp_path: Path) -> None:
    migrated(tmp_path / "migrated.sqlite")
    made, grown = library.location / "library.sqlite", tmp_path / "migrated.sqlite"
    # SQLite keeps the statements as they were typed, and adds a column to one in its own spacing.
    assert [" ".join(one.split()) for one in statements(made)] == [" ".join(one.split()) for one in statements(grown)]
    assert version_of(made) == version_of(grown) == schema.HEAD


def test_what_makes_a_new_library_is_of_the_newest_schema() -> None:
    assert (run.HERE / "newest.sql").read_text().startswith(f"-- {schema.HEAD}\n")


def test_an_older_library_is_brought_up_to_date(older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    renew(tmp_path, monkeypatch)
    for _ in range(2):
        with store.open(older) as library:
            assert library.data(s.sha("media")) == s.bytes_of("media")
            assert len(library.periods()) == 1
            assert library.check() == []
    assert version(older) == AFTER
    assert ON_POSTGRESQL or version_of(older / f"library-{HEAD}.sqlite") == HEAD


def test_a_new_library_has_the_newest_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    renew(tmp_path, monkeypatch)
    store.open(tmp_path / "new").close()
    assert version(tmp_path / "new") == AFTER
    assert not (tmp_path / "new" / f"library-{HEAD}.sqlite").exists()


def test_a_migration_that_fails_leaves_the_library_as_it_was(older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        renew(tmp_path, newer, more="raise RuntimeError('half way')")
        with pytest.raises(RuntimeError, match="half way"):
            store.open(older)
    with store.open(older) as library:
        assert len(library.items()) == 1
        assert library.check() == []
    assert version(older) == HEAD


@pytest.mark.parametrize("revision", [f"{at:04}" for at in range(1, int(schema.HEAD))])
def test_a_library_of_any_earlier_schema_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str) -> None:
    folder = tmp_path / "library"
    with monkeypatch.context() as first:
        first.setattr(schema, "HEAD", revision)
        store.open(folder).close()
    with store.open(folder) as library:
        with library.transaction() as writing:
            s.ingest(writing, "media")
        assert library.check() == []
    assert version(folder) == schema.HEAD


def built(address: str) -> dict[str, list[tuple[Any, ...]]]:
    """How a schema is built: columns, indexes, constraints, in PostgreSQL's own words."""
    schema_name = f"{taken_apart(address)[1]}."
    with database(address) as laid:
        asked = {
            "columns": "SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name FROM information_schema.columns WHERE table_schema = current_schema()",
            "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()",
            "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = current_schema()::regnamespace",
            "sequences": "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()",
        }
        return {name: sorted(tuple(str(one).replace(schema_name, "") for one in row) for row in laid.execute(statement).fetchall()) for name, statement in asked.items()}


@postgresql_only
def test_a_new_library_at_an_address_is_the_same_as_a_migrated_one(monkeypatch: pytest.MonkeyPatch) -> None:
    made, grown = elsewhere(), elsewhere()
    store.open(made).close()
    with monkeypatch.context() as first:
        first.setattr(schema, "HEAD", "0001")
        store.open(grown).close()
    store.open(grown).close()
    one, other = built(made), built(grown)
    assert one["sequences"] == []
    for part, rows in one.items():
        assert rows == other[part], part
