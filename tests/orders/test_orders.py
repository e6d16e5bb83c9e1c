"""The gold of the real orders is whole, and what is read of them can be counted against it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from lineage.model.clause import DATE_ROLES

from . import scoring
from .scoring import ACTS, DATE_KINDS, FIELDS, Json, Score, aligned, bare, contents, golds, norm, score, totals

GOLDS = golds()
IDS = [gold["file"] for gold in GOLDS]
KEYS = {
    "file", "pages", "number", "numbers_also", "directive", "title", "series", "department", "note", "profile", "quoted_markers", "open_relations", "dates", "amends", "rescinds",
    "listing", "section_pages", "sections", "gold",
}  # fmt: skip
LONG = 100  # pages from which reading takes too long for every run


@pytest.mark.parametrize("gold", GOLDS, ids=IDS)
def test_the_gold_is_well_formed(gold: Json) -> None:
    assert set(gold) <= KEYS
    assert gold["gold"].with_suffix("").name == Path(gold["file"]).stem
    assert gold["gold"].parent.name == Path(gold["file"]).parent.name
    for d in gold["dates"]:
        assert {d["role"], *d.get("also", ())} <= {*DATE_ROLES, "other"}, d
        assert d["where"] in DATE_KINDS
        assert d["raw"]
        for key in {"on", "earliest", "latest"} & set(d):
            date.fromisoformat(d[key])
        assert ("on" in d) != ("latest" in d), d
        assert all(1 <= page <= gold["pages"] for page in d["pages"])
        assert d["pages"]
    for entry in [*gold["amends"], *gold["rescinds"]]:
        assert set(entry) <= {"number", "version_on", "raw"}
        assert entry["number"] or entry["version_on"]
        date.fromisoformat(entry.get("version_on", "2000-01-01"))


@pytest.mark.parametrize("gold", GOLDS, ids=IDS)
def test_the_sections_of_the_gold_are_in_order(gold: Json) -> None:
    pages = [page for page, _, _, _ in gold["sections"]]
    assert pages == sorted(pages)
    assert all(1 <= page <= gold["pages"] for page in pages)
    depths = [depth for _, depth, _, _ in gold["sections"]]
    # A section stands at most one step deeper than the one before it.
    assert all(b <= a + 1 for a, b in zip([-1, *depths], depths, strict=False))
    assert all(bare(marker) and len(words.split()) <= 4 for _, _, marker, words in gold["sections"])


def test_the_gold_of_a_version_agrees_with_its_words() -> None:
    for gold in GOLDS:
        for entry in [*gold["amends"], *gold["rescinds"]]:
            day = re.search(r"(\d\d)/(\d\d)/(\d\d)(\d\d)?$", entry["raw"])
            assert bool(day) == ("version_on" in entry), entry
            if day:
                year = entry["version_on"][:4]
                assert entry["version_on"][5:] == f"{day[1]}-{day[2]}"
                assert year.endswith(day[4] or day[3])


@pytest.mark.shared
def test_every_order_has_gold_and_every_gold_an_order(shared: Path) -> None:
    papers = {path.relative_to(shared / "orders").as_posix() for path in (shared / "orders").rglob("*.pdf")}
    assert {gold["file"] for gold in GOLDS} == papers


SHORT = [g for g in GOLDS if g["pages"] < LONG]


@pytest.mark.shared
@pytest.mark.parametrize("gold", SHORT, ids=[g["file"] for g in SHORT])
def test_every_field_of_every_order_is_read(gold: Json, shared: Path) -> None:
    """All fields of each; a scan may be refused where the extra that reads scans is not installed."""
    result = score(gold, shared / "orders" / gold["file"])
    if result.trouble == "pages.needs-ocr":
        return
    assert {kind: result.missed[kind] for kind in FIELDS if result.missed[kind]} == {}, result.said
    assert {kind: result.invented[kind] for kind in FIELDS if result.invented[kind]} == {}, result.said
    sections = result.right["section"] + result.missed["section"]
    assert result.right["section"] >= 0.85 * sections, result.said


@pytest.mark.long
@pytest.mark.shared
@pytest.mark.parametrize("gold", [g for g in GOLDS if g["pages"] >= LONG], ids=[g["file"] for g in GOLDS if g["pages"] >= LONG])
def test_every_rule_of_a_manual_is_read(gold: Json, shared: Path) -> None:
    result = score(gold, shared / "orders" / gold["file"])
    wanted = sum(e["kind"] == "policy" for e in contents(gold))
    assert result.right["contents"] >= 0.99 * wanted, result.said
    assert result.right["section"] >= 0.98 * (result.right["section"] + result.missed["section"]), result.said


def test_the_counting_tells_right_missed_and_invented(monkeypatch: pytest.MonkeyPatch) -> None:
    day = {"role": "issued", "on": "2020-01-01", "earliest": None, "latest": None, "raw": "January 1, 2020", "page": 1}
    clause = {"marker": "A.", "heading": None, "text": "To begin with", "page": 1, "around": 1}
    gone = {"kind": "rescinds", "affected": {"mention": "G-1, issued 01/01/19", "version_on": "2019-01-01"}, "evidence": []}
    got = {
        "work": {"number": "G-2", "title": "Bicycles"},
        "dates": [day, {**day, "role": "effective"}],
        "clauses": [clause, {**clause, "marker": "(o)"}, {**clause, "marker": "•"}, {**clause, "marker": "o"}],
        "relations": [gone, {**gone, "affected": {"mention": "G-7", "version_on": None}}],
    }
    monkeypatch.setattr(scoring, "read", lambda *_: got)
    wanted = {"role": "issued", "on": "2020-01-01", "raw": "January 1, 2020", "pages": [1], "where": "page"}
    gold = {
        "file": "made", "number": "G 2", "title": "BICYCLES", "gold": Path("nowhere/made.toml"),
        "dates": [wanted, {**wanted, "role": "revised", "on": "2021-01-01", "where": "form"}],
        "amends": [], "rescinds": [{"number": "G-1", "version_on": "2019-01-01", "raw": "G-1, issued 01/01/19"}],
        "sections": [[1, 0, "A.", "To begin with"], [1, 0, "C.", "Last"]],
    }  # fmt: skip
    result = score(gold, Path("made.pdf"))
    assert dict(result.right) == {"number": 1, "title": 1, "date": 1, "rescinds": 1, "section": 1}
    assert dict(result.missed) == {"date in a form": 1, "section": 1, "depth": 1}
    assert dict(result.invented) == {"date": 1, "rescinds": 1, "section": 1}
    assert len(result.said) == sum(result.missed.values()) + sum(result.invented.values())
    assert any(row.startswith("all fields ") for row in totals([result, Score("other")]))


def test_alignment_keeps_the_order() -> None:
    assert aligned("abcd", "xbd", lambda a, b: a == b) == [(1, 1), (3, 2)]
    assert aligned("ab", "ba", lambda a, b: a == b) in ([(0, 1)], [(1, 0)])
    assert norm("Bias – Based") == "biasbased"
    assert set(ACTS) < set(FIELDS)


def test_the_manual_has_its_contents() -> None:
    for gold in GOLDS:
        entries = contents(gold)
        numbers = [e["number"] for e in entries if e["kind"] == "policy"]
        assert all(1 <= e["page"] <= gold["pages"] for e in entries if e["page"])
        assert not entries or (len(numbers), sorted({n for n in numbers if numbers.count(n) > 1})) == (164, ["1002", "425"])
