"""The README taken apart: its fenced blocks, its tables, the examples of what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUNS = "<!-- runs -->"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its lines, and whether the line before it says that it can be run."""

    language: str
    text: str
    runs: bool


def blocks(language: str) -> list[Block]:
    """The fenced blocks of a language, in order."""
    found = []
    for match in _FENCE.finditer(README):
        if match[1] == language:
            before = README[: match.start()].rstrip("\n").rsplit("\n", 1)[-1]
            found.append(Block(match[1], match[2], before == RUNS))
    return found


def commands() -> list[str]:
    """Each line of the blocks that are marked as runnable, in order."""
    return [line for block in blocks("sh") if block.runs for line in block.text.splitlines() if line]


def set_up() -> tuple[str, str]:
    """The two commands of a new user: install and see, install and test. The script of the checks takes the second from here too."""
    lines = [b.text.strip() for b in blocks("sh") if "-m venv" in b.text]
    assert len(lines) == 2, "README: there are two set-up commands, each a block of its own"
    return lines[0], lines[1]


def rows(first: str, *others: str) -> list[list[str]]:
    """The rows of the one table whose head begins with these cells."""
    found = list(_tables((first, *others)))
    assert len(found) == 1, f"README: {len(found)} tables have the head {(first, *others)}"
    return found[0]


def in_code(cell: str) -> list[str]:
    """What stands between backquotes in a cell."""
    return _CODE.findall(cell)


def _tables(head: tuple[str, ...]) -> Iterator[list[list[str]]]:
    lines = README.splitlines()
    for at, line in enumerate(lines):
        cells = _cells(line)
        if (
            cells[: len(head)] == list(head)
            and (len(cells) == len(head) or len(head) > 2)
            and at + 1 < len(lines)
            and set(lines[at + 1]) <= set("|-: ")
        ):
            table = []
            for row in lines[at + 2 :]:
                if not row.startswith("|"):
                    break
                table.append(_cells(row))
            yield table


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] if line.startswith("|") else []
