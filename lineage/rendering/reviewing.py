"""Open questions and decisions for readers and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from lineage.model import Day, Evidence
from lineage.model.dates import long_date
from lineage.model.decision import Attestation, Correction, Decision, Missing, Question
from lineage.rendering import values
from lineage.rendering.ink import WIDTH, Ink
from lineage.rendering.visible import counted

KINDS = {"cited": "rules cited and not held", "version": "versions not held", "beginning": "beginnings without a paper", "end": "ends by a stamp alone", "gap": "numbers in no paper"}
VERDICTS = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "withdraw": "taken back", "second": "agreed to"}


def question(one: Question) -> dict[str, Any]:
    """A question as JSON."""
    return {
        "id": one.id, "code": one.code, "about": one.subject, "question": one.sentence, "works": list(one.works), "answers": one.answers, "pattern": one.pattern or None, "series": one.series,
        "evidence": [values.evidence(e) for e in one.evidence], "options": [{"key": o.key, "words": o.words, "verdict": o.verdict, "correction": correction(o.correction)} for o in one.options],
        "seen": one.seen, "stale": one.stale or None, "waiting": one.waiting or None,
    }  # fmt: skip


def decision(one: Decision, counts: bool) -> dict[str, Any]:
    """A decision as JSON; ``counts`` says whether it stands now."""
    return {
        "id": one.id, "about": one.subject, "ref": one.ref, "verdict": one.verdict, "correction": correction(one.correction), "by": one.by, "account": one.account or None, "because": one.because,
        "decided_at": one.decided_at, "code": one.code, "works": list(one.works), "seen": one.seen, "needs_second": one.needs_second, "seconds": one.seconds or None, "batch": one.batch or None, "counts": counts,
    }  # fmt: skip


def correction(one: Correction | None) -> dict[str, Any] | None:
    """What is right, as JSON: only what is said."""
    if one is None:
        return None
    said: dict[str, Any] = {
        "target": one.target, "day": _day(one.day) if one.day else None, "edit": values.edit_of(one.edit) if one.edit else None, "one_work": one.one_work, "status": one.status,
        "from": one.start.isoformat() if one.start else None, "to": one.end.isoformat() if one.end else None, "item": one.item,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value not in (None, "")}


def _day(day: Day) -> dict[str, str | None]:
    return {name: value.isoformat() if value else None for name, value in (("on", day.on), ("earliest", day.earliest), ("latest", day.latest))}


def listing(questions: Sequence[Question], names: Mapping[str, str], files: Mapping[str, str], ink: Ink, most: int) -> str:
    """The first questions, one after the other, and how many there are."""
    if not questions:
        return "Nothing is open that a person could settle.\n"
    shown = questions[:most]
    parts = [asked(one, names, files, ink, number) for number, one in enumerate(shown, 1)]
    rest = len(questions) - len(shown)
    more = f", the {len(shown)} on which most hang shown" if rest else ""
    hang = sum(q.answers for q in questions)
    parts.append(f"{counted(len(questions), 'open question')}{more}; {counted(hang, 'answer')} (a rule on a day) hang on them. To answer one: lineage decide ID KEY --by NAME --because TEXT\n")
    return "\n".join(parts)


def asked(one: Question, names: Mapping[str, str], files: Mapping[str, str], ink: Ink, number: int = 0) -> str:
    """One question: the sentence, the words that it rests on with their place, and the answers with their keys."""
    head = f"{number}  " if number else ""
    lines = [ink(f"{head}{one.id}  {', '.join(names.get(w, w) for w in one.works[:3])}{_more(one.works)}  ({counted(one.answers, 'answer')})", "title")]
    lines += ["   " + line for line in _wrap(one.sentence)]
    for e in sorted(one.evidence, key=lambda e: -len(e.quote))[:2]:
        lines += ["   " + line for line in _wrap(f"“{e.quote[:300]}”  {_place(e, files)}")]
    if one.stale:
        lines.append(f"   Decision {one.stale} answered it before this changed; it counts no longer.")
    if one.waiting:
        lines.append(f"   Decision {one.waiting} waits for a second person: lineage decide {one.waiting} second --by NAME --because TEXT")
    lines += [f"     {ink(o.key, 'label')}  {o.words}" for o in one.options]
    return "\n".join(lines) + "\n"


def made(decisions: Sequence[Decision], names: Mapping[str, str], counting: frozenset[str], ink: Ink) -> str:
    """Decisions in the order in which they were recorded."""
    if not decisions:
        return "Nothing was decided in this library.\n"
    lines = []
    for one in decisions:
        about = ", ".join(names.get(w, w) for w in one.works[:3]) + _more(one.works)
        state = "" if one.id in counting or one.verdict in ("withdraw", "second") else "  (waits for a second person)" if one.needs_second else "  (counts no longer)"
        lines.append(ink(f"{one.id}  {long_date(date.fromisoformat(one.decided_at[:10]))}  {one.by}  {VERDICTS[one.verdict]}: {about}{state}", "title"))
        what = in_words(one.correction)
        lines += ["   " + line for line in _wrap(f"{what}. " * bool(what) + f"Because: {one.because}")]
    return "\n".join(lines) + "\n"


def in_words(right: Correction | None) -> str:
    """What a correction says, in words; no exclusive end is shown."""
    if right is None:
        return ""
    said = []
    if right.target:
        said.append(f"it means {right.target}")
    if right.day is not None:
        said.append(f"the day is {long_date(right.day.on)}" if right.day.on else "the day lies within bounds")
    if right.edit is not None:
        said.append(f"it puts “{right.edit.replace or ''}” in place of “{right.edit.find or ''}”" if right.edit.find else "it changes the words as given")
    if right.one_work is not None:
        said.append("the papers are texts of one rule" if right.one_work else "the papers are texts of two rules")
    if right.status is not None:
        start = f" from {long_date(right.start)}" if right.start else ""
        end = f" through {long_date(right.end - timedelta(days=1))}" if right.end else ""
        text = f", in the words of {right.item[:12]}" if right.item else ""
        said.append(f"{right.status.replace('-', ' ')}{start}{end}{text}")
    return "; ".join(said)


def _wrap(words: str) -> list[str]:
    return textwrap.wrap(words, WIDTH - 3)


def _place(e: Evidence, files: Mapping[str, str]) -> str:
    return f"{files.get(e.item, e.item[:12])} p. {e.page}"


def _more(works: Sequence[str]) -> str:
    return f" and {len(works) - 3} more" if len(works) > 3 else ""


def wanted(one: Missing) -> dict[str, Any]:
    """Something missing as JSON."""
    return {
        "kind": one.kind, "what": one.what, "sentence": one.sentence, "answers": one.answers, "work": one.work, "series": one.series or None, "number": one.number or None,
        "evidence": [values.evidence(e) for e in one.evidence],
    }  # fmt: skip


def wanting(found: Sequence[Missing], files: Mapping[str, str], ink: Ink, most: int) -> str:
    """What to ask the records room for, and how much that is in all."""
    if not found:
        return "Nothing is named that is not held.\n"
    lines = []
    for number, one in enumerate(found[:most], 1):
        lines.append(ink(f"{number}  {one.what}  ({counted(one.answers, 'answer')})", "title"))
        place = f"  {_place(one.evidence[0], files)}" if one.evidence else ""
        lines += ["   " + line for line in _wrap(one.sentence + place)]
    kinds = [f"{sum(one.kind == kind for one in found)} {words}" for kind, words in KINDS.items() if any(one.kind == kind for one in found)]
    lines.append(f"{len(found)} in all: {', '.join(kinds)}")
    return "\n".join(lines) + "\n"


def attestation(one: Attestation) -> dict[str, Any]:
    """An attestation as JSON."""
    return {"id": one.id, "series": f"{one.agency}/{one.series}", "on": one.on.isoformat(), "by": one.by, "account": one.account or None, "because": one.because, "said_at": one.said_at}


def attested(one: Attestation) -> str:
    """An attestation in a sentence."""
    return f"Kept: by {one.by} every paper of {one.agency}/{one.series} up to {long_date(one.on)} is held (“{one.because}”)."
