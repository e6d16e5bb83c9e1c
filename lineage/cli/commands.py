"""The commands."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path

import click

from lineage import __version__
from lineage.cli.frame import (
    DEFAULT_LIBRARY,
    WHEN,
    day_only,
    guarded,
    ink,
    json_option,
    known_option,
    on_option,
    opened,
    public_option,
    put,
    utf8,
)
from lineage.model.hours import When

# Where the other commands are: each is loaded when it is called, so that a question does not wait for what only others need.
LATER = {
    "access": ("mark", "purge", "withdraw"),
    "auditing": ("audit",),
    "by_day": ("compare", "history", "in-force", "show", "why"),
    "impacting": ("impact",),
    "keeping": ("backup", "check", "copy", "restore"),
    "packing": ("packet",),
    "profiling": ("profile",),
    "publishing": ("publish",),
    "reviewing": ("decide", "decisions", "review"),
    "sentencing": ("sentence",),
    "serving": ("account", "serve"),
    "verifying": ("verify",),
    "wanting": ("attest", "missing"),
    "whole": ("changes", "report"),
}
HOMES = {name: module for module, names in LATER.items() for name in names}


class Commands(click.Group):
    """Those that are here, and those that are loaded when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all, in order."""
        return sorted({*self.commands, *HOMES})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None where there is none."""
        if cmd_name not in self.commands and cmd_name in HOMES:
            self.add_command(getattr(import_module(f"lineage.cli.{HOMES[cmd_name]}"), cmd_name.replace("-", "_")))
        return super().get_command(ctx, cmd_name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="lineage")
@click.option("--library", envvar="LINEAGE_LIBRARY", default=DEFAULT_LIBRARY, show_default=True, metavar="PATH_OR_URL", help="The library: a folder, or the address of a PostgreSQL database. Also LINEAGE_LIBRARY.")
@click.pass_context
def main(ctx: click.Context, library: str) -> None:
    """What exactly was the rule on that day, and how do we know?

    Reads orders and manual sections into a library, finds what amends, rescinds or supersedes what, and answers by date with the sentence on the page that proves it.
    """
    utf8()
    ctx.obj = {"library": library}


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--profile", default=None, help="An agency's profile: a shipped name (generic, lbpd, cpd) or a TOML file. Recognised from the paper if not given.")
@click.option("--jobs", default=0, type=click.IntRange(0, 64), help="Processes that read; 0 chooses by the number of files.")
@click.option("--cluster", default=None, metavar="ADDRESS", help="Have the workers of this dask scheduler read (tcp://host:8786), in place of processes here.")
@click.option("--source", default=None, metavar="TEXT", help="Where the files came from, in words; kept as evidence of each.")
@click.option("--custodian", default=None, metavar="NAME", help="Who keeps the originals.")
@click.option("--obtained-on", type=WHEN, callback=day_only, default=None, metavar="DATE", help="The day on which they were obtained.")
@click.option("--certified", is_flag=True, help="They are certified copies.")
@click.option("--redacts", metavar="ITEM", default=None, help="The one file is a copy of this one (its name, or its hash) with words blacked out; it is no text of a rule.")
@json_option
@click.pass_context
@guarded
def ingest(
    ctx: click.Context, paths: tuple[Path, ...], profile: str | None, jobs: int, cluster: str | None, source: str | None, custodian: str | None, obtained_on: date | None, certified: bool, redacts: str | None, as_json: bool
) -> None:
    """Read files and folders into the library; a bad file is refused with its reason and the others go on."""
    from lineage.cli.ingesting import ingest as run
    from lineage.cli.ingesting import origin, redacted

    if redacts is not None:
        redacted(ctx, paths, redacts, profile, origin(source, custodian, obtained_on, certified=certified), as_json=as_json)
        return
    raise SystemExit(run(ctx, paths, profile, jobs, origin(source, custodian, obtained_on, certified=certified), cluster, as_json=as_json))


@main.command()
@click.argument("listing", type=click.Path(path_type=Path))
@click.option("--root", required=True, type=click.Path(path_type=Path), metavar="DIR", help="The folder in which the files of the listing lie.")
@click.option("--profile", default=None, help="An agency's profile for files that are not held yet; recognised from the paper if not given.")
@click.option("--jobs", default=0, type=click.IntRange(0, 64), help="Processes that read; 0 chooses by the number of files.")
@json_option
@click.pass_context
@guarded
def observe(ctx: click.Context, listing: Path, root: Path, profile: str | None, jobs: int, as_json: bool) -> None:
    """Record what an agency's site showed: LISTING holds one {"on", "files", "complete"} a line. Files not held are ingested first."""
    from lineage.cli.observing import observe as run

    raise SystemExit(run(ctx, listing, root, profile, jobs, as_json=as_json))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--profile", default=None, help="An agency's profile; recognised from the paper if not given.")
@click.option("--overlay", type=click.Path(path_type=Path), default=None, metavar="DIR", help="A folder into which each page is drawn with what was read on it.")
@click.option("--pages", default=None, metavar="PAGES", help="The pages to draw, such as 1-5 or 1,3,7-9; the first twenty if not given.")
@json_option
@guarded
def read(file: Path, profile: str | None, overlay: Path | None, pages: str | None, as_json: bool) -> None:
    """What the tool sees in one file; nothing is stored."""
    from lineage import pipeline
    from lineage.rendering import reading, shapes

    seen = pipeline.read(file, profile)
    drawn: list[Path] = []
    if overlay is not None:
        from lineage.cli.overlaying import overlay as draw

        drawn = draw(seen, overlay, pages)
    if as_json:
        rules = [(r.item, shapes.read(r.item, r.outline, r.relations, r.findings, r.profile, bindings=r.bindings)) for r in seen.rules]
        shown = shapes.read(seen.item, seen.outline, seen.relations, seen.findings, seen.profile, rules, seen.index, seen.bindings)
        put(shown | {"overlay": [str(path) for path in drawn]} if overlay is not None else shown)
        return
    if drawn:
        click.echo(f"Drawn: {', '.join(map(str, drawn))}", err=True)
    for part in (seen, *seen.rules):
        click.echo(reading.show(part.item, part.outline, part.relations, part.findings, part.profile, ink(), part.index, part.bindings), nl=False)


