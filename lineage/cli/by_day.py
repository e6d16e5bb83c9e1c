"""The questions by day: what was in force, how one rule stood and why, what became of it; each by the day itself, by what this library held, by what was out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lineage.cli.frame import (
    WHEN,
    guarded,
    ink,
    json_option,
    known_option,
    leaving_options,
    on_option,
    opened,
    public_option,
    published_option,
    put,
    whom_options,
)
from lineage.model.hours import When

if TYPE_CHECKING:
    from lineage.model import InForce, Shown, Told


@click.command("in-force")
@on_option()
@click.option("--series", default=None, help="Only works of this series.")
@click.option("--match", default=None, metavar="WORDS", help="Only works with these words in number, title or text.")
@click.option("--all", "every", is_flag=True, help="Also what was not in force, with date and cause, and works that are only cited.")
@whom_options
@public_option
@known_option
@published_option
@json_option
@click.pass_context
@guarded
def in_force(
    ctx: click.Context, on: When, series: str | None, match: str | None, every: bool, unit: str | None, rank: str | None, public: bool, as_known_on: str | None, as_published_on: date | None,
    as_json: bool,
) -> None:
    """The rules in force on a day, among those held."""
    from lineage.rendering import access, clocks, keeping, plain, shapes

    with opened(ctx, public=public) as library, library.sitting():
        answer = library.in_force(on, series=series, match=match, every=every, as_known_on=as_known_on, as_published_on=as_published_on, unit=unit, rank=rank)
        left, made = library.left_out(as_known_on), library.made_by(as_known_on)
    if as_json:
        put(access.with_note(shapes.in_force(answer) | clocks.asked(answer) | keeping.made_by(made), left))
    else:
        _say(plain.in_force(answer, ink()), answer, access.note(left))


@click.command()
@click.argument("work")
@on_option()
@click.option("--words", is_flag=True, help="Also, word by word, which paper or which clause of which order put them there.")
@whom_options
@public_option
@known_option
@published_option
@json_option
@click.pass_context
@guarded
def show(
    ctx: click.Context, work: str, on: When, words: bool, unit: str | None, rank: str | None, public: bool, as_known_on: str | None, as_published_on: date | None, as_json: bool
) -> None:
    """How one rule stood on a day, its words, and the proof."""
    from lineage.rendering import access, clocks, keeping, origins, plain, shapes

    with opened(ctx, public=public) as library, library.sitting():
        answer, left, made = library.show(work, on, as_known_on, as_published_on, unit=unit, rank=rank), library.left_out(as_known_on), library.made_by(as_known_on)
    if as_json:
        put(access.with_note(shapes.shown(answer) | clocks.asked(answer) | ({"words": origins.shapes(answer)} if words else {}) | keeping.made_by(made), left))
    else:
        _say(plain.show(answer, ink()), answer, access.note(left))
        for line in ["", *origins.lines(answer, ink())] if words and answer.text is not None else ():
            click.echo(line)


@click.command()
@click.argument("work")
@on_option()
@known_option
@published_option
@json_option
@click.pass_context
@guarded
def why(ctx: click.Context, work: str, on: When, as_known_on: str | None, as_published_on: date | None, as_json: bool) -> None:
    """The steps that lead to the answer of a day, each with its evidence; as known on an earlier day, also what was learnt since."""
    from lineage.rendering import clocks, keeping, plain, shapes

    with opened(ctx) as library, library.sitting():
        answer, made = library.show(work, on, as_known_on, as_published_on), library.made_by(as_known_on)
    if as_json:
        put(shapes.why(answer) | clocks.asked(answer) | clocks.since(answer) | keeping.made_by(made))
    else:
        _say(plain.why(answer, ink()), answer)


@click.command()
@click.argument("work")
@click.option("--changes", is_flag=True, help="Also the log of the answers about it that each recording changed.")
@known_option
@published_option
@json_option
@click.pass_context
@guarded
def history(ctx: click.Context, work: str, changes: bool, as_known_on: str | None, as_published_on: date | None, as_json: bool) -> None:
    """The life of a rule: what began, changed and ended it, with evidence."""
    from lineage.rendering import clocks, keeping, plain, shapes

    with opened(ctx) as library, library.sitting():
        answer, made = library.history(work, as_known_on, as_published_on, changes=changes), library.made_by(as_known_on)
    if as_json:
        put(shapes.told(answer) | clocks.asked(answer) | keeping.made_by(made))
    else:
        _say(plain.history(answer, ink()), answer)


@click.command()
@click.argument("work")
@click.argument("old", metavar="DATE", type=WHEN)
@click.argument("new", metavar="DATE", type=WHEN)
@leaving_options
@click.pass_context
@guarded
def compare(ctx: click.Context, work: str, old: When, new: When, form: str, output: Path | None, public: bool, as_known_on: str | None, as_json: bool) -> None:
    """The redline of one rule between two days, with who changed it; as text, HTML or a Word file with tracked changes."""
    from lineage.cli.leaving import Leaving
    from lineage.rendering import redline

    leaving = Leaving.of(form, output, as_json=as_json)
    with opened(ctx, public=public) as library, library.sitting():
        answer = library.compare(work, old, new, as_known_on)
        leaving.note(library, [answer.new.ruling.work.id], as_known_on)
    if leaving.form == "json":
        leaving.value(redline.shape(answer))
    elif leaving.form == "docx":
        from lineage.rendering import redline_docx

        leaving.data(redline_docx.write(answer))
    else:
        leaving.text(redline.html(answer) if form == "html" else redline.text(answer, leaving.ink()))


def _say(text: str, answer: Shown | InForce | Told, note: str = "") -> None:
    from lineage.model import InForce, Shown
    from lineage.rendering import access, clocks, copies

    click.echo(text, nl=False)
    for line in copies.lines(answer.copies, ink()) if isinstance(answer, Shown) else ():
        click.echo(line)
    for line in () if isinstance(answer, InForce) else access.gone(answer, ink()):
        click.echo(line)
    for line in clocks.lines(answer, ink()):
        click.echo(line)
    if note:
        click.echo(note)
