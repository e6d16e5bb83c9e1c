"""Texts that say themselves when they are over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from lineage.model import Day, Finding, Relation
from lineage.model.dates import long_date
from lineage.model.hours import DAWN
from lineage.timeline.acts import event_of
from lineage.timeline.bounds import extended
from lineage.timeline.life import Life, Mark

# What an end may leave open, as the reading of its words says; told with the periods that it leaves open.
OPEN_ENDS = ("dates.no-width", "dates.time-unread", "dates.midnight", "dates.day-open")
BY_ITSELF = "expired by its own words"
BY_RULE = "expired by a general rule of the agency"


def expiries(life: Life, findings: list[Finding]) -> Iterator[Mark]:
    """A text ends after the last day that its own words give it, not established between the bounds of it. Where that is before its first day, one of the two is
    mistaken; where its words give several last days, or none that can be read, neither is chosen."""
    starts = {x.item: x.starts.first for x in life.expressions}
    by_item: dict[str, list[Relation]] = defaultdict(list)
    for act in life.acts:
        if act.kind == "expires" and act.effect is not None and not act.condition:
            by_item[act.item].append(act)
    for item in sorted(by_item):
        acts = sorted(by_item[item], key=lambda a: (a.effect.day.last or date.max if a.effect else date.max, a.id))
        known = [a for a in acts if a.certainty != "doubtful" and a.effect is not None and a.effect.day.first is not None]
        only = frozenset((item,)) if item in starts else None
        begins = starts.get(item)
        if not known:
            yield from _unread(life, acts[0], begins, findings)
            continue
        first = min(a.effect.day.first for a in known if a.effect is not None and a.effect.day.first is not None)
        last = known[-1]
        if begins is not None and first < begins:
            yield _too_early(life, last, begins, first, findings)
            continue
        longer = list(extended(life, last))
        if longer:
            yield from (replace(m, only=only) if m.kind == "end" else m for m in longer)
            continue
        if len({a.effect.day for a in known if a.effect is not None}) > 1:
            findings.append(_several(life, known))
        yield from _over(life, last, first, only, _code(life, last) if len(known) == 1 else "dates.disagree")


def _over(life: Life, act: Relation, first: date, only: frozenset[str] | None, code: str) -> Iterator[Mark]:
    """The end after a last day. An hour on that day is kept with it: the day is the last one in force, in part."""
    day = act.effect.day if act.effect is not None else Day()
    event = event_of(life, act, "ends", _label(act), life.work.id)
    if day.last is None or day.last == date.max:
        return
    if first != day.last:
        doubt = replace(event, kind="doubt", label="may have " + event.label, day=Day(earliest=first + timedelta(days=1), latest=day.last))
        yield Mark("doubt", first + timedelta(days=1), doubt, findings=(code,))
    over = day.last + timedelta(days=1)
    at = day if day.on is not None and day.hour is not None else Day(on=over, hour=DAWN)
    yield Mark("end", over, replace(event, day=at), only=only, findings=("dates.by-rule",) if act.source == "rule" else ())


def _label(act: Relation) -> str:
    return BY_RULE if act.source == "rule" else BY_ITSELF


def _too_early(life: Life, act: Relation, begins: date, last: date, findings: list[Finding]) -> Mark:
    name = life.names.get(life.work.id, life.work.name)
    message = f"{name} takes effect on {long_date(begins)} and by its own words expires on {long_date(last)}, before that: one of the two days is mistaken, and from {long_date(begins)} it is not established. A person must say which day holds."
    findings.append(Finding("dates.expiry-before-effect", "blocker", message, act.evidence, work=life.work.id))
    event = replace(event_of(life, act, "doubt", "may have expired before it took effect", life.work.id), day=Day(on=begins))
    return Mark("contradicted", begins, event, findings=("dates.expiry-before-effect",))


def _several(life: Life, acts: list[Relation]) -> Finding:
    said = " and ".join(f'"{a.effect.basis}"' for a in acts if a.effect is not None)
    message = f"The paper gives itself more than one last day: {said}. Between them it is not established; a person must say which holds."
    return Finding("dates.disagree", "doubt", message, tuple(e for a in acts for e in a.evidence), work=life.work.id)


def _unread(life: Life, act: Relation, begins: date | None, findings: list[Finding]) -> Iterator[Mark]:
    """It says that it ends, and the day cannot be read: not established on any day after its first, whichever text rules."""
    if begins is None:
        return
    code = _code(life, act)
    if code == "dates.end-unknown":
        name = life.names.get(life.work.id, life.work.name)
        message = f"{name} says of itself when it is over, and the day cannot be read; on any day after its first it is not established whether it had ended. A person must read it."
        findings.append(Finding(code, "blocker", message, act.evidence, work=life.work.id))
    event = event_of(life, act, "doubt", "may have " + _label(act), life.work.id)
    yield Mark("doubt", begins + timedelta(days=1), replace(event, day=Day(earliest=begins + timedelta(days=1))), findings=(code,))


def _code(life: Life, act: Relation) -> str:
    """What the reading of the act's words left open."""
    found = {f.code for f in life.doubts if f.code in OPEN_ENDS and f.evidence[:1] == act.evidence[:1]}
    return min(found, default="dates.end-unknown", key=OPEN_ENDS.index) if found else "dates.end-unknown"
