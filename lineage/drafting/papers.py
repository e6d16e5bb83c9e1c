"""The papers of a folder, each read as ``generic`` reads it, and the rows of their headings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from lineage.errors import LineageError, NotFoundError
from lineage.model import Line
from lineage.pipeline import Reading, read

MOST_PAPERS = 200  # read of one folder, spread evenly: more show nothing new
TOP_ROWS = 30  # a heading stands within so many rows


class Paper(Struct, frozen=True):
    """One paper, its name and what was read."""

    name: str
    reading: Reading

    def lines(self) -> Iterator[Line]:
        """All of its lines."""
        return (line for page in self.reading.item.pages for line in page.lines)

    def top(self) -> list[Line]:
        """The lines of the heading: the first rows of the first page."""
        first = self.reading.item.pages[0].lines if self.reading.item.pages else ()
        rows = sorted({line.row for line in first})[:TOP_ROWS]
        return [line for line in first if rows and line.row <= rows[-1]]

    def edges(self) -> list[Line]:
        """The lines of its running heads and feet."""
        return [line for piece in self.reading.outline.furniture if piece.kind in ("head", "foot") for text in piece.texts for line in text.lines()]


def papers(folder: Path) -> tuple[list[Paper], list[str], int]:
    """The papers that can be read, what was refused and why, and the number of files in all.

    Raises NotFoundError where the folder is none or no file in it can be read.
    """
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")) if folder.is_dir() else []
    step = max(1, -(-len(files) // MOST_PAPERS))
    found: list[Paper] = []
    refused: list[str] = []
    for file in files[::step]:
        try:
            reading = read(file, "generic")
            found += [Paper(file.name, part) for part in (reading, *reading.rules[: MOST_PAPERS - 1])]
        except LineageError as error:
            refused.append(f"{file.name}: {error.message}")
        except RecursionError:
            refused.append(f"{file.name}: it is nested too deeply to be read.")
    if not found:
        said = f" {len(refused)} files were refused; the first: {refused[0]}" if refused else ""
        raise NotFoundError(f"No paper could be read in {folder}, so there is nothing to draft from.{said}", hint="Name a folder with orders in it.", code="drafting.no-papers")
    return found, refused, len(files)
