"""Random histories as papers, through the whole ingest: the library answers each day as the slow reader does."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings

from lineage.library import Library

from .lives import SPAN, Answer, Fact, day, read_slowly, simple

WRITTEN = {
    "ends": "Section 3.48 is rescinded.",
    "changes": "This order amends Section 3.48.",
    "suspends": "Section 3.48 is suspended until further notice.",
    "resumes": "Section 3.48 is reinstated.",
    "doubt": "If the Council agrees, Section 3.48 is rescinded.",
}
EXAMPLES = 1000 if os.environ.get("LINEAGE_THOROUGH") == "1" else 12


@settings(max_examples=EXAMPLES, deadline=None)
@given(simple())
def test_a_library_answers_as_a_slow_reader(tmp_path_factory: pytest.TempPathFactory, facts: list[Fact]) -> None:
    told = [fact for fact in facts if fact.what in WRITTEN or fact.what == "begins"]
    # What is done to the number before its first paper is done to a rule that bore it before.
    first = next((n for n, fact in enumerate(told) if fact.what == "begins"), None)
    told = told[first:] if first is not None else []
    if not told:
        return
    folder = tmp_path_factory.mktemp("slowly")
    papers = [written(folder, fact) for fact in told]
    random.Random(len(told)).shuffle(papers)
    with Library.open(folder / "library") as library:
        library.ingest(papers)
        for at in sorted({a for fact in told for a in (fact.at - 1, fact.at, fact.at + 1)} | {SPAN}):
            ruling = library.show("3.48", day(at)).ruling
            got = Answer(ruling.status, ruling.operative, ruling.complete) if ruling.status == "in-force" else Answer(ruling.status)
            assert got == read_slowly(told, at), f"{day(at)}: {told}"


def written(folder: Path, fact: Fact) -> Path:
    """The paper by which a fact comes about, of its own day."""
    on = day(fact.at)
    said = f"{on:%B} {on.day}, {on.year}"
    series, number, title = ("POLICY MANUAL", "3.48", "Internet Usage") if fact.what == "begins" else ("SPECIAL ORDER", f"20-{100 + fact.at}", f"Notice {fact.at}")
    rule = WRITTEN.get(fact.what, f"Rule {fact.at} is kept.")
    path = folder / f"{fact.at:02}.txt"
    path.write_text(f"MILLBROOK POLICE DEPARTMENT\n{series}\n\nNumber: {number}\nSubject: {title}\nIssued: {said}\nEffective: {said}\n\nI. RULE\n\nA. {rule}\n", encoding="utf-8")
    return path
