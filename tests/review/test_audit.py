"""An audit states how often readings are wrong: its interval holds the truth as often as it says, and marks change no answer."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from lineage import review
from lineage.cli import main
from lineage.errors import UsageError
from lineage.library import Library
from lineage.model.audit import READING_KINDS
from lineage.model.decision import Decision
from lineage.review.auditing import bounds

RUNS, AT_LEAST = 100, 93


def test_the_interval_covers_the_true_rate_of_planted_errors(library: Library) -> None:
    every = review.population(library.store)
    sizes = {kind: len(own) for kind, own in every.items()}
    assert set(sizes) == set(READING_KINDS)
    assert min(sizes.values()) > 0
    readings = [make() for own in every.values() for make in own]
    assert len({one.ref for one in readings}) == len(readings)
    planted = {one.ref for one in random.Random(7).sample(readings, len(readings) // 8)}
    truth = {kind: sum(one.ref in planted for one in readings if kind in (None, one.kind)) / sum(kind in (None, one.kind) for one in readings) for kind in (*READING_KINDS, None)}
    covered: dict[Any, list[bool]] = {kind: [] for kind in truth}
    for seed in range(RUNS):
        drawn = review.draw(every, 40, seed)
        marks = [review.marked(one, right=one.ref not in planted, by="A", note="" if one.ref not in planted else "planted", at="2026-01-01T00:00:00Z", account="", batch="") for one in drawn]
        for rate in review.rates(drawn, sizes, marks):
            covered[rate.kind].append(rate.low <= truth[rate.kind] <= rate.high)
    for kind, held in covered.items():
        assert sum(held) >= AT_LEAST / 100 * len(held), kind
    assert len(covered[None]) == RUNS


@given(st.integers(1, 400), st.data())
def test_bounds_hold_the_share_that_was_drawn_and_tighten_to_it(whole: int, data: st.DataObject) -> None:
    drawn = data.draw(st.integers(1, whole))
    wrong = data.draw(st.integers(0, drawn))
    low, high = bounds(whole, drawn, wrong)
    assert 0 <= low <= wrong / drawn <= high + 1e-12 <= 1 + 1e-9
    assert low >= wrong / whole - 1e-12
    assert high <= 1 - (drawn - wrong) / whole + 1e-12
    if drawn == whole:
        assert (low, high) == (wrong / whole, wrong / whole)


def test_marks_change_no_answer_and_are_kept(library: Library) -> None:
    before = library.show("5.50", date(2016, 1, 1)).sentence
    drawn, none = library.desk.audit(20, 3)
    assert not none
    for at, one in enumerate(drawn):
        library.desk.mark(one, "Sgt. A. Doe", right=at > 1, note="" if at > 1 else "another day is printed")
    again, rates = library.desk.audit(20, 3)
    assert again == drawn
    assert (rates[-1].kind, rates[-1].marked, rates[-1].wrong) == (None, 20, 2)
    assert library.show("5.50", date(2016, 1, 1)).sentence == before
    assert len(library.desk.questions()) == 4
    library.desk.mark(drawn[0], "Sgt. A. Doe", right=True)  # the later mark counts
    assert library.desk.audit(20, 3)[1][-1].wrong == 1
    assert len(library.store.decisions()) == 21
    assert not library.check()


def test_a_mark_needs_a_name_and_says_what_is_wrong(library: Library) -> None:
    one = library.desk.audit(1, 1)[0][0]
    for by, right in (("", True), ("Doe", False)):
        with pytest.raises(UsageError, match="no name or no reason"):
            library.desk.mark(one, by, right=right)


def run(folder: Path, *words: str, keys: str | None = None) -> Any:
    return CliRunner().invoke(main, ["--library", str(folder), "audit", *words], input=keys)


def test_readings_are_marked_at_a_key_each(folder: Path) -> None:
    done = run(folder, "--sample", "6", "--by", "Sgt. A. Doe", keys="r\nw\nthe day is March 3\nr\nq\n")
    assert done.exit_code == 0, done.output
    assert "all readings: 1 of 3 marked are wrong, 33.3 %" in done.stdout
    more = run(folder, "--sample", "6", "--by", "Sgt. A. Doe", keys="r\nr\nr\n")
    assert "all readings: 1 of 6 marked are wrong" in more.stdout


def test_marks_come_in_lines(folder: Path, tmp_path: Path) -> None:
    sample = json.loads(run(folder, "--sample", "5", "--seed", "4", "--kind", "date", "--json").stdout)["sample"]
    assert {one["kind"] for one in sample} == {"date"}
    marks = tmp_path / "marks.jsonl"
    marks.write_text("".join(json.dumps({"ref": one["ref"], "right": True}) + "\n" for one in sample), encoding="utf-8")
    done = run(folder, "--sample", "5", "--seed", "4", "--kind", "date", "--by", "Doe", "--marks", str(marks), "--json")
    assert json.loads(done.stdout)["rates"][-1]["marked"] == 5
    marks.write_text('{"ref": "a-000000000000", "right": true}\n', encoding="utf-8")
    assert run(folder, "--by", "Doe", "--marks", str(marks)).exit_code == 2
    assert run(folder, "--marks", str(marks)).exit_code == 2


def test_a_mark_on_what_reads_otherwise_now_does_not_count(library: Library) -> None:
    drawn, _ = library.desk.audit(4, 1)
    stale = [Decision("reading", one.ref, "accept", "Doe", "as printed", "2026-01-01T00:00:00Z", "another") for one in drawn]
    assert review.rates(drawn, {"date": 10}, stale) == []
