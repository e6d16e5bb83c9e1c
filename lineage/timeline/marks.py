"""From papers and relations to marks on a work's time line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from lineage.model import DateReading, Day, Event, Expression, Finding, Relation
from lineage.model.dates import long_date
from lineage.timeline.life import ORDER, Life, Mark

ENDING = ("rescinds", "supersedes", "incorporates")
CHANGING = ("amends", "substitutes", "inserts", "deletes", "renumbers", "corrects")
BRINGING = (*ENDING, "creates")
MAY_BEGIN = "may have taken effect"
PAST = {"rescinds": "rescinded", "supersedes": "superseded", "incorporates": "incorporated", "amends": "amended", "suspends": "suspended", "resumes": "resumed"}


def marks_of(life: Life) -> tuple[list[Mark], list[Finding]]:
    """The marks in order of their days, and the doubts that time raises."""
    findings: list[Finding] = []
    marks = [
        *_beginnings(life, findings),
        *_versions_not_held(life, findings),
        *_named(life),
        *_ends(life, findings),
        *_expiries(life),
        *_changes(life, findings),
        *_suspensions(life),
        *_confirmed(life),
    ]
    marks += _rivals(life, marks, findings)
    return sorted(marks, key=_place), findings


def _place(mark: Mark) -> tuple[object, ...]:
    """Where a mark stands among the others, whatever the order in which the facts were learnt."""
    event = mark.event
    return (mark.on, ORDER[mark.kind], event.stamp_only, mark.item or "", event.relation or "", event.item or "", event.basis, event.by_mention)


def _beginnings(life: Life, findings: list[Finding]) -> Iterator[Mark]:
    """Each text held, from the day on which its own paper says that it rules."""
    by_start: dict[tuple[date | None, date | None], list[Expression]] = {}
    for expression in life.expressions:
        by_start.setdefault((expression.starts.first, expression.starts.last), []).append(expression)
    for (first, last), same in by_start.items():
        codes: list[str] = []
        if len({x.words for x in same}) > 1:
            findings.append(_silent(same))
            codes.append("expressions.several-texts")
        expression = min(same, key=lambda x: x.item)
        reading = _start_reading(life.dates.get(expression.item, ()), expression)
        event = _begin_event(life, expression, reading)
        if (first is None and last is None) or _postponed(life, expression, findings):
            continue
        codes.extend(_own_doubts(life, same))
        if "dates.effective-before-issue" in codes and expression.issued.on:
            yield Mark("doubt", first, replace(event, kind="doubt", label=MAY_BEGIN), findings=tuple(codes))  # type: ignore[arg-type]
            yield Mark("begin", expression.issued.on, event, expression.item, findings=tuple(c for c in codes if c != "dates.effective-before-issue"))
            continue
        if first != last:
            yield from _bounded(expression, event, codes)
            continue
        yield Mark("begin", first, event, expression.item, findings=tuple(codes))  # type: ignore[arg-type]  # equal and not both None


def _bounded(expression: Expression, event: Event, codes: list[str]) -> Iterator[Mark]:
    """A start of which only bounds are known: not established between them, in force from the last day possible."""
    first, last = expression.starts.first, expression.starts.last
    if first is not None:
        label = MAY_BEGIN if event.label == "took effect" else "may have stood"
        yield Mark("doubt", first, replace(event, kind="doubt", label=label), findings=("dates.partial", *codes))
    if last is not None:
        yield Mark("begin", last, replace(event, label="stood" if first is None else "in effect at the latest"), expression.item, findings=tuple(codes))


def _postponed(life: Life, expression: Expression, findings: list[Finding]) -> bool:
    """A version that another of the same issue date puts off before its day: it replaces the version that stood, and not this one. It never was in force."""
    later = next(
        (
            x
            for x in life.expressions
            if x.issued.on and x.issued == expression.issued and x.starts.first and expression.starts.first and x.starts.first > expression.starts.first
            and x.names_prior and not set(x.names_prior) & {d.isoformat() for d in (expression.starts.on, expression.issued.on) if d}
        ),
        None,
    )  # fmt: skip
    if later is None or later.starts.first is None or expression.starts.first is None:
        return False
    findings.append(
        Finding(
            "expressions.postponed",
            "note",
            f"Two papers of one issue date give {long_date(expression.starts.first)} and {long_date(later.starts.first)} as the day of effect, and the later replaces the version that stood before "
            "both: the earlier day was put off, and that version never was in force.",
            work=life.work.id,
        )
    )
    return True


def _own_doubts(life: Life, same: list[Expression]) -> list[str]:
    """Doubts of the paper's own dates that could change from when it rules."""
    items = {x.item for x in same}
    telling = ("dates.disagree", "dates.effective-before-issue")
    return sorted({f.code for f in life.doubts if f.code in telling and any(e.item in items for e in f.evidence)})


