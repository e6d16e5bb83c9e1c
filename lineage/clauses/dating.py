"""Dates in their roles: from fields, from words near the start, from stamps. An impossible day is kept raw, with a finding."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from lineage.clauses.edges import edge_words
from lineage.clauses.gathered import Gathered
from lineage.model import Block, Body, DateReading, DateRole, Day, Evidence, Finding, Text, confusion, evidence_of
from lineage.model.dates import FoundDate, find_dates, find_months, long_date, near_dates, read_date
from lineage.model.hours import HOUR_PATTERN, read_hour
from lineage.profiles import Profile, Rule, settled_hour

LIFE_ROLES: dict[str, DateRole] = {"effective": "effective", "edition": "edition", "revised": "revised", "reviewed": "reviewed", "approved": "approved"}
HOUR = re.compile(rf"\s*,?\s*(?:at\s|@)?\s*(?P<hour>{HOUR_PATTERN})", re.IGNORECASE)  # "at 0001 hours": kept with the words of its day
FIGURE = re.compile(r"\d")
STROKES = re.compile(r"\d[\d/]*/[\d/]*\d")
SHORT_YEAR = "a year of two figures, read as of 1950 to 2049"
MOST_HINTS = 6
PROSE_CHARS = 160
FIRST_WORDS = 2500  # "Effective immediately" is looked for in so many characters at the start of the body


def date_field(role: DateRole, value: Text, rule: str, body: Body, profile: Profile, out: Gathered) -> None:
    """Every date of a labelled value, in its role; months in figures count here ("06/91"). What has figures and no date, or the strokes of one, is a finding."""
    found = list(find_dates(value.string, profile.numeric_dates))
    months = [m for m in find_months(_blanked(value.string, found)) if profile.numeric_dates]
    for one in sorted((*found, *months), key=lambda d: d.start):
        hour = HOUR.match(value.string, one.end)
        quote = value[one.start : hour.end() if hour else one.end]
        at_hour = read_hour(hour["hour"]) if hour and one.day.on else None
        evidence = evidence_of(quote, body.item, rule)
        if any(d.role == role and (d.raw == quote.string or (d.evidence[0].page, d.evidence[0].start) == (evidence[0].page, evidence[0].start)) for d in out.dates):
            continue
        if one.impossible:
            out.findings.append(impossible(role, one, evidence))
        basis = SHORT_YEAR if one.two_digit_year else ""
        if one in months and one.two_digit_year and int(one.raw[-2:]) <= 31:
            basis = f"a month and {SHORT_YEAR}"
            out.findings.append(_month_or_day(role, one, evidence))
        out.dates.append(DateReading(role, settled_hour(replace(one.day, hour=at_hour)), quote.string, evidence[0].page, evidence, basis=basis))
    if not found and not months and (days := confusion.dates(value.string)):
        _misread(role, days, value, rule, body, out)
    else:
        _unread(role, value, [*found, *months], rule, body, out)


def _blanked(words: str, found: Iterable[FoundDate]) -> str:
    """The words with blanks where the dates stand, so that offsets stay."""
    for one in found:
        words = words[: one.start] + " " * (one.end - one.start) + words[one.end :]
    return words


def _unread(role: DateRole, value: Text, found: list[FoundDate], rule: str, body: Body, out: Gathered) -> None:
    """What was not read of the value: all of it where it has figures and no date, else what has the strokes of a date."""
    left = _blanked(value.string, found)
    spans = [m.span() for m in STROKES.finditer(left)] if found else [(0, len(left))] if re.search(r"\d", left) else []
    for start, end in spans:
        words = value[start:end].strip()
        evidence = evidence_of(words, body.item, rule)
        if any(d.role == role and d.raw == words.string for d in out.dates):
            continue
        out.dates.append(DateReading(role, Day(), words.string, evidence[0].page, evidence, certainty="doubtful"))
        message = f'The {role} date "{words.string}" on page {evidence[0].page} has no shape of a date that is known; a person must read it.{hint(words.string)}'
        out.findings.append(Finding("dates.unreadable", "doubt", message, evidence))


def hint(raw: str) -> str:
    """The days that the words may have been meant for, as a sentence; none is ever chosen."""
    days = near_dates(raw)
    if not days or len(days) > MOST_HINTS:
        return ""
    return f" One slip of the keys away {'is' if len(days) == 1 else 'are'} {', '.join(d.isoformat() for d in days)}; that is a hint, and no reading."


def _month_or_day(role: str, found: FoundDate, evidence: tuple[Evidence, ...]) -> Finding:
    message = f'The {role} date "{found.raw}" on page {evidence[0].page} is read as a month and a year; it may also be a day whose year is left out. A person should look.'
    return Finding("dates.month-or-day", "doubt", message, evidence)


def _misread(role: DateRole, days: list[date], value: Text, rule: str, body: Body, out: Gathered) -> None:
    """A value that is no date as it was read, and one if OCR misread a figure or a stroke of it: kept as written, with the day or its bounds as doubtful."""
    evidence = evidence_of(value, body.item, rule)
    day = Day(on=days[0]) if len(days) == 1 else Day(earliest=days[0], latest=days[-1])
    said = " or ".join(map(long_date, days))
    out.dates.append(DateReading(role, day, value.string, evidence[0].page, evidence, basis=f"{said}, if OCR misread it", certainty="doubtful"))
    message = f'The {role} date "{value.string}" on page {evidence[0].page} is no date as it was read; it is {said} if OCR misread it. A person must look at the page.'
    out.findings.append(Finding("dates.misread", "doubt", message, evidence))


def impossible(role: str, found: FoundDate, evidence: tuple[Evidence, ...]) -> Finding:
    """The finding for a date that has the shape of one and is none."""
    return Finding(
        "dates.impossible",
        "blocker" if role in ("stamp", "effective") else "doubt",
        f'The {role} date "{found.raw}" on page {evidence[0].page} is no day of the calendar. It is kept as written; what rests on it is not established until a person reads it.{hint(found.raw)}',
        evidence,
    )


def life_dates(body: Body, profile: Profile, out: Gathered) -> None:
    """Effective, edition and revision words near the start of the paper; a pending date inside the title."""
    opening = list(itertools.takewhile(lambda b: not b.marker, body.blocks[:20]))  # a numbered clause speaks of its own matter
    text = Text.join((b.text for b in opening), "\n")[:FIRST_WORDS]
    for rule in profile.life:
        if rule.kind == "effective-title":
            _pending(rule, body, profile, out)
        if rule.kind == "edition":
            _printed(rule, body, profile, out)
        if rule.kind == "observed":
            _current(rule, body, profile, out)
        match = rule.pattern.search(text.string) if rule.kind in LIFE_ROLES else None
        if match is None or "when" in match.groupdict():
            continue
        _whole_line(text[match.start() : match.end()], opening, out)
        group = next(name for name, words in match.groupdict().items() if words)
        date_field(LIFE_ROLES[rule.kind], text[match.start(group) : match.end(group)], f"life.{rule.name}", body, profile, out)


def bare_date(body: Body, profile: Profile, out: Gathered) -> None:
    """The one day that stands alone in the heading of a paper that labels none: the day of the paper."""
    if any(d.role not in ("approved", "reviewed") for d in out.dates):
        return
    heading = list(itertools.takewhile(lambda b: (not b.marker or b.cells) and len(b.text) < PROSE_CHARS and b.hint != "item", body.blocks[:12]))
    lines = [Text.of(line).strip() for block in heading for line in block.text.lines()]
    alone = [text for text in lines if (one := read_date(text.string)) is not None and one.day.on is not None and (profile.numeric_dates or not one.raw[0:1].isdigit())]
    if len(alone) == 1:
        date_field("issued", alone[0], "heading.bare-date", body, profile, out)
        out.lines.append(alone[0])


def _printed(rule: Rule, body: Body, profile: Profile, out: Gathered) -> None:
    """The day of the edition as the pages' edges bear it."""
    for words in edge_words(body):
        match = rule.pattern.search(words.string)
        group = next((name for name, found in match.groupdict().items() if found), None) if match else None
        if match is not None and group is not None:
            date_field("edition", words[match.start(group) : match.end(group)], f"life.{rule.name}", body, profile, out)


