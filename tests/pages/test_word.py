"""Word files: what Word shows, in its order, with its automatic numbers; what it does not show, apart."""

from __future__ import annotations

import io
from pathlib import Path

import docx as python_docx
import pytest

from lineage import blocks, clauses, pages, profiles
from lineage.model import Item, Line, Outline
from lineage.pipeline import read

from .worded import NAMES, OUTLINE, docx, field, level, lists, p, run, table


def item(data: bytes) -> Item:
    return pages.read_bytes(data, "order.docx")


def lines(data: bytes) -> list[Line]:
    return list(item(data).pages[0].lines)


def texts(data: bytes) -> list[str]:
    return [line.text for line in lines(data)]


def codes(data: bytes) -> set[str]:
    return {f.code for f in item(data).findings}


def outline(data: bytes) -> Outline:
    generic = profiles.load("generic")
    return clauses.outline(blocks.assemble(item(data), generic), generic)


def rungs(data: bytes) -> list[tuple[int, str, str]]:
    return [(c.depth, c.marker.string, (c.heading or c.text).string) for c in outline(data).clauses]


def test_paragraphs_headings_and_tables_stay_in_order() -> None:
    made = python_docx.Document()
    made.add_heading("Purpose", 1)
    made.add_paragraph("First words.")
    grid = made.add_table(2, 2)
    for n, words in enumerate(("Code", "Meaning", "10-1", "Weak signal")):
        grid.cell(n // 2, n % 2).text = words
    made.add_paragraph("Last words.")
    out = io.BytesIO()
    made.save(out)
    found = lines(out.getvalue())
    assert [line.text for line in found] == ["Purpose", "First words.", "Code", "Meaning", "10-1", "Weak signal", "Last words."]
    assert [line.hint for line in found][:2] == ["heading", ""]
    assert [line.cell for line in found][2:6] == [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1)]
    assert found[2].row == found[3].row != found[4].row
    page = item(out.getvalue()).pages[0]
    assert all(page.text[line.start : line.start + len(line.text)] == line.text for line in page.lines)
    assert page.width_pt == 0
    assert all(line.box_pt is None for line in page.lines)


def test_automatic_numbers_are_printed_and_nest() -> None:
    body = "".join(
        p(words, number=(1, at))
        for at, words in [
            (0, "PURPOSE"), (1, "First rule."), (1, "Second rule."), (2, "Inner rule."), (3, "Deep rule."), (3, "Deeper rule."), (2, "Next inner rule."),
            (1, "Third rule."), (2, "Begun again."), (0, "POLICY"), (1, "Lettered from the first again."), (4, "A bullet."),
        ]
    )  # fmt: skip
    data = docx(body, numbering=lists(OUTLINE))
    assert [(d, m) for d, m, _ in rungs(data)] == [
        (0, "I."), (1, "A."), (1, "B."), (2, "1."), (3, "a."), (3, "b."), (2, "2."), (1, "C."), (2, "1."), (0, "II."), (1, "A."), (2, "•"),
    ]  # fmt: skip
    first = lines(data)[2]
    assert (first.text, first.left_pt, first.hint) == ("A.", 55.0, "marker")
    assert lines(data)[3].left_pt == 73.0


def test_section_numbers_are_put_together_from_all_levels() -> None:
    legal = level(0, "upperRoman", "ARTICLE %1") + level(1, "decimal", "%1.%2", more="<w:isLgl/>") + level(2, "decimal", "%1.%2.%3", more="<w:isLgl/>")
    body = p("GENERAL", number=(1, 0)) + p("One.", number=(1, 1)) + p("Two.", number=(1, 1)) + p("Three.", number=(1, 2)) + p("NEXT", number=(1, 0)) + p("Four.", number=(1, 1))
    assert texts(docx(body, numbering=lists(legal)))[::2] == ["ARTICLE I", "1.1", "1.2", "1.2.1", "ARTICLE II", "2.1"]


def test_lists_of_one_definition_go_on_and_begin_again_where_they_say_so() -> None:
    again = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    body = p("a", number=(1, 0)) + p("b", number=(2, 0)) + p("Between.") + p("c", number=(3, 0)) + p("d", number=(3, 0))
    assert texts(docx(body, numbering=lists(level(0, "decimal", "%1)"), numbers=again))) == ["1)", "a", "2)", "b", "Between.", "1)", "c", "2)", "d"]


def test_a_level_that_never_restarts_counts_on() -> None:
    definition = level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)", more='<w:lvlRestart w:val="0"/>')
    body = p("x", number=(1, 0)) + p("y", number=(1, 1)) + p("x", number=(1, 0)) + p("z", number=(1, 1))
    assert texts(docx(body, numbering=lists(definition)))[::2] == ["1.", "(a)", "2.", "(b)"]


