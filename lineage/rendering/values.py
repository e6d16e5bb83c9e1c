"""Values of the model as JSON: what the shapes of the answers are made of. Dates are ISO; ``valid_to`` is exclusive, ``last_day`` is for people."""

from __future__ import annotations

from datetime import date
from typing import Any

from lineage.model import Binding, DateReading, Edit, Entry, Event, Evidence, Finding, Furniture, Period, Relation, Text

Json = dict[str, Any]


def iso(day: date | None) -> str | None:
    """A day as ISO text."""
    return day.isoformat() if day else None


def evidence(one: Evidence) -> Json:
    """Where a quote stands."""
    return {"item": one.item, "page": one.page, "box_pt": _box(one.box_pt), "quote": one.quote, "start": one.start, "end": one.end, "rule": one.rule, "at": one.at or None}


def finding(one: Finding) -> Json:
    """An open question."""
    return {"id": one.id, "code": one.code, "severity": one.severity, "message": one.message, "work": one.work, "evidence": [evidence(e) for e in one.evidence]}


def relation(one: Relation) -> Json:
    """A relation, as written and as meant."""
    edit = one.edit
    return {
        "id": one.id,
        "kind": one.kind,
        "affecting": {"work": one.affecting.work, "mention": one.affecting.mention, "eid": one.affecting.eid},
        "affected": {"work": one.affected.work, "mention": one.affected.mention, "eid": one.affected.eid, "version_on": iso(one.affected.version_on), "subject": one.affected.subject, "path": list(one.affected.path)},
        "scope": one.scope,
        "edit": edit_of(edit) if edit else None,
        "effective": {"on": iso(one.effect.day.on), "earliest": iso(one.effect.day.earliest), "latest": iso(one.effect.day.latest), "hour": one.effect.day.hour, "basis": one.effect.basis} if one.effect else None,
        "condition": one.condition or None,
        "external": one.affected.external,
        "source": one.source,
        "evidence": [evidence(e) for e in one.evidence],
        "certainty": one.certainty,
        "status": one.status,
        "standing": one.standing,
        "candidates": list(one.candidates),
    }


def edit_of(one: Edit) -> Json:
    """What an instruction does to words."""
    return {
        "find": one.find, "replace": one.replace, "count": one.count, "position": one.position, "text": one.text, "occurrence": one.occurrence, "marker": one.marker,
        "clauses": list(one.clauses), "excepted": [list(path) for path in one.excepted],
    }  # fmt: skip


def binding(one: Binding) -> Json:
    """Whom a paper says that it binds, or does not."""
    return {
        "kind": one.kind, "name": one.words, "who": one.who or None, "binds": one.binds, "only": one.only, "pilot": one.pilot, "scope": one.scope, "limit": one.limit or None,
        "evidence": [evidence(e) for e in one.evidence],
    }  # fmt: skip


def dated(one: DateReading) -> Json:
    """A date in its role."""
    return {
        "role": one.role,
        "on": iso(one.day.on),
        "earliest": iso(one.day.earliest),
        "latest": iso(one.day.latest),
        "hour": one.day.hour,
        "raw": one.raw,
        "page": one.page,
        "basis": one.basis or None,
        "certainty": one.certainty,
    }


def clause(one: Any) -> Json:
    """A clause, whether just read (with origins) or out of the store (as strings)."""
    return {
        "eid": one.eid,
        "marker": _words(one.marker) or None,
        "depth": one.depth,
        "kind": one.kind,
        "heading": _words(one.heading) or None,
        "text": _words(one.text),
        "page": one.page,
        "box_pt": _box(one.box_pt),
        "confidence": one.confidence,
    }


def _words(value: Text | str) -> str:
    return value.string if isinstance(value, Text) else value


def furniture(one: Furniture) -> Json:
    """What stands on the pages and is no part of the rule."""
    return {"kind": one.kind, "text": one.text, "pages": list(one.pages), "reason": one.reason}


def entry(one: Entry) -> Json:
    """A row of a list of orders."""
    return {
        "number": one.number,
        "title": one.title,
        "series": one.series or None,
        "dates": [dated(d) for d in one.dates],
        "marks": [{"kind": m.kind, "suffers": m.suffers, "words": m.words.string, "evidence": [evidence(e) for e in m.evidence]} for m in one.marks],
        "evidence": [evidence(e) for e in one.evidence],
    }


def period(one: Period) -> Json:
    """A stretch of a work's life with one answer."""
    return {
        "from": iso(one.interval.start),
        "to": iso(one.interval.end),
        "status": one.status,
        "operative": one.operative,
        "stated_end": one.stated_end,
        "item": one.item,
        "complete": one.complete,
        "observed_on": iso(one.observed_on),
        "findings": list(one.findings),
    }


def event(one: Event) -> Json:
    """A dated fact in a work's life."""
    return {
        "kind": one.kind,
        "label": one.label,
        "on": iso(one.day.on),
        "earliest": iso(one.day.earliest),
        "latest": iso(one.day.latest),
        "hour": one.day.hour,
        "by": one.by,
        "by_mention": one.by_mention or None,
        "relation": one.relation,
        "item": one.item,
        "basis": one.basis,
        "stamp_only": one.stamp_only,
        "standing": one.standing,
        "evidence": [evidence(e) for e in one.evidence],
    }


def _box(box: Any) -> list[float] | None:
    return [round(v, 2) for v in box] if box is not None else None
