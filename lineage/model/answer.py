"""What a question gets: an answer with its ground, its reasons and what is open about it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from msgspec import Struct, field

from lineage.model.access import Access, Purge, Redaction, Withdrawal
from lineage.model.binding import Binding, Bound, Precedence
from lineage.model.clause import DateReading
from lineage.model.custody import Copy
from lineage.model.decision import Decision
from lineage.model.edition import Edition
from lineage.model.finding import Evidence, Finding
from lineage.model.learning import Changed, Said, Since, Uncounted
from lineage.model.relation import Relation, RelationKind
from lineage.model.time import Event, Period, Status
from lineage.model.wording import Shift, Wording
from lineage.model.work import Expression, Work

Ground = Literal["stated", "observed", "presumed"]


class Pending(Struct, frozen=True):
    """A text that was issued by the day asked and takes effect later, and the item that brings it."""

    effective_on: date
    by: str


class Ruling(Struct, frozen=True):
    """How one work stands on a day.

    ``valid_from`` and ``valid_to`` are those of the text that rules (half-open); ``last_day`` is the last day in force, for people, where an end is stated. ``ground``,
    ``valid_from``, ``valid_to``, ``in_force_since`` and ``last_proof_on`` are None where the work is not in force. ``change_day``: the day itself is that of a change,
    which comes at ``change_hour`` where that is stated and leads from ``turned_from`` to ``turned``. ``hour`` is the local time asked about; ``asked`` are the words of the question.
    ``observed_on`` is the last day on which the text that rules was seen published; ``closed_by`` what comes on ``valid_to``. ``access`` says whether the work may be given away.
    """

    work: Work
    agency_name: str
    series_name: str
    on: date
    status: Status
    period: Period
    ground: Ground | None = None
    operative: bool | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    in_force_since: date | None = None
    last_proof_on: date | None = None
    change_day: bool = False
    complete: bool = True
    pending: tuple[Pending, ...] = ()
    codes: tuple[str, ...] = ()
    hour: str | None = None
    asked: str = ""
    change_hour: str | None = None
    turned: Period | None = None
    observed_on: date | None = None
    turned_from: Period | None = None
    bound: tuple[Bound, ...] = ()
    closed_by: Event | None = None
    access: Access = "restricted"

    @property
    def last_day(self) -> date | None:
        """The last day in force where an end is stated; people never see an exclusive end."""
        return self.valid_to - timedelta(days=1) if self.valid_to and self.ground == "stated" else None

    @property
    def expression_item(self) -> str | None:
        """The item whose text rules; None where the text is changed by others or not held."""
        return self.period.item if self.status == "in-force" and self.complete and not self.period.changes else None


class Reason(Struct, frozen=True):
    """One step of an answer: the rule by which it follows, what happened, when, and where that is written."""

    rule: str
    event: str
    on: date | None
    day_text: str
    evidence: tuple[Evidence, ...]
    note: str = ""


class Held(Struct, frozen=True):
    """How much of a series (``agency/series``, and its name for a reader) is held: works, and the first and last day on which a text of them starts."""

    series: str
    name: str
    works: int
    first: date | None
    last: date | None


class InForce(Struct, frozen=True):
    """The rules in force among those held. ``not_held`` counts works that are cited and not held. ``matched_as``, where words were asked for, says whether the rules
    have them as read or as OCR may have misread them. ``recorded_at`` is the last moment of recording that the answer rests on; ``as_published_on`` the day by which
    a paper had to be proved out to be counted, and ``uncounted`` how many of the texts held were not. ``counts`` are those of the whole list, of which ``rulings`` may be a part.
    """

    on: date
    as_known_on: str | None
    rulings: tuple[Ruling, ...]
    held: tuple[Held, ...]
    not_held: int
    matched_as: str | None = None
    hour: str | None = None
    asked: str = ""
    recorded_at: str | None = None
    as_published_on: date | None = None
    uncounted: int = 0
    counts: dict[Status, int] = field(default_factory=dict)


class Touch(Struct, frozen=True):
    """Another paper that does something to a rule and is in force, or not established, on the day (``status``): the kinds of what it does, with their evidence, and
    the rank by which one of the two prevails; None where nothing held says. ``by`` is the prevailing work's id."""

    work: Work
    name: str
    status: Status
    kinds: tuple[RelationKind, ...]
    evidence: tuple[Evidence, ...]
    by: str | None = None
    rank: Precedence | None = None


