"""The asking path: a library opened, and its questions as methods. ``pipeline`` writes; this page only asks.

>>> import tempfile, datetime
>>> with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
...     library.in_force(datetime.date(2020, 6, 1)).rulings
()
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from lineage import __version__, answers, store
from lineage.errors import LineageError, NotFoundError, UsageError
from lineage.model import (
    INDEX_SERIES,
    Compared,
    Document,
    Finding,
    InForce,
    Period,
    Piece,
    Provenance,
    Relation,
    Shown,
    Span,
    Told,
    Verified,
    Work,
    bytes_of,
)
from lineage.model.dates import long_date
from lineage.model.hours import When
from lineage.model.incident import Incident
from lineage.model.making import MadeBy
from lineage.store import SearchHit, Store

if TYPE_CHECKING:
    import networkx as nx

    from lineage import pipeline
    from lineage.desk import Desk
    from lineage.gate import Gate
    from lineage.model import Happened, Survey
    from lineage.model.facsimile import Facsimile
    from lineage.model.impact import Impact
    from lineage.pipeline.published import Published
    from lineage.store.public import PublicOnly
    from lineage.store.reading import Reading


MOST_HITS = 200

Asked = TypeVar("Asked")
Words = ParamSpec("Words")


def at_one_moment(ask: Callable[Concatenate[Library, Words], Asked]) -> Callable[Concatenate[Library, Words], Asked]:
    """The same question, every part of its answer asked of the library as it is at one moment."""

    @functools.wraps(ask)
    def sitting(library: Library, /, *args: Words.args, **kwargs: Words.kwargs) -> Asked:
        with library.store.sitting():
            return ask(library, *args, **kwargs)

    return sitting


class Library:
    """A library that is open. Use it in a ``with`` statement."""

    def __init__(self, kept: Store, public: PublicOnly | None = None) -> None:
        self.store = kept
        self._public = public
        self._held: Reading = public or kept

    @classmethod
    def open(cls, location: str | Path, *, create: bool = True, clock: Callable[[], datetime] | None = None) -> Library:
        """Open the library in a folder, making one where the folder is empty or missing and ``create`` is true. Raises StoreError."""
        return cls(store.open(location, create=create, clock=clock))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.store.close()

    def ingest(
        self,
        paths: Iterable[Path],
        profile: str | None = None,
        jobs: int = 1,
        progress: Callable[[int, int, pipeline.Outcome], None] | None = None,
        provenance: Provenance | None = None,
        cluster: str | None = None,
        *,
        apart: bool = False,
    ) -> list[pipeline.Outcome]:
        """Read files and folders into the library, with where they came from; say what became of each. One job reads in this process unless it is to read ``apart``, in one that is bounded in time and memory. ``cluster`` is the address of a dask scheduler whose workers read. Raises UsageError where it cannot be used, LineageError where it is lost."""
        from lineage import pipeline

        return pipeline.ingest(paths, self.store, profile, jobs, progress, provenance, cluster, apart=apart)

    def observe(
        self, listing: Path, root: Path, profile: str | None = None, jobs: int = 1, progress: Callable[[int, int, pipeline.Outcome], None] | None = None
    ) -> pipeline.Observed:
        """Take what a site showed into the library; say what became of each file and line."""
        from lineage import pipeline

        return pipeline.observe(listing, root, self.store, profile, jobs, progress)

    @property
    def desk(self) -> Desk:
        """The open questions, and persons' rulings on them."""
        from lineage.desk import Desk

        return Desk(self.store)

    def for_release(self) -> Library:
        """The same library, asked only for what may be given away: its public rules."""
        from lineage.store.public import PublicOnly

        return Library(self.store, PublicOnly(self.store))

    @property
    def is_public(self) -> bool:
        """Whether only public rules are seen."""
        return self._public is not None

    @property
    def held(self) -> Reading:
        """What may be asked of it, value by value: of public rules alone, only what may be given away."""
        return self._held

    @property
    def gate(self) -> Gate:
        """Which rules may be given away, and which files count."""
        from lineage.gate import Gate

        return Gate(self.store)

    @at_one_moment
    def in_force(
        self, on: date | When, *, series: str | None = None, match: str | None = None, every: bool = False, as_known_on: str | None = None, as_published_on: date | None = None,
        unit: str | None = None, rank: str | None = None,
    ) -> InForce:
        """The rules in force on a day, or at a local time (a ``datetime``, or a ``When``), among those held; each with whether it binds a unit or a rank, and none left out for that. Raises as ``show`` does for the time."""
        when, as_known = When.of(on), self.moment(as_known_on)
        held = self._counting(as_published_on, as_known)
        answer = answers.in_force(held or self._held, when, series=series, match=match, every=every, as_known=as_known, whom=answers.Whom(unit, rank))
        return self._clocked(answer, held)

    def ruling(self, on: date, as_known_on: str | None = None) -> dict[str, str | None]:
        """All works in force on a day by id, each with the item that rules, or on which words that others changed stand (None where none is held): for a program that asks for very many. What is not established is told by ``in_force`` alone."""
        return dict(self._held.in_force_on(on, self.moment(as_known_on)))

    def words(self, work: str, on: date) -> tuple[str, str] | None:
        """The item that ruled a work (by its id) on a day, and its words, one line a clause: for a program that asks for very many, without reasons. None where the work was not in force, where no words are held, and where other
        papers changed them or may have; ``show`` tells which."""
        return self.store.words_on(work, on) if self._public is None or work in self._held.public() else None

    @at_one_moment
    def roll(self, as_known_on: str | None = None) -> answers.Roll:
        """All works in the order of lists, for ``part_in_force``; it serves until something is recorded."""
        return answers.roll(self._held, self.moment(as_known_on))

    @at_one_moment
    def part_in_force(
        self, on: date | When, start: int, count: int, roll: answers.Roll, *, series: str | None = None, agency: str | None = None, match: str | None = None, every: bool = False,
        as_published_on: date | None = None, unit: str | None = None, rank: str | None = None,
    ) -> InForce:
        """The same list as ``in_force``, of which ``count`` rules from the place ``start`` (from 0) are told, with the ``counts`` of the whole. Raises as ``in_force``."""
        held = self._counting(as_published_on, roll.as_known)
        of = answers.roll(held, roll.as_known) if held is not None else roll
        answer = answers.part_in_force(held or self._held, of, When.of(on), start, count, series=series, agency=agency, match=match, every=every, whom=answers.Whom(unit, rank))
        return self._clocked(answer, held)

    def _clocked(self, answer: InForce, held: Published | None) -> InForce:
        answer = replace(answer, recorded_at=self._recorded_by(answer.as_known_on))
        if held is None:
            return answer
        left = sum(not held.is_out(item) for item in held.first_out)
        return replace(answer, as_published_on=held.by, not_held=held.cited(), uncounted=left)

    @at_one_moment
    def show(self, work: str, on: date | When, as_known_on: str | None = None, as_published_on: date | None = None, *, unit: str | None = None, rank: str | None = None) -> Shown:
        """One work on one day, or at a local time of its agency (a ``datetime``, or a ``When``): status, words, reasons, sentence; with a unit or a rank, whether the paper binds it.

        As known on an earlier moment, ``since`` says what was learnt after it; as published by a day, the answer on all papers stands beside it where it is another.
        Raises NotFoundError; AmbiguousError also for a time that the clocks showed twice, UsageError for one that they never showed.
        """
        when, as_known, whom = When.of(on), self.moment(as_known_on), answers.Whom(unit, rank)
        try:
            answer = self._shown(work, when, as_known, whom)
        except NotFoundError as error:
            raise self._not_yet(error, work, as_known) from error
        name = answer.ruling.work.id
        if as_published_on is not None:
            held = self._counting(as_published_on, as_known) or self.published(as_published_on, as_known)
            answer = answers.as_published(answers.show(held, name, when, as_known=as_known, whom=whom), as_published_on, held.uncounted(name), answer)
        elif as_known is not None:
            after = answers.since(self._held, answer, as_known, _moment_in_words(as_known_on or "", as_known), lambda moment: self._shown(name, when, moment))
            answer = replace(answer, since=after)
        return replace(answer, recorded_at=self._recorded_by(as_known))

    @at_one_moment
    def history(self, work: str, as_known_on: str | None = None, as_published_on: date | None = None, *, changes: bool = False) -> Told:
        """The life of a work; with ``changes``, also the log of the answers about it that later recordings changed."""
        as_known = self.moment(as_known_on)
        found = answers.find_work(work, self._held, None, as_known)[0]
        held = self._counting(as_published_on, as_known)
        answer = answers.history(held or self._held, found.id, as_known=as_known)
        log = answers.changes(self._held, found.id, as_known) if changes else None
        left = held.uncounted(found.id) if held else ()
        return replace(answer, as_known_on=as_known, recorded_at=self._recorded_by(as_known), as_published_on=as_published_on, uncounted=left, changes=log)

    @at_one_moment
    def compare(self, work: str, old: date | When, new: date | When, as_known_on: str | None = None) -> Compared:
        """What became of the words of a rule from one day to another, and by whom. Raises NotFoundError (``works.no-text`` where of either day no words are held), AmbiguousError."""
        return answers.compare(self._held, work, When.of(old), When.of(new), as_known=self.moment(as_known_on))

    @at_one_moment
    def verify(self, work: str | None = None, on: date | None = None, *, series: str | None = None, as_known_on: str | None = None) -> list[Verified]:
        """The published text of a work, of each section of a manual, or of every work held, against the words put together to its day. Raises NotFoundError, AmbiguousError."""
        return answers.verify(self._held, work, on, series=series, as_known=self.moment(as_known_on))

    @at_one_moment
    def changes(self, start: date, end: date, *, series: str | None = None, as_known_on: str | None = None) -> Happened:
        """All that happened to the rules held from one day through another, both counted, with redlines. Raises UsageError where the second day comes before the first."""
        as_known = self.moment(as_known_on)
        return replace(answers.happened(self._held, start, end, series=series, as_known=as_known), recorded_at=self._recorded_by(as_known))

    @at_one_moment
    def incident(self, on: date | When, words: str = "", *, unit: str | None = None, rank: str | None = None) -> Incident:
        """The rules at the time of an incident that have one of the words (cut at commas), as they were out by that day and as all documents held now show them. Nothing of it is stored. Raises as ``in_force``."""
        when = When.of(on)
        published = self.published(when.day, None) if self._public is None else None
        out = None if published is None else (published, sum(not published.is_out(item) for item in published.first_out))
        found = answers.incident(self._held, out, when, answers.words_of(words), unit, rank)
        return replace(found, recorded_at=self.store.last_moment(), left_out=self.left_out())

    @at_one_moment
    def survey(self, on: date, as_known_on: str | None = None) -> Survey:
        """What a person should look at in the whole library on a day."""
        as_known = self.moment(as_known_on)
        return replace(answers.survey(self._held, on, as_known=as_known, graph=self.graph_findings(as_known_on)), recorded_at=self._recorded_by(as_known))

    def impact(self, draft: Path, on: date | None = None, profile: str | None = None) -> Impact:
        """What a draft order would do to the rules held, and what is to be said of it before it is issued. Nothing is stored. ``on`` is the day on which it is looked at; without one its own issue date, else today.

        Raises RefusedError where the file cannot be read, LineageError ``impact.held``, ``impact.no-order``.
        """
        from lineage.impact import assess

        return assess(self.store, draft, on, profile)

    def published(self, by: date, as_known: str | None = None) -> Published:
        """The library asked only for what is proved to have been out by a day, of what it held at a moment (now, where it is None)."""
        from lineage.pipeline.published import Published

        return Published(self.store, by, as_known)

    def _counting(self, by: date | None, as_known: str | None) -> Published | None:
        """The library as published by a day, where one is given."""
        if by is not None and self._public is not None:
            raise UsageError("What was published by a day is not told of public rules alone.", hint="Leave out --as-published-on, or --public.", code="usage.public")
        return self.published(by, as_known) if by is not None else None

    def _shown(self, work: str, when: When, as_known: str | None, whom: answers.Whom | None = None) -> Shown:
        """The answer on all papers; where an act reaches back over the day, with the answer as published by the day itself."""
        answer = answers.show(self._held, work, when, as_known=as_known, whom=whom or answers.Whom())
        if not answers.reaches_back(self._held, answer, as_known):
            return answer
        by_then = self.published(answer.ruling.on, as_known)
        then = type(self._public)(by_then) if self._public is not None else by_then
        return answers.as_deemed(answer, answers.show(then, answer.ruling.work.id, when, as_known=as_known))

    def _not_yet(self, error: NotFoundError, work: str, as_known: str | None) -> NotFoundError:
        """The same, saying from when the library has known of a work that it did not know then."""
        if as_known is None:
            return error
        try:
            found = answers.find_work(work, self._held)[0]
        except LineageError:
            return error
        first = self._held.recorded_at(self._held.moments_of(found.id)[0])
        by = f" It was first named by {first.items[0][1]}." if first.items else ""
        hint = f"Today the library knows of {answers.Names(self._held).work(found)}, since {answers.readable(first.at)}.{by} Ask as known on a later day."
        return NotFoundError(error.message, hint=hint, code=error.code, candidates=error.candidates)

    def _recorded_by(self, as_known: str | None) -> str | None:
        return self._held.last_moment(as_known) if as_known else None

    def find(self, work: str, on: date | When | None = None, as_known_on: str | None = None) -> Work:
        """The one work that the name means. Raises NotFoundError, AmbiguousError."""
        return answers.find_work(work, self._held, When.of(on).day if on else None, self.moment(as_known_on))[0]

    @at_one_moment
    def relations(self, work: str | None = None, as_known_on: str | None = None) -> list[Relation]:
        """The relations of a work, at either end, or all, as persons decided on them; those that they rejected among them."""
        as_known = self.moment(as_known_on)
        if work is None:
            return self._held.relations(as_known=as_known, rejected=True)
        found = answers.find_work(work, self._held, None, as_known)[0]
        return self._held.relations(works={found.id}, as_known=as_known, rejected=True)

    @at_one_moment
    def findings(self, work: str | None = None, as_known_on: str | None = None) -> list[Finding]:
        """The open questions about a work, or all."""
        as_known = self.moment(as_known_on)
        name = answers.find_work(work, self._held, None, as_known)[0].id if work else None
        return self._held.findings(work=name, as_known=as_known)

    def graph_findings(self, as_known_on: str | None = None) -> list[Finding]:
        """What cannot be right in the graph of relations: cycles, two rescinders, impossible orders of dates, targets not known."""
        from lineage import graph

        return graph.check(self.graph(None, as_known_on))

    def summary(self) -> str:
        """How much is held, in one line."""
        works, open_questions = self._held.works(), self._held.findings()
        texts, relations = sum(f"/{INDEX_SERIES}/" not in x.work for x in self._held.expressions()), len(self._held.relations())
        open_questions = [*open_questions, *self.graph_findings()]
        telling = sum(f.severity != "note" for f in open_questions)
        lists = sum(w.series == INDEX_SERIES for w in works)
        held = sum(w.held for w in works) - lists
        kept = f", {lists} lists of orders" if lists > 1 else ", 1 list of orders" if lists else ""
        return (
            f"{held} works, {texts} texts, {relations} relations, {len(works) - held - lists} works named and not held{kept}, "
            f"{len(open_questions)} open questions ({telling} could change an answer: lineage findings)"
        )

    def names(self, as_known_on: str | None = None, works: Collection[str] | None = None) -> dict[str, str]:
        """What a reader calls each work, or each of these."""
        as_known = self.moment(as_known_on)
        names = answers.Names(self._held, as_known)
        return {w.id: names.work(w) for w in self._held.works(ids=works, as_known=as_known)}

    def agencies(self, ids: Iterable[str], as_known_on: str | None = None) -> dict[str, str]:
        """What a reader calls these agencies."""
        names = answers.Names(self._held, self.moment(as_known_on))
        return {one: names.agency(one) for one in ids}

    def titles(self, works: Collection[str], as_known_on: str | None = None) -> dict[str, str]:
        """The titles of these works; empty where none is held."""
        return {w.id: w.title for w in self._held.works(ids=works, as_known=self.moment(as_known_on))}

    def latest(self) -> date | None:
        """The last day on which a text that is held begins."""
        return max((row.latest for row in self._held.series() if row.latest), default=None)

    def graph(self, work: str | None = None, as_known_on: str | None = None) -> nx.MultiDiGraph[str]:
        """The graph of relations, whole or two steps around a work."""
        as_known = self.moment(as_known_on)
        from lineage import graph

        whole = graph.build(self._held.works(as_known=as_known), self._held.relations(as_known=as_known), self._held.periods(as_known=as_known))
        return whole if work is None else graph.around(whole, self.find(work, None, as_known_on).id)

    @at_one_moment
    def lives(self, work: str | None = None, as_known_on: str | None = None) -> tuple[list[Work], list[Period], list[Relation]]:
        """Works, periods and relations for the picture: all, or those one step around a work."""
        as_known = self.moment(as_known_on)
        relations = self._held.relations(as_known=as_known)
        relations = [r for r in relations if r.standing == "order" or not r.affecting.own]  # that a list names a rule is no arrow
        if work is None:
            return [w for w in self._held.works(as_known=as_known) if w.series != INDEX_SERIES], self._held.periods(as_known=as_known), relations
        centre = self.find(work, None, as_known_on).id
        near = {centre}
        for r in relations:
            if r.kind != "cites" and centre in (r.affecting.work, r.affected.work):
                near.update(filter(None, (r.affecting.work, r.affected.work)))
        works = self._held.works(ids=near, as_known=as_known)
        inside = [r for r in relations if r.affecting.work in near and r.affected.work in near]
        return works, self._held.periods(work=near, as_known=as_known), inside

    @at_one_moment
    def search(self, words: str, on: date | When | None = None, as_known_on: str | None = None, most: int = MOST_HITS) -> list[tuple[SearchHit, Span | None]]:
        """The best clauses with these words, at most so many; with a day or a local time, only those whose text ruled on it. Each with the days on which it ruled."""
        as_known, when = self.moment(as_known_on), When.of(on) if on is not None else None
        hits = self._held.search(words, limit=most, as_known=as_known, near=when.day if when is not None else None)
        if when is not None:
            ruling = answers.ruling_at(self._held, {h.item for h in hits if h.work}, when, as_known) if hits else {}
            return [(h, ruling[h.item]) for h in hits if h.item in ruling]
        periods = self._held.periods(work={h.work for h in hits if h.work}, as_known=as_known) if hits else []
        spans = {p.item: p.span for p in reversed(periods) if p.status == "in-force"}
        return [(h, spans.get(h.item)) for h in hits]

    @at_one_moment
    def document(self, work: str, on: date | When | None = None, as_known_on: str | None = None) -> Document:
        """The document of the text that rules on a day or at a local time (the latest held where no day is given), with its relations as they are resolved now. A text that other papers changed is put
        together, as far as their changes apply; ``complete`` tells.

        Of public rules alone a restricted one leaves as its copy with words blacked out, where one is held. Raises NotFoundError where no text is held for that day.
        """
        as_known, when = self.moment(as_known_on), When.of(on) if on is not None else None
        if self._public is None:
            return answers.document_of(self._held, work, when, as_known)
        copy = answers.redacted_copy(self.store, self._held.public(as_known), work, when, as_known)
        if copy is not None:
            return copy
        kept = answers.document_of(self._held, work, when, as_known)
        return replace(kept, findings=tuple(self._public.seen(kept.findings, as_known)))

    def facsimile(self, item: str, page: int) -> Facsimile:
        """A page of the file of an item as it looks. Raises as ``answers.facsimile``."""
        return answers.facsimile(self._held, item, page)

    def pieces(self, item: str, eid: str) -> tuple[Piece, ...]:
        """Where a clause of an item stands, page by page. Raises as ``answers.pieces_of``."""
        return answers.pieces_of(self._held, item, eid)

    def file(self, item: str) -> tuple[str, bytes]:
        """The name and the very bytes of the file of an item, where all of it may be seen. Raises as ``answers.held_file``."""
        return answers.held_file(self._held, item)

    def is_empty(self) -> bool:
        """Whether nothing was ever read into the library."""
        return self.store.last_moment() is None

    def left_out(self, as_known_on: str | None = None) -> int | None:
        """How many restricted rules that are held are left out of these answers; None where none is."""
        return self._public.left_out(self.moment(as_known_on)) if self._public is not None else None

    def restricted(self, works: Iterable[str] | None, as_known_on: str | None = None) -> bool:
        """Whether what is told of these works (or of all) holds words of a restricted one: of one of them, or of one that acts upon them."""
        as_known = self.moment(as_known_on)
        public = self._held.public(as_known) & self._held.public()
        if works is None:
            return any(w.held and w.id not in public for w in self._held.works(as_known=as_known))
        told = set(works)
        acts = self._held.relations(works=told, as_known=as_known) if told else []
        return not (told | {r.affecting.work for r in acts if r.affecting.work and r.affected.work in told}) <= public

    def sitting(self) -> AbstractContextManager[None]:
        """Within this, all questions of this thread are asked of the library as it is at one moment; so an answer and ``made_by`` are of one state."""
        return self.store.sitting()

    def made_by(self, as_known_on: str | None = None) -> MadeBy:
        """By what an answer is made: the tool's version, the head of the log, the profiles; as they were at the moment asked about."""
        as_known = self.moment(as_known_on)
        last = self._held.head(as_known)
        return MadeBy(__version__, last.hash if last else None, last.number if last else 0, self._held.profile_hashes(as_known))

    def check(self) -> list[str]:
        """Every fault of the library: of the store, of each document against schemas and rules, and of the graph."""
        from lineage import documents

        faults = self.store.check()
        purged = self.store.purges()
        for item in self.store.items():
            if bytes_of(item.sha256) in purged:
                continue
            try:
                faults += [f"{item.name}: {fault}" for fault in documents.check(self.store.document(item.sha256))]
            except LineageError as fault:
                faults.append(f"{item.name}: {fault.message}")
        return faults

    def moment(self, as_known_on: str | None) -> str | None:
        """The exact UTC moment that ``--as-known-on`` means: the end of that day in the agency's zone, or the moment itself.

        Raises UsageError where it is neither, LineageError ``library.not-yet`` before the library was created.
        """
        return answers.moment_of(as_known_on, self._zone, self.store.created_at) if as_known_on is not None else None

    def _zone(self) -> ZoneInfo:
        """The zone of the agency whose paper was recorded first: an earlier day must not end at another moment because another agency's papers came later."""
        agency = self._held.first_agency()
        return answers.zone_of(self._held, agency) if agency else ZoneInfo("UTC")


def _moment_in_words(asked: str, moment: str) -> str:
    """What ``--as-known-on`` means, for a reader: "the end of August 1, 2026 (2026-08-02T06:59:59.999999Z)"."""
    return answers.readable(moment) if "T" in asked else f"the end of {long_date(date.fromisoformat(asked))} ({moment})"