def test_a_style_may_carry_the_number() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Rung"><w:name w:val="heading 2"/><w:basedOn w:val="Base"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    definition = level(0, "decimal", "%1.") + level(1, "upperLetter", "%2)", more='<w:pStyle w:val="Rung"/>')
    rung = '<w:pStyle w:val="Rung"/>'
    off = '<w:pStyle w:val="Rung"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    data = docx(p("One", look=rung) + p("Two", look=rung) + p("Plain", look=off), numbering=lists(definition), styles=styles)
    assert texts(data) == ["A)", "One", "B)", "Two", "Plain"]


def test_a_ring_of_styles_and_a_list_that_is_not_there_end() -> None:
    ring = "".join(f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>' for a, b in ("AB", "BA"))
    assert texts(docx(p("Words", look='<w:pStyle w:val="A"/>', number=(77, 3)), styles=ring, numbering=lists(OUTLINE))) == ["Words"]


def test_an_unknown_form_of_number_is_said_and_not_guessed() -> None:
    data = docx(p("Words", number=(1, 0)), numbering=lists(level(0, "koreanDigital", "%1.")))
    assert texts(data) == ["Words"]
    assert codes(data) == {"pages.numbering-unread"}
    assert "pages.numbering-unread" in codes(docx(p("Words", number=(1, 0)), numbering=lists(level(0, "lowerRoman", "%1.", start=900_000_000))))


def test_heads_and_feet_are_furniture_row_by_row() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/><w:headerReference w:type="first" r:id="header2"/></w:sectPr>'
    parts = {"header1": table(("Order No:", "5-12")), "header2": p("Never shown."), "footer1": p("Effective: ", field("PAGE", "1"))}
    data = docx(p("Members shall read this order.") + section, **parts)
    found = outline(data)
    assert [(f.kind, f.text) for f in found.furniture] == [("head", "Order No: 5-12"), ("foot", "Effective: 1")]
    assert {e.rule for f in found.furniture for e in f.evidence} == {"blocks.said"}
    assert [c.text.string for c in found.clauses] == ["Members shall read this order."]
    assert "Never shown." in texts(docx(p("x") + section.replace("<w:sectPr>", "<w:sectPr><w:titlePg/>"), **parts))


def test_hidden_words_are_apart_and_said() -> None:
    data = docx(p("Members shall ", run("not ", "<w:vanish/>"), "carry a baton."))
    assert [(f.kind, f.text) for f in outline(data).furniture] == [("form", "not")]
    assert [c.text.string for c in outline(data).clauses] == ["Members shall carry a baton."]
    assert codes(data) == {"pages.hidden-text"}


def test_a_field_that_changes_is_no_date_of_the_paper() -> None:
    label = "Effective Date: "
    changing = docx(p("Special Order 19-04") + p(label, field('DATE \\@ "MMMM d, yyyy"', "May 1, 2024")) + p("Members shall read this order."))
    assert codes(changing) == {"pages.changing-field"}
    assert outline(changing).heading.dates == ()
    fixed = docx(p("Special Order 19-04") + p(label, field("REF issued", "May 1, 2019")) + p("Members shall read this order."))
    assert codes(fixed) == set()
    assert [d.raw for d in outline(fixed).heading.dates] == ["May 1, 2019"]
    simple = docx(p(label, f'<w:fldSimple w:instr=" SAVEDATE ">{run("May 1, 2024")}</w:fldSimple>') + p("Members shall read."))
    assert codes(simple) == {"pages.changing-field"}


def test_a_field_within_a_field_shows_its_result_alone() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{s}"/></w:r>' for s in ("begin", "separate", "end"))
    instruction = "<w:r><w:instrText> IF </w:instrText></w:r>" + field("MERGEFIELD x", "inner words") + "<w:r><w:instrText> = 1 </w:instrText></w:r>"
    assert texts(docx(p("See ", begin + instruction + separate, "Section 5", end, "."))) == ["See Section 5."]
    assert codes(docx(p("See ", field("AUTONUM", "").replace(run(""), ""), " first."))) == {"pages.part-unread"}


def test_controls_and_boxes_show_what_is_filled_in() -> None:
    control = f'<w:sdt><w:sdtPr/><w:sdtContent>{run("June 4, 2020")}</w:sdtContent></w:sdt>'
    prompt = f'<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run("Click to enter a date.")}</w:sdtContent></w:sdt>'
    box = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    choice = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Draft"/><w:listEntry w:val="Final"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    whole = f"<w:sdt><w:sdtContent>{p('A block.')}</w:sdtContent></w:sdt>"
    data = docx(p("Issued: ", control) + p("Effective: ", prompt) + p(box, " New ", choice, run("\uf0fe", '<w:rFonts w:ascii="Wingdings"/>')) + whole)
    assert texts(data) == ["Issued: June 4, 2020", "Effective:", "Click to enter a date.", "☒ New Final☑", "A block."]
    assert [f.text for f in outline(data).furniture if f.kind == "form"] == ["Click to enter a date."]


def test_boxes_notes_and_comments() -> None:
    box = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    drawing = f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    mark = '<w:r><w:pict><v:shape><v:textpath string="RESCINDED 3-1-21"/></v:shape></w:pict></w:r>'
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = docx(
        p("Members carry a radio", reference, ".", drawing) + p("Last.", mark),
        footnotes=f'<w:footnote w:id="0" w:type="separator">{p("--")}</w:footnote><w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", " Or two.")}</w:footnote>',
        comments=f'<w:comment w:id="0" w:author="A">{p("Is this right?")}</w:comment>',
    )
    assert texts(data) == ["Members carry a radio¹.", "¹ Or two.", "In the box.", "Last.", "RESCINDED 3-1-21", "Is this right?"]
    assert [(f.kind, f.text) for f in outline(data).furniture] == [("form", "Is this right?"), ("stamp", "RESCINDED 3-1-21")]
    assert codes(data) == {"pages.comments"}


def test_struck_words_and_parts_that_are_not_read_are_said() -> None:
    assert codes(docx(p("Carry ", run("two", "<w:strike/>"), " radios."))) == {"pages.struck-out"}
    assert codes(docx(p("Words.") + '<w:altChunk r:id="x"/>')) == {"pages.part-unread"}
    chart = '<w:r><w:drawing><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></w:drawing></w:r>'
    assert codes(docx(p("Words.", chart))) == {"pages.part-unread"}


def test_tabs_part_a_marker_or_a_label_and_not_a_sentence() -> None:
    tab = "<w:r><w:tab/></w:r>"
    long = "Members shall read this order before the end of the watch and sign for it."
    found = lines(docx(p("A.", tab, long) + p("Number:", tab, "5-12", tab, "Date:", tab, "1/1/20") + p(tab, long, tab, "Further words.")))
    assert [(line.text, line.row) for line in found][:6] == [("A.", 1), (long, 1), ("Number:", 2), ("5-12", 2), ("Date:", 2), ("1/1/20", 2)]
    assert (found[6].text, found[6].left_pt) == (f"{long} Further words.", 37.0)


def test_merged_cells_and_capitals() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p(run("wide", "<w:caps/>"))}</w:tc>'
    down = "".join(f'<w:tr><w:tc><w:tcPr><w:vMerge{said}/></w:tcPr>{p(words)}</w:tc><w:tc>{p("x")}</w:tc></w:tr>' for said, words in ((' w:val="restart"', "top"), ("", "")))
    found = lines(docx(f"<w:tbl><w:tr>{wide}<w:tc>{p('end')}</w:tc></w:tr>{down}</w:tbl>"))
    assert [(line.text, line.cell) for line in found] == [("WIDE", (0, 0, 0)), ("end", (0, 0, 2)), ("top", (0, 1, 0)), ("x", (0, 1, 1)), ("x", (0, 2, 1))]


