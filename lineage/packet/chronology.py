"""The chronology as values of JSON, from which both the typeset pages and the plain text are made: so that the two say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from lineage.model import Binding, ChangedBy, Finding, Reason, Relation, Shown, Touch
from lineage.model.dates import bounds, long_date
from lineage.model.decision import Decision
from lineage.packet.chapters import Chapter, Stretch
from lineage.packet.places import Places
from lineage.rendering import access, binding, editions, plain, reviewing, standing, wording
from lineage.rendering.ink import Ink

Json = dict[str, Any]
HEAD = "Aid to reading, not evidence"
GROUNDS = {
    "stated": "stated: a paper held ends it, or these words of it, and the end lies later",
    "observed": "observed: its text was seen published on that day or later",
    "presumed": "presumed: it began, and no paper held had ended it",
}
STATUS = {"in-force": "in force", "not-in-force": "not in force", "not-provable": "not established by the documents held"}
DOES = {"substitutes": "puts new words in the place of", "inserts": "puts words in at", "deletes": "takes out"}
SEVERITY = {"blocker": "It leaves an answer not established.", "doubt": "It could change an answer.", "note": "It changes no answer."}


def chapter(one: Chapter, places: Places, files: dict[int, Json]) -> Json:
    """One rule. ``files`` are the paths of the XML and JSON of each of its stretches, by its place."""
    findings = {f.id: f"Q{at}" for at, f in enumerate(one.findings, 1)}
    decisions = {d.id: f"D{at}" for at, d in enumerate(one.decisions, 1)}
    stretches: list[Json] = []
    printed: dict[str, str] = {}
    steps: dict[str, str] = {}
    for at, stretch in enumerate(one.stretches):
        told = _stretch(stretch, one, places, findings, decisions) | files.get(at, {})
        _once(told, printed)
        _steps_once(told, steps)
        stretches.append(told)
    return {
        "title": plain.title(one.work, one.told.series_name, one.told.agency_name),
        "work": one.work.id,
        "history": [[s["days"], s["status"], s["opened"]] for s in stretches],
        "stretches": stretches,
        "questions": [_question(f, findings[f.id], places) for f in one.findings],
        "decisions": [_decision(d, decisions[d.id]) for d in one.decisions],
        "lacking": [*([] if one.work.held else [{"words": "The rule itself: no text of it is held.", "places": []}]), *(_lacking(r, one, places) for r in one.lacking)],
        "unapplied": _unapplied(one, places),
        "gone": list(dict.fromkeys(_gone(one))),
    }


def _stretch(stretch: Stretch, one: Chapter, places: Places, findings: dict[str, str], decisions: dict[str, str]) -> Json:
    first = stretch.shown[0]
    clauses, head = _clauses(first)
    return {
        "days": days(stretch.first, stretch.last),
        "part": _part(stretch),
        "status": _status(first),
        "opened": standing.cause(stretch.period, one.told),
        "answers": [{"on": long_date(s.ruling.on), "sentence": s.sentence, "ground": _ground(s)} for s in stretch.shown],
        "since": list(dict.fromkeys(s.since.sentence for s in stretch.shown if s.since)),
        "reasons": [_reason(r, places) for r in dict.fromkeys(r for s in stretch.shown for r in s.reasons)],
        "same_reasons": "",
        "text_head": head,
        "text": clauses,
        "changes": [_change(c, places) for c in dict.fromkeys(c for s in stretch.shown for c in s.changed_by)],
        "held_to": [line.split("  ", 1)[-1].strip() for line in editions.lines(first, Ink())],
        "binds": [_binds(b, places) for b in dict.fromkeys(b for s in stretch.shown for b in s.bindings)],
        "touches": [_touch(t, stretch, places) for t in dict.fromkeys(t for s in stretch.shown for t in s.touches)],
        "questions": [findings[f.id] for f in one.findings if any(f in s.findings for s in stretch.shown)],
        "decisions": [decisions[d.id] for d in one.decisions if any(d in s.decisions for s in stretch.shown)],
    }


def days(first: date, last: date) -> str:
    """Days, both counted.

    >>> days(date(2019, 5, 17), date(2021, 7, 21)), days(date(2019, 5, 17), date(2019, 5, 17))
    ('May 17, 2019 through July 21, 2021', 'May 17, 2019')
    """
    return long_date(first) if first == last else f"{long_date(first)} through {long_date(last)}"


def _part(stretch: Stretch) -> str:
    """That the stretch goes on before or after the days of the packet."""
    start, end = stretch.period.interval.start, stretch.period.interval.end
    said = []
    if start is not None and start < stretch.first:
        said.append(f"goes back to {long_date(start)}")
    if end is None:
        said.append(f"goes on after {long_date(stretch.last)}, and nothing held closes it")
    elif end - timedelta(days=1) > stretch.last:
        said.append(f"goes on through {long_date(end - timedelta(days=1))}")
    return f"It {' and '.join(said)}." if said else ""


def _status(shown: Shown) -> str:
    ruling = shown.ruling
    words = STATUS[ruling.status]
    if ruling.status == "in-force":
        words += ", presumed" if ruling.ground == "presumed" else ""
        words += ", suspended" if ruling.operative is False else ", whether suspended is not established" if ruling.operative is None else ""
    extra = [e for e in standing.extras(ruling) if e != "suspended"]
    return words + (f" ({', '.join(extra)})" if extra else "")


def _ground(shown: Shown) -> str:
    return GROUNDS.get(shown.ruling.ground or "", "")


def _clauses(shown: Shown) -> tuple[list[Json], str]:
    """The words that the answer prints, clause by clause, and what is said at their head."""
    ruling = shown.ruling
    if ruling.status != "in-force":
        return [], ""
    if shown.wording is not None and shown.wording.units:
        units = shown.wording.units
        return [_clause(u.kind, u.depth, (u.marker, u.heading.string, u.text.string), [[c.string for c in row] for row in u.rows]) for u in units], wording.text(shown, Ink())[0]
    rows: Sequence[Any] = shown.clauses
    if not rows:
        return [], "In force; the wording is not held."
    head = "The text in force, as read from the copy:" if ruling.complete else "The words held, before the changes that are not applied:"
    return [_clause(c.kind, c.depth, (c.marker, c.heading, c.text), c.cells) for c in rows], head


def _clause(kind: str, depth: int, parts: Sequence[str], rows: Iterable[Iterable[str]]) -> Json:
    said = " ".join(" ".join(part for part in parts if part).split())
    return {"depth": depth, "heading": kind == "heading", "words": said, "rows": [" | ".join(cells) for cells in rows]}


def _once(told: Json, printed: dict[str, str]) -> None:
    """Print a text once: the second time, say where it stands."""
    words = "\n".join(f"{c['depth']} {c['words']} {c['rows']}" for c in told["text"])
    if words and words in printed:
        told["text"], told["text_head"] = [], f"{told['text_head'].rstrip(':')}: the same words, clause by clause, as printed above for {printed[words]}."
    elif words:
        printed[words] = told["days"]


def _steps_once(told: Json, printed: dict[str, str]) -> None:
    """Print the same steps once: the second time, say where they stand."""
    steps = str(told["reasons"])
    if told["reasons"] and steps in printed:
        count = len(told["reasons"])
        told["reasons"], told["same_reasons"] = [], f"{'The same step' if count == 1 else f'The same {count} steps'} as printed above for {printed[steps]}."
    else:
        printed[steps] = told["days"]


def _reason(one: Reason, places: Places) -> Json:
    return {"day": long_date(one.on) if one.on else _edtf(one.day_text), "event": one.event, "note": one.note, "places": places.of(one.evidence)}


def _edtf(words: str) -> str:
    """Bounds of a day as readers write them.

    >>> _edtf("?/2017-01-01"), _edtf("2017-01-01/?"), _edtf("2017-01-01/2017-03-01"), _edtf("not known")
    ('by January 1, 2017', 'not before January 1, 2017', 'between January 1, 2017 and March 1, 2017', 'not known')
    """
    first, slash, last = words.partition("/")
    try:
        start, end = (date.fromisoformat(part) if part not in ("", "?", "..") else None for part in (first, last))
    except ValueError:
        return words
    if not slash:
        return long_date(start) if start else words
    if start and end:
        return f"between {long_date(start)} and {long_date(end)}"
    return f"not before {long_date(start)}" if start else f"by {long_date(end)}" if end else "on a day not known"


def _change(one: ChangedBy, places: Places) -> Json:
    path = " ".join(one.relation.affected.path)
    day = long_date(one.on) if one.on else "On a day not settled"
    return {"words": f"{day}: {one.name} {DOES.get(one.relation.kind, one.relation.kind)} {path or 'its words'}", "why_not": one.refused, "places": places.of(one.relation.evidence)}


def _binds(one: Binding, places: Places) -> Json:
    words = "only " * one.only + one.words + (f" ({one.limit})" if one.limit else "")
    return {"words": f"It {'binds' if one.binds else 'does not bind'} {words}{', in a part of it' if one.scope == 'part' else ''}{', as a pilot' if one.pilot else ''}", "places": places.of(one.evidence)}


def _unapplied(one: Chapter, places: Places) -> list[Json]:
    """The changes that are not applied; of days whose words lack some that may not be told, or are not known one by one, that."""
    told = [_change(c, places) for c in dict.fromkeys(c for s in one.shown for c in s.changed_by if c.refused)]
    for stretch in one.stretches:
        lacking = any(s.ruling.status == "in-force" and not s.ruling.complete for s in stretch.shown)
        if lacking and not any(c.refused for s in stretch.shown for c in s.changed_by):
            told.append({"words": days(stretch.first, stretch.last), "why_not": "not every change of the words in these days is in them, and which are not is not told here", "places": []})
    return told


def _touch(one: Touch, stretch: Stretch, places: Places) -> Json:
    on = [long_date(s.ruling.on) for s in stretch.shown if one in s.touches]
    when = f" On {on[0]}." if len(on) < len(stretch.shown) else ""
    does = ", ".join(dict.fromkeys(binding.DOES[k] for k in one.kinds))
    if one.rank is None:
        prevails = "Which of the two prevails the documents held do not say."
    else:
        prevails = f'{one.name if one.by == one.work.id else "This rule"} prevails: "{one.rank.quote}" ({one.rank.source}).'
    return {"words": f"{one.name} ({STATUS[one.status]}) {does}. {prevails}{when}", "places": places.of(one.evidence)}


def _question(one: Finding, name: str, places: Places) -> Json:
    return {"id": name, "words": one.message, "weight": SEVERITY[one.severity], "code": one.code, "places": places.of(one.evidence)}


def _decision(one: Decision, name: str) -> Json:
    what = reviewing.in_words(one.correction)
    day = long_date(date.fromisoformat(one.decided_at[:10]))
    return {"id": name, "who": one.by, "when": f"{day} ({one.decided_at})", "what": f"{reviewing.VERDICTS[one.verdict]}{f': {what}' if what else ''}", "why": one.because, "code": one.code, "decision": one.id}


def _lacking(one: Relation, chapter: Chapter, places: Places) -> Json:
    """What a paper names and the library lacks, and as what it is named."""
    acts = one.affecting.own or one.affecting.work == chapter.work.id
    far, role = (one.affected, f"as what this rule {one.kind}") if acts else (one.affecting, f"as what {one.kind} this rule")
    if not acts and one.affected.work != chapter.work.id:
        far, role = one.affected, f"as what {chapter.told.names.get(one.affecting.work or '', '') or one.affecting.mention} {one.kind}"
    if far.external:
        words = f"{far.mention}: a law or another body's rule, named {role}, and not held."
    elif far.work is None:
        perhaps = ", ".join(chapter.told.names.get(work, work) for work in one.candidates)
        words = f"{far.mention}: named {role}; which rule is meant is not established{f' (perhaps {perhaps})' if perhaps else ''}."
    else:
        version = f" in its version of {long_date(far.version_on)}" if far.version_on else ""
        words = f"{chapter.told.names.get(far.work, '') or far.mention}{version}: named {role}, and not held."
    day = one.effect.day if one.effect else None
    when = long_date(day.on) if day and day.on else bounds(day) if day else ""
    return {"words": words + (f" Day of effect: {when}." if when and one.kind != "cites" else ""), "places": places.of(one.evidence[:1])}


def _gone(one: Chapter) -> Iterator[str]:
    """Of each file of the rule that counts no longer, or whose words are gone, and of each copy with words blacked out, a sentence."""
    told = one.told
    for gone in told.withdrawn:
        yield f"{access.withdrawn_words(gone)} (SHA-256 {gone.item})"
    for purge in told.purged:
        yield access.purged(purge)
    for copy in told.redacted:
        yield f"{told.item_names.get(copy.item, copy.item)} is held too: a copy of {told.item_names.get(copy.of, copy.of)} with words blacked out."
