"""The words that say from when a paper is in effect, read by the table of time words; what hangs on other dates of the paper is settled when all are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from lineage.clauses.dating import FIRST_WORDS, date_field
from lineage.clauses.gathered import Gathered
from lineage.model import Block, Body, DateReading, Day, Evidence, Finding, Severity, Text, evidence_of
from lineage.model.dates import DATE_PATTERN, find_dates, long_date, read_date
from lineage.profiles import GOES_ON, Profile, Rule, TimeWords, read_time, two_midnights

Doubt = tuple[str, Severity, str]  # code, severity and message of a finding
RETROACTIVE = "retroactive by its own words"
_UNREAD_BEFORE = re.compile(r"\b(?:before|by|later|than|within|pending|subject|unless|until)\b", re.IGNORECASE)
_BODIES = re.compile(r"council|commission|board|committee|trustees|mayor|court|legislature|chief|sheriff|superintendent", re.IGNORECASE)


def timed_field(value: Text, body: Body, profile: Profile, out: Gathered) -> bool:
    """Read a field of the effect by its time words; false where it is a plain date, or none, which the reader of dates reads."""
    told = read_time(value.string, 0, "begins", profile)
    if told is None:
        return _unread_field(value, body, profile, out)
    if told.reading == "first-moment":
        rest = _until(value.string, told.end, profile)
        if rest is None and told.day.hour is None:
            return False
        _first_moment(told, value, "field.effective", body, profile, out)
        if rest is not None:
            out.fields.append(("expires", value[rest:].strip()))
        return True
    out.timed.append((told, value[told.start : told.end], f"time_word.{told.rule.name}"))
    return True


def _unread_field(value: Text, body: Body, profile: Profile, out: Gathered) -> bool:
    """A field that says until when, or whose words before the date make it another time."""
    if read_time(value.string, 0, "ends", profile) is not None:
        out.fields.append(("expires", value))
        return True
    first = next(find_dates(value.string, profile.numeric_dates), None)
    if first is None or not _UNREAD_BEFORE.search(value.string[: first.start]):
        return False
    _unread(value, "time_word", body, out)
    return True


def _until(words: str, at: int, profile: Profile) -> int | None:
    """Where the end of a stretch begins whose beginning is read, if one follows."""
    match = GOES_ON.match(words, at)
    return match.end() if match and read_time(words, match.end(), "ends", profile) is not None else None


def read_leads(body: Body, profile: Profile, out: Gathered) -> None:
    """The sentences that say from when the paper is in effect: at its opening, and wherever it speaks of itself by name."""
    opening = Text.join((b.text for b in _opening(body)), "\n")[:FIRST_WORDS]
    for rule in profile.life:
        if rule.kind not in ("effective", "expires") or "(?P<when>" not in rule.pattern.pattern:
            continue
        own = "(?P<target>" in rule.pattern.pattern
        for text in (b.text for b in body.blocks if "his" in b.text.string) if own else (opening,):
            match = rule.pattern.search(text.string)
            if match is not None and not _asks(text.string[: match.start()]):
                _lead(rule, match, text, body, profile, out)


def _opening(body: Body) -> Iterator[Block]:
    for block in body.blocks[:20]:
        if block.marker:
            return  # a numbered clause speaks of its own matter
        yield block


def _asks(before: str) -> bool:
    """Whether the words before a lead make it a condition of something else."""
    return re.search(r"\b(?:if|unless|whether|until|before|after|when|whenever)\s+$", before, re.IGNORECASE) is not None


def _lead(rule: Rule, match: re.Match[str], text: Text, body: Body, profile: Profile, out: Gathered) -> None:
    at, name = match.end("when"), f"life.{rule.name}"
    told = read_time(text.string, at, "begins", profile)
    if rule.kind == "expires":  # "in effect from July 1 through July 31" says both
        if told is not None and told.reading == "first-moment" and told.words.lower().startswith("from"):
            _first_moment(told, text, name, body, profile, out)
        return
    if told is None:
        if read_time(text.string, at, "ends", profile) is None and rule.follows is not None and rule.follows.match(text.string, at):
            end = re.compile(r"[.;\n]|$").search(text.string, at)
            _unread(text[match.start() : end.start() if end else len(text)], name, body, out)
    elif told.reading == "first-moment":
        _first_moment(told, text, name, body, profile, out)
        whole = text[match.start() : told.end]
        if any(b.text.string.strip() == whole.string.strip() for b in body.blocks):
            out.lines.append(whole.strip())  # a line that is nothing but this is a field of the heading, and no clause
    else:
        begin = match.start() if told.reading in ("issue", "unread") else told.start
        out.timed.append((told, text[begin : told.end], name))


def _first_moment(told: TimeWords, text: Text, name: str, body: Body, profile: Profile, out: Gathered) -> None:
    words = text[told.start : told.end]
    known = len(out.dates)
    date_field("effective", words, name, body, profile, out)
    if told.day.hour is not None:
        for at in range(known, len(out.dates)):
            reading = out.dates[at]
            if reading.day.on is not None and reading.day.hour is None:
                out.dates[at] = replace(reading, day=Day(on=reading.day.on, hour=told.day.hour), raw=words.string)


def settle_times(body: Body, profile: Profile, out: Gathered) -> None:
    """Make dates of the time words that were found, now that the paper's issue is known."""
    issued = next((d for d in out.dates if d.role == "issued"), None)
    for told, words, rule in out.timed:
        evidence = evidence_of(words, body.item, rule)
        if _told_already(evidence, out):
            continue  # a field that is an opening line as well
        day, basis, finding = _meaning(told, issued)
        sure = told.reading not in ("unread", "no-width") and day != Day()
        both = evidence + (issued.evidence if issued and told.reading == "issue" else ())
        if told.reading == "approval":
            continue
        if finding is not None:
            out.findings.append(Finding(*finding, evidence))
        out.dates.append(DateReading("effective", day, words.string, evidence[0].page, both, basis=basis, certainty="certain" if sure else "doubtful"))
    for told, words, rule in out.timed:
        if told.reading == "approval":
            _approval(told, words, rule, body, issued, out)


