"""``lineage demo``: the corpus read into a library, and the main answers on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lineage.cli.frame import DEFAULT_LIBRARY, ink, put

if TYPE_CHECKING:
    from lineage.library import Library

FOLDER = "lineage-demo"
ORDER = "Special Order - Social Media"


def corpus() -> Path:
    """The corpus that comes with the package, or that of the source tree."""
    import lineage
    from lineage.errors import NotFoundError

    package = Path(lineage.__file__).parent
    for folder in (package / "corpus" / "orders", package.parent / "corpus" / "orders"):
        if folder.is_dir():
            return folder
    raise NotFoundError("The corpus is not part of this installation.", hint="Install the package again, or run from a source tree.", code="demo.no-corpus")


def demo(ctx: click.Context, *, as_json: bool) -> None:
    """Build (or reuse) the demo's library and show the answers."""
    from lineage.library import Library

    location = FOLDER if ctx.obj["library"] == DEFAULT_LIBRARY else ctx.obj["library"]
    with Library.open(location) as library:
        # An address is told without its password.
        shown = location if library.store.place.folder is not None else library.store.location
        done = library.ingest(sorted(corpus().glob("*.pdf")))
        if as_json:
            put({"library": str(shown), "items": [{"path": Path(o.path).name, "status": o.status, "work": o.work} for o in done]})
            return
        added = sum(o.status == "added" for o in done)
        click.echo(f"{added} papers added, {len(done) - added} held before, in the library {shown}")
        click.echo(library.summary())
        for command, text in _answers(library):
            click.echo("\n" + click.style(f"$ lineage --library {shown} {command}", fg="green"))
            click.echo(text, nl=False)


def _answers(library: Library) -> list[tuple[str, str]]:
    from lineage.rendering import plain

    pen = ink()
    day, change, later = date(2020, 6, 1), date(2021, 7, 22), date(2022, 1, 1)
    return [
        (f"in-force --on {day}", plain.in_force(library.in_force(day), pen)),
        (f'show "{ORDER}" --on {day}', plain.show(library.show(ORDER, day), pen)),
        (f'why "{ORDER}" --on {change}', plain.why(library.show(ORDER, change), pen)),
        (f"show 3.48 --on {later}", plain.show(library.show("3.48", later), pen)),
        ("history 3.48", plain.history(library.history("3.48"), pen)),
    ]
