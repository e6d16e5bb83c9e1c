"""Decisions as JSON lines: to be kept beside a library, and taken into another that holds the same papers."""

from __future__ import annotations

import json
from collections.abc import Iterable

from lineage.errors import UsageError
from lineage.model.decision import SUBJECT_KINDS, VERDICTS, Decision
from lineage.model.record import from_record, to_record


def write_lines(decisions: Iterable[Decision]) -> str:
    """One line a decision, in the order of their recording, each with its id."""
    return "".join(json.dumps({"id": one.id, **to_record(one, sparse=True)}, ensure_ascii=False) + "\n" for one in decisions)


def read_lines(text: str, where: str) -> list[Decision]:
    """The decisions of such lines. Raises UsageError ``review.line`` naming the line that holds none, or one that is not what its id says: nothing is then taken."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            found.append(_decision(line, f"{where}, line {number}"))
    return found


def _decision(line: str, where: str) -> Decision:
    hint = "Take the file as `lineage decisions --export` wrote it."
    try:
        record = json.loads(line)
        one = from_record(Decision, {k: v for k, v in record.items() if k != "id"})
    except (ValueError, RecursionError, AttributeError) as fault:
        raise UsageError(f"{where} is no decision: {fault}.", hint=hint, code="review.line") from fault
    if one.subject not in SUBJECT_KINDS or one.verdict not in VERDICTS or not one.by.strip() or not one.because.strip():
        raise UsageError(f"{where} lacks what a decision needs: a subject, a verdict, a name and a reason.", hint=hint, code="review.line")
    if record.get("id", one.id) != one.id:
        raise UsageError(f"{where} was changed after it was written: its id is {record['id']}, and what it says would be {one.id}.", hint=hint, code="review.line")
    return one
