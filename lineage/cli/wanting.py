"""``lineage missing`` and ``lineage attest``: what to ask the records room for, and a person's word that nothing more is to be had."""

from __future__ import annotations

from datetime import date

import click

from lineage.cli.frame import WHEN, day_only, guarded, ink, json_option, opened, put
from lineage.errors import UsageError


@click.command()
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 100_000), help="So many are shown.")
@click.option("--since", type=WHEN, callback=day_only, default=None, metavar="DATE", help="Count answers about days from here on; by default the last ten years that the library speaks of.")
@json_option
@click.pass_context
@guarded
def missing(ctx: click.Context, top: int, since: date | None, as_json: bool) -> None:
    """What is named and not held, and what begins or ends without its paper: that first which would settle most answers."""
    from lineage.rendering import reviewing

    with opened(ctx) as library:
        found = library.desk.missing(since)
        if as_json:
            put({"missing": [reviewing.wanted(one) for one in found[:top]], "in_all": len(found)})
        else:
            click.echo(reviewing.wanting(found, {i.sha256: i.name for i in library.store.items()}, ink(), top), nl=False)


@click.command()
@click.option("--series", required=True, metavar="S", help="The series, by its name or as agency/series.")
@click.option("--on", "on", type=WHEN, callback=day_only, required=True, metavar="DATE", help="The day up to which every paper of it is held.")
@click.option("--by", metavar="NAME", default=None, help="Who says so.")
@click.option("--because", metavar="TEXT", default=None, help="On what ground.")
@json_option
@click.pass_context
@guarded
def attest(ctx: click.Context, series: str, on: date, by: str | None, because: str | None, as_json: bool) -> None:
    """Declare that of a series every paper up to a day is held: what was in force by the papers held is then proved for that day by this word, and no gap of the series is missing."""
    from lineage.desk import Person
    from lineage.rendering import reviewing

    if by is None or because is None:
        raise UsageError("An attestation needs a name and a reason.", hint='Give both: --by "Sgt. A. Example" --because "..."', code="review.unsigned")
    with opened(ctx) as library:
        said = library.desk.attest(series, on, Person(by, because))
        if as_json:
            put(reviewing.attestation(said))
        else:
            click.echo(reviewing.attested(said))
