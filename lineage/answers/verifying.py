"""The published texts of one rule, of a manual or of all that is held, against the words put together from what was held before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from lineage.answers.calling import Names
from lineage.answers.editions import acts_upon, editions
from lineage.answers.naming import find_work
from lineage.errors import NotFoundError
from lineage.model import INDEX_SERIES, Edition, Expression, Relation, Verified, Work, bare, bytes_of
from lineage.model.dates import long_date

if TYPE_CHECKING:
    from lineage.store.reading import Reading


def verify(store: Reading, name: str | None = None, on: date | None = None, *, series: str | None = None, as_known: str | None = None) -> list[Verified]:
    """The last published text of each work (with a day: the last that stood by then) against our words of its day, by series and number.

    ``name`` is a work, a manual that is held as one file, or the number that the numbers of its sections go on from; None is every work with a text that follows another or is an edition. Raises NotFoundError,
    AmbiguousError as ``find_work`` does; NotFoundError ``works.no-text`` where a work that is named has no text by then.
    """
    works = _meant(store, name, on, series, as_known)
    found: list[Verified] = []
    texts = store.expressions([w.id for w in works], as_known=as_known)
    items = {row.sha256: row.name for row in store.items(as_known=as_known)}
    by_work: dict[str, list[Expression]] = defaultdict(list)
    for text in texts:
        by_work[text.work].append(text)
    for work in works:
        own = by_work[work.id]
        one = _verified(store, work, own, items, on, as_known)
        if one is not None and (name is not None or len(own) > 1 or not one.edition.enacts):
            found.append(one)
    if name is not None and not found:
        by = f" by {long_date(on)}" if on else ""
        raise NotFoundError(f'No published text of "{name}" is held{by}, so nothing can be held against ours.', hint="Ask `lineage history` for the days of which words are held.", code="works.no-text")
    return sorted(found, key=lambda v: (v.work.series, _natural(v.work.number or ""), v.work.title, v.work.id))


def _meant(store: Reading, name: str | None, on: date | None, series: str | None, as_known: str | None) -> list[Work]:
    works = [w for w in store.works(as_known=as_known) if w.held and w.series != INDEX_SERIES and (series is None or series.strip().lower().replace(" ", "-") in (w.series, f"{w.agency}/{w.series}"))]
    if name is None:
        return works
    manual = _manual(store, name, as_known)
    if manual:
        return [w for w in works if w.id in manual]
    try:
        return [find_work(name, store, on, as_known)[0]]
    except NotFoundError:
        below = [w for w in works if w.number and re.match(rf"{re.escape(bare(name))}[.\-/]", bare(w.number))] if bare(name) else []
        if not below:
            raise
        return below


def _manual(store: Reading, name: str, as_known: str | None) -> set[str]:
    """The rules of the manuals of that title, each held as one file; its files of several days are no one work, and their rules are."""
    titled = {w.id for w in store.works(as_known=as_known) if w.held and not w.number and (bare(w.title) == bare(name) or w.id == name.strip())}
    texts = store.expressions(as_known=as_known) if titled else []
    files = {x.item for x in texts if x.work in titled}
    return {x.work for x in texts if "~" in x.item and bytes_of(x.item) in files}


def _verified(store: Reading, work: Work, texts: Sequence[Expression], items: dict[str, str], on: date | None, as_known: str | None) -> Verified | None:
    acts = {a.id: a for a in acts_upon(store, work, as_known)}
    periods = store.periods(work=work.id, as_known=as_known)
    every = [e for e in editions(store, work, periods, acts.values(), texts) if on is None or e.on <= on]
    if not every:
        return None
    edition = every[-1]
    calling = Names(store, as_known)
    names = {w.id: calling.work(w) for w in store.works(ids={a.affecting.work for a in acts.values() if a.affecting.work}, as_known=as_known)}
    met = {x.item for x in texts} | {a.item for a in acts.values()}
    names |= {item: items.get(item, items.get(bytes_of(item), item[:12])) for item in met}
    seen = store.sightings([x.item for x in texts], as_known)
    return Verified(work, calling.work(work), edition, acts, names, seen, {a.id: _why_not(a, edition) for a in acts.values()})


def _why_not(act: Relation, edition: Edition) -> str:
    """Why an act is not among the changes that our words of the day have; empty where it is."""
    if act.id in edition.applied:
        return ""
    refused = next((r.message for r in edition.refused if r.relation == act.id), "")
    if refused:
        return refused
    day = act.effect.day if act.effect else None
    if day is None or day.first is None:
        return "the day from which it works is not settled"
    if day.first > edition.on:
        return f"it works from {long_date(day.first)}, after the day of the published text"
    if day.first == edition.on:
        return "it works from the very day of the published text"
    if act.candidates:
        return "which rule it means is not settled"
    return "it cannot be read without doubt" if act.certainty == "doubtful" else "it does not belong to the words of that day"


def _natural(number: str) -> tuple[object, ...]:
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in re.findall(r"\d+|\D+", number))
