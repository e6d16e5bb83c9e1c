"""Bounds that another paper moves: a beginning that is put off, an end that is extended, a rule that is issued again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from lineage.model import Day, Event, Expression, Finding, Relation
from lineage.model.dates import long_date
from lineage.timeline.acts import MAY_BEGIN, day_of, event_of
from lineage.timeline.life import Life, Mark


def acts_of(life: Life, kind: str) -> list[Relation]:
    """The settled acts of a kind upon the work, in the order of their days."""
    found = [a for a in life.acts if a.kind == kind and a.certainty != "doubtful" and day_of(a) is not None and a.standing == "order"]
    return sorted(found, key=lambda a: (day_of(a) or date.min, a.id))


def moved_to(act: Relation) -> date | None:
    """The day to which an act moves a bound; None where it names none that can be read."""
    return date.fromisoformat(act.edit.replace) if act.edit is not None and act.edit.replace else None


def put_off(life: Life, expression: Expression, event: Event, codes: list[str], findings: list[Finding]) -> Iterator[Mark]:
    """The beginning of a text that other papers put off before its day: from the last day given; where none is, it is not established from the day first given.

    Nothing where no paper does. An act made on that day or later cannot undo what has begun: it is said, and from then on it is not established.
    """
    starts, act = expression.starts.on, None
    name = life.names.get(life.work.id, life.work.name)
    for one in acts_of(life, "postpones") if starts is not None else ():
        made, new = day_of(one), moved_to(one)
        if made is None or starts is None:
            continue
        if made >= starts and act is None:
            by = life.names.get(one.affecting.work or "", one.affecting.mention)
            message = f"{by} puts off {name} on {long_date(made)}, when by its own words it had taken effect on {long_date(starts)}. Whether it was in force from {long_date(made)} is not established; a person must say what was meant."
            findings.append(Finding("relations.contradicted", "doubt", message, one.evidence, work=life.work.id))
            yield Mark("doubt", made, event_of(life, one, "doubt", "may have been put off", one.affecting.work), findings=("relations.contradicted",))
            continue
        act, starts = one, new
        if starts is None:
            break
    if act is None:
        return
    by = life.names.get(act.affecting.work or "", act.affecting.mention)
    first = expression.starts.on
    if starts is None and first is not None:
        message = f"{by} puts off {name}, which was to take effect on {long_date(first)}, and gives no day that can be read. From {long_date(first)} it is not established whether it was in force; the paper that put it in force could settle it."
        findings.append(Finding("expressions.postponed", "doubt", message, act.evidence, work=life.work.id))
        yield Mark("doubt", first, replace(event, kind="doubt", label=MAY_BEGIN), findings=("expressions.postponed",))
        return
    if starts is not None and first is not None:
        message = f"{by} puts off {name} from {long_date(first)} to {long_date(starts)}; on the days between it was not in force."
        findings.append(Finding("expressions.postponed", "note", message, act.evidence, work=life.work.id))
        evidence = (*event.evidence, *act.evidence)
        yield Mark("begin", starts, replace(event, day=Day(on=starts), basis=act.evidence[0].quote, evidence=evidence), expression.item, findings=tuple(codes))


def _last_of(expiry: Relation) -> date | None:
    """The last day that words of expiry give; the later one, where they bound it."""
    return expiry.effect.day.last if expiry.effect is not None else None


def extended(life: Life, expiry: Relation) -> Iterator[Mark]:
    """The end of a text whose own words give it a last day, as other papers extend it in time; nothing where none does. From the last day given before, it is not established where
    an extension gives no day that can be read."""
    last, act = _last_of(expiry), None
    for one in acts_of(life, "extends"):
        made, new = day_of(one), moved_to(one)
        if last is None or made is None or made > last or (new is not None and new <= last):
            continue
        if new is None:
            doubt = event_of(life, one, "doubt", "extended to a day that cannot be read", one.affecting.work)
            yield Mark("doubt", last + timedelta(days=1), doubt, findings=("dates.end-unknown",))
            return
        last, act = new, one
    if act is not None and last is not None:
        over = last + timedelta(days=1)
        yield Mark("end", over, replace(event_of(life, act, "ends", "expired by its extension", act.affecting.work), day=Day(on=over)))


def extensions(life: Life) -> Iterator[Mark]:
    """Of an extension that no expiry held awaits: the day that it names is the last; what it extends had begun, whatever was read of its end."""
    expiries = [d for a in life.acts if a.kind == "expires" and a.certainty != "doubtful" and (d := _last_of(a))]
    for act in acts_of(life, "extends"):
        made, new = day_of(act), moved_to(act)
        if made is None or any(made <= over for over in expiries):
            continue
        if expiries:
            yield Mark("contradicted", made, event_of(life, act, "doubt", "extended after it had expired", act.affecting.work), findings=("relations.acts-on-ended",))
        elif new is not None and new >= made:
            over = new + timedelta(days=1)
            yield Mark("end", over, replace(event_of(life, act, "ends", "expired by its extension", act.affecting.work), day=Day(on=over)))


def reissued(life: Life) -> Iterator[Mark]:
    """A rule that another paper issues again: from that day its latest text rules; what had ended has a gap before it."""
    for act in acts_of(life, "reissues"):
        day = day_of(act)
        if day is None:
            continue
        before = [x for x in life.expressions if x.starts.last and x.starts.last <= day]
        item = max(before, key=lambda x: (x.starts.last or date.min, x.item)).item if before else None
        event = replace(event_of(life, act, "begins", "issued again", act.affecting.work), basis=act.evidence[0].quote)
        yield Mark("begin", day, event, item, complete=item is not None)
