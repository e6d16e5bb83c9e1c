"""Pages with columns and notes in the margin, read as a person reads them."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from lineage import clauses, pages, profiles
from lineage.blocks import assemble

from .made import PROSE as WORDS
from .made import pdf, prose

PROSE = [row.replace("Manual Section 3.48", "the old order") for row in WORDS]
LIST = ["A. Photographs are kept for a year", "and are then destroyed.", "B. Reports are written before the", "watch ends, one for each event.", "C. Requests of the press are sent on", "to the officer who answers them.", "1. They are dated.", "2. They are signed."]


def narrow(text: list[str], chars: int) -> list[str]:
    """The words in rows of at most so many characters."""
    rows = [""]
    for word in " ".join(text).split():
        if len(rows[-1]) + len(word) + 1 > chars:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    return rows


def read(*draw: object) -> list[str]:
    """The lines of all pages in reading order."""
    item = pages.read_bytes(pdf(*draw), "columns.pdf")  # type: ignore[arg-type]
    return [line.text for page in item.pages for line in page.lines]


def blocks(draw: object) -> list[str]:
    item = pages.read_bytes(pdf(draw), "columns.pdf")  # type: ignore[arg-type]
    return [f"{b.marker.string} {b.text.string}".strip() for b in assemble(item, profiles.load("generic")).blocks]


@pytest.mark.parametrize(("text", "note"), [(190, 50), (72, 470)], ids=["left", "right"])
@pytest.mark.parametrize("size", [8, 9, 11])
def test_a_side_note_is_a_block_of_its_own(text: int, note: int, size: int) -> None:
    main = narrow(PROSE, 62)
    first, second = ["Photographs", "need consent", "of the Chief."], ["Reports go", "to the one", "Commander."]

    def draw(canvas: Canvas) -> None:
        prose(canvas, x=text, top=720, lines=main)
        prose(canvas, x=text, top=500, lines=main)
        prose(canvas, x=note, top=713, lines=first, size=size)
        prose(canvas, x=note, top=465, lines=second, size=size)

    found = blocks(draw)
    whole = " ".join(main)
    assert found == [" ".join(first), whole, " ".join(second), whole]


def test_a_note_of_one_size_on_the_rows_of_the_text_is_a_column_of_it() -> None:
    # Nothing tells such lines from the cells of a table without lines.
    def draw(canvas: Canvas) -> None:
        prose(canvas, x=72, top=720, lines=[row[:60] for row in PROSE])
        prose(canvas, x=470, top=720, lines=["Photographs", "Identity", "Reports"])

    assert read(draw)[:3] == [PROSE[0][:60].strip(), "Photographs", PROSE[1][:60].strip()]


def test_a_heading_beside_its_values_stays() -> None:
    def draw(canvas: Canvas) -> None:
        for at, (label, value) in enumerate([("TO:", "All members of the department and of the reserve"), ("FROM:", "The chief of police and the whole of the command staff"), ("SUBJECT:", "Photographs that are taken on duty and their use")]):
            prose(canvas, x=72, top=740 - 14 * at, lines=[label], size=9)
            prose(canvas, x=150, top=740 - 14 * at, lines=[value])
        prose(canvas, x=72, top=660)

    assert read(draw)[:6] == ["TO:", "All members of the department and of the reserve", "FROM:", "The chief of police and the whole of the command staff", "SUBJECT:", "Photographs that are taken on duty and their use"]


def test_terms_beside_their_meanings_stay() -> None:
    def draw(canvas: Canvas) -> None:
        for at in range(4):
            prose(canvas, x=72, top=720 - 60 * at, lines=["Body worn", "camera"])
            prose(canvas, x=160, top=720 - 60 * at, lines=narrow(PROSE, 70)[3 * at : 3 * at + 3])

    rows = read(draw)
    assert rows[:2] == ["Body worn", narrow(PROSE, 70)[0]]


def test_two_columns_under_a_heading_across_both() -> None:
    left, right = narrow(PROSE, 44), narrow(PROSE[::-1], 44)

    def draw(canvas: Canvas) -> None:
        prose(canvas, x=72, top=750, lines=["DUTIES OF ALL MEMBERS AND OF THEIR SUPERVISORS IN THE DEPARTMENT"], size=12)
        prose(canvas, x=60, top=710, lines=left)
        prose(canvas, x=330, top=710, lines=right)

    assert read(draw)[1:] == [*left, *right]


def test_a_list_in_one_column() -> None:
    left, right = narrow(PROSE, 44), [*LIST, *narrow(PROSE[:3], 40)]

    def draw(canvas: Canvas) -> None:
        prose(canvas, x=60, top=710, lines=left)
        prose(canvas, x=330, top=710, lines=right)

    assert read(draw) == [*left, *right]


def test_columns_of_unequal_width() -> None:
    left, right = narrow(PROSE, 58), narrow(PROSE[::-1], 28)

    def draw(canvas: Canvas) -> None:
        prose(canvas, x=60, top=710, lines=left)
        prose(canvas, x=400, top=710, lines=right)

    assert read(draw) == [*left, *right]


def test_two_columns_in_the_middle_of_a_page() -> None:
    left, right = narrow(PROSE, 44), narrow(PROSE[::-1], 44)

    def draw(canvas: Canvas) -> None:
        prose(canvas, x=60, top=740, lines=PROSE)
        prose(canvas, x=60, top=600, lines=left)
        prose(canvas, x=330, top=600, lines=right)
        prose(canvas, x=60, top=600 - 14 * len(left) - 20, lines=PROSE)

    assert read(draw) == [*PROSE, *left, *right, *PROSE]


def test_a_table_in_one_column() -> None:
    left = narrow(PROSE, 44)
    cells = [(f"Item {n}", f"{n} years") for n in range(1, 6)]

    def draw(canvas: Canvas) -> None:
        prose(canvas, x=60, top=710, lines=left)
        prose(canvas, x=330, top=710, lines=narrow(PROSE[:4], 44))
        at = 710 - 14 * len(narrow(PROSE[:4], 44))
        for n, (one, other) in enumerate(cells):
            prose(canvas, x=340, top=at - 14 * n, lines=[one])
            prose(canvas, x=440, top=at - 14 * n, lines=[other])

    assert read(draw) == [*left, *narrow(PROSE[:4], 44), *(part for pair in cells for part in pair)]


def test_a_note_among_the_items_of_a_list_keeps_the_outline() -> None:
    def draw(canvas: Canvas) -> None:
        prose(canvas, x=72, top=740, lines=["PHOTOGRAPHS"], size=14)
        for at, marker in enumerate("ABCDE"):
            rows = narrow(PROSE[at : at + 3], 60)
            prose(canvas, x=72, top=700 - 80 * at, lines=[f"{marker}."])
            prose(canvas, x=90, top=700 - 80 * at, lines=rows)
        prose(canvas, x=460, top=615, lines=["Compare the", "order on the", "use of cars."], size=8)

    habits = profiles.load("generic")
    outline = clauses.outline(assemble(pages.read_bytes(pdf(draw), "columns.pdf"), habits), habits)
    assert [c.marker.string for c in outline.clauses if c.marker] == ["A.", "B.", "C.", "D.", "E."]
    assert any(c.text.string == "Compare the order on the use of cars." for c in outline.clauses)
