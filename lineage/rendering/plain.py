"""Answers for people at a terminal: the sentence first, then the proof, then what is open. Plain and stable text; ``Ink`` colours it on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from lineage.model import INDEX_SERIES, STOOD, Evidence, Finding, InForce, Relation, Ruling, Shown, Span, Told, Work
from lineage.model.confusion import AS_MISREAD
from lineage.model.dates import bounds, long_date
from lineage.profiles.citing import FORM, cited
from lineage.rendering import editions, wording
from lineage.rendering.binding import touched, verdict, whom
from lineage.rendering.ink import WIDTH, Ink
from lineage.rendering.standing import cause, extras, ground, ruled, since, span, standing, when, words_of
from lineage.rendering.wording import clauses, pages, places, short

CERTAINTY = {"certain": "stated", "likely": "inferred", "doubtful": "doubtful"}


def show(answer: Shown, ink: Ink = Ink()) -> str:  # a frozen value
    """One work on one day."""
    ruling = answer.ruling
    lines = [ink(title(ruling.work, ruling.series_name, ruling.agency_name, _dated(answer)), "title")]
    if ruling.status == "in-force" and answer.text is None:
        lines.append(ink("in force; wording not held", "open"))
    lines.append("")
    lines += [*_wrap(answer.sentence), ""]
    if answer.wording is not None and answer.wording.units:
        lines += [*wording.text(answer, ink), ""]
    elif answer.clauses:
        lines += [*clauses(answer.clauses), ""]
    lines += wording.changes(answer, ink)
    lines += whom(answer, ink)
    lines += _proof(answer, ink)
    lines += editions.lines(answer, ink)
    lines += touched(answer, ink)
    lines += _open(answer, ink)
    for other in answer.other_holders:
        lines.append(f'{ink("Also", "label")}{"":5}the name is also that of "{other.title}" ({other.id})')
    if ruling.status == "in-force":
        lines.append(f"{ink('Cite', 'label')}{'':5}{cite(ruling, answer)}")
    return "\n".join(lines).rstrip() + "\n"


def title(work: Work, series_name: str, agency_name: str, dated: date | None = None) -> str:
    """The headline of a work."""
    if work.number:
        name = f"{series_name} {work.number}" + (f", {work.title}" if work.title else "")
    else:
        name = f'{series_name} "{work.title}"' + (f", {long_date(dated)}" if dated else "")
    return f"{name} ({agency_name})"


def cite(ruling: Ruling, answer: Shown) -> str:
    """A citation in the agency's own form that says when the rule was in force; never an exclusive end."""
    since = long_date(ruling.valid_from) if ruling.valid_from else "an unknown day"
    until = ", presumed to continue"
    if ruling.last_day:
        until = f", through {long_date(ruling.last_day)}"
    elif ruling.valid_to and ruling.closed_by is not None and ruling.closed_by.label in STOOD:
        until = f", presumed to continue; from {long_date(ruling.valid_to)} another published text"
    elif ruling.valid_to:
        until = f"; from {long_date(ruling.valid_to)} not established"
    dated = _dated(answer) if not ruling.work.number else None
    parts = {
        "agency": ruling.agency_name, "abbreviation": answer.abbreviation, "series": ruling.series_name, "number": ruling.work.number or "", "title": ruling.work.title,
        "dated": long_date(dated) if dated else "", "force": f"in force {since}{until}",
    }  # fmt: skip
    return cited(answer.cited_as or FORM, parts)


def why(answer: Shown, ink: Ink = Ink()) -> str:
    """The steps of an answer."""
    lines = _wrap(answer.sentence)
    lines.append("")
    rows = [(str(n), r.day_text if r.on is None else long_date(r.on), r.event, _reason_words(r.note, r.evidence, answer.item_names)) for n, r in enumerate(answer.reasons, 1)]
    lines += _table(rows)
    lines += ["", *_open(answer, ink)]
    return "\n".join(lines).rstrip() + "\n"


def history(answer: Told, ink: Ink = Ink()) -> str:
    """The life of a work, period by period."""
    lines = [ink(title(answer.work, answer.series_name, answer.agency_name), "title")]
    rows = []
    for before, period in zip((None, *answer.periods), answer.periods, strict=False):
        seen = before.closed_by if before is not None and before.opened_by == period.opened_by else None
        opened = seen.label if seen is not None and seen.kind in ("observed", "renumbered") else cause(period, answer)
        rows.append((when(period), standing(period), opened, words_of(period, answer)))
    if not rows:
        rows.append(("", "not established", "cited, not held", ""))
    lines += _table(rows)
    for event in answer.events:
        if event.evidence:
            lines.append(f"  {places(event.evidence, answer.item_names)}")
        elif event.kind == "observed" and event.item and event.day.on:
            lines.append(f"  {answer.item_names.get(event.item, event.item[:12])} {event.label} on {long_date(event.day.on)}{f' ({event.basis})' if event.basis else ''}")
        elif event.label == "attested" and event.day.on:
            lines.append(f"  {event.label} for {long_date(event.day.on)}: {event.basis}")
    questions = [f for f in answer.findings if f.severity != "note"]
    if questions:
        lines += ["", *(line for f in questions for line in _wrap(f"Open: {f.message}"))]
    return "\n".join(lines) + "\n"