def _silent(same: list[Expression]) -> Finding:
    return Finding(
        "expressions.several-texts",
        "doubt",
        f"{len(same)} papers are held with the same number and dates and different words: a text was changed without a new date. Which of them stood on a day is not established without a sighting.",
        work=same[0].work,
    )


def _start_reading(dates: tuple[DateReading, ...], expression: Expression) -> DateReading | None:
    for role in ("effective", "edition", "revised", "issued"):
        found = next((d for d in dates if d.role == role and (d.day.first == expression.starts.first or d.day.last == expression.starts.last)), None)
        if found is not None:
            return found
    return None


def _begin_event(life: Life, expression: Expression, reading: DateReading | None) -> Event:
    label = "took effect"
    if reading is not None and reading.role == "edition":
        label = "stood in the edition"
    elif reading is not None and reading.role == "revised":
        label = "revised"
    basis = reading.raw if reading is not None else ""
    if reading is not None and reading.basis:
        basis = f"{reading.raw} ({reading.basis})"
    return Event("begins", expression.starts, life.work.id, label, basis, item=expression.item, by=life.work.id, evidence=reading.evidence if reading else ())


def _versions_not_held(life: Life, findings: list[Finding]) -> Iterator[Mark]:
    """A version that a later paper names and that is not held: in force from the day by which it is named, wording not held."""
    known = {d for x in life.expressions for d in (x.starts.on, x.issued.on) if d}
    starts = sorted(x.starts.first for x in life.expressions if x.starts.first)
    for expression in life.expressions:
        for named in sorted(expression.names_prior):
            day = date.fromisoformat(named)
            first = expression.starts.first
            if day in known or first is None or day >= first:
                continue
            act = next((a for a in life.done if a.item == expression.item and a.affected.own and a.affected.version_on == day), None)
            evidence = act.evidence if act else ()
            standing = max((s for s in starts if s < first), default=None)
            if standing is not None and day < standing:
                findings.append(_misnamed(expression, day, standing, evidence))
                continue
            findings.append(
                Finding(
                    "expressions.version-not-held",
                    "doubt",
                    f"A later paper replaces a version of {long_date(day)}, which is not held: from that day the wording is not established until the next version. The date may be its issue, or mistaken.",
                    evidence,
                    work=life.work.id,
                )
            )
            event = Event("begins", Day(on=day), life.work.id, "a version not held", f"named as the version of {long_date(day)}", act.id if act else None, None, life.work.id, evidence=evidence)
            yield Mark("begin", day, event, None, complete=False, findings=("expressions.version-not-held",))


def _misnamed(expression: Expression, day: date, standing: date, evidence: tuple[object, ...]) -> Finding:
    return Finding(
        "expressions.version-skipped",
        "note",
        f"The paper of {expression.starts.first} replaces a version of {long_date(day)}, yet a version of {long_date(standing)} is held between them: that one is mistaken, postponed, or passed over in silence.",
        evidence,  # type: ignore[arg-type]
        work=expression.work,
    )


