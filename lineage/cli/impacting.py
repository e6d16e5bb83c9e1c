"""``lineage impact``: what a draft order would do to the rules held."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lineage.cli.frame import WHEN, day_only, guarded, ink, json_option, opened, put

if TYPE_CHECKING:
    from lineage.cli.leaving import Leaving
    from lineage.model.impact import Impact


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--on", type=WHEN, callback=day_only, default=None, metavar="DATE", help="The day on which the draft is looked at; its own issue date if not given, else today.")
@click.option("--profile", default=None, help="An agency's profile; recognised from the draft if not given, else that of the library's one agency.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE.html|.docx", help="A page or a Word file with the whole of it, redlines included.")
@json_option
@click.pass_context
@guarded
def impact(ctx: click.Context, file: Path, on: date | None, profile: str | None, output: Path | None, as_json: bool) -> None:
    """What a draft order would touch, contradict, leave open or break; nothing is stored. Exit code 1 where there is something to look at."""
    from lineage.cli.leaving import Leaving
    from lineage.rendering import impact as rendering

    if output is not None and output.suffix.lower() not in (".html", ".htm", ".docx"):
        raise click.UsageError("The whole of it is written as a page or a Word file: --output FILE.html or FILE.docx.")
    with opened(ctx) as library:
        found = library.impact(file, on, profile)
        if output is not None:
            leaving = Leaving.of("docx" if output.suffix.lower() == ".docx" else "html", output, as_json=False)
            leaving.note(library, None, None)
            _write(leaving, found)
    if as_json:
        put(rendering.shape(found))
    else:
        click.echo(rendering.text(found, ink()), nl=False)
    if found.cautions:
        raise SystemExit(1)


def _write(leaving: Leaving, found: Impact) -> None:
    from lineage.rendering import impact as rendering

    if leaving.form == "docx":
        from lineage.rendering import impact_docx

        leaving.data(impact_docx.write(found))
    else:
        leaving.text(rendering.html(found))