def in_force(answer: InForce, ink: Ink = Ink()) -> str:
    """The list of a day."""
    lines = [ink(f"In force {f'at {answer.hour} ' if answer.hour else ''}on {long_date(answer.on)}, among the rules held", "title")]
    if answer.matched_as == AS_MISREAD:
        lines.append("Nothing has these words as read; what follows may have them, if OCR misread it.")
    asked = any(r.bound for r in answer.rulings)
    rows = [("", "", "", "ground", "since", *(["applies"] if asked else []))]
    for ruling in answer.rulings:
        rows.append((ruling.series_name, ruling.work.number or "", _named(ruling), ground(ruling), since(ruling), *([verdict(ruling)] if asked else [])))
    lines += _table(rows)
    live = sum(r.status == "in-force" for r in answer.rulings)
    unclear = sum(r.status == "not-provable" for r in answer.rulings)
    held = ", ".join(f"{h.name} {span(h.first, h.last)} ({h.works})" for h in answer.held) or "nothing"
    lines.append(f"{live} in force · {unclear} not established · held: {held} · {answer.not_held} cited and not held")
    return "\n".join(lines) + "\n"


def relations(found: Iterable[Relation], names: dict[str, str], ink: Ink = Ink()) -> str:
    """Relations, one a row, with their proof."""
    rows = [("from", "does", "to", "effective", "how sure", "proof")]
    for r in found:
        day = r.effect.day if r.effect else None
        when = long_date(day.on) if day and day.on else (bounds(day) if day and (day.earliest or day.latest) else "")
        to = names.get(r.affected.work or "", r.affected.mention) + (f" (version of {long_date(r.affected.version_on)})" if r.affected.version_on else "")
        rows.append((names.get(r.affecting.work or "", r.affecting.mention), r.kind, to, when, _sure(r), f'{pages(r.evidence[:1])} "{short(r.evidence[0].quote)}"'))
    return "\n".join(_table(rows)) + "\n" if len(rows) > 1 else "No relation is held.\n"


def _sure(one: Relation) -> str:
    return CERTAINTY[one.certainty] + (", by a list" if one.standing == "index" else "")


def findings(found: Sequence[Finding], ink: Ink = Ink()) -> str:
    """Open questions, the gravest first."""
    order = {"blocker": 0, "doubt": 1, "note": 2}
    lines = []
    for f in sorted(found, key=lambda f: (order[f.severity], f.code, f.work or "", f.id)):
        lines.append(f"{ink(f.severity, f.severity):8} {f.code}  {f.work or ''}")
        lines += ["    " + line for line in _wrap(f.message, WIDTH - 4)]
    return "\n".join(lines) + "\n" if lines else "No question is open.\n"


def hits(found: Sequence[tuple[Any, Span | None]], names: dict[str, str]) -> str:
    """Clauses found, each with the rule it is of and the days on which its text ruled."""
    misread = any(one.matched_as == AS_MISREAD for one, _ in found)
    lines = ["Nothing has these words as read; what follows may have them, if OCR misread it."] if misread else []
    for one, own in found:
        days = "a list of orders" if f"/{INDEX_SERIES}/" in one.work else ruled(own) if own else "not established when it ruled"
        lines.append(f"{names.get(one.work, one.work)}  p. {one.page}  {days}")
        lines += textwrap.wrap(one.text or one.heading, WIDTH, initial_indent="    ", subsequent_indent="    ")[:4]
    return "\n".join(lines) + "\n" if lines else "Nothing held has these words.\n"


def _dated(answer: Shown) -> date | None:
    return answer.issued_on


def _named(ruling: Ruling) -> str:
    extra = extras(ruling)
    return f"{short(ruling.work.title) or '(title not held)'}" + (f"  [{', '.join(extra)}]" if extra else "")


def _proof(answer: Shown, ink: Ink) -> list[str]:
    proofs = [f"{r.event}: {places(r.evidence, answer.item_names)}" for r in answer.reasons if r.evidence]
    ruling = answer.ruling
    if ruling.observed_on is not None and ruling.period.item is not None:
        name = answer.item_names.get(ruling.period.item, ruling.period.item[:12])
        proofs.append(f"seen published on {long_date(ruling.observed_on)}: {name}, or a copy with the same words")
    if not proofs:
        return []
    return [f"{ink('Proof', 'label')}{'':4}{proofs[0]}", *(f"{'':9}{p}" for p in proofs[1:])]


def _open(answer: Shown, ink: Ink) -> list[str]:
    questions = [f for f in answer.findings if f.severity != "note" or f.code in answer.ruling.codes]
    if not questions:
        return []
    count = "1 question" if len(questions) == 1 else f"{len(questions)} questions"
    lines = [f"{ink('Open', 'label')}{'':5}{count}:"]
    for f in questions:
        lines += textwrap.wrap(f.message, WIDTH - 9, initial_indent=" " * 9, subsequent_indent=" " * 11)
    return lines


def _reason_words(note: str, evidence: Sequence[Evidence], names: dict[str, str]) -> str:
    if not evidence:
        return note
    quote = places(evidence, names)
    return f"{note} · {quote}" if note and note not in quote else quote


def _wrap(words: str, width: int = WIDTH) -> list[str]:
    return textwrap.wrap(words, width)


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows with aligned columns, two blanks apart; the last column is not padded."""
    if not rows:
        return []
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)]
        lines.append(("  " + "  ".join([*cells, row[-1]])).rstrip())
    return lines

