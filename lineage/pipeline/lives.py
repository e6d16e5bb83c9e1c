"""The lives of the works that a reading touches, unrolled anew. What the library holds about them is asked for all of them at once: a manual touches hundreds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from lineage import relations, timeline
from lineage.model import ENDING, INDEX_SERIES, Borne, Catalogue, DateReading, Expression, Finding, Look, Relation, Work, bare
from lineage.model.confusion import variants
from lineage.model.decision import Attestation
from lineage.pipeline.editions import checked
from lineage.pipeline.namesakes import called_by, namesakes
from lineage.pipeline.resting import resting
from lineage.pipeline.stretches import ruled_on, stretches
from lineage.pipeline.wording import worded
from lineage.profiles import Grant, Profile
from lineage.timeline import Life, Unrolled

if TYPE_CHECKING:
    from lineage.store import Writing
    from lineage.store.reading import Reading

PART = re.compile(r"[^.\-/]+")  # of a number
CHANGES = ("amends", "substitutes", "inserts", "deletes", "renumbers", "corrects")
EFFICACY = ("amends", "substitutes", "inserts", "deletes", "suspends")
ENDS = (*ENDING, "expires")


class _Known(Struct, frozen=True):
    """What the library holds about some works. ``acts`` and ``endings`` go by work, ``dates``, ``doubts`` and ``seen`` by item, ``numbers`` are the bearers of their numbers, and of
    those above them, by agency, ``parents`` the works above each, ``looks`` the days of complete listings by agency and series, ``makers`` the works of the items that renumber one of
    them, ``titles`` the bearers of their titles by agency."""

    acts: dict[str, list[Relation]]
    endings: dict[str, list[Relation]]
    amended: dict[str, list[Relation]]
    works: dict[str, Work]
    expressions: dict[str, list[Expression]]
    dates: dict[str, list[DateReading]]
    doubts: dict[str, list[Finding]]
    numbers: dict[str, Catalogue]
    parents: dict[str, list[str]]
    seen: dict[str, tuple[date, ...]]
    looks: dict[tuple[str, str], tuple[Look, ...]]
    makers: dict[str, str]
    titles: dict[str, Catalogue]
    attested: dict[tuple[str, str], tuple[Attestation, ...]]


def concerned(relation: Relation) -> set[str]:
    """The works that an act is about, or may be; a citation is about none."""
    if relation.kind == "cites":
        return set()
    return {w for w in (relation.affecting.work, relation.affected.work, *relation.candidates) if w}


def unroll_lives(writing: Writing, profile: Profile, works: set[str]) -> set[str]:
    """Keep the lives of these works, and of those that they amend, suspend or end and that stand below them in the numbering, unrolled anew; give back the items of the lists of orders that speak of any of them."""
    acts = writing.relations(works=works)
    further = {r.affected.work for r in acts if r.kind in (*EFFICACY, *ENDS) and r.affected.work} - works
    further |= {w.id for w in _below(writing, works)} - works
    acts += writing.relations(works=further) if further else []
    if profile.revival is not None:
        # What a rule comes back by may be ended in its turn.
        again = {r.affected.work for r in acts if r.kind in ENDS and r.affected.work} - works - further
        acts += writing.relations(works=again) if again else []
        further |= again
    held = [w for w in writing.works(ids=works | further) if w.series != INDEX_SERIES]  # a list of orders is no rule
    unrolled = lives(writing, profile, held, acts)
    # Of a rule that is merely cited there is nothing to tell: a citation proves nothing.
    writing.set_lives({life.work.id: (found.events, found.periods) if life.expressions or life.acts or life.done else ((), ()) for life, found in unrolled})
    writing.set_all_findings({life.work.id: (*found.findings, *life.doubts_of_relations) for life, found in unrolled})
    return {a.item for a in acts if a.standing == "index"}


def _below(writing: Writing, works: set[str]) -> list[Work]:
    """The works that stand below these in the numbering."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for work in writing.works(ids=works):
        if work.number and len(PART.findall(bare(work.number))) > 1:
            numbers[work.agency].add(bare(work.number))
    return [w for agency, some in sorted(numbers.items()) for w in writing.below(agency, some) if w.held]


