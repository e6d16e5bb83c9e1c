"""``lineage mark`` and ``withdraw``: which rules may be given away, and which files count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lineage.cli.frame import guarded, json_option, opened, put, signed
from lineage.errors import UsageError

if TYPE_CHECKING:
    from lineage.desk import Person


@click.command()
@click.argument("words", nargs=-1, metavar="WORK... public|restricted")
@click.option("--series", default=None, metavar="S", help="Every rule that is held of this series.")
@signed
@json_option
@click.pass_context
@guarded
def mark(ctx: click.Context, words: tuple[str, ...], series: str | None, by: str | None, because: str | None, as_json: bool) -> None:
    """Mark rules as public, or as restricted again. A rule that nobody marked is restricted."""
    from lineage.rendering import access as shown

    works, said = words[:-1], words[-1] if words else ""
    if said not in ("public", "restricted"):
        raise UsageError("The last word says how the rules are marked.", hint='lineage mark 3.48 public --by "N. Name" --because "..."', code="access.word")
    if not works and series is None:
        raise UsageError("No rule is named.", hint="Name rules, or a series with --series.", code="access.word")
    person = _person(by, because)
    with opened(ctx) as library:
        made, names = library.gate.mark(works, said, person, series), library.names()  # type: ignore[arg-type]
    if as_json:
        put({"markings": [shown.marking(one) for one in made]})
    else:
        click.echo(shown.marked(made, said, names), nl=False)


@click.command()
@click.argument("item")
@click.option("--undo", is_flag=True, help="Let it count again.")
@signed
@json_option
@click.pass_context
@guarded
def withdraw(ctx: click.Context, item: str, undo: bool, by: str | None, because: str | None, as_json: bool) -> None:
    """Let a file count no longer in answers from now on: ITEM is its name, its hash, or the hash's beginning. What was known before stays with --as-known-on."""
    from lineage.rendering import access as shown

    person = _person(by, because)
    with opened(ctx) as library:
        names = library.names()
        name = library.gate.item(item).name
        made = library.gate.restore(item, person) if undo else library.gate.withdraw(item, person)
        names |= library.names()
    if as_json:
        put(shown.withdrawal(made))
    else:
        click.echo(shown.done(made, name, names), nl=False)


@click.command()
@click.argument("item")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@signed
@json_option
@click.pass_context
@guarded
def purge(ctx: click.Context, item: str, yes: bool, by: str | None, because: str | None, as_json: bool) -> None:
    """Take the words of a withdrawn file out of the library for good: what is left is its hash, its size, its times, and who did it and why. Nothing brings them back."""
    from lineage.rendering import access as shown

    person = _person(by, because)
    with opened(ctx) as library:
        name = library.gate.item(item).name
        if not yes and not click.confirm(f"The words of {name} are taken out for good, also from answers as known before. Purge it?", default=False, err=True):
            raise UsageError("Nothing was purged.", hint="Give --yes where nobody can be asked.", code="review.stopped")
        decided = library.gate.decided_about(library.gate.item(item).sha256)
        made = library.gate.purge(item, person)
    if as_json:
        put(shown.purge(made) | {"decisions": decided})
        return
    click.echo(shown.purged(made))
    if decided:
        click.echo(f"{decided} decisions of persons speak of it; what these wrote stays: lineage decisions.")


def _person(by: str | None, because: str | None) -> Person:
    from lineage.desk import Person

    if by is None or because is None:
        raise UsageError("This needs a name and a reason.", hint='Give both: --by "Sgt. A. Example" --because "..."', code="review.unsigned")
    return Person(by, because)
