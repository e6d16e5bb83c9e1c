"""Reading on the workers of a cluster: what comes of it is what comes of reading here, whatever happens to a worker."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from lineage.errors import UsageError
from lineage.library import Library
from lineage.pipeline import cluster as elsewhere
from lineage.pipeline.ingesting import Outcome
from tests.kept import originals, tables

ROOT = Path(__file__).resolve().parents[2]
ORDERS = sorted((ROOT / "corpus" / "orders").glob("*.txt"))[:14]

pytestmark = pytest.mark.skipif(find_spec("distributed") is None, reason="The extra for clusters is not installed (pip install '.[cluster]'); this test needs it.")


class Machines:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "2", "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error"}
        self.contact = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--dashboard-address", ":0", "--scheduler-file", str(self.contact), "--host", "127.0.0.1")
        while not self.contact.exists():
            assert self.scheduler.poll() is None
            time.sleep(0.05)
        self.address: str = json.loads(self.contact.read_text())["address"]
        self.workers: list[subprocess.Popen[bytes]] = []

    def work(self, count: int) -> None:
        """So many workers are there."""
        self.workers = [one for one in self.workers if one.poll() is None]
        while len(self.workers) < count:
            place = self.folder / f"worker-{len(list(self.folder.iterdir()))}"
            self.workers.append(self._start("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(place)))

    def close(self) -> None:
        for one in (*self.workers, self.scheduler):
            one.kill()
            one.wait(10)

    def _start(self, what: str, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", f"distributed.cli.dask_{what}", *words], cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    found = Machines(tmp_path_factory.mktemp("cluster"))
    found.work(2)
    yield found
    found.close()


def clock() -> datetime:
    return datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def told(folder: Path) -> dict[str, Any]:
    """All that a library holds: every row of every table but the salts of its log, and every file."""
    rows = {name: rows for name, rows in tables(folder).items() if name not in ("log", "logged")}
    return rows | {"files": originals(folder)}


def ingested(folder: Path, files: list[Path], **how: Any) -> dict[str, Any]:
    with Library.open(folder, clock=clock) as library:
        done = library.ingest(files, **how)
        assert {one.status for one in done} == {"added"}
        assert library.check() == []
    return told(folder)


@pytest.mark.long
def test_a_library_read_by_workers_is_the_one_read_here(machines: Machines, tmp_path: Path) -> None:
    assert ingested(tmp_path / "there", ORDERS, cluster=machines.address) == ingested(tmp_path / "here", ORDERS)


@pytest.mark.long
@pytest.mark.shared
def test_the_files_of_a_city_read_by_workers_are_those_read_here(machines: Machines, shared: Path, tmp_path: Path) -> None:
    """Thirty of them, or with LINEAGE_THOROUGH=1 all 967: every row, every file, and every document as it leaves."""
    files = sorted((shared / "cpd" / "html").glob("*.html"))
    files = files if os.environ.get("LINEAGE_THOROUGH") == "1" else files[:: len(files) // 30]
    there, here = (ingested(tmp_path / name, files, **how) for name, how in (("there", {"cluster": machines.address}), ("here", {})))
    for table in here:
        assert there[table] == here[table], table
    with Library.open(tmp_path / "there") as one, Library.open(tmp_path / "here") as other:
        for text in one.store.expressions():
            assert one.store.document(text.item) == other.store.document(text.item)


@pytest.mark.long
def test_what_is_held_is_not_sent_and_what_is_no_paper_is_refused(machines: Machines, tmp_path: Path) -> None:
    bad, gone = tmp_path / "bad.pdf", tmp_path / "gone.txt"
    bad.write_bytes(b"%PDF-1.7 and no more")
    with Library.open(tmp_path / "library") as library:
        library.ingest(ORDERS[:1])
        done = library.ingest([ORDERS[0], bad, gone, ORDERS[1]], cluster=machines.address)
    assert [(one.status, one.code) for one in done] == [("unchanged", None), ("refused", "pages.truncated"), ("refused", "pages.unreadable"), ("added", None)]


@pytest.mark.long
def test_a_profile_of_ones_own_goes_along(machines: Machines, tmp_path: Path) -> None:
    profile = tmp_path / "mine.toml"
    profile.write_text((ROOT / "lineage/profiles/agencies/lbpd.toml").read_text(encoding="utf-8"), encoding="utf-8")
    there = ingested(tmp_path / "there", ORDERS[:4], profile=str(profile), cluster=machines.address)
    assert there == ingested(tmp_path / "here", ORDERS[:4], profile=str(profile))


@pytest.mark.long
def test_who_runs_another_program_is_not_asked_to_read(machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = elsewhere.runs() | {"lineage": "0.0.1"}
    monkeypatch.setattr(elsewhere, "runs", lambda: other)
    with Library.open(tmp_path / "library") as library, pytest.raises(UsageError, match=r"lineage .* \(here 0.0.1\)") as refused:
        library.ingest(ORDERS, cluster=machines.address)
    assert refused.value.code == "cluster.other"


@pytest.mark.long
def test_a_worker_that_came_later_is_asked_as_well(machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = elsewhere.runs() | {"lineage": "0.0.1"}
    monkeypatch.setattr(elsewhere, "runs", lambda: other)
    monkeypatch.setattr(elsewhere.Cluster, "_same", lambda _: None)  # as if it had not been there then
    with Library.open(tmp_path / "library") as library:
        with pytest.raises(UsageError, match="that came later") as refused:
            library.ingest(ORDERS, cluster=machines.address)
        assert refused.value.code == "cluster.other"
        assert library.store.items() == []


def test_where_nobody_answers_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "WAIT_S", 0.5)
    with Library.open(tmp_path / "library") as library:
        for address in ("tcp://127.0.0.1:9", "no address"):
            with pytest.raises(UsageError) as refused:
                library.ingest(ORDERS, cluster=address)
            assert refused.value.code == "cluster.unreachable"
        assert library.store.items() == []


@pytest.mark.long
def test_a_file_that_ends_workers_is_read_apart(machines: Machines, tmp_path: Path) -> None:
    def dies(*_: Any) -> Outcome:  # sent as it is: no worker could import it
        os._exit(7)

    machines.work(5)
    found = elsewhere.Cluster(machines.address, dies, None)
    found._client.wait_for_workers(5, timeout=60)
    apart = Outcome("harm.txt", None, "refused", code="pages.reader-died")
    assert found.come(found.send(tmp_path / "harm.txt", b"harm"), b"harm", lambda: apart) is apart
    found.close()
    machines.work(2)


@pytest.mark.long
def test_workers_that_are_killed_lose_nothing_and_double_nothing(machines: Machines, tmp_path: Path) -> None:
    """At a random moment a worker is killed, and another comes; as often as LINEAGE_KILLS says."""
    chance, here = random.Random(int(os.environ.get("LINEAGE_SEED", "5"))), ingested(tmp_path / "here", ORDERS)
    for round_ in range(int(os.environ.get("LINEAGE_KILLS", "10"))):
        machines.work(2)
        moments = chance.sample(range(1, len(ORDERS) + 1), 2)

        def progress(done: int, _: int, __: Outcome, moments: list[int] = moments) -> None:
            if done in moments:
                time.sleep(chance.random() * 0.05)
                machines.workers[chance.randrange(len(machines.workers))].send_signal(signal.SIGKILL)
                machines.work(3)

        assert ingested(tmp_path / f"there-{round_}", ORDERS, progress=progress, cluster=machines.address) == here


@pytest.mark.long
def test_where_all_workers_are_gone_what_was_written_stays(machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lineage.errors import LineageError

    monkeypatch.setattr(elsewhere, "WAIT_S", 3.0)
    machines.work(2)

    def progress(done: int, _: int, __: Outcome) -> None:
        if done == 1:
            for one in machines.workers:
                one.kill()

    with Library.open(tmp_path / "library", clock=clock) as library:
        with pytest.raises(LineageError) as lost:
            library.ingest(ORDERS, progress=progress, cluster=machines.address)
        assert lost.value.code == "cluster.lost"
        held = len(library.store.items())
        assert library.check() == []
    machines.work(2)
    with Library.open(tmp_path / "library", clock=clock) as library:
        again = library.ingest(ORDERS, cluster=machines.address)
        assert [one.status for one in again].count("unchanged") == held
        assert [one.status for one in again].count("added") == len(ORDERS) - held
        assert library.check() == []
