"""Papers and decisions in any order: nothing decided is lost, and a library of the same papers and decisions gives the same answers."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lineage.desk import Answer, Person
from lineage.library import Library
from lineage.model import Day, Edit
from lineage.model.decision import Question, standing

from .papers import ALL, put

DAYS = [date(2013, 7, 1), date(2014, 12, 1), date(2015, 6, 1), date(2016, 6, 1), date(2020, 1, 1)]
NUMBERS = ["5.13", "5.24", "5.40", "5.50"]
# Take in the paper at this place, answer the question at this place with the answer at that, or take the last decision back.
STEPS = st.lists(st.one_of(st.tuples(st.just("paper"), st.integers(0, len(ALL) - 1), st.just(0)), st.tuples(st.just("answer"), st.integers(0, 5), st.integers(0, 3)), st.tuples(st.just("back"), st.just(0), st.just(0))), min_size=4, max_size=12)


def answer(question: Question, at: int) -> Answer:
    option = question.options[at % len(question.options)]
    day = Day(date(2014, 9, 30)) if option.asks == "day" else None
    edit = Edit(find="room", replace="hall", count=1) if option.asks == "words" else None
    return Answer(None, option.key, day=day, edit=edit)


def said(library: Library) -> dict[str, Any]:
    """The lives of all rules as answers, without what hangs on the moment of recording."""
    held = {w.number for w in library.store.works()}
    return {f"{n} {day}": (shown.sentence, shown.text, shown.ruling.codes) for n in NUMBERS if n in held for day in DAYS for shown in (library.show(n, day),)}


@pytest.mark.long
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, st.randoms(use_true_random=False))
def test_the_same_papers_and_decisions_give_the_same_answers(steps: list[tuple[str, int, int]], chance: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        papers = put(Path(folder) / "papers", ALL)
        with Library.open(Path(folder) / "one") as library:
            for number, (deed, one, other) in enumerate(steps):
                before = library.desk.export() if library.store.decisions() else ""
                if deed == "paper":
                    library.ingest([papers[one]])
                elif deed == "answer" and (questions := library.desk.questions()):
                    question = questions[one % len(questions)]
                    library.desk.decide(question.id, answer(question, other), Person("Doe", f"step {number}"))
                elif deed == "back" and (counting := list(standing(library.store.decisions()).values())):
                    library.desk.withdraw(counting[-1].id, Person("Roe", f"step {number}"))
                assert library.desk.export().startswith(before)
            library.ingest(papers)
            mine, kept = said(library), library.desk.export()
            assert not library.check()
        chance.shuffle(papers)
        with Library.open(Path(folder) / "two") as library:
            half = chance.randrange(len(papers) + 1)
            library.ingest(papers[:half])
            library.desk.take(kept, "kept") if kept else None
            library.ingest(papers[half:])
            assert said(library) == mine
            assert library.desk.export() == kept
