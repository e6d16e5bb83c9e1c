"""Help is quick: it loads no XML, PDF, graph or database library."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

HEAVY = ("lxml", "pypdfium2", "pdfplumber", "networkx", "sqlalchemy", "alembic", "cobalt")
COMMANDS = ("ingest", "read", "in-force", "show", "why", "history", "relations", "findings", "graph", "search", "export", "check", "demo")
PROGRAM = """
import sys
from lineage.cli import main
for words in {words!r}:
    try:
        main(words, standalone_mode=False)
    except SystemExit as end:
        assert not end.code, end.code
print("LOADED", sorted(name for name in {heavy!r} if name in sys.modules))
"""


def loaded(words: list[list[str]]) -> str:
    done = subprocess.run([sys.executable, "-c", PROGRAM.format(words=words, heavy=HEAVY)], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.rsplit("LOADED ", 1)[1].strip()


def test_help_loads_nothing_heavy() -> None:
    assert loaded([["--help"], ["--version"]]) == "[]"


def test_the_help_of_each_command_loads_nothing_heavy() -> None:
    assert loaded([[command, "--help"] for command in COMMANDS]) == "[]"


def test_every_command_is_among_them() -> None:
    from lineage.cli import main

    known = set(main.list_commands(click.Context(main)))
    assert known >= set(COMMANDS)
    new = sorted(known - set(COMMANDS))
    assert loaded([[command, "--help"] for command in new]) == "[]" if new else True


@pytest.mark.parametrize("words", [["--help"], ["show", "--help"]])
def test_help_says_what_it_does(words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "lineage.cli", *words], capture_output=True, text=True, check=True, timeout=60)
    assert "Usage:" in done.stdout