def lives(held: Reading, profile: Profile, works: Sequence[Work], acts: Iterable[Relation]) -> list[tuple[Life, Unrolled]]:
    """These works, each with its life unrolled from what ``held`` gives: all that a library holds, or a part of it. ``acts`` are all relations of theirs."""
    found = _unrolled(held, profile, works, acts)
    decisions = held.decisions()
    return resting(held, found, decisions, lambda kept, some: _unrolled(kept, profile, some, kept.relations(works={w.id for w in some}))) if decisions else found


def _unrolled(held: Reading, profile: Profile, works: Sequence[Work], acts: Iterable[Relation]) -> list[tuple[Life, Unrolled]]:
    every = {a.id: a for a in (*acts, *_may_mean(held, works))}
    known = _known(held, works, every.values())
    ruled = stretches(held)
    unrolled = ((life, checked(held, life, worded(held, life, timeline.unroll(life)))) for life in (_life(held, profile, work, known) for work in works))
    return [(life, ruled_on(life, found, ruled.get(life.work.id, ()))) for life, found in unrolled]


def _may_mean(held: Reading, works: Sequence[Work]) -> list[Relation]:
    """The acts that may mean one of the works, among others: they have no one work at that end by which they could be asked for."""
    ids = {w.id for w in works}
    found: list[Relation] = []
    for agency in sorted({w.agency for w in works}):
        mine = [w for w in works if w.agency == agency]
        numbers = {n for w in mine for own in called_by(w) for n in (own, *variants(own))}
        found += held.waiting(agency, numbers, {bare(w.title) for w in mine if w.title})
        found += held.open_targets(agency)
    return [r for r in found if not ids.isdisjoint(r.candidates)]


def _known(held: Reading, works: Sequence[Work], acts: Iterable[Relation]) -> _Known:
    by_work: dict[str, list[Relation]] = defaultdict(list)
    for act in acts:
        for name in concerned(act):
            by_work[name].append(act)
    numbers = _numbers(held, works)
    parents = {work.id: _parents(work, numbers) for work in works}
    actors = {name for work in works for name in _actors(work, by_work[work.id])}
    endings, amended = _suffered(held, actors.union(*parents.values()))
    endings |= _suffered(held, {e.affecting.work for actor in actors for e in endings.get(actor, ()) if e.affecting.work} - set(endings))[0]
    renumbering = {a.item for acts in by_work.values() for a in acts if a.renames and a.standing == "order"}
    makers = held.makers(renumbering) if renumbering else {}
    named = {w for work in works for w in (*_named(work, by_work[work.id], endings), *_named_above(parents[work.id], endings))} | set(makers.values())
    expressions: dict[str, list[Expression]] = defaultdict(list)
    for expression in held.expressions([work.id for work in works]):
        expressions[expression.work].append(expression)
    items = {x.item for own in expressions.values() for x in own}
    return _Known(
        acts=by_work,
        endings=endings,
        amended=amended,
        works={w.id: w for w in held.works(ids=named)},
        expressions=expressions,
        dates=held.dates_of(items),
        doubts=held.findings_of(items),
        numbers=numbers,
        parents=parents,
        seen=held.sightings(items),
        looks=held.looks({(w.agency, w.series) for w in works}),
        makers=makers,
        titles={agency: held.catalogue(agency, numbers=(), titles={bare(w.title) for w in works if w.agency == agency and w.number and w.title}) for agency in {w.agency for w in works}},
        attested=held.attested(),
    )


def _numbers(held: Reading, works: Sequence[Work]) -> dict[str, Catalogue]:
    numbers: dict[str, set[str]] = defaultdict(set)
    for work in works:
        for number in called_by(work):
            numbers[work.agency].update((number, *_above(number)))
    return {agency: held.catalogue(agency, numbers=some, titles=()) for agency, some in numbers.items()}


def _above(number: str) -> list[str]:
    """The numbers from which a number goes on, and that have two parts or more: one part alone is a chapter, a year or a book.

    >>> _above("7.1.2.8"), _above("u04-01-01"), _above("12-40")
    (['7.1.2', '7.1'], ['u04-01'], [])
    """
    parts = list(PART.finditer(number))
    return [number[: part.end()] for part in parts[-2:0:-1]]


