"""``lineage packet``: true copies and a chronology of one rule or several, as a bag that anyone can verify."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from lineage.cli.frame import guarded, json_option, known_option, opened, public_option, put
from lineage.cli.whole import DAY


@click.command()
@click.argument("works", metavar="WORK...", nargs=-1, required=True)
@click.option("--from", "start", required=True, help="The first day that counts.", **DAY)  # type: ignore[arg-type]
@click.option("--to", "end", required=True, help="The last day that counts.", **DAY)  # type: ignore[arg-type]
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, metavar="DIR", help="A folder that does not exist yet, or is empty; nothing is overwritten.")
@click.option("--number-prefix", "prefix", default="P", show_default=True, metavar="P", help="What stands before the number of each copy.")
@click.option("--jurisdiction", "jurisdictions", multiple=True, metavar="NAME", help="The drafts of declarations to enclose, several times; all there are if not given.")
@public_option
@known_option
@json_option
@click.pass_context
@guarded
def packet(ctx: click.Context, works: tuple[str, ...], start: date, end: date, output: Path, prefix: str, jurisdictions: tuple[str, ...], public: bool, as_known_on: str | None, as_json: bool) -> None:
    """A packet for a court: true copies of what bears on these rules between two days, and apart from them a chronology that helps to read them."""
    from lineage.packet import Asked, pack, spoken
    from lineage.rendering import access
    from lineage.rendering.visible import counted

    with opened(ctx, public=public) as library:
        made = pack(library, Asked(works, start, end, as_known_on, prefix, jurisdictions), output, _progress if sys.stderr.isatty() else lambda words: None)
    if as_json:
        copies = [{"number": c.number, "file": c.path, "name": c.name, "sha256": c.sha256} for c in made.copies]
        absent = [{"file": a.what, "why": a.why} for a in made.absent]
        put(access.with_note({"packet": str(made.folder), "hash": made.number, "files": made.files, "works": list(made.works), "left_out": made.left_out, "copies": copies, "not_enclosed": absent}, made.left_out, restricted=made.restricted))
        return
    said = access.note(made.left_out, restricted=made.restricted)
    click.echo(f"{said}\n" * bool(said) + f"{made.folder}: {counted(len(made.copies), 'true copy', 'true copies')}, {counted(made.files, 'file', 'files')} in all.")
    for one in made.absent:
        click.echo(f"Not enclosed: {one.what}: {one.why}")
    click.echo(f"Packet number: {spoken(made.number)}")
    click.echo(f"Write the number down, apart from the packet. To verify: python3 -I {made.folder / 'verify.py'} --expect {made.number}")


def _progress(words: str) -> None:
    click.echo(words, err=True)
