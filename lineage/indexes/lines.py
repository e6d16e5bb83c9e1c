"""Lists without columns: a number and a title on each line, and what became of the rule in brackets behind it."""

from __future__ import annotations

import re

from lineage.indexes.columns import Layout
from lineage.indexes.grid import Grid, Row
from lineage.model import Item, Line, Text
from lineage.profiles import Profile

LEAST = 3  # lines that name an order
# A number that is no count of paragraphs has a point, a hyphen or three figures; what follows it begins with a capital.
ENTRY = re.compile(r"(?P<number>(?:[A-Z]{1,4}[- ]?)?(?:\d+(?:[-./]\d+)+|\d{3,})[A-Z]?)[.:)]?\s+(?:[-–]\s+)?(?=[\"“(]?[A-Z])")
LAYOUT = Layout(("number", "title"), 0)


def by_lines(item: Item, profile: Profile) -> list[tuple[Grid, Layout]]:
    """The list that the lines of an item are, as a table of numbers and titles; a line without a number goes on with the one before it, or stands between the rows.

    Only for an item that calls itself a list of orders: paragraphs of an order may open with a number too.
    """
    rows: list[list[Text]] = []
    lines: list[Line] = []
    last: Line | None = None
    for line in (line for page in item.pages for line in page.lines if line.cell is None):
        text = Text.of(line)
        match = ENTRY.match(line.text)
        if match is not None:
            rows.append([text[match.start("number") : match.end("number")], text[match.end() :]])
        elif rows and last is not None and (line.row == last.row or _goes_on(last, line)):
            rows[-1][1] = rows[-1][1] + text
        else:
            last = None
            continue
        lines.append(line)
        last = line
    if len(rows) < LEAST:
        return []
    made = tuple(Row({column: cell for column, cell in enumerate(row) if cell}) for row in rows)
    return [(Grid(made, tuple(lines)), LAYOUT)]


def _goes_on(last: Line, line: Line) -> bool:
    """Whether a line without a number goes on with the one right above it."""
    if line.page != last.page:
        return False
    if last.box_pt is None or line.box_pt is None:
        return line.row == last.row + 1 and line.left_pt > last.left_pt
    return 0 < line.box_pt[1] - last.box_pt[1] < 1.6 * max(line.style.size_pt, 6.0)
