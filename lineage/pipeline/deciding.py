"""What a person decided, taken into the library: kept for ever, and every life on which it bears unrolled anew, all in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from lineage.model import INDEX_SERIES, Relation, bare
from lineage.model.decision import Attestation, Decision
from lineage.pipeline import habits
from lineage.pipeline.families import identify_family, numbers_tied
from lineage.pipeline.identifying import identify_again
from lineage.pipeline.lives import concerned, unroll_lives
from lineage.pipeline.resting import bearing
from lineage.pipeline.settling import Names, hand_over, resolve_anew
from lineage.pipeline.telling import tell_indexes

if TYPE_CHECKING:
    from lineage.store import Store, Writing


def decide(store: Store, decisions: Sequence[Decision]) -> list[Decision]:
    """Keep these decisions, in their order; gives back those that the library did not hold. Nothing that was read is changed, and no earlier decision."""
    with store.transaction() as writing:
        new = writing.add_decisions(decisions)
        if new:
            _settle(writing, new)
    return new


def attest(store: Store, said: Attestation) -> bool:
    """Keep a person's word that the list of a series was complete on a day; false where the library holds the same."""
    with store.transaction() as writing:
        new = writing.add_attestation(said)
        if new:
            works = {w.id for w in writing.works(agency=said.agency) if w.held and w.series == said.series}
            unroll_lives(writing, habits.of(writing, said.agency), works)
    return new


def _settle(writing: Writing, new: Sequence[Decision]) -> None:
    works = {w for _, own in bearing(writing, new) for w in own}
    acts = writing.undecided().relations(ids=[one.ref for one in new if one.subject == "relation"])
    items = {item for one in new if one.subject == "identity" for item in one.ref.split("+")}
    by_agency: dict[str, set[str]] = defaultdict(set)
    for work in works:
        by_agency[work.partition("/")[0]].add(work)
    for agency, own in sorted(by_agency.items()):
        _of_agency(writing, agency, own, [a for a in acts if concerned(a) & own], items)


def _of_agency(writing: Writing, agency: str, works: set[str], acts: Iterable[Relation], items: set[str]) -> None:
    """The works and acts of one agency on which decisions bear: what they mean is read anew, since what one act means can hang on another."""
    profile = habits.of(writing, agency)
    names = Names()
    for act in acts:
        names.add(act.affected)
        names.add(act.affecting)
    for work in writing.works(ids=works):
        names.number(work.number or "")
        names.titles.add(bare(work.title))
    names.numbers.discard("")
    tied = numbers_tied(writing.undecided(), agency, names.numbers, ())
    owners: dict[str, str] = {}
    if tied:
        family = identify_family(writing, profile, tied, (), (), {})
        owners, works = family.owners, works | family.touched
        names.numbers |= tied
        names.titles |= family.titles
    elif items:
        owners, touched = identify_again(writing, items)
        works = works | touched
    hand_over(writing, owners)
    works = works | resolve_anew(writing, profile, names, owners)
    kept = {w.id for w in writing.works(ids=works) if w.series != INDEX_SERIES}
    tell_indexes(writing, unroll_lives(writing, profile, kept))
