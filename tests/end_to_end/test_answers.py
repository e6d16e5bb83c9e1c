"""The answers of the gold, asked of the whole line; and that the order of ingest does not matter."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lineage.library import Library

from .conftest import Held
from .made import CORPUS, ORDERS, first_difference, lives

GOLD = json.loads((CORPUS / "gold" / "answers.json").read_text(encoding="utf-8"))["answers"]


@pytest.mark.parametrize("answer", GOLD, ids=lambda a: f"{a['ask']} on {a['on']}")
def test_the_answer_from_the_pdfs(answer: dict[str, Any], pdfs: Held) -> None:
    assert wrong(answer, pdfs) == []


@pytest.mark.parametrize("answer", GOLD, ids=lambda a: f"{a['ask']} on {a['on']}")
def test_the_answer_from_the_texts(answer: dict[str, Any], texts: Held) -> None:
    assert wrong(answer, texts) == []


@pytest.mark.parametrize("answer", GOLD, ids=lambda a: f"{a['ask']} on {a['on']}")
def test_the_answer_from_both_copies(answer: dict[str, Any], both: Held) -> None:
    """A second copy of the same paper changes no answer."""
    assert wrong(answer, both) == []


@pytest.mark.parametrize("ending", ["pdf", "txt"])
def test_the_last_paper_first_gives_the_same_library(ending: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    held: Held = request.getfixturevalue("pdfs" if ending == "pdf" else "texts")
    files = sorted(ORDERS.glob(f"*.{ending}"), reverse=ending == "pdf")
    assert first_difference(lives(held.library), made(files, tmp_path)) == ""


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("ending", ["pdf", "txt", "*"])
def test_any_order_gives_the_same_library(ending: str, seed: int, tmp_path: Path) -> None:
    files = sorted(ORDERS.glob(f"*.{ending}"))
    mixed = files[:]
    random.Random(seed).shuffle(mixed)
    assert first_difference(made(files, tmp_path / "in-order"), made(mixed, tmp_path / "mixed")) == ""


@pytest.mark.long
@pytest.mark.shared
@pytest.mark.parametrize("series", ["U06", "E01"])
def test_any_order_of_real_directives_gives_the_same_library(series: str, shared: Path, tmp_path: Path) -> None:
    """Numbers that are re-used, renumbered and rescinded by one another: what is settled first must not matter."""
    rows = map(json.loads, (shared / "cpd" / "headers.jsonl").read_text(encoding="utf-8").splitlines())
    files = sorted({shared / "cpd" / "html" / row["file"] for row in rows if (row["number"] or "").startswith(series) and row["file"].endswith(".html")})[:80]
    assert len(files) > 20
    mixed = files[:]
    random.Random(7).shuffle(mixed)
    assert first_difference(made(files, tmp_path / "in-order"), made(mixed, tmp_path / "mixed")) == ""


def made(files: list[Path], folder: Path) -> dict[str, Any]:
    with Library.open(folder) as library:
        library.ingest(files)
        return lives(library)


def wrong(expected: dict[str, Any], held: Held) -> list[str]:
    """Where an answer is not that of the gold."""
    shown = held.library.show(expected["ask"], date.fromisoformat(expected["on"]))
    ruling = shown.ruling
    got = {
        "status": ruling.status,
        "ground": ruling.ground,
        "change_day": ruling.change_day,
        "operative": ruling.operative,
        "complete": ruling.complete,
        "valid_from": ruling.valid_from and ruling.valid_from.isoformat(),
        "valid_to": ruling.valid_to and ruling.valid_to.isoformat(),
    }
    found = [f"{name} is {got[name]!r}, not {expected[name]!r}" for name in got if name in expected and got[name] != expected[name]]
    if expected["work"] is not None and ruling.work.id != held.works[expected["work"]]:
        found.append(f"the work is {ruling.work.id}, not {held.works[expected['work']]}")
    text = " ".join((shown.text or "").split())
    if ruling.complete:
        # Words that are not established, and say so, are claimed by nobody; the changes are then listed beside them.
        found += [f"the text does not hold “{expected['text_has']}”"] if expected.get("text_has", "") not in text else []
        found += [f"the text holds “{expected['text_lacks']}”"] if "text_lacks" in expected and expected["text_lacks"] in text else []
    elif shown.text is not None and not shown.unapplied:
        found.append("the text is not complete, and no change is listed that is not applied")
    if ruling.status != "not-provable" and not any(reason.evidence for reason in shown.reasons):
        found.append("no reason carries evidence")
    if not shown.sentence.endswith((".", "”", '"')):
        found.append(f"the sentence breaks off: {shown.sentence}")
    return found
