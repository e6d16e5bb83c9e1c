"""What a packet tells of each rule: its life within the days asked for, and the answers on the first and the last day of each stretch of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from lineage import answers
from lineage.errors import NotFoundError
from lineage.model import Document, Event, Evidence, Expression, Finding, Period, Relation, Shown, Told, Work, bytes_of
from lineage.model.access import withdrawn_items
from lineage.model.decision import Decision
from lineage.packet.asked import Asked

if TYPE_CHECKING:
    from lineage.library import Library

# Papers that only name a rule are told and not enclosed.
NAMES_ONLY = frozenset(("cites",))


class Stretch(Struct, frozen=True):
    """Days of a rule's life with one answer, as far as the packet goes: ``first`` and ``last``, both counted, and the answers of these two days (one, where they are one day). ``document`` is its text, None where none is held or it is not in force."""

    period: Period
    first: date
    last: date
    shown: tuple[Shown, ...]
    document: Document | None = None


class Chapter(Struct, frozen=True):
    """What is told of one rule. ``lacking`` are the relations at whose other end stands a rule that is named and not held, or a law."""

    work: Work
    told: Told
    stretches: tuple[Stretch, ...]
    lacking: tuple[Relation, ...] = ()

    @property
    def shown(self) -> Iterator[Shown]:
        """Every answer in it."""
        return (one for stretch in self.stretches for one in stretch.shown)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The open questions of all its answers, the gravest first, each once."""
        gravest = {"blocker": 0, "doubt": 1, "note": 2}
        return tuple(sorted(dict.fromkeys(f for one in self.shown for f in one.findings), key=lambda f: (gravest[f.severity], f.code, f.id)))

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What persons decided, without which an answer would be another; in the order in which it was decided."""
        return tuple(sorted(dict.fromkeys(d for one in self.shown for d in one.decisions), key=lambda d: (d.decided_at, d.id)))


class Withheld(Struct, frozen=True):
    """A rule that may not be told of, as it was called, and the copies of its files with words blacked out."""

    name: str
    items: tuple[str, ...]


def ask(library: Library, asked: Asked, progress: Callable[[str], None]) -> tuple[list[Chapter], list[Withheld]]:
    """The chapters of the rules asked for, in that order; of a rule that is not public, where only those are told, its redacted copies. Raises NotFoundError, AmbiguousError for a name."""
    chapters: dict[str, Chapter] = {}
    withheld: dict[tuple[str, ...], Withheld] = {}
    for name in asked.works:
        progress(f"Asking: {name}")
        try:
            work = library.find(name, None, asked.as_known_on)
        except NotFoundError:
            copies = _redacted(library, name, asked)
            if not copies:
                raise
            withheld.setdefault(copies, Withheld(name, copies))
            continue
        if work.id not in chapters:
            chapters[work.id] = _chapter(library, work, asked)
    return list(chapters.values()), list(withheld.values())


def _chapter(library: Library, work: Work, asked: Asked) -> Chapter:
    told = library.history(work.id, asked.as_known_on)
    stretches = []
    for period in told.periods:
        first = max(asked.start, period.interval.start or asked.start)
        last = min(asked.end, period.interval.end - timedelta(days=1) if period.interval.end else asked.end)
        if first <= last:
            shown = tuple(library.show(work.id, day, asked.as_known_on) for day in dict.fromkeys((first, last)))
            stretches.append(Stretch(period, first, last, shown, _document(library, work, period, first, asked)))
    if not stretches:  # a rule that is only cited has no stretch, and yet an answer
        shown = tuple(library.show(work.id, day, asked.as_known_on) for day in dict.fromkeys((asked.start, asked.end)))
        stretches.append(Stretch(shown[0].ruling.period, asked.start, asked.end, shown))
    return Chapter(work, told, tuple(stretches), _lacking(library, work, stretches, asked))


def _document(library: Library, work: Work, period: Period, on: date, asked: Asked) -> Document | None:
    if period.status != "in-force" or period.item is None:
        return None
    try:
        return library.document(work.id, on, asked.as_known_on)
    except NotFoundError:
        return None  # the answer says that the wording is not held


def _lacking(library: Library, work: Work, stretches: Iterable[Stretch], asked: Asked) -> tuple[Relation, ...]:
    """What the texts that ruled name, and what acts upon the rule, without being held; each once."""
    texts = {s.period.item for s in stretches if s.period.item}
    acts = [r for r in library.relations(work.id, asked.as_known_on) if r.status != "rejected" and (r.item in texts or r.affected.work == work.id)]
    ends = {end.work for r in acts for end in (r.affecting, r.affected) if end.work}
    held = {w.id for w in library.held.works(ids=ends, as_known=library.moment(asked.as_known_on)) if w.held}
    return tuple(r for r in acts if any(end.work not in held and not end.own for end in (r.affecting, r.affected)))


def _redacted(library: Library, name: str, asked: Asked) -> tuple[str, ...]:
    """The copies with words blacked out of a rule that is held and may not be told of; none where nothing is so."""
    if not library.is_public:
        return ()
    as_known = library.moment(asked.as_known_on)
    work = answers.find_work(name, library.store, None, as_known)[0]
    texts, gone = {bytes_of(x.item) for x in library.store.expressions(work.id, as_known=as_known)}, withdrawn_items(library.store.withdrawals())
    return tuple(sorted(one.item for one in library.store.redactions(as_known) if bytes_of(one.of) in texts and one.item not in gone and bytes_of(one.of) not in gone))


def items(chapter: Chapter) -> set[str]:
    """The files that bear on a rule in these days: its texts, what changed, ended or began it, what an answer or an open question rests on, and the published texts that it is held to."""
    found = {x.item for x in _texts(chapter)}
    for one in chapter.shown:
        found |= {copy.item for copy in one.copies} | set(filter(None, (one.ruling.period.item, *(i for e in one.editions for i in (e.item, e.base)))))
        found |= {e.item for e in evidence(one)} | {e.item for touch in one.touches if set(touch.kinds) - NAMES_ONLY for e in touch.evidence}
        found |= {event.item for event in _events(one.ruling.period) if event.item}
    return found


def evidence(one: Shown) -> Iterator[Evidence]:
    """What an answer rests on, piece by piece: that of its steps, of what changed the words, of its open questions, and of what opens and closes its stretch."""
    for reason in one.reasons:
        yield from reason.evidence
    for act in (*(changed.relation for changed in one.changed_by), *one.unapplied):
        yield from act.evidence
    for finding in one.findings:
        yield from finding.evidence
    for event in _events(one.ruling.period):
        yield from event.evidence


def _events(period: Period) -> Iterator[Event]:
    return (event for event in (period.opened_by, period.closed_by) if event is not None)


def _texts(chapter: Chapter) -> Iterator[Expression]:
    """The texts of a rule that ruled in these days, those of the same dates, and those that begin within them."""
    ruled = {s.period.item for s in chapter.stretches} - {None}
    days = {(x.starts, x.issued) for x in chapter.told.expressions if x.item in ruled}
    first, last = chapter.stretches[0].first, chapter.stretches[-1].last
    for x in chapter.told.expressions:
        day = x.starts.first or x.starts.last or x.issued.first
        if x.item in ruled or (x.starts, x.issued) in days or (day is not None and first <= day <= last):
            yield x
