"""The questions: what was in force, how one work stood and what it said, what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage.answers.binding import ANYONE, Whom, bound, bound_each
from lineage.answers.calling import Names
from lineage.answers.clocks import local
from lineage.answers.editions import editions_about
from lineage.answers.naming import find_work
from lineage.answers.papers import names_of_items
from lineage.answers.resting import in_words, rested_on
from lineage.answers.ruling import nothing_of, rule_on
from lineage.answers.sentences import Context, say
from lineage.answers.touching import touching
from lineage.answers.turning import HOUR_OPEN
from lineage.answers.wording import acts_of, changed_by, consolidated, lines, not_applied, unit_of
from lineage.model import (
    INDEX_SERIES,
    Event,
    Expression,
    Finding,
    Held,
    InForce,
    Period,
    Reason,
    Relation,
    Ruling,
    Shown,
    Span,
    Told,
    Work,
    bytes_of,
)
from lineage.model.access import Purge, Withdrawal, withdrawn_items
from lineage.model.confusion import AS_MISREAD, AS_READ, pattern
from lineage.model.dates import bounds, long_date
from lineage.model.hours import When
from lineage.profiles import kept

if TYPE_CHECKING:
    from lineage.store import ClauseRow
    from lineage.store.reading import Reading

def in_force(store: Reading, when: When, *, series: str | None = None, match: str | None = None, every: bool = False, as_known: str | None = None, whom: Whom = ANYONE) -> InForce:
    """The rules in force, or not established, on a day (or at a local time, each by its own agency's clocks) among those held or put in force by a held paper; with ``every`` also those that were not, and the placeholders."""
    names = Names(store, as_known)
    works = [w for w in store.works(as_known=as_known) if w.series != INDEX_SERIES and (series is None or names.in_series(w, series))]
    matching, matched_as = matching_works(store, works, match, as_known) if match else (None, None)
    wanted = works if matching is None else [w for w in works if w.id in matching]
    rulings = [r for r, listed in rulings_of(store, when, wanted, as_known, whom, whole=True) if every or listed]
    rulings.sort(key=place_of_ruling)
    held = held_of(store, {(w.agency, w.series) for w in works} if series is not None else None, as_known)
    return InForce(when.day, as_known, tuple(rulings), held, sum(not w.held for w in works), matched_as, when.hour, when.asked)


# The periods and the texts of a work.
Lived = tuple[list[Period], list[Expression]]
MOST_READ = 5_000


def rulings_of(store: Reading, when: When, works: Sequence[Work], as_known: str | None, whom: Whom = ANYONE, *, whole: bool = False, read: dict[str, Lived] | None = None) -> list[tuple[Ruling, bool]]:
    """How each of these works stands, in their order, and whether a list of the rules in force names it. ``whole`` says that they are most of all that are held, which are then asked for together. ``read`` keeps what was asked for, as
    long as nothing is recorded."""
    lived = _lived(store, works, as_known, read if read is not None else {}, whole=whole)
    periods, texts = {name: one[0] for name, one in lived.items()}, {name: one[1] for name, one in lived.items()}
    here = local(when, works, store)
    events = _events_of(store, when, periods, as_known)
    names = Names(store, as_known)
    rulings = [rule_on(w, here[w.agency], periods.get(w.id, []), texts.get(w.id, []), names.of(w), events.get(w.id, ())) for w in works]
    public = store.public(as_known)
    rulings = [replace(r, access="public") if r.work.id in public else r for r in rulings]
    if whom:
        rulings = bound_each(store, rulings, whom, cache(lambda agency: kept(agency, *store.profile(agency, as_known))))
    return [(r, is_listed(r)) for r in rulings]


def _lived(store: Reading, works: Sequence[Work], as_known: str | None, read: dict[str, Lived], *, whole: bool) -> dict[str, Lived]:
    # Each is looked for once, and what is new is put together apart: other threads read and fill the same memory.
    known = {w.id: None if whole else read.get(w.id) for w in works}
    new: dict[str, Lived] = {name: ([], []) for name, one in known.items() if one is None}
    if new:
        for period in store.periods(work=None if whole else list(new), as_known=as_known):
            if period.work in new:
                new[period.work][0].append(period)
        for text in store.expressions(None if whole else list(new), as_known=as_known):
            if text.work in new:
                new[text.work][1].append(text)
        if not whole:
            if len(read) > MOST_READ:
                read.clear()
            read.update(new)
    return {name: one if one is not None else new[name] for name, one in known.items()}


def place_of_ruling(ruling: Ruling) -> tuple[object, ...]:
    """The key by which lists are in order."""
    return place_of_work(ruling.work)


def place_of_work(work: Work) -> tuple[object, ...]:
    """The same of a work, called as on the day."""
    return (work.agency, work.series, natural(work.number or ""), work.title, work.id)


def held_of(store: Reading, shown: Collection[tuple[str, str]] | None, as_known: str | None) -> tuple[Held, ...]:
    """How much is held of these series (agency and series), or of all; lists of orders are none."""
    names = Names(store, as_known)
    rows = (row for row in store.series(as_known=as_known) if row.series != INDEX_SERIES and (shown is None or (row.agency, row.series) in shown))
    return tuple(Held(f"{row.agency}/{row.series}", names.series(row.agency, row.series), row.works, row.earliest, row.latest) for row in rows)


def _events_of(store: Reading, when: When, periods: dict[str, list[Period]], as_known: str | None) -> dict[str, list[Event]]:
    """The events of those works that change about the day, where a time is asked: they tell the hours of one day apart."""
    near = [name for name, own in periods.items() if any(p.interval.start and abs((p.interval.start - when.day).days) < 2 for p in own)] if when.hour else []
    found: dict[str, list[Event]] = defaultdict(list)
    for event in store.events(near, as_known=as_known) if near else ():
        found[event.work].append(event)
    return found


def is_listed(ruling: Ruling) -> bool:
    """Whether a list of the rules in force names it: also where it is not established how a rule held, or put in force by a held paper, stood."""
    if ruling.status == "in-force":
        return True
    return ruling.status == "not-provable" and (ruling.work.held or ruling.period.opened_by is not None)


def show(store: Reading, name: str, when: When, *, as_known: str | None = None, whom: Whom = ANYONE) -> Shown:
    """How one work stood on a day, or at a local time: status and ground, its words as far as they are held, the reasons, and the sentence.

    Raises NotFoundError and AmbiguousError as ``find_work`` does.
    """
    work, others = find_work(name, store, when.day, as_known)
    when = local(when, [work], store)[work.agency]
    names = Names(store, as_known)
    expressions = store.expressions(work.id, as_known=as_known)
    events = store.events(work.id, as_known=as_known)
    periods = store.periods(work=work.id, as_known=as_known)
    ruling = replace(rule_on(work, when, periods, expressions, names.of(work), events), access="public" if work.id in store.public(as_known) else "restricted")
    acts = store.relations(works={work.id}, as_known=as_known)
    item = ruling.period.item
    clauses: Sequence[ClauseRow] = store.clauses(item) if item and ruling.status == "in-force" else ()
    every = acts_of(store, ruling.period, acts, as_known)
    wording = consolidated(store, work, ruling.period, every)
    findings = (*_hour_open(ruling), *_findings(store, work, ruling, as_known))
    called_by = _called(store, every, events, as_known)
    authors = changed_by(wording, every, called_by)
    context = Context(
        events,
        acts,
        called_by,
        frozenset(w.id for w in store.works(ids={e.by for e in events if e.by}, as_known=as_known) if w.held),
        # Only of a stamp is it told on how many of the pages it stands.
        {row.sha256: _pages(store, row.pages, row.sha256, as_known) for row in store.items(as_known, {e.item for e in events if e.item and e.stamp_only})},
        next((x.issued.on for x in expressions if x.issued.on), None) if work.number is None else None,
        findings,
        authors,
    )
    rested = rested_on(store, ruling, as_known)
    reasons = tuple(_reasons(events, acts, when.day, work))
    said = store.bindings([item]).get(item, ()) if item and ruling.status == "in-force" else ()
    profile = kept(work.agency, *store.profile(work.agency, as_known))
    shown = Shown(
        ruling=bound(ruling, said, whom, profile),
        cited_as=profile.citation,
        abbreviation=profile.abbreviations[0] if profile.abbreviations else profile.name,
        bindings=said,
        touches=touching(store, work, acts, when, as_known),
        as_known_on=as_known,
        text="\n".join(lines(wording.units if wording and wording.units else tuple(map(unit_of, clauses)))) or None,
        clauses=tuple(clauses),
        unapplied=not_applied(wording, every),
        wording=wording,
        changed_by=authors,
        editions=editions_about(store, work, periods, expressions, item, as_known) if ruling.status == "in-force" else (),
        reasons=reasons,
        sentence=" ".join(filter(None, (say(ruling, context), in_words(rested, when.day)))),
        decisions=rested,
        findings=findings,
        other_holders=others,
        dates=tuple(store.dates(item, as_known)) if item else (),
        issued_on=next((x.issued.on for x in expressions if x.issued.on), None),
        withdrawn=withdrawn_from(store, work, as_known),
        purged=purged_from(store, work),
        copies=tuple(store.copies([*([item] if item else []), *(e.item for r in reasons for e in r.evidence)], as_known)),
    )
    return replace(shown, item_names=names_of_items(store, shown, as_known))


def _pages(store: Reading, physical: int, sha: str, as_known: str | None) -> int:
    """The number of pages of an item, counted from its running heads where it is one stretch of text."""
    return max([physical, *(row.page for row in store.clauses(sha)), *(e.page for r in store.relations(item=sha, as_known=as_known) for e in r.evidence)])


def periods_at(store: Reading, works: Iterable[str], when: When, as_known: str | None = None) -> dict[str, Period]:
    """How each of these works stood on a day, or at a local time of its agency, by work; raises as ``local`` does."""
    works = set(works)
    if when.hour is None:
        # A day needs no more than the period that covers it.
        found = {p.work: p for p in store.periods(work=works, on=when.day, as_known=as_known)}
        missing = works - set(found)
        return found | {w.id: nothing_of(w) for w in (store.works(ids=missing, as_known=as_known) if missing else ())}
    held = store.works(ids=works, as_known=as_known)
    here = local(when, held, store)
    periods: dict[str, list[Period]] = defaultdict(list)
    for period in store.periods(work=works, as_known=as_known):
        periods[period.work].append(period)
    events = _events_of(store, when, periods, as_known)
    return {w.id: rule_on(w, here[w.agency], periods[w.id], (), ("", ""), events.get(w.id, ())).period for w in held}


def ruling_at(store: Reading, items: Collection[str], when: When, as_known: str | None = None) -> dict[str, Span]:
    """Those of these items whose text ruled on a day, or at a local time, each with its days; raises as ``local`` does."""
    if when.hour is None:
        return store.ruling(items, when.day, as_known)
    then = periods_at(store, set(store.makers(items, as_known).values()), when, as_known)
    return {p.item: p.span for p in then.values() if p.status == "in-force" and p.item is not None and p.item in items}


def history(store: Reading, name: str, *, as_known: str | None = None) -> Told:
    """The whole life of a work: events, periods, texts and what is open."""
    work, _ = find_work(name, store, None, as_known)
    events, periods = store.events(work.id, as_known=as_known), store.periods(work=work.id, as_known=as_known)
    names = _called(store, store.relations(works={work.id}, as_known=as_known), events, as_known)
    texts = tuple(store.expressions(work.id, as_known=as_known))
    files = {bytes_of(x.item) for x in texts}
    told = Told(
        work, *Names(store, as_known).of(work), tuple(events), tuple(periods), texts, {}, names, tuple(store.findings(work=work.id, as_known=as_known)),
        withdrawn=withdrawn_from(store, work, as_known), purged=purged_from(store, work), access="public" if work.id in store.public(as_known) else "restricted",
        redacted=tuple(one for one in store.redactions(as_known) if one.of in files),
    )  # fmt: skip
    return replace(told, item_names=names_of_items(store, told, as_known))


def withdrawn_from(store: Reading, work: Work, as_known: str | None) -> tuple[Withdrawal, ...]:
    """The withdrawals that count of files which bore on a work, in the order of their recording."""
    return tuple(one for one in withdrawn_items(store.withdrawals(as_known)).values() if work.id in one.works)


def purged_from(store: Reading, work: Work) -> tuple[Purge, ...]:
    """The purges of files that bore on a work: their words are gone from the answers of every moment."""
    purges = store.purges()
    bore = {one.item for one in store.withdrawals() if work.id in one.works} if purges else set()
    return tuple(one for item, one in purges.items() if item in bore)


def _findings(store: Reading, work: Work, ruling: Ruling, as_known: str | None) -> tuple[Finding, ...]:
    """The doubts that could change this answer first, then the other open questions about the work."""
    found = {f.id: f for f in store.findings(work=work.id, as_known=as_known)}
    return tuple(sorted(found.values(), key=lambda f: (f.code not in ruling.codes, f.severity == "note", f.code, f.id)))


def _hour_open(ruling: Ruling) -> tuple[Finding, ...]:
    """That a time is asked about on a day of which no source says the hour of its change."""
    turned = ruling.turned.opened_by if ruling.turned else None
    if HOUR_OPEN not in ruling.codes or turned is None:
        return ()
    message = f"A change comes on {long_date(ruling.on)}, and no document held says at what hour; whether {ruling.hour} was before or after it is not established. A log of orders with hours, or the paper's own transmission, could settle it."
    return (Finding(HOUR_OPEN, "doubt", message, turned.evidence, work=ruling.work.id),)


def _reasons(events: Iterable[Event], acts: Iterable[Relation], on: date, work: Work) -> list[Reason]:
    """The steps that decide the day, in order: every event up to it, the conditions that are open, and the next event."""
    steps = []
    following: Event | None = None
    for event in events:
        first = event.day.first
        if first is not None and first > on:
            following = following or event
            continue
        steps.append(_reason(event))
    for act in acts:
        if act.kind == "expires" and act.condition and act.affected.work == work.id:
            steps.insert(min(1, len(steps)), Reason("life.condition", "until", None, "open", act.evidence, f'"{act.condition}"'))
    if following is not None:
        steps.append(_reason(following))
    return steps


def _reason(event: Event) -> Reason:
    note = event.basis
    if event.stamp_only:
        note = f"{note} (made by whom and when is not recorded)"
    elif event.by and event.by != event.work and event.by_mention:
        note = f"by {event.by_mention} · {note}" if note else f"by {event.by_mention}"
    if event.standing == "index":
        note = f"{note} (a list of orders says so, no order)"
    rule = event.evidence[0].rule if event.evidence else f"timeline.{event.kind}"
    day = event.day.on
    text = day.isoformat() if day else bounds(event.day) or "on an unknown day"
    return Reason(rule, event.label, day, text, event.evidence, note)


def _called(store: Reading, acts: Iterable[Relation], events: Iterable[Event], as_known: str | None) -> dict[str, str]:
    ids: set[str] = set()
    for act in acts:
        ids.update(filter(None, (act.affecting.work, act.affected.work)))
    ids.update(filter(None, (e.by for e in events)))
    names = Names(store, as_known)
    return {w.id: names.work(w) for w in store.works(ids=ids, as_known=as_known)} if ids else {}


def matching_works(store: Reading, works: Sequence[Work], words: str, as_known: str | None) -> tuple[set[str], str]:
    """The works with these words in number, title or text, as read; where there are none, those in which OCR may have misread them."""
    low = words.lower()
    hits = store.search(words, limit=10_000, as_known=as_known)
    found = {w.id for w in works if low in f"{w.number or ''} {w.title}".lower()}
    found |= {hit.work for hit in hits if hit.work and hit.matched_as == AS_READ}
    if found:
        return found, AS_READ
    wanted = pattern(words)
    found = {w.id for w in works if wanted.search(f"{w.number or ''} {w.title}")}
    return found.union(hit.work for hit in hits if hit.work), AS_MISREAD


def natural(number: str) -> tuple[object, ...]:
    """A number as a key by which 7.9 stands before 7.10."""
    import re

    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in re.findall(r"\d+|\D+", number))
