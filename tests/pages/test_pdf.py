"""PDFs: lines, places, stamps, columns, tables, forms and annotations."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from lineage import pages
from lineage.model import Item, Line

from .made import PROSE, WORDS, one_page, pdf, prose, stamp


def lines(data: bytes, page: int = 1) -> tuple[Line, ...]:
    return pages.read_bytes(data, "order.pdf").pages[page - 1].lines


def texts(data: bytes) -> list[str]:
    return [line.text for line in lines(data)]


def codes(item: Item) -> list[str]:
    return [finding.code for finding in item.findings]


def test_prose_is_one_line_a_row() -> None:
    found = lines(pdf(prose))
    assert [line.text for line in found] == PROSE
    assert [line.row for line in found] == list(range(1, len(PROSE) + 1))
    assert found[0].left_pt == pytest.approx(72, abs=1)
    assert found[0].style.size_pt == 11
    assert not found[0].style.bold
    box = found[0].box_of(0, 7)
    assert box is not None
    assert box[0] == pytest.approx(72, abs=1)
    assert box[2] - box[0] == pytest.approx(47, abs=4)


@pytest.mark.parametrize("angle", [45, 90, 30, -45, 270, 180])
def test_a_turned_stamp_leaves_the_body_alone(angle: int) -> None:
    words = "RESCINDED by 3.51 on 7-22-21"

    def draw(canvas: Canvas) -> None:
        prose(canvas)
        stamp(canvas, words, angle)

    found = lines(pdf(draw))
    assert [line.text for line in found if line.style.angle == 0] == PROSE
    stamps = [line for line in found if line.style.angle != 0]
    assert [line.text for line in stamps] == [words]
    assert stamps[0].style.angle == pytest.approx(-angle % 360, abs=0.5)
    assert stamps[0].style.colour == 0xFF0000
    assert stamps[0].style.bold


@pytest.mark.parametrize("size", [11, 16, 30])
def test_a_level_stamp_across_the_body_is_a_line_of_its_own(size: int) -> None:
    def draw(canvas: Canvas) -> None:
        prose(canvas)
        stamp(canvas, "RESCINDED 3-25-21", 0, y=680, size=size)

    found = lines(pdf(draw))
    assert [line.text for line in found if line.style.colour == 0] == PROSE
    assert [line.text for line in found if line.style.colour] == ["RESCINDED 3-25-21"]


def test_coloured_words_within_a_line_stay_in_it() -> None:
    def draw(canvas: Canvas) -> None:
        prose(canvas)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 500, "See")
        canvas.setFillColorRGB(0, 0, 1)
        canvas.drawString(96, 500, "Section 3.48")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(163, 500, "on internet usage.")

    assert texts(pdf(draw))[-1] == "See Section 3.48 on internet usage."


def test_a_marker_and_a_value_are_set_apart() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 700, "A.")
        canvas.drawString(90, 700, "Members shall read this order.")
        canvas.drawString(72, 680, "Subject:")
        canvas.drawString(144, 680, "Social Media")
        canvas.drawString(72, 660, "A. Smith is the Chief.")

    found = lines(pdf(draw))
    assert [(line.row, line.text) for line in found] == [
        (1, "A."),
        (1, "Members shall read this order."),
        (2, "Subject:"),
        (2, "Social Media"),
        (3, "A. Smith is the Chief."),
    ]


def test_justified_text_is_not_cut() -> None:
    def draw(canvas: Canvas) -> None:
        prose(canvas)
        writing = canvas.beginText(72, 500)
        writing.setFont("Helvetica", 11)
        writing.setWordSpace(6)
        writing.textLine("This row is set wide, as the last but one of a paragraph is.")
        canvas.drawText(writing)

    assert texts(pdf(draw))[-1] == "This row is set wide, as the last but one of a paragraph is."


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"left column row {n} of the order has words" for n in range(14)]
    right = [f"right column row {n} of the order has too" for n in range(14)]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 14)
        canvas.drawString(150, 750, "A title that stands over both of the columns")
        prose(canvas, 60, 700, left, 10)
        prose(canvas, 320, 700, right, 10)

    found = lines(pdf(draw))
    assert [line.text for line in found] == ["A title that stands over both of the columns", *left, *right]
    assert [line.row for line in found] == list(range(1, 30))


def test_a_table_is_no_pair_of_columns() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for at in range(12):
            canvas.drawString(60, 700 - 14 * at, f"Rank {at}")
            canvas.drawString(320, 700 - 14 * at, f"Insignia {at}")

    assert texts(pdf(draw))[:4] == ["Rank 0", "Insignia 0", "Rank 1", "Insignia 1"]


def test_ruled_cells() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([72, 200, 400], [700, 670, 640])
        canvas.setFont("Helvetica", 10)
        for x, y, words in ((76, 680, "Amends"), (204, 680, "W-03, issued 03/01/20"), (76, 650, "Rescinds"), (204, 650, "86-01")):
            canvas.drawString(x, y, words)
        prose(canvas, top=600)

    found = lines(pdf(draw))
    assert [(line.text, line.cell) for line in found[:4]] == [
        ("Amends", (0, 0, 0)),
        ("W-03, issued 03/01/20", (0, 0, 1)),
        ("Rescinds", (0, 1, 0)),
        ("86-01", (0, 1, 1)),
    ]
    assert all(line.cell is None for line in found[4:])


def test_form_values_and_states() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 700, "ISSUE DATE")
        canvas.acroForm.textfield(name="issued", x=160, y=695, width=120, height=18, value="8/14/20")
        canvas.acroForm.checkbox(name="general", x=72, y=650, size=14, checked=True)
        canvas.drawString(92, 652, "GENERAL ORDER")
        canvas.acroForm.checkbox(name="special", x=240, y=650, size=14, checked=False)
        canvas.drawString(260, 652, "SPECIAL ORDER")

    found = lines(pdf(draw))
    assert [(line.row, line.text, line.hint) for line in found] == [
        (1, "ISSUE DATE", ""),
        (1, "8/14/20", "form"),
        (2, "☒", "form"),
        (2, "GENERAL ORDER", ""),
        (2, "☐", "form"),
        (2, "SPECIAL ORDER", ""),
    ]


def test_drawn_check_boxes() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for x, words in ((72, "GENERAL ORDER"), (240, "SPECIAL ORDER")):
            canvas.rect(x, 700, 10, 10)
            canvas.drawString(x + 14, 701, words)
        canvas.line(72, 700, 82, 710)
        canvas.line(72, 710, 82, 700)

    assert texts(pdf(draw)) == ["☒", "GENERAL ORDER", "☐", "SPECIAL ORDER"]


def test_annotations_are_read_and_broken_ones_named() -> None:
    note = b"<</Type/Annot/Subtype/FreeText/Rect[100 600 400 640]/Contents(RESCINDED by 3.51 on 7-22-21)/DA(1 0 0 rg /Helv 14 Tf)>>"
    item = pages.read_bytes(
        one_page(WORDS, b"/Annots[6 0 R 7 0 R 99 0 R 8 0 R]", note, b"<</Type/Annot>>", b"(no annotation)"), "order.pdf"
    )
    found = item.pages[0].lines
    assert [(line.text, line.hint) for line in found] == [
        ("Members shall read this order.", ""),
        ("RESCINDED by 3.51 on 7-22-21", "annotation"),
    ]
    assert found[1].style.colour == 0xFF0000
    assert found[1].box_pt == (100, 152, 400, 192)
    assert "pages.broken-annotation" in codes(item)


def test_a_broken_word_shows_its_hyphen() -> None:
    content = b"BT /F 11 Tf 72 700 Td (Nothing in this order limits the Depart-) Tj 0 -14 Td (ment in its duties.) Tj ET"
    item = pages.read_bytes(one_page(content), "order.pdf")
    assert [line.text for line in item.pages[0].lines] == ["Nothing in this order limits the Depart-", "ment in its duties."]


def test_control_marks_are_counted() -> None:
    item = pages.read_bytes(("The Depart\x02ment\nread\x07it" + "\nwords" * 50).encode(), "order.txt")
    assert [line.text for line in item.pages[0].lines[:2]] == ["The Depart-ment", "read it"]
    assert [(f.code, f.severity) for f in item.findings] == [("text.control-marks", "note")]
    assert item.findings[0].message.startswith("2 marks")


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    """The words stand upright once the viewer has turned the page, whatever the page's own space says."""
    import math

    cos, sin = round(math.cos(math.radians(turn))), round(math.sin(math.radians(turn)))
    place = {0: (72, 700), 90: (92, 72), 180: (540, 92), 270: (520, 720)}[turn]
    content = b"BT /F 11 Tf %d %d %d %d %d %d Tm (Members shall read this order.) Tj ET" % (cos, sin, -sin, cos, *place)
    page = pages.read_bytes(one_page(content, b"/Rotate %d" % turn), "order.pdf").pages[0]
    (line,) = page.lines
    assert (page.width_pt, page.height_pt) == ((612, 792) if turn % 180 == 0 else (792, 612))
    assert line.text == "Members shall read this order."
    assert line.style.angle == 0
    assert line.box_pt is not None
    assert line.box_pt[0] == pytest.approx(72, abs=1)
    assert line.box_pt[1] == pytest.approx(82, abs=3)


