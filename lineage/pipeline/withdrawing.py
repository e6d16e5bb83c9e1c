"""A file that counts no longer, or again: what was read from it is closed or held again, and every life on which it bears unrolled anew, all in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage.model import INDEX_SERIES, Expression, Relation, Work, bare
from lineage.model.access import Withdrawal, withdrawn_items
from lineage.pipeline import habits
from lineage.pipeline.identifying import Paper
from lineage.pipeline.lives import unroll_lives
from lineage.pipeline.settling import settle_again
from lineage.pipeline.telling import tell_indexes

if TYPE_CHECKING:
    from lineage.store import Store, Writing


def withdraw(store: Store, said: Withdrawal) -> Withdrawal | None:
    """Let a file count no longer from now on; what was known at earlier moments stays. Gives back what is kept, None where it was withdrawn already."""
    with store.transaction() as writing:
        if said.item in withdrawn_items(writing.withdrawals()):
            return None
        raw = writing.undecided()
        items = {i.sha256 for i in writing.items() if i.sha256.partition("~")[0] == said.item}
        texts = [x for x in raw.expressions() if x.item in items]
        acts = raw.relations(items=items)
        kept = replace(said, works=_works(texts, acts))
        writing.close_file(said.item)
        writing.add_access(kept)
        _settle(writing, texts, acts, kept.works, back=False)
    return kept


def restore(store: Store, said: Withdrawal) -> Withdrawal | None:
    """Let a file that was withdrawn count again, as if it had come in now; None where it counts."""
    with store.transaction() as writing:
        last = withdrawn_items(writing.withdrawals()).get(said.item)
        if last is None:
            return None
        texts = writing.reopen_file(said.item, last.recorded_from)
        acts = writing.undecided().relations(items={x.item for x in texts})
        kept = replace(said, undone=True, works=last.works)
        writing.add_access(kept)
        _settle(writing, texts, acts, last.works, back=True)
    return kept


def _works(texts: Sequence[Expression], acts: Sequence[Relation]) -> tuple[str, ...]:
    """The rules on which a file bears: those that it is a text of, and those upon which it acts."""
    ends = (w for a in acts for w in (a.affecting.work, a.affected.work, *a.candidates) if w)
    return tuple(dict.fromkeys((*(x.work for x in texts), *ends)))


def _settle(writing: Writing, texts: Sequence[Expression], acts: Sequence[Relation], works: Sequence[str], *, back: bool) -> None:
    for agency in sorted({x.work.partition("/")[0] for x in texts}):
        profile = habits.of(writing, agency)
        own = [x for x in texts if x.work.partition("/")[0] == agency]
        papers = [_paper(x) for x in own]
        below = {w.id for w in writing.below(agency, {bare(p.number) for p, _ in papers if p.number})}
        touched = settle_again(writing, profile, papers, [a for a in acts if a.item in {x.item for x in own}], back=back)
        held = {w.id for w in writing.works(ids={*touched, *works, *below}) if w.series != INDEX_SERIES}
        lists = unroll_lives(writing, profile, held)
        tell_indexes(writing, lists | {x.item for x in own if back and x.work.split("/")[1] == INDEX_SERIES})


def _paper(text: Expression) -> Paper:
    """What a text says of its work, which has no id yet."""
    agency, series = text.work.split("/")[:2]
    return Work("", agency, text.series or series, text.number, text.title), replace(text, work="", recorded_from="")
