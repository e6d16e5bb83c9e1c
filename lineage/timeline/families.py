"""What a rule's life takes from other rules: one that stands above it in the numbering is ended, or what ended it is ended itself.

Neither ends it, nor brings it back, by itself. Where a general rule of the agency says so, it does, and the answer names that rule; else a doubt or a note is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from lineage.model import ENDING, Day, Event, Expression, Finding, Relation
from lineage.model.dates import long_date
from lineage.timeline.acts import PAST, day_of, event_of
from lineage.timeline.life import Life, Mark

WITH_ITS_PARENT = "ended with the rule that it belongs to"
MAY_WITH_ITS_PARENT = "may have ended with the rule that it belongs to"
BROUGHT_BACK = "brought back"


def fallen_parents(life: Life, findings: list[Finding]) -> Iterator[Mark]:
    """A rule above this one was ended, and the paper that ends it does not name this one."""
    for above, act in life.above:
        day = _over(act)
        first = day or (act.effect.day.first if act.effect else None)
        begun = [x for x in life.expressions if x.starts.first and first and x.starts.first < first]
        if first is None or not begun or _proved_later(life, begun, first):
            continue
        name, parent = life.names.get(life.work.id, life.work.name), life.names.get(above, above)
        by = act.affecting.work or above
        who = life.names.get(by, act.affecting.mention)
        how = "expired" if act.kind == "expires" else f"was {PAST[act.kind]}"
        granted = life.cascade.get(act.id, "") if day is not None and act.certainty != "doubtful" else ""
        event = replace(event_of(life, act, "ends" if granted else "doubt", WITH_ITS_PARENT if granted else MAY_WITH_ITS_PARENT, by), day=Day(on=first), basis=f"{parent} {how}")
        if granted:
            message = f"{parent} {how} on {long_date(first)}, and {name} belongs to it by its number. No paper names {name}; that it ended with {parent} follows from a general rule of the agency: {granted}."
            findings.append(Finding("relations.cascade", "note", message, act.evidence, work=life.work.id))
            yield Mark("end", first, replace(event, basis=f"{parent} {how}; {granted}"), findings=("relations.cascade",))
            continue
        message = (
            f"{parent} {how} by {who} from {long_date(first)}, and {name}, which belongs to it by its number, is not named. Whether it ended with it is not established: no rule of the agency "
            "is known that says so. Such a rule, a sighting after that day, or a person could settle it."
        ).replace(f"{how} by {who}", how if act.kind == "expires" or act.affecting.mention.startswith("(") else f"{how} by {who}")
        findings.append(Finding("relations.parent-ended", "doubt", message, act.evidence, work=life.work.id))
        yield Mark("doubt", first, event, findings=("relations.parent-ended",))


def _over(act: Relation) -> date | None:
    """The first day on which what an act ends was over."""
    day = day_of(act)
    return day + timedelta(days=1) if act.kind == "expires" and day is not None and day < date.max else day


def _proved_later(life: Life, begun: list[Expression], day: date) -> bool:
    """Whether a paper of that day or later says that the rule remains in effect, or that it replaces the text that stood before the day."""
    if any(a.kind == "confirms" and a.certainty != "doubtful" and a.standing == "order" and (on := day_of(a)) is not None and on >= day for a in life.acts):
        return True
    standing = max(begun, key=lambda x: x.starts.first or date.min)
    days = {d.isoformat() for d in (standing.starts.on, standing.issued.on) if d}
    return any(x.starts.first and x.starts.first > day and days & set(x.names_prior) for x in life.expressions)


def enders_ended(life: Life, marks: list[Mark], findings: list[Finding]) -> Iterator[Mark]:
    """What ended this rule was itself ended: by default nothing comes back, which is said; by a general rule of the agency it does, from that day."""
    for act in life.acts:
        ended = day_of(act)
        if act.kind not in ENDING or ended is None or not any(m.kind == "end" and m.event.relation == act.id for m in marks):
            continue
        for end in sorted(life.ends.get(act.affecting.work or "", ()), key=lambda e: (day_of(e) or date.max, e.source == "stamp", e.id)):
            over = day_of(end)
            if end.kind == "expires" or end.scope == "part" or end.certainty == "doubtful" or end.candidates or end.affected.version_on is not None or over is None or over <= ended:
                continue
            yield from _back(life, act, end, over, findings)
            break


def _back(life: Life, act: Relation, end: Relation, over: date, findings: list[Finding]) -> Iterator[Mark]:
    name = life.names.get(life.work.id, life.work.name)
    ender = life.names.get(act.affecting.work or "", act.affecting.mention)
    what = f"{ender}, which {PAST[act.kind]} {name}, was itself {PAST.get(end.kind, 'ended')} from {long_date(over)}"
    granted = life.revival.get(end.id, "")
    if not granted:
        message = f"{what}. {name} does not come back by that: no paper held says so in express words, and no rule of the agency is known by which it does."
        findings.append(Finding("relations.no-revival", "note", message, end.evidence, work=life.work.id))
        return
    texts = [x for x in life.expressions if x.starts.last and x.starts.last < over]
    item = max(texts, key=lambda x: (x.starts.last or date.min, x.item)).item if texts else None
    findings.append(Finding("relations.revived", "note", f"{what}. That {name} came back by it follows from a general rule of the agency: {granted}.", end.evidence, work=life.work.id))
    event: Event = replace(event_of(life, end, "begins", BROUGHT_BACK, end.affecting.work), basis=granted)
    yield Mark("begin", over, event, item, complete=item is not None, findings=("relations.revived",))
    yield from _again(life, end, over, f"{ender}, which {PAST[act.kind]} {name}", findings)


def _again(life: Life, end: Relation, back: date, what: str, findings: list[Finding]) -> Iterator[Mark]:
    """What brought this rule back was ended in its turn, so that by the same rule of the agency what had ended it came back too: whether this one fell again, no paper says."""
    for other in sorted(life.ends.get(end.affecting.work or "", ()), key=lambda e: (day_of(e) or date.max, e.source == "stamp", e.id)):
        day = day_of(other)
        if other.id not in life.revival or day is None or day <= back or other.certainty == "doubtful" or other.candidates or other.scope == "part":
            continue
        undone = life.names.get(end.affecting.work or "", end.affecting.mention)
        message = f"{undone}, whose act brought this rule back, was itself {PAST.get(other.kind, 'ended')} from {long_date(day)}. By the agency's rule {what}, came back by that, and whether this rule ended again is not established. A paper that says so, or a person, could settle it."
        findings.append(Finding("relations.revival-undone", "doubt", message, other.evidence, work=life.work.id))
        yield Mark("doubt", day, event_of(life, other, "doubt", "may have ended again with what brought it back", other.affecting.work), findings=("relations.revival-undone",))
        return
