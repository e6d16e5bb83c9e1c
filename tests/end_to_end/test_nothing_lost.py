"""Nothing is deleted: every line of a paper stands in a clause, in a field of the heading, or among what is set aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from lineage import pipeline
from lineage.errors import RefusedError
from lineage.rendering.overlay import seen

ORDERS = sorted((Path(__file__).resolve().parents[2] / "corpus" / "orders").iterdir())


def lost(path: Path) -> list[str]:
    """The lines of a file that are in nothing that was read."""
    reading = pipeline.read(path)
    rules = [(rule.outline, rule.relations, rule.findings) for rule in reading.rules]
    marks = seen(reading.item, reading.outline, reading.relations, reading.findings, rules)
    pages = {page.number: page.text for page in reading.item.pages}
    return [f"page {mark.page}: {pages[mark.page][mark.start : mark.end]}" for mark in marks if mark.layer == "missed"]


@pytest.mark.parametrize("path", ORDERS, ids=lambda path: path.name)
def test_no_line_of_the_corpus_is_lost(path: Path) -> None:
    assert lost(path) == []


@pytest.mark.shared
@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.long)])
def test_no_line_of_a_real_order_is_lost(shared: Path, every: int) -> None:
    found: dict[str, list[str]] = {}
    refused: set[str] = set()
    paths = [path for path in sorted((shared / "orders").rglob("*.pdf")) if "manual" not in path.name]  # a manual has a test of its own
    for path in paths if every == 1 else [path for path in paths if "scan" not in path.parent.name][::every]:
        try:
            found[path.name] = lost(path)
        except RefusedError as error:
            refused.add(error.code)
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert refused <= {"pages.needs-ocr"}


@pytest.mark.shared
@pytest.mark.long
def test_no_line_of_a_real_manual_is_lost(shared: Path) -> None:
    assert lost(next((shared / "orders").rglob("*manual*.pdf"))) == []