def _named(life: Life) -> Iterator[Mark]:
    """A rule that is put in place of another is in force from then on, even where its own paper is not held."""
    own_first = min((x.starts.last for x in life.expressions if x.starts.last), default=None)
    for act in life.done:
        day = _on(act)
        if act.kind not in BRINGING or act.affecting.own or act.certainty == "doubtful" or day is None:
            continue
        if own_first is not None and own_first <= day:
            continue
        event = _event(life, act, "begins", f"named as what {PAST.get(act.kind, act.kind)} another rule", act.affected.work)
        yield Mark("begin", day, event, None, complete=False)


def _ends(life: Life, findings: list[Finding]) -> Iterator[Mark]:
    for act in life.acts:
        if act.kind not in ENDING or act.scope == "part" or (act.affected.own and act.source != "stamp" and act.affected.version_on is not None):
            continue
        if act.source != "stamp" and (act.affected.own or (act.affecting.own and act.affecting.work == act.affected.work)):
            continue  # its own earlier version: the beginning of the new text closes it
        label = PAST[act.kind]
        day = _on(act)
        if act.certainty == "doubtful" or life.work.id in act.candidates:
            first = act.effect.day.first if act.effect else None
            if first is not None:
                yield Mark("doubt", first, _event(life, act, "doubt", f"may have been {label}", act.affecting.work), findings=(_doubt_code(act),))
            continue
        if day is None:
            yield from _end_unknown(life, act, label, findings)
            continue
        only = _version_items(life, act, findings)
        if only is not None and not only:
            continue
        yield Mark("end", day, _event(life, act, "ends", label, act.affecting.work), only=only)


def _doubt_code(act: Relation) -> str:
    return "relations.contradicted" if len(act.candidates) == 1 else "relations.holder-unclear" if act.candidates else "relations.doubtful"


def _end_unknown(life: Life, act: Relation, label: str, findings: list[Finding]) -> Iterator[Mark]:
    """Ended, and the day is not known: from the first day possible it is not established. The paper's own first day is the first possible."""
    first = act.effect.day.first if act.effect else None
    starts = [x.starts.first for x in life.expressions if x.starts.first]
    first = first or (min(starts) if starts else None)
    findings.append(
        Finding(
            "dates.end-unknown",
            "blocker",
            f"{life.names.get(life.work.id, life.work.name)} was {label}, and the day cannot be read; on any day from its beginning it is not established whether it had ended. The log of orders or the ending paper could settle it.",
            act.evidence,
            work=life.work.id,
        )
    )
    if first is not None:
        event = _event(life, act, "doubt", f"{label} on a day that cannot be read", act.affecting.work)
        day_after = first + timedelta(days=1) if first in starts else first
        yield Mark("doubt", day_after, event, findings=("dates.end-unknown",))


def _version_items(life: Life, act: Relation, findings: list[Finding]) -> frozenset[str] | None:
    """The items of the version that an act ends; None where it ends the work whatever its version; empty where the version is over already."""
    version = act.affected.version_on
    if version is None:
        return None
    exact = [x for x in life.expressions if x.starts.on == version] or [x for x in life.expressions if x.issued.on == version]
    if exact:
        return frozenset(x.item for x in exact)
    day = _on(act)
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


def _expiries(life: Life) -> Iterator[Mark]:
    for act in life.acts:
        if act.kind != "expires" or act.effect is None or act.effect.day.on is None or act.certainty == "doubtful":
            continue
        event = replace(_event(life, act, "ends", "expired by its own words", life.work.id), day=Day(on=act.effect.day.on + timedelta(days=1)))
        yield Mark("end", act.effect.day.on + timedelta(days=1), event, only=frozenset((act.item,)))


