"""``lineage check``, ``backup`` and ``restore``: whether a library is what it was, and a second one of it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lineage.cli.frame import guarded, json_option, opened, put
from lineage.errors import StoreError, UsageError

if TYPE_CHECKING:
    from lineage.store.backup import Kept


@click.command()
@click.option("--head", default=None, metavar="HASH", help="Also prove that the state with this head of the log is contained in the library, unaltered.")
@json_option
@click.pass_context
@guarded
def check(ctx: click.Context, head: str | None, as_json: bool) -> None:
    """Whether the library is sound: its database and schema, the log of every change and each row under it, the bytes held, every document, every quote."""
    from lineage.rendering import access, keeping

    wanted = _hash(head) if head is not None else None
    with opened(ctx) as library:
        last, purged = library.store.head(), library.store.purges().values()
        faults, remarks = library.check(), library.store.remarks()
        missing = library.store.contained(wanted) if wanted is not None else ""
    if as_json:
        shown = {"sound": not faults, "faults": faults, "remarks": remarks, "purged": [access.purge(p) for p in purged], **keeping.head(last)}
        put(shown | ({"contains": {"head": wanted, "contained": not missing, "message": missing}} if wanted is not None else {}))
    else:
        proved = [missing or f"The state with the head {wanted} is contained in this library: nothing that was recorded up to it was altered."] if wanted is not None else []
        click.echo("\n".join([*(faults or ["The library is sound."]), *proved, keeping.head_in_words(last), *map(access.purged, purged), *remarks]))
    if faults or missing:
        raise SystemExit(3)


@click.command()
@click.argument("to", metavar="TO", type=click.Path(path_type=Path))
@click.option("--with-accounts", is_flag=True, help="Also the accounts of the pages and the log of questions.")
@json_option
@click.pass_context
@guarded
def backup(ctx: click.Context, to: Path, with_accounts: bool, as_json: bool) -> None:
    """Copy the library into a folder, which is then a library itself, and prove the copy; others may go on serving and ingesting."""
    from lineage.store.backup import back_up

    with opened(ctx) as library, _bar("Copying") as going:
        made = back_up(library.store, to, accounts=with_accounts, progress=going)
    _report(made, "The backup is in", as_json=as_json)


@click.command()
@click.argument("source", metavar="FROM", type=click.Path(path_type=Path))
@json_option
@click.pass_context
@guarded
def restore(ctx: click.Context, source: Path, as_json: bool) -> None:
    """Bring a library back from a backup into the place that --library names, where there must be nothing; a damaged backup is refused."""
    from lineage.store.backup import restore as bring_back

    if "://" in ctx.obj["library"]:
        raise StoreError("A backup is restored into a folder, and --library names an address; nothing was restored.", hint="Copy it there instead: lineage copy FROM postgresql://...", code="store.backup-place")
    with _bar("Copying") as going:
        made = bring_back(source, Path(ctx.obj["library"]), progress=going)
    _report(made, "The library is restored in", as_json=as_json)


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("to", metavar="TO")
@json_option
@guarded
def copy(source: str, to: str, as_json: bool) -> None:
    """Copy a library (a folder or an address) into a place that holds nothing, a folder or a PostgreSQL database, and prove that both are equal."""
    from lineage.rendering import keeping
    from lineage.store.moving import move

    with _bar("Copying") as going:
        moved = move(source, to, progress=going)
    if as_json:
        put({"to": moved.place, "rows": moved.rows, "files": moved.files, "bytes": moved.size, **keeping.head(moved.head)})
        return
    click.echo(f"The library is copied into {moved.place}: {moved.rows:,} rows, {moved.files} files, {moved.size:,} bytes; equal, checked, and sound.\n{keeping.head_in_words(moved.head)}")


def _hash(head: str) -> str:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", head.strip()):
        raise UsageError(f"“{head}” is no head of a log.", hint="A head is 64 figures and letters from a to f, as `lineage check` prints it; a part of one proves nothing.", code="usage.head")
    return head.strip().lower()


def _report(made: Kept, said: str, *, as_json: bool) -> None:
    from lineage.rendering import keeping

    if as_json:
        put({"folder": str(made.place), "files": made.files, "bytes": made.size, "accounts": made.accounts, **keeping.head(made.head)})
        return
    accounts = " The accounts came along." if made.accounts else ""
    click.echo(f"{said} {made.place}: {made.files} files, {made.size:,} bytes; checked, and sound.{accounts}\n{keeping.head_in_words(made.head)}")


def _bar(label: str) -> AbstractContextManager[Callable[[int, int], None] | None]:
    """A progress bar on standard error where a person waits; nothing in a pipe."""
    return _Bar(label) if sys.stderr.isatty() else nullcontext()


class _Bar:
    """The bar, drawn by rich."""

    def __init__(self, label: str) -> None:
        self.label = label

    def __enter__(self) -> Callable[[int, int], None]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self.progress = Progress(TextColumn(self.label), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True))
        self.task = self.progress.add_task(self.label, total=None)
        self.progress.start()
        return lambda done, total: self.progress.update(self.task, completed=done, total=total)

    def __exit__(self, *_: Any) -> None:
        self.progress.stop()
