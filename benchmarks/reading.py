"""How fast papers are read: our whole ingest against pdfplumber's bare words, on the same manual, one process each, in one run.

    python benchmarks/reading.py

The manual is looked for in the folder named by ``LINEAGE_SHARED``, by default ``../shared`` beside the repository. pdfplumber is sampled
evenly, since the whole
manual would take it a minute; its pages a second do not depend on how many are read. Each side runs in a process of its own, so neither
warms the other.
The figure is ``(pages a second, read to stored) / (pages a second of pdfplumber's extract_words)``; at least 8 is wanted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("LINEAGE_SHARED", ROOT.parent / "shared"))
MANUAL = SHARED / "orders" / "lisle-manual" / "lisle-policy-manual.pdf"
SAMPLE = 100  # pages that pdfplumber reads
ROUNDS = 3  # the sides take turns, and the median of each counts


def ingest() -> tuple[str, int, float]:
    """What was measured, pages, seconds: the whole ingest if there is one, else the reading of pages alone."""
    from lineage import pipeline, store

    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        library = store.open(str(Path(folder) / "library"))
        (outcome,) = pipeline.ingest([MANUAL], library)
        seconds = time.perf_counter() - start
        library.close()
    if outcome.status != "added":
        raise SystemExit(f"The manual was {outcome.status}: {outcome.message}")
    return "the whole ingest, read to stored", _count(), seconds


def read() -> tuple[str, int, float]:
    """The reading of pages alone, which is a part of it."""
    from lineage import pages

    start = time.perf_counter()
    count = len(pages.read(MANUAL).pages)
    return "pages.read alone, a part of it", count, time.perf_counter() - start


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


def _count() -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(MANUAL)
    try:
        return len(document)
    finally:
        document.close()


def _apart(side: str) -> tuple[str, float]:
    """One side measured in a process of its own: what it was, and its pages a second."""
    done = subprocess.run([sys.executable, __file__, side], check=True, capture_output=True, text=True, cwd=ROOT)
    what, count, seconds = done.stdout.strip().splitlines()[-1].split("\t")
    return what, int(count) / float(seconds)


def main() -> int:
    """Prints both speeds and their ratio; exit code 1 below 8."""
    if len(sys.argv) > 1:
        print(*{"ingest": ingest, "read": read, "words": words}[sys.argv[1]](), sep="\t")
        return 0
    if not MANUAL.exists():
        print(f"There is no {MANUAL}; set LINEAGE_SHARED to the folder of real documents.", file=sys.stderr)
        return 2
    rounds = [tuple(_apart(side) for side in ("ingest", "read", "words")) for _ in range(ROUNDS)]
    speeds = [sorted(one[side][1] for one in rounds)[ROUNDS // 2] for side in range(3)]
    for side, speed in enumerate(speeds):
        print(f"{rounds[0][side][0]}: {speed:.1f} pages/s")
    ratio = speeds[0] / speeds[2]
    print(f"ratio: {ratio:.1f} (wanted: 8 or more; median of {ROUNDS} rounds, one process each)")
    return 0 if ratio >= 8 else 1


if __name__ == "__main__":
    raise SystemExit(main())
