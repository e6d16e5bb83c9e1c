"""The README's first hour, typed command by command in a folder that has nothing but the papers: each line that it shows is printed, in its place."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from .parts import README, ROOT, blocks
from .test_commands import call

LEFT_OUT = "..."
MOST_LINES = 60


def typed() -> Iterator[tuple[str, list[str]]]:
    """Each command with the lines that are shown below it."""
    for block in blocks("shellsession"):
        lines = block.text.splitlines()
        starts = [at for at, line in enumerate(lines) if line.startswith("$ ")]
        assert starts[0] == 0
        for start, end in itertools.pairwise([*starts, len(lines)]):
            yield lines[start].removeprefix("$ "), lines[start + 1 : end]


def misplaced(shown: list[str], printed: list[str]) -> list[str]:
    """The shown lines that do not stand whole, together and in their order among the printed ones; nothing may be left out where no mark says so.

    >>> misplaced(["a", "...", "c", "d"], ["a", "b", "c", "d"]), misplaced(["a", "c"], ["a", "b", "c"]), misplaced(["a"], ["a", "b"]), misplaced(["b", "..."], ["a", "b"])
    ([], ['a', 'c'], ['a'], ['b'])
    """
    at, open_before = 0, False
    parts = [list(part) for _, part in itertools.groupby(shown, lambda line: line == LEFT_OUT)]
    for number, part in enumerate(parts):
        if part[0] == LEFT_OUT:
            open_before = True
            continue
        last = number == len(parts) - 1
        places = [p for p in range(at, len(printed) - len(part) + 1) if printed[p : p + len(part)] == part and (open_before or p == at) and (not last or p + len(part) == len(printed))]
        if not places:
            return part
        at, open_before = places[0] + len(part), False
    return []


def test_every_command_prints_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "corpus" / "orders", tmp_path / "orders", ignore=shutil.ignore_patterns("*.txt"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LINEAGE_LIBRARY", raising=False)
    commands = list(typed())
    assert {line.split()[1] for line, _ in commands} >= {"ingest", "in-force", "why", "review", "decide", "compare", "packet"}
    for line, shown in commands:
        done = call(line)
        assert done.exit_code == 0, done.output
        assert misplaced(shown, done.output.splitlines()) == [], f"{line} prints\n{done.output}"


def test_it_takes_an_hour_and_no_more() -> None:
    section = README.partition("\n## A first hour\n")[2].partition("\n## ")[0]
    assert 0 < len(section.splitlines()) + 1 <= MOST_LINES
    assert section.count("```shellsession\n") == len(blocks("shellsession"))
