"""Which work each paper is a text of: works are made, merged or re-titled as they come out.

A manual brings hundreds of rules at once, so what the library holds of their names is asked for all of them together, and kept together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from lineage import relations
from lineage.model import Day, Expression, Work, bare, slug
from lineage.model.decision import standing

if TYPE_CHECKING:
    from lineage.store import Writing
    from lineage.store.reading import Reading

Paper = tuple[Work, Expression]


class Settled(Struct):
    """What comes out: works and expressions to be held so, works held no longer, and the work of each expression by its item."""

    works: list[Work] = field(default_factory=list)
    expressions: list[Expression] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)

    def add(self, other: Settled) -> None:
        """What comes out of a further paper as well."""
        self.works += other.works
        self.expressions += other.expressions
        self.gone += other.gone
        self.owners |= other.owners

    def touched(self) -> set[str]:
        """The works that are made, changed or gone."""
        return {*self.owners.values(), *self.gone}


class _Bearers(Struct, frozen=True):
    """The works of an agency that are held under the names of some papers, by bare number and, without one, by bare title; and their expressions."""

    numbered: dict[str, list[Work]]
    titled: dict[str, list[Work]]
    expressions: dict[str, list[Expression]]

    def of(self, own: Work) -> list[Work]:
        """Those that the paper may be a text of."""
        if own.number:
            return [w for w in self.numbered[bare(own.number)] if w.series == own.series]
        return [w for w in self.titled[bare(own.title)] if w.series == own.series and w.number is None]


def identify(writing: Writing, papers: Sequence[Paper]) -> dict[str, str]:
    """The work of each expression of these papers' numbers (or titles), theirs included, by item. They are taken in order: each sees what those before it settled."""
    owners: dict[str, str] = {}
    ruled = ties_ruled_on(writing)
    done = 0
    while done < len(papers):
        together = _strangers(papers[done:])
        held = _bearers(writing.undecided(), together)  # what is kept is what the papers say
        every, touched = Settled(), set[str]()
        for own, fresh in together:
            works = held.of(own)
            settled = settle(own, [fresh], works, [x for w in works for x in held.expressions[w.id]], _borne(writing, own), ruled)
            if not touched.isdisjoint((*settled.touched(), *(w.id for w in works))):
                break  # one before it changed a work of this paper, which is asked for again
            every.add(settled)
            touched |= settled.touched()
            done += 1
        _keep(writing, every)
        owners |= every.owners
    return owners


def identify_again(writing: Writing, items: Iterable[str]) -> tuple[dict[str, str], set[str]]:
    """The same for papers that are held, because a person decided about them: the work of each text of their numbers or titles, by item, and every work that this made, changed or closed."""
    return identify_named(writing, [replace(work, id="", numbers=()) for work in writing.works(ids=set(writing.makers(set(items)).values()))])


def identify_named(writing: Writing, named: Iterable[Work]) -> tuple[dict[str, str], set[str]]:
    """The same for the texts that bear the numbers or titles of these works."""
    owners: dict[str, str] = {}
    touched: set[str] = set()
    ruled = ties_ruled_on(writing)
    for own in named:
        bearers = _bearers(writing.undecided(), [(own, Expression("", "", own.title, Day()))])
        works = bearers.of(own)
        settled = settle(own, (), works, [x for w in works for x in bearers.expressions[w.id]], _borne(writing, own), ruled)
        _keep(writing, settled)
        owners |= settled.owners
        touched |= settled.touched() | {w.id for w in works}
    return owners, touched


def ties_ruled_on(writing: Writing) -> dict[frozenset[str], bool]:
    """Of which pairs of items a person decided whether they are texts of one work."""
    ruled = [one for (subject, _), one in standing(writing.decisions()).items() if subject == "identity"]
    return {frozenset(one.ref.split("+")): one.correction.one_work for one in ruled if one.correction is not None and one.correction.one_work is not None}


def _strangers(papers: Sequence[Paper]) -> Sequence[Paper]:
    """The first papers, as far as none bears a name of one before it."""
    names: set[tuple[str, str]] = set()
    for at, (own, _) in enumerate(papers):
        name = ("number", bare(own.number)) if own.number else ("title", bare(own.title))
        if name in names:
            return papers[:at]
        names.add(name)
    return papers


def _bearers(writing: Reading, papers: Sequence[Paper]) -> _Bearers:
    agency = papers[0][0].agency
    by_number = writing.catalogue(agency, numbers={bare(own.number) for own, _ in papers if own.number}, titles=())
    by_title = writing.catalogue(agency, numbers=(), titles={bare(own.title) for own, _ in papers if not own.number})
    found = _Bearers(defaultdict(list), defaultdict(list), defaultdict(list))
    for work in by_number.works:
        found.numbered[bare(work.number or "")].append(work)
    for work in by_title.works:
        found.titled[bare(work.title)].append(work)
    for expression in {x.item: x for x in (*by_number.expressions, *by_title.expressions)}.values():
        found.expressions[expression.work].append(expression)
    return found


def _borne(writing: Writing, own: Work) -> int:
    """How many holders the address of a title has: titles that differ in their marks alone have one address and are told apart by the holder."""
    if own.number:
        return 0
    holder = 0
    while writing.works(ids=[f"{own.agency}/{own.series}/{slug(own.title)}/{holder + 1}"]):
        holder += 1
    return holder


def settle(own: Work, fresh: Sequence[Expression], works: Sequence[Work], held: Sequence[Expression], borne: int, ruled: Mapping[frozenset[str], bool]) -> Settled:
    """What becomes of the works that bear a paper's name, now that these papers are there; ``borne`` holders of its address are taken."""
    ids = {w.id: w for w in works}
    groups = relations.holders([*held, *fresh], numbered=own.number is not None, ruled=ruled)
    free = sorted(ids, key=lambda i: ids[i].holder)
    settled, taken = Settled(), set[str]()
    for group in sorted(groups, key=lambda g: _oldest_id(g, ids)):
        former = [i for i in free if i not in taken and any(x.work == i for x in group)]
        spare = [i for i in free if i not in taken and not any(x.work == i for x in held)]
        holder = max((borne, *(w.holder for w in ids.values()))) + 1
        chosen = former[0] if former else spare[0] if spare else f"{own.agency}/{own.series}/{own.number or slug(own.title)}/{holder}"
        taken.add(chosen)
        work = Work(chosen, own.agency, own.series, own.number, group[-1].title, int(chosen.rsplit("/", 1)[1]))
        ids[chosen] = work
        settled.works.append(work)
        settled.owners |= {x.item: chosen for x in group}
        settled.expressions += [replace(x, work=chosen) for x in group if x.work != chosen]
    settled.gone += sorted({x.work for x in held} - set(settled.owners.values()))
    return settled


def _keep(writing: Writing, settled: Settled) -> None:
    writing.set_works(settled.works)
    writing.set_expressions(settled.expressions)
    for gone in settled.gone:
        writing.close_work(gone)


def _oldest_id(group: list[Expression], ids: dict[str, Work]) -> tuple[int, str]:
    holders = [ids[x.work].holder for x in group if x.work in ids]
    first = group[0].starts.first
    return (min(holders, default=10**6), first.isoformat() if first else "")
