"""How fast a rule of a day is found as versions pile up, beside git, a graph and the bare database.

    python benchmarks/point_in_time.py [EXPRESSIONS ...]

For each size (10,000 and 100,000 expressions unless others are given; 1,000,000 takes about twenty minutes and ten gigabytes) a library with ten versions of each rule, and beside it the same texts

- in a **bare SQLite** table with an index over rule and day: the floor;
- in a **git** repository, a file a rule, a commit a change, its date the day of the change, with a commit graph: ``rev-list -1 --before`` and ``show``, or ``ls-tree`` for all;
- in a **networkx** graph, a node a version and an edge to the version before: from the newest back to the one that covers the day.

All are asked the same (another rule, another day each time) in one run; answers that differ fail the run. Times are medians.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import networkx as nx

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import versions
from lineage.library import Library

Version = tuple[str, str, str, str]  # work, first day, day after the last, words
END = "9999-12-31"
WANTED = {"text / bare": 3.0, "all / bare": 2.0}


def main() -> int:
    """The table, a line a size; with ``LINEAGE_BENCH_STRICT=1`` the run fails where what is wanted is missed."""
    sizes = [int(word.replace(",", "")) for word in sys.argv[1:]] or [10_000, 100_000]
    missed: list[str] = []
    print(f"{'expressions':>12} {'one text':>9} {'bare':>8} {'ratio':>6} {'graph':>8} {'git':>9} {'git / ours':>11} | {'answer':>7} {'as known':>9} {'search':>7} | {'all':>8} {'bare':>8} {'ratio':>6} {'graph':>8} {'git':>9} | {'memory':>7}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            missed += _row(Path(folder), size)
    print("times in ms; " + ("; ".join(missed) if missed else "all that is wanted is met: " + ", ".join(f"{name} under {most:g}" for name, most in WANTED.items()) + ", answer under 2 ms, git 100 times as slow"))
    return 1 if missed and os.environ.get("LINEAGE_BENCH_STRICT") == "1" else 0


def _row(folder: Path, size: int) -> list[str]:
    works = versions.library(folder / "library", size)
    chance = random.Random(5)
    with Library.open(folder / "library", create=False) as library:
        texts = list(_texts(library, works))
        bare, graph, git = _bare(folder / "bare.sqlite", texts), _Graph(texts), _Git(folder / "git", texts)
        asked = [(chance.choice(works), versions.FIRST + timedelta(days=chance.randrange(400, 7000))) for _ in range(400)]
        days = [day for _, day in asked]
        for work, day in asked[:20]:
            told = library.words(work, day)
            words = told[1] if told else None
            assert words == _one(bare, work, day) == graph.text(work, day) == git.text(work, day), (work, day)
            assert words == library.show(work, day).text
        for day in days[:2]:
            assert set(library.ruling(day)) == set(_all(bare, day)) == set(graph.all(day)) == set(git.all(day)), day
        # One after the other for each question, so that all meet the same machine.
        one, bare_one, graph_one = _beside(asked, lambda work, day: library.words(work, day), lambda work, day: _one(bare, work, day), graph.text)
        git_one = _median(asked[:12], git.text)
        answer = _median(asked[:200], library.show)
        known = library.store.history_moments()[-1]
        then = _median(asked[:50], lambda work, day: library.show(work, day, known))
        found = _median(asked[:20], lambda _, day: library.search(f'"{chance.randrange(2, 12)} days" lamp', day, None, 20))
        whole, bare_all = _beside([(0, day) for day in days[:15]], lambda _, day: library.ruling(day), lambda _, day: _all(bare, day))
        graph_all, git_all = _median([(0, day) for day in days[:3]], lambda _, day: graph.all(day)), _median([(0, day) for day in days[:3]], lambda _, day: git.all(day))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{size:>12,} {one:>9.4f} {bare_one:>8.4f} {one / bare_one:>6.2f} {graph_one:>8.4f} {git_one:>9.2f} {git_one / one:>11,.0f} | {answer:>7.2f} {then:>9.2f} {found:>7.2f} | {whole:>8.2f} {bare_all:>8.2f} {whole / bare_all:>6.2f} {graph_all:>8.1f} {git_all:>9.1f} | {memory:>5,.0f} MB",
        flush=True,
    )
    checks = {"one text over three times the bare query": one > 3 * bare_one, "git not 100 times as slow": git_one < 100 * one, "an answer takes over 2 ms": answer > 2, "all in force over twice the bare query": whole > 2 * bare_all}
    return [f"{size:,}: {what}" for what, is_so in checks.items() if is_so]


def _texts(library: Library, works: Sequence[str]) -> Iterator[Version]:
    """Every text with its days, read from the library once."""
    wanted = set(works)
    with library.store.sitting():
        lines: dict[str, list[str]] = {}
        for item, marker, heading, text in library.store._tuples(_CLAUSES):
            lines.setdefault(item, []).append(" ".join(part for part in (marker, heading, text) if part))
        for work, first, after, status, item in library.store._tuples(_PERIODS):
            if status == "in-force" and work in wanted:
                yield work, first, min(after, END), "\n".join(lines[item])


def _bare(file: Path, texts: Sequence[Version]) -> sqlite3.Connection:
    made = sqlite3.connect(file, isolation_level=None)
    made.execute("PRAGMA cache_size = 65536")
    made.execute("PRAGMA synchronous = OFF")
    made.execute("BEGIN")
    made.execute("CREATE TABLE version (work TEXT, first TEXT, after TEXT, words TEXT)")
    made.executemany("INSERT INTO version VALUES (?, ?, ?, ?)", texts)
    made.execute("CREATE INDEX of_work ON version (work, first)")
    made.execute("CREATE INDEX of_day ON version (first, after, work)")
    made.execute("COMMIT")
    made.execute("ANALYZE")
    return made


def _one(made: sqlite3.Connection, work: str, day: date) -> str | None:
    rows = made.execute("SELECT words, after FROM version WHERE work = ? AND first <= ? ORDER BY first DESC LIMIT 1", (work, day.isoformat())).fetchall()
    return str(rows[0][0]) if rows and rows[0][1] > day.isoformat() else None


def _all(made: sqlite3.Connection, day: date) -> list[str]:
    return [work for (work,) in made.execute("SELECT work FROM version WHERE first <= ? AND after > ?", (day.isoformat(), day.isoformat())).fetchall()]


class _Graph:
    def __init__(self, texts: Sequence[Version]) -> None:
        self.graph: nx.DiGraph[tuple[str, str]] = nx.DiGraph()
        self.newest: dict[str, tuple[str, str]] = {}
        for work, first, after, words in sorted(texts):
            self.graph.add_node((work, first), after=after, words=words)
            if work in self.newest:
                self.graph.add_edge((work, first), self.newest[work])
            self.newest[work] = work, first

    def version(self, work: str, day: date) -> tuple[str, str] | None:
        at: tuple[str, str] | None = self.newest.get(work)
        while at is not None and at[1] > day.isoformat():
            at = next(self.graph.successors(at), None)
        return at if at is not None and self.graph.nodes[at]["after"] > day.isoformat() else None

    def text(self, work: str, day: date) -> str | None:
        at = self.version(work, day)
        return str(self.graph.nodes[at]["words"]) if at is not None else None

    def all(self, day: date) -> list[str]:
        return [work for work in self.newest if self.version(work, day) is not None]


class _Git:
    """Texts as files, changes as commits, in the order of their days."""

    def __init__(self, folder: Path, texts: Sequence[Version]) -> None:
        self.folder = folder
        self._git("init", "--quiet", "--bare", str(folder), at=None)
        feed = subprocess.Popen(["git", "-C", str(folder), "fast-import", "--quiet"], stdin=subprocess.PIPE)
        assert feed.stdin is not None
        for number, (work, first, _, words) in enumerate(sorted(texts, key=lambda text: (text[1], text[0])), start=1):
            data = words.encode()
            # At noon, and a second apart on one day.
            seconds = int(time.mktime(date.fromisoformat(first).timetuple())) + 43200
            feed.stdin.write(f"commit refs/heads/main\nmark :{number}\ncommitter lineage <lineage> {seconds} +0000\ndata 0\nM 100644 inline {self.path(work)}\ndata {len(data)}\n".encode() + data + b"\n")
        feed.stdin.close()
        assert feed.wait() == 0
        self._git("symbolic-ref", "HEAD", "refs/heads/main")
        self._git("commit-graph", "write", "--reachable", "--changed-paths")

    def path(self, work: str) -> str:
        number = work.split("/")[2]
        return f"{number[-2:]}/{number[-4:-2]}/{number}"

    def text(self, work: str, day: date) -> str | None:
        done = self._git("show", f"{self._commit(day)}:{self.path(work)}", may_fail=True)
        return done if done else None

    def all(self, day: date) -> list[str]:
        names = self._git("ls-tree", "-r", "--name-only", self._commit(day)).split()
        return [f"lbpd/special-order/{name.rsplit('/', 1)[1]}/1" for name in names]

    def _commit(self, day: date) -> str:
        return self._git("rev-list", "-1", f"--before={day.isoformat()}T23:59:59Z", "HEAD").strip()

    def _git(self, *words: str, at: str | None = "", may_fail: bool = False) -> str:
        done = subprocess.run(["git", *(["-C", str(self.folder)] if at is not None else []), *words], capture_output=True, text=True)
        assert done.returncode == 0 or may_fail, done.stderr
        return done.stdout


def _median(asked: Sequence[tuple[Any, date]], ask: Callable[[Any, date], object]) -> float:
    return _beside(asked, ask)[0]


def _beside(asked: Sequence[tuple[Any, date]], *asks: Callable[[Any, date], object]) -> list[float]:
    """The medians of several, asked in turn; in milliseconds."""
    taken: list[list[float]] = [[] for _ in asks]
    for work, day in asked:
        for at, ask in enumerate(asks):
            began = time.perf_counter()
            ask(work, day)
            taken[at].append((time.perf_counter() - began) * 1000)
    return [median(times) for times in taken]


def _statements() -> tuple[Any, Any]:
    from sqlalchemy import select

    from lineage.store import schema

    clause, period = schema.clause.c, schema.period.c
    return select(clause.item, clause.marker, clause.heading, clause.text).order_by(clause.item, clause.ord), select(period.work, period.valid_from, period.valid_to, period.status, period.item)


_CLAUSES, _PERIODS = _statements()

if __name__ == "__main__":
    if shutil.which("git") is None:
        sys.exit("git is not on this system; it is one of the peers.")
    sys.exit(main())
