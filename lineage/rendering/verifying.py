"""Published texts against our words, for reading and for programs: a summary, then each difference with what explains it."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from lineage.model import Difference, Verified
from lineage.model.dates import long_date
from lineage.rendering.ink import WIDTH, Ink
from lineage.rendering.redline import STYLE, marked
from lineage.rendering.values import Json, evidence, iso
from lineage.rendering.wording import places

STANDINGS = {"equal": "equal", "explained": "explained", "unexplained": "unexplained", "not-comparable": "not comparable"}
FIRST = "no earlier text of it is held"


def shape(found: Sequence[Verified], on: date | None, as_known: str | None = None) -> Json:
    """For programs. ``summary`` counts works by ``status``; ``explained_by`` is null where nothing explains a difference; ``in_ours`` where our words of that day have a silent edit already."""
    counts: Counter[str] = Counter(v.edition.standing for v in found)
    return {"on": iso(on), "as_known_on": as_known, "summary": {name.replace("-", "_"): counts[name] for name in STANDINGS}, "works": [_work(v) for v in found]}


def _work(one: Verified) -> Json:
    e = one.edition
    return {
        "work": one.work.id, "series": one.work.series, "number": one.work.number, "title": one.work.title, "status": e.standing, "reason": e.reason or None,
        "published": {"on": iso(e.on), "item": e.item, "name": one.names.get(e.item), "enacts": e.enacts},
        "base": {"item": e.base, "name": one.names.get(e.base), "from": iso(e.since)} if e.base else None,
        "applied": list(e.applied), "unapplied": [{"relation": r.relation, "why_not": r.message, "why_not_code": r.code} for r in e.refused],
        "layout": e.checked.layout if e.checked else 0, "by_ocr": e.by_ocr, "differences": [_difference(one, d) for d in one.differences],
    }  # fmt: skip


def _difference(one: Verified, d: Difference) -> Json:
    return {
        "op": d.op, "eid": d.eid, "marker": d.marker or None, "ours": d.ours, "published": d.published, "words": [{"op": op, "text": words} for op, words in d.words],
        "changes": [{"ours": a, "published": b} for a, b in d.changes],
        "explained_by": None if d.why == "unexplained" else d.why,
        "order": _order(one, d.by) | {"proof": d.how} if d.by else None,
        "text": {"item": d.text, "name": one.names.get(d.text), "seen": [iso(day) for day in one.seen.get(d.text, ())]} if d.text else None,
        "in_ours": d in one.edition.edited,
        "possible": [_order(one, name) for name in d.possible], "not_shown": [_order(one, name) for name in d.lacking],
        "sentence": explained(one, d),
    }  # fmt: skip


def _order(one: Verified, name: str) -> Json:
    act = one.acts[name]
    return {"relation": name, "work": act.affecting.work, "name": _by(one, name), "on": iso(act.effect.day.on if act.effect else None), "why_not": one.why_not.get(name) or None, "evidence": [evidence(e) for e in act.evidence]}


def _by(one: Verified, name: str) -> str:
    act = one.acts[name]
    return one.names.get(act.affecting.work or "", act.affecting.mention) or one.names.get(act.item, act.item[:12])


def explained(one: Verified, d: Difference) -> str:
    """What explains a difference, in words."""
    if d.by:
        how = "its change, applied, gives these words" if d.how == "applied" else "the words that it quotes are these"
        return f"By {_by(one, d.by)}: {how}. It is not applied to ours: {one.why_not.get(d.by)}. {places(one.acts[d.by].evidence, one.names)}"
    if d.text:
        days = one.seen.get(d.text, ())
        seen = f", seen published on {_days(days)}" if days else ", of which no sighting is held"
        if d in one.edition.edited:
            return f"By a silent edit: {one.names.get(d.text)}{seen}, has the published words, and ours of that day stands on it; another text with its number and dates has the others."
        return f"By a silent edit: {one.names.get(d.text)}, with the number and the dates of the text on which ours stands{seen}, has the published words."
    if d.lacking:
        named = "; ".join(f"{_by(one, a)} {places(one.acts[a].evidence, one.names)}" for a in d.lacking)
        return f"Not explained: the published text has the words without the change of {named}, which ours has, and nothing held ends it."
    if d.possible:
        named = "; ".join(f"{_by(one, a)} ({one.why_not.get(a)}) {places(one.acts[a].evidence, one.names)}" for a in d.possible)
        return f"Not explained. Possible, and not proven: {named}."
    return "Not explained by anything held."


def _days(days: Sequence[date]) -> str:
    return long_date(days[0]) if len(days) == 1 else f"{len(days)} days from {long_date(days[0])} through {long_date(days[-1])}"


def heads(found: Sequence[Verified]) -> list[str]:
    """What is held against what, and the count."""
    counts: Counter[str] = Counter(v.edition.standing for v in found)
    alone = [v for v in found if v.edition.reason == FIRST]
    said = ["Published texts against the words put together from what was held before (consolidated, not reviewed)"]
    said.append(" · ".join(f"{counts[name]} {words}" for name, words in STANDINGS.items()))
    if alone and len(found) > 1:
        said.append(f"Of {len(alone)} no earlier text is held, so there is nothing of ours to compare.")
    return said


def rows(found: Sequence[Verified]) -> list[tuple[str, str, str, str]]:
    """One row a work: name, day, how it stands, and more of it; of many works without those of which no earlier text is held."""
    return [(v.name, _day(v), STANDINGS[v.edition.standing], _more(v)) for v in found if len(found) == 1 or v.edition.reason != FIRST]


def _day(one: Verified) -> str:
    return f"{'takes effect on' if one.edition.enacts else 'on or before'} {long_date(one.edition.on)}"


def _more(one: Verified) -> str:
    e = one.edition
    if e.checked is None:
        return e.reason
    said = [f"{len(e.applied)} {'change' if len(e.applied) == 1 else 'changes'} applied"] if e.applied else []
    said += [f"{len(e.refused)} not applied"] if e.refused else []
    total, unexplained = len(one.differences), len(e.checked.unexplained)
    said += [f"{total} {'difference' if total == 1 else 'differences'}" + (f", {unexplained} not explained" if unexplained else "")] if total else []
    said += [f"{e.checked.layout} in layout alone"] if e.checked.layout else []
    said += ["read by OCR, so what differs may be misread"] if e.by_ocr and total else []
    said += ["it may make its changes itself"] if e.enacts and unexplained else []
    return "; ".join(said)


def text(found: Sequence[Verified], ink: Ink = Ink()) -> str:
    """The summary and the differences at a terminal: [-our words-] {+published words+}."""
    first, *rest = heads(found)
    lines = [ink(first, "title"), *rest, *_table(rows(found))]
    for one in found:
        if one.differences:
            lines += ["", ink(f"{one.name}, {_day(one)}, against {one.names.get(one.edition.base or '', '')} of {long_date(one.edition.since) if one.edition.since else 'an unknown day'}", "label")]
        for d in one.differences:
            lines += textwrap.wrap("".join(marked(op, words) for op, words in d.words), WIDTH, initial_indent="    ", subsequent_indent="    ")
            lines += textwrap.wrap(f"{_told(d)}{explained(one, d)}", WIDTH, initial_indent="      ", subsequent_indent="      ")
    return "\n".join(lines).rstrip() + "\n"


def _told(d: Difference) -> str:
    """Which of the words of a clause an explanation is about, where the clause differs in more."""
    steps = sum(op != "equal" for op, _ in d.words)
    if d.op != "replace" or steps <= sum(bool(a) + bool(b) for a, b in d.changes):
        return ""
    return ", ".join(f"“{a}” to “{b}”" if a and b else f"“{a or b}” {'taken out' if a else 'put in'}" for a, b in d.changes) + ": "


def _table(lines: Sequence[tuple[str, ...]]) -> Iterable[str]:
    widths = [max((len(row[n]) for row in lines), default=0) for n in range(3)]
    return [("  " + "  ".join([*(cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)), row[-1]])).rstrip() for row in lines]


def html(found: Sequence[Verified]) -> str:
    """One page that stands by itself, without scripts or outside files."""
    first, *rest = heads(found)
    table = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows(found))
    body = "\n".join(_section(one) for one in found if one.differences)
    said = "".join(f"<p>{escape(one)}</p>" for one in rest)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(first)}</title><style>{STYLE}td{{padding-right:1em;vertical-align:top}}</style></head>\n'
        f'<body><h1>{escape(first)}</h1>\n<div class="open">{said}</div>\n<table>{table}</table>\n{body}\n</body></html>\n'
    )


def _section(one: Verified) -> str:
    tags = {"equal": "{}", "insert": "<ins>{}</ins>", "delete": "<del>{}</del>"}
    parts = [f"<h2>{escape(f'{one.name}, {_day(one)}')}</h2>"]
    for d in one.differences:
        words = "".join(tags[op].format(escape(said)) for op, said in d.words)
        parts.append(f'<p>{words}</p>\n<p class="by">{escape(_told(d) + explained(one, d))}</p>')
    return "\n".join(parts)
