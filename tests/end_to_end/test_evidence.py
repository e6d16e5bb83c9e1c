"""Every quote of every piece of evidence stands in the source, on its page, at its place and in its box. All of them, not a sample."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from lineage import documents
from lineage.library import Library
from lineage.pipeline import read
from tests.shares import a_share

from .conftest import Held
from .evidence import faults, wrong
from .made import ORDERS


def test_of_the_corpus(both: Held) -> None:
    count, found = faults(both.library)
    assert count > 500
    assert found == []


def test_the_test_sees_a_quote_that_is_not_there(both: Held) -> None:
    reading = read(ORDERS / "social-media-2019.pdf")
    good = reading.relations[0].evidence[0]
    assert wrong(good, reading.item) == ""
    assert good.box_pt is not None
    x0, y0, x1, y1 = good.box_pt
    for bad in (
        structs.replace(good, quote=good.quote + " never"),
        structs.replace(good, start=good.start + 1),
        structs.replace(good, page=good.page + 1),
        structs.replace(good, page=99),
        structs.replace(good, box_pt=(x0, y0 + 200, x1, y1 + 200)),
        structs.replace(good, box_pt=None),
    ):
        assert wrong(bad, reading.item) != ""


@pytest.mark.parametrize("path", sorted(ORDERS.iterdir()), ids=lambda path: path.name)
def test_no_word_of_the_rule_is_lost(path: Path) -> None:
    """From the first clause on every word is in a clause, or set aside as furniture."""
    reading = read(path)
    outline = reading.outline
    first = outline.clauses[0]
    for page in reading.item.pages:
        kept = bytearray(len(page.text))
        texts = [t for c in outline.clauses for t in (c.marker, c.heading, c.text, *(cell for row in c.rows for cell in row))]
        texts += [value for _, value in outline.heading.fields]
        spans = [(p.page, p.start, p.end) for t in texts for p in t.pieces()]
        evidence = [e for f in outline.furniture for e in f.evidence] + [e for d in outline.heading.dates for e in d.evidence]
        spans += [(e.page, e.start, e.end) for e in evidence]
        for at, start, end in spans:
            if at == page.number or len(reading.item.pages) == 1:
                kept[start:end] = b"\1" * (end - start)
        begins = min((p.start for t in (first.marker, first.heading, first.text) for p in t.pieces()), default=0) if page.number == first.page else 0
        lost = "".join(mark if not seen else "|" for mark, seen in zip(page.text[begins:], kept[begins:], strict=True))
        assert [words for words in lost.split("|") if any(c.isalnum() for c in words)] == []


@pytest.mark.parametrize("name", a_share(["both", "pdfs", "texts"], 3))
def test_every_document_is_valid_and_every_library_sound(name: str, request: pytest.FixtureRequest) -> None:
    library = request.getfixturevalue(name).library
    for row in library.store.items():
        assert documents.check(library.store.document(row.sha256)) == [], row.name
    assert library.check() == []


def test_an_export_read_again_is_the_same_document(pdfs: Held) -> None:
    library = pdfs.library
    for work in library.store.works():
        if not work.held:
            continue
        document = library.document(work.id)
        again = documents.read(documents.write(document))
        assert documents.write(again) == documents.write(document)
        assert documents.check(documents.write(document)) == []
        stored = documents.read(library.store.document(document.outline.item))
        assert again.outline.heading.title == stored.outline.heading.title
        assert [(c.eid, c.text.string) for c in again.outline.clauses] == [(c.eid, c.text.string) for c in stored.outline.clauses]
        assert {r.id for r in again.relations} == {r.id for r in stored.relations}


def real(folder: Path, tmp_path: Path, files: list[Path], least: int) -> None:
    with Library.open(tmp_path / "library") as library:
        done = library.ingest(files)
        for outcome in done:
            # Every file is read, or refused with its reason.
            assert outcome.status == "added" or (outcome.code and outcome.hint and (outcome.message or "").endswith(".")), outcome
            assert outcome.status == "refused" or library.store.clauses(outcome.sha256 or ""), outcome
        count, found = faults(library)
        assert count >= least
        assert found == []
        for row in library.store.items():
            if row.pages < 100:  # the checks of a whole manual have a test of their own
                assert documents.check(library.store.document(row.sha256)) == [], row.name
        assert library.store.check() == []


@pytest.mark.shared
def test_of_the_founding_order(shared: Path, tmp_path: Path) -> None:
    real(shared, tmp_path, sorted((shared / "seed").glob("*.txt")), 10)


@pytest.mark.shared
@pytest.mark.parametrize("some", [10, pytest.param(40, marks=pytest.mark.long)])
def test_of_chicago(shared: Path, tmp_path: Path, some: int) -> None:
    html, pdf = sorted((shared / "cpd" / "html").glob("*.html")), sorted((shared / "cpd" / "pdf").glob("*.pdf"))
    real(shared, tmp_path, html[:: len(html) // some][:some] + pdf[:: 4 * len(pdf) // some][: some // 4], 25 * some)


def orders(shared: Path) -> list[Path]:
    return [path for path in sorted((shared / "orders").rglob("*.pdf")) if "manual" not in path.parent.name]


@pytest.mark.shared
def test_of_some_real_orders(shared: Path, tmp_path: Path) -> None:
    with_text = [path for path in orders(shared) if "scan" not in path.parent.name]
    real(shared, tmp_path, with_text[::5], 50)


@pytest.mark.long
@pytest.mark.shared
def test_of_real_orders(shared: Path, tmp_path: Path) -> None:
    real(shared, tmp_path, orders(shared), 300)


@pytest.mark.long
@pytest.mark.shared
def test_of_a_whole_manual(shared: Path, tmp_path: Path) -> None:
    real(shared, tmp_path, sorted((shared / "orders").glob("*manual*/*.pdf")), 1000)


@pytest.mark.long
@pytest.mark.shared
def test_a_whole_manual_is_valid(shared: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.ingest(sorted((shared / "orders").glob("*manual*/*.pdf")))
        assert library.check() == []
