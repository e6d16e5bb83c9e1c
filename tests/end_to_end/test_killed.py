"""A process killed in the middle of an ingest leaves a library that opens, checks clean, and finishes on the next run."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lineage.library import Library
from tests.kept import ERRORS, database, is_made
from tests.shares import a_share

from .conftest import Held
from .made import ORDERS, first_difference, lives


def rows(folder: Path) -> int:
    """How many papers the library holds; 0 before it can be asked."""
    try:
        with database(folder) as laid:
            return int(laid.execute("select count(*) from document").fetchone()[0])
    except ERRORS:
        return 0


@pytest.mark.parametrize("papers", a_share([3, 0, 12], 3))
def test_an_ingest_that_is_killed(papers: int, pdfs: Held, tmp_path: Path) -> None:
    folder, files = tmp_path / "library", tmp_path / "orders"
    files.mkdir()
    for path in ORDERS.glob("*.pdf"):
        shutil.copy(path, files)
    process = subprocess.Popen([sys.executable, "-m", "lineage.cli", "--library", str(folder), "ingest", str(files), "--jobs", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        # With 0 the moment is that at which the folder has just been made.
        if (is_made(folder) and rows(folder) >= papers) if papers else is_made(folder):
            break
        time.sleep(0.005)
    process.kill()
    process.wait()
    with Library.open(folder) as library:
        held = len(library.store.items())
        assert held < 22, "it was not killed in the middle"
        assert held >= papers
        assert library.check() == []
        assert {x.item for x in library.store.expressions()} == {row.sha256 for row in library.store.items()}
        done = library.ingest(sorted(files.iterdir()))
        assert [o.status for o in done].count("unchanged") == held
        assert {o.status for o in done} <= {"added", "unchanged"}
        assert library.check() == []
        assert first_difference(lives(pdfs.library), lives(library)) == ""
