"""What was learnt between two moments, and which answers it changed. All of it is told from what the library recorded, and says nothing of what anyone else knew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from lineage.errors import NotFoundError
from lineage.model import Interval, Period, Shown, Status
from lineage.model.dates import long_date
from lineage.model.learning import Changed, Learnt, PeriodRow, Recorded, Said, Since

if TYPE_CHECKING:
    from lineage.store.reading import Reading

Ask = Callable[[str | None], Shown]
STATUS: dict[Status, str] = {"in-force": "in force", "not-in-force": "not in force", "not-provable": "not established by the documents held"}
LIMIT = "These dates say what this library held; they do not say what the department or any officer knew."
MANY = 4  # documents named in the sentence; the others are counted, and each is a step


def said(answer: Shown) -> Said:
    """An answer in short."""
    ruling = answer.ruling
    words = STATUS[ruling.status]
    if ruling.status == "in-force":
        words += " but suspended" if ruling.operative is False else ""
        if ruling.last_day:
            words += f", through {long_date(ruling.last_day)}"
        elif ruling.ground == "observed" and ruling.observed_on:
            words += f", seen published on {long_date(ruling.observed_on)}"
        elif ruling.last_proof_on:
            words += f", presumed after {long_date(ruling.last_proof_on)}"
        words += ", its wording not held" if ruling.period.item is None else "" if ruling.complete else ", its wording not established"
    return Said(ruling.status, words, answer.sentence, ruling)


def since(store: Reading, then: Shown, as_known: str, when: str, ask: Ask) -> Since | None:
    """What changed the answer after a moment; None where it is the same today. ``when`` is the moment in words; ``ask`` asks the same question as known at a moment, or today."""
    first, today = said(then), _asked(ask, None)
    if _key(first) == _key(today):
        return None
    steps: list[Learnt] = []
    last = first
    for moment in store.moments_of(then.ruling.work.id):
        if moment <= as_known:
            continue
        now = _asked(ask, moment)
        if _key(now) != _key(last):
            steps.append(Learnt(store.recorded_at(moment), now))
            last = now
    return Since(first, today, tuple(steps), _sentence(first, today, steps, when))


def _asked(ask: Ask, moment: str | None) -> Said:
    try:
        return said(ask(moment))
    except NotFoundError as error:
        return Said("not-provable", "not known to this library", error.message)


def _key(one: Said) -> tuple[object, ...]:
    """What tells two answers apart: the ruling, and the words of its reasons."""
    ruling = one.ruling
    if ruling is None:
        return (one.words,)
    return (one.words, one.sentence, ruling.valid_from, ruling.valid_to, ruling.ground, ruling.period.item, ruling.complete, ruling.operative, ruling.change_day)


def _sentence(then: Said, today: Said, steps: Sequence[Learnt], when: str) -> str:
    if then.words == today.words:
        return f"Asked on the documents held today, the answer is the same as on what this library held at {when}, {today.words}, but what it rests on differs. {_difference(steps)} {LIMIT}"
    return f"Asked on the documents held today, the answer is: {today.words}. Asked on what this library held at {when}, it was: {then.words}. {_difference(steps)} {LIMIT}"


def _difference(steps: Sequence[Learnt]) -> str:
    named = [f"{what}, recorded on {readable(step.recorded.at)}" for step in steps for what in _what(step.recorded)]
    documents = sum(len(step.recorded.items) for step in steps)
    if not named:
        return "The difference is in what was recorded since."
    more = f"; and {len(named) - MANY} more" if len(named) > MANY else ""
    count = "" if documents < len(named) else "one document: " if documents == 1 else f"{documents} documents: "
    return f"The difference is {count}{'; '.join(named[:MANY])}{more}."


def _what(recorded: Recorded) -> list[str]:
    """What was recorded, in words."""
    days = recorded.seen_on
    span = f"{long_date(days[0])} to {long_date(days[-1])} ({len(days)} days)" if len(days) > 1 else long_date(days[0]) if days else ""
    shown = [f"what a site showed on {span}"] if days else []
    return [*(name for _, name in recorded.items), *shown, *recorded.said] or ["a further statement"]


def readable(moment: str) -> str:
    """A moment for a reader: the day and the minute, UTC."""
    at = datetime.fromisoformat(moment)
    return f"{long_date(at.date())}, {at:%H:%M} UTC"


def changes(store: Reading, work: str, as_known: str | None = None) -> tuple[Changed, ...]:
    """The answers about a work that each recording changed, oldest first: told from the periods themselves, by the stretches of days that they concern."""
    rows = [row for row in store.period_rows(work) if as_known is None or row.recorded_from <= as_known]
    moments = sorted({m for row in rows for m in (row.recorded_from, row.recorded_to) if m and (as_known is None or m <= as_known)})
    found: list[Changed] = []
    for moment in moments:
        before = [row.period for row in rows if row.recorded_from < moment and (row.recorded_to is None or row.recorded_to >= moment)]
        after = [row.period for row in rows if _held(row, moment)]
        stretches = list(_differing(before, after))
        if stretches:
            recorded = store.recorded_at(moment)
            found += [Changed(recorded, days, one, other) for days, one, other in stretches]
    return tuple(found)


def _held(row: PeriodRow, moment: str) -> bool:
    return row.recorded_from <= moment and (row.recorded_to is None or moment < row.recorded_to)


def _differing(before: Sequence[Period], after: Sequence[Period]) -> Iterator[tuple[Interval, Period | None, Period | None]]:
    """The stretches of days on which two lives answer differently, each as long as both answers stay the same."""
    bounds = sorted({day for p in (*before, *after) for day in (p.interval.start, p.interval.end) if day is not None})
    edges: list[date | None] = [None, *bounds, None]
    open_: tuple[Interval, Period | None, Period | None] | None = None
    for start, end in pairwise(edges):
        one, other = _on(before, start), _on(after, start)
        if open_ is not None and _answer(one) == _answer(open_[1]) and _answer(other) == _answer(open_[2]):
            open_ = (Interval(open_[0].start, end), open_[1], open_[2])
            continue
        if open_ is not None and _answer(open_[1]) != _answer(open_[2]):
            yield open_
        open_ = (Interval(start, end), one, other)
    if open_ is not None and _answer(open_[1]) != _answer(open_[2]):
        yield open_


def _on(periods: Sequence[Period], start: date | None) -> Period | None:
    """The period at a bound; the bound None is before every day."""
    return next((p for p in periods if (p.interval.start is None if start is None else p.interval.covers(start))), None)


def _answer(one: Period | None) -> tuple[object, ...] | None:
    return None if one is None else (one.status, one.item, one.complete, one.operative)

