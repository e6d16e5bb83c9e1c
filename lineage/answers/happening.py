"""What happened to the rules held between two days: their periods at both ends, and each place between them where one answer gives way to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, field

from lineage.answers import telling
from lineage.answers.announcing import announced, postponed
from lineage.answers.asking import held_of, natural
from lineage.answers.calling import Names
from lineage.answers.redlines import Redlines
from lineage.answers.ruling import rule_on
from lineage.errors import UsageError
from lineage.model import INDEX_SERIES, Event, Evidence, Expression, Finding, Period, Work
from lineage.model.dates import long_date
from lineage.model.happening import Author, Happened, Happening, HappeningKind
from lineage.model.hours import When

if TYPE_CHECKING:
    from lineage.store.reading import Reading

WORDS_TOLD: tuple[HappeningKind, ...] = ("changed", "settled")


class Records(Struct, frozen=True):
    """What the library holds, asked for once: works, their periods, texts and open questions, by work id; ``chosen`` are the works that are asked about, ``issued`` gives the day of issue of each item, ``names`` what a reader calls each work."""

    works: dict[str, Work]
    chosen: tuple[Work, ...]
    periods: dict[str, list[Period]]
    texts: dict[str, list[Expression]]
    findings: dict[str, list[Finding]]
    issued: dict[str, date]
    items: dict[str, str]
    calling: Names
    names: dict[str, str] = field(default_factory=dict)

    def name(self, work: str) -> str:
        """What a reader calls a work; its id where it is not known."""
        if work not in self.names and work in self.works:
            self.names[work] = self.calling.work(self.works[work])
        return self.names.get(work, work)

    def author(self, event: Event, work: Work) -> Author:
        """The paper by which something came about: another's, by its name as a reader calls it or as it is mentioned, else the file of the work itself."""
        item = event.item or (event.evidence[0].item if event.evidence else None)
        if event.by and event.by != work.id:
            return Author(event.by, self.name(event.by), event.relation, item, event.standing)
        mention = "" if event.by_mention.startswith("(") or event.by == work.id else event.by_mention
        return Author(event.by, mention or self.items.get(item or "", ""), event.relation, item, "sighting" if event.kind == "observed" else event.standing)


def happened(store: Reading, start: date, end: date, *, series: str | None = None, as_known: str | None = None) -> Happened:
    """All that happened from ``start`` through ``end``, both days counted: in a fixed small number of queries, and one or two more for each rule of which words changed.

    Raises UsageError ``usage.period`` where the last day comes before the first.
    """
    if end < start:
        raise UsageError(f"{long_date(end)} comes before {long_date(start)}, so no day lies between them.", hint="Give the earlier day as --from.", code="usage.period")
    held = records(store, series, as_known)
    redlines = Redlines(store, held.names, held.items, as_known)
    found = [one for work in held.chosen for one in _life(held, redlines, work, start, end)]
    acts = store.relations(items=sorted(_papers(held, start, end)), as_known=as_known)
    found += [*announced(store, held, start, end), *postponed(held, acts, start, end)]
    found.sort(key=lambda h: (h.on, h.work.agency, h.work.series, natural(h.work.number or ""), h.work.title, h.work.id, h.kind))
    shown = {(w.agency, w.series) for w in held.chosen} if series else None
    return Happened(start, end, as_known, held_of(store, shown, as_known), sum(not w.held for w in held.chosen), tuple(found), held.items)


def records(store: Reading, series: str | None, as_known: str | None) -> Records:
    """What the library holds; asked about are the works of a series, or all. Lists of orders are none."""
    works, calling = {w.id: w for w in store.works(as_known=as_known)}, Names(store, as_known)
    chosen = tuple(w for w in works.values() if w.series != INDEX_SERIES and (series is None or calling.in_series(w, series)))
    texts = _by_work(works, store.expressions(as_known=as_known))
    issued = {x.item: x.issued.on for own in texts.values() for x in own if x.issued.on}
    names = {row.sha256: row.name for row in store.items(as_known=as_known)}
    findings = _by_work(works, (f for f in store.findings(as_known=as_known) if f.work))
    return Records(works, chosen, _by_work(works, store.periods(as_known=as_known)), texts, findings, issued, names, calling)


def _by_work(works: Collection[str], values: Iterable[telling.OfWork]) -> dict[str, list[telling.OfWork]]:
    found: dict[str, list[telling.OfWork]] = defaultdict(list)
    for value in values:
        if value.work in works:
            found[value.work or ""].append(value)
    return found


def _papers(held: Records, start: date, end: date) -> Iterator[str]:
    """The items that were issued, or took effect, in the period."""
    for own in held.texts.values():
        yield from (x.item for x in own if any(d is not None and start <= d <= end for d in (x.issued.on, x.starts.on)))


def _life(held: Records, redlines: Redlines, work: Work, start: date, end: date) -> Iterator[Happening]:
    """What happened to one work."""
    periods = held.periods.get(work.id, [])
    for at in range(1, len(periods)):
        day = periods[at].interval.start
        if day is None or not start <= day <= end:
            continue
        for kind in telling.kinds(periods[at - 1], periods[at]):
            yield _happening(held, redlines, work, periods, at, day, kind)


def _happening(held: Records, redlines: Redlines, work: Work, periods: Sequence[Period], at: int, day: date, kind: HappeningKind) -> Happening:
    before, after = periods[at - 1], periods[at]
    event = telling.event_between(before, after, kind)
    ruling = rule_on(work, When.of(day), periods, held.texts.get(work.id, ()), ("", ""))
    author = held.author(event, work) if event else None
    other = author.name if author and author.work != work.id and author.name not in ("", held.items.get(author.item or "")) else ""
    codes = tuple(c for c in after.findings if c not in before.findings) if kind != "unsettled" else after.findings
    redline, why = redlines.between(work, periods, at) if kind in WORDS_TOLD and after.status == "in-force" else (None, "")
    told = telling.Told(ruling.work, held.name(work.id), before, after, event, other, codes)
    return Happening(
        ruling.work, held.calling.series(work.agency, ruling.work.series), told.name, kind, day, telling.sentence(kind, day, told), author, _evidence(event), codes,
        tuple(f for f in held.findings.get(work.id, ()) if f.code in codes and f.severity != "note"), ruling.ground, redline, why,
    )  # fmt: skip


def _evidence(event: Event | None) -> tuple[Evidence, ...]:
    return event.evidence if event else ()
