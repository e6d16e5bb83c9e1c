"""Values of the model as rows of the tables, and back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import Row

from lineage.model import (
    STOOD,
    Borne,
    Box,
    Clause,
    DateReading,
    Day,
    Event,
    Expression,
    Finding,
    Interval,
    Item,
    Period,
    Piece,
    Relation,
    Span,
    Work,
    bare,
    union,
)
from lineage.model.record import from_record
from lineage.store.moments import BEGINNING, END
from lineage.store.recording import body_of
from lineage.store.rows import ClauseRow
from lineage.store.schema import clause
from lineage.store.searching import cells_of

Facts = dict[str, Any]

# In the place of a title: rules that are meant without being named. No bare title has capitals.
OPEN_TARGET = "(OPEN TARGET)"

# What a ClauseRow is made of, in its order.
CLAUSE_COLUMNS = [clause.c[n] for n in ("eid", "parent", "kind", "depth", "marker", "heading", "text", "page", "box", "term", "cells", "confidence")]


def item_facts(item: Item, moment: str) -> Facts:
    """An item, recorded at a moment, as a row."""
    return {
        "sha256": item.sha256,
        "name": item.name,
        "media_type": item.media_type,
        "size": item.size,
        "pages": len(item.pages),
        "title": item.title,
        "recorded_from": moment,
    }


def work_facts(work: Work) -> Facts:
    """A work as a row."""
    return {
        "id": work.id,
        "agency": work.agency,
        "series": work.series,
        "number": work.number,
        "bare_number": _bare(work.number),
        "title": work.title,
        "bare_title": bare(work.title),
        "holder": work.holder,
        "held": int(work.held),
        "numbers": f"[{','.join(map(body_of, work.numbers))}]",
    }


def work_of(row: Row[Any]) -> Work:
    """A row as a work."""
    numbers = tuple(from_record(Borne, one) for one in json.loads(row.numbers)) if row.numbers != "[]" else ()
    return Work(row.id, row.agency, row.series, row.number, row.title, row.holder, bool(row.held), numbers)


def expression_facts(expression: Expression) -> Facts:
    """An expression as a row."""
    return {
        "item": expression.item,
        "work": expression.work,
        "title": expression.title,
        **_day("starts", expression.starts),
        **_day("issued", expression.issued),
        "names_prior": json.dumps(expression.names_prior, ensure_ascii=False),
        "words": expression.words,
        "series": expression.series,
        "number": expression.number,
    }


def expression_of(row: Row[Any]) -> Expression:
    """A row as an expression, with the moment at which it was recorded."""
    starts = _day_of(row.starts_on, row.starts_earliest, row.starts_latest)
    issued = _day_of(row.issued_on, row.issued_earliest, row.issued_latest)
    return Expression(row.work, row.item, row.title, starts, issued, tuple(json.loads(row.names_prior)) if row.names_prior != "[]" else (), row.recorded_from, row.words, row.series, row.number)


def relation_facts(relation: Relation, agency: str, ord: int) -> Facts:
    """A relation as a row; ``ord`` is its place among those of its item."""
    return {
        "id": relation.id,
        "ord": ord,
        "item": relation.item,
        "kind": relation.kind,
        "affecting_work": relation.affecting.work,
        "affected_work": relation.affected.work,
        "agency": agency,
        "affecting_number": _bare(relation.affecting.number),
        "affected_number": _bare(relation.affected.number),
        "affecting_title": _bare(relation.affecting.title),
        "affected_title": _bare(relation.affected.title) if relation.affected.subject is None else OPEN_TARGET,
        "certainty": relation.certainty,
        "status": relation.status,
        **_day("effective", relation.effect.day if relation.effect else Day()),
        "body": body_of(relation),
    }


def finding_facts(finding: Finding, source: str, owner: str, item: str | None, work: str | None) -> Facts:
    """A finding as a row."""
    return {
        "id": finding.id,
        "source": source,
        "owner": owner,
        "item": item,
        "work": work,
        "code": finding.code,
        "severity": finding.severity,
        "body": body_of(finding),
    }


def event_facts(event: Event, work: str, ord: int) -> Facts:
    """An event as a row; ``ord`` is its place in the life of the work."""
    return {"work": work, "ord": ord, "kind": event.kind, **_bounds(event.day), "body": body_of(event)}


def period_facts(period: Period, work: str) -> Facts:
    """A period as a row; open bounds stand before and after every day."""
    return {
        "work": work,
        "valid_from": _iso(period.interval.start) or BEGINNING,
        "valid_to": _iso(period.interval.end) or END,
        "status": period.status,
        "item": period.item,
        "since": _iso(period.since),
        "body": body_of(period),
    }


def date_facts(reading: DateReading, item: str, ord: int) -> Facts:
    """A date as it was read, as a row."""
    return {"item": item, "ord": ord, "role": reading.role, **_bounds(reading.day), "body": body_of(reading)}


def clause_facts(clause: Clause, item: str, ord: int, row: int) -> Facts:
    """A clause as a row, numbered ``row``. ``pieces`` says where its own words stand; a quote is left out where it is the whole text."""
    page, box, pieces = _place(clause)
    return {
        "row": row,
        "item": item,
        "ord": ord,
        "eid": clause.eid,
        "parent": clause.parent,
        "kind": clause.kind,
        "depth": clause.depth,
        "marker": clause.marker.string,
        "heading": clause.heading.string,
        "text": clause.text.string,
        "term": clause.term,
        "page": page,
        "box": _json_of_box(box),
        "cells": json.dumps([[cell.string for cell in row] for row in clause.rows], ensure_ascii=False) if clause.rows else None,
        "pieces": _json_of_pieces(pieces, clause.text.string),
        "confidence": clause.confidence,
    }


def clause_of(row: Row[Any] | tuple[Any, ...]) -> ClauseRow:
    """A row of CLAUSE_COLUMNS as a clause."""
    eid, parent, kind, depth, marker, heading, text, page, box, term, cells, confidence = tuple[Any, ...](row)
    rows = tuple(tuple(cell) for cell in json.loads(cells)) if cells else ()
    return ClauseRow(eid, parent, kind, depth, marker, heading, text, page, _box_of(box), term, rows, confidence)


def span_of(row: Any) -> Span:
    """The days of a period's row, whose body is read only where it says more."""
    start = date.fromisoformat(row.valid_from) if row.valid_from != BEGINNING else None
    if row.valid_to == END:
        return Span(Interval(start))
    body = json.loads(row.body)
    return Span(Interval(start, date.fromisoformat(row.valid_to)), bool(body.get("stated_end")), (body.get("closed_by") or {}).get("label") in STOOD)