def _meaning(told: TimeWords, issued: DateReading | None) -> tuple[Day, str, Doubt | None]:
    """The day, what says so, and what is doubtful about it."""
    day, reading, words = told.day, told.reading, told.words
    on = issued.day.on if issued else None
    if reading == "issue":
        return (issued.day if issued else Day()), ("the issue date, hour open" if issued and not issued.day.hour else "the issue date" if issued else "no issue date is held"), None
    if reading == "retroactive":
        return day, RETROACTIVE, None
    if reading == "day-open":
        if day.hour:
            return day, "", None
        message = f'"{words}" does not say whether that day itself is within: the day before is not, the day after is, and the day itself is not established.'
        return two_midnights(day), "whether the day itself is within is not said", ("dates.day-open", "doubt", message)
    if reading == "midnight":
        message = f'"{words}" names midnight, which is the first moment of that day or its end: that day is not established until a person says which is meant.'
        return two_midnights(day), "midnight of which end of the day is not said", ("dates.midnight", "doubt", message)
    if reading == "no-width":
        message = f'"{words}" names no day but a time about it, and how wide that is no paper says: from when the paper is in effect is not established until a person sets it.'
        return Day(), "how wide that is, is not said", ("dates.no-width", "blocker", message)
    if reading in ("days-after-issue", "within-days-of-issue") and on is not None and told.count is not None:
        last = on + timedelta(days=told.count)
        if reading == "days-after-issue":
            return Day(on=last), f"counted from the issue on {long_date(on)}, the first day excluded", None
        return Day(earliest=on + timedelta(days=1), latest=last), f"within {told.count} days of the issue on {long_date(on)}", None
    return Day(), "not read", _unread_finding(words)


def _unread_finding(words: str) -> Doubt:
    return (
        "dates.time-unread",
        "blocker",
        f'"{words.strip()}" says from when the paper is in effect, in words that no row of the table of time words reads. Nothing is guessed: from when it is in effect is not established until a person reads it.',
    )


def _unread(words: Text, rule: str, body: Body, out: Gathered) -> None:
    evidence = evidence_of(words, body.item, rule if "." in rule else f"{rule}.unread")
    if _told_already(evidence, out):
        return
    out.findings.append(Finding(*_unread_finding(words.string), evidence))
    out.dates.append(DateReading("effective", Day(), words.string.strip(), evidence[0].page, evidence, basis="not read", certainty="doubtful"))


def _told_already(evidence: tuple[Evidence, ...], out: Gathered) -> bool:
    """Whether a date of effect is read from within the same words, or from words around them."""
    first, last = evidence[0], evidence[-1]
    return any(d.role == "effective" and d.evidence and d.evidence[0].page == first.page and d.evidence[0].start < last.end and first.start < d.evidence[-1].end for d in out.dates)


def _approval(told: TimeWords, words: Text, rule: str, body: Body, issued: DateReading | None, out: Gathered) -> None:
    """In effect on approval by another: from the approval that the paper itself proves, and not before any proof of it, whatever day is printed."""
    evidence = evidence_of(words, body.item, rule)
    printed = [d for d in out.dates if d.role == "effective"]
    firsts = [d.day.first for d in printed if d.day.first] + [day for day in (told.day.first,) if day]
    proof = _proof(told.condition, body)
    if proof is not None:
        day, basis = Day(on=max([proof, *firsts])), f"approved on {long_date(proof)}"
    else:
        first = max([*firsts, *([issued.day.first] if issued and issued.day.first else [])], default=None)
        day, basis = Day(earliest=first), "not before proof of approval"
        message = f'"{words.string.strip()}": the paper is in effect on approval by {told.condition}, and no paper held shows that approval. It is not in effect before it, whatever day is printed; the minutes of the approval could settle it.'
        out.findings.append(Finding("dates.approval-open", "blocker", message, evidence))
    out.dates[:] = [replace(d, day=day, basis=basis, certainty="likely") if d in printed else d for d in out.dates]
    out.dates.append(DateReading("effective", day, words.string.strip(), evidence[0].page, evidence, basis=basis, certainty="certain" if proof else "doubtful"))


def _proof(condition: str, body: Body) -> date | None:
    """The day on which the paper says that the approval was given."""
    named = _BODIES.search(condition)
    if named is None:
        return None
    pattern = re.compile(rf"(?i:approved|adopted|ratified)\s+(?i:by)\s+[^.\n]{{0,60}}?(?i:{named.group()})[^.\n\d]{{0,20}}?\s(?P<on>{DATE_PATTERN})")
    for block in body.blocks:
        match = pattern.search(block.text.string)
        found = read_date(match["on"]) if match else None
        if found is not None and found.day.on is not None:
            return found.day.on
    return None


def retroactive_act(effective: DateReading, issued: DateReading) -> Finding:
    """That a paper is in effect from before its issue because it says so itself: the two answers that such days have."""
    return Finding(
        "dates.retroactive",
        "doubt",
        f'The paper was issued on "{issued.raw}" and is retroactive by its own words ("{effective.raw}"): as published by then it was not in effect on the days between, as now deemed it was. '
        "Which of the two counts is a question of law.",
        effective.evidence + issued.evidence,
    )
