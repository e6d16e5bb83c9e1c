"""The heading of a printed page read as a form: each label with the words that stand in its place.

A value stands in the label's own cell, behind it on its row, or under it in its column, rows of other labels between. Reading such a table row by row would mix
the columns, so this looks at places only. Nothing is taken that does not fit its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct, field

from lineage.blocks.paragraphs import MARKER
from lineage.model import Block, Box, Line, Text
from lineage.profiles import TELLS_NOTHING, Profile, fits, label_role, labels_in, opening_label, value_end

MOST_LINES = 400
MOST_ROWS = 60  # the heading of a paper is within its first rows
PROSE_WORDS = 12  # a row of so many words without a label is the rule itself
NEAR_PT = 12.0  # a value under its label begins no further to the left
ROW_GAP = 1.55  # the rows of one value are no further apart than so many heights of a letter row
FORM_LABELS = 3  # so many labels make a form, where a label needs no colon
BROKEN = re.compile(r"\d-$")
BOXES = "☒☐☑☓✓✗"


class _Part(Struct):
    """A stretch of one printed line: a label, or words that may be a value."""

    line: Line
    role: str | None = None
    colon: bool = False
    alone: bool = False  # a label with nothing behind it on its line
    below: _Part | None = None  # the second row of a label in two rows
    value: list[_Part] = field(default_factory=list)
    used: bool = False

    @property
    def box(self) -> Box:
        """Where it stands; parts are made of lines with a box only."""
        return self.line.box_pt or (0.0, 0.0, 0.0, 0.0)

    @property
    def high(self) -> float:
        """The height of its letters."""
        return max(self.box[3] - self.box[1], 6.0)


def read_panel(lines: list[Line], profile: Profile) -> tuple[list[Block], set[tuple[int, int]]]:
    """The labelled values at the top of the first page as blocks with the hint ``field`` (``cells`` are label and value), and page and ``start`` of each line used up.

    Lines without a box give none. A line of which only a part was used counts as used, and the part is kept as a block of its own.
    """
    page = lines[0].page if lines else 1
    region = list(_region([line for line in lines[:MOST_LINES] if line.page == page and line.box_pt is not None and not line.style.angle], profile))
    pieces = [(line, list(_cut(line, profile))) for line in region]
    parts = [part for _, own in pieces for part in own]
    _stack(parts, profile)
    labels = [p for p in parts if p.role is not None and not p.used]
    form = len(labels) >= FORM_LABELS
    for label in sorted(labels, key=lambda p: (p.role in TELLS_NOTHING, not p.colon)):
        found = _value(label, parts, labels)
        words = _joined(found, profile).string
        if fits(label.role or "", words, profile, sure=label.colon) and (label.colon or form or label.role == "number" or not label.alone):
            label.value = found
            for part in found:
                part.used = True
        elif words or not form or not (label.colon or label.line.cell is not None):
            label.role = None  # a heading of the rule, such as "POLICY" or "Title"
    checked = list(_checked(parts, profile))
    cells = list(_cells(parts, labels))
    blocks = [_block(label, profile) for label in labels if label.role is not None]
    blocks += [Block(Text.join(Text.of(p.line) for p in cell), left_pt=cell[0].line.left_pt, bold=cell[0].line.style.bold, size_pt=cell[0].line.style.size_pt) for cell in cells]
    spent = {id(p) for cell in cells for p in cell} | {id(p) for label in labels if label.role is not None for p in (label, label.below, *label.value) if p is not None}
    taken = {(page, line.start) for line, own in pieces if any(id(p) in spent for p in own)}
    rests = [rest for line, own in pieces if (page, line.start) in taken for rest in _rests(own, spent)]
    return [*blocks, *checked, *rests], taken


def _rests(own: list[_Part], spent: set[int]) -> Iterator[Block]:
    """What no label took of a line of which a part was used: words of the rule, or of the heading, as a block."""
    for used, run in groupby(own, key=lambda part: id(part) in spent):
        if not used:
            text = Text.join(Text.of(part.line) for part in run)
            first = next(iter(text.lines()))
            yield Block(text, left_pt=first.left_pt, bold=first.style.bold, size_pt=first.style.size_pt)


def place(fields: list[Block], blocks: list[Block]) -> list[Block]:
    """The blocks with each field before the first block of the first page that stands below it."""
    out = list(blocks)
    for one in sorted(fields, key=_where, reverse=True):
        at = next((n for n, block in enumerate(out) if _where(block) > _where(one)), len(out))
        out.insert(at, one)
    return out


def _where(block: Block) -> tuple[int, int]:
    first = next(iter((*block.marker.lines(), *block.text.lines())), None)
    return (first.page, first.row) if first is not None else (0, 0)


def _region(lines: list[Line], profile: Profile) -> Iterator[Line]:
    """The lines of the heading: down to the first marker with its words, or the first row of prose."""
    rows: dict[int, list[Line]] = {}
    for line in lines:
        rows.setdefault(line.row, []).append(line)
    for row in list(rows.values())[:MOST_ROWS]:
        first = row[0]
        free = all(line.cell is None for line in row)
        words = " ".join(line.text for line in row)
        marker = MARKER.match(first.text)
        if free and not labels_in(words, profile) and opening_label(words, profile) is None:
            if marker and (len(row) > 1 or marker.end() < len(first.text)):
                return
            if len(row) == 1 and len(words.split()) >= PROSE_WORDS:
                return
        yield from row


def _cut(line: Line, profile: Profile) -> Iterator[_Part]:
    spots = labels_in(line.text, profile)
    if not spots:
        role = label_role(line.text, profile)
        opening = None if role else opening_label(line.text, profile)
        if opening is None:
            yield _Part(line, role, line.text.rstrip().endswith(":"), True)
            return
        yield from _made([(0, opening[0], opening[1])], line, profile, colon=False)
        return
    yield from _made(spots, line, profile, colon=True)


def _made(spots: list[tuple[int, int, str]], line: Line, profile: Profile, *, colon: bool) -> Iterator[_Part]:
    before = line.part(0, spots[0][0])
    if before is not None:
        yield from _cut(before, profile)
    for n, (start, end, role) in enumerate(spots):
        label = line.part(start, end)
        rest = line.part(end, value_end(line.text, spots, n))
        if label is not None:
            yield _Part(label, role, colon, rest is None)
        if rest is not None:
            yield _Part(rest)


def _stack(parts: list[_Part], profile: Profile) -> None:
    """Labels in two rows: "DIRECTIVE" over "NUMBER"."""
    for part in parts:
        if part.role is not None or len(part.line.text) > 30:
            continue
        for other in parts:
            near = abs(other.box[0] - part.box[0]) < 6 and 0 < other.box[1] - part.box[1] < 1.5 * part.high and other.line.cell == part.line.cell
            role = label_role(f"{part.line.text} {other.line.text}", profile) if near and (other.role is None or other.alone) and not other.used else None
            if role is not None:
                part.role, part.alone, part.below, part.colon = role, True, other, other.line.text.rstrip().endswith(":")
                other.used, other.role = True, None
                break


def _value(label: _Part, parts: list[_Part], labels: list[_Part]) -> list[_Part]:
    if label.line.cell is not None:
        found = _in_cell(label, parts, labels) or _in_next_cell(label, parts, labels)
        if found:
            return found
        labelled = {p.line.cell for p in labels if p.role is not None}
        parts = [p for p in parts if p.line.cell not in labelled]
    return _behind(label, parts, labels) or _under(label, parts, labels)


def _free(part: _Part, label: _Part) -> bool:
    return not part.used and part.role is None and part is not label and not (set(part.line.text) <= set(BOXES + " "))


def _in_cell(label: _Part, parts: list[_Part], labels: list[_Part]) -> list[_Part]:
    """The words of the label's own cell: all of them, or where the cell has more labels, those that follow this one."""
    cell = [p for p in parts if p.line.cell == label.line.cell]
    rivals = [p for p in labels if p.line.cell == label.line.cell and p.role is not None]
    free = [p for p in cell if _free(p, label)]
    if len(rivals) <= 1:
        return free
    return [p for p in free if max((r for r in rivals if _before(r, p)), key=_order, default=None) is label]


