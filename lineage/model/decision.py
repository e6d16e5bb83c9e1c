"""A person's ruling on a doubt, and the question that it answers. A decision remembers what its maker saw; where that has changed since, it is stale and decides nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from lineage.model.clause import Day
from lineage.model.finding import Evidence, Finding, digest
from lineage.model.record import to_record
from lineage.model.relation import Edit
from lineage.model.time import Period, Status
from lineage.model.work import Expression

# What is ruled on: an act as it was read, a date of a paper, whether two papers are texts of one rule, a stretch of days of a rule's life,
# or, in an audit, whether what was read is right (which changes no answer).
SubjectKind = Literal["relation", "date", "identity", "stretch", "reading"]
SUBJECT_KINDS: tuple[SubjectKind, ...] = ("relation", "date", "identity", "stretch", "reading")
Verdict = Literal["accept", "reject", "correct", "withdraw", "second"]
VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "correct", "withdraw", "second")


class Correction(Struct, frozen=True):
    """What is right instead. Of an act: ``target``, the work that it means (``target_item`` is a text of it, by which it is found again in a library that counts its holders otherwise),
    ``day`` from which it works, ``edit`` what it does to words. Of a date: ``day``. Of two papers: ``one_work``. Of a stretch ``[start, end)``: ``status``, and ``item`` the text that ruled.
    """

    target: str = ""
    target_item: str = ""
    day: Day | None = None
    edit: Edit | None = None
    one_work: bool | None = None
    status: Status | None = None
    start: date | None = None
    end: date | None = None
    item: str = ""


class Decision(Struct, frozen=True):
    """One ruling: ``verdict`` on the subject that ``ref`` names, ``by`` whom (``account`` is the operating system's), ``because`` of what, and when (``decided_at``, UTC).

    ``seen`` is the fingerprint of what was seen, ``places`` the open questions of readings that it settles (``code@item:page:start``). ``code`` is that of the question, ``works`` the rules that it was about.
    ``needs_second`` says that a second person has to agree before it counts; a decision to ``second`` names the one that it agrees with in ``seconds``. ``batch`` is one for
    those made together.
    """

    subject: SubjectKind
    ref: str
    verdict: Verdict
    by: str
    because: str
    decided_at: str
    seen: str
    account: str = ""
    code: str = ""
    works: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    correction: Correction | None = None
    needs_second: bool = False
    seconds: str = ""
    batch: str = ""

    @property
    def id(self) -> str:
        """A name that no other decision has."""
        return "d-" + digest(json.dumps(to_record(self, sparse=True), sort_keys=True))


def standing(decisions: Iterable[Decision]) -> dict[tuple[SubjectKind, str], Decision]:
    """The decision that counts for each subject, of all in the order of their recording: the last one, unless it was withdrawn or waits for a second person."""
    last: dict[tuple[SubjectKind, str], Decision] = {}
    made: dict[str, Decision] = {}
    agreed: set[str] = set()
    for one in decisions:
        made[one.id] = one
        if one.verdict == "second":
            if (first := made.get(one.seconds)) is not None and not same_person(first.by, one.by):
                agreed.add(one.seconds)
        elif one.verdict == "withdraw":
            last.pop((one.subject, one.ref), None)
        else:
            last[one.subject, one.ref] = one
    return {subject: one for subject, one in last.items() if not one.needs_second or one.id in agreed}


def same_person(one: str, other: str) -> bool:
    """Whether two names are one, but for case, blanks and points."""
    return " ".join(one.replace(".", " ").lower().split()) == " ".join(other.replace(".", " ").lower().split())


class Option(Struct, frozen=True):
    """One way to answer a question: the key to press, the words for it, and what is then recorded; ``asks`` says what the person has to give besides."""

    key: str
    words: str
    verdict: Verdict
    correction: Correction | None = None
    asks: Literal["", "day", "words"] = ""


class Question(Struct, frozen=True):
    """What a person is asked: about which subject, in a sentence, with the words that it rests on. ``works`` are the rules whose answers hang on it, ``answers`` counts them: one a rule and day
    within the time that the library speaks of. ``pattern`` is the rule of the profile or the grammar that read the words; questions of one code, pattern and series are alike.
    ``stale`` is the decision that answered it before what it rested on changed, ``waiting`` the one that waits for a second person.
    """

    subject: SubjectKind
    ref: str
    code: str
    sentence: str
    works: tuple[str, ...]
    answers: int
    seen: str
    evidence: tuple[Evidence, ...] = ()
    options: tuple[Option, ...] = ()
    pattern: str = ""
    series: str = ""
    places: tuple[str, ...] = ()
    stale: str = ""
    waiting: str = ""

    @property
    def id(self) -> str:
        """A name that stays while the question is about the same subject."""
        return "q-" + digest(self.subject, self.ref)


def open_stretch(period: Period) -> bool:
    """Whether a person may rule on a period: it is not established how the rule stood, or in which words, or a doubt is kept about it."""
    return period.status == "not-provable" or (period.status == "in-force" and (not period.complete or bool(period.findings)))


def ref_of(period: Period, texts: Sequence[Expression]) -> str:
    """What names a stretch in any library that holds the same papers: the first text of the rule (its id where none is held), and what opened the stretch."""
    opened = period.opened_by
    cause = f"{opened.kind} {opened.label} {opened.relation} {opened.day.on}" if opened else ""
    return f"{texts[0].item if texts else period.work}@{digest(cause, period.status, *sorted(period.findings))}"


def seen_of_stretch(period: Period, texts: Sequence[Expression]) -> str:
    """The fingerprint of an open stretch: what names it, and the texts that begin with it."""
    opened = period.opened_by
    beginning = [x.item for x in texts if opened is not None and x.starts.first is not None and x.starts.first == opened.day.first]
    return digest(ref_of(period, texts), *sorted(beginning))


def place_of(finding: Finding) -> str:
    """Where an open question of a reading stands and what it says, by which a decision names it in any library that holds the paper."""
    first = finding.evidence[0] if finding.evidence else None
    where = f"{first.item}:{first.page}:{first.start}" if first else finding.work or ""
    return f"{finding.code}@{where}:{digest(finding.message)}"


class Attestation(Struct, frozen=True):
    """A person's word that of a series the library holds every paper up to a day: so nothing that is not held ended or changed a rule of it by then. ``items`` are the texts of the series that
    were held: one more that comes in later and is of that time shows that the word was mistaken.
    """

    agency: str
    series: str
    on: date
    by: str
    because: str
    said_at: str
    account: str = ""
    items: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """A name that no other attestation has."""
        return "t-" + digest(json.dumps(to_record(self, sparse=True), sort_keys=True))


def overtaken(said: Attestation, texts: Iterable[Expression]) -> tuple[str, ...]:
    """The texts of its series, held now, that a person who attested it complete had not before them: those that begin or were issued by that day, or of which that is not known."""
    days = ((x.item, min(filter(None, (x.starts.first, x.issued.first)), default=None)) for x in texts)
    return tuple(sorted(item for item, first in days if item not in said.items and (first is None or first <= said.on)))


MissingKind = Literal["cited", "version", "beginning", "end", "gap"]


class Missing(Struct, frozen=True):
    """A paper to ask for: what it is in words, the sentence that says why, the rule that it is of (``work``) or would be (``series`` and ``number``), and how many answers it would settle; ``named_by`` counts the papers that name it."""

    kind: MissingKind
    what: str
    sentence: str
    answers: int
    work: str | None = None
    series: str = ""
    number: str = ""
    evidence: tuple[Evidence, ...] = ()
    named_by: int = 1
