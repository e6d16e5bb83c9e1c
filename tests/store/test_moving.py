"""A library copied from one place to another: equal in every row and byte, or nothing at all."""

from __future__ import annotations

import random
import shutil
import time
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from lineage import store
from lineage.errors import StoreError
from lineage.model.access import Purge, Withdrawal
from lineage.store import Store, moving
from lineage.store.moving import move
from lineage.store.place import place_of
from tests.kept import ON_POSTGRESQL, database, elsewhere, originals, postgresql_only, spoil, tables
from tests.shares import a_share

from . import samples as s
from .test_crash import kill, line, start

COPY = """
import sys
from lineage.store.moving import move
print("ready", flush=True)
move(sys.argv[1], sys.argv[2])
print("done", flush=True)
"""

# What follows from the clauses, and what only one of the two databases has.
OWN = ("clause_words", "original", "swept", "sqlite_")


def facts(folder: Path | str) -> dict[str, list[str]]:
    return {name: rows for name, rows in tables(folder).items() if not name.startswith(OWN)}


@pytest.fixture
def held(library: Store) -> Store:
    with library.transaction() as writing:
        s.ingest(writing, "media", "See Section 3.48 on the use of force.")
        s.ingest(writing, "radio", "Another clause.")
    with library.transaction() as writing:
        writing.set_work(replace(s.work("media"), title="Media, revised"))
    return library


def targets(tmp_path: Path) -> list[Path | str]:
    """A folder, and in PostgreSQL an address too."""
    return [tmp_path / "copy", *([elsewhere()] if ON_POSTGRESQL else [])]


def test_a_copy_is_equal_and_goes_on(held: Store, tmp_path: Path) -> None:
    for target in targets(tmp_path):
        moved = move(held.location, target)
        assert (moved.head, moved.files) == (held.head(), 2)
        assert facts(target) == facts(held.location)
        assert originals(target) == originals(held.location)
        with store.open(target, create=False) as copy:
            assert copy.check() == []
            assert [hit.eid for hit in copy.search('"use of force"')] == ["sec_1"]
            assert [hit.eid for hit in copy.search("3.48")] == ["sec_1"]
            with copy.transaction() as writing:
                s.ingest(writing, "later")
            assert copy.check() == []
            assert copy.contained(moved.head.hash) == ""
        with pytest.raises(StoreError) as error:
            move(held.location, target)
        assert error.value.code == "store.backup-place"


@postgresql_only
def test_a_library_comes_back_as_it_was(held: Store, tmp_path: Path) -> None:
    there = elsewhere()
    move(held.location, tmp_path / "folder")
    assert place_of(tmp_path / "folder").address == ""
    move(tmp_path / "folder", there)
    move(there, tmp_path / "back")
    assert facts(tmp_path / "folder") == facts(there) == facts(tmp_path / "back")


def test_a_purge_comes_along(held: Store, tmp_path: Path) -> None:
    said = ("Sgt. A. Doe", "a court ordered it", "2026-08-03T10:00:00Z")
    with held.transaction() as writing:
        writing.add_access(Withdrawal(s.sha("radio"), *said))
        writing.close_file(s.sha("radio"))
        writing.set_life(s.work("radio").id, (), ())
    held.purge(Purge(s.sha("radio"), 10, *said))
    assert held.check() == []
    for target in targets(tmp_path):
        assert move(held.location, target).files == 1
        assert list(originals(target)) == [s.sha("media")]
        with store.open(target, create=False) as copy:
            assert copy.check() == []


@pytest.mark.parametrize("kind", ["row", "bytes"])
def test_a_library_that_is_not_sound_is_not_copied(held: Store, tmp_path: Path, kind: str) -> None:
    if kind == "bytes":
        spoil(held.location, s.sha("media"), b"other")
    else:
        with database(held.location) as laid:
            laid.unguard()
            laid.execute("UPDATE item SET title = 'other'")
    for target in targets(tmp_path):
        with pytest.raises(StoreError) as error:
            move(held.location, target)
        assert error.value.code in ("store.backup-damaged", "store.bytes")
        with pytest.raises(StoreError, match="There is no library"):
            store.open(target, create=False)
    assert not (tmp_path / "copy").exists()


def test_a_copy_that_is_not_equal_is_not_kept(held: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = moving._plain_rows
    monkeypatch.setattr(moving, "_plain_rows", lambda connection, table: (row | ({"title": "x"} if table.name == "work" and connection.engine.url != held._engine.url else {}) for row in real(connection, table)))
    with pytest.raises(StoreError) as error:
        move(held.location, tmp_path / "copy")
    assert error.value.code == "store.backup-damaged"
    assert error.value.candidates == ("The table work of the copy is not equal to that of the library.",)
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("seed", a_share(range(6), 3))
def test_a_copy_that_is_killed_is_whole_or_not_there(held: Store, tmp_path: Path, seed: int) -> None:
    held.close()
    for target in targets(tmp_path):
        process = start(COPY, held.location, target)
        assert line(process) == "ready"
        time.sleep(random.Random(seed).uniform(0.0, 0.7))
        kill(process)
        with suppress(StoreError):
            move(held.location, target)  # what the killed one left is in nobody's way
        with store.open(target, create=False) as copy:
            assert copy.check() == []
            assert copy.head() == held.head()
        if isinstance(target, Path):
            shutil.rmtree(target)
    assert held.check() == []
