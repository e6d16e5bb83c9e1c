"""A library kept a second time and brought back: whole, proved, or not at all."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from lineage import store
from lineage.errors import StoreError
from lineage.store import Store
from lineage.store.backup import back_up, restore
from lineage.store.moving import move
from lineage.store.people import DATABASE, People
from tests.kept import ON_POSTGRESQL, database, spoil

from . import samples as s
from .test_crash import MANY, kill, line, start

BACKUP = """
import sys
from pathlib import Path
from lineage import store
from lineage.store.backup import back_up
print("ready", flush=True)
with store.open(sys.argv[1]) as library:
    back_up(library, Path(sys.argv[2]))
print("done", flush=True)
"""


@pytest.fixture
def held(library: Store) -> Store:
    with library.transaction() as writing:
        s.ingest(writing, "media")
        s.ingest(writing, "radio")
    return library


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "library")


def test_a_backup_is_a_library_and_comes_back(held: Store, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    made = back_up(held, tmp_path / "kept" / "first", progress=lambda done, total: seen.append((done, total)))
    assert (made.files, made.accounts, made.head) == (2, False, held.head())
    assert seen == [(1, 2), (2, 2)]
    assert left(tmp_path) == ["kept"]
    assert left(tmp_path / "kept") == ["first"]
    back = restore(tmp_path / "kept" / "first", tmp_path / "back")
    assert back.head == made.head
    with store.open(tmp_path / "back", create=False) as again:
        assert again.check() == []
        assert again.data(s.sha("media")) == s.bytes_of("media")
        assert again.history_moments() == held.history_moments()
    folders = (*([] if ON_POSTGRESQL else [held.location]), tmp_path / "kept" / "first", tmp_path / "back")
    originals = [folder / "items" / s.sha("media")[:2] / s.sha("media") for folder in folders]
    assert len({path.stat().st_ino for path in originals}) == len(folders)  # no bytes are shared


def test_accounts_come_along_only_when_they_are_asked_for(held: Store, tmp_path: Path) -> None:
    people = People(held.location)
    with people._writing():
        pass
    people.close()
    assert (held.location / DATABASE).exists()
    assert not back_up(held, tmp_path / "without").accounts
    assert not (tmp_path / "without" / DATABASE).exists()
    assert back_up(held, tmp_path / "with", accounts=True).accounts
    assert restore(tmp_path / "with", tmp_path / "back").accounts


def test_nothing_is_overwritten(held: Store, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a").write_text("a")
    (tmp_path / "file").write_text("a")
    for place in (tmp_path / "full", tmp_path / "file", held.location / "inside"):
        with pytest.raises(StoreError) as error:
            back_up(held, place)
        assert error.value.code == "store.backup-place"
    back_up(held, tmp_path / "made")
    with pytest.raises(StoreError) as error:
        restore(tmp_path / "made", tmp_path / "full")
    assert error.value.code == "store.backup-place"
    with pytest.raises(StoreError) as error:
        restore(tmp_path / "full", tmp_path / "back")
    assert error.value.code == "store.missing"
    (tmp_path / "empty").mkdir()
    back_up(held, tmp_path / "empty")
    assert left(tmp_path) == ["empty", "file", "full", "made"]


@pytest.mark.parametrize("kind", ["row", "bytes", "missing", "database"])
def test_a_damaged_backup_is_refused_and_named(held: Store, tmp_path: Path, kind: str) -> None:
    made = tmp_path / "made"
    back_up(held, made)
    original = made / "items" / s.sha("radio")[:2] / s.sha("radio")
    if kind == "row":
        with closing(sqlite3.connect(made / "library.sqlite")) as connection:
            connection.execute("DROP TRIGGER clause_fixed")
            connection.execute("UPDATE clause SET text = 'other words' WHERE row = 1")
            connection.commit()
    elif kind == "bytes":
        original.write_bytes(b"other")
    elif kind == "missing":
        original.unlink()
    else:
        data = bytearray((made / "library.sqlite").read_bytes())
        data[4096:20480] = bytes(16384)
        (made / "library.sqlite").write_bytes(bytes(data))
    with pytest.raises(StoreError) as error:
        restore(made, tmp_path / "back")
    said = " ".join([error.value.message, *error.value.candidates])
    assert {"row": "Row 1 of the table clause", "bytes": s.sha("radio"), "missing": s.sha("radio"), "database": "amage"}[kind] in said
    assert error.value.code in ("store.backup-damaged", "store.bytes", "store.corrupt", "store.fault")
    assert left(tmp_path) == ["made"]


def test_what_was_broken_off_is_neither_a_library_nor_a_backup(held: Store, tmp_path: Path) -> None:
    unfinished = tmp_path / ".made-x.unfinished"
    back_up(held, tmp_path / "made")
    (tmp_path / "made").rename(unfinished)  # it may look whole
    for refused in (lambda: store.open(unfinished, create=False), lambda: restore(unfinished, tmp_path / "back"), lambda: move(unfinished, tmp_path / "back")):
        with pytest.raises(StoreError, match="broken off before it was proved") as error:
            refused()
        assert error.value.code == "store.not-a-library"
    assert left(tmp_path) == [unfinished.name]


def test_a_damaged_library_is_not_backed_up_as_if_it_were_sound(held: Store, tmp_path: Path) -> None:
    spoil(held.location, s.sha("radio"), b"other")
    with pytest.raises(StoreError) as error:
        back_up(held, tmp_path / "made")
    assert error.value.code == "store.bytes"
    assert left(tmp_path) == []


def test_a_purge_that_is_not_finished_keeps_a_backup_from_being_made(held: Store, tmp_path: Path) -> None:
    if ON_POSTGRESQL:
        with database(held.location) as laid:
            laid.unguard()
            laid.execute("INSERT INTO purge VALUES (1, 'a', '{}', 'b')")
    else:
        (held.location / "purge-unfinished").write_text("a purge")
    with pytest.raises(StoreError) as error:
        back_up(held, tmp_path / "made")
    assert error.value.code == "store.purge-unfinished"


def test_a_backup_while_another_program_writes_is_one_state(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    writer = start(MANY, folder, "paper", 40)
    line(writer)
    try:
        with store.open(folder) as library:
            heads = [back_up(library, tmp_path / f"kept-{at}").head for at in range(2)]
    finally:
        writer.communicate()
    assert writer.returncode == 0
    with store.open(folder) as library:
        assert library.check() == []
        assert len(library.items()) == 40
        for at, head in enumerate(heads):
            assert head is not None
            assert library.contained(head.hash) == ""
            with store.open(tmp_path / f"kept-{at}", create=False) as kept:
                assert kept.head() == head
                assert len(kept.items()) == head.number - 1


@pytest.mark.parametrize("delay_s", [0.0, 0.1, *(pytest.param(0.02 * at, marks=pytest.mark.long) for at in range(2, 40))])
def test_a_backup_that_is_killed_is_whole_or_not_there(held: Store, tmp_path: Path, delay_s: float) -> None:
    held.close()
    process = start(BACKUP, held.location, tmp_path / "made")
    assert line(process) == "ready"
    time.sleep(delay_s)
    kill(process)
    assert held.check() == []
    rest = [name for name in left(tmp_path) if not name.endswith(".unfinished")]
    assert rest in ([], ["made"])
    if rest:
        with store.open(tmp_path / "made", create=False) as kept:
            assert kept.check() == []
            assert kept.head() == held.head()
    shutil.rmtree(tmp_path / "made", ignore_errors=True)
    back_up(held, tmp_path / "made")  # what the killed one left is in nobody's way
