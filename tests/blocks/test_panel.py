"""Headings printed as forms: labels over, behind and between their values, in drawn cells and without; the styles are those of real departments, the words ours."""

from __future__ import annotations

from lineage import relations
from lineage.profiles import load

from .papers import BODY, days, drawn, fields, read

OVER = [  # labels in small letters over their values; two columns under the last row of labels
    (104, 700, "MEMORANDUM", "b14"),
    (275, 708, "Date of Issue", "8"), (396, 708, "Effective Date", "8"), (500, 708, "No.", "8"),
    (277, 696, "March 2, 2020"), (398, 696, "April 1, 2020"), (502, 696, "20-07"),
    (47, 684, "Subject", "8"), (358, 684, "Distribution", "8"), (419, 684, "Amends", "8"),
    (47, 672, "KEYS TO THE BUILDING"), (376, 672, "A"), (421, 672, "17-03, issued 07/01/17"),
    (47, 660, "Reference", "8"), (277, 660, "Rescinds", "8"),
    (47, 648, "Rule 4.1"), (275, 648, "86-03, issued 07/01/86"),
    (275, 636, "91-03, issued 12/31/91"), (275, 624, "96-03, issued 05/01/96"),
]  # fmt: skip


def test_labels_over_their_values_in_two_columns() -> None:
    outline = read(drawn([*OVER, *BODY]))
    assert outline.heading.number == "20-07"
    assert outline.heading.title == "Keys to the Building"
    assert days(outline) == {"issued": ["2020-03-02"], "effective": ["2020-04-01"]}
    found, _ = relations.find(outline, load("generic"))
    acts = [(r.kind, r.affected.number, str(r.affected.version_on)) for r in found if r.kind != "cites"]
    assert acts == [
        ("amends", "17-03", "2017-07-01"),
        ("rescinds", "86-03", "1986-07-01"),
        ("rescinds", "91-03", "1991-12-31"),
        ("rescinds", "96-03", "1996-05-01"),
    ]
    assert [c.heading.string for c in outline.clauses if c.kind == "heading"] == ["PURPOSE", "PROCEDURE"]


def test_labels_before_their_values_with_colons() -> None:
    head = [
        (72, 740, "RIVERTON POLICE DEPARTMENT", "b14"),
        (72, 710, "NUMBER:"), (160, 710, "30.4"), (330, 710, "EFFECTIVE DATE:"), (440, 710, "June 9, 2014"),
        (72, 694, "SUBJECT:"), (160, 694, "Keys to the Building"), (330, 694, "SUPERSEDES:"), (440, 694, "30.4, dated May 1, 2009"),
        (72, 678, "CALEA REFERENCE:"), (180, 678, "17.5.3"), (330, 678, "REVISED:"), (440, 678, "7/1/16"),
    ]  # fmt: skip
    outline = read(drawn([*head, *BODY]))
    assert outline.heading.number == "30.4"
    assert outline.heading.title == "Keys to the Building"
    assert days(outline) == {"effective": ["2014-06-09"], "revised": ["2016-07-01"]}
    assert fields(outline)["supersedes"] == "30.4, dated May 1, 2009"


def test_drawn_cells_keep_their_words_apart() -> None:
    head = [
        (72, 744, "RIVERTON POLICE DEPARTMENT", "b14"),
        (80, 706, "SUBJECT:"), (140, 706, "KEYS TO THE BUILDING AND"), (140, 694, "TO ITS VEHICLES"),
        (330, 706, "REVISION DATES"), (330, 694, "06/05/00, 06/01/01,"), (330, 682, "08/01/01"), (450, 706, "EFFECTIVE DATE"), (450, 690, "8/14/20"),
        (80, 660, "DIRECTIVE"), (150, 654, "20-058"), (80, 648, "NUMBER"), (330, 660, "ISSUE DATE"), (450, 660, "RESCINDS:"), (450, 648, "KEY-02/19-"), (450, 636, "016"),
    ]  # fmt: skip
    edges = [(72, y, 560, y) for y in (720, 672, 630)] + [(x, 720, x, 630) for x in (72, 320, 440, 560)]
    outline = read(drawn([*head, *BODY], rules=edges))
    assert outline.heading.number == "20-058"
    assert outline.heading.title == "Keys to the Building and to Its Vehicles"
    assert days(outline) == {"revised": ["2000-06-05", "2001-06-01", "2001-08-01"], "effective": ["2020-08-14"]}  # the issue date is empty, and no other is taken for it
    assert fields(outline)["rescinds"] == "KEY-02/19-016"


def test_a_field_with_more_labels_on_one_line() -> None:
    outline = read(drawn([(72, 740, "KEYS TO THE BUILDING", "b14"), (72, 720, "Order No. 12-7   Issued: 06/04/1991   Eff: 07/07/2000   Rescinds: 12-3"), *BODY]))
    assert outline.heading.number == "12-7"
    assert days(outline) == {"issued": ["1991-06-04"], "effective": ["2000-07-07"]}


def test_a_title_over_two_lines_and_one_far_larger_than_the_text() -> None:
    two = [(72, 740, "RIVERTON POLICE DEPARTMENT", "b14"), (72, 710, "KEYS TO THE BUILDING AND TO", "b14"), (72, 694, "THE VEHICLES OF THE CITY", "b14"), (72, 670, "Effective Date: May 1, 2019")]
    assert read(drawn([*two, *BODY])).heading.title == "Keys to the Building and to the Vehicles of the City"
    large = [(100, 760, "Policy", "12"), (97, 738, "404", "b24"), (245, 755, "Riverton Police Department", "15"), (281, 742, "Riverton PD Policy Manual", "9"), (72, 690, "Keys to the Building", "b20"), *BODY]
    heading = read(drawn(large)).heading
    assert (heading.number, heading.title) == ("404", "Keys to the Building")


