"""That an answer rests on what persons decided: whose word it is, when it was given, and whether that was after the day asked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from lineage.model import Ruling
from lineage.model.dates import long_date
from lineage.model.decision import Decision

if TYPE_CHECKING:
    from lineage.store.reading import Reading

DONE = {"accept": "accepted it as read", "reject": "held that it does nothing here", "correct": "corrected it"}
ABOUT = {"relation": "an act whose words are in doubt", "date": "a date of a paper", "identity": "which papers are texts of one rule", "stretch": "how the rule stood on these days", "reading": "a reading"}


def rested_on(store: Reading, ruling: Ruling, as_known: str | None) -> tuple[Decision, ...]:
    """The decisions without which the answer would be another, in the order in which they were recorded."""
    named = set(ruling.period.decisions)
    return tuple(d for d in store.decisions(as_known) if d.id in named) if named else ()


def in_words(decisions: Sequence[Decision], on: date) -> str:
    """These decisions in sentences; empty where there are none."""
    return " ".join(_one(one, on) for one in decisions)


def _one(one: Decision, on: date) -> str:
    day = date.fromisoformat(one.decided_at[:10])
    did = f"ruled on {ABOUT[one.subject]}" if one.verdict == "correct" else f"ruled on {ABOUT[one.subject]} and {DONE[one.verdict]}"
    after = ", after the day asked about" if day > on else ""
    return f"This rests on a person's decision: on {long_date(day)}{after}, {one.by} {did} (“{one.because.rstrip('.')}”)."