@main.command()
@click.argument("work", required=False)
@known_option
@json_option
@click.pass_context
@guarded
def relations(ctx: click.Context, work: str | None, as_known_on: str | None, as_json: bool) -> None:
    """What amends, rescinds, supersedes, suspends or cites what."""
    from lineage.rendering import keeping, plain, values

    with opened(ctx) as library, library.sitting():
        found, names, made = library.relations(work, as_known_on), library.names(as_known_on), library.made_by(as_known_on)
    if as_json:
        put({"relations": [values.relation(r) for r in found]} | keeping.made_by(made))
    else:
        click.echo(plain.relations(found, names, ink()), nl=False)


@main.command()
@click.argument("work", required=False)
@known_option
@json_option
@click.pass_context
@guarded
def findings(ctx: click.Context, work: str | None, as_known_on: str | None, as_json: bool) -> None:
    """The open questions: what is doubtful, and what could settle it."""
    from lineage.rendering import keeping, plain, values

    with opened(ctx) as library, library.sitting():
        found, made = library.findings(work, as_known_on), library.made_by(as_known_on)
        found += library.graph_findings(as_known_on) if work is None else []
    if as_json:
        put({"findings": [values.finding(f) for f in found]} | keeping.made_by(made))
    else:
        click.echo(plain.findings(found, ink()), nl=False)


@main.command()
@click.argument("work", required=False)
@click.option("--format", "form", type=click.Choice(["graphml", "json", "svg"]), default="svg", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), default=None, help="A file; standard output if not given.")
@public_option
@known_option
@json_option
@click.pass_context
@guarded
def graph(ctx: click.Context, work: str | None, form: str, output: Path | None, public: bool, as_known_on: str | None, as_json: bool) -> None:
    """The graph of relations: as a picture on a true time axis, as GraphML or as JSON."""
    from lineage import graph as graphs
    from lineage.cli.leaving import Leaving
    from lineage.rendering.picture import draw

    leaving = Leaving.of(form, output, as_json=as_json)
    with opened(ctx, public=public) as library, library.sitting():
        if leaving.form == "svg":
            works, periods, found = library.lives(work, as_known_on)
            text = draw(works, periods, found, today=date.today(), title=library.names(as_known_on).get(library.find(work, None, as_known_on).id, "") if work else "")
            leaving.note(library, [w.id for w in works if w.held], as_known_on)
        else:
            drawn = library.graph(work, as_known_on)
            leaving.note(library, [node for node, values in drawn.nodes(data=True) if values.get("held")], as_known_on)
    if leaving.form == "json":
        leaving.value(graphs.to_json(drawn))
    else:
        leaving.text(text if leaving.form == "svg" else graphs.to_graphml(drawn), end="\n")


@main.command()
@click.argument("words")
@on_option(required=False)
@public_option
@known_option
@json_option
@click.pass_context
@guarded
def search(ctx: click.Context, words: str, on: When | None, public: bool, as_known_on: str | None, as_json: bool) -> None:
    """Clauses with these words; with --on only those whose text ruled on that day."""
    from lineage.rendering import access, keeping, plain, shapes

    with opened(ctx, public=public) as library, library.sitting():
        hits, names, left, made = library.search(words, on, as_known_on), library.names(as_known_on), library.left_out(as_known_on), library.made_by(as_known_on)
    if as_json:
        put(access.with_note({"hits": [shapes.hit(h, p) for h, p in hits]} | keeping.made_by(made), left))
    else:
        click.echo(plain.hits(hits, names), nl=False)
        click.echo(access.note(left), nl=left is not None)


@main.command()
@click.argument("work")
@click.option("--on", type=WHEN, default=None, metavar="DATE", help="The text that ruled on this day, or at this local time; the latest held if not given.")
@click.option("--format", "form", type=click.Choice(["akn", "html", "text", "json"]), default="akn", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), default=None, help="A file; standard output if not given.")
@public_option
@known_option
@json_option
@click.pass_context
@guarded
def export(ctx: click.Context, work: str, on: When | None, form: str, output: Path | None, public: bool, as_known_on: str | None, as_json: bool) -> None:
    """A document as Akoma Ntoso 3.0, HTML, text or JSON."""
    from lineage import documents
    from lineage.cli.leaving import Leaving
    from lineage.rendering import page, shapes

    leaving = Leaving.of(form, output, as_json=as_json)
    with opened(ctx, public=public) as library, library.sitting():
        document = library.document(work, on, as_known_on)
        leaving.note(library, [document.work], as_known_on, always=True)
    if leaving.form == "json":
        leaving.value(shapes.document(document))
    elif leaving.form == "akn":
        leaving.text(documents.write(document).decode("utf-8"), end="\n")
    else:
        leaving.text(page.html(document) if form == "html" else page.text(document), end="\n")


@main.command()
@json_option
@click.pass_context
@guarded
def demo(ctx: click.Context, as_json: bool) -> None:
    """Build a library from the corpus that comes with the tool, and show the main answers on it."""
    from lineage.cli.demo import demo as run

    run(ctx, as_json=as_json)
