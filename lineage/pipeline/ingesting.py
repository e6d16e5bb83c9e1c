"""Files and folders into a library: each file in one transaction, a bad one refused with its reason while the others go on."""

from __future__ import annotations

import gc
import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, suppress
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from threading import Thread, active_count
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from lineage import guard, pages
from lineage.errors import LineageError, RefusedError, StoreError
from lineage.model import Provenance
from lineage.model.access import withdrawn_items
from lineage.model.dates import long_date
from lineage.pipeline.reading import Reading, read, read_data

if TYPE_CHECKING:
    from lineage.store import Store
    from lineage.store.reading import Reading as Held

COLLECT_EVERY = 50  # files
AHEAD = 4  # files read ahead of the writer, for each process
SKIPPED = frozenset((".ds_store", "thumbs.db", "desktop.ini"))


class Outcome(Struct, frozen=True):
    """What became of one path: ``status`` is ``added``, ``unchanged`` or ``refused``; a refusal has its code, message and hint. ``rules`` counts those that a whole manual fell into."""

    path: str
    sha256: str | None
    status: str
    work: str | None = None
    code: str | None = None
    message: str | None = None
    hint: str | None = None
    rules: int = 0


def ingest(paths: Iterable[Path], store: Store, profile: str | None = None, jobs: int = 1, progress: Callable[[int, int, Outcome], None] | None = None, provenance: Provenance | None = None, cluster: str | None = None, *, apart: bool = False) -> list[Outcome]:
    """Read the files (folders are walked, in order of name) into the library and say what became of each.

    ``jobs`` processes read, or the workers of a ``cluster`` (the address of its scheduler); one writes. One job, or one file, is read in this process unless it is to be read ``apart``: only a process of its own is bounded in time and memory (``guard.Limits``). ``progress`` is told the number done, the number in all and the outcome. The order of files does not change the answers.
    ``provenance``, where given, is kept of every file that the library then holds, also of one that it held before. Raises StoreError where the library cannot be written, and as ``Cluster`` does; what was added before is kept, and an error of the library says how much.
    """
    files = list(_files(paths))
    done: list[Outcome] = []

    def tell(outcome: Outcome) -> None:
        done.append(outcome)
        if progress is not None:
            progress(len(done), len(files), outcome)

    with without_collection(), _told_what_is_kept(done, len(files)):
        for file, reading in _readings(files, store, profile, jobs, apart=apart) if cluster is None else _read_on(cluster, files, store, profile):
            tell(_told(reading, store, provenance) if isinstance(reading, Outcome) else _taken(file, reading, store, provenance))
            del reading  # else the search for cycles, once it is on again, goes through all of it
            if len(done) % COLLECT_EVERY == 0:
                gc.collect()
    return done


@contextmanager
def without_collection() -> Iterator[None]:
    """No search for cycles while pages by the thousand are read: they are plain values and free themselves, and looking at each again and again costs a sixth of
    the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def _told_what_is_kept(done: list[Outcome], count: int) -> Iterator[None]:
    """What ends an ingest on the way (a full disk, a lost server) says that nothing of the file at hand was kept; what was added before is told with it."""
    try:
        yield
    except StoreError as error:
        added = sum(one.status == "added" for one in done)
        if not added:
            raise
        said = f"{error.message} Before that, {added} of {count} files {'was' if added == 1 else 'were'} added; what was added is kept."
        raise StoreError(said, hint=error.hint, code=error.code, candidates=error.candidates) from error


def _taken(file: Path, reading: Reading, store: Store, provenance: Provenance | None) -> Outcome:
    from lineage.pipeline.settling import settle  # what only reads needs no writer of documents

    sha256 = reading.item.sha256
    with store.transaction() as writing:
        held = _as_held(file, sha256, writing) if writing.holds(sha256) else None
        work = settle(writing, reading) if held is None else None
        if provenance is not None and (held is None or held.status == "unchanged"):
            writing.add_provenance(sha256, provenance)
    return held or Outcome(str(file), sha256, "added", work, rules=len(reading.rules))


def _told(outcome: Outcome, store: Store, provenance: Provenance | None) -> Outcome:
    """The outcome; where the file was held before, what is now said of where it came from is kept."""
    if provenance is not None and outcome.status == "unchanged" and outcome.sha256:
        with store.transaction() as writing:
            writing.add_provenance(outcome.sha256, provenance)
    return outcome


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (p for p in sorted(path.rglob("*")) if p.is_file() and p.name.lower() not in SKIPPED and not p.name.startswith("."))
        else:
            yield path


def _readings(files: list[Path], store: Store, profile: str | None, jobs: int, *, apart: bool) -> Iterator[tuple[Path, Reading | Outcome]]:
    """Each file with what was read from it, in order; a file already held is not read again."""
    if not apart and (jobs <= 1 or len(files) < 2):
        ready = False
        for file in files:
            held = _held(file, store)
            if held is None and not ready:
                Thread(target=_prepare).start()  # not beside a pool: a process that is forked would inherit its locks
                ready = True
            yield file, held or _attempt(file, profile)
        return
    with _pool(max(1, min(jobs, len(files)))) as pool:
        waiting: deque[tuple[Path, Reading | Outcome | Future[Reading | Outcome]]] = deque()
        for file in files:
            waiting.append((file, _held(file, store) or _sent(pool, file, profile)))
            if len(waiting) > AHEAD * jobs:
                yield _come(*waiting.popleft(), profile)
        while waiting:
            yield _come(*waiting.popleft(), profile)


def _read_on(address: str, files: list[Path], store: Store, profile: str | None) -> Iterator[tuple[Path, Reading | Outcome]]:
    """The same by the workers of a cluster."""
    from lineage.pipeline.cluster import Cluster

    with closing(Cluster(address, _attempt, profile)) as cluster:
        waiting: deque[tuple[Path, Reading | Outcome | None, Any, bytes]] = deque()

        def come() -> tuple[Path, Reading | Outcome]:
            file, found, sent, data = waiting.popleft()
            return file, found or cluster.come(sent, data, lambda: read_apart(_attempt, file, profile))

        for file in files:
            found, data = _looked_at(file, store)
            waiting.append((file, found, None if found else cluster.send(file, data), data))
            if len(waiting) > AHEAD * cluster.workers:
                yield come()
        while waiting:
            yield come()


def _looked_at(file: Path, store: Store) -> tuple[Outcome | None, bytes]:
    """The bytes of a file, or what became of it already."""
    try:
        data = pages.load(file)
    except RefusedError as refusal:
        return _refused(file, refusal), b""
    sha256 = hashlib.sha256(data).hexdigest()
    return (_as_held(file, sha256, store) if store.holds(sha256) else None), data


def _prepare() -> None:
    """Have the schemas at hand by the time the first file is read."""
    from lineage import documents

    with suppress(LineageError):  # the check of the first document says it in full
        documents.prepare()


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Processes that read, each bounded in memory; they end with this one. Beside other threads they are started afresh: one that is forked would inherit their locks."""
    return ProcessPoolExecutor(max_workers=jobs, initializer=guard.bound, initargs=(os.getpid(),), mp_context=get_context("spawn") if active_count() > 1 else None)


