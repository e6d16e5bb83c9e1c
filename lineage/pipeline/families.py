"""Works that were renumbered: the numbers that acts tie to one another are looked at together, each number by itself first, and what is proven one is then joined.

What comes out hangs on all that is held of those numbers and on nothing else, so the order in which it came does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from lineage import relations
from lineage.model import Catalogue, Expression, Relation, Work, bare
from lineage.pipeline import places
from lineage.pipeline.identifying import Paper, settle, ties_ruled_on
from lineage.profiles import Profile

if TYPE_CHECKING:
    from lineage.store import Writing
    from lineage.store.reading import Reading


class Family(Struct, frozen=True):
    """What is known of some numbers: the work of each item, the titles, and every work that is or was held under one of them."""

    owners: dict[str, str]
    titles: frozenset[str]
    touched: frozenset[str]


def numbers_tied(writing: Reading, agency: str, touched: Iterable[str], found: Iterable[Relation]) -> set[str]:
    """The bare numbers that renumberings tie to those that are touched, these among them; none where no order tells of any. ``found`` are acts of papers not kept yet."""
    fresh = [r for r in found if _ties(r)]
    tied: set[str] = set()
    ahead = set(touched)
    while ahead:
        acts = [r for r in (*writing.renumberings(agency, ahead), *fresh) if _ties(r) and ahead & _numbers(r)]
        more = {n for r in acts for n in _numbers(r)}
        ahead = more - tied
        tied |= more
    return tied


def identify_family(writing: Writing, profile: Profile, numbers: set[str], papers: Sequence[Paper], found: Iterable[Relation], owners: dict[str, str]) -> Family:
    """Hold the works of these numbers so from now on. ``papers`` are those new ones that bear one of them, ``found`` the acts of all new papers, ``owners`` the works of the other new ones."""
    held = writing.undecided().catalogue(profile.id, numbers=numbers, titles=())  # what is kept is what the papers say
    apart, own = _apart(profile.id, held, papers, ties_ruled_on(writing))
    acts = {r.id: r for r in (*writing.waiting(profile.id, numbers, ()), *(r for r in found if _numbers(r) & numbers))}
    stored = {r.item: e.work for r in acts.values() for e in (r.affecting, r.affected) if e.own and e.work}
    resolved = relations.resolve(acts.values(), apart, profile.id, stored | owners | own, profile, joined=False)
    works, expressions = _as_one(apart, relations.joined(resolved, apart, stored | owners | own), profile.id)
    writing.set_works(works)
    writing.set_expressions(expressions)
    gone = {w.id for w in held.works} - {w.id for w in works}
    for work in sorted(gone):
        writing.close_work(work)
    titles = frozenset(bare(t) for t in (*(w.title for w in works), *(x.title for x in expressions)))
    return Family({x.item: x.work for x in expressions}, titles, frozenset(gone | {w.id for w in works}))


def _ties(act: Relation) -> bool:
    return act.renames and act.standing == "order"


def _numbers(act: Relation) -> set[str]:
    return {bare(e.number) for e in (act.affected, act.affecting) if e.number and not e.external}


def _apart(agency: str, held: Catalogue, papers: Sequence[Paper], ruled: Mapping[frozenset[str], bool]) -> tuple[Catalogue, dict[str, str]]:
    """The works under each number by itself, and the work of each item: as if nothing were known of a renumbering."""
    kept = {w.id: w for w in held.works}
    texts: dict[tuple[str, str], list[Expression]] = defaultdict(list)
    spelled: dict[tuple[str, str], Work] = {}
    for own, text in [*((kept[x.work], x) for x in held.expressions), *papers]:
        series, number = text.series or own.series, text.number or own.number or ""
        texts[series, bare(number)].append(text)
        spelled.setdefault((series, bare(number)), Work("", agency, series, number, text.title))
    works, expressions, owners = list[Work](), list[Expression](), dict[str, str]()
    for name, every in sorted(texts.items()):
        mine = [_alone(w) for w in held.works if (_alone(w).series, bare(_alone(w).number or "")) == name]
        before = [x for x in every if x.work]
        settled = settle(spelled[name], [x for x in every if not x.work], mine, before, 0, ruled)
        works += settled.works
        owners |= settled.owners
        expressions += [replace(x, work=settled.owners[x.item]) for x in every]
    taken = {w.id for w in works}
    waiting = [_alone(w) for w in held.works if not w.held and w.id not in taken]
    by_number: dict[str, list[Work]] = defaultdict(list)
    for work in (*works, *waiting):
        by_number[bare(work.number or "")].append(work)
    left = {w.id for same in by_number.values() for w in places.vague(same)}
    return Catalogue.of([*works, *(w for w in waiting if w.id not in left)], expressions), owners


def _alone(work: Work) -> Work:
    """The work under the number in its id alone."""
    if not work.numbers:
        return work
    first = next((b for b in work.numbers if work.id.startswith(f"{work.agency}/{b.series}/{b.number}/")), work.numbers[0])
    return replace(work, series=first.series, number=first.number, numbers=())


def _as_one(apart: Catalogue, found: Sequence[relations.Joined], agency: str) -> tuple[list[Work], list[Expression]]:
    """The works and texts with those made one that are. The work keeps the id of the first of its numbers under which a paper is held, or, with none, of the first."""
    works = {w.id: w for w in apart.works}
    owner: dict[str, str] = {}
    whole: list[Work] = []
    for one in found:
        last, first = one.numbers[-1], one.numbers[0]
        parts = [works[name] for name in one.works]
        root = next((w for w in parts if w.held), parts[0] if parts else Work(f"{agency}/{first.series}/{first.number}/1", agency, first.series, first.number, "", held=False))
        texts = sorted((x for w in parts for x in apart.by_work.get(w.id, ())), key=lambda x: (x.starts.first is not None, x.starts.first or x.starts.last, x.item))
        title = texts[-1].title if texts else root.title
        whole.append(replace(root, series=last.series, number=last.number, title=title, numbers=one.numbers))
        owner |= {w.id: root.id for w in parts}
    single = [w for w in apart.works if w.id not in owner and w.id not in {one.id for one in whole}]
    return [*single, *whole], [replace(x, work=owner.get(x.work, x.work)) for x in apart.expressions]
