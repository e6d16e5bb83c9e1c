"""Programs that are killed, and programs that write and read at once. Each is a program of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from lineage import store
from tests.kept import ON_POSTGRESQL
from tests.shares import a_share

from . import samples as s

ROOT = Path(__file__).parents[2]

# With almost no memory for its pages, SQLite writes them into the database while the transaction is open, so there is something to undo.
HALF = """
import sys, time
from lineage import store
from tests.store import samples as s
with store.open(sys.argv[1]) as library, library.transaction() as writing:
    if writing._connection.dialect.name == "sqlite":
        writing._connection.exec_driver_sql("PRAGMA cache_size = 5")
        writing._connection.exec_driver_sql("PRAGMA cache_spill = 5")
    for at in range(30):
        s.ingest(writing, f"half-{at}", *["Some words of a clause."] * 40)
    print("half", flush=True)
    time.sleep(60)
"""

MANY = """
import sys
from lineage import store
from tests.store import samples as s
with store.open(sys.argv[1]) as library:
    for at in range(int(sys.argv[3])):
        with library.transaction() as writing:
            s.ingest(writing, f"{sys.argv[2]}-{at}", *["Some words of a clause."] * 20)
        print(at, flush=True)
"""


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_program_killed_half_way_leaves_a_sound_library(tmp_path: Path) -> None:
    with store.open(tmp_path) as library, library.transaction() as writing:
        s.ingest(writing, "media")
    process = start(HALF, tmp_path)
    assert line(process) == "half"
    kill(process)
    orphan = tmp_path / "items" / s.sha("half-3")[:2] / s.sha("half-3")
    if not ON_POSTGRESQL:
        assert (tmp_path / "library.sqlite-journal").stat().st_size > 0
        assert orphan.exists()
        orphan.with_name("incoming-" + orphan.name).write_bytes(b"unfinished")
        orphan.write_bytes(b"cut short")
    with store.open(tmp_path) as library:
        assert library.check() == []
        assert [item.name for item in library.items()] == ["media.pdf"]
        with library.transaction() as writing:
            for at in range(30):
                s.ingest(writing, f"half-{at}")
        assert library.data(s.sha("half-3")) == s.bytes_of("half-3")
        assert library.check() == []
    assert not orphan.with_name("incoming-" + orphan.name).exists()


@pytest.mark.parametrize("delay_s", a_share([0.013, 0.0, 0.031], 3))
def test_a_program_killed_at_any_moment_keeps_what_it_said_it_kept(tmp_path: Path, delay_s: float) -> None:
    process = start(MANY, tmp_path, "paper", 200)
    line(process)
    time.sleep(delay_s)
    process.kill()
    rest = process.communicate()[0].split()
    said = 1 + len(rest)
    with store.open(tmp_path) as library:
        assert library.check() == []
        assert len(library.items()) in (said, said + 1)
        assert len(library.history_moments()) == len(library.items())
        with library.transaction() as writing:
            s.ingest(writing, "after")
        assert library.check() == []


def test_two_programs_write_while_a_third_reads(tmp_path: Path) -> None:
    store.open(tmp_path).close()
    writers = [start(MANY, tmp_path, name, 12) for name in ("left", "right")]
    seen = 0
    with store.open(tmp_path) as library:
        while any(writer.poll() is None for writer in writers):
            items, periods = library.items(), library.periods()
            assert len(items) >= seen
            assert len(periods) >= len(items)
            seen = len(items)
            time.sleep(0.005)
        for writer in writers:
            writer.communicate()
            assert writer.returncode == 0
        moments = library.history_moments()
        assert len(library.items()) == len(set(moments)) == 24
        assert library.check() == []


def test_two_programs_may_make_the_same_library(tmp_path: Path) -> None:
    writers = [start(MANY, tmp_path / "new", name, 1) for name in ("left", "right")]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    with store.open(tmp_path / "new") as library:
        assert len(library.items()) == 2
