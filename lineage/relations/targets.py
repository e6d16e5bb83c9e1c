"""Names of rules in words: a reference in a sentence, a list of targets in a Rescinds field."""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from lineage.model import End, Text
from lineage.model.dates import FoundDate, find_dates, read_date
from lineage.profiles import Profile, Rule
from lineage.relations.misreadings import STRAY

JOINS = re.compile(r"\s*\n\s*|\s*;\s*(?:and\s+)?|\s*,\s*(?:and\s+|or\s+)?|\s+and\s+|\s*&\s*", re.IGNORECASE)
JOINED = re.compile(rf"(?:{JOINS.pattern}|\s+(?:and/)?or\s+|\s+through\s+|\s*[-–]\s*)(?P<number>\d+(?:\.\d+)+|[A-Z]{{1,2}}-?\d+(?:-\d+)*|\d+-\d+)(?![\w])")
OR = re.compile(r"\W*\b(?:and/)?or\b\W*", re.IGNORECASE)
# Words that may stand in an own version's name without naming anything else.
_VERSION_WORDS = re.compile(r"\b(?:version|dated|issued|of|the|effective|previous|prior|edition|on|revision|revised)\b|[\s.,;:()\-–]", re.IGNORECASE)


class Target(Struct, frozen=True):
    """One name in a list: its words, and what they say; ``span`` is where it stands in the list."""

    text: Text
    end: End
    doubtful: bool = False
    span: tuple[int, int] = (0, 0)


def reference(text: Text, profile: Profile, rule: Rule, match: re.Match[str]) -> End:
    """What a reference pattern matched, taken apart. The mention is the whole of its words."""
    groups = match.groupdict()
    series = rule.series
    if groups.get("series"):
        named = profile.series_named(groups["series"])
        series = named.id if named else series
    number = re.sub(r"\s+", "", groups.get("number") or "") or None
    end = match.end()
    if number and end == match.end("number") and (stray := STRAY.match(text.string, end)):
        number, end = number + stray["figure"], stray.end()
    by_number = profile.series_of_number(number) if number else None
    dated = read_date(groups["dated"]) if groups.get("dated") else None
    version = read_date(groups["version"]) if groups.get("version") else None
    return End(
        mention=text.string[match.start() : end],
        series=by_number.id if by_number else series,
        number=number,
        title=(groups.get("title") or "").strip() or None,
        dated=dated.day.on if dated else None,
        version_on=version.day.on if version else None,
    )


def in_sentence(text: Text, profile: Profile) -> list[Target]:
    """Every rule named in a stretch of a sentence: "Sections 6.8.5 and 7.1.2.1" is two of one series."""
    found: list[Target] = []
    at = 0
    while at < len(text):
        best: tuple[re.Match[str], Rule] | None = None
        for rule in profile.reference:
            match = rule.pattern.search(text.string, at)
            if match and (best is None or match.start() < best[0].start()):
                best = (match, rule)
        if best is None:
            break
        match, rule = best
        found.append(Target(text[match.start() : match.end()], reference(text, profile, rule, match)))
        at = match.end()
        found, at = _more_numbers(text, at, found, profile)
    return found


def _more_numbers(text: Text, at: int, found: list[Target], profile: Profile) -> tuple[list[Target], int]:
    """Bare numbers joined to the reference before them, of the same series."""
    series = found[-1].end.series
    while match := JOINED.match(text.string, at):
        if any(rule.pattern.match(text.string, match.start("number")) for rule in profile.reference):
            break
        words = text[match.start("number") : match.end("number")]
        found.append(Target(words, End(words.string, series=series, number=words.string)))
        at = match.end()
    return found, at


def alternatives(words: str, targets: list[Target]) -> bool:
    """Whether the targets named in these words are joined by "or": then it is not said which of them is meant."""
    at = 0
    for before, after in pairwise(targets):
        at = words.find(before.text.string, at) + len(before.text)
        if OR.fullmatch(words[at : words.find(after.text.string, at)]):
            return True
    return False


