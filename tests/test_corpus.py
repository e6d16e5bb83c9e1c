"""The corpus keeps its promises: it rebuilds to the same bytes, it is whole, and its gold stands in its texts."""

from __future__ import annotations

import datetime
import importlib.util
import json
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdfium2
import pytest

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SLUGS = sorted(path.stem for path in (CORPUS / "sources").glob("*.toml"))
KINDS = {
    "substitutes", "amends", "supersedes", "rescinds", "suspends", "resumes", "expires", "confirms", "supplements", "cites",
}  # fmt: skip


def program() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_pdfs", CORPUS / "sources" / "make_pdfs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its module up by name
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return program().build()


def gold(slug: str) -> dict[str, Any]:
    return json.loads((CORPUS / "gold" / f"{slug}.json").read_text(encoding="utf-8"))


def answers() -> list[dict[str, Any]]:
    return gold("answers")["answers"]


def packed(text: str) -> str:
    """The text without blanks."""
    return re.sub(r"\s+", "", text)


def text_of(slug: str) -> str:
    return packed((CORPUS / "orders" / f"{slug}.txt").read_text(encoding="utf-8"))


def words_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_the_corpus_is_of_the_promised_size() -> None:
    assert len(SLUGS) >= 16
    assert sum(path.stat().st_size for path in (CORPUS / "orders").iterdir()) < 1_500_000


def test_every_document_has_its_files() -> None:
    names = {path.name for path in (CORPUS / "orders").iterdir()}
    assert names == {f"{slug}{ending}" for slug in SLUGS for ending in (".pdf", ".txt")}
    assert {path.stem for path in (CORPUS / "gold").glob("*.json")} == {*SLUGS, "answers"}
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert [slug for slug in SLUGS if f"| `{slug}` |" not in readme] == []


def test_a_rebuild_gives_the_same_texts(made: dict[str, bytes]) -> None:
    differing = [name for name, data in made.items() if name.endswith(".txt") and (CORPUS / "orders" / name).read_bytes() != data]
    assert differing == []


def test_a_rebuild_gives_the_same_pdfs(made: dict[str, bytes]) -> None:
    """The same bytes; another version of reportlab may write other bytes, and then the pages must at least say the same words."""
    differing = [name for name, data in made.items() if name.endswith(".pdf") and (CORPUS / "orders" / name).read_bytes() != data]
    if len(differing) == len(SLUGS):
        differing = [name for name in differing if words_of(made[name]) != words_of((CORPUS / "orders" / name).read_bytes())]
    assert differing == []


def test_two_builds_are_equal(made: dict[str, bytes]) -> None:
    assert program().build() == made


@pytest.mark.parametrize("slug", SLUGS)
def test_the_words_of_the_gold_stand_in_the_text(slug: str) -> None:
    text, read = text_of(slug), gold(slug)
    quotes = [relation["quote"] for relation in read["relations"]] + [date["raw"] for date in read["dates"]]
    quotes += [mark.get("as_read", mark["text"]) for mark in read["furniture"] if mark["kind"] not in ("head", "letterhead")]
    assert [quote for quote in quotes if packed(quote) not in text] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_the_clauses_of_the_gold_stand_in_the_text_in_their_order(slug: str) -> None:
    text, at = text_of(slug), 0
    for section in gold(slug)["sections"]:
        starts = [clause.get("marker", "") + clause["starts"] for clause in section["clauses"]]
        for words in ([section["heading"]] if section["heading"] else []) + starts:
            found = text.find(packed(words), at)
            assert found >= 0, f"'{words}' does not follow what stands before it"
            at = found + len(packed(words))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_gold_names_every_clause(slug: str) -> None:
    """As many headings and other clauses as the source has blocks, so that none is left out of the gold."""
    source = tomllib.loads((CORPUS / "sources" / f"{slug}.toml").read_text(encoding="utf-8"))
    blocks = program().blocks(source["body"])
    sections = gold(slug)["sections"]
    assert [block.words for block in blocks if block.kind == "heading"] == [s["heading"] for s in sections if s["heading"]]
    assert sum(block.kind != "heading" for block in blocks) == sum(len(section["clauses"]) for section in sections)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_gold_is_well_formed(slug: str) -> None:
    read = gold(slug)
    assert read["work"]["agency"] == "lbpd"
    assert read["work"]["series"] in ("Special Order", "Manual Section", "Training Bulletin")
    pages = len(words_of((CORPUS / "orders" / f"{slug}.pdf").read_bytes()))
    for fact in read["dates"] + read["relations"]:
        assert 1 <= fact["page"] <= pages
    for date in read["dates"]:
        for value in (date["on"], date.get("earliest"), date.get("latest")):
            assert value is None or datetime.date.fromisoformat(value).year <= 2021
    assert {relation["kind"] for relation in read["relations"]} <= KINDS


@pytest.mark.parametrize("slug", SLUGS)
def test_the_pages_of_the_pdf_hold_the_words_of_the_gold(slug: str) -> None:
    """Each quote and raw date of a page stands on it, unless a stamp lies across the page and breaks the reading order."""
    read, pages = gold(slug), [packed(page) for page in words_of((CORPUS / "orders" / f"{slug}.pdf").read_bytes())]
    if any(mark["kind"] == "stamp" for mark in read["furniture"]):
        pytest.skip("a stamp lies across the text")
    facts = [(date["raw"], date["page"]) for date in read["dates"]]
    facts += [(relation["quote"], relation["page"]) for relation in read["relations"]]
    assert [words for words, page in facts if packed(words).lower() not in pages[page - 1].lower()] == []


def test_the_founding_order_is_as_promised() -> None:
    pages = words_of((CORPUS / "orders" / "social-media-2019.pdf").read_bytes())
    assert len(pages) == 4
    raw = (CORPUS / "orders" / "social-media-2019.txt").read_text(encoding="utf-8")
    assert raw.splitlines()[0] == "Loading..."
    assert len(raw.splitlines()) == 2
    assert raw.count("RESCINDED by 3.51 on 7-22-21") == 4
    assert raw.count("allRESCINDED") == 1
    assert raw.count("SPECIAL ORDER -SOCIAL MEDIA May 17, 2019 Page") == 3


def test_the_answers_cover_every_document() -> None:
    every = answers()
    assert len(every) >= 60
    for slug in SLUGS:
        assert len({answer["on"] for answer in every if answer["work"] == slug}) >= 3, slug
    asked = [(answer["ask"], answer["on"]) for answer in every]
    assert len(asked) == len(set(asked))


def test_the_answers_are_well_formed() -> None:
    fields = {
        "ask", "work", "on", "status", "ground", "change_day", "valid_from", "valid_to", "operative", "complete", "text_has", "text_lacks",
        "because",
    }  # fmt: skip
    for answer in answers():
        assert set(answer) <= fields
        assert answer["work"] is None or answer["work"] in SLUGS
        assert answer["status"] in ("in-force", "not-in-force", "not-provable")
        assert answer["because"].endswith(".")
        on = datetime.date.fromisoformat(answer["on"])
        assert "valid_from" not in answer or datetime.date.fromisoformat(answer["valid_from"]) <= on
        assert "valid_to" not in answer or on < datetime.date.fromisoformat(answer["valid_to"])
        if "valid_from" in answer or "valid_to" in answer or "operative" in answer:
            assert answer["status"] == "in-force"
