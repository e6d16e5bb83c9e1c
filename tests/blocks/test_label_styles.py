"""Headings in the label styles of departments that were read about and not held: each drawn as a small page, the words ours, read by ``generic``."""

from __future__ import annotations

from lineage import relations
from lineage.model import Outline
from lineage.profiles import load

from .papers import BODY, days, drawn, fields, read

TITLE = "Keys to the Building"


def acts(outline: Outline) -> list[tuple[str, str | None, str]]:
    """What the paper does to others."""
    return [(r.kind, r.affected.number, str(r.affected.version_on)) for r in relations.find(outline, load("generic"))[0] if r.kind != "cites"]


def test_an_office_a_numbered_order_and_a_bare_date() -> None:
    head = [
        (210, 750, "OFFICE OF THE CHIEF OF POLICE", "b11"),
        (72, 726, "SPECIAL ORDER NO. 12", "b"), (440, 726, "March 3, 2011"),
        (150, 704, "APPROVED BY THE BOARD ON MARCH 1, 2011"),
        (72, 680, "SUBJECT:"), (140, 680, "KEYS TO THE BUILDING"),
    ]  # fmt: skip
    outline = read(drawn([*head, *BODY]))
    assert (outline.heading.series, outline.heading.number, outline.heading.title) == ("special-order", "12", TITLE)
    assert days(outline) == {"issued": ["2011-03-03"], "approved": ["2011-03-01"]}


def test_labels_with_colons_in_a_row_over_their_values() -> None:
    head = [
        (250, 750, "INTERIM ORDER", "b14"),
        (72, 722, "SUBJECT:", "8"), (72, 708, "KEYS TO THE BUILDING"),
        (72, 684, "DATE ISSUED:", "8"), (230, 684, "REFERENCE:", "8"), (430, 684, "NUMBER:", "8"),
        (72, 670, "05-14-09"), (230, 670, "*P.G. 202-01"), (430, 670, "34"),
    ]  # fmt: skip
    outline = read(drawn([*head, *BODY]))
    assert (outline.heading.number, outline.heading.title) == ("34", TITLE)
    assert days(outline) == {"issued": ["2009-05-14"]}


def test_an_action_says_what_is_rescinded() -> None:
    head = [
        (72, 750, "RIVERTON POLICE DEPARTMENT", "b14"),
        (72, 726, "GENERAL ORDER: 2019-12"), (300, 726, "ISSUED: May 3, 2019"), (440, 726, "EFFECTIVE: May 10, 2019"),
        (72, 710, "SUBJECT: KEYS TO THE BUILDING"),
        (72, 694, "REVIEWED/APPROVED BY: Assistant Chief A. Nemo"), (330, 694, "DATE: April 30, 2019"),
        (72, 678, "ACTION: Rescinds General Order 2016-12 (March 4, 2016)"),
    ]  # fmt: skip
    outline = read(drawn([*head, *BODY]))
    assert (outline.heading.series, outline.heading.number, outline.heading.title) == ("general-order", "2019-12", TITLE)
    assert days(outline)["effective"] == ["2019-05-10"]
    assert "2019-05-03" in days(outline)["issued"]
    assert acts(outline) == [("rescinds", "2016-12", "2016-03-04")]


def test_an_action_that_creates_rescinds_nothing() -> None:
    head = [(72, 726, "GENERAL ORDER: 2019-12"), (300, 726, "ISSUED: May 3, 2019"), (72, 710, "SUBJECT: KEYS TO THE BUILDING"), (72, 694, "ACTION: Creates General Order 2019-12")]
    outline = read(drawn([*head, *BODY]))
    assert acts(outline) == []
    assert fields(outline)["other"] == "Creates General Order 2019-12"


