"""Beginnings: the texts held, the versions that are named and not held, the rules that are put in place of others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from lineage.model import DateReading, Day, Event, Expression, Finding
from lineage.model.dates import long_date
from lineage.timeline.acts import BRINGING, MAY_BEGIN, PAST, day_of, event_of
from lineage.timeline.bounds import put_off
from lineage.timeline.life import Life, Mark
from lineage.timeline.texts import SEVERAL, silent_edit

BEFORE_ISSUE = frozenset(("dates.effective-before-issue", "dates.retroactive"))
# What time words leave open of a beginning.
OPEN_STARTS = ("dates.approval-open", "dates.day-open", "dates.midnight", "dates.no-width", "dates.time-unread")


def beginnings(life: Life, findings: list[Finding]) -> Iterator[Mark]:
    """Each text held, from the day on which its own paper says that it rules."""
    by_start: dict[tuple[date | None, date | None], list[Expression]] = {}
    for expression in life.expressions:
        by_start.setdefault((expression.starts.first, expression.starts.last), []).append(expression)
    for (first, last), same in by_start.items():
        codes: list[str] = []
        if len({x.words for x in same}) > 1:
            findings.append(silent_edit(life, same))
            codes.append(SEVERAL)
        expression = min(same, key=lambda x: x.item)
        reading = _start_reading(life.dates.get(expression.item, ()), expression)
        event = _begin_event(life, expression, reading)
        if (first is None and last is None) or _postponed(life, expression, findings):
            continue
        codes.extend(_own_doubts(life, same))
        delayed = list(put_off(life, expression, event, codes, findings))
        yield from delayed
        if any(m.kind == "begin" or m.event.label == MAY_BEGIN for m in delayed):
            continue
        if not BEFORE_ISSUE.isdisjoint(codes) and expression.issued.on:
            yield Mark("doubt", first, replace(event, kind="doubt", label=MAY_BEGIN), findings=tuple(codes))  # type: ignore[arg-type]
            issue = replace(event, day=expression.issued, label="in effect at the latest")
            yield Mark("begin", expression.issued.on, issue, expression.item, findings=tuple(c for c in codes if c not in BEFORE_ISSUE))
            continue
        if first != last:
            yield from _bounded(expression, event, codes)
            continue
        yield Mark("begin", first, event, expression.item, findings=tuple(codes))  # type: ignore[arg-type]  # equal and not both None


def _bounded(expression: Expression, event: Event, codes: list[str]) -> Iterator[Mark]:
    """A start of which only bounds are known: not established between them, in force from the last day possible."""
    first, last = expression.starts.first, expression.starts.last
    if first is not None:
        label = MAY_BEGIN if event.label in ("took effect", "was current") else "may have stood"
        yield Mark("doubt", first, replace(event, kind="doubt", label=label), findings=(*codes, "dates.partial"))
    if last is not None:
        left = tuple(c for c in codes if c not in OPEN_STARTS)  # what left the days before it open
        yield Mark("begin", last, replace(event, label=(event.label if event.label == "was current" else "stood") if first is None else "in effect at the latest"), expression.item, findings=left)


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
    telling = ("dates.disagree", *sorted(BEFORE_ISSUE), *(OPEN_STARTS if same[0].starts.on is None else ()))
    return sorted({f.code for f in life.doubts if f.code in telling and any(e.item in items for e in f.evidence) and not _of_an_end(life, f)})


def _of_an_end(life: Life, finding: Finding) -> bool:
    """Whether a doubt is about the words that end a text, and not about those that begin it."""
    return any(a.kind == "expires" and a.evidence[:1] == finding.evidence[:1] for a in life.acts)


def _start_reading(dates: tuple[DateReading, ...], expression: Expression) -> DateReading | None:
    for role in ("effective", "edition", "revised", "observed", "issued"):
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
    elif reading is not None and reading.role == "observed":
        label = "was current"
    basis = reading.raw if reading is not None else ""
    if reading is not None and reading.basis:
        basis = f"{reading.raw} ({reading.basis})"
    starts = replace(expression.starts, hour=reading.day.hour) if reading is not None else expression.starts
    return Event("begins", starts, life.work.id, label, basis, item=expression.item, by=life.work.id, evidence=reading.evidence if reading else ())


def first_effects(life: Life) -> Iterator[Mark]:
    """A rule whose paper says that it took effect before the revision that is held: in force from that day, wording not held."""
    starts = [x.starts.first for x in life.expressions if x.starts.first]
    for expression in life.expressions:
        readings = life.dates.get(expression.item, ())
        first = next((d for d in readings if d.role == "effective" and d.day.on and d.certainty != "doubtful"), None)
        if first is None or first.day.on is None or expression.starts.first is None or first.day.on >= expression.starts.first:
            continue
        if any(start <= first.day.on for start in starts) or len({d.day.on for d in readings if d.role == "effective"}) > 1:
            continue
        event = Event("begins", first.day, life.work.id, "took effect", first.raw, item=expression.item, by=life.work.id, evidence=first.evidence)
        yield Mark("begin", first.day.on, event, None, complete=False, findings=("expressions.earlier-text-not-held",))


def versions_not_held(life: Life, findings: list[Finding]) -> Iterator[Mark]:
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


def named(life: Life) -> Iterator[Mark]:
    """A rule that is put in place of another is in force from then on, even where its own paper is not held."""
    own_first = min((x.starts.last for x in life.expressions if x.starts.last), default=None)
    for act in life.done:
        day = day_of(act)
        if act.kind not in BRINGING or act.affecting.own or act.certainty == "doubtful" or day is None:
            continue
        if own_first is not None and own_first <= day:
            continue
        event = event_of(life, act, "begins", f"named as what {PAST.get(act.kind, act.kind)} another rule", act.affected.work)
        yield Mark("begin", day, event, None, complete=False)
