"""A library of which only the rules that are marked public can be seen: what leaves the library is asked through it.

Every question passes one of the filters here. What bears on a public rule and comes from another stands as "a restricted rule", without its name, number or words. How a
public rule stood stays as it is: only the proof is kept back, and words that a restricted paper put into it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date

from msgspec.structs import replace

from lineage.model import (
    Binding,
    Catalogue,
    Copy,
    DateReading,
    Event,
    Expression,
    Finding,
    Look,
    Period,
    Piece,
    Precedence,
    Relation,
    Run,
    Span,
    Work,
    bytes_of,
)
from lineage.model.access import Marking, Purge, Redaction, Withdrawal
from lineage.model.decision import Attestation, Decision
from lineage.model.learning import PeriodRow, Recorded
from lineage.store.log import Head
from lineage.store.reading import Reading
from lineage.store.rows import ClauseRow, ItemRow, SearchHit, SeriesRow, Stood
from lineage.store.withholding import Withholding


class PublicOnly(Withholding):
    """The questions of a library, answered from its public rules alone."""

    # Items and what was read from them.

    def holds(self, sha256: str) -> bool:
        """Whether an item with this hash is held and may be seen."""
        return sha256 in self._seen(None).items

    def items(self, as_known: str | None = None, only: Collection[str] | None = None) -> list[ItemRow]:
        """The items of public rules."""
        return [row for row in self.kept.items(as_known, only) if row.sha256 in self._seen(as_known).items]

    def data(self, sha256: str) -> bytes:
        """As ``Reading.data``."""
        return self.kept.data(self._own(sha256))

    def name_of(self, sha256: str) -> str:
        """As ``Reading.name_of``."""
        return self.kept.name_of(self._own(sha256))

    def shows_whole(self, sha256: str) -> bool:
        """As ``Reading.shows_whole``: every rule in the file is public."""
        inside = [x.item for x in self.kept.expressions() if bytes_of(x.item) == bytes_of(sha256)]
        return bool(inside) and len(self._some(inside)) == len(inside)

    def tilt(self, sha256: str, page: int) -> float:
        """As ``Reading.tilt``."""
        return self.kept.tilt(self._own(sha256), page)

    def document(self, sha256: str) -> bytes:
        """As ``Reading.document``."""
        return self.kept.document(self._own(sha256))

    def run(self, sha256: str) -> Run:
        """As ``Reading.run``."""
        return self.kept.run(self._own(sha256))

    def clauses(self, sha256: str) -> list[ClauseRow]:
        """The clauses of an item; none of one that may not be seen."""
        return self.kept.clauses(sha256) if self._some([sha256]) else []

    def clauses_of(self, items: Collection[str]) -> dict[str, list[ClauseRow]]:
        """As ``Reading.clauses_of``."""
        return self.kept.clauses_of(self._some(items))

    def pieces(self, sha256: str) -> dict[str, tuple[Piece, ...]]:
        """As ``Reading.pieces``."""
        return self.kept.pieces(self._own(sha256))

    def dates(self, sha256: str, as_known: str | None = None) -> list[DateReading]:
        """As ``Reading.dates``."""
        return self.kept.dates(sha256, as_known) if self._some([sha256]) else []

    def dates_of(self, items: Collection[str], as_known: str | None = None) -> dict[str, list[DateReading]]:
        """As ``Reading.dates_of``."""
        return self.kept.dates_of(self._some(items), as_known)

    def copies(self, items: Iterable[str], as_known: str | None = None) -> list[Copy]:
        """As ``Reading.copies``."""
        return self.kept.copies(self._some(items), as_known)

    def bindings(self, items: Collection[str]) -> dict[str, tuple[Binding, ...]]:
        """As ``Reading.bindings``."""
        return self.kept.bindings(self._some(items))

    # Works and their texts.

    def works(self, *, agency: str | None = None, ids: Collection[str] | None = None, as_known: str | None = None) -> list[Work]:
        """The public works."""
        return [self._work(w, as_known) for w in self.kept.works(agency=agency, ids=ids, as_known=as_known) if w.id in self._seen(as_known).works]

    def ids_called(self, numbers: Collection[str], titles: Collection[str], as_known: str | None = None) -> list[str]:
        """As ``Reading.ids_called``; of public works."""
        return [name for name in self.kept.ids_called(numbers, titles, as_known) if name in self._seen(as_known).works]

    def expressions(self, work: str | Collection[str] | None = None, *, agency: str | None = None, bare_number: str | None = None, as_known: str | None = None) -> list[Expression]:
        """The texts of public works."""
        found = self.kept.expressions(work, agency=agency, bare_number=bare_number, as_known=as_known)
        return [x for x in found if x.item in self._seen(as_known).items]

    def catalogue(self, agency: str, numbers: Collection[str] | None = None, titles: Collection[str] | None = None, as_known: str | None = None) -> Catalogue:
        """The public works and their texts."""
        whole, seen = self.kept.catalogue(agency, numbers, titles, as_known), self._seen(as_known)
        return Catalogue.of([self._work(w, as_known) for w in whole.works if w.id in seen.works], [x for x in whole.expressions if x.item in seen.items])

    def renumberings(self, agency: str, numbers: Collection[str], as_known: str | None = None) -> list[Relation]:
        """As ``Reading.renumberings``."""
        return self._acts(self.kept.renumberings(agency, numbers, as_known), as_known)

    def makers(self, items: Collection[str], as_known: str | None = None) -> dict[str, str]:
        """As ``Reading.makers``."""
        return {item: work for item, work in self.kept.makers(items, as_known).items() if item in self._seen(as_known).items}

    def below(self, agency: str, numbers: Collection[str], as_known: str | None = None) -> list[Work]:
        """As ``Reading.below``."""
        return [self._work(w, as_known) for w in self.kept.below(agency, numbers, as_known) if w.id in self._seen(as_known).works]

    def series(self, as_known: str | None = None) -> list[SeriesRow]:
        """How much of each series may be seen."""
        works: dict[tuple[str, str], set[str]] = defaultdict(set)
        days: dict[tuple[str, str], list[date]] = defaultdict(list)
        of = {w.id: (w.agency, w.series) for w in self.works(as_known=as_known)}
        for x in self.expressions(as_known=as_known):
            works[of[x.work]].add(x.work)
            days[of[x.work]].extend(d for d in (x.starts.first or x.starts.last,) if d)
        return [SeriesRow(*name, len(own), min(days[name], default=None), max(days[name], default=None)) for name, own in sorted(works.items())]

    # Relations, findings and time.

    def _acts(self, found: Iterable[Relation], as_known: str | None) -> list[Relation]:
        return [r for r in found if r.id in self._seen(as_known).acts]

    def relations(
        self, *, item: str | None = None, items: Collection[str] | None = None, works: Collection[str] | None = None, agency: str | None = None,
        numbers: Collection[str] | None = None, ids: Collection[str] | None = None, as_known: str | None = None, rejected: bool = False,
    ) -> list[Relation]:  # fmt: skip
        """The acts of public papers upon public rules, and those whose target is not known."""
        found = self.kept.relations(item=item, items=items, works=works, agency=agency, numbers=numbers, ids=ids, as_known=as_known, rejected=rejected)
        return self._acts(found, as_known)

    def waiting(self, agency: str, numbers: Collection[str], titles: Collection[str], as_known: str | None = None) -> list[Relation]:
        """As ``Reading.waiting``."""
        return self._acts(self.kept.waiting(agency, numbers, titles, as_known), as_known)

    def open_targets(self, agency: str, as_known: str | None = None) -> list[Relation]:
        """As ``Reading.open_targets``."""
        return self._acts(self.kept.open_targets(agency, as_known), as_known)

    def findings(self, *, work: str | None = None, item: str | None = None, as_known: str | None = None, source: str | None = None) -> list[Finding]:
        """The open questions about public rules; one that rests on another says only that."""
        return list(dict.fromkeys(self.seen(self.kept.findings(work=work, item=item, as_known=as_known, source=source), as_known)))

    def findings_of(self, items: Collection[str], as_known: str | None = None, source: str | None = None) -> dict[str, list[Finding]]:
        """As ``Reading.findings_of``."""
        found = self.kept.findings_of(self._some(items), as_known, source)
        return {item: list(self.seen(own, as_known)) for item, own in found.items()}

    def events(self, work: str | Collection[str], as_known: str | None = None) -> list[Event]:
        """The events of public rules."""
        wanted = [w for w in ([work] if isinstance(work, str) else work) if w in self._seen(as_known).works]
        return [self._event(e, as_known) for e in self.kept.events(wanted, as_known)] if wanted else []

    def periods(self, *, work: str | Collection[str] | None = None, on: date | None = None, as_known: str | None = None) -> list[Period]:
        """The periods of public rules."""
        return [self._period(p, as_known) for p in self.kept.periods(work=work, on=on, as_known=as_known) if p.work in self._seen(as_known).works]

    def ruling(self, items: Collection[str], on: date, as_known: str | None = None) -> dict[str, Span]:
        """As ``Reading.ruling``; of public works."""
        return super().ruling(self._some(items), on, as_known)

    def in_force_on(self, on: date, as_known: str | None = None) -> list[tuple[str, str | None]]:
        """As ``Reading.in_force_on``; of public works."""
        seen = self._seen(as_known)
        return [(work, item if item in seen.items else None) for work, item in self.kept.in_force_on(on, as_known) if work in seen.works]

    def standings(self, as_known: str | None = None) -> list[Stood]:
        """As ``Reading.standings``; of public works."""
        return [one for one in self.kept.standings(as_known) if one.work in self._seen(as_known).works]

    def turning(self, first: date, last: date, as_known: str | None = None) -> set[str]:
        """As ``Reading.turning``; of public works."""
        return self.kept.turning(first, last, as_known) & set(self._seen(as_known).works)

    def sightings(self, items: Collection[str], as_known: str | None = None) -> dict[str, tuple[date, ...]]:
        """As ``Reading.sightings``."""
        return self.kept.sightings(self._some(items), as_known)

    def looks(self, series: Collection[tuple[str, str]], as_known: str | None = None) -> dict[tuple[str, str], tuple[Look, ...]]:
        """As ``Reading.looks``: days alone."""
        return self.kept.looks(series, as_known)

    def search(self, words: str, limit: int = 50, as_known: str | None = None, near: date | None = None) -> list[SearchHit]:
        """The clauses of public rules in which all the words stand."""
        seen = self._seen(as_known)
        return [hit for hit in self.kept.search(words, 1_000_000, as_known, near) if hit.item in seen.items][:limit]

    def precedence(self, agency: str, as_known: str | None = None) -> list[Precedence]:
        """As ``Reading.precedence``: what the profile says."""
        return self.kept.precedence(agency, as_known)

    def profile(self, agency: str, as_known: str | None = None) -> tuple[str, str]:
        """As ``Reading.profile``."""
        return self.kept.profile(agency, as_known)

    # The library's own clock.

    def history_moments(self) -> list[str]:
        """As ``Reading.history_moments``."""
        return self.kept.history_moments()

    def moments_of(self, work: str) -> list[str]:
        """As ``Reading.moments_of``; none of a rule that may not be seen."""
        return self.kept.moments_of(work) if work in self._seen(None).works else []

    def works_at(self, moment: str) -> set[str]:
        """As ``Reading.works_at``; of public rules."""
        return self.kept.works_at(moment) & set(self._seen(None).works)

    def period_rows(self, work: str) -> list[PeriodRow]:
        """As ``Reading.period_rows``."""
        rows = self.kept.period_rows(work) if work in self._seen(None).works else []
        return [replace(row, period=self._period(row.period, row.recorded_from)) for row in rows]

    def recorded_at(self, moment: str) -> Recorded:
        """What came in at a moment, of public rules."""
        told = self.kept.recorded_at(moment)
        return Recorded(told.at, tuple(one for one in told.items if one[0] in self._seen(None).items), told.seen_on)

    def last_moment(self, as_known: str | None = None) -> str | None:
        """As ``Reading.last_moment``."""
        return self.kept.last_moment(as_known)

    def head(self, as_known: str | None = None) -> Head | None:
        """As ``Reading.head``: a hash tells nothing of what is under it."""
        return self.kept.head(as_known)

    def profile_hashes(self, as_known: str | None = None) -> dict[str, str]:
        """As ``Reading.profile_hashes``, of agencies of which a rule may be seen."""
        agencies = {work.partition("/")[0] for work in self._seen(as_known).works}
        return {agency: sha256 for agency, sha256 in self.kept.profile_hashes(as_known).items() if agency in agencies}

    def first_agency(self) -> str | None:
        """As ``Reading.first_agency``: whose clock counts."""
        return self.kept.first_agency()

    # What persons said.

    def decisions(self, as_known: str | None = None) -> list[Decision]:
        """The decisions about public rules alone."""
        return [d for d in self.kept.decisions(as_known) if d.works and set(d.works) <= self._seen(as_known).works]

    def attested(self, as_known: str | None = None) -> dict[tuple[str, str], tuple[Attestation, ...]]:
        """As ``Reading.attested``, of all that is held: whether a word still counts hangs on restricted papers too."""
        return self.kept.attested(as_known)

    def attestations(self, as_known: str | None = None) -> list[Attestation]:
        """As ``Reading.attestations``: of whole series."""
        return self.kept.attestations(as_known)

    def undecided(self) -> Reading:
        """The same without what persons decided."""
        return PublicOnly(self.kept.undecided())

    def ruling_on(self) -> Callable[[Relation], Relation | None] | None:
        """None: nothing is settled anew through this view."""
        return None

    def markings(self, as_known: str | None = None) -> list[Marking]:
        """The markings of public rules."""
        return [m for m in self.kept.markings(as_known) if m.work in self._seen(as_known).works]

    def public(self, as_known: str | None = None) -> frozenset[str]:
        """The works that may be seen."""
        return self._seen(as_known).works

    def withdrawals(self, as_known: str | None = None) -> list[Withdrawal]:
        """The withdrawals of files that bore on public rules; the reason is kept back where a file bore on others too."""
        works = self._seen(as_known).works
        found = [(one, tuple(w for w in one.works if w in works)) for one in self.kept.withdrawals(as_known)]
        return [replace(one, works=own, because=one.because if own == one.works else "its reason is withheld") for one, own in found if own]

    def purges(self) -> dict[str, Purge]:
        """None: purged files have no words."""
        return {}

    def redactions(self, as_known: str | None = None) -> list[Redaction]:
        """As ``Reading.redactions``: hashes alone."""
        return self.kept.redactions(as_known)