def test_a_heading_of_the_rule_is_no_label() -> None:
    words = [(72, 740, "Effective Date: May 1, 2019"), (72, 710, "POLICY", "b"), (72, 690, "The Department keeps 12 keys, and members give them back."), *BODY]
    outline = read(drawn(words))
    assert [c.heading.string for c in outline.clauses if c.kind == "heading"] == ["POLICY", "PURPOSE", "PROCEDURE"]
    assert outline.heading.number is None


FOOT = "Dir.#: 12-A   Issued: 06/04/1991   Eff: {eff}   Rescinds: {rescinds}"


def test_fields_in_the_foot_of_every_page() -> None:
    foot = (72, 40, FOOT.format(eff="07/07/2000", rescinds="05-A"))
    outline = read(drawn([(72, 740, "KEYS TO THE BUILDING", "b14"), *BODY, foot], [*BODY, foot], [*BODY, foot]))
    assert outline.heading.number == "12-A"
    assert days(outline) == {"issued": ["1991-06-04"], "effective": ["2000-07-07"]}
    assert fields(outline)["rescinds"] == "05-A"
    assert not [f for f in outline.findings if f.code == "heading.pages-differ"]
    assert all("Dir.#" not in c.text.string for c in outline.clauses)


def test_feet_that_differ_between_pages_are_said_with_their_pages() -> None:
    first, second = (72, 40, FOOT.format(eff="01/04/2000", rescinds="New")), (72, 40, FOOT.format(eff="09/05/2000", rescinds="05-A"))
    outline = read(drawn([(72, 740, "KEYS TO THE BUILDING", "b14"), *BODY, first], [*BODY, first], [*BODY, second]))
    assert days(outline)["effective"] == ["2000-01-04", "2000-09-05"]
    assert {d.page for d in outline.heading.dates if d.role == "effective"} == {1, 3}
    said = [f.message for f in outline.findings if f.code == "heading.pages-differ"]
    assert any('"Eff: 01/04/2000" on page 1; "Eff: 09/05/2000" on page 3' in message for message in said)
    assert any(f.code == "dates.disagree" for f in outline.findings)


def test_a_print_date_in_the_foot_is_an_edition() -> None:
    foot = (72, 40, "Copyright Example, LLC 2019/01/11, All Rights Reserved.")
    outline = read(drawn([(72, 740, "KEYS TO THE BUILDING", "b14"), *BODY, foot], [*BODY, foot]))
    assert days(outline) == {"edition": ["2019-01-11"]}


def test_a_section_number_at_the_top_of_pages_is_no_running_head() -> None:
    sheets = [[(72, 740, f"33.{n}", "b"), (110, 740, "KEYS", "b"), (72, 720, f"Members sign for each key of room {n} before they take it along.")] for n in range(1, 6)]
    assert [c.marker.string for c in read(drawn(*sheets)).clauses if c.marker] == [f"33.{n}" for n in range(1, 6)]


def test_small_notes_beside_short_lines_are_clauses_of_their_own() -> None:
    text = [(150, 600 - 14 * n, words) for n, words in enumerate(("1. The key is signed for.", "2. The key is kept.", "3. The key is given back.", "4. A lost key is told of."))]
    notes = [(72, 586, "See rule 4", "6.5"), (72, 572, "and rule 5", "6.5")]
    outline = read(drawn([(72, 740, "KEYS TO THE BUILDING", "b14"), (72, 720, "Effective Date: May 1, 2019"), *text, *notes]))
    assert [c.text.string for c in outline.clauses if c.marker] == ["The key is signed for.", "The key is kept.", "The key is given back.", "A lost key is told of."]
    assert [c.text.string for c in outline.clauses if not c.marker] == ["See rule 4 and rule 5"]


def test_a_clause_that_opens_with_a_label_keeps_its_words() -> None:
    words = [(72, 740, "KEYS TO THE BUILDING", "b14"), (72, 720, "Effective Date: May 1, 2019"), (72, 690, "POLICY:"), (140, 690, "It is the policy of the Department that members sign for keys"), (140, 676, "and that they give them back at the end of a watch."), *BODY]
    said = " ".join(c.heading.string + " " + c.text.string for c in read(drawn(words)).clauses)
    assert "It is the policy of the Department that members sign for keys" in said


def test_what_is_left_of_a_rescinds_field_is_said() -> None:
    words = [(72, 740, "KEYS TO THE BUILDING", "b14"), (72, 720, "Effective Date: May 1, 2019"), (72, 706, "Rescinds: 12-47; 1O-4B8"), *BODY]
    found, doubts = relations.find(read(drawn(words)), load("generic"))
    assert [r.affected.number for r in found if r.kind == "rescinds"] == ["12-47"]
    assert any(f.code == "relations.field-unread" and "1O-4B8" in f.message for f in doubts)


def test_words_behind_a_label_that_is_none_are_kept() -> None:
    words = [(72, 740, "KEYS TO THE BUILDING", "b14"), (72, 720, "Effective Date: May 1, 2019 Policy: members sign for keys and lamps"), *BODY]
    outline = read(drawn(words))
    assert days(outline) == {"effective": ["2019-05-01"]}
    said = " ".join([*(c.heading.string + " " + c.text.string for c in outline.clauses), *(f.text for f in outline.furniture), *(v.string for _, v in outline.heading.fields)])
    assert "members sign for keys and lamps" in said