def test_a_crop_box_moves_the_origin() -> None:
    page = pages.read_bytes(one_page(WORDS, b"/CropBox[50 100 562 750]"), "order.pdf").pages[0]
    assert (page.width_pt, page.height_pt) == (512, 650)
    assert page.lines[0].left_pt == pytest.approx(22, abs=1)
    assert page.lines[0].box_pt is not None
    assert page.lines[0].box_pt[1] == pytest.approx(40, abs=3)


def test_words_off_the_page_are_left_out_and_said() -> None:
    item = pages.read_bytes(one_page(WORDS + b" BT /F 11 Tf 900 700 Td (Hidden words) Tj ET"), "order.pdf")
    assert [line.text for line in item.pages[0].lines] == ["Members shall read this order."]
    assert codes(item) == ["pages.off-page"]


def test_text_in_a_form_is_read() -> None:
    from .made import FONT, raw, stream

    form = stream(WORDS, b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F 5 0 R>>>>")
    data = raw(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>",
        stream(b"/X Do"),
        FONT,
        form,
    )
    assert texts(data) == ["Members shall read this order."]


def test_reading_twice_gives_the_same() -> None:
    data = pdf(prose, lambda canvas: stamp(canvas, "RESCINDED", 45))
    assert pages.read_bytes(data, "a.pdf") == pages.read_bytes(data, "a.pdf")
