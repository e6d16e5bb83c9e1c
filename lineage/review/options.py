"""The ways to answer a question, each with its key and with what is then recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from lineage.model import DateReading, Expression, Interval, Period, Relation, Work
from lineage.model.dates import long_date
from lineage.model.decision import Correction, Option
from lineage.model.time import Status

MOST = 7  # keys for texts or rules that may be meant
DONE = {"rescinds": "rescinds", "supersedes": "supersedes", "suspends": "suspends", "renumbers": "renumbers", "incorporates": "incorporates"}


def of_relation(act: Relation, works: Mapping[str, Work], firsts: Mapping[str, str], *, of_words: bool = False) -> tuple[Option, ...]:
    """An act may mean one of several rules, or the one that it names, or do nothing; of a change ``of_words`` that could not be applied it is asked which words it changes."""
    if of_words:
        return (Option("w", "it puts other words in place of these (type them)", "correct", asks="words"), Option("r", "it changes no words of the rule", "reject"))
    verb = DONE.get(act.kind, "changes")
    known = [works[w] for w in act.candidates if w in works]
    if len(known) > 1:
        meant = [Option(str(n), f"it {verb} {called(w)}", "correct", Correction(target=w.id, target_item=firsts.get(w.id, ""))) for n, w in enumerate(known[:MOST], 1)]
        return (*meant, Option("r", f"it {verb} none of them", "reject"))
    day = act.effect.day if act.effect else None
    said = f"it {verb} the rule as read" + (f", from {long_date(day.on)}" if day is not None and day.on else "")
    return (Option("a", said, "accept"), Option("r", f"it {verb} nothing here", "reject"), Option("d", "it does, from another day (type it)", "correct", asks="day"))


def of_date(readings: Sequence[DateReading]) -> tuple[Option, ...]:
    """A date that cannot be read, or that the paper gives more than once."""
    sure = list(dict.fromkeys(r.day.on for r in readings if r.day.on is not None))
    given = tuple(Option(str(n), long_date(day), "correct", Correction(day=next(r.day for r in readings if r.day.on == day))) for n, day in enumerate(sure[:MOST], 1))
    return (*given, Option("d", "the right day (type it)", "correct", asks="day"))


def of_stretch(periods: Sequence[Period], texts: Sequence[Expression], files: Mapping[str, str]) -> tuple[Option, ...]:
    """Whether a rule was in force on days that the papers leave open, and by which text."""
    period = periods[0]
    span = Interval(min((p.interval.start for p in periods if p.interval.start), default=None), _end(periods))
    found: list[Option] = []
    opened = period.opened_by.day.first if period.opened_by else None
    beginning = [x for x in texts if opened is not None and x.starts.first == opened]
    near = list({x.words or x.item: x for x in reversed(beginning if len(beginning) > 1 else list(texts))}.values())[::-1]  # files with the same words are one text
    for n, x in enumerate(near[:MOST], 1):
        found.append(Option(str(n), f"in force, in the words of {_which(x, files)}", "correct", _correction("in-force", span, x.item)))
    if period.status != "in-force" or not period.complete:
        found.append(Option("i", "in force; its words stay open", "correct", _correction("in-force", span)))
    return (*found, Option("n", "not in force", "correct", _correction("not-in-force", span)))


def _end(periods: Sequence[Period]) -> date | None:
    ends = [p.interval.end for p in periods if p.interval.end is not None]
    return max(ends) if len(ends) == len(periods) else None


def _which(x: Expression, files: Mapping[str, str]) -> str:
    day = x.starts.first
    name = files.get(x.item, x.item[:12])
    return f"{name} ({long_date(day)})" if day else name


def _correction(status: Status, span: Interval, item: str = "") -> Correction:
    return Correction(status=status, start=span.start, end=span.end, item=item)


def called(work: Work) -> str:
    """A rule in a few words."""
    return f'{work.number} "{work.title}"' if work.number and work.title else work.number or work.title


def last_day(correction: Correction) -> str:
    """The last day of a ruled stretch in words; empty where it is open."""
    return long_date(correction.end - timedelta(days=1)) if correction.end else ""
