"""What stands side by side on a page: a label beside its note, a term beside its definition, cells of a table."""

from __future__ import annotations

from lineage.blocks import assemble
from lineage.clauses import outline
from lineage.clauses.ladder.pairs import paired
from lineage.model import Block, Box, Line, Outline, Style, Text
from lineage.pages import beside
from lineage.pages.rows import Segment, boxed
from lineage.pages.strips import Word


def segment(left: float, top: float, words: str) -> Segment:
    """Words of one printed row, each letter six points wide."""
    made, x = [], left
    for at, word in enumerate(words.split()):
        made.append(Word(x, top, x + 6 * len(word), top + 10, word, Style(size_pt=10), at, at + 1))
        x += 6 * len(word) + 4
    return boxed(made)


def shown(rows: list[list[Segment]]) -> list[str]:
    return [" | ".join(" ".join(word.text for word in part.words) for part in row) for row in rows]


def test_a_label_between_two_lines_comes_first() -> None:
    rows = [[segment(102, 0, "A. An item of the list.")], [segment(242, 18, "Members do this and")], [segment(204, 25, "NOTE:")], [segment(242, 31, "nothing else.")]]
    assert shown(beside.beside(rows)) == ["A. An item of the list.", "NOTE: | Members do this and", "nothing else."]


def test_a_label_in_the_middle_line_comes_first() -> None:
    rows = [[segment(242, 18, "Members do this")], [segment(208, 31, "NOTE: and nothing else")], [segment(242, 44, "at any time.")]]
    assert rows[1][0].words[1].x0 == 242
    assert shown(beside.beside(rows)) == ["NOTE: | Members do this", "and nothing else", "at any time."]


def test_a_label_that_opens_its_own_lines_stays() -> None:
    rows = [[segment(72, 0, "They do this.")], [segment(72, 14, "NOTE: Members do nothing else")], [segment(106, 28, "at any time.")]]
    assert shown(beside.beside(rows)) == shown(rows)


def test_lines_above_that_are_another_paragraph_leave_the_label_where_it_is() -> None:
    rows = [[segment(106, 0, "The end of other words.")], [segment(72, 30, "NOTE:"), segment(106, 30, "Members do nothing else")], [segment(106, 44, "at any time.")]]
    assert shown(beside.beside(rows)) == shown(rows)


def line(left: float, top: float, words: str, row: int) -> Text:
    box: Box = (left, top, left + 6 * len(words), top + 10)
    return Text.of(Line(words, 1, 100 * row + int(left), row, left, box, (), Style(size_pt=10)))


def pair(top: float, term: str, words: str, row: int) -> Block:
    cells = (line(72, top, term, row), line(180, top, words, row))
    return Block(Text.join(cells), "row", left_pt=72, cells=cells)


def plain(left: float, top: float, words: str, row: int) -> Block:
    return Block(line(left, top, words, row), left_pt=left)


def test_a_term_and_the_lines_of_its_definition_are_one() -> None:
    blocks = [
        pair(0, "Deadly force", "Force that is likely to", 1),
        plain(180, 13, "cause death.", 2),
        pair(30, "Member", "Everyone who works here.", 3),
        plain(72, 50, "Other words.", 4),
    ]
    found = paired(blocks)
    assert [(b.hint, b.text.string) for b in found] == [
        ("definition", "Deadly force Force that is likely to cause death."),
        ("definition", "Member Everyone who works here."),
        ("", "Other words."),
    ]
    assert found[0].cells[0].string == "Deadly force"


def test_a_row_alone_stays_a_row() -> None:
    blocks = [pair(0, "Reports", "are kept for years", 1), plain(72, 13, "Other words.", 2)]
    assert paired(blocks) == blocks


def test_a_table_of_figures_keeps_its_rows() -> None:
    from lineage.pages import read_bytes
    from lineage.profiles import load

    rows = [("Angle", "5", "20"), ("0.2", "1000", "950"), ("0.33", "400", "375"), ("1.", "35", "33")]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = f"<html><body><h1>Order 1</h1><p>A. Values:</p><table>{cells}</table><p>B. Others.</p></body></html>"
    profile = load("generic")
    read: Outline = outline(assemble(read_bytes(page.encode(), "order.html"), profile), profile)
    (table,) = [clause for clause in read.clauses if clause.kind == "table"]
    assert [tuple(cell.string for cell in row) for row in table.rows] == rows
    assert [clause.marker.string for clause in read.clauses if clause.marker] == ["A.", "B."]
