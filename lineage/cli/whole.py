"""The questions about the whole library: what changed in a period, and what to look at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from lineage.cli.frame import WHEN, day_only, guarded, ink, json_option, known_option, opened, put

DAY = {"type": WHEN, "callback": day_only, "metavar": "DATE"}


@click.command()
@click.option("--from", "start", required=True, help="The first day that counts.", **DAY)  # type: ignore[arg-type]
@click.option("--to", "end", required=True, help="The last day that counts.", **DAY)  # type: ignore[arg-type]
@click.option("--series", default=None, help="Only rules of this series.")
@click.option("--full", is_flag=True, help="Every changed clause of every rule; else a rule changed throughout is cut short, and that is said.")
@click.option("--format", "form", type=click.Choice(["text", "html", "docx", "json"]), default="text", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), default=None, help="A file; standard output if not given (docx needs one).")
@known_option
@json_option
@click.pass_context
@guarded
def changes(ctx: click.Context, start: date, end: date, series: str | None, full: bool, form: str, output: Path | None, as_known_on: str | None, as_json: bool) -> None:
    """What changed among the rules held from one day through another: what began, ended, changed, was suspended, announced or put off, with redlines."""
    from lineage.rendering import happening
    from lineage.rendering.ink import Ink

    if form == "docx" and (output is None or as_json):
        raise click.UsageError("A Word file needs a place: --output FILE.docx, and no --json.")
    with opened(ctx) as library:
        answer = library.changes(start, end, series=series, as_known_on=as_known_on)
    if form == "docx" and output is not None:
        from lineage.rendering import happening_docx

        output.write_bytes(happening_docx.write(answer, full=full))
        click.echo(f"Written to {output}", err=True)
    elif as_json or form == "json":
        deliver(happening.shape(answer), output)
    else:
        colour = ink() if output is None else Ink()
        deliver(happening.html(answer, full=full) if form == "html" else happening.text(answer, colour, full=full), output)


@click.command()
@click.option("--on", help="The day that is asked about; today if not given.", **DAY)  # type: ignore[arg-type]
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), default=None, help="A file: an HTML page with every remark, or with --json the JSON; a name that ends in .txt the text.")
@known_option
@json_option
@click.pass_context
@guarded
def report(ctx: click.Context, on: date | None, output: Path | None, as_known_on: str | None, as_json: bool) -> None:
    """What to look at in the whole library on a day: gaps, overlaps, clauses at odds or alike, reviews past due, interim orders, citations of what has ended."""
    from lineage.rendering import surveying

    with opened(ctx) as library:
        answer = library.survey(on or date.today(), as_known_on)
    if as_json:
        deliver(surveying.shape(answer), output)
    elif output is not None:
        deliver(surveying.text(answer) if output.suffix == ".txt" else surveying.html(answer), output)
    else:
        deliver(surveying.text(answer, ink()), None)


def deliver(answer: object, output: Path | None) -> None:
    """A text, or a value as JSON, to a file or to standard output."""
    import json

    if output is not None:
        output.write_text(answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False, indent=2), encoding="utf-8", newline="\n")
        click.echo(f"Written to {output}", err=True)
    elif isinstance(answer, str):
        click.echo(answer, nl=False)
    else:
        put(answer)
