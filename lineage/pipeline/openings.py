"""Which works an open target may mean ("all prior orders on the subject"), among those that the library holds: the same whatever came first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage import relations
from lineage.model import Catalogue, Relation
from lineage.profiles import Profile

if TYPE_CHECKING:
    from lineage.store import Writing


def aimed(writing: Writing, profile: Profile, found: Iterable[Relation], touched: Catalogue, known: Collection[str]) -> Iterator[Relation]:
    """The relations, those upon rules that are not named with their candidates. A new one (not among ``known``, by id) is held against all works of the agency, one that the
    library had against those whose names are touched."""
    every: Catalogue | None = None
    for relation in found:
        if relation.affected.subject is None:
            yield relation
            continue
        if relation.id not in known:
            every = every or writing.catalogue(profile.id)
        looked_at = touched if relation.id in known else every or touched
        ids = {w.id for w in looked_at.works}
        kept = {w.id for w in writing.works(ids={c for c in relation.candidates if c not in ids})} if relation.candidates else set()
        meant = {w.id for w in looked_at.works if relations.may_mean(relation, w, looked_at.by_work.get(w.id, ()))}
        yield replace(relation, candidates=tuple(sorted(kept | meant)), certainty="doubtful")
