"""A life whose published texts are held against the words put together to their days: what nothing explains is an open question.

Who rules stays as it was: the published text for its own day and from then on. What is doubtful is the time before it, of which the words held may be others than those that stood, and, where the published
text does not show a change that nothing held ends, also the time after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage.answers.editions import editions
from lineage.model import STOOD, Difference, Edition, Finding, Period, Relation
from lineage.model.dates import long_date
from lineage.timeline import Life, Unrolled

if TYPE_CHECKING:
    from lineage.store.reading import Reading

UNEXPLAINED, NOT_SHOWN = "editions.unexplained", "editions.change-not-shown"
MANY = 3  # differences told in a sentence
LONG = 90


def checked(held: Reading, life: Life, found: Unrolled) -> Unrolled:
    """The same life with an open question for each published text that differs from our words in what nothing held explains; the periods of which it could change an answer name its code."""
    if not any(p.opened_by is not None and p.opened_by.label in STOOD for p in found.periods) or len(life.expressions) < 2:
        return found
    acts = {a.id: a for a in (*life.acts, *(a for own in life.amended.values() for a in own))}
    doubts: list[Finding] = []
    periods = list(found.periods)
    for edition in editions(held, life.work, found.periods, acts.values(), life.expressions, every=False):
        if edition.standing != "unexplained" or edition.checked is None:
            continue
        opened = next(p.opened_by for p in found.periods if p.item == edition.item and p.interval.start == edition.on)
        lacking = sorted({act for d in edition.checked.unexplained for act in d.lacking})
        alone = {*lacking} if all(d.lacking for d in edition.checked.unexplained) else set()
        doubts.append(Finding(UNEXPLAINED, "doubt", _unexplained(life, edition, alone), opened.evidence if opened else (), work=life.work.id))
        periods = [_doubted(p, UNEXPLAINED) if _is_before(p, edition) and (not alone or alone & {*p.changes}) else p for p in periods]
        for name in lacking:
            doubts.append(Finding(NOT_SHOWN, "doubt", _not_shown(life, edition, acts[name]), acts[name].evidence, work=life.work.id))
            periods = [_doubted(p, NOT_SHOWN) if p.item == edition.item and p.status == "in-force" else p for p in periods]
    return replace(found, periods=tuple(periods), findings=(*found.findings, *doubts)) if doubts else found


def _is_before(period: Period, edition: Edition) -> bool:
    end = period.interval.end
    return period.status == "in-force" and period.item == edition.base and end is not None and end <= edition.on


def _doubted(period: Period, code: str) -> Period:
    return replace(period, findings=tuple(dict.fromkeys((*period.findings, code))))


def _unexplained(life: Life, edition: Edition, alone: set[str]) -> str:
    """``alone`` are the changes that the published text does not show, where nothing else differs without an explanation."""
    checked = edition.checked
    open_, every = (checked.unexplained, checked.differences) if checked else ((), ())
    what = "the words held of it" if not edition.applied else "the words that the papers held make of it"
    count = f"in {len(open_)} place{'' if len(open_) == 1 else 's'}" + (f" (of {len(every)} that differ)" if len(every) > len(open_) else "")
    told = "; ".join(_told(d) for d in open_[:MANY]) + (f"; and {len(open_) - MANY} more" if len(open_) > MANY else "")
    days = [a.effect.day.on for a in life.acts if a.id in alone and a.effect and a.effect.day.on]
    since = f" after {long_date(edition.since)}" if edition.since and not days else f" from {long_date(min(days))} on" if days else ""
    misread = " One of the two was read by OCR, so what differs may be misread." if edition.by_ocr else ""
    return (
        f"The text of {life.names.get(life.work.id, life.work.name)} published on or before {long_date(edition.on)} differs from {what} {count}, and nothing held explains it: {told}. "
        f"From which day{since} the published words stood is not established. The order that made the change, an edition of a day between, or a person could settle it.{misread}"
    )


def _told(one: Difference) -> str:
    if one.ours is None:
        return f"“{_short(one.published or '')}” is new"
    if one.published is None:
        return f"“{_short(one.ours)}” is gone"
    said = [f"“{_short(a)}” reads “{_short(b)}”" if a and b else f"“{_short(b)}” is added" if b else f"“{_short(a)}” is taken out" for a, b in one.changes[:MANY]]
    more = f" and {len(one.changes) - MANY} more" if len(one.changes) > MANY else ""
    return f"in {one.marker or f'“{_short(one.ours)}”'} {', '.join(said)}{more}"


def _short(words: str) -> str:
    return words if len(words) <= LONG else words[: LONG - 3].rstrip() + "..."


def _not_shown(life: Life, edition: Edition, act: Relation) -> str:
    by = life.names.get(act.affecting.work or "", act.affecting.mention) or "A change"
    day = act.effect.day.on if act.effect else None
    since = f" from {long_date(day)}" if day else ""
    return (
        f"{by} changes {life.names.get(life.work.id, life.work.name)}{since}, and the text published on or before {long_date(edition.on)} has the words without that change; nothing held ends it. "
        "Whether the change stood on that day and afterwards is not established. The paper that took it back, or a person, could settle it."
    )
