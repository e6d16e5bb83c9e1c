"""The asking path: a library opened, and its questions as methods. ``pipeline`` writes; this page only asks.

>>> import tempfile, datetime
>>> with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
...     library.in_force(datetime.date(2020, 6, 1)).rulings
()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from lineage import answers, documents, graph, pipeline, store
from lineage.errors import LineageError, NotFoundError, UsageError
from lineage.model import INDEX_SERIES, Document, Finding, InForce, Period, Relation, Shown, Told, Work
from lineage.model.dates import long_date
from lineage.model.hours import When
from lineage.store import SearchHit, Store

if TYPE_CHECKING:
    import networkx as nx


class Library:
    """A library that is open. Use it in a ``with`` statement."""

    def __init__(self, kept: Store) -> None:
        self.store = kept

    @classmethod
    def open(cls, location: str | Path, *, create: bool = True, clock: Callable[[], datetime] | None = None) -> Library:
        """Open the library in a folder, making one where the folder is empty or missing and ``create`` is true. Raises StoreError."""
        return cls(store.open(location, create=create, clock=clock))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.store.close()

    def ingest(self, paths: Iterable[Path], profile: str | None = None, jobs: int = 1, progress: Callable[[int, int, pipeline.Outcome], None] | None = None) -> list[pipeline.Outcome]:
        """Read files and folders into the library; say what became of each."""
        return pipeline.ingest(paths, self.store, profile, jobs, progress)

    def observe(
        self, listing: Path, root: Path, profile: str | None = None, jobs: int = 1, progress: Callable[[int, int, pipeline.Outcome], None] | None = None
    ) -> pipeline.Observed:
        """Take what a site showed into the library; say what became of each file and line."""
        return pipeline.observe(listing, root, self.store, profile, jobs, progress)

    def in_force(self, on: date | When, *, series: str | None = None, match: str | None = None, every: bool = False, as_known_on: str | None = None) -> InForce:
        """The rules in force on a day, or at a local time (a ``datetime``, or a ``When``), among those held. Raises as ``show`` does for the time."""
        return answers.in_force(self.store, When.of(on), series=series, match=match, every=every, as_known=self.moment(as_known_on))

    def show(self, work: str, on: date | When, as_known_on: str | None = None) -> Shown:
        """One work on one day, or at a local time of its agency (a ``datetime``, or a ``When``): status, words, reasons, sentence.

        Raises NotFoundError; AmbiguousError also for a time that the clocks showed twice, UsageError for one that they never showed.
        """
        return answers.show(self.store, work, When.of(on), as_known=self.moment(as_known_on))

    def history(self, work: str, as_known_on: str | None = None) -> Told:
        """The life of a work."""
        return answers.history(self.store, work, as_known=self.moment(as_known_on))

    def find(self, work: str, on: date | When | None = None, as_known_on: str | None = None) -> Work:
        """The one work that the name means. Raises NotFoundError, AmbiguousError."""
        return answers.find_work(work, self.store, When.of(on).day if on else None, self.moment(as_known_on))[0]

    def relations(self, work: str | None = None, as_known_on: str | None = None) -> list[Relation]:
        """The relations of a work, at either end, or all."""
        as_known = self.moment(as_known_on)
        if work is None:
            return self.store.relations(as_known=as_known)
        found = answers.find_work(work, self.store, None, as_known)[0]
        return self.store.relations(works={found.id}, as_known=as_known)

    def findings(self, work: str | None = None, as_known_on: str | None = None) -> list[Finding]:
        """The open questions about a work, or all."""
        as_known = self.moment(as_known_on)
        name = answers.find_work(work, self.store, None, as_known)[0].id if work else None
        return self.store.findings(work=name, as_known=as_known)

    def graph_findings(self, as_known_on: str | None = None) -> list[Finding]:
        """What cannot be right in the graph of relations: cycles, two rescinders, impossible orders of dates, targets not known."""
        return graph.check(self.graph(None, as_known_on))

    def summary(self) -> str:
        """How much is held, in one line."""
        works, open_questions = self.store.works(), self.store.findings()
        texts, relations = sum(f"/{INDEX_SERIES}/" not in x.work for x in self.store.expressions()), len(self.store.relations())
        open_questions = [*open_questions, *self.graph_findings()]
        telling = sum(f.severity != "note" for f in open_questions)
        lists = sum(w.series == INDEX_SERIES for w in works)
        held = sum(w.held for w in works) - lists
        kept = f", {lists} lists of orders" if lists > 1 else ", 1 list of orders" if lists else ""
        return (
            f"{held} works, {texts} texts, {relations} relations, {len(works) - held - lists} works named and not held{kept}, "
            f"{len(open_questions)} open questions ({telling} could change an answer: lineage findings)"
        )

    def names(self, as_known_on: str | None = None) -> dict[str, str]:
        """What a reader calls each work."""
        return {w.id: answers.called(w) for w in self.store.works(as_known=self.moment(as_known_on))}

    def graph(self, work: str | None = None, as_known_on: str | None = None) -> nx.MultiDiGraph[str]:
        """The graph of relations, whole or two steps around a work."""
        as_known = self.moment(as_known_on)
        whole = graph.build(self.store.works(as_known=as_known), self.store.relations(as_known=as_known), self.store.periods(as_known=as_known))
        return whole if work is None else graph.around(whole, self.find(work, None, as_known_on).id)

    def lives(self, work: str | None = None, as_known_on: str | None = None) -> tuple[list[Work], list[Period], list[Relation]]:
        """Works, periods and relations for the picture: all, or those one step around a work."""
        as_known = self.moment(as_known_on)
        relations = self.store.relations(as_known=as_known)
        relations = [r for r in relations if r.standing == "order" or not r.affecting.own]  # that a list names a rule is no arrow
        if work is None:
            return [w for w in self.store.works(as_known=as_known) if w.series != INDEX_SERIES], self.store.periods(as_known=as_known), relations
        centre = self.find(work, None, as_known_on).id
        near = {centre}
        for r in relations:
            if r.kind != "cites" and centre in (r.affecting.work, r.affected.work):
                near.update(filter(None, (r.affecting.work, r.affected.work)))
        works = self.store.works(ids=near, as_known=as_known)
        inside = [r for r in relations if r.affecting.work in near and r.affected.work in near]
        return works, self.store.periods(work=near, as_known=as_known), inside

    def search(self, words: str, on: date | When | None = None, as_known_on: str | None = None) -> list[tuple[SearchHit, Period | None]]:
        """Clauses with these words; with a day or a local time, only those whose text ruled on it. Each with the period in which it ruled."""
        as_known = self.moment(as_known_on)
        hits = self.store.search(words, limit=200, as_known=as_known)
        works = sorted({h.work for h in hits if h.work})
        if on is not None:
            then = answers.periods_at(self.store, works, When.of(on), as_known) if works else {}
            ruling = {name: p for name, p in then.items() if p.status == "in-force"}
            return [(h, ruling[h.work]) for h in hits if h.work in ruling and ruling[h.work].item == h.item]
        periods = self.store.periods(work=works, as_known=as_known) if hits else []
        found: list[tuple[SearchHit, Period | None]] = []
        for hit in hits:
            ruled = [p for p in periods if p.item == hit.item and p.status == "in-force"]
            found.append((hit, ruled[0] if ruled else None))
        return found

    def document(self, work: str, on: date | When | None = None, as_known_on: str | None = None) -> Document:
        """The document of the text that rules on a day or at a local time (the latest held where no day is given), with its relations as they are resolved now.

        Raises NotFoundError where no text is held for that day.
        """
        as_known = self.moment(as_known_on)
        when = When.of(on) if on is not None else None
        found = answers.find_work(work, self.store, when.day if when else None, as_known)[0]
        if when is not None:
            then = answers.periods_at(self.store, [found.id], when, as_known)[found.id]
            item = then.item if then.status == "in-force" else None
        else:
            texts = self.store.expressions(found.id, as_known=as_known)
            item = texts[-1].item if texts else None
        if item is None:
            said = f" on {when.asked}" if when else ""
            raise NotFoundError(f"No text of {answers.called(found)} is held{said}, so there is nothing to export.", hint="Ask `lineage why` what is known of it.", code="works.no-text")
        kept = documents.read(self.store.document(item))
        return replace(kept, work=found.id, relations=tuple(self.store.relations(item=item, as_known=as_known)))

    def check(self) -> list[str]:
        """Every fault of the library: of the store, of each document against schemas and rules, and of the graph."""
        faults = self.store.check()
        for item in self.store.items():
            try:
                faults += [f"{item.name}: {fault}" for fault in documents.check(self.store.document(item.sha256))]
            except LineageError as fault:
                faults.append(f"{item.name}: {fault.message}")
        return faults

    def moment(self, as_known_on: str | None) -> str | None:
        """The exact UTC moment that ``--as-known-on`` means: the end of that day in the agency's zone, or the moment itself.

        Raises UsageError where it is neither, LineageError ``library.not-yet`` before the library was created.
        """
        if as_known_on is None:
            return None
        try:
            if "T" in as_known_on:
                moment = datetime.fromisoformat(as_known_on)
                moment = moment if moment.tzinfo else moment.replace(tzinfo=self._zone())
            else:
                moment = datetime.combine(date.fromisoformat(as_known_on), time(), self._zone()) + timedelta(days=1) - timedelta(microseconds=1)
        except ValueError:
            raise UsageError(f'"{as_known_on}" is no day and no moment.', hint="Write a day as 2026-08-01 or a moment as 2026-08-01T09:00:00Z.", code="usage.moment") from None
        text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        if text < self.store.created_at:
            raise LineageError(
                f"This library was created on {_readable(self.store.created_at)}; before that it held nothing, so what it held at {_readable(text)} cannot be asked.",
                hint="Ask for a later day or moment.",
                code="library.not-yet",
            )
        return text

    def _zone(self) -> ZoneInfo:
        agencies = sorted({w.agency for w in self.store.works()})
        return answers.zone_of(self.store, agencies[0]) if agencies else ZoneInfo("UTC")



def _readable(moment: str) -> str:
    """A moment for a reader: the day and the minute, UTC."""
    at = datetime.fromisoformat(moment)
    return f"{long_date(at.date())}, {at:%H:%M} UTC"
