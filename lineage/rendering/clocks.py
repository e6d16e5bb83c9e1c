"""Which clock an answer was asked by, and what changed since: for people and as JSON. A plain answer has nothing of this."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from lineage.model import InForce, Interval, Period, Shown, Told
from lineage.model.dates import long_date
from lineage.model.learning import Changed, Recorded, Said, Since, Uncounted
from lineage.rendering.ink import WIDTH, Ink
from lineage.rendering.standing import STATUS
from lineage.rendering.values import Json, iso


def asked(answer: Shown | InForce | Told) -> Json:
    """The clocks of a question as JSON: nothing for a plain one. What is here never changes for a moment that is past."""
    found: Json = {"recorded_at": answer.recorded_at} if answer.as_known_on else {}
    if answer.as_published_on:
        found |= {"as_published_on": iso(answer.as_published_on)}
        found["uncounted"] = answer.uncounted if isinstance(answer, InForce) else [_uncounted(u) for u in answer.uncounted]
    if isinstance(answer, Shown):
        found |= {"as_deemed": _said(answer.deemed)} if answer.as_published_on else {}
        found |= {"as_published": _said(answer.published)} if answer.published else {}
    if isinstance(answer, Told) and answer.changes is not None:
        found["changes"] = [_changed(c) for c in answer.changes]
    return found


def since(answer: Shown) -> Json:
    """What was learnt after the moment asked about, as JSON: null where the answer is the same today. It grows with the library."""
    if answer.as_known_on is None:
        return {}
    one = answer.since
    return {"since": None if one is None else _since(one)}


def lines(answer: Shown | InForce | Told, ink: Ink) -> list[str]:
    """The same for people."""
    found: list[str] = []
    if answer.as_known_on:
        last = f"; the last thing recorded by then is of {answer.recorded_at}" if answer.recorded_at else "; nothing was recorded by then"
        found += _row("Held", f"as this library held it at {answer.as_known_on}{last}", ink)
    if answer.as_published_on and not isinstance(answer, Shown):
        found += _row("Out", f"counted are only papers proved to have been out by {long_date(answer.as_published_on)}; {_left(answer)}", ink)
    if isinstance(answer, Shown) and answer.since:
        found += _row("Since", answer.since.sentence, ink)
        for step in answer.since.steps:
            found += textwrap.wrap(f"{step.recorded.at}  {_files(step.recorded)}: {step.after.words}", WIDTH, initial_indent=" " * 9, subsequent_indent=" " * 11)
    if isinstance(answer, Told) and answer.changes is not None:
        found += ["", ink("What each recording changed", "label"), *_log(answer.changes, answer.item_names)]
    return found


def _row(label: str, words: str, ink: Ink) -> list[str]:
    wrapped = textwrap.wrap(words, WIDTH - 9, subsequent_indent="")
    return [f"{ink(label, 'label')}{' ' * (9 - len(label))}{wrapped[0]}", *(f"{'':9}{line}" for line in wrapped[1:])]


def _left(answer: InForce | Told) -> str:
    if isinstance(answer, InForce):
        return "one text held is not" if answer.uncounted == 1 else f"{answer.uncounted} texts held are not"
    return "; ".join(f"{u.name}: {u.why}" for u in answer.uncounted) or "all are"


def _log(changes: Sequence[Changed], names: dict[str, str]) -> Iterable[str]:
    if not changes:
        yield "  nothing was recorded of it"
    moment = ""
    for one in changes:
        if one.recorded.at != moment:
            moment = one.recorded.at
            yield f"  {_minute(moment)}  {_files(one.recorded)}"
        yield f"    {_days(one.days)}: {_answer(one.before, names)} -> {_answer(one.after, names)}"


def _minute(moment: str) -> str:
    at = datetime.fromisoformat(moment)
    return f"{long_date(at.date())}, {at:%H:%M} UTC"


def _files(recorded: Recorded) -> str:
    days = recorded.seen_on
    span = "" if not days else long_date(days[0]) if len(days) == 1 else f"{long_date(days[0])} to {long_date(days[-1])}"
    return ", ".join([*(name for _, name in recorded.items), *([f"what a site showed on {span}"] if days else []), *recorded.said]) or "a further statement"


def _days(days: Interval) -> str:
    if days.start is None and days.end is None:
        return "every day"
    last = days.end - timedelta(days=1) if days.end else None
    if days.start is None or last is None:
        return f"from {long_date(days.start)}" if days.start else f"before {long_date(days.end or date.max)}"
    return long_date(last) if last == days.start else f"{long_date(days.start)} to {long_date(last)}"


def _answer(period: Period | None, names: dict[str, str]) -> str:
    if period is None:
        return "nothing held"
    words = STATUS[period.status]
    if period.status == "in-force":
        words += ", suspended" if period.operative is False else ""
        words += ", wording not held" if period.item is None else f", {names.get(period.item, period.item[:12])}" + ("" if period.complete else ", changes not applied")
    return words


def _said(one: Said | None) -> Json | None:
    if one is None:
        return None
    ruling = one.ruling
    valid = (iso(ruling.valid_from), iso(ruling.valid_to), ruling.ground) if ruling else (None, None, None)
    item = ruling.expression_item if ruling else None
    return {"status": one.status, "words": one.words, "ground": valid[2], "valid_from": valid[0], "valid_to": valid[1], "expression_item": item, "sentence": one.sentence}


def _since(one: Since) -> Json:
    steps = [{**_recorded(step.recorded), "after": _said(step.after)} for step in one.steps]
    return {"sentence": one.sentence, "then": _said(one.then), "today": _said(one.today), "steps": steps}


def _recorded(one: Recorded) -> Json:
    return {"recorded_at": one.at, "documents": [{"item": item, "name": name} for item, name in one.items], "seen_on": [iso(day) for day in one.seen_on], **({"said": list(one.said)} if one.said else {})}


def _uncounted(one: Uncounted) -> Json:
    return {"item": one.item, "name": one.name, "why": one.why, "first_out": iso(one.first_out)}


def _changed(one: Changed) -> Json:
    return {**_recorded(one.recorded), "from": iso(one.days.start), "to": iso(one.days.end), "before": _held(one.before), "after": _held(one.after)}


def _held(one: Period | None) -> Json | None:
    return None if one is None else {"status": one.status, "item": one.item, "complete": one.complete, "operative": one.operative, "findings": list(one.findings)}
