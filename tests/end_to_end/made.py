"""Where the corpus is, the command as a person calls it, and a library laid open for comparison."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from lineage.cli import main
from lineage.library import Library

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
ORDERS = CORPUS / "orders"


@dataclass(frozen=True)
class Called:
    """What a call gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def call(*words: str | Path, library: Path | str | None = None, timeout_s: float = 120) -> Called:
    """``lineage`` with these words, in a process of its own."""
    before = [sys.executable, "-m", "lineage.cli", *(["--library", str(library)] if library else [])]
    environment = {name: value for name, value in os.environ.items() if name != "LINEAGE_LIBRARY"} | {"PYTHONUTF8": "1"}
    done = subprocess.run([*before, *map(str, words)], capture_output=True, timeout=timeout_s, check=False, env=environment)
    return Called(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def within(*words: str | Path, library: Path) -> Called:
    """The same within this process, which is quicker; for calls of which only the answer matters."""
    done = CliRunner().invoke(main, ["--library", str(library), *map(str, words)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Called(done.exit_code, done.stdout, done.stderr)


def lives(library: Library) -> dict[str, Any]:
    """Every work's life and relations, apart from the order in which the papers came: a work is called by its texts, because which of two holders of a number
    is counted first depends on which was met first."""
    store = library.store
    names = {}
    for work in store.works():
        texts = sorted(x.item[:12] for x in store.expressions(work.id))
        names[work.id] = f"{work.id.rsplit('/', 1)[0]} {' '.join(texts) or 'not held'}"

    def event(one: Any) -> Any:
        if one is None:
            return None
        by = names.get(one.by or "", one.by)
        return (one.kind, one.day, one.label, one.basis, one.item, by, one.by_mention, one.stamp_only, sorted(map(repr, one.evidence)))

    periods = {
        names[work.id]: [
            (p.interval, p.status, p.item, p.complete, p.operative, p.stated_end, p.since, p.last_proof_on, sorted(p.findings), event(p.opened_by), event(p.closed_by))
            for p in store.periods(work=work.id)
        ]
        for work in store.works()
    }
    events = {names[work.id]: sorted(repr(event(e)) for e in store.events(work.id)) for work in store.works()}
    relations = sorted(
        repr((r.kind, names.get(r.affecting.work or ""), names.get(r.affected.work or ""), r.affected.mention, r.affected.version_on, r.effect, r.certainty,
              sorted(names[c] for c in r.candidates), r.evidence))
        for r in store.relations()
    )  # fmt: skip
    findings = sorted((f.code, f.severity, names.get(f.work or "", f.work or ""), len(f.evidence)) for f in store.findings())
    held = {names[w.id]: (w.series, w.number, w.title, w.held) for w in store.works()}
    return {"works": held, "periods": periods, "events": events, "relations": relations, "findings": findings}


def first_difference(one: dict[str, Any], other: dict[str, Any]) -> str:
    """The first fact in which two libraries differ; nothing where they are the same."""
    for part in one:
        mine, theirs = one[part], other[part]
        if mine == theirs:
            continue
        if isinstance(mine, dict):
            for name in sorted({*mine, *theirs}):
                if mine.get(name) != theirs.get(name):
                    return f"{part} of {name}:\n  {mine.get(name)}\n  {theirs.get(name)}"
        return f"{part}:\n  {[x for x in mine if x not in theirs][:2]}\n  {[x for x in theirs if x not in mine][:2]}"
    return ""


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, days: int) -> None:
        self.at += timedelta(days=days)


def named(slugs: Iterable[str], ending: str = "pdf") -> list[Path]:
    return [ORDERS / f"{slug}.{ending}" for slug in slugs]
