"""What to ask the records room for: papers that are named and not held, ends and beginnings without their papers, gaps in a numbering; each with the answers that it would settle."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from lineage.model import Interval, Period, Relation, Work
from lineage.model.dates import long_date
from lineage.model.decision import Missing
from lineage.review.options import called
from lineage.review.span import days_in, span_of

if TYPE_CHECKING:
    from lineage.store.reading import Reading

FEWEST, DENSE = 3, 0.5  # so many numbers in a row of a year or chapter, and so large a share of them held, make a numbering that has gaps
LAST_PART = re.compile(r"^(?P<head>.*?)(?P<last>\d+)$")
NOT_HELD = ("expressions.version-not-held", "relations.version-not-held")


def missing(held: Reading, *, as_known: str | None = None, since: date | None = None) -> list[Missing]:
    """What is not held and would settle something, that which settles most first. The same facts give the same order."""
    works = {w.id: w for w in held.works(as_known=as_known)}
    span = span_of(held, works.values(), as_known, since)
    periods: dict[str, list[Period]] = defaultdict(list)
    for period in held.periods(as_known=as_known):
        periods[period.work].append(period)
    acts: dict[str, list[Relation]] = defaultdict(list)
    for act in held.relations(as_known=as_known):
        for name in {act.affecting.work, act.affected.work, *act.candidates} - {None}:
            acts[str(name)].append(act)
    found = [
        *_cited(works, periods, acts, span),
        *(one for work in works.values() if work.held for one in _of_rule(work, periods[work.id], span)),
        *_gaps(works, held.attested(as_known), span),
    ]
    return sorted(found, key=lambda one: (-one.answers, -one.named_by, one.kind, one.what))


def _cited(works: Mapping[str, Work], periods: Mapping[str, list[Period]], acts: Mapping[str, list[Relation]], span: Interval) -> Iterator[Missing]:
    """The rules that are named and not held: what they say of others is missing as well as their own words."""
    for work in works.values():
        naming = [a for a in acts.get(work.id, ()) if a.affecting.work != work.id or a.source == "stamp"]
        if work.held or not naming:
            continue
        first = min((a.effect.day.first for a in naming if a.effect and a.effect.day.first), default=None)
        own = sum(days_in(p.interval, span) for p in periods.get(work.id, ()) if p.status == "not-provable" or (p.status == "in-force" and p.item is None))
        named = own if periods.get(work.id) else days_in(Interval(first, None), span)
        deeds = sorted({a.kind for a in naming if a.kind != "cites"})
        does = f"; papers held tell of it: {', '.join(deeds)}" if deeds else ""
        papers = len({a.item for a in naming})
        sentence = f"{_name(work)} is named by {papers} paper{'' if papers == 1 else 's'} and not held{does}. Whether it was in force, and in which words, is not established without it."
        yield Missing("cited", _name(work), sentence, named, work.id, work.series, work.number or "", naming[0].evidence[:1], papers)


def _of_rule(work: Work, periods: Sequence[Period], span: Interval) -> Iterator[Missing]:
    """What is missing of a rule that is held: a version, the paper with which it began, the paper that ended it."""
    for period in periods:
        opened = period.opened_by
        since = f" of {long_date(opened.day.first)}" if opened is not None and opened.day.first else ""
        if period.status == "in-force" and period.item is None and set(period.findings) & set(NOT_HELD):
            sentence = f"The version{since} of {called(work)} is named by a later paper and not held: its words are not established."
            yield Missing("version", f"{called(work)}, the version{since}", sentence, days_in(period.interval, span), work.id, work.series, work.number or "", opened.evidence[:1] if opened else ())
        elif period.status == "not-provable" and "works.start-not-held" in period.findings and period.interval.end is not None:
            until = long_date(period.interval.end)
            sentence = f"No paper held says how {called(work)} stood before {until}: the first text held does not say that it is the first."
            yield Missing("beginning", f"{called(work)}, before {until}", sentence, days_in(period.interval, span), work.id, work.series, work.number or "")
        elif period.status == "not-in-force" and opened is not None and opened.stamp_only and opened.kind == "ends":
            by = f" ({opened.by_mention})" if opened.by_mention and not opened.by_mention.startswith("(") else ""
            sentence = f"That {called(work)} ended{since.replace(' of', ' on')} rests on a stamp alone; the paper that ended it{by} would prove it."
            yield Missing("end", f"the paper that ended {called(work)}{by}", sentence, days_in(period.interval, span), work.id, work.series, work.number or "", opened.evidence[:1])


def _gaps(works: Mapping[str, Work], complete: Collection[tuple[str, str]], span: Interval) -> Iterator[Missing]:
    """The numbers between those of a series that are known, which nothing held names; not where a person attests that the series is whole."""
    rows: dict[tuple[str, str, str], dict[int, Work]] = defaultdict(dict)
    for work in works.values():
        for number in {work.number, *(b.number for b in work.numbers)} - {None}:
            match = LAST_PART.match(str(number))
            if match and match["head"]:
                rows[work.agency, work.series, match["head"]][int(match["last"])] = work
    for (agency, series, head), known in sorted(rows.items()):
        low, high = min(known), max(known)
        if len(known) < FEWEST or len(known) < DENSE * (high - low + 1) or (agency, series) in complete:
            continue
        width = len(next(str(w.number) for w in known.values() if w.number)) - len(head)
        padded = any(str(w.number or "").startswith(f"{head}0") for w in known.values())
        for place in (n for n in range(low, high) if n not in known):
            name = f"{head}{place:0{width if padded else 1}d}"
            below, above = known[max(n for n in known if n < place)], known[min(n for n in known if n > place)]
            sentence = f"No paper held has or names the number {name}, between {called(below)} and {called(above)}: it was never given, or its paper is not held."
            yield Missing("gap", f"number {name}", sentence, 1, None, series, name)


def _name(work: Work) -> str:
    kind = work.series.replace("-", " ").title() if work.series != "unknown-series" else "Number"
    return f"{kind} {called(work)}".strip()
