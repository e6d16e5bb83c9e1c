"""What becomes of our words when a published text is held against them: each difference with what explains it, or nothing that does."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from lineage.model.relation import Relation
from lineage.model.wording import Op, Refusal, Step
from lineage.model.work import Work

Why = Literal["order", "silent-edit", "unexplained"]
# How a difference is known to be an order's: its change, applied to our words, makes those published; or its quoted words are found where the text held does not have the place that it names.
How = Literal["applied", "words"]


class Difference(Struct, frozen=True):
    """What differs in one clause, as far as one thing explains it.

    ``ours`` and ``published`` are all that the clause says on each side, None where it is not there; ``words`` leads from the one to the other. ``changes`` are the exchanges of words that this
    difference is about: ``(ours, published)``, either may be empty. ``eid`` is the clause's name in our text, of one that we lack in the published text.

    ``by`` is the relation that explains it (``why`` is ``order``), ``how`` says by what proof; ``text`` is the item with the same number and dates that has these words (``silent-edit``). Where nothing
    explains it, ``possible`` are the acts not applied that touch the clause, or may, and ``lacking`` those applied to our words without which they would be as published.
    """

    op: Op
    eid: str
    marker: str
    ours: str | None
    published: str | None
    words: tuple[tuple[Step, str], ...]
    changes: tuple[tuple[str, str], ...]
    why: Why = "unexplained"
    by: str | None = None
    how: How | None = None
    text: str | None = None
    possible: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


class Checked(Struct, frozen=True):
    """Two texts held against each other word by word. ``layout`` counts the clauses that differ in blanks, marks of quotation, dashes, hyphens at a line's end or the cut into paragraphs alone."""

    differences: tuple[Difference, ...] = ()
    layout: int = 0

    @property
    def unexplained(self) -> tuple[Difference, ...]:
        """The differences that nothing held explains."""
        return tuple(d for d in self.differences if d.why == "unexplained")


EditionStanding = Literal["equal", "explained", "unexplained", "not-comparable"]


class Edition(Struct, frozen=True):
    """A published text of a work, held against the words that we put together to its day.

    ``item`` is the published text, ``on`` the day on which it stood (from it, where ``enacts``: it takes effect itself, and may make the changes that it shows); ``base`` is the text that ours stands on and ``since`` the day from which that ruled.
    ``applied`` and ``refused`` are the changes to it by then. ``edited`` are the silent edits in which another text with the number and dates of the base differs from it and so from the published text: ours has
    the published words there already, and they stand beside the differences of ``checked``. ``by_ocr`` says that words of one of the two were read by OCR, ``reason`` why nothing can be compared, and ``checked`` is then None.
    """

    item: str
    on: date
    enacts: bool
    base: str | None = None
    since: date | None = None
    applied: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    checked: Checked | None = None
    reason: str = ""
    edited: tuple[Difference, ...] = ()
    by_ocr: bool = False

    @property
    def standing(self) -> EditionStanding:
        """How the two texts stand to each other; silent edits that ours has already count as explained."""
        if self.checked is None:
            return "not-comparable"
        if not self.checked.differences and not self.edited:
            return "equal"
        return "unexplained" if self.checked.unexplained else "explained"


class Verified(Struct, frozen=True):
    """One work with its published text. ``acts`` are the relations that the differences name, by id, ``names`` what a reader calls the works and items met here; ``seen`` are the days on which texts of the base's number and dates were seen published, by item, ``why_not`` says of an act why it
    is not among the changes applied."""

    work: Work
    name: str
    edition: Edition
    acts: dict[str, Relation]
    names: dict[str, str]
    seen: dict[str, tuple[date, ...]]
    why_not: dict[str, str]

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every difference, those last that ours has already."""
        return (*self.edition.checked.differences, *self.edition.edited) if self.edition.checked else ()
