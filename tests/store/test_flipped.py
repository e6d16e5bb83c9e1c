"""Bytes of a library flipped in turn: each is found and named, or it is shown to change nothing that the library holds or answers.

LINEAGE_FLIPS says how many bytes of the database are flipped; all bytes of the originals and of the log are, in the long run."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lineage import store
from lineage.errors import StoreError
from lineage.library import Library
from lineage.store import proving
from tests.kept import ON_POSTGRESQL

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="Here bytes of the files of a library in SQLite are flipped.")

ROOT = Path(__file__).resolve().parents[2]
PAPERS = [ROOT / "corpus" / "orders" / name for name in ("social-media-2019.txt", "manual-3.48-internet-usage.txt", "manual-3.51-social-media.txt")]
DATABASE = "library.sqlite"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound") / "library"
    with Library.open(folder) as library:
        assert {one.status for one in library.ingest(PAPERS)} == {"added"}
        assert library.store.check() == []
    return folder


def told(folder: Path) -> list[Any]:
    """All that a library holds, row by row, and how its words are found. The order of a search among equals is left aside."""
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'clause_words', 'instance')")
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'clause_words%' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
        held: list[Any] = [(name, connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names]
        held.append(sorted(connection.execute("SELECT term, doc, col, offset FROM temp.words").fetchall()))
        held.append(connection.execute("SELECT id, sz FROM clause_words_docsize").fetchall())
    with Library.open(folder, create=False) as library:
        held += [library.in_force(day).rulings for day in (date(2019, 6, 1), date(2022, 1, 1))]
        held.append(library.search("social media", date(2020, 1, 1)))
    return held


def found(folder: Path) -> str:
    """What is said of the library's damage; empty where nothing is found."""
    try:
        with store.open(folder, create=False) as library:
            return "\n".join(library.check())
    except StoreError as error:
        return error.message


def same(folder: Path, before: list[Any]) -> bool:
    try:
        return told(folder) == before
    except (sqlite3.Error, StoreError, LookupError, TypeError, ValueError):
        return False


def flipped(data: bytes, at: int, bit: int) -> bytes:
    return data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]


def put(folder: Path, sound: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return Path(shutil.copytree(sound, folder))


def unnoticed(sound: Path, place: Path, places: list[int], chance: random.Random) -> list[tuple[int, str]]:
    """The bytes of the database of which a flip was neither found nor without effect, or ended the check without a sentence."""
    before, data = told(sound), (sound / DATABASE).read_bytes()
    folder, lost = put(place, sound), list[tuple[int, str]]()
    for at in places:
        (folder / DATABASE).write_bytes(flipped(data, at, chance.randrange(8)))
        try:
            if not found(folder) and not same(folder, before):
                lost.append((at, "not found"))
        except Exception as error:  # noqa: BLE001 (any is a fault of the check)
            lost.append((at, repr(error)[:300]))
        for stray in folder.glob(f"{DATABASE}-*"):
            stray.unlink()
    return lost


def test_bytes_of_the_database(sound: Path, tmp_path: Path) -> None:
    chance = random.Random(11)
    size = (sound / DATABASE).stat().st_size
    assert unnoticed(sound, tmp_path / "library", [chance.randrange(size) for _ in range(int(os.environ.get("LINEAGE_FLIPS", "12")))], chance) == []


@pytest.mark.long
def test_many_bytes_of_the_database(sound: Path, tmp_path: Path) -> None:
    chance = random.Random(12)
    size = (sound / DATABASE).stat().st_size
    assert unnoticed(sound, tmp_path / "library", [chance.randrange(size) for _ in range(int(os.environ.get("LINEAGE_FLIPS", "120")))], chance) == []


@pytest.mark.long
def test_bytes_of_the_log(sound: Path, tmp_path: Path) -> None:
    """Bytes of each column of the log, put back altered: each is found. LINEAGE_LOG_STEP=1 takes every one."""
    folder = put(tmp_path / "library", sound)
    sealed = (sound / DATABASE).read_bytes()
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        columns = [(table, column[1]) for table in ("log", "logged") for column in connection.execute(f"PRAGMA table_info({table})").fetchall()]
        values = [(table, column, row, value) for table, column in columns for row, value in connection.execute(f'SELECT rowid, "{column}" FROM {table}').fetchall()]
        guards = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('log', 'logged')")]
    step, lost, tried = int(os.environ.get("LINEAGE_LOG_STEP", "97")), list[Any](), 0
    for table, column, row, value in values:
        data = value if isinstance(value, bytes) else str(value).encode()
        for at in range(-tried % step, len(data), step):
            try:
                other = flipped(data, at, 0)
                new = other if isinstance(value, bytes) else type(value)(other.decode())
            except ValueError:
                continue  # no number
            (folder / DATABASE).write_bytes(sealed)
            with closing(sqlite3.connect(folder / DATABASE)) as connection:
                for guard in guards:
                    connection.execute(f"DROP TRIGGER {guard}")
                try:
                    connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', (new, row))
                except sqlite3.IntegrityError:
                    continue  # the number of another entry: the database itself refuses it
                connection.commit()
            with store.open(folder, create=False) as library, library._asking() as connection_:
                if not list(proving.faults(connection_)):
                    lost.append((table, column, row, at))
        tried += len(data)
    assert tried > 10_000
    assert lost == []


@pytest.mark.long
def test_every_byte_of_the_originals(sound: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "library", sound)
    for original in sorted(path for path in (folder / "items").rglob("*") if path.is_file()):
        data = original.read_bytes()
        with store.open(folder, create=False) as library:
            for at in range(len(data)):
                original.write_bytes(flipped(data, at, at % 8))
                trouble = library._originals.trouble(original.name)
                assert trouble, (original.name, at)
                assert original.name in trouble
        original.write_bytes(flipped(data, 0, 0))
        assert original.name in found(folder)
        original.write_bytes(data)
    assert found(folder) == ""
