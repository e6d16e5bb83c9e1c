"""The page of one rule on a day: the sentence, its words, who put them there, where that is written, and what is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from msgspec import Struct
from starlette.responses import Response

from lineage.model import Period, Shown, Told
from lineage.model.dates import long_date
from lineage.rendering import standing
from lineage.web import places
from lineage.web.choosing import Choice, choice
from lineage.web.showing import page
from lineage.web.visitor import Visitor, visitor

router = APIRouter(include_in_schema=False)


class Line(Struct, frozen=True):
    """A clause as it is printed. ``pieces`` are its words by who put them there (empty: the paper itself), ``where`` is the address of its place in the source, ``by`` who put it there or changed it."""

    eid: str
    kind: str
    depth: int
    marker: str
    heading: str
    pieces: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    where: str
    by: tuple[str, ...]
    doubtful: bool = False


class Stretch(Struct, frozen=True):
    """A part of a rule's life on the strip: ``x`` and ``wide`` in thousandths of the strip, ``day`` is the day that is asked about when it is picked."""

    period: Period
    label: str
    standing: str
    cause: str
    words: str
    day: date
    x: float
    wide: float
    now: bool


@router.get("/rule/{work:path}")
def rule(request: Request, who: Annotated[Visitor, Depends(visitor)], chosen: Annotated[Choice, Depends(choice)], work: str) -> Response:
    """One rule on a day."""
    with who.library.store.sitting():
        answer = who.answer(
            ("show", work, chosen.when, chosen.known, chosen.published, chosen.unit, chosen.rank),
            lambda library: library.show(work, chosen.when, chosen.as_known_on, chosen.as_published_on, **chosen.whom),
        )
        told = who.answer(("history", answer.ruling.work.id, chosen.known, chosen.published), lambda library: library.history(answer.ruling.work.id, chosen.as_known_on, chosen.as_published_on))
    strip = stretches(told, answer.ruling.on)
    at = next((n for n, one in enumerate(strip) if one.now), None)
    questions = [f for f in answer.findings if f.severity != "note" or f.code in answer.ruling.codes]
    return page(
        request, "rule.html", who, chosen=chosen, answer=answer, told=told, ruling=answer.ruling, lines=list(lines(answer)), strip=strip,
        compared_from=next((s.day for s in reversed(strip[: at or 0]) if s.period.status == "in-force"), answer.ruling.on), before=strip[at - 1] if at else None, after=strip[at + 1] if at is not None and at + 1 < len(strip) else None,
        questions=questions, notes=[f for f in answer.findings if f not in questions], names=answer.item_names, here=f"/rule/{answer.ruling.work.id}",
        permanent=places.rule(answer.ruling.work.id, chosen.query(known=chosen.known or (who.remembered.state()))),
    )  # fmt: skip


def lines(answer: Shown) -> Iterator[Line]:
    """The clauses of the text that rules, or the nearest to it that can be given."""
    item = answer.ruling.period.item or ""
    if answer.wording is not None and answer.wording.units:
        yield from _consolidated(answer, item)
        return
    for row in answer.clauses:
        one: Any = row
        cells = tuple(tuple(cells) for cells in (getattr(one, "rows", None) or ()))
        unsure = one.confidence is not None and one.confidence < 0.9
        yield Line(one.eid, one.kind, one.depth, one.marker, one.heading, ((one.text, ""),), cells, places.clause(item, one.eid), (), unsure)


def _consolidated(answer: Shown, item: str) -> Iterator[Line]:
    held: dict[str, Any] = {row.eid: row for row in answer.clauses}  # type: ignore[attr-defined]
    acts = {one.relation.id: one for one in answer.changed_by}
    assert answer.wording is not None
    for unit in answer.wording.units:
        row = held.get(unit.source) if not unit.put_by else None
        by = tuple(acts[act].name for act in unit.acts if act in acts)
        if row is not None:
            where = places.clause(item, row.eid)
        elif unit.put_by in acts:
            where = places.places(acts[unit.put_by].relation.evidence)
        else:
            where = ""
        pieces = tuple((said, acts[act].name if act in acts else "") for said, act in unit.text.pieces())
        yield Line(unit.eid, unit.kind, unit.depth, unit.marker, unit.heading.string, pieces, tuple(tuple(cell.string for cell in cells) for cells in unit.rows), where, by)


def stretches(told: Told, on: date) -> list[Stretch]:
    """The life of a rule from left to right. The first and the last, which have no end, are as wide as a tenth of what lies between."""
    days = [p.interval.start for p in told.periods if p.interval.start]
    if not days:
        return [_stretch(told, p, on, 0, 1000) for p in told.periods]
    first, last = min(days), max(max(days), min(on, date.today()))
    span = max((last - first).days, 30)
    edge = span / 10
    scale = 1000 / (span + 2 * edge)
    found = []
    for period in told.periods:
        start = (period.interval.start - first).days + edge if period.interval.start else 0.0
        end = (period.interval.end - first).days + edge if period.interval.end else span + 2 * edge
        found.append(_stretch(told, period, on, start * scale, (end - start) * scale))
    return found


def _stretch(told: Told, period: Period, on: date, x: float, wide: float) -> Stretch:
    start, end = period.interval.start, period.interval.end
    day = start or (end - timedelta(days=1) if end else on)
    now = (start is None or start <= on) and (end is None or on < end)
    return Stretch(period, span_of(period), standing.standing(period), standing.cause(period, told), standing.words_of(period, told), day, round(x, 2), round(max(wide, 4), 2), now)


def span_of(period: Period) -> str:
    """The days of a period for a reader, both counted.

    >>> from lineage.model.time import Interval
    >>> span_of(Period("w", Interval(date(2019, 5, 17), date(2021, 7, 22)), "in-force")), span_of(Period("w", Interval(None, date(2019, 5, 17)), "not-provable"))
    ('May 17, 2019, through July 21, 2021', 'before May 17, 2019')
    """
    start, end = period.interval.start, period.interval.end
    if start is None:
        return f"before {long_date(end)}" if end else "at any time"
    if end is None:
        return f"from {long_date(start)}"
    last = end - timedelta(days=1)
    return long_date(start) if last == start else f"{long_date(start)}, through {long_date(last)}"