def test_an_order_in_word_is_read_as_the_same_order_in_print(tmp_path: Path) -> None:
    head = table(("Order Number: 19-04", "Effective Date: May 17, 2019"), ("Subject: Body Worn Cameras", "Rescinds: Special Order 18-04"))
    body = p("PURPOSE", number=(1, 0)) + p("Members carry a camera.", number=(1, 1)) + p("Members charge it.", number=(1, 1))
    path = tmp_path / "order.docx"
    path.write_bytes(docx(p("Special Order") + head + body, numbering=lists(OUTLINE)))
    found = read(path)
    heading = found.outline.heading
    assert (heading.series, heading.number, heading.title) == ("special-order", "19-04", "Body Worn Cameras")
    assert [(d.role, d.raw) for d in heading.dates] == [("effective", "May 17, 2019")]
    assert [(r.kind, r.affected.mention) for r in found.relations] == [("rescinds", "18-04")]
    assert [(c.depth, c.marker.string) for c in found.outline.clauses] == [(0, "I."), (1, "A."), (1, "B.")]


@pytest.mark.parametrize("inner", [f"<w:p {NAMES}/>", "<w:p><w:r/></w:p>", ""])
def test_words_are_asked_for(inner: str) -> None:
    from .test_word_refusals import code

    assert code(docx(inner)) == "pages.empty"
