"""Answers that count only what was proved to be out by a day, and acts that reach back before their own publication: both are told beside the answer on all papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage.answers.learning import said
from lineage.model import Shown
from lineage.model.dates import long_date
from lineage.model.learning import Said, Uncounted

if TYPE_CHECKING:
    from lineage.store.reading import Reading

MANY = 4  # papers named in a sentence


def as_published(answer: Shown, by: date, uncounted: Sequence[Uncounted], deemed: Shown) -> Shown:
    """The answer on what was out by a day, its sentence saying so, with the answer on all papers beside it where that is another."""
    whole = said(deemed)
    other = whole if _differs(said(answer), whole) else None
    parts = [_counted(by), answer.sentence, left_out(uncounted)]
    if other is not None:
        parts.append(f"As now deemed, on all the papers held, it is another answer: {other.words}. {other.sentence}")
    return replace(answer, sentence=" ".join(p for p in parts if p), as_published_on=by, uncounted=tuple(uncounted), deemed=other)


def reaches_back(store: Reading, answer: Shown, as_known: str | None = None) -> bool:
    """Whether an act that works on the day asked about, or before it, was by its own issue date published only after that day."""
    on = answer.ruling.on
    events = [e for e in store.events(answer.ruling.work.id, as_known=as_known) if e.day.first and e.day.first <= on and e.item and not e.stamp_only]
    if not events:
        return False
    others = {e.by for e in events if e.by and e.by != answer.ruling.work.id}
    texts = [*store.expressions(answer.ruling.work.id, as_known=as_known), *(store.expressions(others, as_known=as_known) if others else ())]
    issued = {x.item: x.issued.first for x in texts}
    return any((issued.get(e.item or "") or date.min) > on for e in events)


def as_deemed(answer: Shown, published: Shown) -> Shown:
    """An answer that an act published after the day has a part in, with the answer as published by the day itself; the second is never given alone."""
    first = said(published)
    if not _differs(first, said(answer)):
        return answer
    day = long_date(answer.ruling.on)
    words = f"An act published later reaches back over {day}, so there are two answers. As published by {day}: {first.words}. As now deemed: {said(answer).words}."
    return replace(answer, sentence=f"{words} {answer.sentence}", published=first)


def _counted(by: date) -> str:
    return f"Counted are only acts of which their own issue date, or a sighting, proves that they were out by {long_date(by)}; that says nothing of who received them."


def left_out(uncounted: Sequence[Uncounted]) -> str:
    """The papers that are not counted, in words; empty where all are."""
    if not uncounted:
        return ""
    named = "; ".join(f"{one.name} ({one.why})" for one in uncounted[:MANY])
    more = f"; and {len(uncounted) - MANY} more" if len(uncounted) > MANY else ""
    return f"Not counted: {named}{more}."


def _differs(one: Said, other: Said) -> bool:
    mine, theirs = one.ruling, other.ruling
    if mine is None or theirs is None:
        return one.words != other.words
    return (one.words, mine.period.item, mine.valid_from) != (other.words, theirs.period.item, theirs.valid_from)
