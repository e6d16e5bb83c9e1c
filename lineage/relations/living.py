"""How long a paper says that it lives: the acts by which it ends itself, read by the table of time words."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from lineage.model import Clause, Day, Effect, End, Finding, Outline, Relation, RelationKind, Severity, Text, evidence_of
from lineage.model.dates import long_date, read_date
from lineage.model.hours import DAWN, DUSK, later
from lineage.profiles import GOES_ON, Profile, Rule, TimeWords, read_time

# The words before a verb that turn it round, or make it a possibility and no act.
NEGATED = re.compile(r"\b(?:not|never|no longer|nothing|neither|without)\b(?!.*\bbut\b)[^.;:]{0,60}$|\b(?:may(?!\s+\d)|can|could|might|should|if|unless|until|whenever|when)\b[^.;:]{0,30}$", re.IGNORECASE)
# "is unchanged until it is amended again": what may come, and no act.
_WITHIN = re.compile(r"\bnot\b|\b(?:until|till|unless|if|whenever|when|once|before)\s+(?:it|they|this|that|such|these|those|the\s+(?:same|section|order|policy|rule|directive))\b[^,;]*$")
_WHOLE = re.compile(r"\b(?:through|thru|including|end|close|ending)\b", re.IGNORECASE)
_NO_END = re.compile(r"\W*(?:n/?a|none|never|no\s+expiration|indefinite(?:ly)?|does\s+not\s+expire)\W*$", re.IGNORECASE)
Doubt = tuple[str, Severity, str]  # code, severity and message of a finding


def own_name(outline: Outline) -> str:
    """What a paper is called where it acts."""
    heading = outline.heading
    return heading.number or heading.title or "this paper"


def negated(sentence: str, match: re.Match[str]) -> bool:
    """Whether the words before a verb, or within its match, turn it round or make it a possibility."""
    return turned(sentence[: match.start()], match.group())


def turned(before: str, said: str) -> bool:
    """The same, by the words before and those that say it."""
    return bool(NEGATED.search(before)) or bool(_WITHIN.search(said))


def act(outline: Outline, kind: RelationKind, affected: End, quote: Text, rule: str, effect: Effect | None, source: str = "sentence") -> Relation:
    """What the paper does to a rule, with the words that say so."""
    evidence = evidence_of(quote, outline.item, rule)
    return Relation(outline.item, kind, End(own_name(outline), own=True), affected, evidence, effect=effect, source=source)


def life_acts(outline: Outline, clause: Clause, sentence: Text, profile: Profile, effect: Effect | None, doubts: list[Finding]) -> Iterator[Relation]:
    """The end that a sentence says the paper itself has; doubts about its words are added to ``doubts``."""
    for rule in profile.life if profile.might("expires", sentence.string) else ():
        timed = "(?P<when>" in rule.pattern.pattern
        if rule.kind != "expires" and not (timed and rule.kind == "effective" and "(?P<target>" in rule.pattern.pattern):
            continue
        match = rule.pattern.search(sentence.string)
        if match is None or negated(sentence.string, match):
            continue
        own = End(match.group("target"), own=True)
        if not timed:
            yield from _by_groups(outline, clause, sentence, rule, match)
            continue
        told = _ending(sentence.string, match.end("when"), rule, profile)
        if told is None and rule.kind == "expires" and rule.follows is not None and rule.follows.match(sentence.string, match.end("when")):
            relation = act(outline, "expires", own, sentence[match.start() : len(sentence)], f"life.{rule.name}", Effect(Day(), "not read"))
            doubts.append(doubt_of(_unread(relation.evidence[0].quote), relation))
            yield replace(relation, affecting=replace(own, eid=clause.eid), certainty="doubtful")
        elif told is not None:
            relation = act(outline, "expires", own, sentence[match.start() : told.end], f"life.{rule.name}", None)
            yield _ended(replace(relation, affecting=replace(own, eid=clause.eid)), told, outline, profile, effect, doubts)


def _by_groups(outline: Outline, clause: Clause, sentence: Text, rule: Rule, match: re.Match[str]) -> Iterator[Relation]:
    """A rule that says by the names of its groups what stands in it: a last day, or a condition."""
    groups = match.groupdict()
    relation = act(outline, "expires", End(match.group("target"), own=True), sentence[match.start() : match.end()], f"life.{rule.name}", None)
    relation = replace(relation, affecting=End(match.group("target"), own=True, eid=clause.eid))
    if groups.get("condition"):
        yield replace(relation, condition=groups["condition"].strip(" ."))
    elif groups.get("through"):
        found = read_date(groups["through"])
        yield replace(relation, effect=Effect(found.day if found else Day(), f"{groups['through']} is the last day"), certainty="certain" if found and found.day.on else "doubtful")


def field_ends(outline: Outline, profile: Profile, effect: Effect | None, doubts: list[Finding]) -> Iterator[Relation]:
    """The end that a field of the heading gives the paper."""
    for role, value in outline.heading.fields:
        if role != "expires" or not value or _NO_END.match(value.string):
            continue
        told = read_time(value.string, 0, "ends", profile)
        relation = act(outline, "expires", End("this paper", own=True), value, "field.expires", Effect(Day(), "not read"), source="field")
        if told is None:
            doubts.append(doubt_of(_unread(value.string), relation))
            yield replace(relation, certainty="doubtful")
        else:
            yield _ended(relation, told, outline, profile, effect, doubts)


def _ending(words: str, at: int, rule: Rule, profile: Profile) -> TimeWords | None:
    """The end that stands behind a lead, or behind the beginning that it says first."""
    if rule.kind == "expires":
        return read_time(words, at, "ends", profile) if rule.follows is None or rule.follows.match(words, at) else None
    begins = read_time(words, at, "begins", profile)
    follows = GOES_ON.match(words, begins.end if begins else at)
    return read_time(words, follows.end(), "ends", profile) if follows else None


def _ended(relation: Relation, told: TimeWords, outline: Outline, profile: Profile, effect: Effect | None, doubts: list[Finding]) -> Relation:
    if told.reading == "condition":
        return replace(relation, condition=told.condition, effect=None)
    day, basis, doubt = _last_day(told, outline, profile, effect)
    if doubt is not None:
        doubts.append(doubt_of(doubt, relation))
    return replace(relation, effect=Effect(day, basis), certainty="certain" if day != Day() else "doubtful")


def doubt_of(doubt: Doubt, relation: Relation) -> Finding:
    """What is doubtful about an act, with its words."""
    return Finding(*doubt, relation.evidence)


def _unread(words: str) -> Doubt:
    message = f'"{words.strip()}" says when the paper is over, in words that no row of the table of time words reads. Nothing is guessed: when it ended is not established until a person reads it.'
    return "dates.time-unread", "blocker", message


def _last_day(told: TimeWords, outline: Outline, profile: Profile, effect: Effect | None) -> tuple[Day, str, Doubt | None]:
    """The last day in force (with the hour at which it is over, where one is stated), why, and what is doubtful about it."""
    day, words = told.day, told.words
    if told.reading == "lapse":
        return lapse(told, outline, profile, effect)
    if told.reading == "no-width":
        message = f'"{words}" names no day but a time about it, and how wide that is no paper says: when the paper ended is not established until a person sets it.'
        return Day(), "how wide that is, is not said", ("dates.no-width", "blocker", message)
    first, last = day.first, day.last
    if told.reading == "unread" or first is None or last is None:
        return Day(), "not read", _unread(words)
    if told.reading == "midnight":
        message = f'"{words}" names midnight, which is the first moment of that day or its end: whether that day is within is not established until a person says which is meant.'
        return Day(earliest=_before(first), latest=last), f"{words}: midnight of which end of the day is not said", ("dates.midnight", "doubt", message)
    if told.reading == "until-day" and not day.hour:
        message = f'"{words}" does not say whether that day itself is within: the day before is, the day after is not, and the day itself is not established.'
        return Day(earliest=_before(first), latest=last), f"{words}: whether the day itself is within is not said", ("dates.day-open", "doubt", message)
    if day.on is None:
        return (Day(on=last) if _WHOLE.search(words) else Day(earliest=first, latest=last)), f"{words} is the last day", None
    if day.hour == DAWN:
        return Day(on=_before(day.on)), f"{words}: over with the day before", None
    return (Day(on=day.on) if day.hour == DUSK else day), f"{words} is the last day", None


def lapse(told: TimeWords, outline: Outline, profile: Profile, effect: Effect | None) -> tuple[Day, str, Doubt | None]:
    """A stretch of time from the day of effect, or of issue where the words say so."""
    issued = next((d.day for d in outline.heading.dates_of("issued")), Day())
    start = issued if told.of_issue else effect.day if effect is not None else Day()
    first, last, count = start.first, start.last, told.count
    if first is None or last is None or count is None or first.year + count > 9000:
        message = f'"{told.words}" is counted from a day that is not established, so the last day is not either. The day of effect could settle it.'
        return Day(), "counted from a day that is not established", ("dates.time-unread", "blocker", message)
    since = f"{told.words}, counted from {long_date(first)}"
    if told.unit == "hour":
        if start.on is not None and start.hour not in (None, DUSK):
            on, hour = later(start.on, str(start.hour), count, ZoneInfo(profile.time_zone))
            return Day(on=on, hour=hour), f"{since} at {start.hour}", None
        over, hour = later(first, DAWN, count, ZoneInfo("UTC"))
        done, done_at = later(last + timedelta(days=1), DAWN, count, ZoneInfo("UTC"))
        message = f'"{told.words}" is counted from {long_date(first)}, and the hour of that day is not stated: on which day it was over is known only within bounds.'
        bounds = Day(earliest=_before(over), latest=_before(done) if done_at == DAWN else done)
        return bounds, f"{since}, whose hour is not stated", ("dates.day-open", "doubt", message)
    if told.unit in ("day", "week"):
        length = timedelta(days=count * (7 if told.unit == "week" else 1))
        ends = Day(on=first + length) if first == last else Day(earliest=first + length, latest=last + length)
        return ends, f"{since}, the first day excluded and the last included", None
    months = count * (12 if told.unit == "year" else 1)
    message = f'"{told.words}" ends on the day that bears the same number, or on the day before it; which of the two is the last day is not said, and that day is not established.'
    return Day(earliest=_before(_months_on(first, months)), latest=_months_on(last, months)), since, ("dates.day-open", "doubt", message)


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day
