"""What a survey of the whole library gets: remarks for a person, each one sentence with its places. A remark asserts nothing beyond what the papers show."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from lineage.model.answer import Held
from lineage.model.finding import Evidence
from lineage.model.wording import Step

Subject = Literal["gap", "overlap", "disagreement", "contradiction", "duplicate", "review", "interim", "dead-citation"]
SUBJECTS: tuple[Subject, ...] = Subject.__args__  # type: ignore[attr-defined]


class Place(Struct, frozen=True):
    """Where it stands: the rule, its name for a reader, the file and the page (from 1), the clause where one is meant, the words."""

    work: str
    name: str
    item: str
    file: str
    page: int
    eid: str = ""
    quote: str = ""

    @classmethod
    def of(cls, evidence: Evidence, work: str, name: str, file: str) -> Place:
        """The place of a piece of evidence."""
        return cls(work, name, evidence.item, file, evidence.page, "", evidence.quote)


class Pair(Struct, frozen=True):
    """Two clauses held against each other; ``words`` leads from the first to the second."""

    first: Place
    second: Place
    words: tuple[tuple[Step, str], ...]


class Remark(Struct, frozen=True):
    """One thing for a person to look at. ``candidate`` says that only a person can tell whether anything is amiss; ``more`` counts the clauses beyond those of ``pairs``. ``code`` is that of the open question
    it comes from. ``weight`` orders the remarks of one subject, the greatest first."""

    subject: Subject
    sentence: str
    works: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    pairs: tuple[Pair, ...] = ()
    more: int = 0
    candidate: bool = False
    code: str = ""
    weight: float = 0.0


class Survey(Struct, frozen=True):
    """The whole library on a day. ``in_force`` and ``not_established`` count the rules that are so, ``texts`` those in force whose words could be compared; ``unasked`` says what could not be asked, and why."""

    on: date
    as_known_on: str | None
    held: tuple[Held, ...]
    not_held: int
    in_force: int
    not_established: int
    texts: int
    remarks: tuple[Remark, ...]
    unasked: tuple[str, ...] = ()
    recorded_at: str | None = None
