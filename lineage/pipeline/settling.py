"""One reading taken into the library, in the transaction that is open: identity, relations, and the lives of the works that it touches.

A later paper settles the mentions that were waiting for it, so everything that bears on the names it touches is resolved anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from lineage import __version__, documents, relations
from lineage.model import Catalogue, Document, End, Expression, Precedence, Relation, Run, Work, bare
from lineage.model.confusion import variants
from lineage.pipeline import habits, namesakes, places
from lineage.pipeline.families import identify_family, numbers_tied
from lineage.pipeline.identifying import Paper, identify, identify_named
from lineage.pipeline.lives import concerned, unroll_lives
from lineage.pipeline.openings import aimed
from lineage.pipeline.reading import Reading
from lineage.pipeline.signatures import signature_of
from lineage.pipeline.telling import tell_indexes
from lineage.profiles import Profile, load

if TYPE_CHECKING:
    from lineage.store import Writing
    from lineage.store.reading import Reading as Held

TOGETHER = 20  # documents that are checked in one call


class Names(Struct):
    """Bare numbers and bare titles that are touched."""

    numbers: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)

    def number(self, number: str) -> None:
        """The number, and those that it may be or be taken for if OCR misread a figure: what waits for the one may mean the other."""
        self.numbers |= {bare(number), *variants(bare(number))}

    def add(self, end: End) -> None:
        """The name by which a mention is found again."""
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
    papers = [_paper(one, profile) for one in readings]
    writing.add_items([(one.item, one.data) for one in readings])
    writing.add_signatures({one.item.sha256: signature_of(one.item, one.outline) for one in readings})
    writing.set_precedence(profile.id, (Precedence(p.prevails, p.over, p.quote, p.source) for p in profile.precedence))
    anew = habits.keep(writing, profile)
    names = Names()
    for one, (own, _) in zip(readings, papers, strict=True):
        _note(names, own, one.relations)
    every = tuple(relation for one in readings for relation in one.relations)
    tied = numbers_tied(writing, profile.id, names.numbers, every)
    alike = namesakes.of_papers(writing, profile.id, papers, tied)
    owners, one_work = _identified(writing, profile, papers, names, every, tied)
    works = {one.item.sha256: owners[one.item.sha256] for one in readings}
    hand_over(writing, {item: work for item, work in owners.items() if item not in works})
    places.keep(writing, profile, [*every, *(writing.waiting(profile.id, tied, ()) if tied else ())])
    places.give_up(writing, profile, names.numbers, names.titles)
    found, touched = _resolve(writing, profile, names, every, owners)
    if tied:
        if places.clear(writing, profile, tied, found.values()):
            found, more = _resolve(writing, profile, names, every, owners)
            touched |= more
        touched |= one_work
    places.entitle(writing, found.values())
    with ThreadPoolExecutor(max_workers=1) as aside:
        # The schemas are checked outside Python's lock while the next rows are written; a fault ends the transaction, and nothing is kept.
        written: list[tuple[Document, bytes]] = []
        checks: list[Future[None]] = []
        for at in range(0, len(readings), TOGETHER):
            together = [drafted(one, profile, works[one.item.sha256], found, writing.moment) for one in readings[at : at + TOGETHER]]
            drafts = [(document, documents.draft(document)) for document in together]
            checks.append(aside.submit(documents.approve, drafts))
            written += drafts
        writing.add_documents(written, profile.id)
        lists = unroll_lives(writing, profile, {*owners.values(), *touched, *anew, *alike, *_spoken_of(writing, works, papers), *_overtaken(writing, papers)})
        tell_indexes(writing, lists | {one.item.sha256 for one in readings if one.index is not None})
        for check in checks:
            check.result()
    return works[reading.item.sha256]


def _identified(writing: Writing, profile: Profile, papers: list[Paper], names: Names, found: Iterable[Relation], tied: set[str]) -> tuple[dict[str, str], set[str]]:
    """The work of each item, and the works of the numbers that renumberings tie together (they and the titles of their works are added to ``names``)."""
    free = [(own, x) for own, x in papers if bare(own.number or "") not in tied]
    owners = identify(writing, free) if free else {}
    if not tied:
        return owners, set()
    family = identify_family(writing, profile, tied, [p for p in papers if p not in free], found, owners)
    names.numbers |= tied
    names.titles |= family.titles
    return owners | family.owners, set(family.touched)


def hand_over(writing: Writing, owners: Mapping[str, str]) -> None:
    """Let what the readings of papers held before say of their works be said of the works that they are texts of now."""
    for item, found in writing.findings_of(owners, source="reading").items():
        moved = [f.about(owners[item]) if f.work else f for f in found]
        if moved != found:
            writing.set_reading(item, moved)


def _spoken_of(writing: Writing, items: Iterable[str], papers: Iterable[Paper]) -> set[str]:
    """The works of series of which listings speak only now, because their first file was seen before it could be read."""
    series = writing.speak_of(items, {(own.agency, own.series) for own, _ in papers})
    return {w.id for agency in {agency for agency, _ in series} for w in writing.works(agency=agency) if w.held and (w.agency, w.series) in series}


def _overtaken(writing: Writing, papers: Iterable[Paper]) -> set[str]:
    """The works of series that somebody attested to be complete before these papers came in: whether that still counts is told anew."""
    attested = {(said.agency, said.series) for said in writing.attestations()} & {(own.agency, own.series) for own, _ in papers}
    return {w.id for agency in {agency for agency, _ in attested} for w in writing.works(agency=agency) if w.held and (w.agency, w.series) in attested}


def _note(names: Names, own: Work, found: Iterable[Relation]) -> None:
    if own.number:
        names.number(own.number)
    names.titles.add(bare(own.title))
    for relation in found:
        names.add(relation.affected)
        names.add(relation.affecting)


def _paper(reading: Reading, profile: Profile) -> tuple[Work, Expression]:
    """What a paper says of its work, which has no id yet, and its text."""
    heading = reading.outline.heading
    title = heading.title or reading.item.name.rsplit(".", 1)[0]
    prior = tuple(sorted({r.affected.version_on.isoformat() for r in reading.relations if r.affected.own and r.affected.version_on and r.source != "stamp"}))
    starts, issued = (replace(day, hour=None) for day in (reading.starts, reading.issued))  # the hours stand with the readings and the events
    fresh = Expression("", reading.item.sha256, title, starts, issued, prior, words=reading.words, series=heading.series, number=heading.number)
    return Work("", profile.id, heading.series, heading.number, title), fresh


def _resolve(
    writing: Writing, profile: Profile, names: Names, fresh: tuple[Relation, ...], owners: dict[str, str], back: Collection[str] = ()
) -> tuple[dict[str, Relation], set[str]]:
    """Every relation that names one of the names, resolved anew: by id; and the works that any of them concerns, before or after. ``back`` are those, by id, that are held again."""
    raw = writing.undecided()  # what persons decided is laid over what is resolved here, and never kept as read
    stored = {r.id: r for r in raw.waiting(profile.id, names.numbers, names.titles)}
    stored |= {r.id: r for r in (*raw.relations(items=owners), *raw.open_targets(profile.id))}
    stored |= _beside(raw, profile, names, stored.values())
    own = writing.makers({r.item for r in stored.values()}) | owners
    catalogue = _catalogue(writing, profile, names, stored.values())
    found = relations.resolve([*stored.values(), *(r for r in fresh if r.id not in stored)], catalogue, profile.id, own, profile, decided=writing.ruling_on())
    found = list(aimed(writing, profile, found, catalogue, set(stored) - set(back)))
    touched: set[str] = set()
    for relation in found:
        before = stored.get(relation.id)
        touched |= concerned(relation) | (concerned(before) if before else set())
        if before is not None and before != relation:
            writing.set_relation(relation, profile.id)
    return {r.id: r for r in found}, touched


def resolve_anew(writing: Writing, profile: Profile, names: Names, owners: dict[str, str]) -> set[str]:
    """What all acts mean that name one of these, read once more; gives back the works that any of them concerns, before or after."""
    return _resolve(writing, profile, names, (), owners)[1]


def settle_again(writing: Writing, profile: Profile, papers: Sequence[Paper], acts: Sequence[Relation], *, back: bool) -> set[str]:
    """What these papers and their acts touch, settled anew: where they are held again (``back``), or now that they are held no longer. Gives back the works to be unrolled.

    What comes out hangs on what is held and on nothing else, as if the papers had come now, or never.
    """
    names = Names()
    for own, _ in papers:
        _note(names, own, ())
    for act in acts:
        names.add(act.affected)
        names.add(act.affecting)
    tied = numbers_tied(writing.undecided(), profile.id, names.numbers, acts)
    free = [(own, x) for own, x in papers if bare(own.number or "") not in tied]
    touched = set(namesakes.of_papers(writing, profile.id, papers, tied))
    if back:
        owners = identify(writing, free) if free else {}
    else:
        owners, more = identify_named(writing, {(own.series, bare(own.number or own.title)): own for own, _ in free}.values())
        touched |= more
    if tied:
        family = identify_family(writing, profile, tied, [p for p in papers if back and p not in free], (), owners)
        names.numbers |= tied
        names.titles |= family.titles
        owners, touched = owners | family.owners, touched | family.touched
    hand_over(writing, owners)
    return touched | set(owners.values()) | _named_again(writing, profile, names, owners, acts, tied, back=back)


def _named_again(writing: Writing, profile: Profile, names: Names, owners: dict[str, str], acts: Sequence[Relation], tied: set[str], *, back: bool) -> set[str]:
    """What the acts that bear these names mean now: places for rules that are named and not held are kept where an act names them, and given up where none does any more."""
    waiting = writing.undecided().waiting(profile.id, names.numbers, names.titles)
    before = {w for a in acts for w in (a.affecting.work, a.affected.work, *a.candidates) if w}
    bereft = {w.id for w in writing.catalogue(profile.id, numbers=names.numbers, titles=names.titles).works} | before
    for work in writing.works(ids=bereft):
        if work.held and not writing.expressions(work.id):
            writing.close_work(work.id)
    places.keep(writing, profile, waiting)
    places.give_up(writing, profile, names.numbers, names.titles)
    again = {a.id for a in acts} if back else ()
    found, touched = _resolve(writing, profile, names, (), owners, again)
    if (tied and places.clear(writing, profile, tied, found.values())) or places.forsaken(writing, {*bereft, *before}):
        found, more = _resolve(writing, profile, names, (), owners, again)
        touched |= more
    places.entitle(writing, found.values(), bereft)
    return touched | bereft


def _beside(writing: Held, profile: Profile, names: Names, stored: Iterable[Relation]) -> dict[str, Relation]:
    """The further acts upon what these act upon: which rule an act means hangs on what had ended it before."""
    more = Names()
    for relation in stored:
        if relation.kind != "cites":
            more.add(relation.affected)
    numbers, titles = more.numbers - names.numbers, more.titles - names.titles
    found = writing.waiting(profile.id, numbers, titles) if numbers or titles else []
    return {r.id: r for r in found if r.kind != "cites" and (bare(r.affected.number or "") in numbers or bare(r.affected.title or "") in titles)}


def _catalogue(writing: Writing, profile: Profile, names: Names, more: Iterable[Relation]) -> Catalogue:
    every = Names(set(names.numbers), set(names.titles))
    for relation in more:
        every.add(relation.affected)
        every.add(relation.affecting)
        if relation.affected.number and relation.affected.title:
            every.titles.add(bare(relation.affected.title))
    return writing.catalogue(profile.id, numbers=every.numbers, titles=every.titles)


def drafted(reading: Reading, profile: Profile, work: str, found: Mapping[str, Relation], moment: str) -> Document:
    """What was read from an item as a document of a work, with its relations as they are resolved (``found``, by id)."""
    run = Run(moment, f"policy-lineage {__version__}", profile.id, profile.sha256)
    series = profile.series_by_id(reading.outline.heading.series)
    return Document(
        work=work,
        outline=reading.outline,
        relations=tuple(found[r.id] for r in reading.relations if r.id in found),
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
        bindings=reading.bindings,
    )
