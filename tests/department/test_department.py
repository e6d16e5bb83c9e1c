"""A department of a style not met before, in ten papers: read by ``generic``, then by its own TOML and no code, and asked by date."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lineage import profiles
from lineage.errors import LineageError
from lineage.library import Library
from tests.department.papers import PAPERS, write
from tests.orders.scoring import FIELDS, Score, score

HERE = Path(__file__).parent
PROFILE = str(HERE / "department.toml")
GOLD = [{**tomllib.loads(path.read_text(encoding="utf-8")), "gold": path} for path in sorted((HERE / "gold").glob("*.toml"))]
ANSWERS = tomllib.loads((HERE / "answers.toml").read_text(encoding="utf-8"))["answer"]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The ten papers, drawn."""
    return write(tmp_path_factory.mktemp("papers"))


def test_each_paper_has_its_gold() -> None:
    assert sorted(gold["file"] for gold in GOLD) == sorted(PAPERS)


def test_any_agencys_profile_reads_nine_fields_of_ten(papers: dict[str, Path]) -> None:
    results = [score({**gold, "profile": "generic"}, papers[gold["file"]]) for gold in GOLD]
    assert share(results, FIELDS) >= 0.9, said(results)
    assert share(results, ("section", "depth")) >= 0.9, said(results)


def test_a_profile_and_no_code_reads_all_but_one_in_a_hundred(papers: dict[str, Path]) -> None:
    results = [score({**gold, "profile": PROFILE}, papers[gold["file"]]) for gold in GOLD]
    assert share(results, FIELDS) >= 0.99, said(results)
    assert share(results, (*FIELDS, "section", "depth")) >= 0.99, said(results)
    assert not sum((r.invented for r in results), Counter[str]()), said(results)


@pytest.mark.parametrize("backwards", [False, True], ids=["in-order", "backwards"])
def test_the_library_of_the_ten_answers_by_date(papers: dict[str, Path], backwards: bool, tmp_path: Path) -> None:
    paths = sorted(papers.values(), reverse=backwards)
    with Library.open(tmp_path / "library") as library:
        assert {outcome.status for outcome in library.ingest(paths, PROFILE)} == {"added"}
        assert not [fault for answer in ANSWERS for fault in wrong(library, answer)]
        assert library.check() == []


def test_the_profile_has_no_fault() -> None:
    assert profiles.check(PROFILE) == []


def wrong(library: Library, expected: dict[str, Any]) -> list[str]:
    """Where the answer is another than the one written by hand."""
    on: date = expected["on"]
    try:
        shown = library.show(expected["ask"], on)
    except LineageError as error:
        return [f"{expected['ask']} on {on}: {error.message}"]
    ruling = shown.ruling
    got = {"status": ruling.status, "ground": ruling.ground, "change_day": ruling.change_day, "complete": ruling.complete}
    got |= {"valid_from": str(ruling.valid_from), "valid_to": str(ruling.valid_to)}
    found = [f"{expected['ask']} on {on}: {key} is {got[key]}, not {expected[key]}" for key in got if key in expected and got[key] != expected[key]]
    if expected.get("text_has", "") not in (shown.text or ""):
        found.append(f"{expected['ask']} on {on}: {expected['text_has']!r} is not in its text")
    return found


def share(results: list[Score], kinds: tuple[str, ...]) -> float:
    """The share of the gold's values of these kinds that are read right."""
    right, missed = (sum(getattr(r, side)[kind] for r in results for kind in kinds) for side in ("right", "missed"))
    return right / (right + missed)


def said(results: list[Score]) -> str:
    return "".join(f"\n{r.file}: {line}" for r in results for line in r.said)
