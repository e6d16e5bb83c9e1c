"""Texts of one version: papers with the same dates, and which of them was seen when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from lineage.model import Expression, Finding
from lineage.model.dates import long_date
from lineage.timeline.life import Life

SEVERAL = "expressions.several-texts"
DAY = timedelta(days=1)


class Run(Struct, frozen=True):
    """From the first to the last of days, one after another, on which one text alone was seen. ``words`` is None where two were seen on one day."""

    words: str | None
    first: date
    last: date


def days_of(life: Life, same: Sequence[Expression]) -> list[date]:
    """The days on which any of these papers was seen, in order."""
    return sorted({day for x in same for day in life.seen.get(x.item, ())})


def runs(life: Life, same: Sequence[Expression]) -> list[Run]:
    """Which text was seen when. Between two runs it is not known when the one became the other."""
    seen: dict[date, set[str]] = defaultdict(set)
    for expression in same:
        for day in life.seen.get(expression.item, ()):
            seen[day].add(expression.words)
    found: list[Run] = []
    for day in sorted(seen):
        words = next(iter(seen[day])) if len(seen[day]) == 1 else None
        if found and found[-1].words == words:
            found[-1] = Run(words, found[-1].first, day)
        else:
            found.append(Run(words, day, day))
    return found


def stretches(life: Life, same: Sequence[Expression], begins: date) -> list[tuple[date, str | None]]:
    """From which day on which text stood (None: not established), for a version of several texts that begins on a day; empty where none was ever seen."""
    found = runs(life, same)
    if not found:
        return []
    unseen = {x.words for x in same} - {r.words for r in found}
    steps: list[tuple[date, str | None]] = [(date.min, None if unseen else found[0].words)]
    for at, run in enumerate(found):
        steps.append((run.first, run.words))
        if (at + 1 < len(found) and found[at + 1].first > run.last + DAY) or (at + 1 == len(found) and unseen):
            steps.append((run.last + DAY, None))
    standing = max(n for n, (day, _) in enumerate(steps) if day <= begins)
    kept = [(begins, steps[standing][1])]
    for day, words in steps[standing + 1 :]:
        if words != kept[-1][1]:
            kept.append((day, words))
    return kept


def text_of(life: Life, same: Sequence[Expression], words: str | None) -> str:
    """The item that stands for these words; of several with the same, one that was seen."""
    fitting = [x.item for x in same if x.words == words] or [x.item for x in same]
    return min(fitting, key=lambda item: (item not in life.seen, item))


def silent_edit(life: Life, same: Sequence[Expression]) -> Finding:
    """That a text was changed without a new date, and what is known of when."""
    words = sorted({x.words for x in same})
    message = f"{len(words)} texts are held with the same number and dates and different words: a text was changed without a new date."
    known = runs(life, same)
    if not known:
        message += " Which of them stood on a day is not established without a sighting."
        return Finding(SEVERAL, "doubt", message, work=same[0].work)
    names = {one: f"the text {text_of(life, same, one)[:12]}" for one in words}
    told = [f"{names[r.words] if r.words else 'more than one of them'} was seen {_span(r)}" for r in known]
    never = [f"{names[one]} was never seen" for one in words if one not in {r.words for r in known}]
    spans = "; ".join([*told, *never])
    message += f" {spans[0].upper()}{spans[1:]}. On the days between, which of them stood is not established."
    return Finding(SEVERAL, "doubt", message, work=same[0].work)


def _span(run: Run) -> str:
    return f"on {long_date(run.first)}" if run.first == run.last else f"from {long_date(run.first)} through {long_date(run.last)}"