def pieces_of(row: Row[Any]) -> tuple[Piece, ...]:
    """Where the words of a clause stand."""
    pieces = json.loads(row.pieces) if row.pieces else ()
    return tuple(
        Piece(page, start, end, tuple(box) if box else None, row.text if quote is None else quote)
        for page, start, end, box, quote in pieces
    )


def words_of(facts: Facts) -> str:
    """The words of a clause that a search finds besides its heading: its text and its cells."""
    return f"{facts['text']} {cells_of(facts['cells'])}".strip() if facts["cells"] else str(facts["text"])


def _place(clause: Clause) -> tuple[int, Box | None, list[Piece]]:
    """``Clause.page`` and ``Clause.box_pt``, and the pieces of its text, with all of them counted out only once."""
    parts = [part.pieces() for part in (clause.marker, clause.heading) if part]
    pieces = clause.text.pieces()
    standing = [*(piece for part in parts for piece in part), *pieces]
    page = next((line.page for part in (clause.marker, clause.heading, clause.text) for _, line, _ in part.runs if line is not None), 1)
    box: Box | None = None
    for piece in standing:
        if piece.page == page:
            box = union(box, piece.box_pt)
    return page, box, pieces


def _json_of_box(box: Box | None) -> str | None:
    # The encoder of the standard library takes several times longer for four numbers.
    return f"[{box[0]!r},{box[1]!r},{box[2]!r},{box[3]!r}]" if box else None


def _box_of(box: str | None) -> Box | None:
    if box is None:
        return None
    x0, y0, x1, y1 = box[1:-1].split(",")
    return float(x0), float(y0), float(x1), float(y1)


def _json_of_pieces(pieces: list[Piece], text: str) -> str | None:
    parts = []
    for piece in pieces:
        quote = "null" if piece.quote == text else json.dumps(piece.quote, ensure_ascii=False)
        parts.append(f"[{piece.page},{piece.start},{piece.end},{_json_of_box(piece.box_pt) or 'null'},{quote}]")
    return f"[{','.join(parts)}]" if parts else None


def _bare(name: str | None) -> str | None:
    return bare(name) or None if name else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _bounds(day: Day) -> Facts:
    return {"settled_on": _iso(day.on), "earliest": _iso(day.earliest), "latest": _iso(day.latest)}


def _day(name: str, day: Day) -> Facts:
    return {f"{name}_on": _iso(day.on), f"{name}_earliest": _iso(day.earliest), f"{name}_latest": _iso(day.latest)}


def _day_of(on: str | None, earliest: str | None, latest: str | None) -> Day:
    if on and not earliest and not latest:  # as nearly always
        return Day(date.fromisoformat(on))
    return Day(_date(on), _date(earliest), _date(latest))


def _date(bound: str | None) -> date | None:
    return date.fromisoformat(bound) if bound else None
