"""Tables without rules: columns by the white between the words under a head, rows by the column that names the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate, pairwise
from statistics import median

from msgspec import Struct

from lineage.indexes.columns import TELLING
from lineage.indexes.grid import Grid, Row
from lineage.model import Item, Line, Page, Text
from lineage.profiles import Profile

HEAD_PAGES = 2  # pages on which the head is looked for
HEAD_LINES = 3  # printed rows that one head may take
MOST_HEAD_WORDS = 40
LOOSE = 1.9  # a line further below than so many usual distances is no part of the row above it
LONGEST_HEAD = 5  # words
LONGEST_CELL = 60  # characters of the head of a column
CLOSE_PT = 4.5  # words on one row that are nearer may be one head


class _Word(Struct, frozen=True):
    """A word at its place: its words with their origin, its edges, the middle of its height."""

    text: Text
    x0: float
    x1: float
    y: float
    bold: bool


class _Head(Struct, frozen=True):
    """The cells of a head with the white between them: ``edges[n]`` parts column n from n + 1. ``anchor`` is the column that names the rules."""

    cells: tuple[Text, ...]
    middles: tuple[float, ...]
    anchor: int
    rows: int


def laid_out(item: Item, profile: Profile) -> list[Grid]:
    """The tables of a laid-out item whose columns only the places of the words tell: one for each page, from the page with the head on.

    Cells that run over several printed rows are one cell; a head that a page repeats is a row of its table.
    """
    grids: list[Grid] = []
    head: _Head | None = None
    for page in item.pages:
        if head is None and page.number > HEAD_PAGES:
            break
        telling = {line.row for line in page.lines if line.box_pt and len(line.text) <= LONGEST_CELL and profile.column(line.text.strip(" :*"))}
        if head is None and not telling:
            continue
        rows = _printed(page)
        at, fresh = _find_head(rows, telling, profile)
        head = fresh or head
        if head is None:
            continue
        body = [words for _, words in (rows[at + head.rows :] if fresh is not None else rows)]
        grid = _grid(body, head, dict(enumerate(head.cells)) if fresh is not None else None)
        if grid is not None:
            grids.append(grid)
    return grids


def _printed(page: Page) -> list[tuple[int, list[_Word]]]:
    """The printed rows of a page with their numbers, each with its words from the left."""
    rows: dict[int, list[_Word]] = {}
    for line in page.lines:
        if line.box_pt is None or line.cell is not None or line.style.angle:
            continue
        rows.setdefault(line.row, []).extend(_words(line))
    return [(number, sorted(row, key=lambda w: w.x0)) for number, row in sorted(rows.items(), key=lambda pair: pair[1][0].y)]


def _words(line: Line) -> Iterable[_Word]:
    assert line.box_pt is not None
    middle = (line.box_pt[1] + line.box_pt[3]) / 2
    whole = Text.of(line)
    for start, end, x0, x1 in line.words or ((0, len(line.text), line.box_pt[0], line.box_pt[2]),):
        yield _Word(whole[start:end], x0, x1, middle, line.style.bold)


def _find_head(rows: list[tuple[int, list[_Word]]], telling: set[int], profile: Profile) -> tuple[int, _Head | None]:
    """The first rows that name columns of a list of orders: where they begin, and the head. ``telling`` are the numbers of rows on which a head of a column stands."""
    for at in range(len(rows)):
        for count in range(1, HEAD_LINES + 1):
            near = rows[at : at + count]
            head = _head([words for _, words in near], profile) if any(number in telling for number, _ in near) else None
            if head is not None:
                return at, head
    return 0, None


def _head(rows: list[list[_Word]], profile: Profile) -> _Head | None:
    words = [word for row in rows for word in row]
    if len(words) < 2 or len(words) > MOST_HEAD_WORDS or (len(rows) > 1 and rows[-1][0].y - rows[0][0].y > 40):
        return None
    named: list[tuple[Text, float, str]] = []
    for stack in _stacks(rows):
        found = _roles(stack, profile)
        if not found:
            return None
        named += found
    roles = {role for _, _, role in named}
    if not ({"number", "title"} & roles and TELLING & roles):
        return None
    order = sorted(named, key=lambda n: n[1])
    anchor = next((n for n, (_, _, role) in enumerate(order) if role == "number"), next((n for n, (_, _, role) in enumerate(order) if role == "title"), 0))
    return _Head(tuple(text for text, _, _ in order), tuple(x for _, x, _ in order), anchor, len(rows))


def _stacks(rows: list[list[_Word]]) -> list[list[_Word]]:
    """The words of a head by the places that they take up side by side: what overlaps from left to right stands over each other."""
    stacks: list[tuple[float, list[_Word]]] = []
    for word in sorted((w for row in rows for w in row), key=lambda w: w.x0):
        level = bool(stacks) and any(abs(w.y - word.y) <= 2 for w in stacks[-1][1])
        if stacks and word.x0 < stacks[-1][0] + (CLOSE_PT if level else 0.0):
            stacks[-1] = (max(stacks[-1][0], word.x1), [*stacks[-1][1], word])
        else:
            stacks.append((word.x1, [word]))
    return [sorted(words, key=lambda w: (round(w.y), w.x0)) for _, words in stacks]


def _roles(words: list[_Word], profile: Profile) -> list[tuple[Text, float, str]]:
    """The heads that a stretch of words is made of, the longest first, each with its middle and its role; nothing where some words are the head of no column."""
    found: list[tuple[Text, float, str]] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + LONGEST_HEAD), at, -1):
            text = Text.join(w.text for w in words[at:end])
            role = profile.column(text.string.strip(" :*"))
            if role:
                found.append((text, (min(w.x0 for w in words[at:end]) + max(w.x1 for w in words[at:end])) / 2, role))
                at = end
                break
        else:
            return []
    return found


def _grid(rows: list[list[_Word]], head: _Head, cells: dict[int, Text] | None) -> Grid | None:
    """The table under a head: its rows, that of the head first where this page has it."""
    edges = _edges(rows, head)
    printed = [_columns(row, edges) for row in rows]
    anchors = [n for n, row in enumerate(printed) if head.anchor in row and re.search(r"\d", _string(row[head.anchor]))]
    if not anchors:
        return None
    ys = [row[0].y for row in rows]
    pitch = median([b - a for a, b in pairwise(ys) if b > a] or [12.0])
    owner = _owners(rows, printed, anchors, ys, pitch, head)
    made = [Row(cells)] if cells is not None else []
    for n in sorted(set(owner.values())):
        mine = [k for k in range(len(rows)) if owner.get(k) == n]
        columns = sorted({c for k in mine for c in printed[k]})
        made.append(Row({c: Text.join(w.text for k in mine for w in printed[k].get(c, ())) for c in columns}))
    used = list({id(line): line for row in made for cell in row.cells.values() for line in cell.lines()}.values())
    return Grid(tuple(made), tuple(used))


def _owners(rows: list[list[_Word]], printed: list[dict[int, list[_Word]]], anchors: list[int], ys: list[float], pitch: float, head: _Head) -> dict[int, int]:
    """For each printed row the row of the table that it is part of, by the index of that one's first printed row. A heading between the rows is one of its own; what
    stands apart from the table is none."""
    centred = anchors[0] > 0 and not _is_heading(printed[0], head) and ys[anchors[0]] - ys[anchors[0] - 1] < LOOSE * pitch and head.anchor not in printed[anchors[0] - 1]
    owner: dict[int, int] = {}
    for n in range(len(rows)):
        if n in anchors or _is_heading(printed[n], head):
            owner[n] = n
            continue
        before = max((a for a in owner if a < n), default=None)
        above = owner.get(before) if before is not None and ys[n] - ys[before] <= LOOSE * pitch else None
        below = next((a for a in anchors if a > n), None)
        if centred and below is not None and (above is None or above not in anchors or ys[below] - ys[n] < ys[n] - ys[above]):
            owner[n] = below
        elif above is not None and above in anchors:
            owner[n] = above
    return owner


def _is_heading(row: dict[int, list[_Word]], head: _Head) -> bool:
    """Words alone on a row that begin where the numbers do, without a figure, or bold words alone: they stand between the rows."""
    words = [w for column in row.values() for w in column]
    string = " ".join(w.text.string for w in words)
    if re.search(r"\d", string) or not re.search(r"[A-Za-z]{3}", string):
        return False
    return (head.anchor in row and min(row) == head.anchor) or all(w.bold for w in words)


def _columns(row: list[_Word], edges: list[float]) -> dict[int, list[_Word]]:
    found: dict[int, list[_Word]] = {}
    for word in row:
        found.setdefault(sum((word.x0 + word.x1) / 2 > edge for edge in edges), []).append(word)
    return found


def _string(words: list[_Word]) -> str:
    return " ".join(w.text.string for w in words)


def _edges(rows: list[list[_Word]], head: _Head) -> list[float]:
    """Between the middles of two neighbouring heads, the middle of the widest stretch that the fewest words cross."""
    width = int(max([*head.middles, *(w.x1 for row in rows for w in row)])) + 2
    change = [0] * (width + 1)
    for word in (w for row in rows for w in row):
        change[max(int(word.x0), 0)] += 1
        change[max(int(word.x1) + 1, 0)] -= 1
    crossing = list(accumulate(change))
    # What is written left of the page lies below zero.
    return [_widest(crossing, max(int(min(pair)), 0), max(int(max(pair)), 0)) for pair in pairwise(head.middles)]


def _widest(crossing: list[int], left: int, right: int) -> float:
    """The middle of the longest stretch of least crossing between two places."""
    least = min(crossing[left : right + 1])
    best, start = (0, left), None
    for at in range(left, right + 2):
        inside = at <= right and crossing[at] == least
        if inside and start is None:
            start = at
        elif not inside and start is not None:
            best, start = max(best, (at - start, (start + at) // 2)), None
    return float(best[1])
