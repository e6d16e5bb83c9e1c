"""The other papers in force on a day that touch a rule, and which of the two prevails where the agency's own words say so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lineage.model import INDEX_SERIES, Precedence, Relation, Touch, Work
from lineage.model.hours import When

if TYPE_CHECKING:
    from lineage.store.reading import Reading

TOUCHING = ("amends", "substitutes", "inserts", "deletes", "corrects", "suspends", "supplements", "implements", "cites")


def touching(store: Reading, work: Work, acts: Iterable[Relation], when: When, as_known: str | None = None) -> tuple[Touch, ...]:
    """Each paper that amends, suspends, supplements, implements or cites the work and was itself in force on the day (or may have been: its status says so), by name.

    What takes effect later than the day touches nothing yet; what was rejected or is doubtful is left to the open questions.
    """
    from lineage.answers.asking import periods_at
    from lineage.answers.calling import Names

    by: dict[str, list[Relation]] = {}
    for act in acts:
        own = act.affecting.work
        if own is None or own == work.id or act.affected.work != work.id or act.kind not in TOUCHING or act.standing == "index" or f"/{INDEX_SERIES}/" in own:
            continue
        day = act.effect.day if act.effect and act.kind != "cites" else None
        if act.status == "rejected" or act.certainty == "doubtful" or (day is not None and day.first is not None and day.first > when.day):
            continue
        by.setdefault(own, []).append(act)
    if not by:
        return ()
    status = {name: period.status for name, period in periods_at(store, by, when, as_known).items()}
    ranks = store.precedence(work.agency, as_known)
    names = Names(store, as_known)
    works = {w.id: w for w in store.works(ids=set(by), as_known=as_known) if w.held}
    found = [
        Touch(one, names.work(one), status[name], tuple(sorted({a.kind for a in by[name]})), tuple(a.evidence[0] for a in by[name]), *_prevails(one, work, ranks))
        for name, one in works.items()
        if status.get(name) in ("in-force", "not-provable")
    ]
    return tuple(sorted(found, key=lambda t: (t.status != "in-force", t.name, t.work.id)))


def _prevails(one: Work, other: Work, ranks: Iterable[Precedence]) -> tuple[str | None, Precedence | None]:
    """The work that prevails and the rank that says so; nothing where no rank does, or where two say the opposite."""
    known = {(r.prevails, r.over): r for r in ranks}
    forth, back = known.get((one.series, other.series)), known.get((other.series, one.series))
    if (forth is None) == (back is None):
        return None, None
    return (one.id, forth) if forth is not None else (other.id, back)
