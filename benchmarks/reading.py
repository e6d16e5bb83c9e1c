"""How fast papers are read: our whole ingest against pdfplumber's bare words, on the same manual, one process each, in one run.

    python benchmarks/reading.py

The manual is looked for in the folder named by ``LINEAGE_SHARED``, by default ``../shared`` beside the repository. pdfplumber is sampled
evenly, since the whole
manual would take it a minute; its pages a second do not depend on how many are read. Each side runs in a process of its own, so neither
warms the other, and neither side's clock counts the loading of its modules.
The figure is ``(pages a second, read to stored) / (pages a second of pdfplumber's extract_words)``; at least 10 is wanted.
After it stands where the time goes: each stage in seconds and in milliseconds a page, from one more ingest with a clock around every stage, and the peak memory.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("LINEAGE_SHARED", ROOT.parent / "shared"))
MANUAL = SHARED / "orders" / "lisle-manual" / "lisle-policy-manual.pdf"
SAMPLE = 100  # pages that pdfplumber reads
ROUNDS = 5  # the sides take turns, so that both meet the machine as it is; the median of the rounds' ratios counts
WANTED = 10
# All that the ingest needs is loaded before the clock starts, as it is on the other side.
LOADED = ("lineage.documents", "lineage.pages.pdf", "lineage.pipeline.settling", "lineage.store.opening", "pdfplumber", "sqlalchemy.dialects.sqlite")


def ingest() -> tuple[str, int, float]:
    """What was measured, pages, seconds: the whole ingest if there is one, else the reading of pages alone."""
    from lineage import pipeline, store

    for name in LOADED:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        library = store.open(str(Path(folder) / "library"))
        (outcome,) = pipeline.ingest([MANUAL], library)
        seconds = time.perf_counter() - start
        library.close()
    if outcome.status != "added":
        raise SystemExit(f"The manual was {outcome.status}: {outcome.message}")
    return "the whole ingest, read to stored", _count(), seconds


def words() -> tuple[str, int, float]:
    """The same of pdfplumber on evenly spaced pages."""
    import pdfplumber

    numbers = list(range(1, _count() + 1, max(_count() // SAMPLE, 1)))[:SAMPLE]
    with pdfplumber.open(MANUAL, pages=numbers) as document:
        start = time.perf_counter()
        for page in document.pages:
            page.extract_words()
            page.close()
        return f"pdfplumber extract_words on {len(numbers)} pages, evenly spaced", len(numbers), time.perf_counter() - start


class Clock:
    """Seconds by stage. Time within a stage that another stage called is that other's alone; what a second thread did is kept apart."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = time.perf_counter()

    def around(self, owner: Any, name: str, stage: str) -> None:
        """Count the time of a function or method of ``owner`` to a stage."""
        inner = getattr(owner, name)

        def timed(*arguments: Any, **named: Any) -> Any:
            if threading.current_thread() is not threading.main_thread():
                return self._beside(stage, inner, *arguments, **named)
            self._switch()
            self._open.append(stage)
            try:
                return inner(*arguments, **named)
            finally:
                self._switch()
                self._open.pop()

        setattr(owner, name, timed)

    def _beside(self, stage: str, inner: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return inner(*arguments, **named)
        finally:
            self.seconds[f"{stage}, checked in a second thread"] += time.perf_counter() - start

    def _switch(self) -> None:
        now = time.perf_counter()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now


def stages() -> None:
    """One ingest with a clock around every stage, as a table."""
    import resource

    from lineage import blocks, clauses, documents, pages, relations, store, timeline
    from lineage.store import Writing

    clock = Clock()
    rooms: tuple[tuple[Any, str, str], ...] = (
        (pages, "read_bytes", "pages"), (blocks, "divide", "blocks"), (clauses, "outline", "clauses"), (relations, "find", "relations"), (relations, "resolve", "relations"),
        (documents, "draft", "documents"), (documents, "approve", "documents"), (timeline, "unroll", "timeline"), (store, "open", "store"),
    )  # fmt: skip
    for room, verb, stage in rooms:
        clock.around(room, verb, stage)
    for name in dir(Writing):
        if not name.startswith("_") and callable(getattr(Writing, name)):
            clock.around(Writing, name, "store")
    _, count, seconds = ingest()
    beside = {stage: spent for stage, spent in clock.seconds.items() if "," in stage}
    own = {stage: clock.seconds[stage] for stage in ("pages", "blocks", "clauses", "relations", "documents", "store", "timeline")}
    own["the rest"] = seconds - sum(own.values())
    print(f"{'stage':<42}{'seconds':>9}{'ms a page':>11}{'share':>8}")
    for stage, spent in (*own.items(), ("all", seconds), *beside.items()):
        share = f"{spent / seconds:8.0%}" if stage in own else ""
        print(f"{stage:<42}{spent:9.2f}{1000 * spent / count:11.2f}{share}")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6:.0f} MB for {count} pages")


def _count() -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(MANUAL)
    try:
        return len(document)
    finally:
        document.close()


def _apart(side: str) -> str:
    """What a side prints in a process of its own."""
    # Modules are compiled once and kept, as in any installation, whatever the caller's habits.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "lineage-benchmark-bytecode")}
    return subprocess.run([sys.executable, __file__, side], check=True, capture_output=True, text=True, cwd=ROOT, env=environment).stdout.strip()


def _speed(side: str) -> tuple[str, float]:
    """One side measured: what it was, and its pages a second."""
    what, count, seconds = _apart(side).splitlines()[-1].split("\t")
    return what, int(count) / float(seconds)


def main() -> int:
    """Prints both speeds, their ratio, and where our time goes; exit code 1 below 10."""
    if sys.argv[1:] == ["stages"]:
        stages()
        return 0
    if len(sys.argv) > 1:
        print(*{"ingest": ingest, "words": words}[sys.argv[1]](), sep="\t")
        return 0
    if not MANUAL.exists():
        print(f"There is no {MANUAL}; set LINEAGE_SHARED to the folder of real documents.", file=sys.stderr)
        return 2
    rounds = [tuple(_speed(side) for side in ("ingest", "words")) for _ in range(ROUNDS)]
    for side in (0, 1):
        print(f"{rounds[0][side][0]}: {median(one[side][1] for one in rounds):.1f} pages/s")
    ratios = [ours / theirs for (_, ours), (_, theirs) in rounds]
    ratio = median(ratios)
    print(f"ratio: {ratio:.1f} (wanted: {WANTED} or more; median of {ROUNDS} rounds, {min(ratios):.1f} to {max(ratios):.1f}, one process each)")
    print(f"\n{_apart('stages')}")
    return 0 if ratio >= WANTED else 1


if __name__ == "__main__":
    raise SystemExit(main())
