"""``lineage audit``: a random sample of what was read, marked by a person, and the error rate of this library."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lineage.cli.frame import guarded, ink, json_option, opened, put
from lineage.cli.reviewing import pressed
from lineage.errors import UsageError
from lineage.model.audit import READING_KINDS, ReadingKind

if TYPE_CHECKING:
    from lineage.desk import Desk
    from lineage.library import Library
    from lineage.model.audit import Sampled


@click.command()
@click.option("--sample", "size", default=100, show_default=True, type=click.IntRange(1, 100_000), help="So many readings are drawn.")
@click.option("--seed", default=1, show_default=True, type=int, help="Another number draws another sample.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(READING_KINDS), help="Only readings of this kind; may be given several times.")
@click.option("--by", metavar="NAME", default=None, help="Mark what was drawn, one by one, in this name.")
@click.option("--marks", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE", help='Take marks from lines {"ref", "right": true or false, "note"} instead, in the name of --by.')
@json_option
@click.pass_context
@guarded
def audit(ctx: click.Context, size: int, seed: int, kinds: tuple[ReadingKind, ...], by: str | None, marks: Path | None, as_json: bool) -> None:
    """How often is it wrong? Draws readings (dates, relations, boundaries and words of clauses) for a person to mark, and states the error rate with its interval, for this library."""
    from lineage.rendering import auditing

    if marks is not None and by is None:
        raise UsageError("Marks need a name.", hint="Give it as --by.", code="review.unsigned")
    with opened(ctx) as library:
        desk, asked = library.desk, kinds or READING_KINDS
        drawn, rates = desk.audit(size, seed, asked)
        if marks is not None:
            _take(desk, drawn, marks, by or "", f"audit {seed}")
        elif by is not None:
            _one_by_one(library, drawn, by, f"audit {seed}")
        if by is not None:
            rates = desk.audit(size, seed, asked)[1]
        files = {i.sha256: i.name for i in library.store.items()}
    if as_json:
        put({"sample": [auditing.sampled(one) for one in drawn], "seed": seed, "rates": [auditing.rate(one) for one in rates]})
    else:
        click.echo(auditing.text(drawn if by is None else (), rates, files, ink()), nl=False)


def _one_by_one(library: Library, drawn: Sequence[Sampled], by: str, batch: str) -> None:
    """Each reading at a key: the order is random, so the first of them are a sample too."""
    from lineage.rendering import auditing

    files = {i.sha256: i.name for i in library.store.items()}
    held = {(d.ref, d.seen) for d in library.store.decisions() if d.subject == "reading"}
    left = [one for one in drawn if (one.ref, one.seen) not in held]
    for number, one in enumerate(left, 1):
        click.echo(auditing.shown(one, files, ink(), f"{number} of {len(left)}"))
        click.echo("     r  right   w  wrong   q  stop")
        key = pressed({"r", "w", "q"})
        if key == "q":
            return
        note = click.prompt("What is right") if key == "w" else ""
        library.desk.mark(one, by, right=key == "r", note=note, batch=batch)


def _take(desk: Desk, drawn: Sequence[Sampled], path: Path, by: str, batch: str) -> None:
    known = {one.ref: one for one in drawn}
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        marks = [(known[row["ref"]], bool(row["right"]), str(row.get("note", ""))) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise UsageError(f"{path} holds no marks on what was drawn: {fault!r}.", hint='Write each line as {"ref": "a-...", "right": true}, of the same --sample and --seed.', code="review.line") from fault
    for one, right, note in marks:
        desk.mark(one, by, right=right, note=note, batch=batch)