def _in_next_cell(label: _Part, parts: list[_Part], labels: list[_Part]) -> list[_Part]:
    """The words of the cell to the right, where labels stand one under the other; where they stand side by side their values are under them."""
    table, row, column = label.line.cell or (0, 0, 0)
    cells = {p.line.cell for p in labels}
    if not {(table, row - 1, column), (table, row + 1, column)} & cells or (table, row, column + 1) in cells:
        return []
    return [p for p in parts if p.line.cell == (table, row, column + 1) and _free(p, label)]


def _order(part: _Part) -> tuple[int, float]:
    return part.line.row, part.box[0]


def _before(label: _Part, part: _Part) -> bool:
    return _same_row(label, part) and label.box[0] < part.box[0] if _same_row(label, part) else label.box[1] < part.box[1]


def _same_row(one: _Part, other: _Part) -> bool:
    shared = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return shared > 0.5 * min(one.high, other.high)


def _edge(label: _Part, labels: list[_Part]) -> float:
    """Where the column of the label ends: at the next label on its row."""
    return min((p.box[0] for p in labels if p is not label and p.role is not None and _same_row(p, label) and p.box[0] > label.box[0]), default=float("inf"))


def _behind(label: _Part, parts: list[_Part], labels: list[_Part]) -> list[_Part]:
    """The words after the label on its row, with the rows that go on under them."""
    edge = _edge(label, labels)
    found = [p for p in parts if _free(p, label) and _same_row(p, label) and label.box[2] - 1 <= p.box[0] < edge and _one_table(p, label)]
    if not found or not (label.colon or not label.alone):
        return []
    left = found[0].box[0]
    return [*found, *_rows_under(found[-1], left - 3, edge, parts, labels, label)]


