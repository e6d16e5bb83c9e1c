"""The rules at the time of an incident, as they were out by then and as all documents held show them now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lineage.answers.asking import in_force, matching_works
from lineage.answers.binding import ANYONE, Whom
from lineage.model import INDEX_SERIES, InForce
from lineage.model.hours import When
from lineage.model.incident import Side
from lineage.store.reading import Reading

WITHIN_DAYS = 60


def words_of(asked: str) -> tuple[str, ...]:
    """What is asked for, cut at commas, semicolons and lines.

    >>> words_of("3.48, use of force;  pursuit,")
    ('3.48', 'use of force', 'pursuit')
    """
    return tuple(dict.fromkeys(filter(None, (" ".join(part.split()) for part in re.split(r"[,;\n]", asked)))))


def side(held: Reading, when: When, words: Sequence[str], *, as_known: str | None = None, whom: Whom = ANYONE) -> tuple[Side, InForce, frozenset[str]]:
    """The rules at a time by what is held, with the whole list that they are taken from and the ids of the works that have the words. Raises as ``in_force`` does."""
    every = in_force(held, when, every=True, as_known=as_known, whom=whom)
    works = [w for w in held.works(as_known=as_known) if w.series != INDEX_SERIES]
    matched = frozenset(w.id for w in works) if not words else frozenset().union(*(matching_works(held, works, part, as_known)[0] for part in words))
    own = [r for r in every.rulings if r.work.id in matched]
    live = [r for r in own if r.status == "in-force"]
    unclear = {r.work.id for r in own if r.status == "not-provable" and (r.work.held or r.period.opened_by is not None)}
    return (
        Side(
            tuple(r for r in live if r.operative is not False),
            tuple(r for r in live if r.operative is False),
            tuple(r for r in own if r.pending),
            tuple(r for r in own if r.work.id in unclear),
            tuple(r for r in every.rulings if r.status == "in-force" and r.work.id not in matched),
        ),
        replace(every, rulings=()),
        matched,
    )
