"""Tables as rows of cells: what is ruled, or marked up, or separated by commas."""

from __future__ import annotations

from msgspec import Struct, field

from lineage.model import Item, Line, Text
from lineage.profiles import Profile


class Row(Struct, frozen=True):
    """The cells of one row, by column from 0; a cell without words is none. ``line`` is the line of the file in a table of text, else None."""

    cells: dict[int, Text]
    line: int | None = None

    @property
    def words(self) -> Text:
        """All its words, cell by cell."""
        return Text.join(self.cells[column] for column in sorted(self.cells))


class Grid(Struct, frozen=True):
    """A table. ``width`` is the number of its columns, ``words`` that of the characters in it. ``lines`` are those that it is made of."""

    rows: tuple[Row, ...]
    lines: tuple[Line, ...] = ()

    @property
    def width(self) -> int:
        """The number of columns, counted to the last one with words."""
        return max((column + 1 for row in self.rows for column in row.cells), default=0)

    @property
    def words(self) -> int:
        """How many characters stand in it."""
        return sum(len(line.text) for line in self.lines)


class _Gathered(Struct):
    rows: dict[int, dict[int, list[Line]]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def is_table(self) -> bool:
        """Whether it has two rows and two columns; pages are laid out with thousands of smaller ones."""
        return len(self.rows) > 1 and any(len(row) > 1 for row in self.rows.values())


def grids_of(item: Item, _: Profile) -> list[Grid]:
    """The tables of an item whose cells the source itself tells apart, in order; a table that goes over a page is one for each page."""
    found: dict[tuple[int, int], _Gathered] = {}
    for page in item.pages:
        for line in page.lines:
            if line.cell is None:
                continue
            table, row, column = line.cell
            grid = found.setdefault((page.number, table), _Gathered())
            grid.rows.setdefault(row, {}).setdefault(column, []).append(line)
            grid.lines.append(line)
    numbered = item.media_type == "text/csv"
    return [Grid(tuple(_row(grid.rows[at], numbered=numbered) for at in sorted(grid.rows)), tuple(grid.lines)) for grid in found.values() if grid.is_table()]


def _row(cells: dict[int, list[Line]], *, numbered: bool) -> Row:
    line = min(line.row for lines in cells.values() for line in lines) if numbered else None
    return Row({column: Text.join(Text.of(one) for one in lines) for column, lines in cells.items()}, line)