def _current(rule: Rule, body: Body, profile: Profile, out: Gathered) -> None:
    """A day of which the paper says, wherever it stands, that it was current then."""
    for words in (*(block.text for block in body.blocks), *edge_words(body)):
        for match in rule.pattern.finditer(words.string) if FIGURE.search(words.string) else ():  # no day is without one
            group = next((name for name, found in match.groupdict().items() if found), None)
            if group is not None:
                date_field("observed", words[match.start(group) : match.end(group)], f"life.{rule.name}", body, profile, out)


def _whole_line(words: Text, blocks: list[Block], out: Gathered) -> None:
    """A line that is nothing but a date with its word ("Revised March 2016") is a field of the heading, and no clause."""
    if any(b.text.string.strip() == words.string.strip() for b in blocks):
        out.lines.append(words.strip())


def _pending(rule: Rule, body: Body, profile: Profile, out: Gathered) -> None:
    match = rule.pattern.search(out.title.string)
    if match is None:
        return
    date_field("title", out.title[match.start("on") : match.end("on")], f"life.{rule.name}", body, profile, out)
    out.title = out.title[: match.start()].strip()


def stamp_dates(body: Body, profile: Profile, out: Gathered) -> None:
    """The dates of the stamps on the paper."""
    issued = next((d.day.first for d in out.dates if d.role in ("issued", "effective", "title") and d.day.first), None)
    for piece in body.furniture:
        if piece.kind != "stamp":
            continue
        rule, match = next(((r, m) for r in profile.stamp if (m := r.pattern.search(piece.text))), (None, None))
        if rule is None or match is None or not match.group("on"):
            continue
        raw = match.group("on")
        one = next(iter(find_dates(raw)), None)
        evidence = tuple(piece.evidence)
        if one is None or one.impossible:
            found = one or FoundDate(0, len(raw), raw, Day())
            out.findings.append(impossible("stamp", found, evidence))
            out.dates.append(DateReading("stamp", Day(earliest=issued), raw, evidence[0].page, evidence, certainty="doubtful", basis="not before the paper itself"))
            continue
        basis = SHORT_YEAR if one.two_digit_year else ""
        out.dates.append(DateReading("stamp", one.day, raw, evidence[0].page, evidence, basis=basis))
        _before_paper(one.day.on, issued, raw, evidence, out)


