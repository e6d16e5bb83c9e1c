"""Asked for a day long after the newest document, nothing is in force without "presumed" and the last day that is proven."""

from __future__ import annotations

import re
from datetime import date

import pytest

from lineage.rendering import plain, shapes

from .conftest import Held
from .made import call

TODAY = date.today()
NEWEST = date(2021, 7, 22)


def test_the_table(pdfs: Held) -> None:
    called = call("in-force", "--on", TODAY.isoformat(), library=pdfs.folder)
    assert called.code == 0
    answer = pdfs.library.in_force(TODAY)
    live = [r for r in answer.rulings if r.status == "in-force"]
    assert live
    # The row of a rule names it by number or title; what else stands there must say how it is known.
    for ruling in live:
        name = ruling.work.number or ruling.work.title
        rows = [line for line in called.out.splitlines() if re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", line)]
        assert rows, name
        assert any("presumed" in row and proven(row, ruling.last_proof_on) for row in rows), rows


@pytest.mark.parametrize("match", [None, "media"])
def test_the_json(match: str | None, pdfs: Held) -> None:
    rules = shapes.in_force(pdfs.library.in_force(TODAY, match=match))["rules"]
    live = [rule for rule in rules if rule["status"] == "in-force"]
    assert live
    for rule in live:
        assert rule["ground"] == "presumed", rule["work"]
        assert rule["last_proof_on"] is not None, rule["work"]
        assert date.fromisoformat(rule["last_proof_on"]) <= NEWEST
        assert rule["valid_to"] is None
        assert rule["last_day"] is None


def test_the_sentence_of_each(pdfs: Held) -> None:
    for ruling in pdfs.library.in_force(TODAY).rulings:
        shown = pdfs.library.show(ruling.work.id, TODAY)
        for words in (shown.sentence, plain.show(shown), plain.why(shown)):
            assert "presumed" in words or ruling.status != "in-force", words
            if ruling.status == "in-force":
                assert proven(words, ruling.last_proof_on), words
        if ruling.status == "not-provable":
            assert "do not establish" in shown.sentence


def test_no_answer_prints_an_exclusive_end(pdfs: Held) -> None:
    """An order that ended on July 22 was in force through July 21; no sentence says "to July 22"."""
    shown = pdfs.library.show("Special Order - Social Media", date(2020, 6, 1))
    assert "July 21, 2021" in shown.sentence
    assert not re.search(r"(?:until|to|through) July 22, 2021", shown.sentence)


def proven(words: str, day: date | None) -> bool:
    """Whether the day stands there, in figures or in words."""
    assert day is not None
    return day.isoformat() in words or f"{day:%B} {day.day}, {day.year}" in words
