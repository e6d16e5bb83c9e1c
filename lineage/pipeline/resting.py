"""Which answers rest on what a person decided: those that would be others without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage.model import Period, Relation, Work
from lineage.model.decision import Decision, standing
from lineage.store.view import Undecided
from lineage.timeline import Life, Unrolled

if TYPE_CHECKING:
    from lineage.store.reading import Reading

Lives = list[tuple[Life, Unrolled]]
Unroll = Callable[["Reading", Sequence[Work]], Lives]


def resting(held: Reading, found: Lives, decisions: Sequence[Decision], unroll: Unroll) -> Lives:
    """These lives, each of their periods naming the decisions that count in it: what changes its answer where it is left out; all that bear on the rule where none does so alone."""
    bears = bearing(held, standing(decisions).values())
    concerned = {life.work.id: [one for one, works in bears if works & {life.work.id, *life.names}] for life, _ in found}
    works = [life.work for life, _ in found if concerned[life.work.id]]
    if not works:
        return found
    without = {life.work.id: u.periods for life, u in unroll(Undecided(held), works)}
    lacking: dict[str, dict[str, tuple[Period, ...]]] = {}
    for left_out in _rounds({work.id: concerned[work.id] for work in works}):
        for life, unrolled in unroll(Undecided(held, frozenset(left_out.values())), [w for w in works if w.id in left_out]):
            lacking.setdefault(life.work.id, {})[left_out[life.work.id]] = unrolled.periods
    return [(life, replace(u, periods=tuple(_named(p, without[life.work.id], lacking.get(life.work.id, {})) for p in u.periods)) if life.work.id in without else u) for life, u in found]


def _rounds(concerned: Mapping[str, Sequence[Decision]]) -> list[dict[str, str]]:
    """The decisions in rounds, by the works that each bears on: in one round at most one for each work, so that many are left out at once and each work lacks only one of its own."""
    rounds: list[dict[str, str]] = []
    for name in sorted({one.id for own in concerned.values() for one in own}):
        works = [work for work, own in concerned.items() if any(one.id == name for one in own)]
        free = next((r for r in rounds if not any(w in r for w in works)), None)
        if free is None:
            rounds.append(free := {})
        free |= dict.fromkeys(works, name)
    return rounds


def bearing(held: Reading, decisions: Iterable[Decision]) -> list[tuple[Decision, set[str]]]:
    """Each decision with the works that it may bear on."""
    ordered = sorted(decisions, key=lambda one: one.id)
    acts = {r.id: r for r in held.undecided().relations(ids=[one.ref for one in ordered if one.subject == "relation"])}
    items = {one.ref.partition("#")[0] for one in ordered if one.subject == "date"} | {one.ref.rpartition("@")[0] for one in ordered if one.subject == "stretch"}
    items |= {item for one in ordered if one.subject == "identity" for item in one.ref.split("+")}
    makers = held.makers(items)
    aimed = {one.correction.target_item for one in ordered if one.correction and one.correction.target_item}
    makers |= held.makers(aimed)
    found = []
    for one in ordered:
        works = {w for w in (makers.get(part) for part in (one.ref.partition("#")[0], one.ref.rpartition("@")[0], *one.ref.split("+"))) if w}
        if one.ref in acts:
            works |= _ends(acts[one.ref])
        if one.subject == "stretch" and "/" in one.ref:
            works.add(one.ref.rpartition("@")[0])
        if one.correction and one.correction.target:
            works.add(makers.get(one.correction.target_item, one.correction.target))
        if one.subject == "date":
            works |= {w for r in held.undecided().relations(items=[one.ref.partition("#")[0]]) for w in _ends(r)}
        found.append((one, works))
    return found


def _ends(act: Relation) -> set[str]:
    return {w for w in (act.affecting.work, act.affected.work, *act.candidates) if w}


def _named(period: Period, without: Sequence[Period], lacking: dict[str, tuple[Period, ...]]) -> Period:
    if not _differs(period, without):
        return period
    alone = [name for name, periods in sorted(lacking.items()) if _differs(period, periods)]
    return replace(period, decisions=tuple(alone or sorted(lacking)))


def _differs(period: Period, others: Sequence[Period]) -> bool:
    """Whether another life answers otherwise on a day of the period."""
    return any(period.interval.overlap(p.interval) is not None and _answer(p) != _answer(period) for p in others)


def _answer(period: Period) -> tuple[object, ...]:
    return period.status, period.item, period.complete, period.operative, period.findings, period.changes