def _parents(work: Work, numbers: dict[str, Catalogue]) -> list[str]:
    """The works of the series whose numbers the work's own number goes on from."""
    catalogue = numbers.get(work.agency)
    above = _above(bare(work.number)) if work.number and catalogue else []
    return [w.id for n in above for w in (catalogue.by_number.get((work.agency, n), ()) if catalogue else ()) if w.series == work.series and w.id != work.id]


def _named_above(parents: Sequence[str], endings: dict[str, list[Relation]]) -> set[str]:
    return {w for p in parents for w in (p, *(e.affecting.work for e in endings.get(p, ()))) if w}


def _fallen(work: Work, known: _Known) -> list[tuple[str, Relation]]:
    """The acts that end the works above this one in whole; none where such a work has a text that begins that day, or its number another holder: it goes on."""
    found = []
    for parent in known.parents.get(work.id, ()):
        for act in known.endings.get(parent, ()):
            if _ends_whole(act) and not _goes_on(work, parent, act, known):
                found.append((parent, act))
    return sorted(found, key=lambda one: (one[0], one[1].id))


def _ends_whole(act: Relation) -> bool:
    itself = act.affected.own and act.source != "stamp" and act.kind != "expires"
    return act.standing == "order" and act.certainty != "doubtful" and not act.candidates and not act.condition and act.scope != "part" and act.affected.version_on is None and not itself


def _goes_on(work: Work, parent: str, act: Relation, known: _Known) -> bool:
    """Whether on the day of the act another text bears the number of the work above."""
    day = act.effect.day.on if act.effect else None
    catalogue = known.numbers[work.agency]
    number = next((bare(w.number or "") for w in catalogue.works if w.id == parent), "")
    bearers = [w for w in catalogue.by_number.get((work.agency, number), ()) if w.series == work.series]
    return day is not None and any(x.starts.on == day for w in bearers for x in catalogue.by_work.get(w.id, ()))


def _granted(grant: Grant | None, acts: Iterable[Relation]) -> dict[str, str]:
    """The acts of which a general rule of the agency speaks, by id, each with its quote and source."""
    if grant is None:
        return {}
    said = f'"{grant.quote}" ({grant.source})'
    return {a.id: said for a in acts if a.effect and a.effect.day.on and grant.holds(a.kind, a.effect.day.on)}


def _actors(work: Work, acts: Iterable[Relation]) -> set[str]:
    """The other works that act upon a work."""
    return {a.affecting.work for a in acts if _suffers(work, a) and a.affecting.work and a.affecting.work != work.id}


def _suffers(work: Work, act: Relation) -> bool:
    return act.affected.work == work.id or work.id in act.candidates


def _named(work: Work, acts: Sequence[Relation], endings: dict[str, list[Relation]]) -> set[str]:
    """The works that the life of a work names: itself, those that act upon it and what ends those, and those upon which it acts."""
    actors = _actors(work, acts)
    enders = {e.affecting.work for actor in actors for e in endings.get(actor, ())}
    enders |= {e.affecting.work for ender in enders for e in endings.get(ender or "", ())}
    meant = {c for a in acts if a.affected.subject is not None and a.affecting.work == work.id for c in a.candidates}
    return {w for w in (work.id, *actors, *enders, *meant, *(a.affected.work for a in acts if a.affecting.work == work.id)) if w}


def _suffered(held: Reading, works: set[str]) -> tuple[dict[str, list[Relation]], dict[str, list[Relation]]]:
    """The acts that end each work (what an index says of it counts where no order does), and those by which other papers change its words."""
    ends: dict[str, list[Relation]] = defaultdict(list)
    changes: dict[str, list[Relation]] = defaultdict(list)
    for act in held.relations(works=works) if works else ():
        if act.affected.work in works and act.kind in ENDS and not (act.scope == "part" and act.kind != "expires"):
            ends[act.affected.work].append(act)
        elif act.affected.work in works and not act.affected.own and act.standing == "order" and (act.kind in CHANGES or act.scope == "part") and act.kind in (*CHANGES, *ENDING):
            changes[act.affected.work].append(act)
    return {work: [a for a in acts if a.standing == "order"] or acts for work, acts in ends.items()}, changes


