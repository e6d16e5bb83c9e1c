"""Questions that are alike: of one code, read by one pattern, about rules of one series. One person may settle all of them at once, after seeing some."""

from __future__ import annotations

from collections.abc import Iterable

from lineage.model.decision import Question

SHOWN = 10  # of alike questions, shown before all are settled at once


def alike(one: Question, questions: Iterable[Question]) -> list[Question]:
    """The question itself and those like it, that can be answered in the same words."""
    same = (one.subject, one.code, one.pattern, one.series, tuple(o.key for o in one.options))
    return [q for q in questions if (q.subject, q.code, q.pattern, q.series, tuple(o.key for o in q.options)) == same]


def sample(questions: list[Question], most: int = SHOWN) -> list[Question]:
    """Some of them, evenly spread: the first and the last among them."""
    if len(questions) <= most:
        return questions
    return [questions[round(n * (len(questions) - 1) / (most - 1))] for n in range(most)]
