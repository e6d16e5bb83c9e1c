"""``lineage observe``: what a site showed, and what became of each file and line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lineage.cli.frame import opened, put
from lineage.cli.ingesting import bar, processes, report, shape

if TYPE_CHECKING:
    from lineage.pipeline import Line, Observed


def observe(ctx: click.Context, listing: Path, root: Path, profile: str | None, jobs: int, *, as_json: bool) -> int:
    """Take the listing and report; 1 where something was refused."""
    with opened(ctx, create=True) as library:
        with bar() as going:
            done = library.observe(listing, root, profile, jobs or processes([root]), going)
        if as_json:
            put({"items": [shape(o) for o in done.items], "listings": [_shape(one) for one in done.lines]})
        else:
            _report(done)
            click.echo(library.summary())
    return 1 if done.refused else 0


def _shape(line: Line) -> dict[str, Any]:
    return {
        "line": line.number,
        "status": line.status,
        "on": line.on.isoformat() if line.on else None,
        "complete": line.complete,
        "files": line.files,
        "unread": line.unread,
        "code": line.code,
        "message": line.message,
        "hint": line.hint,
    }


def _report(done: Observed) -> None:
    report(done.items)
    good = [one for one in done.lines if one.status != "refused"]
    days = sorted(one.on for one in good if one.on)
    span = f" from {days[0].isoformat()} to {days[-1].isoformat()}" if days else ""
    added, whole = sum(one.status == "added" for one in good), sum(one.complete for one in good)
    click.echo(f"{len(good)} listings{span}: {added} added, {len(good) - added} unchanged; {whole} of them complete; {sum(one.files for one in good)} sightings")
    for one in done.lines:
        if one.status == "refused":
            click.echo(f"  refused  {one.message} {one.hint or ''}".rstrip())
        elif one.unread:
            click.echo(f"  line {one.number}: {one.unread} of its files could not be read, so what is absent from it may be one of these")