def in_field(value: Text, profile: Profile) -> list[Target]:
    """The targets of a Rescinds, Amends or Supersedes field.

    ``"12 June 2015 Version; U04-02"`` is an earlier version of the paper itself and another number. A date with a number is that number's version; further dates
    after ``issued`` are further versions of it. A list that is cut by nothing but a blank ("U9161.203 U9161.208") is two numbers.
    """
    found: list[Target] = []
    for start, end, joined_by in _parts(value, profile):
        part = value[start:end]
        numbers = list(_numbers(part, profile))
        dates = [d for d in find_dates(part.string, profile.numeric_dates) if not any(n.start() < d.end and d.start < n.end() for n in numbers)]
        if numbers:
            found.extend(_numbered(value, start, end, numbers, dates, profile))
        elif dates:
            found.extend(_without_number(value, start, end, dates, found, joined_by))
    return found


def _numbered(value: Text, start: int, end: int, numbers: list[re.Match[str]], dates: list[FoundDate], profile: Profile) -> list[Target]:
    """A part with numbers: each number with the dates that stand with it."""
    part = value[start:end]
    found: list[Target] = []
    for at, match in enumerate(numbers):
        begin = match.start()
        until = numbers[at + 1].start() if at + 1 < len(numbers) else len(part)
        mine = [d for d in dates if begin <= d.start < until or (at == 0 and d.start < begin)]
        first = min([begin, *(d.start for d in mine)]) if at == 0 else begin
        number = re.sub(r"\s+", "", match.group())
        named = profile.series_of_number(number) or profile.series_named(part.string[:begin])
        versions: list[FoundDate | None] = [*mine] or [None]
        for d in versions:
            words = part[first:until].strip()
            end_ = End(words.string, number=number, series=named.id if named else None, version_on=d.day.on if d else None)
            found.append(Target(words, end_, bool(d and d.day.on is None), (start + first, end)))
    return found


def _without_number(value: Text, start: int, end: int, dates: list[FoundDate], before: list[Target], joined_by: str) -> list[Target]:
    """A part that has a date and no number: a version of the number before it, or of the paper itself."""
    part = value[start:end]
    last = before[-1] if before else None
    if last is None or not last.end.number or ";" in joined_by:
        return [Target(part, End(part.string, own=True, version_on=d.day.on), d.day.on is None, (start, end)) for d in dates]
    titled = bool(_VERSION_WORDS.sub("", _without(part.string, dates)))
    listed = last.end.version_on is not None and not re.search("version", part.string, re.IGNORECASE)
    said = re.match(r"\s*(?:issued|dated)\b", part.string, re.IGNORECASE)
    if last.end.version_on is None and (titled or said):
        # "U06-03-01 Utility Cap- Baseball Type, Sworn dated 12 June 2015", "D-52, issued 08/18/00": the words run on from the number.
        before.pop()
        words = value[last.span[0] : end].strip()
        return [Target(words, replace(last.end, mention=words.string, version_on=d.day.on), d.day.on is None, (last.span[0], end)) for d in dates]
    if listed or titled:
        return [Target(part, replace(last.end, mention=part.string, version_on=d.day.on), d.day.on is None, (start, end)) for d in dates]
    return [Target(part, End(part.string, own=True, version_on=d.day.on), d.day.on is None, (start, end)) for d in dates]


def _without(words: str, dates: list[FoundDate]) -> str:
    for d in reversed(dates):
        words = words[: d.start] + words[d.end :]
    return words


def _numbers(part: Text, profile: Profile) -> list[re.Match[str]]:
    """Numbers of rules in a part: what is no piece of a date."""
    taken = [(d.start, d.end) for d in find_dates(part.string, profile.numeric_dates)]
    return [
        m
        for m in profile.number.finditer(part.string)
        if not any(s < m.end() and m.start() < e for s, e in taken) and not part.string[m.end() :].lstrip().startswith("version of") and re.search(r"\d", m.group())
    ]


def _parts(value: Text, profile: Profile) -> list[tuple[int, int, str]]:
    """Where the value is cut at its joining words, but never inside a date: half-open offsets, and the words that join the part to the one before."""
    dates = list(find_dates(value.string, profile.numeric_dates))
    parts: list[tuple[int, int, str]] = []
    at, joined_by = 0, ""
    for match in JOINS.finditer(value.string):
        if any(d.start < match.end() and match.start() < d.end for d in dates):
            continue
        parts.append((at, match.start(), joined_by))
        at, joined_by = match.end(), match.group()
    parts.append((at, len(value), joined_by))
    return [part for part in parts if value.string[part[0] : part[1]].strip()]