def _bounded(attempt: Callable[[Path, str | None], Reading | Outcome], file: Path, profile: str | None) -> Reading | Outcome:
    with guard.within(guard.LIMITS.max_reading_seconds):
        return attempt(file, profile)


def _sent(pool: ProcessPoolExecutor, file: Path, profile: str | None) -> Reading | Outcome | Future[Reading | Outcome]:
    try:
        return pool.submit(_bounded, _attempt, file, profile)
    except BrokenProcessPool:
        return read_apart(_attempt, file, profile)


def _come(file: Path, found: Reading | Outcome | Future[Reading | Outcome], profile: str | None) -> tuple[Path, Reading | Outcome]:
    """The file with what was read. Where a reading process died, no one knows of which file, so the file is read again in a process of its own."""
    if not isinstance(found, Future):
        return file, found
    try:
        return file, found.result()
    except BrokenProcessPool:
        return file, read_apart(_attempt, file, profile)


def read_apart(attempt: Callable[[Path, str | None], Reading | Outcome], file: Path, profile: str | None) -> Reading | Outcome:
    """Read one file in a process of its own; a file that ends that process is refused (``pages.reader-died``)."""
    try:
        with _pool(1) as pool:
            return pool.submit(_bounded, attempt, file, profile).result()
    except BrokenProcessPool:
        refusal = RefusedError(
            f"Reading {file.name} ended the process that read it, or took that process beyond its limits, so nothing of it is kept; the file may be damaged or made to do harm.",
            hint="Open it in another program, print it to a new PDF, and ingest that.",
            code="pages.reader-died",
        )
        return _refused(file, refusal)


def _held(file: Path, store: Store) -> Outcome | None:
    try:
        sha256 = hashlib.sha256(pages.load(file)).hexdigest()
    except RefusedError:
        return None  # the reading says it in full
    return _as_held(file, sha256, store) if store.holds(sha256) else None


def _as_held(file: Path, sha256: str, held: Held) -> Outcome:
    """What becomes of a file that is held: nothing, and where it was withdrawn it stays so; one whose words were purged is refused."""
    purge = held.purges().get(sha256)
    if purge is not None:
        said = f"{file.name} was purged from this library on {_day(purge.said_at)} by {purge.by}: {purge.because}"
        return _refused(file, RefusedError(said, hint="It is not taken in again. Leave it out.", code="store.purged"))
    gone = withdrawn_items(held.withdrawals()).get(sha256)
    if gone is None:
        return Outcome(str(file), sha256, "unchanged")
    said = f"{file.name} was withdrawn on {_day(gone.said_at)} by {gone.by}: {gone.because}"
    return Outcome(str(file), sha256, "unchanged", code="store.withdrawn", message=said, hint="It counts in no answer; `lineage withdraw --undo` lets it count again.")


def _day(moment: str) -> str:
    return long_date(date.fromisoformat(moment[:10]))


def _attempt(file: Path, profile: str | None, data: bytes | None = None, sent: tuple[str, bytes] | None = None) -> Reading | Outcome:
    """Read one file. A worker elsewhere is sent its bytes, and the user's own profile with its name; the bytes do not go back."""
    try:
        if data is None:
            return read(file, profile)
        if sent is None:
            return replace(read_data(data, file.name, profile), data=b"")
        from lineage.pipeline.cluster import profile_here

        assert profile is not None
        found = read_data(data, file.name, profile_here(sent))
        return replace(found, data=b"", profile=profile, rules=tuple(replace(rule, profile=profile) for rule in found.rules))
    except RefusedError as refusal:
        return _refused(file, refusal)
    except MemoryError:
        return _refused(file, RefusedError(f"Reading {file.name} needs more memory than a reading may have, so nothing of it is kept.", hint="Split it into parts, or print it to a new PDF, and ingest that.", code="pages.runaway"))
    except RecursionError:
        return _refused(file, RefusedError(f"{file.name} is nested too deeply to be read.", hint="Save it anew from the program that made it.", code="pages.too-deep"))


def _refused(file: Path, refusal: LineageError) -> Outcome:
    return Outcome(str(file), None, "refused", None, refusal.code, refusal.message, refusal.hint)
