"""``lineage sentence``: how one instruction is read, or a file of them, one a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from lineage.cli.frame import guarded, json_option, put
from lineage.errors import UsageError


@click.command()
@click.argument("words", metavar="SENTENCE", required=False)
@click.option("--context", multiple=True, metavar="TEXT", help="What stands above it, outermost first; may be given several times.")
@click.option("--batch", type=click.Path(path_type=Path, dir_okay=False), default=None, help='A file of lines {"sentence", "context": [outermost first]}; one answer a line.')
@click.option("--profile", default="generic", show_default=True, help="The agency's words.")
@json_option
@guarded
def sentence(words: str | None, context: tuple[str, ...], batch: Path | None, profile: str, as_json: bool) -> None:
    """How one sentence that changes words is read, and which rule fired."""
    from lineage import relations
    from lineage.profiles import load
    from lineage.rendering import instructing

    if (words is None) == (batch is None):
        raise click.UsageError("Give one SENTENCE, or a file of them with --batch.")
    known = load(profile)
    if words is not None:
        found = relations.instruct(words, context, known)
        if as_json:
            put(instructing.shape(found.instructions, found.findings))
        else:
            click.echo(instructing.text(found.instructions, found.findings), nl=False)
        return
    for said, above in _lines(batch) if batch else ():
        found = relations.instruct(said, above, known)
        click.echo(json.dumps(instructing.shape(found.instructions, found.findings), ensure_ascii=False) if as_json else instructing.text(found.instructions, found.findings), nl=as_json)


def _lines(batch: Path) -> list[tuple[str, list[str]]]:
    """The sentences of a file; raises UsageError naming file and line where one is none."""
    try:
        lines = batch.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"{batch} cannot be read: {fault}.", hint="Give a file in UTF-8 with one JSON object a line.", code="usage.batch") from fault
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            found.append(_line(line, f"{batch}, line {number}"))
    return found


def _line(line: str, where: str) -> tuple[str, list[str]]:
    hint = 'Write each line as {"sentence": "...", "context": ["outermost", "..."]}.'
    try:
        row: Any = json.loads(line)
    except ValueError as fault:
        raise UsageError(f"{where} is no JSON: {fault}.", hint=hint, code="usage.batch") from fault
    said, above = (row.get("sentence"), row.get("context", [])) if isinstance(row, dict) else (None, [])
    if not isinstance(said, str) or not isinstance(above, list) or not all(isinstance(one, str) for one in above):
        raise UsageError(f"{where} has no sentence, or a context that is no list of texts.", hint=hint, code="usage.batch")
    return said, above
