"""``lineage ingest``: the files read, with progress on a terminal, and what became of each."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lineage.cli.frame import opened, put
from lineage.errors import UsageError

if TYPE_CHECKING:
    from lineage.model import Provenance
    from lineage.pipeline import Outcome

FEW = 24  # fewer files are read by one process: starting others would cost more
PLAIN = frozenset((".txt", ".htm", ".html", ".csv"))
SMALL = 1_000_000  # bytes; nothing in a plain text unpacks to more, so its size bounds the work


def ingest(ctx: click.Context, paths: tuple[Path, ...], profile: str | None, jobs: int, provenance: Provenance | None = None, cluster: str | None = None, *, as_json: bool) -> int:
    """Run the ingest and report; 1 where something was refused."""
    if cluster is not None:
        from lineage.pipeline import cluster as elsewhere

        elsewhere.make_sure()
    jobs = jobs or processes(paths)
    with opened(ctx, create=True) as library:
        with bar() as going:
            done = library.ingest(paths, profile, jobs, going, provenance, cluster, apart=not plain(paths))
        if as_json:
            put({"items": [shape(o) for o in done]})
        else:
            report(done)
            click.echo(library.summary())
    return 1 if any(o.status == "refused" for o in done) else 0


def redacted(ctx: click.Context, paths: tuple[Path, ...], of: str, profile: str | None, provenance: Provenance | None, *, as_json: bool) -> None:
    """Keep one file as a copy of another with words blacked out, and report."""
    if len(paths) != 1 or not paths[0].is_file():
        raise UsageError("A redacted copy is one file.", hint="lineage ingest FILE --redacts ITEM", code="access.redaction")
    with opened(ctx) as library:
        done = library.gate.redact(paths[0], of, profile, provenance)
    if as_json:
        put({"items": [shape(done)]})
    else:
        click.echo(f"1 {done.status}: {paths[0].name} is kept as a redacted copy; it is no text of a rule.")


def origin(source: str | None, custodian: str | None, obtained_on: date | None, *, certified: bool) -> Provenance | None:
    """What the options say of where the files came from; None where they say nothing. Raises UsageError for a day that has not come yet."""
    from lineage.model import Provenance

    if obtained_on is not None and obtained_on > date.today():
        raise UsageError(f"The files cannot have been obtained on {obtained_on.isoformat()}: that day has not come yet.", hint="Give the day on which they were obtained.")
    said = Provenance((source or "").strip(), (custodian or "").strip(), obtained_on, certified)
    return said if said.said else None


def processes(paths: Sequence[Path]) -> int:
    """How many processes should read: one for a few files."""
    count = 0
    for path in paths:
        count += sum(1 for _ in path.rglob("*")) if path.is_dir() else 1
    return 1 if count < FEW else os.cpu_count() or 1


def plain(paths: Sequence[Path]) -> bool:
    """Whether all that is to be read is a few small plain texts, which need no process of their own."""
    every = [file for path in paths for file in (path.rglob("*") if path.is_dir() else (path,))]
    return len(every) < FEW and all(file.suffix.lower() in PLAIN and file.stat().st_size <= SMALL for file in every if file.is_file())


def shape(outcome: Outcome) -> dict[str, Any]:
    """What became of one path, as JSON."""
    return {
        "path": outcome.path,
        "sha256": outcome.sha256,
        "status": outcome.status,
        "work": outcome.work,
        "code": outcome.code,
        "message": outcome.message,
        "hint": outcome.hint,
        "rules": outcome.rules,
    }


def bar() -> AbstractContextManager[Any]:
    """A progress bar on standard error where a person waits; nothing in a pipe."""
    if not sys.stderr.isatty():
        return nullcontext()
    return _Bar()


class _Bar:
    """The bar, drawn by rich."""

    def __enter__(self) -> _Bar:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self.progress = Progress(TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=Console(stderr=True))
        self.task = self.progress.add_task("reading", total=None)
        self.progress.start()
        return self

    def __call__(self, done: int, total: int, outcome: Outcome) -> None:
        self.progress.update(self.task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        self.progress.stop()


def report(done: Sequence[Outcome]) -> None:
    """What became of each path, for people."""
    counts = {status: sum(o.status == status for o in done) for status in ("added", "unchanged", "refused")}
    click.echo(" · ".join(f"{count} {status}" for status, count in counts.items() if count) or "No file was found.")
    for outcome in done:
        if outcome.status == "refused":
            click.echo(f"  refused  {outcome.path}  {outcome.message} {outcome.hint or ''}".rstrip())
        elif outcome.message:
            click.echo(f"  {outcome.status}  {outcome.path}  {outcome.message}. {outcome.hint or ''}".rstrip())
        if outcome.rules:
            click.echo(f"  a manual  {outcome.path}  {outcome.rules} rules, by the numbered lines of its contents")
