"""Outlines that are easy to get wrong: each gives a valid file in which every clause stands where it belongs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import fields, replace

from lineage.documents import check, read, same, validate, write
from lineage.documents.changes import MODIFICATIONS
from lineage.documents.origins import _followed, attributes, origins, rebuild
from lineage.model import (
    RELATION_KINDS,
    Clause,
    Day,
    Document,
    Edit,
    End,
    Evidence,
    Heading,
    Line,
    Outline,
    Piece,
    Relation,
    Run,
    Text,
    least,
    union,
)
from lineage.model.eid import name_clauses, places
from lineage.model.text import TOUCHING

from .papers import CLAUSE_KINDS, MARKERS, OTHER, OWN, SHA, Sheets, founding_order, outlined, texts

NAMES = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0", "pl": "urn:policy-lineage:1"}


def holding(rows: list[tuple[str, str, int, str, str]]) -> Document:
    """The founding order with these clauses: (kind, marker, depth, heading, words)."""
    sheet = Sheets()
    clauses = outlined([(kind, marker, depth, sheet.text(heading), sheet.text(words)) for kind, marker, depth, heading, words in rows])
    return with_clauses(clauses)


def with_clauses(clauses: tuple[Clause, ...]) -> Document:
    order = founding_order()
    return replace(order, outline=replace(order.outline, clauses=clauses), relations=())


def shown(document: Document) -> Any:
    """The tree of the file, after all checks and the way back."""
    data = write(document)
    assert check(data) == []
    assert same(read(data), document)
    return etree.fromstring(data)


def eids(root: Any, path: str) -> list[str]:
    return [str(one) for one in root.xpath(path, namespaces=NAMES)]


OUTLINES: dict[str, tuple[list[tuple[str, str, int, str, str]], str, list[str]]] = {
    "numbered without a heading": ([("item", "1)", 0, "", "Look.")], "//a:mainBody/a:paragraph/@eId", ["para_1"]),
    "a heading without a number": ([("heading", "", 0, "PURPOSE", "")], "//a:hcontainer[@name='heading']/@eId", ["hcontainer_1"]),
    "the section's own number": (
        [("heading", "3.48", 0, "INTERNET", ""), ("lead-in", "", 1, "", "They shall:"), ("item", "1)", 1, "", "Look.")],
        "//a:section/descendant-or-self::*[self::a:section or self::a:p or self::a:paragraph]/@eId",
        ["sec_3-48", "sec_3-48__p_1", "sec_3-48__para_1", "sec_3-48__para_1__p_1"],
    ),
    "a bullet at the top": ([("item", "•", 0, "", "Look.")], "//a:mainBody/a:blockList/a:item/@eId", ["list_1__item_1"]),
    "a marker and nothing else": ([("item", "7.", 0, "", "")], "//a:paragraph/a:num/text()", ["7."]),
    "words between numbered clauses": (
        [
            ("heading", "", 0, "A", ""),
            ("item", "1)", 1, "", "x"),
            ("paragraph", "", 1, "", "between"),
            ("item", "2)", 1, "", "y"),
            ("paragraph", "", 1, "", "z"),
        ],
        "//a:hcontainer[@name='words']//a:p/@eId | //a:wrapUp/a:p/@eId",
        ["hcontainer_1__p_1", "hcontainer_1__p_2"],
    ),
    "a definition with a number": (
        [("definition", "(a)", 0, "", "Blog - a diary.")],
        "//a:paragraph[@pl:kind='definition']//a:term/text()",
        ["Blog"],
    ),
    "numbers under a bullet": (
        [("item", "•", 0, "", "x"), ("item", "(a)", 1, "", "y"), ("heading", "", 1, "H", "")],
        "//a:item//a:item/@eId | //a:item/a:p[@pl:kind='heading']/@eId",
        ["list_1__item_1__list_1__item_a", "list_1__item_1__p_2"],
    ),
    "a heading with words": (
        [("heading", "A.", 0, "PURPOSE.", "This says why.")],
        "//a:paragraph/a:content/a:p/text()",
        ["This says why."],
    ),
    "no clause at all": ([], "//a:mainBody/a:p/@eId", []),
}


@pytest.mark.parametrize("what", OUTLINES)
def test_outline(what: str) -> None:
    rows, path, expected = OUTLINES[what]
    assert eids(shown(holding(rows)), path) == expected


def test_depth_is_said_only_where_the_place_does_not_tell_it() -> None:
    assert eids(shown(founding_order()), "//@pl:depth") == []
    jumped = holding([("item", "1)", 0, "", "x"), ("item", "a)", 4, "", "y")])
    assert eids(shown(jumped), "//a:paragraph[@pl:depth='4']/@eId") == ["para_1__para_a"]


def test_a_table() -> None:
    sheet = Sheets()
    rows = (tuple(map(sheet.text, ("rank", "days"))), (sheet.text("sergeant"), Text()), ())
    table = Clause("table_1", "table", 0, sheet.text("Leave by rank"), sheet.text("LEAVE"), rows=rows)
    root = shown(with_clauses((table,)))
    assert eids(root, "//a:table[@eId='table_1']//a:td/a:p/text()") == ["rank", "days", "sergeant"]
    assert eids(root, "//a:table/a:caption/a:inline/text()") == ["LEAVE"]
    assert eids(root, "//pl:origin[@part='1 0']/@of") == ["#table_1"]


def test_deep_nesting() -> None:
    """Deeper than any reader of XML goes: the depth is kept, the elements stop nesting."""
    deep = holding([("item", "•" if depth % 2 else "1)", depth, "", f"level {depth}") for depth in range(300)])
    assert max(clause.depth for clause in read(write(deep)).outline.clauses) == 299
    shown(deep)


def test_one_name_twice() -> None:
    first, second = Clause("p_1", "paragraph", 0, Sheets().text("one")), Clause("p_1", "paragraph", 0, Sheets().text("two"))
    data = write(with_clauses((first, second)))
    assert [(clause.eid, clause.text.string) for clause in read(data).outline.clauses] == [("p_1", "one"), ("p_1_2", "two")]


def test_other_names_than_ours_come_back() -> None:
    """Eids and parents of another hand are kept, even where they would pass for our own words."""
    rows = [("item", "1)", 0, "", "own words"), ("paragraph", "", 1, "", "a clause"), ("item", "2)", 0, "", "")]
    clauses = list(holding(rows).outline.clauses)
    clauses[1] = replace(clauses[1], eid="para_1__p_1", parent="para_2")
    document = with_clauses(tuple(clauses))
    data = write(document)
    assert validate(data) == []
    assert same(read(data), document)


def bare() -> Document:
    """A document that says nothing of itself: no number, no title, no date, no words."""
    outline = Outline(SHA, Heading("cpd"), ())
    return Document(
        "cpd/directive/untitled/2",
        outline,
        (),
        (),
        Run("2026-08-03T09:15:00Z", "x", "cpd", OTHER),
        "x.txt",
        "text/plain",
        0,
        "America/Chicago",
    )


def test_a_document_that_says_nothing() -> None:
    root = shown(bare())
    assert eids(root, "//a:FRBRWork/a:FRBRuri/@value") == ["/akn/us/doc/directive/cpd/0002-01-01/untitled"]
    assert eids(root, "//a:FRBRExpression/a:FRBRdate/@date") == ["0001-01-01"]
    assert eids(root, "//a:lifecycle | //a:analysis") == []
    assert eids(root, "//a:timeInterval/@pl:start_reading") == ["starts_1"]


@pytest.mark.parametrize(
    ("starts", "day"),
    [
        (Day(None, date(2016, 3, 1), date(2016, 3, 31)), "2016-03-01"),
        (Day(None, date(2016, 3, 1)), "0001-01-01"),
        (Day(None, None, date(2016, 3, 31)), "0001-01-01"),
        (Day(date(2016, 3, 9)), "2016-03-09"),
    ],
)
def test_a_day_that_is_partly_known(starts: Day, day: str) -> None:
    root = shown(replace(bare(), starts=starts))
    assert eids(root, "//a:FRBRExpression/a:FRBRdate/@date") == [day]
    assert eids(root, "//a:eventRef[@originatingExpression]/@date") == ([day] if day[0] == "2" else [])


@pytest.mark.parametrize("active", [True, False])
@pytest.mark.parametrize("kind", RELATION_KINDS)
def test_every_kind_of_relation(kind: Any, active: bool) -> None:
    """Each kind as the document's own act and as what is done to it, in the standard's own words."""
    order = founding_order()
    own, other = End("this order", OWN, "p_1", own=True), End("3.51", "lbpd/manual-section/3.51/1", "sec_3-51")
    one = Relation(SHA, kind, *((own, other) if active else (other, own)), (Evidence(SHA, 1, None, "3.51", 0, 4, "r"),))
    root = shown(replace(order, relations=(one,)))
    side = "active" if active else "passive"
    found = root.xpath(f"//a:{side}Modifications/*[@pl:relation='rel_1']", namespaces=NAMES)
    assert [(etree.QName(mod).localname, mod.get("type")) for mod in found] == list(MODIFICATIONS[kind])
    for mod in found:
        address = "/akn/us-ca/doc/manual-section/lbpd/0001-01-01/3.51/~sec_3-51"
        assert [mod[0].get("href"), mod[1].get("href")] == (["#p_1", address] if active else [address, "#p_1"])


@pytest.mark.parametrize("change", [{"status": "rejected"}, {"certainty": "doubtful"}])
def test_what_may_end_nothing_is_no_modification(change: dict[str, Any]) -> None:
    """The record keeps it; a reader who knows only the standard is not misled."""
    order = founding_order()
    root = shown(replace(order, relations=(replace(order.relations[1], **change),)))
    assert eids(root, "//a:passiveModifications | //a:timeInterval/@end | //a:eventRef[@type='repeal']") == []
    assert eids(root, "//pl:relation/@kind") == ["rescinds"]


def test_a_paper_that_replaces_its_own_earlier_version_does_not_end_itself() -> None:
    order = founding_order()
    earlier = End("12 June 2015 Version", OWN, version_on=date(2015, 6, 12), own=True)
    one = replace(order.relations[1], kind="supersedes", affecting=End("this order", OWN, own=True), affected=earlier)
    root = shown(replace(order, relations=(one,)))
    assert eids(root, "//a:timeInterval/@end") == []
    assert eids(root, "//a:activeModifications/a:textualMod[@type='replacement']/a:destination/@href") == [
        "/akn/us-ca/doc/special-order/lbpd/2019-05-17/social-media/eng:2015-06-12"
    ]


@pytest.mark.parametrize(("version", "ended"), [(date(2019, 5, 17), True), (date(2015, 6, 12), False)])
def test_a_version_that_is_named_by_its_day_is_the_one_that_ends(version: date, ended: bool) -> None:
    order = founding_order()
    stamp = order.relations[1]
    one = replace(stamp, affected=replace(stamp.affected, version_on=version))
    assert bool(eids(shown(replace(order, relations=(one,))), "//a:timeInterval/@end")) == ended


@given(texts())
def test_a_text_comes_back_from_its_origins(text: Text) -> None:
    said = [
        dict(part.split("=", 1) for part in attributes(origin).replace('" ', '"\x00').strip().split("\x00")) for origin in origins(text)
    ]
    said = [{name: value.strip('"') for name, value in one.items()} for one in said]
    back = rebuild(text.string, said)
    assert (back.string, back.pieces()) == (text.string, text.pieces())


@given(texts())
def test_a_text_in_one_place_is_told_as_any_other(text: Text) -> None:
    assert list(origins(text)) == list(_followed(text, text.pieces()) if text.runs else ())


@given(texts())
def test_pieces_are_those_of_the_lines_joined_where_the_page_goes_on(text: Text) -> None:
    found: list[Piece] = []
    former, stopped = Line("", 0, 0, 0), 0
    ends = [*(run[0] for run in text.runs[1:]), len(text.string)]
    for (at, line, offset), until in zip(text.runs, ends, strict=False):
        if line is None or not text.string[at:until].strip():
            continue
        broken = "-" if former is not line and former.text[stopped:] == "-" else ""
        former, stopped = line, offset + until - at
        start, end = line.start + offset, line.start + stopped
        new = Piece(line.page, start, end, line.box_of(offset, stopped), text.string[at:until], line.confidence)
        last = found[-1] if found else None
        if last is not None and last.page == new.page and 0 <= start - last.end <= TOUCHING:
            quote = last.quote + (broken if start - last.end == TOUCHING else "") + (" " if start > last.end else "") + new.quote
            new = Piece(line.page, last.start, end, union(last.box_pt, new.box_pt), quote, least(last.confidence, new.confidence))
            found.pop()
        found.append(new)
    assert text.pieces() == found


@given(st.lists(st.tuples(st.sampled_from(CLAUSE_KINDS), MARKERS, st.integers(0, 9)), max_size=40))
def test_names_tell_who_stands_around(sketches: list[tuple[str, str, int]]) -> None:
    named = name_clauses(sketches)
    eids_ = [eid for eid, _ in named]
    assert len(set(eids_)) == len(eids_)
    for at, ((eid, parent), place) in enumerate(zip(named, places(sketches), strict=True)):
        assert parent is None or (eid.startswith(f"{parent}__") and parent in eids_[:at])
        assert place.context is None or eids_[place.context] == parent


def test_every_field_of_the_model_is_known_here() -> None:
    """A field that is added to the model must be written and read too: then this list and both halves grow together."""
    known = {
        Document: "work outline relations findings run name media_type size time_zone country agency_name series_name starts bindings base master complete",
        Outline: "item heading clauses furniture findings pages first_page",
        Heading: "agency series number title dates fields number_evidence title_evidence",
        Clause: "eid kind depth text heading marker parent term rows wid put_by",
        Relation: "item kind affecting affected evidence scope effect edit condition certainty status source candidates standing",
        End: "mention work eid version_on series number title dated own external subject among path",
        Edit: "find replace count position text occurrence marker clauses excepted",
        Evidence: "item page box_pt quote start end rule at",
    }
    for value, names in known.items():
        assert [field.name for field in fields(value)] == names.split()


def manual(size: int) -> Document:
    sheet = Sheets()
    words = "Hand in the log within 24 hours."
    rows = [("item", f"{number % 40 + 1}.", 1 + number % 3, Text(), sheet.text(words)) for number in range(size)]
    return with_clauses(outlined([("heading", "", 0, sheet.text("LOGS"), Text()), *rows]))


def test_five_thousand_clauses() -> None:
    document = manual(5000)
    data = write(document)
    assert validate(data) == []
    assert same(read(data), document)


@pytest.mark.long
def test_a_whole_manual_is_written_and_read_back() -> None:
    """Twenty thousand clauses, written, held against both XSDs and read again."""
    document = manual(20_000)
    assert same(read(write(document)), document)