def test_days_of_evaluation_are_no_days_of_effect() -> None:
    head = [
        (72, 750, "RIVERTON POLICE DEPARTMENT", "b14"),
        (72, 726, "GENERAL ORDER K-4", "b"), (340, 726, "Effective Date: 14 Mar 08"),
        (72, 712, "Index as:"), (340, 712, "Evaluation Due Date: 14 Sep 08"),
        (72, 698, "Keys"), (340, 698, "Automatic Revision Cycle: 3 Years"),
        (220, 670, "KEYS TO THE BUILDING", "b14"),
    ]  # fmt: skip
    outline = read(drawn([*head, *BODY]))
    assert (outline.heading.number, outline.heading.title) == ("K-4", TITLE)
    assert days(outline) == {"effective": ["2008-03-14"]}


def test_days_of_the_last_and_of_the_next_review() -> None:
    head = [
        (200, 744, "KEYS TO THE BUILDING", "b14"), (72, 720, "Policy Number: 5-09/570"),
        (72, 704, "Effective Date: 01-02-2012"), (300, 704, "Last Date Revised: 03-04-2015"),
        (72, 688, "Last Date Reviewed: 05-06-2018"), (300, 688, "Next Review Date: 05-06-2021"),
    ]  # fmt: skip
    outline = read(drawn([*head, *BODY]))
    assert days(outline) == {"effective": ["2012-01-02"], "revised": ["2015-03-04"], "reviewed": ["2018-05-06"]}


def test_original_and_last_days_in_cells() -> None:
    head = [
        (78, 740, "ORIGINAL EFFECTIVE DATE", "7"), (78, 728, "June 1, 1998"), (238, 740, "ISSUE DATE", "7"), (238, 728, "May 4, 2015"),
        (398, 740, "DATE OF LAST REVISION", "7"), (398, 728, "May 1, 2015"), (78, 708, "SUBJECT", "7"), (78, 696, "Keys to the Building"), (398, 708, "NUMBER", "7"), (398, 696, "30.07"),
    ]  # fmt: skip
    edges = [(72, y, 556, y) for y in (750, 718, 686)] + [(x, 750, x, 686) for x in (72, 392, 556)] + [(232, 750, 232, 718)]
    outline = read(drawn([*head, *BODY], rules=edges))
    assert (outline.heading.number, outline.heading.title) == ("30.07", TITLE)
    assert days(outline) == {"effective": ["1998-06-01"], "issued": ["2015-05-04"], "revised": ["2015-05-01"]}


def test_issued_effective_updated() -> None:
    head = [
        (180, 744, "RIVERTON POLICE DEPARTMENT", "b12"), (260, 726, "DIRECTIVE 4.6", "b12"),
        (72, 700, "Issued Date: 03-01-19"), (230, 700, "Effective Date: 03-08-19"), (400, 700, "Updated Date: 06-11-20"),
        (72, 680, "SUBJECT: KEYS TO THE BUILDING", "b"),
    ]  # fmt: skip
    outline = read(drawn([*head, *BODY]))
    assert (outline.heading.series, outline.heading.number, outline.heading.title) == ("directive", "4.6", TITLE)
    assert days(outline) == {"issued": ["2019-03-01"], "effective": ["2019-03-08"], "revised": ["2020-06-11"]}


def test_effective_revised_original() -> None:
    head = [
        (72, 744, "POLICY: 3.12", "b"), (250, 744, "KEYS TO THE BUILDING", "b"),
        (72, 724, "Effective: 01/02/2013"), (230, 724, "Revised: 03/04/2016"), (400, 724, "Original: 05/06/1999"),
    ]  # fmt: skip
    outline = read(drawn([*head, *BODY]))
    assert outline.heading.number == "3.12"
    assert days(outline) == {"effective": ["2013-01-02"], "revised": ["2016-03-04"]}


def test_a_foot_whose_days_cannot_be_read_is_said() -> None:
    foot = (72, 40, "Dir.#: 100-A   Issued: 02//12/2001   Eff: 07/07/2000   Rescinds: 051-A")
    outline = read(drawn([(72, 740, "KEYS TO THE BUILDING", "b14"), *BODY, foot], [*BODY, foot]))
    assert outline.heading.number == "100-A"
    assert days(outline) == {"issued": ["None"], "effective": ["2000-07-07"]}
    assert acts(outline) == [("rescinds", "051-A", "None")]
    assert any(f.code == "dates.unreadable" and "2001-02-12" in f.message for f in outline.findings)
