"""One reading taken into the library, in the transaction that is open: identity, relations, and the lives of the works that it touches.

A later paper settles the mentions that were waiting for it, so everything that bears on the names it touches is resolved anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from lineage import __version__, documents, relations, timeline
from lineage.model import INDEX_SERIES, Catalogue, Document, End, Expression, Finding, Relation, Run, Work, bare, slug
from lineage.model.confusion import variants
from lineage.pipeline import places
from lineage.pipeline.reading import Reading
from lineage.pipeline.telling import tell_indexes
from lineage.profiles import Profile, load
from lineage.timeline import Life

if TYPE_CHECKING:
    from lineage.store import Writing

EFFICACY = ("amends", "substitutes", "inserts", "deletes", "suspends")


@dataclass(slots=True)
class _Names:
    """Bare numbers and bare titles that are touched."""

    numbers: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)

    def number(self, number: str) -> None:
        """The number, and those that it may be or be taken for if OCR misread a figure: what waits for the one may mean the other."""
        self.numbers |= {bare(number), *variants(bare(number))}

    def add(self, end: End) -> None:
        if end.external or end.own:
            return
        if end.number:
            self.number(end.number)
        elif end.title:
            self.titles.add(bare(end.title))


def settle(writing: Writing, reading: Reading) -> str:
    """Keep the reading, and each rule of it where it is a whole manual; give back the id of the work that it is an expression of."""
    profile = load(reading.profile)
    readings = (reading, *reading.rules)
    names, owners, works = _Names(), dict[str, str](), dict[str, str]()
    for one in readings:
        heading = one.outline.heading
        title = heading.title or one.item.name.rsplit(".", 1)[0]
        own = Work("", profile.id, heading.series, heading.number, title)
        fresh = _expression(one, title)
        writing.add_item(one.item, one.data)
        owners |= _identify(writing, own, fresh)
        _note(names, own, title, one.relations)
    works = {one.item.sha256: owners[one.item.sha256] for one in readings}
    every = tuple(relation for one in readings for relation in one.relations)
    places.keep(writing, profile, every)
    places.give_up(writing, profile, names.numbers, names.titles)
    found, touched = _resolve(writing, profile, names, every, owners)
    places.entitle(writing, found.values())
    with ThreadPoolExecutor(max_workers=1) as aside:
        # The schemas are checked outside Python's lock while the next rows are written; a fault ends the transaction, and nothing is kept.
        checks = [_write(writing, one, profile, works[one.item.sha256], tuple(found[r.id] for r in one.relations if r.id in found), aside) for one in readings]
        lists = _lives(writing, profile, {*owners.values(), *touched})
        tell_indexes(writing, lists | {one.item.sha256 for one in readings if one.index is not None})
        for check in checks:
            check.result()
    return works[reading.item.sha256]


def _note(names: _Names, own: Work, title: str, found: Iterable[Relation]) -> None:
    if own.number:
        names.number(own.number)
    names.titles.add(bare(title))
    for relation in found:
        names.add(relation.affected)
        names.add(relation.affecting)


def _expression(reading: Reading, title: str) -> Expression:
    prior = tuple(sorted({r.affected.version_on.isoformat() for r in reading.relations if r.affected.own and r.affected.version_on and r.source != "stamp"}))
    return Expression("", reading.item.sha256, title, reading.starts, reading.issued, prior, words=reading.words)


def _identify(writing: Writing, own: Work, fresh: Expression) -> dict[str, str]:
    """The work of each expression of this number (or title), this one included; works made, merged or re-titled as they come out."""
    known = _bearers(writing, own)
    ids = {w.id: w for w in known}
    held = [x for x in writing.expressions(agency=own.agency, bare_number=bare(own.number)) if x.work in ids] if own.number else [
        x for w in known for x in writing.expressions(w.id)
    ]
    groups = relations.holders([*held, fresh], numbered=own.number is not None)
    free = sorted(ids, key=lambda i: ids[i].holder)
    taken: set[str] = set()
    owners: dict[str, str] = {}
    for group in sorted(groups, key=lambda g: _oldest_id(g, ids)):
        former = [i for i in free if i not in taken and any(x.work == i for x in group)]
        spare = [i for i in free if i not in taken and not any(x.work == i for x in held)]
        holder = max((w.holder for w in ids.values()), default=0) + 1
        chosen = former[0] if former else spare[0] if spare else f"{own.agency}/{own.series}/{own.number or slug(own.title)}/{holder}"
        taken.add(chosen)
        latest = group[-1]
        work = Work(chosen, own.agency, own.series, own.number, latest.title, int(chosen.rsplit("/", 1)[1]))
        ids[chosen] = work
        writing.set_work(work)
        for expression in group:
            owners[expression.item] = chosen
            if expression.work != chosen:
                writing.set_expression(replace(expression, work=chosen))
    for gone in {x.work for x in held} - set(owners.values()):
        writing.close_work(gone)
    return owners


def _bearers(writing: Writing, own: Work) -> list[Work]:
    """The works of this agency and series that bear the number (or title), placeholders of an unknown series among them."""
    if own.number:
        found = writing.catalogue(own.agency, numbers={bare(own.number)}, titles=()).works
        same = [w for w in found if w.series == own.series]
    else:
        same = [w for w in writing.catalogue(own.agency, numbers=(), titles={bare(own.title)}).works if w.series == own.series and w.number is None]
    return same


def _oldest_id(group: list[Expression], ids: dict[str, Work]) -> tuple[int, str]:
    holders = [ids[x.work].holder for x in group if x.work in ids]
    first = group[0].starts.first
    return (min(holders, default=10**6), first.isoformat() if first else "")


def _resolve(
    writing: Writing, profile: Profile, names: _Names, fresh: tuple[Relation, ...], owners: dict[str, str]
) -> tuple[dict[str, Relation], set[str]]:
    """Every relation that names one of the names, resolved anew: by id; and the works that any of them concerns, before or after."""
    stored = {r.id: r for r in writing.waiting(profile.id, names.numbers, names.titles)}
    moved = set(owners)
    for item in moved:
        stored |= {r.id: r for r in writing.relations(item=item)}
    own = dict(owners)
    for relation in stored.values():
        for end in (relation.affecting, relation.affected):
            if end.own and end.work and relation.item not in own:
                own[relation.item] = end.work
    found = relations.resolve([*stored.values(), *(r for r in fresh if r.id not in stored)], _catalogue(writing, profile, names, stored.values()), profile.id, own, profile)
    touched: set[str] = set()
    for relation in found:
        before = stored.get(relation.id)
        touched |= _concerned(relation) | (_concerned(before) if before else set())
        if before is not None and before != relation:
            writing.set_relation(relation, profile.id)
    return {r.id: r for r in found}, touched


def _catalogue(writing: Writing, profile: Profile, names: _Names, more: Iterable[Relation]) -> Catalogue:
    every = _Names(set(names.numbers), set(names.titles))
    for relation in more:
        every.add(relation.affected)
        every.add(relation.affecting)
    return writing.catalogue(profile.id, numbers=every.numbers, titles=every.titles)


def _concerned(relation: Relation) -> set[str]:
    if relation.kind == "cites":
        return set()
    return {w for w in (relation.affecting.work, relation.affected.work, *relation.candidates) if w}


def _write(writing: Writing, reading: Reading, profile: Profile, work: str, mine: tuple[Relation, ...], aside: ThreadPoolExecutor) -> Future[None]:
    run = Run(writing.moment, f"policy-lineage {__version__}", profile.id, profile.sha256)
    series = profile.series_by_id(reading.outline.heading.series)
    document = Document(
        work=work,
        outline=reading.outline,
        relations=mine,
        findings=tuple(f.about(work) for f in reading.findings),
        run=run,
        name=reading.item.name,
        media_type=reading.item.media_type,
        size=reading.item.size,
        time_zone=profile.time_zone,
        country=profile.country,
        agency_name=profile.name,
        series_name=series.name if series else "",
        starts=reading.starts,
    )
    xml = documents.draft(document)
    approved = aside.submit(documents.approve, document, xml)
    writing.add_document(document, xml, profile.id)
    return approved


def _lives(writing: Writing, profile: Profile, works: set[str]) -> set[str]:
    """The lives of these works, and of those that they amend or suspend, unrolled anew; the items of the lists of orders that speak of any of them."""
    acts = writing.relations(works=works)
    further = {r.affected.work for r in acts if r.kind in EFFICACY and r.affected.work} - works
    every = works | {w for w in further if w}
    acts += writing.relations(works=further) if further else []
    by_work: dict[str, list[Relation]] = {}
    for act in {a.id: a for a in acts}.values():
        for name in _concerned(act):
            by_work.setdefault(name, []).append(act)
    held = {w.id: w for w in writing.works(ids=every)}
    for name in sorted(every & set(held)):
        if held[name].series == INDEX_SERIES:
            continue  # a list of orders is no rule
        life = _life(writing, profile, held[name], by_work)
        unrolled = timeline.unroll(life)
        writing.set_life(name, unrolled.events, unrolled.periods)
        writing.set_findings(name, [*unrolled.findings, *life.doubts_of_relations])
    return {a.item for a in acts if a.standing == "index"}


def _life(writing: Writing, profile: Profile, work: Work, by_work: dict[str, list[Relation]]) -> Life:
    mine = by_work.get(work.id, [])
    acts = tuple(a for a in mine if a.affected.work == work.id or work.id in a.candidates)
    done = tuple(a for a in mine if a.affecting.work == work.id)
    expressions = tuple(writing.expressions(work.id))
    actors = {a.affecting.work for a in acts if a.affecting.work and a.affecting.work != work.id}
    endings = {w: _endings(writing, w) for w in actors if w}
    known = {w.id: _called(w, profile) for w in writing.works(ids={work.id, *(w for w in actors if w), *(e.affecting.work for ends in endings.values() for e in ends if e.affecting.work), *(a.affected.work for a in done if a.affected.work)})}
    return Life(
        work=work,
        expressions=expressions,
        dates={x.item: tuple(writing.dates(x.item)) for x in expressions},
        acts=acts,
        done=done,
        ends=endings,
        rivals=_rivals(writing, work),
        names=known,
        doubts=tuple(f for x in expressions for f in writing.findings(item=x.item)),
        doubts_of_relations=_doubts(acts, work, writing, profile),
    )


def _endings(writing: Writing, work: str) -> tuple[Relation, ...]:
    """The acts that end a work; what an index says of it counts where no order does."""
    acts = tuple(a for a in writing.relations(works={work}) if a.affected.work == work and a.kind in ("rescinds", "supersedes", "expires"))
    return tuple(a for a in acts if a.standing == "order") or acts


def _doubts(acts: tuple[Relation, ...], work: Work, writing: Writing, profile: Profile) -> tuple[Finding, ...]:
    titled = relations.title_contradictions(acts, work, writing.expressions(work.id)) if work.held else []
    doubtful = [a for a in acts if a.candidates and (a.standing == "order" or len(a.candidates) > 1)]
    if not doubtful:
        return tuple(titled)
    numbers = {n for a in doubtful if a.affected.number for n in (bare(a.affected.number), *variants(bare(a.affected.number)))}
    titles = {bare(a.affected.title) for a in doubtful if a.affected.title}
    catalogue = writing.catalogue(profile.id, numbers=numbers, titles=titles)
    return (*titled, *(f for f in relations.doubts_about(doubtful, catalogue) if f.work == work.id))


def _rivals(writing: Writing, work: Work) -> tuple[tuple[str, date], ...]:
    if not work.number:
        return ()
    others = [w for w in writing.catalogue(work.agency, numbers={bare(work.number)}, titles=()).works if w.id != work.id and w.series == work.series and w.held]
    found = []
    for other in others:
        firsts = [x.starts.first for x in writing.expressions(other.id) if x.starts.first]
        if firsts:
            found.append((other.title, min(firsts)))
    return tuple(found)


def _called(work: Work, profile: Profile) -> str:
    series = profile.series_by_id(work.series)
    kind = series.name if series else ""
    if work.number:
        return f"{kind} {work.number}".strip()
    return f'{kind} "{work.title}"'.strip()
