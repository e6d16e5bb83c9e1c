"""Items, documents, works and relations: what goes in comes out."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from lineage import store
from lineage.errors import StoreError
from lineage.model import Clause, Line, Text
from lineage.store.shaping import _place
from tests.kept import originals, spoil

from . import samples as s


def test_an_item_comes_back_with_its_bytes_and_its_document(library: store.Store) -> None:
    with library.transaction() as writing:
        s.ingest(writing, "media", "First.", "Second.", number="3.49")
        moment = writing.moment
    sha = s.sha("media")
    assert library.holds(sha)
    assert not library.holds("0" * 64)
    assert library.items() == [store.ItemRow(sha, "media.pdf", "application/pdf", len(s.bytes_of("media")), 1, "", moment)]
    assert library.items(as_known=library.created_at) == []
    assert library.data(sha) == s.bytes_of("media")
    assert library.document(sha) == s.XML
    assert library.run(sha) == s.RUN
    assert [(c.eid, c.text) for c in library.clauses(sha)] == [("sec_1", "First."), ("sec_2", "Second.")]
    assert library.dates(sha) == list(s.document("media").outline.heading.dates)
    assert library.relations(item=sha) == [s.relation("media")]
    assert library.findings(item=sha) == [s.finding("media")]
    assert originals(library.location) == {sha: s.bytes_of("media")}
    assert library.check() == []


def test_a_clause_comes_back_with_all_its_parts(library: store.Store) -> None:
    broken = Text.of(Line("conform to all", 3, 10, 1, box_pt=(1.5, 2.0, 3.0, 4.0))) + Text.of(Line("policies — “§ 6”", 4, 0, 0))
    cells = ((s.text("Rank"), s.text("Days")), (s.text("Officer"), Text()))
    clauses = (
        Clause("sec_1", "definition", 0, broken, s.text("Heading", 3), s.text("A.", 3), None, "conform"),
        Clause("sec_1__table_1", "table", 1, parent="sec_1", rows=cells),
    )
    document = s.document("media")
    with library.transaction() as writing:
        writing.add_item(s.item("media"), s.bytes_of("media"))
        writing.add_document(replace(document, outline=replace(document.outline, clauses=clauses)), b"<a/>", s.AGENCY)
    first, second = library.clauses(s.sha("media"))
    assert (first.marker, first.heading, first.text, first.term) == ("A.", "Heading", broken.string, "conform")
    assert (first.page, first.box_pt) == (clauses[0].page, clauses[0].box_pt)
    assert (second.kind, second.parent, second.depth, second.box_pt) == ("table", "sec_1", 1, None)
    assert second.cells == (("Rank", "Days"), ("Officer", ""))
    assert library.pieces(s.sha("media")) == {"sec_1": tuple(broken.pieces()), "sec_1__table_1": ()}
    assert [hit.text for hit in library.search("officer rank")] == ["Rank Days Officer "]


@pytest.mark.parametrize("pages", [(1, 1, 1), (2, 3, 3), (3, 2, 4), (1, 2, 2)])
def test_the_place_of_a_clause_is_that_of_the_model(pages: tuple[int, int, int]) -> None:
    marker, heading, body = (s.text(words, page, 7 * page) for words, page in zip(("A.", "Scope", "All members."), pages, strict=True))
    for clause in (Clause("a", "item", 0, body, heading, marker), Clause("a", "item", 0, body), Clause("a", "item", 0)):
        assert _place(clause) == (clause.page, clause.box_pt, clause.text.pieces())


def fail(library: store.Store) -> None:
    """A transaction that keeps a paper, and then goes wrong."""
    with library.transaction() as writing:
        if not writing.holds(s.sha("media")):
            s.ingest(writing, "media")
        writing.add_item(s.item("media"), s.bytes_of("media"))
        assert writing.holds(s.sha("media"))
        raise ZeroDivisionError


def test_after_an_exception_nothing_is_kept(library: store.Store) -> None:
    with pytest.raises(ZeroDivisionError):
        fail(library)
    assert not library.holds(s.sha("media"))
    assert originals(library.location) == {}
    assert library.history_moments() == []
    assert library.check() == []
    with library.transaction() as writing:
        s.ingest(writing, "media")
    assert library.data(s.sha("media")) == s.bytes_of("media")


def test_bytes_that_were_there_before_survive_an_exception(library: store.Store) -> None:
    with library.transaction() as writing:
        s.ingest(writing, "media")
    with pytest.raises(ZeroDivisionError):
        fail(library)
    assert library.data(s.sha("media")) == s.bytes_of("media")


def test_bytes_with_another_hash_are_refused(library: store.Store) -> None:
    with pytest.raises(StoreError) as error, library.transaction() as writing:
        writing.add_item(s.item("media"), b"others")
    assert error.value.code == "store.bytes"
    assert library.items() == []


def test_a_document_without_its_item_or_a_second_one_is_refused(library: store.Store) -> None:
    with pytest.raises(StoreError) as error, library.transaction() as writing:
        writing.add_document(s.document("media"), b"<a/>", s.AGENCY)
    assert error.value.code == "store.unknown-item"
    with library.transaction() as writing:
        s.ingest(writing, "media")
    with pytest.raises(StoreError) as error, library.transaction() as writing:
        writing.add_document(s.document("media"), b"<a/>", s.AGENCY)
    assert error.value.code == "store.held"


@pytest.mark.parametrize("question", ["data", "document", "run"])
def test_an_item_that_is_not_held_is_named(library: store.Store, question: str) -> None:
    with pytest.raises(StoreError) as error:
        getattr(library, question)("0" * 64)
    assert error.value.code == "store.unknown-item"
    assert "0" * 64 in error.value.message
    assert error.value.hint


def test_changed_and_missing_bytes_are_not_given_out(library: store.Store) -> None:
    with library.transaction() as writing:
        s.ingest(writing, "media")
    spoil(library.location, s.sha("media"), b"other")
    with pytest.raises(StoreError, match="have changed"):
        library.data(s.sha("media"))
    spoil(library.location, s.sha("media"), None)
    with pytest.raises(StoreError, match="are missing"):
        library.data(s.sha("media"))


def test_the_catalogue_is_found_by_bare_number_and_title(library: store.Store) -> None:
    works = [
        s.work("a", "§ 3.48"),
        s.work("b", "3.48.1"),
        s.work("Social  Media"),
        replace(s.work("c", "3 .48"), id="lbpd/section/3.48/2", holder=2, held=False),
        replace(s.work("d", "3.48"), agency="cpd"),
    ]
    with library.transaction() as writing:
        for work in works:
            writing.set_work(work)
        writing.add_item(s.item("a"), s.bytes_of("a"))
        writing.set_expression(s.expression("a"))
    whole = library.catalogue("lbpd")
    assert set(whole.works) == set(works[:4])
    found = library.catalogue("lbpd", numbers=["3.48"], titles=["social media"])
    assert set(found.works) == {works[0], works[2], works[3]}
    assert {work.holder for work in found.by_number["lbpd", "3.48"]} == {1, 2}
    assert found.by_title["lbpd", "social media"] == [works[2]]
    assert [e.item for e in found.by_work[works[0].id]] == [s.sha("a")]
    assert library.catalogue("lbpd", numbers=[]).works == ()
    assert library.catalogue("cpd", numbers=["3.48"]).expressions == ()


def test_relations_are_found_by_either_end(library: store.Store) -> None:
    with library.transaction() as writing:
        for name, number in (("one", "§ 3.48"), ("two", "3.48.1")):
            writing.add_item(s.item(name), s.bytes_of(name))
            relation = s.relation(name, number, work=f"lbpd/section/{number}/1")
            writing.add_document(s.document(name, relations=(relation,)), b"<a/>", s.AGENCY)
    assert [r.item for r in library.relations(numbers=["3.48"])] == [s.sha("one")]
    assert [r.item for r in library.relations(works=["lbpd/special-order/two/1"])] == [s.sha("two")]
    assert [r.item for r in library.relations(works=["lbpd/section/3.48.1/1", "lbpd/special-order/two/1"])] == [s.sha("two")]
    assert library.relations(works=["lbpd/special-order/two/1"], numbers=["3.48"]) == []
    assert library.relations(agency="cpd") == []
    assert [r.item for r in library.waiting("lbpd", [], ["two"])] == [s.sha("two")]
    assert {r.item for r in library.waiting("lbpd", ["3.48"], ["two"])} == {s.sha("one"), s.sha("two")}
    assert library.waiting("cpd", ["3.48"], ["two"]) == []


def test_a_question_about_very_many_names_is_answered(library: store.Store) -> None:
    with library.transaction() as writing:
        writing.set_work(s.work("a", "3.48"))
    numbers = [f"{at}.1" for at in range(40_000)] + ["3.48"]
    assert len(library.catalogue("lbpd", numbers=numbers).works) == 1
    assert len(library.works(ids=[*numbers, s.work("a").id])) == 1


def test_two_relations_of_one_name_leave_a_finding(library: store.Store) -> None:
    one = s.relation("media")
    other = replace(one, scope="part")
    with library.transaction() as writing:
        writing.add_item(s.item("media"), s.bytes_of("media"))
        writing.add_document(s.document("media", relations=(one, one, other), findings=()), b"<a/>", s.AGENCY)
    assert library.relations() == [one]
    assert [f.code for f in library.findings()] == ["store.relation-twice"]


def test_series_count_the_works_held(library: store.Store) -> None:
    with library.transaction() as writing:
        s.ingest(writing, "one")
        s.ingest(writing, "two")
        writing.set_expression(s.expression("two", date(2021, 3, 1)))
        writing.set_work(s.work("mentioned", held=False))
        writing.set_work(s.work("undated", series="manual-section"))
    assert library.series() == [
        store.SeriesRow("lbpd", "manual-section", 1, None, None),
        store.SeriesRow("lbpd", "special-order", 2, date(2019, 5, 17), date(2021, 3, 1)),
    ]


def test_a_text_with_half_a_character_is_refused_in_words(library: store.Store) -> None:
    with pytest.raises(StoreError) as error, library.transaction() as writing:
        writing.set_work(s.work("half \ud83d"))
    assert error.value.code == "store.text"
