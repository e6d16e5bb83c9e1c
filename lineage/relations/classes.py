"""How long the papers of a series live by a general rule of the agency ("bulletins expire two years after issue"), where their own words do not say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from lineage.model import DateReading, Day, Effect, End, Finding, Outline, Relation
from lineage.profiles import ClassLife, Profile, read_time
from lineage.relations.living import Doubt, doubt_of, lapse, own_name


def class_ends(outline: Outline, profile: Profile, effect: Effect | None, acts: Sequence[Relation], doubts: list[Finding]) -> Iterator[Relation]:
    """The end that a general rule gives the paper, with the day from which it is counted as its evidence; nothing where the paper says itself how long it lives.

    Of a paper whose day of issue is not known, or only within bounds across those of the rule, it is doubtful.
    """
    if any(a.kind == "expires" and a.affected.own for a in acts):
        return
    for rule in profile.class_life:
        counted = _counted_from(rule, outline)
        issued = next((d.day for d in outline.heading.dates_of("issued")), counted.day if counted else Day())
        if rule.series != outline.heading.series or counted is None or not rule.speaks_of(issued.first, issued.last):
            continue
        evidence = tuple(replace(e, rule=f"class_life.{rule.name}") for e in counted.evidence)
        made = Relation(outline.item, "expires", End(own_name(outline), own=True), End("this paper", own=True), evidence, source="rule")
        day, basis, doubt = _last_day(rule, outline, profile, effect, counted.day)
        said = f'{basis}; by a general rule of the agency: "{rule.quote}" ({rule.source})'
        sure = day != Day() and all(rule.speaks_of(at, at) for at in (issued.first, issued.last))
        if doubt is not None:
            doubts.append(doubt_of(doubt, made))
        doubts.append(_by_rule(rule, made, sure=sure))
        yield replace(made, effect=Effect(day if sure else Day(), said), certainty="certain" if sure else "doubtful")
        return  # an agency's own stand first


def _counted_from(rule: ClassLife, outline: Outline) -> DateReading | None:
    """The date from which the time is counted; where the paper does not give it, the other one, whose words are then all that there is to show."""
    roles = ("issued", "effective") if rule.counted_from == "issue" else ("effective", "issued")
    return next((d for role in roles for d in outline.heading.dates if d.role == role), None)


def _last_day(rule: ClassLife, outline: Outline, profile: Profile, effect: Effect | None, counted: Day) -> tuple[Day, str, Doubt | None]:
    if rule.year_end is not None:
        first, last = (date(d.year + rule.year_end, 12, 31) if d and d.year + rule.year_end < 9000 else None for d in (counted.first, counted.last))
        day = Day() if first is None or last is None else Day(on=first) if first == last else Day(earliest=first, latest=last)
        return day, f"the end of the calendar year {rule.year_end} after that of the paper" if rule.year_end else "the end of the calendar year of the paper", None
    told = read_time(rule.time, 0, "ends", profile)
    if told is None:
        return Day(), "not read", None
    return lapse(replace(told, of_issue=rule.counted_from == "issue"), outline, profile, effect)


def _by_rule(rule: ClassLife, made: Relation, *, sure: bool) -> Finding:
    lead = f'No words of the paper say how long it lives. By a general rule of the agency, "{rule.quote}" ({rule.source}),'
    if sure:
        return Finding("dates.by-rule", "note", f"{lead} it ends by itself; the last day is worked out from the day that the paper gives.", made.evidence)
    message = f"{lead} it may end by itself; from which day that is counted, or whether the rule speaks of it, is not established."
    return Finding("dates.by-rule", "doubt", message, made.evidence)
