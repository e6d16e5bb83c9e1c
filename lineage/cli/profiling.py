"""``lineage profile``: whether a profile is sound, and a draft of one from a folder of orders."""

from __future__ import annotations

from pathlib import Path

import click

from lineage.cli.frame import guarded, json_option, put
from lineage.errors import UsageError


@click.group()
def profile() -> None:
    """An agency's habits as data: check a profile, or draft one from a folder of orders."""


@profile.command()
@click.argument("file")
@json_option
@guarded
def check(file: str, as_json: bool) -> None:
    """Hold a profile against the schema and its own examples. FILE is a TOML file or a shipped name; every fault is named with its line and key."""
    from lineage import profiles

    faults = profiles.check(file)
    if as_json:
        put({"profile": file, "sound": not faults, "faults": [{"line": f.line, "key": f.key, "message": f.message} for f in faults]})
    elif not faults:
        click.echo(f"The profile {file} is sound: {_proof(file)}.")
    else:
        click.echo("\n".join(f"{file}, line {f.line}{f', {f.key}' if f.key else ''}: {f.message}" for f in faults))
    if faults:
        raise SystemExit(3)


@profile.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), default=None, help="A new file; standard output if not given. Never overwrites.")
@json_option
@guarded
def draft(folder: Path, output: Path | None, as_json: bool) -> None:
    """Propose a profile from a folder of orders, for a person to finish: labels, numbers, series and repeated lines seen, with counts and examples."""
    from lineage.drafting import draft as run

    if output is not None and output.exists():
        raise UsageError(f"{output} exists already, and may hold what a person wrote; it is not overwritten.", hint="Name a new file after --output.")
    made = run(folder)
    if output is not None:
        with output.open("x", encoding="utf-8", newline="\n") as file:
            file.write(made.text)
        click.echo(f"Written to {output}", err=True)
    if as_json:
        put({"read": made.read, "refused": made.refused, "output": str(output) if output else None, "draft": made.text})
    elif output is None:
        click.echo(made.text, nl=False)
    click.echo(f"{made.read} papers read{f', {made.refused} refused' if made.refused else ''}.", err=True)


def _proof(file: str) -> str:
    """How much was tried."""
    from lineage import profiles

    loaded = profiles.load(file)
    rules = [rule for name in loaded.__struct_fields__ if isinstance(own := getattr(loaded, name), tuple) for rule in own if isinstance(rule, profiles.Rule)]
    return f"with those that it stands on, {len(rules)} rules, {sum(len(r.examples) for r in rules)} examples and {sum(len(r.counter) for r in rules)} counter-examples"