class ChangedBy(Struct, frozen=True):
    """An act that changed the words of a rule: who, from when, where that is written, and, where it is not applied, why (``refused`` and ``code``, else empty)."""

    relation: Relation
    name: str
    on: date | None
    refused: str = ""
    code: str = ""


class Shown(Struct, frozen=True):
    """One work on one day: how it stands, its words, why, and the sentence that says so. ``item_names`` are the file names of the items that the evidence is of.

    ``recorded_at`` is the last moment of recording that an answer as known then rests on, ``since`` what was learnt after it. ``as_published_on`` is the day by which
    a paper had to be proved out to be counted, ``uncounted`` those that were not, ``deemed`` the answer on all papers. ``published`` is the answer as published by
    the day itself, where an act reaches back over it. ``copies`` are the papers that the answer rests on, with where each came from. ``wording`` is the text that was put together from
    several papers, with what put each of its words there, None where one paper has it all; ``changed_by`` are the acts that it was made with, or that could not be applied.
    ``decisions`` are those of persons without which the answer would be another. ``editions`` are the published texts that the
    words which rule are held against: what follows them, or they themselves against ours. ``withdrawn`` are the files that bore on the rule and count no longer, ``purged`` those
    whose words are gone, also from what was known before. ``cited_as`` is the form in which its agency, by its ``abbreviation``, cites its papers.
    """

    ruling: Ruling
    as_known_on: str | None
    text: str | None
    clauses: tuple[object, ...]
    unapplied: tuple[Relation, ...]
    reasons: tuple[Reason, ...]
    sentence: str
    findings: tuple[Finding, ...]
    other_holders: tuple[Work, ...]
    dates: tuple[DateReading, ...] = ()
    issued_on: date | None = None
    item_names: dict[str, str] = field(default_factory=dict)
    recorded_at: str | None = None
    since: Since | None = None
    as_published_on: date | None = None
    uncounted: tuple[Uncounted, ...] = ()
    deemed: Said | None = None
    published: Said | None = None
    copies: tuple[Copy, ...] = ()
    bindings: tuple[Binding, ...] = ()
    touches: tuple[Touch, ...] = ()
    wording: Wording | None = None
    changed_by: tuple[ChangedBy, ...] = ()
    decisions: tuple[Decision, ...] = ()
    editions: tuple[Edition, ...] = ()
    withdrawn: tuple[Withdrawal, ...] = ()
    purged: tuple[Purge, ...] = ()
    cited_as: str = ""
    abbreviation: str = ""


class Compared(Struct, frozen=True):
    """The words of a rule on two days. ``acts`` are those that changed its words, by id; ``brought_by`` is the name of the paper that brought the later text, where the two days have texts of
    different papers."""

    old: Shown
    new: Shown
    shifts: tuple[Shift, ...]
    acts: dict[str, ChangedBy]
    brought_by: str = ""

    def by(self, shift: Shift) -> tuple[str, ...]:
        """Who did it, for a reader."""
        names = tuple(dict.fromkeys(self.acts[act].name for act in shift.by if act in self.acts))
        return names or ((self.brought_by,) if self.brought_by else ())


class Told(Struct, frozen=True):
    """The life of a work: its events, its periods, its texts, and their copies with words blacked out (``redacted``). ``changes`` is the log of the answers that later recordings changed, where it was asked for."""

    work: Work
    agency_name: str
    series_name: str
    events: tuple[Event, ...]
    periods: tuple[Period, ...]
    expressions: tuple[Expression, ...]
    item_names: dict[str, str]
    names: dict[str, str]
    findings: tuple[Finding, ...] = ()
    recorded_at: str | None = None
    as_known_on: str | None = None
    as_published_on: date | None = None
    uncounted: tuple[Uncounted, ...] = ()
    changes: tuple[Changed, ...] | None = None
    withdrawn: tuple[Withdrawal, ...] = ()
    purged: tuple[Purge, ...] = ()
    redacted: tuple[Redaction, ...] = ()
    access: Access = "restricted"
