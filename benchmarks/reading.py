"""How fast papers are read: our whole ingest against pdfplumber's bare words, on the same manual, one process each, in one run.

    python benchmarks/reading.py

The manual is looked for in the folder named by ``LINEAGE_SHARED``, by default ``../shared`` beside the repository. pdfplumber is sampled
evenly, since the whole
manual would take it a minute; its pages a second do not depend on how many are read. Each side runs in a process of its own, so neither
warms the other, and neither side's clock counts the loading of its modules.
The figure is ``(pages a second, read to stored) / (pages a second of pdfplumber's extract_words)``; at least 10 is wanted.
After it stands where the time goes: each stage in seconds and in milliseconds a page, from one more ingest with a clock around every stage, and the peak memory.

    python benchmarks/reading.py peers    the same manual's bare text by pdfplumber, by pdfminer.six and by pdfium, beside our whole ingest
    python benchmarks/reading.py two      many PDFs and the manual, two processes each: our whole ingest against pdfplumber's words; at least 12 is wanted
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
WANTED_TWO = 12
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


def mined() -> tuple[str, int, float]:
    """The bare text of the same pages by pdfminer.six."""
    from pdfminer.high_level import extract_text

    numbers = list(range(0, _count(), max(_count() // SAMPLE, 1)))[:SAMPLE]
    start = time.perf_counter()
    extract_text(str(MANUAL), page_numbers=numbers)
    return f"pdfminer.six extract_text on {len(numbers)} pages, evenly spaced", len(numbers), time.perf_counter() - start


def bare() -> tuple[str, int, float]:
    """The bare text of all pages by pdfium, which nothing here can be faster than."""
    import pypdfium2

    document = pypdfium2.PdfDocument(MANUAL)
    start = time.perf_counter()
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        text.get_text_bounded()
        text.close()
        page.close()
    return "pdfium's bare text", len(document), time.perf_counter() - start


def batch() -> list[Path]:
    """Many PDFs of every department, the manual first; none that is read by OCR, which pdfplumber does not do."""
    return [MANUAL, *(path for folder in ("orders", "cpd") for path in sorted((SHARED / folder).rglob("*.pdf")) if path != MANUAL and "scan" not in path.parent.name)]


def both() -> tuple[str, int, float]:
    """The whole ingest of the batch by two processes that read, and the one that writes."""
    from lineage import pipeline, store

    for name in LOADED:
        importlib.import_module(name)
    files = batch()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        library = store.open(str(Path(folder) / "library"))
        outcomes = pipeline.ingest(files, library, jobs=2)
        seconds = time.perf_counter() - start
        library.close()
    taken = {Path(outcome.path) for outcome in outcomes if outcome.status == "added"}
    return f"the whole ingest of {len(taken)} PDFs, two processes", sum(_count(path) for path in taken), seconds


def words_of(files: list[Path]) -> int:
    """How many pages of these files were read for their words by pdfplumber."""
    import pdfplumber

    read = 0
    for file in files:
        with pdfplumber.open(file) as document:
            for page in document.pages:
                page.extract_words()
                page.close()
                read += 1
    return read


def words_both() -> tuple[str, int, float]:
    """The words of the batch by pdfplumber in two processes, without the manual, of which each page takes it as long as any."""
    from concurrent.futures import ProcessPoolExecutor

    import pdfplumber  # noqa: F401  # loaded before the clock starts, as on the other side

    files = batch()[1:]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(words_of, [[], []]))
        start = time.perf_counter()
        counts = list(pool.map(words_of, [[file] for file in files]))
        return f"pdfplumber extract_words of {len(files)} PDFs, two processes", sum(counts), time.perf_counter() - start


def peers() -> None:
    """All sides in turn, as a table of pages a second and ratios to the slowest."""
    found = [_speed(side) for side in ("words", "mined", "ingest", "bare")]
    for what, speed in found:
        print(f"{what:<60}{speed:9.1f} pages/s{speed / found[0][1]:8.1f}")


def two() -> int:
    """Both sides on two processes, and the ratio."""
    rounds = [(_speed("both"), _speed("words_both")) for _ in range(3)]
    for side in (0, 1):
        print(f"{rounds[0][side][0]}: {median(one[side][1] for one in rounds):.1f} pages/s")
    ratio = median(ours / theirs for (_, ours), (_, theirs) in rounds)
    print(f"ratio: {ratio:.1f} (wanted: {WANTED_TWO} or more; median of {len(rounds)} rounds)")
    return 0 if ratio >= WANTED_TWO else 1


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


def _count(file: Path = MANUAL) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
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
    if sys.argv[1:] == ["peers"]:
        peers()
        return 0
    if sys.argv[1:] == ["two"]:
        return two()
    if len(sys.argv) > 1:
        sides = {side.__name__: side for side in (ingest, words, mined, bare, both, words_both)}
        print(*sides[sys.argv[1]](), sep="\t")
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
