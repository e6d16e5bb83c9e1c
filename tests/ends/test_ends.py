"""Sentences that end, suspend or change a rule, each as an order says it: what is read of it, and what is left to a person. Each case is a row of ``ends.toml``.

``acts`` are ``kind number``, then ``part`` where only a part is meant, then ``doubtful`` where a person is asked, then the day where it is another than that of the order (``open``: none is said).
What is only cited is not told. ``asked`` are the codes of the doubts, but for those of the doubtful acts themselves.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from lineage.pipeline.reading import read_data

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "ends.toml").read_text(encoding="utf-8"))["case"]
PAPER = "MILLBROOK POLICE DEPARTMENT\nSPECIAL ORDER\n\nNumber: 20-40\nSubject: Bicycles\nIssued: January 5, 2020\nEffective: January 5, 2020\n\nI. RULE\n\nA. {says}\n"
DAY = "2020-01-05"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"][:70])
def test_a_sentence_does_what_its_case_says(case: dict[str, Any]) -> None:
    reading = read_data(PAPER.format(says=case["says"]).encode(), "order.txt", "generic")
    found = []
    for one in reading.relations:
        if one.kind in ("cites", "creates"):
            continue
        on = one.effect.day.on.isoformat() if one.effect and one.effect.day.on else "open"
        words = [one.kind, one.affected.number or one.affected.mention, *(["part"] if one.scope == "part" and one.kind not in ("amends", "deletes") else []), *(["doubtful"] if one.certainty == "doubtful" else []), *([on] if on != DAY else [])]
        found.append(" ".join(words))
    assert sorted(found) == sorted(case.get("acts", []))
    assert {f.code for f in reading.findings if f.severity != "note" and f.code != "relations.doubtful"} == set(case.get("asked", []))


def test_there_are_cases_of_each_kind() -> None:
    said = [act for case in CASES for act in case.get("acts", [])]
    assert {act.split()[0] for act in said} >= {"rescinds", "supersedes", "suspends", "amends", "deletes", "extends", "renumbers"}
    assert any(not case.get("acts") for case in CASES)
