"""Two days of one rule, held against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage import consolidation
from lineage.answers.asking import show
from lineage.answers.calling import Names
from lineage.answers.phrases import called as phrase
from lineage.answers.wording import acts_of, as_document, consolidated, unit_of
from lineage.errors import NotFoundError
from lineage.model import Compared, Document, Period, Shown, Wording, Work
from lineage.model.hours import When

if TYPE_CHECKING:
    from lineage.store.reading import Reading


def compare(store: Reading, name: str, old: When, new: When, *, as_known: str | None = None) -> Compared:
    """What became of the words of a rule from one day to another, and by whom.

    Raises NotFoundError, AmbiguousError as ``find_work`` does; NotFoundError ``works.no-text`` where of either day no text is held.
    """
    one = show(store, name, old, as_known=as_known)
    two = show(store, one.ruling.work.id, new, as_known=as_known)
    before, after = _wording(one), _wording(two)
    lineal = one.ruling.period.item == two.ruling.period.item
    shifts = consolidation.compare(before, after, one_base=lineal)
    acts = {a.relation.id: a for a in (*one.changed_by, *two.changed_by)}
    return Compared(one, two, tuple(shifts), acts, "" if lineal else _brought_by(two))


def put_together(store: Reading, base: Document, work: Work, period: Period, as_known: str | None = None) -> Document:
    """The document of a period whose words other papers changed: ``base`` is that of the text held."""
    acts = acts_of(store, period, store.relations(works={work.id}, as_known=as_known), as_known)
    wording = consolidated(store, work, period, acts)
    calling = Names(store, as_known)
    names = {w.id: calling.work(w) for w in store.works(ids={a.affecting.work for a in acts if a.affecting.work}, as_known=as_known)}
    return as_document(base, wording, period.interval.start, work, calling.work(work), acts, names) if wording is not None else base


def _wording(answer: Shown) -> Wording:
    """The words of a day."""
    if answer.wording is not None and answer.wording.units:
        return answer.wording
    if answer.clauses and answer.wording is None:
        return Wording(tuple(unit_of(row) for row in answer.clauses))  # type: ignore[arg-type]
    ruling = answer.ruling
    rule = replace(ruling.work, title="") if ruling.work.number else ruling.work
    said = {"not-in-force": "it was not in force", "not-provable": "it is not established whether it was in force"}.get(ruling.status, "its wording is not held")
    raise NotFoundError(
        f"No words of {phrase(rule, ruling.series_name)} can be compared on {When.of(ruling.on).day.isoformat()}: {said}.",
        hint="Ask `lineage history` for the days of which words are held.", code="works.no-text",
    )  # fmt: skip


def _brought_by(answer: Shown) -> str:
    """The paper that brought the later text, where the two are texts of different papers."""
    item = answer.ruling.period.item
    return answer.item_names.get(item, item[:12]) if item else ""
