"""What the columns of a table are: by the words at their head, or as the profile orders them."""

from __future__ import annotations

import re

from msgspec import Struct

from lineage.indexes.grid import Grid, Row
from lineage.model.dates import find_dates, read_date
from lineage.profiles import Profile

HEAD_CHARS = 60  # no head of a column is longer
HEAD_ROWS = 6  # rows among which the head is looked for; titles may stand above it
DATES = ("issued", "effective", "revised", "reviewed")
# A table with a column that names rules and one of these lists orders.
TELLING = frozenset((*DATES, "rescinded", "supersedes", "superseded_by", "rescinds", "amends", "amended_by", "former", "status", "remarks"))
MOST = 0.8  # share of a column's cells that are what the column is taken for


class Layout(Struct, frozen=True):
    """The roles of the columns ("" where one is not known) and the number of rows that the head takes from the top. ``unnamed``: the table lists orders and does not
    say what its columns are."""

    roles: tuple[str, ...]
    head: int
    heads: tuple[str, ...] = ()
    unnamed: bool = False


def layout_of(grid: Grid, profile: Profile) -> Layout | None:
    """The layout of a table that lists orders; None for any other table."""
    for at, row in enumerate(grid.rows[:HEAD_ROWS]):
        roles = head_roles(row, grid.width, profile)
        if _lists(roles) and _holds(roles, grid.rows[at + 1 :]):
            heads = tuple(row.cells[c].string if c in row.cells else "" for c in range(grid.width))
            return Layout(roles, at + 1, heads)
    for order in profile.index_orders:
        if len(order) == grid.width and _holds(order, grid.rows):
            return Layout(order, 0)
    return Layout(("",) * grid.width, 0, unnamed=True) if _looks_like_one(grid, profile) else None


def head_roles(row: Row, width: int, profile: Profile) -> tuple[str, ...]:
    """The role of each column by the words at its head; all "" where the row is no head."""
    roles = [""] * width
    for column, cell in row.cells.items():
        words = cell.string.strip(" :*")
        if len(words) > HEAD_CHARS:
            return ("",) * width
        roles[column] = profile.column(words)
    known = sum(bool(role) for role in roles)
    return tuple(roles) if known >= 2 and known * 2 >= len(row.cells) else ("",) * width


def is_head(row: Row, layout: Layout) -> bool:
    """Whether a row repeats the head of the table, as on each page of a long one."""
    return bool(layout.heads) and all(_packed(cell.string) == _packed(layout.heads[column]) for column, cell in row.cells.items() if column < len(layout.heads))


def _packed(words: str) -> str:
    return re.sub(r"\s+", "", words).lower()


def _lists(roles: tuple[str, ...]) -> bool:
    return bool({"number", "title"} & set(roles)) and bool(TELLING & set(roles))


def _holds(roles: tuple[str, ...], rows: tuple[Row, ...]) -> bool:
    """Whether the rows hold what the roles promise: figures in the numbers, no prose in the dates."""
    if "number" in roles:
        numbers = _column(tuple(row for row in rows if len(row.cells) > 1), roles.index("number"))
        if not numbers or sum(bool(re.search(r"\d", n)) for n in numbers) * 2 < len(numbers):
            return False
    for column, role in enumerate(roles):
        cells = [c for c in _column(rows, column) if re.search(r"\d", c)] if role in DATES else []
        if cells and sum(any(True for _ in find_dates(c)) for c in cells) * 2 < len(cells):
            return False
    return True


def _looks_like_one(grid: Grid, profile: Profile) -> bool:
    """Rows of at least four columns, one of them of numbers, one of words, one of dates: a list of orders that does not name its columns."""
    if len(grid.rows) < 4 or grid.width < 4:
        return False
    kinds = [_kind(_column(grid.rows, c), len(grid.rows), profile) for c in range(grid.width)]
    return "date" in kinds and "number" in kinds and "words" in kinds


def _kind(cells: list[str], rows: int, profile: Profile) -> str:
    if len(cells) < MOST * rows:
        return ""
    if sum(read_date(c) is not None for c in cells) >= MOST * len(cells):
        return "date"
    if sum(profile.number.fullmatch(re.sub(r"\s+", "", c)) is not None for c in cells) >= MOST * len(cells):
        return "number"
    return "words" if sum(bool(re.search(r"[A-Za-z]{3}", c)) for c in cells) >= MOST * len(cells) else ""


def _column(rows: tuple[Row, ...], column: int) -> list[str]:
    return [row.cells[column].string for row in rows if column in row.cells]
