"""The rules at the time of an incident, as they were out by then and as all documents held show them now."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lineage.answers.asking import in_force, is_listed, matching_works
from lineage.answers.binding import Whom
from lineage.answers.happening import happened
from lineage.model import INDEX_SERIES, InForce
from lineage.model.confusion import AS_MISREAD
from lineage.model.dates import shifted
from lineage.model.hours import When
from lineage.model.incident import Incident, Side
from lineage.store.reading import Reading

WITHIN_DAYS = 60


def words_of(asked: str) -> tuple[str, ...]:
    """What is asked for, cut at commas, semicolons and lines.

    >>> words_of("3.48, use of force;  pursuit,")
    ('3.48', 'use of force', 'pursuit')
    """
    return tuple(dict.fromkeys(filter(None, (" ".join(part.split()) for part in re.split(r"[,;\n]", asked)))))


def incident(held: Reading, out: tuple[Reading, int] | None, when: When, words: tuple[str, ...], unit: str | None, rank: str | None) -> Incident:
    """The sheet of a time. ``out`` is the same library asked only for what was out by then, with how many of its texts are not counted for that; None where that cannot be told. Raises as ``in_force``."""
    whom = Whom(unit, rank)
    matched, misread = _matched(held, words)
    now, every = _side(held, when, matched, whom)
    then = _side(out[0], when, _matched(out[0], words)[0], whom)[0] if out is not None else None
    spans = ((shifted(when.day, -WITHIN_DAYS), when.day), (shifted(when.day, 1), shifted(when.day, WITHIN_DAYS)))
    earlier, later = (happened(held, start, end) for start, end in spans)
    before, after = (tuple(h for h in found.happenings if h.work.id in matched) for found in (earlier, later))
    return Incident(
        when.day, when.hour, when.asked, words, unit, rank, then, now, before, after, every.held, every.not_held, None, earlier.item_names, misread,
        "" if out is not None else "What was published by a day is not told of public rules alone.", out[1] if out is not None else 0,
    )  # fmt: skip


def _matched(held: Reading, words: Sequence[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The works that have one of the words, and the words that none has as read: what is listed for those may have them, if OCR misread it."""
    works = [w for w in held.works() if w.series != INDEX_SERIES]
    if not words:
        return frozenset(w.id for w in works), ()
    found = {part: matching_works(held, works, part, None) for part in words}
    return frozenset().union(*(works for works, _ in found.values())), tuple(part for part, (works, as_read) in found.items() if works and as_read == AS_MISREAD)


def _side(held: Reading, when: When, matched: frozenset[str], whom: Whom) -> tuple[Side, InForce]:
    """The rules at a time by what is held, with the list that they are taken from."""
    every = in_force(held, when, every=True, whom=whom)
    own = [r for r in every.rulings if r.work.id in matched]
    live = [r for r in own if r.status == "in-force"]
    return (
        Side(
            tuple(r for r in live if r.operative is not False),
            tuple(r for r in live if r.operative is False),
            tuple(r for r in own if r.pending),
            tuple(r for r in own if r.status == "not-provable" and is_listed(r)),
            tuple(r for r in every.rulings if r.status == "in-force" and r.work.id not in matched),
        ),
        every,
    )
