"""A sample of what was read, for a person to mark, and the error rate that follows."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from lineage.model.finding import Evidence

# What was read: a date in its role, what a paper does to a rule, where a clause begins and ends, its words.
ReadingKind = Literal["date", "relation", "boundary", "text"]
READING_KINDS: tuple[ReadingKind, ...] = ("date", "relation", "boundary", "text")


class Sampled(Struct, frozen=True):
    """One reading that was drawn: ``ref`` names it in any library that holds the paper, ``said`` is what was read, in words; ``seen`` is the fingerprint of that, ``evidence`` where it stands."""

    kind: ReadingKind
    ref: str
    said: str
    seen: str
    evidence: tuple[Evidence, ...] = ()


class Rate(Struct, frozen=True):
    """How many readings of a kind (None: of all) are wrong: of ``whole`` there are, ``marked`` were drawn and marked, ``wrong`` of them wrong; the share among all lies between ``low`` and ``high``, at 95 %."""

    kind: ReadingKind | None
    whole: int
    marked: int
    wrong: int
    low: float
    high: float
