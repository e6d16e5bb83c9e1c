"""What the room ``relations`` makes: an affecting paper does something to an affected target."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from lineage.model.binding import Binding
from lineage.model.clause import Day, Outline
from lineage.model.finding import Evidence, Finding, digest

RelationKind = Literal[
    "creates", "substitutes", "inserts", "deletes", "renumbers", "amends", "supersedes", "rescinds", "commences", "postpones", "extends", "suspends",
    "resumes", "expires", "reissues", "corrects", "incorporates", "splits", "merges", "confirms", "supplements", "implements", "cites",
]  # fmt: skip
RELATION_KINDS: tuple[RelationKind, ...] = RelationKind.__args__  # type: ignore[attr-defined]
# Acts of one paper that end another; the end that a paper gives itself ("expires") is none of them.
ENDING: tuple[RelationKind, ...] = ("rescinds", "supersedes", "incorporates", "splits", "merges")

# The letter of a kind, so that a picture also reads in black and white. Every change of words is an A.
LETTERS: dict[RelationKind, str] = {
    "creates": "C", "substitutes": "A", "inserts": "A", "deletes": "A", "renumbers": "N", "amends": "A", "supersedes": "S", "rescinds": "R",
    "commences": "F", "postpones": "P", "extends": "E", "suspends": "U", "resumes": "M", "expires": "X", "reissues": "W", "corrects": "K",
    "incorporates": "J", "splits": "Y", "merges": "G", "confirms": "V", "supplements": "L", "implements": "I", "cites": "Q",
}  # fmt: skip

Certainty = Literal["certain", "likely", "doubtful"]
Scope = Literal["whole", "part", "unknown"]
RelationStatus = Literal["found", "accepted", "rejected", "corrected"]
# Whose word it is: an order's own, or that of an index, a list of orders kept by the agency. An index never overrides an order.
Standing = Literal["order", "index"]


class End(Struct, frozen=True):
    """One end of a relation. ``mention`` is always as written; ``work`` is the work id once it is resolved. What the mention says, taken apart, stands beside it:
    ``series``, ``number``, ``title``, ``version_on`` (the date in "12 June 2015 Version of U02-01"), ``dated`` (the date of an order named by title and date).
    ``own`` is true where the paper means itself (an earlier version of it, or "this order"); ``external`` where it means no rule of this agency (a statute). ``subject`` is what the rules are about that are meant without being named ("all prior bulletins on vehicle stops"), ``among``
    the words for their kinds. ``path`` is the markers, as printed, of the part of the rule that is meant, outermost first.
    """

    mention: str
    work: str | None = None
    eid: str | None = None
    version_on: date | None = None
    series: str | None = None
    number: str | None = None
    title: str | None = None
    dated: date | None = None
    own: bool = False
    external: bool = False
    subject: str | None = None
    among: str | None = None
    path: tuple[str, ...] = ()


# Where words or a unit go, or where the words to be found must stand: at the start or the end of the target, before it or after it.
Position = Literal["start", "end", "before", "after"]


class Edit(Struct, frozen=True):
    """What a textual instruction does to words.

    - Words in place of words: ``find`` and ``replace`` (empty: they are struck). An insertion beside words finds them and puts them back with the new ones. ``count`` is how many
      times ``find`` must stand in the target, and all are changed; None with a ``find`` is "wherever it appears", at least once. ``occurrence`` picks one of them (from 1; -1 the last).
      ``position`` ``start`` or ``end``: only where the target begins or ends with them.
    - Words added to a target: ``replace`` alone, with ``position`` ``start`` or ``end``.
    - The whole target in new words: ``text`` alone. A new unit: ``text`` with ``position``, beside the target (``before``, ``after``) or in it (``start``, ``end``).
    - ``marker`` is the number as printed that the target, or the new unit, bears from then on.
    - ``clauses`` are the eids of those clauses of the affecting paper that hold the new text, outermost first in reading order; ``text`` is then their words.
    - ``excepted`` are paths within the target that keep their words.
    """

    find: str | None = None
    replace: str | None = None
    count: int | None = None
    position: Position | None = None
    text: str | None = None
    occurrence: int | None = None
    marker: str | None = None
    clauses: tuple[str, ...] = ()
    excepted: tuple[tuple[str, ...], ...] = ()


class Instruction(Struct, frozen=True):
    """One instruction as a sentence gives it: what is done (``kind``) to the unit at ``path`` (markers as printed, outermost first: "§ 3.48", "(a)", "(1)"), and how (``edit``).

    ``of`` is the rule or law that the path stands in, as written; None where neither the sentence nor its context names one. ``effective`` is the words that say from when. ``rule`` is the name of the rule of the
    grammar that fired; ``start`` and ``end`` are where in the sentence it stands, half-open. ``follows`` says that the new text is not in the sentence but in the clauses that follow it,
    ``unquoted`` that it stands behind a colon without marks around it, so that the sentence does not say where it ends.
    """

    kind: RelationKind
    path: tuple[str, ...]
    rule: str
    edit: Edit | None = None
    of: str | None = None
    effective: str | None = None
    start: int = 0
    end: int = 0
    follows: bool = False
    unquoted: bool = False


class Effect(Struct, frozen=True):
    """The day from which a relation works, and what says so."""

    day: Day
    basis: str


class Relation(Struct, frozen=True):
    """An affecting paper does something to an affected target. ``source`` is ``field``, ``stamp``, ``sentence``, ``layout``, ``row`` (of an index) or ``rule`` (a general one of the agency): where it was found.

    ``standing`` says whose word it is. ``condition`` is the words of a conditional life ("until a manual section has been drafted"). Only a relation that is certain, or likely with one possible
    target, may end a rule; a doubtful one only makes it not provable.
    """

    item: str
    kind: RelationKind
    affecting: End
    affected: End
    evidence: tuple[Evidence, ...]
    scope: Scope = "whole"
    effect: Effect | None = None
    edit: Edit | None = None
    condition: str = ""
    certainty: Certainty = "certain"
    status: RelationStatus = "found"
    source: str = "sentence"
    candidates: tuple[str, ...] = ()
    standing: Standing = "order"

    @property
    def renames(self) -> bool:
        """Whether it gives a whole rule another number; a part of a rule has its numbers within it."""
        return self.kind == "renumbers" and not self.affected.path

    @property
    def id(self) -> str:
        """A name that stays while the same words of the same item say the same."""
        first = self.evidence[0]
        edit = (str(self.edit.find), str(self.edit.replace), str(self.edit.marker)) if self.edit and self.scope == "part" else ()
        part = ("/".join(self.affected.path), *edit) if self.affected.path or edit else ()
        return "r-" + digest(self.item, self.kind, self.affecting.mention, self.affected.mention, str(self.affected.version_on), str(first.page), str(first.start), first.quote, *part)


class Run(Struct, frozen=True):
    """One extraction: code version, profile and its hash, when (PROV Activity)."""

    at: str
    code: str
    profile: str
    profile_sha256: str


class Document(Struct, frozen=True):
    """One expression as structure: everything that was read from one item, ready to be written and kept.

    ``work`` is the work id that it was resolved to, ``starts`` the day from which its text rules as far as known. ``base`` is the day of the text held to which changes of other papers were applied, None
    where the text is that of its one item; ``complete`` is false where some of them were not. ``master`` is the day of the rule's first text where its clauses keep the ids of that under another number.
    """

    work: str
    outline: Outline
    relations: tuple[Relation, ...]
    findings: tuple[Finding, ...]
    run: Run
    name: str
    media_type: str
    size: int
    time_zone: str
    country: str = "us"
    agency_name: str = ""
    series_name: str = ""
    starts: Day = Day()
    bindings: tuple[Binding, ...] = ()
    base: Day | None = None
    master: Day | None = None
    complete: bool = True
