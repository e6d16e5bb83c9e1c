"""Answers as JSON: the shapes that programs call by name. Dates are ISO; ``valid_to`` is exclusive, ``last_day`` is for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lineage.model import (
    Binding,
    Borne,
    Document,
    Finding,
    Index,
    InForce,
    Item,
    Outline,
    Period,
    Relation,
    Ruling,
    Shown,
    Span,
    Told,
    Touch,
    Work,
)
from lineage.rendering import access, copies, editions, wording
from lineage.rendering.reviewing import decision
from lineage.rendering.values import Json, binding, clause, dated, entry, event, evidence, finding, furniture, iso, period, relation


def read(item: Item, outline: Outline, relations: Iterable[Relation], findings: Iterable[Finding], profile: str, rules: Iterable[tuple[Item, Json]] = (), index: Index | None = None, bindings: Iterable[Binding] = ()) -> Json:
    """One file as it was read, stored nowhere. ``rules`` are those of a whole manual, each as this function gives it: their clauses, relations and findings stand with
    those of the file, and ``works`` names them. ``index`` is null where the file is no list of orders."""
    heading = outline.heading
    whole: Json = {
        "item": {"sha256": item.sha256, "name": item.name, "media_type": item.media_type, "pages": outline.pages},
        "profile": profile,
        "work": {"id": None, "series": heading.series, "number": heading.number, "title": heading.title, "agency": heading.agency},
        "dates": [dated(d) for d in heading.dates],
        "clauses": [clause(c) for c in outline.clauses],
        "relations": [relation(r) for r in relations],
        "applies_to": [binding(b) for b in bindings],
        "furniture": [furniture(f) for f in outline.furniture],
        "findings": [finding(f) for f in findings],
        "index": {"columns": list(index.columns), "entries": [entry(e) for e in index.entries]} if index else None,
    }
    parts = list(rules)
    if parts:
        whole["works"] = [part["work"] | {"item": of.sha256, "page": of.pages[0].number, "pages": len(of.pages), "dates": part["dates"]} for of, part in parts]
        for key in ("clauses", "relations", "applies_to", "furniture", "findings"):
            whole[key] = [*whole[key], *(row for _, part in parts for row in part[key])]
        whole["clauses"].sort(key=lambda row: row["page"])
    return whole


def ruling(one: Ruling) -> Json:
    """How a work stands on a day."""
    return {
        "work": one.work.id,
        "series": one.work.series,
        "number": one.work.number,
        "title": one.work.title,
        "agency": one.work.agency,
        "held": one.work.held,
        "status": one.status,
        "ground": one.ground,
        "operative": one.operative,
        "valid_from": iso(one.valid_from),
        "valid_to": iso(one.valid_to),
        "last_day": iso(one.last_day),
        "in_force_since": iso(one.in_force_since),
        "last_proof_on": iso(one.last_proof_on),
        "observed_on": iso(one.observed_on),
        "change_day": one.change_day,
        "change_hour": one.change_hour,
        "complete": one.complete,
        "expression_item": one.expression_item,
        "pending": [{"effective_on": iso(p.effective_on), "by": p.by} for p in one.pending],
        "findings": list(one.codes),
        "access": one.access,
        "decisions": list(one.period.decisions),
        **_ended(one),
        **_bound(one),
    }


def _bound(one: Ruling) -> Json:
    """Whether it binds those who were asked about: each, and together (one that it does not bind decides; all must be bound)."""
    if not one.bound:
        return {}
    said = {b.answer for b in one.bound}
    together = "does-not-apply" if "does-not-apply" in said else "applies" if said == {"applies"} else "not-stated"
    return {"applies": together, "asked": {b.facet: {"name": b.asked, "answer": b.answer, "why": b.why, "said": [binding(x) for x in b.bindings]} for b in one.bound}}


def _ended(one: Ruling) -> Json:
    """Date and cause where the work is not in force (any more)."""
    opened = one.period.opened_by
    if one.status != "not-in-force" or opened is None:
        return {}
    return {"ended_on": iso(one.period.interval.start), "ended_by": opened.by, "cause": opened.label}


def in_force(answer: InForce) -> Json:
    """The rules in force among those held."""
    return {
        "on": answer.asked or iso(answer.on),
        "as_known_on": answer.as_known_on,
        "held": [{"series": h.series, "works": h.works, "from": iso(h.first), "to": iso(h.last)} for h in answer.held],
        "not_held": answer.not_held,
        "matched_as": answer.matched_as,
        "rules": [ruling(r) for r in answer.rulings],
    }


def shown(answer: Shown) -> Json:
    """One work on one day, with its words and why."""
    return {
        "on": answer.ruling.asked or iso(answer.ruling.on),
        "as_known_on": answer.as_known_on,
        **ruling(answer.ruling),
        "text": answer.text,
        "complete": answer.ruling.complete and answer.text is not None,
        "consolidated": answer.wording is not None,
        "clauses": wording.units(answer) if answer.wording is not None else [clause(c) for c in answer.clauses],
        "changed_by": [wording.act(a) for a in answer.changed_by],
        "published_texts": editions.shapes(answer),
        "applies_to": [binding(b) for b in answer.bindings],
        "touched_by": [touch(t) for t in answer.touches],
        "unapplied": [relation(r) for r in answer.unapplied],
        "reasons": reasons(answer),
        "sentence": answer.sentence,
        "decided": [decision(d, counts=True) for d in answer.decisions],
        "findings": [finding(f) for f in answer.findings],
        "copies": copies.shapes(answer.copies),
        "withdrawn": [access.withdrawal(w) for w in answer.withdrawn],
        "purged": [access.purge(p) for p in answer.purged],
        "other_holders": [{"work": w.id, "number": w.number, "title": w.title} for w in answer.other_holders],
        "numbers": _numbers(answer.ruling.work),
    }


def _numbers(work: Work) -> list[Json]:
    """The numbers that the work bore one after another; ``to`` is exclusive."""
    borne = work.numbers or ((Borne(work.series, work.number),) if work.number else ())
    return [{"number": b.number, "series": b.series, "from": iso(b.since), "to": iso(b.until)} for b in borne]


def touch(one: Touch) -> Json:
    """A paper that touches a rule on a day, and which of the two prevails."""
    rank = {"prevails": one.rank.prevails, "over": one.rank.over, "quote": one.rank.quote, "source": one.rank.source} if one.rank else None
    return {
        "work": one.work.id, "name": one.name, "title": one.work.title, "status": one.status, "kinds": list(one.kinds), "prevails": one.by, "precedence": rank,
        "evidence": [evidence(e) for e in one.evidence],
    }  # fmt: skip


def why(answer: Shown) -> Json:
    """Why a work stood so on a day."""
    return {
        "work": answer.ruling.work.id,
        "on": answer.ruling.asked or iso(answer.ruling.on),
        "as_known_on": answer.as_known_on,
        "status": answer.ruling.status,
        "change_day": answer.ruling.change_day,
        "change_hour": answer.ruling.change_hour,
        "reasons": reasons(answer),
        "sentence": answer.sentence,
        "decided": [decision(d, counts=True) for d in answer.decisions],
        "findings": [finding(f) for f in answer.findings],
        "copies": copies.shapes(answer.copies),
    }


def reasons(answer: Shown) -> list[Json]:
    """The steps of an answer, in order."""
    return [{"rule": r.rule, "event": r.event, "on": iso(r.on), "note": r.note, "evidence": [evidence(e) for e in r.evidence]} for r in answer.reasons]


def told(answer: Told) -> Json:
    """The life of a work."""
    items = {x.item: x for x in answer.expressions}
    return {
        "work": answer.work.id,
        "number": answer.work.number,
        "title": answer.work.title,
        "numbers": _numbers(answer.work),
        "expressions": [_expression(p, items) for p in answer.periods if p.status == "in-force"],
        "periods": [period(p) for p in answer.periods],
        "events": [event(e) for e in answer.events],
        "access": answer.access,
        "withdrawn": [access.withdrawal(w) for w in answer.withdrawn],
        "redacted": [{"item": r.item, "name": answer.item_names.get(r.item), "of": r.of} for r in answer.redacted],
        "purged": [access.purge(p) for p in answer.purged],
        "findings": [finding(f) for f in answer.findings],
    }


def _expression(one: Period, items: Json) -> Json:
    return {
        "valid_from": iso(one.interval.start),
        "valid_to": iso(one.interval.end),
        "opened_by": event(one.opened_by) if one.opened_by else None,
        "closed_by": event(one.closed_by) if one.closed_by else None,
        "items": sorted(i for i, x in items.items() if one.item and x.starts == items[one.item].starts) if one.item in items else [],
        "complete": one.complete and one.item is not None,
    }


def document(one: Document) -> Json:
    """A document as it is kept, for export."""
    heading = one.outline.heading
    return {
        "work": one.work,
        "series": heading.series,
        "number": heading.number,
        "title": heading.title,
        "dates": [dated(d) for d in heading.dates],
        "clauses": [clause(c) for c in one.outline.clauses],
        "relations": [relation(r) for r in one.relations],
        "applies_to": [binding(b) for b in one.bindings],
        "furniture": [furniture(f) for f in one.outline.furniture],
        "findings": [finding(f) for f in (*one.outline.findings, *one.findings)],
    }


def hit(one: Any, ruled: Span | None) -> Json:
    """A clause found, and the days on which its text ruled."""
    return {
        "work": one.work,
        "item": one.item,
        "eid": one.eid,
        "heading": one.heading or None,
        "text": one.text,
        "page": one.page,
        "valid_from": iso(ruled.interval.start) if ruled else None,
        "valid_to": iso(ruled.interval.end) if ruled else None,
        "matched_as": one.matched_as,
    }
