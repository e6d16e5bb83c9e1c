"""Published texts of a rule, each held against the words that are put together to its day from what was held before it.

A text that says of itself only that it stood on a day (an edition, "current at") enacts nothing: what it shows otherwise was changed by something else. One with a day of effect of its own may make the changes itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from lineage import consolidation
from lineage.answers.wording import change_of, numbers_of, unit_of, wordings
from lineage.model import STOOD, Difference, Edition, Expression, Period, Relation, Unit, Work, bare, portion_id

if TYPE_CHECKING:
    from lineage.store.reading import Reading

CHANGES = ("amends", "substitutes", "inserts", "deletes", "renumbers", "corrects", "creates", "supersedes", "rescinds")
SEVERAL = "expressions.several-texts"
FIRST = "no earlier text of it is held"


def editions(held: Reading, work: Work, periods: Sequence[Period], acts: Iterable[Relation], expressions: Sequence[Expression], *, every: bool = True) -> list[Edition]:
    """Each text of a life that begins while another is held, in the order of their days; without ``every`` only those that enact nothing. ``acts`` are all that act upon the work, or may."""
    known = {a.id: a for a in acts}
    starts: dict[str, int] = {}
    for at, period in enumerate(periods):
        opened = period.opened_by
        if period.status == "in-force" and period.item and opened is not None and opened.kind == "begins" and opened.item == period.item:
            starts.setdefault(period.item, at)
    whole = set(held.makers({portion_id(item, 1) for item in starts}))
    found = []
    for item, at in sorted(starts.items(), key=lambda one: one[1]):
        opened, on = periods[at].opened_by, periods[at].interval.start
        enacts = opened is None or opened.label not in STOOD
        if on is not None and (every or not enacts) and portion_id(item, 1) not in whole:  # what stands before the rules of a manual is no rule
            before = _before(periods, at, item)
            edition = Edition(item, on, enacts, reason=_reason(before, periods[:at]))
            found.append(edition if edition.reason or before is None else _held(held, work, periods, before, edition, known, expressions))
    return found


def _before(periods: Sequence[Period], at: int, item: str) -> int | None:
    """The period that the text follows, over the time in which by its own words it may have stood already."""
    for n in range(at - 1, -1, -1):
        opened = periods[n].opened_by
        if periods[n].status != "not-provable" or opened is None or opened.item != item:
            return n
    return None


def _reason(before: int | None, earlier: Sequence[Period]) -> str:
    """Why a text cannot be held against ours; empty where it can."""
    if before is None or not any(p.item for p in earlier):
        return FIRST
    period = earlier[before]
    if period.status == "not-in-force":
        return "it was not in force right before"
    if period.status == "not-provable":
        return "what its words were right before is not established"
    return "" if period.item else "its wording right before is not held"


def _held(held: Reading, work: Work, periods: Sequence[Period], before: int, edition: Edition, known: dict[str, Relation], expressions: Sequence[Expression]) -> Edition:
    period = periods[before]
    item = period.item or ""
    version = {item, *(x.item for x in _same_dates(expressions, item))}
    first = before
    while first and periods[first - 1].item in version:
        first -= 1
    since, began = periods[first].interval.start, periods[first].item or item
    papers: dict[str, dict[str, Unit]] = {}
    mine = [change_of(held, work, known[name], papers) for name in period.changes if name in known]
    others = [change_of(held, work, act, papers) for act in _others(work, period, edition, known.values())]
    others = [c for c in others if since is None or c.on >= since]
    texts = {x: _units(held, x) for x in version}
    published, numbers = _units(held, edition.item), numbers_of(work)
    checked = consolidation.check(texts[item], mine, published, numbers, others, {x: units for x, units in texts.items() if x != item})
    edited: tuple[Difference, ...] = ()
    for other in sorted(version - {item}, key=lambda x: (x != began, x)) if began != item or SEVERAL in period.findings else ():
        whole = consolidation.check(texts[other], mine, published, numbers, others, {item: texts[item]})
        edited = edited or tuple(d for d in whole.differences if d.why == "silent-edit")
    wording = wordings(held, work, (period,), known.values()).get(0)
    applied, refused = (wording.applied, wording.refused) if wording else ((), ())
    return Edition(edition.item, edition.on, edition.enacts, item, since, applied, refused, checked, edited=edited, by_ocr=_by_ocr(held, item) or _by_ocr(held, edition.item))


def _by_ocr(held: Reading, item: str) -> bool:
    return any(row.confidence is not None for row in held.clauses(item))


def _units(held: Reading, item: str) -> tuple[Unit, ...]:
    return tuple(map(unit_of, held.clauses(item)))


def _others(work: Work, period: Period, edition: Edition, acts: Iterable[Relation]) -> list[Relation]:
    """The acts upon the words of the work, or that may be, which are not among the changes of the period."""
    return [
        a for a in acts
        if a.id not in period.changes and a.kind in CHANGES and a.standing == "order" and a.status != "rejected" and a.item != edition.item
        and (a.affected.work == work.id or work.id in a.candidates) and not (a.kind in ("supersedes", "rescinds") and not a.affected.path)
    ]  # fmt: skip


def _same_dates(expressions: Sequence[Expression], item: str) -> list[Expression]:
    """The other texts of the version that an item is one of."""
    own = next((x for x in expressions if x.item == item), None)
    return [x for x in expressions if own is not None and x.item != item and x.starts == own.starts and x.words != own.words]


def acts_upon(held: Reading, work: Work, as_known: str | None = None) -> list[Relation]:
    """The relations of a work, and those that may mean it among others."""
    acts = {a.id: a for a in held.relations(works={work.id}, as_known=as_known)}
    titles = {bare(work.title)} if work.title else set()
    for act in held.waiting(work.agency, {bare(n) for n in numbers_of(work)}, titles, as_known):
        if work.id in act.candidates:
            acts.setdefault(act.id, act)
    return [acts[name] for name in sorted(acts)]


def editions_about(held: Reading, work: Work, periods: Sequence[Period], expressions: Sequence[Expression], item: str | None, as_known: str | None = None) -> tuple[Edition, ...]:
    """The published texts that enact nothing and can be held against ours, where one of the two is the text of this item."""
    if len(expressions) < 2 or not any(p.opened_by is not None and p.opened_by.label in STOOD for p in periods):
        return ()
    found = editions(held, work, periods, acts_upon(held, work, as_known), expressions, every=False)
    return tuple(e for e in found if e.checked is not None and item in (e.item, e.base))