def _life(held: Reading, profile: Profile, work: Work, known: _Known) -> Life:
    mine = known.acts.get(work.id, [])
    acts = tuple(a for a in mine if _suffers(work, a))
    expressions = tuple(known.expressions.get(work.id, ()))
    above = _fallen(work, known)
    makers = {a.item: known.makers[a.item] for a in acts if a.item in known.makers}
    named = _named(work, mine, known.endings) | _named_above([parent for parent, _ in above], known.endings) | set(makers.values())
    actors = _actors(work, mine)
    enders = {e.affecting.work for actor in actors for e in known.endings.get(actor, ()) if e.affecting.work} if profile.revival else set()
    ends = {actor: tuple(known.endings.get(actor, ())) for actor in actors | enders}
    names = {w: _called(known.works[w], profile) for w in sorted(named) if w in known.works}
    return Life(
        work=work,
        expressions=expressions,
        dates={x.item: tuple(known.dates.get(x.item, ())) for x in expressions},
        acts=acts,
        done=tuple(a for a in mine if a.affecting.work == work.id),
        ends=ends,
        amended={actor: tuple(known.amended.get(actor, ())) for actor in _actors(work, mine)},
        rivals=_rivals(work, known),
        names=names,
        doubts=tuple(f for x in expressions for f in known.doubts.get(x.item, ())),
        doubts_of_relations=(*_doubts(acts, work, expressions, held, profile), *relations.open_doubts(mine, work, names)),
        seen={x.item: known.seen[x.item] for x in expressions if x.item in known.seen},
        looks=known.looks.get((work.agency, work.series), ()),
        attested=known.attested.get((work.agency, work.series), ()),
        above=tuple(above),
        cascade=_granted(profile.cascade, (act for _, act in above)),
        revival=_granted(profile.revival, (e for own in ends.values() for e in own)),
        makers=makers,
        namesakes=tuple((_called(other, profile), began) for other, began in namesakes(work, mine, known.titles[work.agency])),
    )


def _doubts(acts: tuple[Relation, ...], work: Work, expressions: Sequence[Expression], held: Reading, profile: Profile) -> tuple[Finding, ...]:
    titled = relations.title_contradictions(acts, work, expressions) if work.held else []
    doubtful = [a for a in acts if a.candidates and a.affected.subject is None and (a.standing == "order" or len(a.candidates) > 1)]
    if not doubtful:
        return tuple(titled)
    numbers = {n for a in doubtful if a.affected.number for n in (bare(a.affected.number), *variants(bare(a.affected.number)))}
    titles = {bare(a.affected.title) for a in doubtful if a.affected.title}
    catalogue = held.catalogue(profile.id, numbers=numbers, titles=titles)
    return (*titled, *(f for f in relations.doubts_about(doubtful, catalogue) if f.work == work.id))


def _rivals(work: Work, known: _Known) -> tuple[tuple[str, date], ...]:
    """The other works of the series that came to bear a number of the work's, each with the first day on which it did so; not those that bore it only after the work had given it up,
    or that had given it up before."""
    found = []
    for mine in work.numbers or (Borne(work.series, work.number or ""),):
        catalogue = known.numbers.get(work.agency)
        for other in catalogue.by_number.get((work.agency, bare(mine.number)), ()) if catalogue and bare(mine.number) else ():
            firsts = [x.starts.first for x in catalogue.by_work.get(other.id, ()) if x.starts.first] if catalogue else []
            for borne in other.numbers or (Borne(other.series, other.number or ""),):
                if other.id == work.id or not other.held or not firsts or borne.series != mine.series or bare(borne.number) != bare(mine.number):
                    continue
                began = max(min(firsts), borne.since or date.min)
                if (mine.until is None or began < mine.until) and (borne.until is None or mine.since is None or mine.since < borne.until):
                    found.append((other.title, began))
    return tuple(found)


def _called(work: Work, profile: Profile) -> str:
    series = profile.series_by_id(work.series)
    kind = series.name if series else ""
    if work.number:
        return f"{kind} {work.number}".strip()
    return f'{kind} "{work.title}"'.strip()