def _changes(life: Life, findings: list[Finding]) -> Iterator[Mark]:
    """Amendments: the rule goes on, its words are not established; when the amending paper ends, not even that (no revival by default)."""
    for act in life.acts:
        day = _on(act)
        if act.kind not in CHANGING or act.affected.own or act.certainty == "doubtful" or day is None:
            continue
        by = life.names.get(act.affecting.work or "", act.affecting.mention)
        name = life.names.get(life.work.id, life.work.name)
        said = f"{by} amends {name} from {long_date(day)}, and its changes are not applied to the words held"
        findings.append(Finding("text.not-consolidated", "doubt", f"{said}: the wording from that day is not established. The amended text could settle it.", act.evidence))
        yield Mark("change", day, _event(life, act, "changes", "amended", act.affecting.work), None, complete=False, findings=("text.not-consolidated",))
        for end in _endings(life, act, after=day):
            over = _on(end)
            if over is None or any(x.starts.last and day < x.starts.last <= over for x in life.expressions):
                continue  # a text of its own followed, so what it then said does not hang on the amending order
            how = PAST.get(end.kind, end.kind)
            event = replace(
                _event(life, end, "doubt", "the amending order ended", end.affecting.work),
                basis=f"{by}, which amended it, was {how}; no held paper says what it then said",
            )
            message = f"{by}, which amended {name}, was {how} on {long_date(over)}. No held paper says whether {name} then returned to its earlier words, ended, or was renumbered."
            findings.append(Finding("relations.amender-ended", "blocker", message, end.evidence))
            yield Mark("doubt", over, event, findings=("relations.amender-ended",))


def _endings(life: Life, act: Relation, after: date) -> list[Relation]:
    """The acts that ended the paper of an act after a day: one for each day, the ending paper itself before a stamp."""
    found: dict[date, Relation] = {}
    for end in sorted(life.ends.get(act.affecting.work or "", ()), key=lambda e: (e.source == "stamp", e.id)):
        over = _on(end)
        if over is not None and over > after and end.certainty != "doubtful":
            found.setdefault(over, end)
    return [found[day] for day in sorted(found)]


def _suspensions(life: Life) -> Iterator[Mark]:
    for act in life.acts:
        day = _on(act)
        if act.kind not in ("suspends", "resumes") or day is None or act.certainty == "doubtful":
            continue
        kind = "suspended" if act.kind == "suspends" else "resumed"
        event = _event(life, act, kind, PAST[act.kind], act.affecting.work)
        if act.kind == "resumes":
            yield Mark("resume", day, event)
            continue
        yield Mark("suspend", day, event)
        for end in _endings(life, act, after=day):
            over = _on(end)
            if over is not None:
                yield Mark("unclear-efficacy", over, _event(life, end, "doubt", "the suspending order ended", end.affecting.work), findings=("relations.suspender-ended",))


def _confirmed(life: Life) -> Iterator[Mark]:
    """A paper that says that the rule remains in effect: proof for its day, and no change."""
    for act in life.acts:
        day = _on(act)
        if act.kind == "confirms" and day is not None and act.certainty != "doubtful":
            yield Mark("confirm", day, _event(life, act, "confirmed", "said to remain in effect", act.affecting.work))


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
            f'Number {life.work.number} is borne by "{name}" from {long_date(began)}. Whether "{life.work.title}" had ended by then, or has borne another number, no held paper says.',
            work=life.work.id,
        )
        findings.append(finding)
        event = Event("doubt", Day(on=began), life.work.id, "its number was given to another rule", name, by_mention=name)
        yield Mark("doubt", began, event, findings=("identity.number-reused",))


def _event(life: Life, act: Relation, kind: str, label: str, by: str | None) -> Event:
    day = act.effect.day if act.effect else Day()
    mention = life.names.get(by or "", "") or act.affecting.mention
    return Event(kind, day, life.work.id, label, act.effect.basis if act.effect else "", act.id, act.item, by, mention, act.source == "stamp", act.evidence)


def _on(act: Relation) -> date | None:
    return act.effect.day.on if act.effect else None
