"""From papers and relations to marks on a work's time line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from lineage.model import ENDING, Day, Event, Finding, Relation, bare
from lineage.model.dates import find_dates, long_date
from lineage.timeline.acts import CHANGING, PAST, day_of, event_of
from lineage.timeline.beginnings import beginnings, first_effects, named, versions_not_held
from lineage.timeline.bounds import extensions, reissued
from lineage.timeline.expiries import expiries
from lineage.timeline.families import enders_ended, fallen_parents
from lineage.timeline.life import ORDER, Life, Mark
from lineage.timeline.numbers import namesakes, renumbered
from lineage.timeline.sameday import begun_that_day, same_day, unordered_changes


def marks_of(life: Life) -> tuple[list[Mark], list[Finding]]:
    """The marks in order of their days, and the doubts that time raises."""
    findings: list[Finding] = []
    marks = [
        *beginnings(life, findings),
        *versions_not_held(life, findings),
        *first_effects(life),
        *named(life),
        *_ends(life, findings),
        *expiries(life, findings),
        *extensions(life),
        *reissued(life),
        *_changes(life, findings),
        *_suspensions(life),
        *_confirmed(life),
        *fallen_parents(life, findings),
        *renumbered(life),
    ]
    marks += list(enders_ended(life, marks, findings))
    marks += _rivals(life, marks, findings)
    marks += list(namesakes(life, marks, findings))
    marks += list(same_day(life, marks, findings))
    return sorted(unordered_changes(marks), key=place), findings


def place(mark: Mark) -> tuple[object, ...]:
    """Where a mark stands among the others, whatever the order in which the facts were learnt."""
    event = mark.event
    return (mark.on, ORDER[mark.kind], event.stamp_only, mark.item or "", event.relation or "", event.item or "", event.basis, event.by_mention)


def _ends(life: Life, findings: list[Finding]) -> Iterator[Mark]:
    for act in life.acts:
        if act.kind not in ENDING or act.scope == "part" or (act.affected.own and act.source != "stamp" and act.affected.version_on is not None):
            continue
        if act.source != "stamp" and (act.affected.own or (act.affecting.own and act.affecting.work == act.affected.work)):
            continue  # its own earlier version: the beginning of the new text closes it
        label = PAST[act.kind]
        day = day_of(act)
        if begun_that_day(life, act):
            yield Mark("end", day or date.max, event_of(life, act, "ends", label, act.affecting.work))
            continue
        if act.certainty == "doubtful" or life.work.id in act.candidates:
            first = act.effect.day.first if act.effect else None
            if first is None and act.condition:
                # Told of as past, without a day: at any time since it began.
                first = min((x.starts.first + timedelta(days=1) for x in life.expressions if x.starts.first), default=None)
            if first is not None:
                yield Mark("doubt", first, event_of(life, act, "doubt", f"may have been {label}", act.affecting.work), findings=(_doubt_code(life, act),))
            continue
        if day is None:
            yield from _end_unknown(life, act, label, findings)
            continue
        only = version_items(life, act, findings)
        if only is not None and not only:
            continue
        yield Mark("end", day, event_of(life, act, "ends", label, act.affecting.work), only=only)


def _doubt_code(life: Life, act: Relation) -> str:
    if act.affected.subject is not None:
        return "relations.open-target"
    entitled = act.affected.title is not None and bare(act.affected.title) == bare(life.work.title)
    if act.candidates and act.affected.number and life.work.number and not life.work.bears(act.affected.number, None) and not entitled:
        return "relations.misread"
    return "relations.contradicted" if len(act.candidates) == 1 and act.scope != "unknown" else "relations.holder-unclear" if act.candidates else "relations.doubtful"


def _end_unknown(life: Life, act: Relation, label: str, findings: list[Finding]) -> Iterator[Mark]:
    """Ended, and the day is not known: from the first day possible it is not established. The paper's own first day is the first possible; by the last day possible, where
    there is one, it is over."""
    first, last = (act.effect.day.first, act.effect.day.last) if act.effect else (None, None)
    starts = [x.starts.first for x in life.expressions if x.starts.first]
    bounded = first is not None and last is not None and act.affected.version_on is None
    # What is ended had begun: a stamp is about the text that bears it.
    begun = min((x.starts.first for x in life.expressions if x.starts.first and (act.source != "stamp" or x.item == act.item)), default=min(starts, default=None))
    first = max(filter(None, (first, begun)), default=None)
    name = life.names.get(life.work.id, life.work.name)
    said = f"{name} was {label}, and the day cannot be read; on any day from its beginning it is not established whether it had ended."
    if bounded and first is not None and last is not None:
        said = f"{name} was {label} between {long_date(first)} and {long_date(last)}, and on which day is not settled; days outside that span stay established."
    findings.append(Finding("dates.end-unknown", "blocker", f"{said} The log of orders or the ending paper could settle it.", act.evidence, work=life.work.id))
    if first is not None:
        event = event_of(life, act, "doubt", f"may have been {label}" if bounded else f"{label} on a day that cannot be read", act.affecting.work)
        day_after = first + timedelta(days=1) if first in starts else first
        yield Mark("doubt", day_after, event, findings=("dates.end-unknown",))
        if bounded and last is not None and last > day_after:
            yield Mark("end", last, event_of(life, act, "ends", label, act.affecting.work))


def _changes_it(act: Relation) -> bool:
    """Whether the act leaves the rule in force with other words: an amendment, or the end of a part."""
    return (act.kind in CHANGING and not act.renames) or (act.kind in ENDING and act.scope == "part")


def version_items(life: Life, act: Relation, findings: list[Finding]) -> frozenset[str] | None:
    """The items of the version that an act ends; None where it ends the work whatever its version; empty where the version is over already."""
    version = act.affected.version_on
    if version is None:
        return None
    exact = [x for x in life.expressions if x.starts.on == version] or [x for x in life.expressions if x.issued.on == version]
    if exact:
        return frozenset(x.item for x in exact)
    day = day_of(act)
    begun = [x for x in life.expressions if x.starts.first and day and x.starts.first < day]
    if not begun:
        return None
    latest = max(x.starts.first for x in begun if x.starts.first)
    if latest > version:
        findings.append(
            Finding(
                "relations.version-not-held",
                "doubt",
                f'"{act.affected.mention}" names a version of {long_date(version)}, which is not held, while a later one of {long_date(latest)} is: the date may be mistaken. It is not taken as an end.',
                act.evidence,
                work=life.work.id,
            )
        )
        return frozenset()
    return None


def _changes(life: Life, findings: list[Finding]) -> Iterator[Mark]:
    """Amendments: the rule goes on, its words are not established; when the amending paper ends, not even that (no revival by default)."""
    for act in life.acts:
        stamped = act.source == "stamp"
        day = day_of(act) or (act.effect.day.first if stamped and act.effect is not None else None)
        if not _changes_it(act) or (act.affected.own and not stamped) or day is None or _ends_it_too(life, act):
            continue
        if act.certainty == "doubtful":
            if act.condition:
                yield Mark("change", day, event_of(life, act, "changes", "may have been amended", act.affecting.work), None, complete=False, findings=("relations.doubtful",))
            continue
        by = life.names.get(act.affecting.work or "", "A stamp" if stamped else act.affecting.mention)
        name = life.names.get(life.work.id, life.work.name)
        yield Mark("change", day, event_of(life, act, "changes", "amended", act.affecting.work), None, complete=False, findings=("text.not-consolidated",))
        yield from _amender_amended(life, act, day)
        for end in _endings(life, act, after=day):
            over = day_of(end)
            if over is None or any(x.starts.last and day < x.starts.last <= over for x in life.expressions):
                continue  # a text of its own followed, so what it then said does not hang on the amending order
            how = "expired" if end.kind == "expires" else f"was {PAST.get(end.kind, 'ended')}"
            event = replace(
                event_of(life, end, "doubt", "the amending order ended", end.affecting.work),
                basis=f"{by}, which amended it, {how}; no held paper says what it then said",
            )
            message = f"{by}, which amended {name}, {how} on {long_date(over)}. No held paper says whether {name} then returned to its earlier words, ended, or was renumbered."
            findings.append(Finding("relations.amender-ended", "blocker", message, end.evidence))
            yield Mark("doubt", over, event, findings=("relations.amender-ended",))


def _amender_amended(life: Life, act: Relation, day: date) -> Iterator[Mark]:
    """The order that changed the rule was itself changed: whether the rule changes with it, no paper says."""
    for later in life.amended.get(act.affecting.work or "", ()):
        changed_on = day_of(later)
        if changed_on is not None and later.item != act.item and later.certainty != "doubtful" and not _spares(later, act):
            event = event_of(life, later, "changes", "the amending order was amended", later.affecting.work)
            yield Mark("change", max(day, changed_on), event, None, complete=False, findings=("text.not-consolidated",))


def _spares(later: Relation, act: Relation) -> bool:
    """Whether a change of words of an order cannot be one of what the order does here: those words do not stand in it."""
    words = later.edit.find if later.edit else None
    said = " ".join(filter(None, ((act.edit.text, act.edit.replace, act.edit.find) if act.edit else ()))) + " ".join(e.quote for e in act.evidence)
    return bool(words) and act.edit is not None and " ".join(words.split()) not in " ".join(said.split())  # type: ignore[union-attr]


def _ends_it_too(life: Life, act: Relation) -> bool:
    """Whether the paper that changes the rule also ends the whole of it from that day: the stronger of the two is what it does."""
    return any(a.item == act.item and a.kind in ENDING and a.scope != "part" and a.certainty != "doubtful" and day_of(a) == day_of(act) and not a.candidates for a in life.acts)


def _endings(life: Life, act: Relation, after: date) -> list[Relation]:
    """The acts that ended the paper of an act after a day: one for each day, the ending paper itself before a stamp."""
    found: dict[date, Relation] = {}
    for end in sorted(life.ends.get(act.affecting.work or "", ()), key=lambda e: (e.source == "stamp", e.id)):
        over = day_of(end)
        if over is not None and over > after and end.certainty != "doubtful":
            found.setdefault(over, end)
    return [found[day] for day in sorted(found)]


def _suspensions(life: Life) -> Iterator[Mark]:
    for act in life.acts:
        day = day_of(act)
        if act.kind not in ("suspends", "resumes"):
            continue
        if day is None or act.certainty == "doubtful":
            first = act.effect.day.first if act.effect else None
            if first is not None and not act.candidates:
                yield Mark("unclear-efficacy", first, event_of(life, act, "doubt", f"may have been {PAST[act.kind]}", act.affecting.work), findings=("relations.suspension-unclear",))
            continue
        kind = "suspended" if act.kind == "suspends" else "resumed"
        event = event_of(life, act, kind, PAST[act.kind], act.affecting.work)
        if act.kind == "resumes":
            yield Mark("resume", day, event)
            continue
        yield Mark("suspend", day, event)
        if act.condition:
            # Its own words say how long: from then on whether it is operative again no paper says.
            lapsed = replace(event_of(life, act, "doubt", "may have been resumed", act.affecting.work), basis=act.condition)
            yield Mark("unclear-efficacy", _lapse(act.condition, day), lapsed, findings=("relations.suspension-unclear",))
        for end in _endings(life, act, after=day):
            over = day_of(end)
            if over is not None:
                yield Mark("unclear-efficacy", over, event_of(life, end, "doubt", "the suspending order ended", end.affecting.work), findings=("relations.suspender-ended",))


def _lapse(words: str, since: date) -> date:
    """The first day on which a suspension with these words may be over: that on which it is said to last, or the day after it began."""
    days = [d.day.first for d in find_dates(words) if d.day.first and d.day.first > since]
    return min(days, default=since + timedelta(days=1))


def _confirmed(life: Life) -> Iterator[Mark]:
    """A paper that says that the rule remains in effect: proof for its day, and no change."""
    for act in life.acts:
        day = day_of(act)
        if act.kind == "confirms" and day is not None and act.certainty != "doubtful":
            yield Mark("confirm", day, event_of(life, act, "confirmed", "said to remain in effect", act.affecting.work))
    for expression in life.expressions:
        for told in life.dates.get(expression.item, ()):
            if told.role in ("reviewed", "observed") and told.day.on is not None and told.certainty != "doubtful":
                event = Event("confirmed", told.day, life.work.id, "reviewed" if told.role == "reviewed" else "said to be current", told.raw, item=expression.item, by=life.work.id, evidence=told.evidence)
                yield Mark("confirm", told.day.on, event)


def _rivals(life: Life, marks: list[Mark], findings: list[Finding]) -> Iterator[Mark]:
    """Another work takes the number while nothing held ends this one: from that day it is not established."""
    starts = [x.starts.first for x in life.expressions if x.starts.first]
    for name, began in life.rivals:
        ended = [m.on for m in marks if m.kind == "end" and m.on <= began]
        begun = [s for s in starts if s < began]
        if not begun or (ended and max(ended) >= max(begun)):
            continue  # it began later, or had ended by then
        finding = Finding(
            "identity.number-reused",
            "doubt",
            f'Number {life.work.on(began).number} is borne by "{name}" from {long_date(began)}. Whether "{life.work.title}" had ended by then, or has borne another number, no held paper says.',
            work=life.work.id,
        )
        findings.append(finding)
        event = Event("doubt", Day(on=began), life.work.id, "its number was given to another rule", name, by_mention=name)
        yield Mark("doubt", began, event, findings=("identity.number-reused",))