def _under(label: _Part, parts: list[_Part], labels: list[_Part]) -> list[_Part]:
    """The words in the column under the label, down to the next label in it."""
    if label.colon and label.role not in ("number", "title", "rescinds", "supersedes", "amends", "series") and label.line.cell is None and not _heads_columns(label, parts):
        return []  # a label with a colon has its value behind it; an empty one is empty
    return _rows_under(label.below or label, label.box[0] - NEAR_PT, _edge(label, labels), parts, labels, label)


def _heads_columns(label: _Part, parts: list[_Part]) -> bool:
    """Whether the row of the label is nothing but labels: then their values are under them."""
    row = [p for p in parts if _same_row(p, label)]
    return len(row) > 1 and all(p.role is not None and p.alone for p in row)


def _rows_under(first: _Part, left: float, edge: float, parts: list[_Part], labels: list[_Part], label: _Part) -> list[_Part]:
    found: list[_Part] = []
    last = first
    in_column = [p for p in parts if p is not label and left <= p.box[0] < edge and p.box[1] >= first.box[3] - 0.5 * first.high and _one_table(p, label)]
    for part in sorted(in_column, key=lambda p: (p.box[1], p.box[0])):
        if (part.role is not None and not part.used) or part in labels:
            if part.box[1] > last.box[1] + 2:
                break
            continue
        if not _free(part, label) or (found and _same_row(part, found[-1]) and part.box[0] - found[-1].box[2] > 60):
            continue
        if any(other.colon and _same_row(other, part) and other.box[0] < part.box[0] and other is not label for other in labels):
            break  # it stands behind a label of its own
        if part.box[1] - last.box[1] > ROW_GAP * max(last.high, part.high) or (found and _other_look(part, found[0])):
            break
        found.append(part)
        last = part
    return found


def _other_look(part: _Part, first: _Part) -> bool:
    return part.line.style.bold != first.line.style.bold or abs(part.line.style.size_pt - first.line.style.size_pt) > 1.5


def _one_table(part: _Part, label: _Part) -> bool:
    one, other = part.line.cell, label.line.cell
    return (one is None) == (other is None) and (one is None or other is None or one[0] == other[0])


def _joined(found: list[_Part], profile: Profile) -> Text:
    """The rows of a value as one text; a list with a number at the head of each row keeps its rows apart."""
    rows: list[list[_Part]] = []
    for part in sorted(found, key=_order):
        if rows and rows[-1][-1].line.row == part.line.row:
            rows[-1].append(part)
        else:
            rows.append([part])
    texts = [Text.join(Text.of(p.line) for p in row) for row in rows]
    broken = any(BROKEN.search(t.string) for t in texts[:-1])  # a number over two rows: "20-" / "055"
    listed = len(texts) > 1 and not broken and all((m := profile.number.match(t.string)) and re.search(r"\d", m.group()) and not re.match(r"[/-]\d", t.string[m.end() :]) for t in texts)
    if listed:
        return Text.join(texts, "\n")
    whole = Text()
    for text in texts:
        whole = Text.join((whole, text), "" if BROKEN.search(whole.string) and text.string[:1].isdigit() else " ")
    return whole


def _cells(parts: list[_Part], labels: list[_Part]) -> Iterator[list[_Part]]:
    """The cells of a form that have no label: their words are one piece, not pieces of the rows that they share with other cells."""
    tables = {p.line.cell[0] for p in labels if p.role is not None and p.line.cell is not None}
    cells: dict[tuple[int, int, int], list[_Part]] = {}
    for part in parts:
        if part.line.cell is not None and part.line.cell[0] in tables:
            cells.setdefault(part.line.cell, []).append(part)
    for cell in cells.values():
        bare = all(p.role is None and not p.used and not p.line.hint for p in cell)
        if bare and sum(len(p.line.text.split()) for p in cell) < PROSE_WORDS:
            yield sorted(cell, key=_order)


def _block(label: _Part, profile: Profile) -> Block:
    name = Text.join([Text.of(label.line), *([Text.of(label.below.line)] if label.below else [])])
    value = _joined(label.value, profile)
    return Block(Text.join((name, value)), "field", left_pt=label.line.left_pt, bold=label.line.style.bold, size_pt=label.line.style.size_pt, cells=(name, value))


def _checked(parts: list[_Part], profile: Profile) -> Iterator[Block]:
    """What is ticked in a row of boxes that name kinds of papers: "☒ GENERAL ORDER ☐ NOTICE"."""
    for n, part in enumerate(parts):
        if part.line.text.strip() not in ("☒", "☑", "✓", "✗") or n + 1 >= len(parts):
            continue
        named = next((p for p in parts if _same_row(p, part) and 0 <= p.box[0] - part.box[2] < 8 and not p.used), None)
        if named is not None and profile.series_named(named.line.text) is not None:
            mark, words = Text.of(part.line), Text.of(named.line)
            yield Block(Text.join((mark, words)), "field", left_pt=part.line.left_pt, cells=(mark, words))
