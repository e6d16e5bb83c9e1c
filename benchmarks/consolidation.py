"""How fast words are put together: a section with 500 edits against reading its XML once, and a manual's sections with the changes of many orders, by day.

    python benchmarks/consolidation.py

One run on made-up texts, so it needs no other files. The figure is ``(seconds to apply all edits) / (seconds to read the section's XML once)``; under 50 is wanted. Below it stands the time for one
day of a manual of 164 sections, with 50, 100, 200 and 400 orders of five edits each: it should grow as the orders do.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from lineage import consolidation, documents
from lineage.answers.wording import unit_of
from lineage.library import Library
from lineage.model import Change, Day, Edit, Effect, End, Evidence, Relation, Unit

ITEMS, EDITS, SECTIONS, WANTED = 60, 500, 164, 50
FIRST = date(2001, 1, 1)


def section(folder: Path) -> tuple[bytes, tuple[Unit, ...]]:
    """A section of 60 items: its XML, and its units."""
    items = "\n\n".join(f"{n}. The driver of car {n} writes reading {n} into the log and signs it before the end of the shift." for n in range(1, ITEMS + 1))
    paper = folder / "section.txt"
    paper.write_text(f"MILLBROOK POLICE DEPARTMENT\nPOLICY MANUAL\n\nNumber: 7.40\nSubject: Logs\nIssued: January 1, 2000\nEffective: January 2, 2000\n\nI. RULE\n\n{items}\n", encoding="utf-8")
    with Library.open(folder / "library") as library:
        (done,) = library.ingest([paper])
        assert done.sha256 is not None
        return library.store.document(done.sha256), tuple(map(unit_of, library.store.clauses(done.sha256)))


def changes(count: int, orders: int) -> list[Change]:
    """Edits of every kind but the end of items, spread over orders of one day each."""
    found = []
    for n in range(count):
        item, order = str(n % ITEMS + 1), n * orders // count
        on = FIRST + timedelta(days=order)
        if n < ITEMS or n % 3:
            kind, edit = "substitutes", Edit(find=f"car {item}", replace=f"car {item}", count=1)
        else:
            kind, edit = "substitutes", Edit(text=f"The driver of car {item} keeps the log of day {n}.")
        relation = Relation(f"order-{order}", kind, End("this", own=True), End("7.40", path=("I", item)), (Evidence(f"order-{order}", 1, None, "x", n, n + 1, "made"),), effect=Effect(Day(on=on), "made"), edit=edit)  # type: ignore[arg-type]
        found.append(Change(relation, f"r-{n}", on))
    return found


def seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """The median of some rounds."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def main() -> int:
    """Prints both tables; exit code 1 at 50 or above."""
    with tempfile.TemporaryDirectory() as folder:
        data, base = section(Path(folder))
    edits = changes(EDITS, EDITS)
    assert consolidation.apply(base, edits).complete
    reading, applying = seconds(lambda: documents.read(data)), seconds(lambda: consolidation.apply(base, edits))
    ratio = applying / reading
    print(f"a section of {len(base)} clauses: XML read in {1000 * reading:.1f} ms, {EDITS} edits of {EDITS} orders applied in {1000 * applying:.1f} ms")
    print(f"ratio: {ratio:.1f} (wanted: under {WANTED})\n")
    print(f"{'orders':>8}{'edits':>8}{'seconds for one day':>22}{'ms an order':>14}")
    for orders in (50, 100, 200, 400):
        some = [changes(orders * 5 // SECTIONS + 1, orders) for _ in range(SECTIONS)]
        taken = seconds(lambda some=some: [consolidation.apply(base, one) for one in some], 3)  # type: ignore[misc]
        print(f"{orders:>8}{sum(map(len, some)):>8}{taken:>22.3f}{1000 * taken / orders:>14.2f}")
    return 0 if ratio < WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
