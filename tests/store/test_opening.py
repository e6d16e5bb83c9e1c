from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from lineage import store
from lineage.errors import StoreError
from lineage.store.place import ADDRESS, new_in
from lineage.store.postgresql import taken_apart
from tests.kept import ON_POSTGRESQL, database, sqlite_only, tables

from . import samples as s


def refused(location: Path | str, **options: bool) -> StoreError:
    with pytest.raises(StoreError) as error:
        store.open(location, **options)  # type: ignore[arg-type]
    assert error.value.message.endswith(".")
    assert error.value.hint.endswith(".")
    return error.value


def execute(library: Path, statement: str) -> None:
    if ON_POSTGRESQL and not (library / ADDRESS).exists():
        address = new_in(library).address
        with database(library) as laid:
            laid.execute(f'CREATE SCHEMA "{taken_apart(address)[1]}"')
    with database(library) as laid:
        laid.execute(statement)


@pytest.mark.parametrize("make", [False, True])
def test_a_new_or_empty_folder_becomes_a_library(tmp_path: Path, make: bool, clock: s.Clock) -> None:
    folder = tmp_path / "a" / "Bücher & Co #1?"
    if make:
        folder.mkdir(parents=True)
        (folder / ".DS_Store").write_bytes(b"")
    with store.open(folder, clock=clock) as library:
        assert library.created_at == "2026-08-03T09:15:01.000000Z"
        assert library.items() == []
        assert library.check() == []
    with store.open(str(folder), create=False) as library:
        assert library.created_at == "2026-08-03T09:15:01.000000Z"


def test_no_library_is_made_where_none_was_asked_for(tmp_path: Path) -> None:
    assert refused(tmp_path / "none", create=False).code == "store.missing"
    assert refused(tmp_path, create=False).code == "store.missing"
    assert list(tmp_path.iterdir()) == []


def test_other_folders_and_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    assert refused(tmp_path).code == "store.not-a-library"
    assert refused(tmp_path / "letter.txt").code == "store.not-a-library"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("table", ["songs(title)", "alembic_version(version_num)"])
def test_the_database_of_another_program_is_left_alone(tmp_path: Path, table: str) -> None:
    execute(tmp_path, f"CREATE TABLE {table}")
    assert refused(tmp_path).code == "store.not-a-library"


@sqlite_only
@pytest.mark.parametrize("damage", [b"these are no pages of a database " * 500, b"SQLite format 3\x00" + b"\xff" * 9000])
def test_a_damaged_database_is_told(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "library.sqlite").write_bytes(damage)
    assert refused(tmp_path).code == "store.corrupt"


@sqlite_only
def test_damage_found_while_reading_is_told(tmp_path: Path) -> None:
    with store.open(tmp_path) as library:
        with library.transaction() as writing:
            for at in range(50):
                s.ingest(writing, f"paper-{at}", *["Some words."] * 20)
        path = tmp_path / "library.sqlite"
        data = bytearray(path.read_bytes())
        data[len(data) // 2 :] = b"\xff" * (len(data) - len(data) // 2)
        path.write_bytes(data)
    with store.open(tmp_path) as library:
        with pytest.raises(StoreError) as error:
            library.relations()
        assert error.value.code == "store.corrupt"
        assert library.check()


def test_a_folder_that_may_not_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert refused(tmp_path / "new").code == "store.no-rights"


def test_a_library_that_may_only_be_read_can_be_asked(tmp_path: Path) -> None:
    with store.open(tmp_path) as library:
        with library.transaction() as writing:
            s.ingest(writing, "media")
        # What SQLite does by itself where the file may not be written; a test run by an administrator can write everything.
        only = "SET TRANSACTION READ ONLY" if ON_POSTGRESQL else "PRAGMA query_only = ON"
        event.listen(library._engine, "begin", lambda connection: connection.exec_driver_sql(only))
        with pytest.raises(StoreError) as error, library.transaction() as writing:
            writing.set_work(s.work("other"))
        assert error.value.code == "store.no-rights"
        assert len(library.works()) == 1


def test_databases_of_other_kinds_are_not_supported() -> None:
    error = refused("mysql://host/library")
    assert error.code == "store.unsupported"
    assert "not supported" in error.message


def test_a_newer_library_is_refused_and_left_alone(tmp_path: Path) -> None:
    store.open(tmp_path).close()
    execute(tmp_path, "UPDATE alembic_version SET version_num = '0999'")
    before = tables(tmp_path)
    error = refused(tmp_path)
    assert error.code == "store.newer"
    assert "0999" in error.message
    assert tables(tmp_path) == before


def test_a_library_whose_making_was_cut_short_is_finished(tmp_path: Path) -> None:
    if ON_POSTGRESQL:
        new_in(tmp_path)
    else:
        (tmp_path / "library.sqlite").write_bytes(b"")
    assert refused(tmp_path, create=False).code == "store.missing"
    with store.open(tmp_path) as library:
        assert library.check() == []


def test_a_second_writer_waits_and_is_told(tmp_path: Path) -> None:
    with store.open(tmp_path) as first, store.open(tmp_path, patience_s=0.1) as second:
        with first.transaction() as writing:
            s.ingest(writing, "media")
            with pytest.raises(StoreError) as error, second.transaction():
                pass
            assert second.items() == []
        assert error.value.code == "store.busy"
        assert len(second.items()) == 1
        with second.transaction() as writing:
            s.ingest(writing, "other")


def test_a_transaction_inside_a_transaction_is_told_at_once(library: store.Store) -> None:
    with library.transaction():
        with pytest.raises(StoreError) as error, library.transaction():
            pass
        assert error.value.code == "store.busy"


def test_a_clock_without_a_time_zone_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        store.open(tmp_path, clock=lambda: datetime(2026, 8, 3))
    with store.open(tmp_path, clock=lambda: datetime(2026, 8, 3, tzinfo=UTC)) as library:
        assert library.created_at == "2026-08-03T00:00:00.000000Z"


def test_the_toolkit_is_loaded_only_to_open() -> None:
    code = "import sys, lineage.store; assert not {'sqlalchemy', 'alembic', 'sqlite3'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@sqlite_only
def test_migrations_and_other_databases_are_loaded_only_where_needed(tmp_path: Path) -> None:
    code = (
        f"import sys, lineage.store; lineage.store.open({str(tmp_path / 'new')!r}).periods(); "
        "assert not {'alembic', 'sqlalchemy.dialects.postgresql'} & set(sys.modules)"
    )
    for _ in ("a new library", "one that is there"):
        subprocess.run([sys.executable, "-c", code], check=True)
