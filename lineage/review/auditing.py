"""How often is it wrong? A random sample of what was read, marked right or wrong by a person, and the error rate that follows, with its interval.

Every reading of the library has the same chance to be drawn, so the rate holds for all of them, and for those of each kind. The interval is exact for a sample without replacement: the numbers of wrong readings among
all that would not have made so few, or so many, wrong ones in the sample unlikely (each tail half of what is left of the confidence; Buonaccorsi, The American Statistician 41, 1987).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from math import exp, lgamma
from typing import TYPE_CHECKING

from lineage.model import DateReading, Evidence, Relation, digest
from lineage.model.audit import READING_KINDS, Rate, ReadingKind, Sampled
from lineage.model.decision import Decision, standing
from lineage.review.answering import signed

if TYPE_CHECKING:
    from lineage.store.reading import Reading
    from lineage.store.rows import ClauseRow

Population = dict[ReadingKind, list[Callable[[], Sampled]]]
CONFIDENCE = 0.95
MOST_WORDS = 400  # characters of a clause that are shown


def population(held: Reading, kinds: Collection[ReadingKind] = READING_KINDS) -> Population:
    """All readings of the kinds asked for, in an order that hangs on nothing but what is held; each is made only when it is drawn."""
    raw = held.undecided()
    items = sorted(i.sha256 for i in held.items())
    found: Population = {kind: [] for kind in READING_KINDS if kind in kinds}
    if "date" in found:
        dates = raw.dates_of(items)
        found["date"] = [partial(_date, item, n, d) for item in items for n, d in enumerate(dates.get(item, ()))]
    if "relation" in found:
        names = {w.id: w.name for w in held.works()}
        found["relation"] = [partial(_relation, r, names) for r in sorted(raw.relations(), key=lambda r: r.id)]
    if "boundary" in found or "text" in found:
        rows = [(item, row) for item, own in sorted(held.clauses_of(items).items()) for row in own]
        if "boundary" in found:
            found["boundary"] = [partial(_boundary, item, row) for item, row in rows]
        if "text" in found:
            found["text"] = [partial(_text, item, row) for item, row in rows if row.text or row.heading]
    return found


def draw(every: Population, size: int, seed: int) -> list[Sampled]:
    """A random sample of so many readings (all, where there are fewer), in random order. The same seed draws the same from the same readings."""
    flat = [make for kind in READING_KINDS if kind in every for make in every[kind]]
    return [flat[at]() for at in random.Random(seed).sample(range(len(flat)), min(size, len(flat)))]


def rates(drawn: Sequence[Sampled], sizes: Mapping[ReadingKind, int], decisions: Iterable[Decision]) -> list[Rate]:
    """The error rate by kind, and last of all together, from the marks that count for what was drawn; of a kind of which nothing was marked there is none."""
    marks = {(ref, one.seen): one.verdict == "reject" for (subject, ref), one in standing(decisions).items() if subject == "reading"}
    told = [(one.kind, marks[one.ref, one.seen]) for one in drawn if (one.ref, one.seen) in marks]
    found = []
    for kind in (*(k for k in READING_KINDS if k in sizes), None):
        mine = [wrong for k, wrong in told if kind is None or k == kind]
        whole = sum(sizes.values()) if kind is None else sizes[kind]
        if mine:
            found.append(Rate(kind, whole, len(mine), sum(mine), *bounds(whole, len(mine), sum(mine))))
    return found


def marked(one: Sampled, *, right: bool, by: str, note: str, at: str, account: str, batch: str) -> Decision:
    """A person's mark on what was drawn, kept as a decision is. Raises UsageError where the name is missing, or the note of what is wrong."""
    signed(by, note or ("as printed" if right else ""))
    return Decision("reading", one.ref, "accept" if right else "reject", by.strip(), note.strip() or "as printed", at, one.seen, account, f"audit.{one.kind}", batch=batch)


def bounds(whole: int, drawn: int, wrong: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The shares between which that of the wrong ones among all lies, with this confidence: exact for a sample without replacement.

    >>> bounds(10_000, 100, 0)[0], round(bounds(10_000, 100, 0)[1], 4)
    (0.0, 0.036)
    >>> bounds(50, 50, 3)
    (0.06, 0.06)
    """
    tail = (1 - confidence) / 2
    low = _first(wrong, whole - (drawn - wrong), lambda many: 1 - _at_most(wrong - 1, whole, many, drawn) > tail)
    high = _last(wrong, whole - (drawn - wrong), lambda many: _at_most(wrong, whole, many, drawn) > tail)
    return low / whole, high / whole


def _at_most(most: int, whole: int, many: int, drawn: int) -> float:
    """The chance that a sample has at most so many of the ``many`` wrong ones."""
    first = max(0, drawn - (whole - many))
    return min(1.0, sum(exp(_ways(many, k) + _ways(whole - many, drawn - k) - _ways(whole, drawn)) for k in range(first, min(most, many, drawn) + 1)))


def _ways(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The first number for which it holds, where it holds from one on."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _last(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The last number for which it holds, where it holds up to one."""
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def _date(item: str, place: int, reading: DateReading) -> Sampled:
    day = reading.day
    read = day.on.isoformat() if day.on else f"between {day.earliest or '?'} and {day.latest or '?'}"
    said = f'"{reading.raw}" is the day {reading.role}: {read}'
    return Sampled("date", "a-" + digest("date", item, str(place), reading.role, reading.raw), said, _seen(said), reading.evidence)


def _relation(relation: Relation, names: dict[str, str]) -> Sampled:
    end = relation.affected
    target = names.get(end.work or "", "") or ", ".join(names.get(c, c) for c in relation.candidates) or "no rule held or named"
    day = relation.effect.day.on if relation.effect else None
    said = f'the paper {relation.kind} "{end.mention}" ({"statute" if end.external else target}){f" from {day.isoformat()}" if day else ""}, {relation.certainty}'
    return Sampled("relation", f"a-{digest('relation', relation.id)}", said, _seen(said), relation.evidence)


def _boundary(item: str, row: ClauseRow) -> Sampled:
    words = _words(row)
    said = f'a clause of depth {row.depth} begins with "{words[:60]}" and ends with "{words[-60:]}"'
    return Sampled("boundary", "a-" + digest("boundary", item, row.eid), said, _seen(said), _place(item, row))


def _text(item: str, row: ClauseRow) -> Sampled:
    words = _words(row)
    said = f'the words printed are "{words[:MOST_WORDS]}{"..." if len(words) > MOST_WORDS else ""}"'
    return Sampled("text", "a-" + digest("text", item, row.eid), said, _seen(words), _place(item, row))


def _words(row: ClauseRow) -> str:
    return " ".join(part for part in (row.marker, row.heading, row.text) if part)


def _place(item: str, row: ClauseRow) -> tuple[Evidence, ...]:
    return (Evidence(item, row.page, row.box_pt, _words(row)[:80], 0, 0, "audit"),)


def _seen(said: str) -> str:
    return digest(said)

