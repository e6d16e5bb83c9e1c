"""A library asked only for what is proved to have been out by a day: its works with their lives unrolled anew from the papers that count.

A paper was out by its own issue date, or by a sighting of it. A stamp says what was done and not when it was put on the paper, so its acts count only where the stamped copy
itself was seen. Which rule a mention means is taken as it is resolved on all that is held: that is our reading of the words, and no act of the agency.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage.model import INDEX_SERIES, Catalogue, Event, Expression, Finding, Interval, Look, Period, Relation, Work, bare
from lineage.model.dates import long_date
from lineage.model.learning import Uncounted
from lineage.pipeline import habits
from lineage.pipeline.lives import lives
from lineage.store import ItemRow, SearchHit, SeriesRow
from lineage.store.moments import BEGINNING, END
from lineage.store.rows import Stood
from lineage.store.view import View

if TYPE_CHECKING:
    from lineage.store import Store

STAMP = "what its stamp says, because a stamp does not tell when it was made"


class Published(View):
    """The questions of ``Reading``, answered from the papers that were out by a day, of those held at the moment ``as_known`` (now, where it is None).

    The moment is that of the whole view: what a question gives for it is left aside.
    """

    def __init__(self, kept: Store, by: date, as_known: str | None = None) -> None:
        super().__init__(kept)
        self.by = by
        self.as_known = as_known
        self._lives: dict[str, tuple[Sequence[Event], Sequence[Period], Sequence[Finding]]] = {}

    @cached_property
    def first_out(self) -> dict[str, date | None]:
        """By item the first day on which it is proved to have been out: its own issue date (the latest possible, where only bounds are known) or its first sighting,
        the earlier of them; None where neither is known."""
        texts = super().expressions(as_known=self.as_known)
        return {x.item: min(filter(None, (x.issued.on or x.issued.latest, self._first_seen.get(x.item))), default=None) for x in texts}

    @cached_property
    def _first_seen(self) -> dict[str, date]:
        """By item the first day on which it was seen published."""
        items = [x.item for x in super().expressions(as_known=self.as_known)]
        return {item: days[0] for item, days in super().sightings(items, self.as_known).items()}

    def uncounted(self, work: str) -> tuple[Uncounted, ...]:
        """The papers that bear on a work and are not counted, each with the reason."""
        names = {row.sha256: row.name for row in self.items()}
        acts = [r for r in super().relations(works={work}, as_known=self.as_known) if r.kind != "cites"]
        left: dict[str, str] = {}
        for item in [*(x.item for x in super().expressions(work, as_known=self.as_known)), *(a.item for a in acts)]:
            if not self.is_out(item):
                left[item] = _why(self.first_out.get(item))
        for act in acts:
            if not self._counts(act):
                left.setdefault(act.item, STAMP)
        return tuple(Uncounted(item, names.get(item, item[:12]), why, self.first_out.get(item)) for item, why in sorted(left.items()))

    def cited(self) -> int:
        """How many works are named by what counts, and none of their texts counts."""
        named = {w for r in self.relations() for w in (r.affecting.work, r.affected.work, *r.candidates) if w}
        return sum(not w.held for w in self.works(ids=named))

    def is_out(self, item: str) -> bool:
        """Whether an item is proved to have been out by the day."""
        first = self.first_out.get(item)
        return first is not None and first <= self.by

    # The questions to which the answer is another.

    def items(self, as_known: str | None = None, only: Collection[str] | None = None) -> list[ItemRow]:
        """All items held at the moment: that a paper is not counted does not hide its name."""
        return super().items(self.as_known, only)

    def ids_called(self, numbers: Collection[str], titles: Collection[str], as_known: str | None = None) -> list[str]:
        """As ``Reading.ids_called``, of the moment."""
        return super().ids_called(numbers, titles, self.as_known)

    def works(self, *, agency: str | None = None, ids: Collection[str] | None = None, as_known: str | None = None) -> list[Work]:
        """The works, called as what counts calls them; held are those of which a text counts."""
        found = super().works(agency=agency, ids=ids, as_known=self.as_known)
        texts: dict[str, list[Expression]] = defaultdict(list)
        for text in self.expressions([w.id for w in found]):
            texts[text.work].append(text)
        return [self._called(w, texts.get(w.id, ())) for w in found]

    def expressions(
        self, work: str | Collection[str] | None = None, *, agency: str | None = None, bare_number: str | None = None, as_known: str | None = None
    ) -> list[Expression]:
        """The expressions that count."""
        found = super().expressions(work, agency=agency, bare_number=bare_number, as_known=self.as_known)
        return [x for x in found if self.is_out(x.item)]

    def catalogue(
        self, agency: str, numbers: Collection[str] | None = None, titles: Collection[str] | None = None, as_known: str | None = None
    ) -> Catalogue:
        """The works, with the expressions that count."""
        whole = super().catalogue(agency, numbers, titles, self.as_known)
        texts = {w.id: [x for x in whole.by_work.get(w.id, ()) if self.is_out(x.item)] for w in whole.works}
        works = [replace(self._called(w, texts[w.id]), held=w.held) for w in whole.works]
        return Catalogue.of(works, (x for own in texts.values() for x in own))

    def series(self, as_known: str | None = None) -> list[SeriesRow]:
        """How much of each series counts."""
        works: dict[tuple[str, str], set[str]] = defaultdict(set)
        days: dict[tuple[str, str], list[date]] = defaultdict(list)
        for x in self.expressions():
            agency, series = x.work.split("/", 2)[:2]
            works[agency, series].add(x.work)
            days[agency, series].extend(d for d in (x.starts.first or x.starts.last,) if d)
        return [SeriesRow(*name, len(own), min(days[name], default=None), max(days[name], default=None)) for name, own in sorted(works.items())]

    def relations(
        self,
        *,
        item: str | None = None,
        items: Collection[str] | None = None,
        works: Collection[str] | None = None,
        agency: str | None = None,
        numbers: Collection[str] | None = None,
        ids: Collection[str] | None = None,
        as_known: str | None = None,
        rejected: bool = False,
    ) -> list[Relation]:
        """The relations that count."""
        found = super().relations(item=item, items=items, works=works, agency=agency, numbers=numbers, ids=ids, as_known=self.as_known, rejected=rejected)
        return [r for r in found if self._counts(r)]

    def waiting(self, agency: str, numbers: Collection[str], titles: Collection[str], as_known: str | None = None) -> list[Relation]:
        """The relations that count of which either end bears one of the names."""
        return [r for r in super().waiting(agency, numbers, titles, self.as_known) if self._counts(r)]

    def open_targets(self, agency: str, as_known: str | None = None) -> list[Relation]:
        """The acts that count upon rules that they do not name."""
        return [r for r in super().open_targets(agency, self.as_known) if self._counts(r)]

    def findings(self, *, work: str | None = None, item: str | None = None, as_known: str | None = None, source: str | None = None) -> list[Finding]:
        """The open questions of the readings that count, and those about a work that its life raises."""
        read = super().findings(work=work, item=item, as_known=self.as_known, source="reading")
        read = [f for f in read if not f.evidence or self.is_out(f.evidence[0].item)]
        return list(dict.fromkeys([*read, *(self._life(work)[2] if work and source is None else ())]))

    def findings_of(self, items: Collection[str], as_known: str | None = None, source: str | None = None) -> dict[str, list[Finding]]:
        """The findings with evidence in each of several items that count."""
        return super().findings_of([item for item in items if self.is_out(item)], self.as_known, source)

    def events(self, work: str | Collection[str], as_known: str | None = None) -> list[Event]:
        """The events of the lives that the papers that count make."""
        return [event for name in self._unrolled(work) for event in self._life(name)[0]]

    def periods(self, *, work: str | Collection[str] | None = None, on: date | None = None, as_known: str | None = None) -> list[Period]:
        """The periods of those lives."""
        names = self._unrolled([w.id for w in self.works()] if work is None else work)
        return [period for name in names for period in self._life(name)[1] if on is None or period.interval.covers(on)]

    def in_force_on(self, on: date, as_known: str | None = None) -> list[tuple[str, str | None]]:
        """The works in force in those lives."""
        return [(p.work, p.item) for p in self.periods(on=on) if p.status == "in-force"]

    def standings(self, as_known: str | None = None) -> list[Stood]:
        """The periods of those lives in short."""
        return [
            Stood(p.work, p.interval.start.isoformat() if p.interval.start else BEGINNING, p.interval.end.isoformat() if p.interval.end else END, p.status, p.opened_by is not None) for p in self.periods()
        ]

    def turning(self, first: date, last: date, as_known: str | None = None) -> set[str]:
        """The works that turn in those lives."""
        return {p.work for p in self.periods() if p.interval.start is not None and first <= p.interval.start <= last}

    def sightings(self, items: Collection[str], as_known: str | None = None) -> dict[str, tuple[date, ...]]:
        """The sightings up to the day."""
        seen = {item: tuple(day for day in days if day <= self.by) for item, days in super().sightings(items, self.as_known).items()}
        return {item: days for item, days in seen.items() if days}

    def looks(self, series: Collection[tuple[str, str]], as_known: str | None = None) -> dict[tuple[str, str], tuple[Look, ...]]:
        """The days of complete listings up to the day."""
        return {name: tuple(look for look in looks if look.on <= self.by) for name, looks in super().looks(series, self.as_known).items()}

    def search(self, words: str, limit: int = 50, as_known: str | None = None, near: date | None = None) -> list[SearchHit]:
        """The clauses of texts that count; their lives are others than those kept, so a day says nothing before they are unrolled."""
        return [hit for hit in super().search(words, limit, self.as_known) if self.is_out(hit.item)]

    def _called(self, work: Work, texts: Sequence[Expression]) -> Work:
        """The work under the numbers that a text or an act that counts gives it, and the title of the last text that counts; a number that comes out later names nothing yet."""
        last = max(texts, key=lambda x: (x.starts.first or x.starts.last or date.min, x.item), default=None)
        work = replace(work, held=last is not None, title=last.title if last else work.title)
        if not work.numbers:
            return work
        acts = {a.id for a in self.relations(works={work.id})}
        given = {bare(x.number) for x in texts if x.number}
        given |= {bare(b.number) for before, after in pairwise(work.numbers) if after.by in acts for b in (before, after)}
        proven = [b for b in work.numbers if bare(b.number) in given] or [work.numbers[0]]
        whole = (replace(proven[0], since=None), *proven[1:-1], replace(proven[-1], until=None)) if len(proven) > 1 else ()
        return replace(work, series=proven[-1].series, number=proven[-1].number, numbers=whole)

    def _counts(self, act: Relation) -> bool:
        if act.source == "stamp":
            seen = self._first_seen.get(act.item)
            return seen is not None and seen <= self.by
        return self.is_out(act.item)

    def _life(self, work: str) -> tuple[Sequence[Event], Sequence[Period], Sequence[Finding]]:
        self._unrolled(work)
        return self._lives.get(work, ((), (), ()))

    def _unrolled(self, work: str | Collection[str]) -> list[str]:
        """The names in order, their lives unrolled."""
        names = [work] if isinstance(work, str) else sorted(work)
        by_agency: dict[str, list[Work]] = defaultdict(list)
        missing = [name for name in names if name not in self._lives]
        for one in self.works(ids=missing) if missing else ():
            if one.series != INDEX_SERIES:
                by_agency[one.agency].append(one)
        for agency, works in by_agency.items():
            acts = self.relations(works={w.id for w in works})
            for life, found in lives(self, habits.of(self._kept, agency, self.as_known), works, acts):
                nothing = () if life.expressions or life.acts or life.done else (_unproved(life.work.id),)
                self._lives[life.work.id] = (found.events, nothing or found.periods, (*found.findings, *life.doubts_of_relations))
        return names


def _unproved(work: str) -> Period:
    """The whole life of a work of which nothing counts."""
    return Period(work, Interval(), "not-provable", operative=None, findings=("works.not-published",))


def _why(first: date | None) -> str:
    return f"it is proved to have been out from {long_date(first)}" if first else "it gives no date of issue, and no sighting of it is held"
