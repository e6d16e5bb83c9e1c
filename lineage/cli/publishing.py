"""``lineage publish``: the public rules as one page for a records room."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from lineage.cli.frame import WHEN, day_only, guarded, json_option, known_option, opened, put

DAY = {"type": WHEN, "callback": day_only, "metavar": "DATE"}


@click.command()
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.html", help="The page; what is there is replaced, whole or not at all.")
@click.option("--series", default=None, help="Only rules of this series.")
@click.option("--from", "start", help="The first day that can be asked about; every day if not given.", **DAY)  # type: ignore[arg-type]
@click.option("--to", "end", help="The last day that can be asked about.", **DAY)  # type: ignore[arg-type]
@click.option("--title", default=None, metavar="TEXT", help="The title of the page; the agency's name if not given.")
@known_option
@json_option
@click.pass_context
@guarded
def publish(ctx: click.Context, output: Path, series: str | None, start: date | None, end: date | None, title: str | None, as_known_on: str | None, as_json: bool) -> None:
    """The public rules as ONE page that answers any day, for a records room: no server, nothing loaded from outside."""
    from lineage import edition
    from lineage.rendering import access
    from lineage.rendering.values import iso

    with opened(ctx) as library:
        made = edition.publish(library, series=series, first=start, last=end, as_known_on=as_known_on, title=title)
    edition.put(made.page, output)
    if as_json:
        told = {
            "file": str(output), "sha256": made.sha256, "bytes": len(made.page), "title": made.title, "rules": made.rules, "stretches": made.stretches, "texts": made.texts, "files": made.files,
            "from": iso(made.first), "to": iso(made.last), "as_known_on": made.as_known_on, "recorded_at": made.recorded_at,
        }  # fmt: skip
        put(access.with_note(told, made.left_out))
        return
    click.echo(f"{access.note(made.left_out)} {made.rules:,} rules, {made.texts:,} texts, {len(made.page):,} bytes.")
    click.echo(f"Written to {output}", err=True)
