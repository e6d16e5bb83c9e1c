"""The questions about the whole library: what changed in a period, and what to look at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from lineage.cli.frame import WHEN, day_only, guarded, json_option, known_option, leaving_options, opened, public_option

DAY = {"type": WHEN, "callback": day_only, "metavar": "DATE"}


@click.command()
@click.option("--from", "start", required=True, help="The first day that counts.", **DAY)  # type: ignore[arg-type]
@click.option("--to", "end", required=True, help="The last day that counts.", **DAY)  # type: ignore[arg-type]
@click.option("--series", default=None, help="Only rules of this series.")
@click.option("--full", is_flag=True, help="Every changed clause of every rule; else a rule changed throughout is cut short, and that is said.")
@leaving_options
@click.pass_context
@guarded
def changes(ctx: click.Context, start: date, end: date, series: str | None, full: bool, form: str, output: Path | None, public: bool, as_known_on: str | None, as_json: bool) -> None:
    """What changed among the rules held from one day through another: what began, ended, changed, was suspended, announced or put off, with redlines."""
    from lineage.cli.leaving import Leaving
    from lineage.rendering import happening

    leaving = Leaving.of(form, output, as_json=as_json)
    with opened(ctx, public=public) as library, library.sitting():
        answer = library.changes(start, end, series=series, as_known_on=as_known_on)
        leaving.note(library, {h.work.id for h in answer.happenings}, as_known_on)
    if leaving.form == "docx":
        from lineage.rendering import happening_docx

        leaving.data(happening_docx.write(answer, full=full))
    elif leaving.form == "json":
        leaving.value(happening.shape(answer))
    else:
        leaving.text(happening.html(answer, full=full) if form == "html" else happening.text(answer, leaving.ink(), full=full))


@click.command()
@click.option("--on", help="The day that is asked about; today if not given.", **DAY)  # type: ignore[arg-type]
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), default=None, help="A file: an HTML page with every remark, or with --json the JSON; a name that ends in .txt the text.")
@public_option
@known_option
@json_option
@click.pass_context
@guarded
def report(ctx: click.Context, on: date | None, output: Path | None, public: bool, as_known_on: str | None, as_json: bool) -> None:
    """What to look at in the whole library on a day: gaps, overlaps, clauses at odds or alike, reviews past due, interim orders, citations of what has ended."""
    from lineage.cli.leaving import Leaving
    from lineage.rendering import surveying

    page = output is not None and output.suffix != ".txt"
    leaving = Leaving.of("html" if page else "text", output, as_json=as_json)
    with opened(ctx, public=public) as library, library.sitting():
        answer = library.survey(on or date.today(), as_known_on)
        leaving.note(library, None, as_known_on)
    if leaving.form == "json":
        leaving.value(surveying.shape(answer))
    else:
        leaving.text(surveying.html(answer) if page else surveying.text(answer, leaving.ink()))
