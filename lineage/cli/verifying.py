"""Published texts against the words that the library puts together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from lineage.cli.frame import WHEN, day_only, guarded, leaving_options, opened


@click.command()
@click.argument("work", required=False)
@click.option("--on", type=WHEN, callback=day_only, default=None, metavar="DATE", help="The last text published by this day; the last held if not given.")
@click.option("--series", default=None, help="Only works of this series.")
@leaving_options
@click.pass_context
@guarded
def verify(ctx: click.Context, work: str | None, on: date | None, series: str | None, form: str, output: Path | None, public: bool, as_known_on: str | None, as_json: bool) -> None:
    """Published texts against the words put together to their days: each difference explained by an order, by a silent edit, or by nothing held.

    WORK is a rule, a manual held as one file, or the number that its sections go on from; every rule if not given.
    """
    from lineage.cli.leaving import Leaving
    from lineage.rendering import verifying

    leaving = Leaving.of(form, output, as_json=as_json)
    with opened(ctx, public=public) as library, library.sitting():
        found = library.verify(work, on, series=series, as_known_on=as_known_on)
        leaving.note(library, {v.work.id for v in found}, as_known_on)
    if leaving.form == "json":
        leaving.value(verifying.shape(found, on, as_known_on))
    elif leaving.form == "docx":
        from lineage.rendering import redline_docx

        leaving.data(redline_docx.write_verified(found))
    else:
        leaving.text(verifying.html(found) if form == "html" else verifying.text(found, leaving.ink()))
