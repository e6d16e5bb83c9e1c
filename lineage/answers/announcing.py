"""What a period announced: papers issued in it whose effect comes after it, and days that were put off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage.answers.phrases import article
from lineage.model import DateReading, Event, Expression, Relation, Work
from lineage.model.dates import long_date
from lineage.model.happening import Author, Happening, HappeningKind

if TYPE_CHECKING:
    from lineage.answers.happening import Records
    from lineage.store.reading import Reading

POSTPONED = "expressions.postponed"
COMING = {"ends": "is to end", "changes": "is to be amended", "suspended": "is to be suspended", "resumed": "is to be resumed", "renumbered": "is to bear another number"}


def announced(store: Reading, held: Records, start: date, end: date) -> Iterator[Happening]:
    """Papers issued from ``start`` through ``end`` by which something begins or is done only later: each text of its own work, and each act upon another."""
    pending = [x.item for own in held.texts.values() for x in own if _pending(x, start, end)]
    dates = store.dates_of(pending) if pending else {}
    for work in held.chosen:
        # Several texts with the same dates announce one day.
        coming = {(x.issued, x.starts): x for x in reversed(held.texts.get(work.id, ())) if _pending(x, start, end)}
        yield from (_own(held, work, text, dates.get(text.item, ())) for text in coming.values())
        for before in held.periods.get(work.id, ()):
            event, day = before.closed_by, before.interval.end
            if event is None or day is None or day <= end or event.by in (None, work.id) or event.kind not in COMING or not event.evidence:
                continue
            issued = held.issued.get(event.evidence[0].item)
            if issued is not None and start <= issued <= end:
                yield _act(held, work, event, issued, day)


def _pending(text: Expression, start: date, end: date) -> bool:
    return text.issued.on is not None and start <= text.issued.on <= end and text.starts.first is not None and text.starts.first > end


def _own(held: Records, work: Work, text: Expression, dates: Iterable[DateReading]) -> Happening:
    issued, starts = text.issued.on or date.min, text.starts.first or date.max
    put_off = _put_off(held, work, text)
    day = long_date(starts) if text.starts.on else f"{long_date(starts)} at the earliest"
    effect = f"was to take effect on {day}, and was put off before that day" if put_off else f"takes effect on {day}"
    words = f"On {long_date(issued)}, a text of {article(work)}{held.name(work.id)} was issued that {effect}."
    evidence = next((d.evidence for d in dates if d.role == "effective" and d.day == text.starts), ())
    return replace(_told(held, work, "announced", issued, words, Author(work.id, held.items.get(text.item, ""), None, text.item), codes=(POSTPONED,) if put_off else ()), evidence=evidence)


def _act(held: Records, work: Work, event: Event, issued: date, day: date) -> Happening:
    author = held.author(event, work)
    words = f"On {long_date(issued)}, {author.name} was issued, by which {article(work)}{held.name(work.id)} {COMING[event.kind]} from {long_date(day)}."
    return replace(_told(held, work, "announced", issued, words, author), evidence=event.evidence)


def _put_off(held: Records, work: Work, text: Expression) -> bool:
    """Whether the text never ruled from its day on, because that day was put off."""
    known = any(f.code == POSTPONED for f in held.findings.get(work.id, ()))
    return known and not any(p.interval.start == text.starts.on for p in held.periods.get(work.id, ()))


def postponed(held: Records, acts: Iterable[Relation], start: date, end: date) -> Iterator[Happening]:
    """Acts of the period that put off the beginning or the end of a rule, and texts of it that a later one of the same issue put off."""
    chosen = {w.id: w for w in held.chosen}
    for act in acts:
        made = (act.effect.day.on if act.effect else None) or held.issued.get(act.item)
        work = chosen.get(act.affected.work or "")
        if act.kind in ("postpones", "extends") and work and not act.affected.own and act.certainty != "doubtful" and not act.candidates and made and start <= made <= end:
            yield _moved(held, work, act, made)
    for work in held.chosen:
        for text in held.texts.get(work.id, ()):
            day, issued = text.starts.on, text.issued.on
            if day and issued and start <= issued <= end and day <= end and _put_off(held, work, text) and not any(a.kind == "postpones" and a.affected.work == work.id for a in acts):
                words = f"The text of {article(work)}{held.name(work.id)} issued on {long_date(issued)} for {long_date(day)} was put off before that day, and never was in force from it."
                yield _told(held, work, "postponed", issued, words, Author(work.id, held.items.get(text.item, ""), None, text.item), codes=(POSTPONED,))


def _moved(held: Records, work: Work, act: Relation, made: date) -> Happening:
    what = "the beginning of" if act.kind == "postpones" else "the end of"
    new = act.edit.replace if act.edit and act.edit.replace else ""
    to = f" to {long_date(date.fromisoformat(new))}" if new else ", and gives no day that can be read"
    by = held.name(act.affecting.work) if act.affecting.work else act.affecting.mention
    words = f"On {long_date(made)}, {by} put off {what} {article(work)}{held.name(work.id)}{to}."
    author = Author(act.affecting.work, by, act.id, act.item, act.standing)
    return replace(_told(held, work, "postponed", made, words, author, codes=(POSTPONED,) if act.kind == "postpones" else ()), evidence=act.evidence)


def _told(held: Records, work: Work, kind: HappeningKind, on: date, words: str, by: Author, codes: tuple[str, ...] = ()) -> Happening:
    findings = tuple(f for f in held.findings.get(work.id, ()) if f.code in codes and f.severity != "note")
    then = work.on(on)
    return Happening(then, held.calling.series(then.agency, then.series), held.name(work.id), kind, on, words, by, (), codes, findings)
