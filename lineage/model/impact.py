"""What a draft would do to the rules held, and what is to be said of it before it is issued."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from lineage.model.finding import Evidence, Finding
from lineage.model.wording import Shift
from lineage.model.work import Work

TouchKind = Literal["begins", "ends", "text", "words", "unapplied", "suspended", "resumed", "renumbered", "unsettled", "settled", "changed"]


class Caution(Struct, frozen=True):
    """Something to look at before a draft is issued: one sentence, where in the draft (its first evidence), the rule concerned (a work id), and what to do. ``finding`` is the code of the open question
    that it comes from, where it comes from one; ``others`` are the further rules of which the same is to be said."""

    code: str
    message: str
    evidence: tuple[Evidence, ...] = ()
    work: str | None = None
    advice: str = ""
    finding: str = ""
    others: tuple[str, ...] = ()


class Touched(Struct, frozen=True):
    """A rule whose life or words would be others: how, and from which day (None: from one that is not settled). ``shifts`` are what becomes of its words, where both texts are held."""

    work: Work
    name: str
    kind: TouchKind
    on: date | None
    message: str
    evidence: tuple[Evidence, ...] = ()
    shifts: tuple[Shift, ...] = ()


class Impact(Struct, frozen=True):
    """A draft against a library: ``work`` is the rule that it is a text of, with the id that it would have; ``starts`` the day from which it would rule, None where that is not settled; ``judged_on`` the
    day on which it is looked at. ``notes`` are the notes of its own reading, which change no answer."""

    name: str
    work: Work
    called: str
    profile: str
    judged_on: date
    judged_by: str
    starts: date | None
    issued: date | None
    touches: tuple[Touched, ...]
    cautions: tuple[Caution, ...]
    notes: tuple[Finding, ...] = ()