def _before_paper(on: date | None, issued: date | None, raw: str, evidence: tuple[Evidence, ...], out: Gathered) -> None:
    if on is not None and issued is not None and on < issued:
        out.findings.append(Finding("dates.stamp-before-issue", "doubt", f'The stamp "{raw}" is of a day before the paper itself ({issued.isoformat()}); one of the two is misread or mistaken.', evidence))


def centuries(out: Gathered) -> None:
    """A year of two figures whose other century is nearer to the paper's other dates is not chosen: both days bound it, and a finding asks.

    The other dates are those with a year of four figures; where there is none, those with two.
    """
    short = [d for d in out.dates if d.basis == SHORT_YEAR and d.day.on is not None]
    full = [d.day.first for d in out.dates if d not in short and d.day.first is not None]
    for reading in short:
        on = reading.day.on
        family = full or [d.day.on for d in short if d is not reading and d.day.on is not None]
        other = _other_century(on) if on is not None else None
        if on is None or other is None or not family or min(abs(on - d) for d in family) <= min(abs(other - d) for d in family):
            continue
        first, last = sorted((on, other))
        out.dates[out.dates.index(reading)] = replace(reading, day=Day(earliest=first, latest=last), basis=f"{long_date(first)} or {long_date(last)}", certainty="doubtful")
        message = (
            f'The {reading.role} date "{reading.raw}" on page {reading.page} has a year of two figures: it may be {long_date(first)} or {long_date(last)}, and the century that such years '
            "are usually of is the farther one from the paper's other dates. Neither is chosen; a person must look."
        )
        out.findings.append(Finding("dates.century", "blocker" if reading.role in ("stamp", "effective") else "doubt", message, reading.evidence))


def _other_century(on: date) -> date | None:
    try:
        return on.replace(year=on.year + (100 if on.year < 2000 else -100))
    except ValueError:
        return None  # the 29th of February of a year that has none
