"""A file that ends the process that reads it is refused; the others go on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from lineage import guard, store
from lineage.pipeline import ingesting
from lineage.pipeline.ingesting import Outcome, _attempt, ingest, read_apart


def dies(file: Path, profile: str | None) -> Outcome:
    os._exit(7)


def backtracks(file: Path, profile: str | None) -> Outcome:
    """One match that no handler of a signal and no other thread would ever interrupt."""
    re.match(r"(a+)+$", "a" * 60 + "b")
    raise AssertionError("it came to its end")


def takes_much(file: Path, profile: str | None) -> Outcome:
    bytearray(guard.LIMITS.max_memory_bytes * 8)
    raise AssertionError("it had the memory")


def waits(file: Path, profile: str | None) -> Outcome:
    print("reading", flush=True)
    time.sleep(600)
    raise AssertionError("it was left to wait")


APART = """
from pathlib import Path
from lineage.pipeline.ingesting import read_apart
from tests.pipeline.test_reading_apart import waits
read_apart(waits, Path("order.txt"), None)
"""


@pytest.mark.skipif(os.name != "posix", reason="Only where an orphan is given another parent can it know.")
def test_a_reader_ends_with_the_one_that_it_reads_for() -> None:
    process = subprocess.Popen([sys.executable, "-c", APART], cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "reading\n"
    process.kill()
    process.communicate(timeout=10)  # it holds the other end of the pipe


def test_a_reader_that_dies_is_a_refusal(tmp_path: Path) -> None:
    refused = read_apart(dies, tmp_path / "harm.pdf", None)
    assert isinstance(refused, Outcome)
    assert (refused.status, refused.code) == ("refused", "pages.reader-died")
    assert "harm.pdf" in (refused.message or "")


def test_a_sound_file_is_read_apart_as_well(tmp_path: Path) -> None:
    file = tmp_path / "order.txt"
    file.write_text("City of Long Beach\nLBPD\nSPECIAL ORDER - BICYCLES\n\nEffective January 5, 2020, officers ride.\n", encoding="utf-8")
    found = read_apart(_attempt, file, None)
    assert not isinstance(found, Outcome)
    assert found.outline.heading.title == "Bicycles"


@pytest.mark.skipif(not hasattr(guard.signal, "setitimer"), reason="Only a system with alarms can end a reading.")
def test_a_reading_that_takes_too_long_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LIMITS", replace(guard.LIMITS, max_reading_seconds=1.0))
    refused = read_apart(backtracks, tmp_path / "harm.pdf", None)
    assert isinstance(refused, Outcome)
    assert (refused.status, refused.code) == ("refused", "pages.reader-died")
    assert "beyond its limits" in (refused.message or "")


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux bounds the memory of a process surely.")
def test_a_reading_that_takes_too_much_is_a_refusal_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"City of Long Beach\nLBPD\nSPECIAL ORDER - BICYCLES {name[0].upper()}\n\nEffective January 5, 2020, officers ride.\n", encoding="utf-8")
    honest = ingesting.read
    monkeypatch.setattr(ingesting, "read", lambda file, profile: takes_much(file, profile) if file.name == "a.txt" else honest(file, profile))
    # Beside another thread the readers would be started afresh, and know nothing of what is changed here.
    assert threading.active_count() == 1 or pytest.skip("Another thread runs.")
    with closing(store.open(tmp_path / "library")) as held:
        outcomes = ingest([tmp_path / "a.txt", tmp_path / "b.txt"], held, apart=True)
    assert [(o.status, o.code) for o in outcomes] == [("refused", "pages.runaway"), ("added", None)]


def test_a_file_is_read_apart_beside_other_threads(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("City of Long Beach\nLBPD\nSPECIAL ORDER - BICYCLES\n\nEffective January 5, 2020, officers ride.\n", encoding="utf-8")
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        with closing(store.open(tmp_path / "library")) as held:
            outcomes = ingest([tmp_path / "a.txt"], held, apart=True)
    finally:
        done.set()
        other.join()
    assert [o.status for o in outcomes] == ["added"]


def test_more_time_is_given_only_where_a_time_runs() -> None:
    guard.more(5.0)
    assert guard.signal.getitimer(guard.signal.ITIMER_REAL)[0] == 0.0
    with guard.within(50.0):
        guard.more(5.0)
        assert 50.0 < guard.signal.getitimer(guard.signal.ITIMER_REAL)[0] <= 55.0
    assert guard.signal.getitimer(guard.signal.ITIMER_REAL)[0] == 0.0
