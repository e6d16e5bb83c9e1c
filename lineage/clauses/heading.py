"""The heading of a paper: series, number, title, dates with their roles, and every labelled value."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from datetime import date

from lineage.clauses.fields import Labelled, labelled
from lineage.model import (
    Block,
    Body,
    DateReading,
    DateRole,
    Day,
    Evidence,
    Finding,
    Furniture,
    FurnitureKind,
    Heading,
    Text,
    evidence_of,
    reader_title,
)
from lineage.model.dates import FoundDate, find_dates
from lineage.profiles import Profile, Rule

DATE_FIELDS: tuple[DateRole, ...] = ("issued", "effective", "revised", "reviewed", "approved", "edition")
LIFE_ROLES: dict[str, DateRole] = {"effective": "effective", "edition": "edition", "revised": "revised", "reviewed": "reviewed"}
HEAD_CHARS = 3000
KNOWN_GROUPS = frozenset(("series", "number", "title", "issued"))
LETTERHEAD_CHARS = 160
FIRST_WORDS = 2500  # "Effective immediately" is looked for in so many characters at the start of the body


@dataclass(slots=True)
class _Reading:
    """What is gathered while a heading is read."""

    series: str = ""
    number: Text = Text()
    title: Text = Text()
    dates: list[DateReading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    last_block: int = -1
    consumed: list[Text] = field(default_factory=list)
    lines: list[Text] = field(default_factory=list)
    fields: list[tuple[str, Text]] = field(default_factory=list)
    beside: list[tuple[FurnitureKind, Text]] = field(default_factory=list)


def read_heading(body: Body, profile: Profile) -> tuple[Heading, list[Block], list[Furniture], list[Finding]]:
    """The heading, the blocks of the rule itself, what stands above them and is neither, and what is doubtful."""
    out = _Reading()
    values = labelled(body.blocks, profile)
    _head_rules(body, profile, out)
    _fields(values, body, profile, out)
    _series_and_title(body, profile, out)
    _life_dates(body, profile, out)
    letterhead, rest = _above(body, out, values)
    _stamps(body, profile, out)
    letterhead = [*_set_beside(body, out), *letterhead]
    _doubts(body, out)
    heading = Heading(
        agency=profile.id,
        series=out.series or "document",
        number=re.sub(r"\s+", "", out.number.string) or None,
        title=reader_title(out.title.string),
        dates=tuple(out.dates),
        fields=(*((v.role, v.value) for v in values), *out.fields),
        number_evidence=evidence_of(out.number, body.item, "heading.number"),
        title_evidence=evidence_of(out.title, body.item, "heading.title"),
    )
    return heading, rest, letterhead, out.findings


def _head_text(body: Body) -> tuple[Text, list[int]]:
    """The first rows as one text, a newline between them, with the offset at which each block ends."""
    text = Text()
    ends: list[int] = []
    for block in body.blocks[:30]:
        if len(text) > HEAD_CHARS:
            break
        for row in _rows(Text.join((block.marker, block.text))):
            text = Text.join((text, row), "\n")
        ends.append(len(text))
    return text, ends


def _rows(text: Text) -> list[Text]:
    """A block's text cut where a new printed row begins."""
    cuts = [0]
    former: tuple[int, int] | None = None
    for at, line, _ in text.runs:
        if line is not None:
            if former is not None and former != (line.page, line.row):
                cuts.append(at)
            former = (line.page, line.row)
    return [text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _head_rules(body: Body, profile: Profile, out: _Reading) -> None:
    text, ends = _head_text(body)
    for rule in profile.head:
        match = rule.pattern.search(text.string)
        if match is None:
            continue
        groups = {name: text[match.start(name) : match.end(name)].strip() for name, words in match.groupdict().items() if words}
        series = groups["series"].string if "series" in groups else ""
        named = profile.series_named(series) if series else None
        out.series = out.series or rule.series or (named.id if named else "")
        out.number = out.number or groups.get("number", Text())
        out.title = out.title or groups.get("title", Text())
        if "issued" in groups:
            _date_field("issued", groups["issued"], f"head.{rule.name}", body, profile, out)
        out.fields.extend((name, groups[name]) for name in groups if name not in KNOWN_GROUPS)
        _beside(text, match, out)
        out.consumed.append(text[match.start() : match.end()].strip())
        out.last_block = max(out.last_block, next((n for n, end in enumerate(ends) if end >= match.end()), 0))
    for rule in profile.listing:
        _listing(rule, text, body, profile, out)


def _beside(text: Text, match: re.Match[str], out: _Reading) -> None:
    """The words of a heading that are no field of it are letterhead: nothing is dropped."""
    spans = sorted(match.span(name) for name, words in match.groupdict().items() if words)
    edges = [match.start(), *(edge for span in spans for edge in span), match.end()]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        for row in re.finditer(r"[^\n]+", text.string[start:end]):
            words = text[start + row.start() : start + row.end()].strip()
            if re.search(r"\w", words.string) and words not in [t for _, t in out.beside]:
                out.beside.append(("letterhead", words))


def _listing(rule: Rule, text: Text, body: Body, profile: Profile, out: _Reading) -> None:
    """The name under which the paper is listed, with the date that it bears there: a name, never an act."""
    match = rule.pattern.search(text.string)
    if match is None:
        return
    out.series = out.series or rule.series or ""
    out.beside.append(("form", text[match.start() : match.end()].strip()))
    listed = text[match.start("title") : match.end("title")].strip()
    # The listing's title is in a reader's case; capitals of the memo are the same words.
    if not out.title or out.title.string.lower() == listed.string.lower():
        out.title = listed
    if match.group("on"):
        _date_field("title", text[match.start("on") : match.end("on")], f"listing.{rule.name}", body, profile, out)


def _fields(values: list[Labelled], body: Body, profile: Profile, out: _Reading) -> None:
    for value in values:
        out.last_block = max(out.last_block, value.block)
        if value.role in DATE_FIELDS and not any(d.role == value.role for d in out.dates if value.role == "issued"):
            _date_field(value.role, value.value, f"field.{value.role}", body, profile, out)
        elif value.role == "number" and not out.number:
            match = profile.number.search(value.value.string)
            if match:
                out.number = value.value[match.start() : match.end()]
        elif value.role == "title" and not out.title:
            _title_field(value.value, profile, out)


def _title_field(value: Text, profile: Profile, out: _Reading) -> None:
    """A subject line may hold the series before the title: "SPECIAL ORDER - SOCIAL MEDIA"."""
    match = re.match(r"\s*(?P<series>[A-Z][A-Za-z ]*?(?:ORDER|Order|BULLETIN|Bulletin|MEMORANDUM|Memorandum))\s*(?:NO\.?\s*)?(?P<number>\d[\d-]*)?\s*[-–:]\s*(?P<title>.+)$", value.string, re.DOTALL)
    named = profile.series_named(match.group("series")) if match else None
    if match is None or named is None:
        out.title = value
        return
    out.series = out.series or named.id
    if match.group("number") and not out.number:
        out.number = value[match.start("number") : match.end("number")]
    out.title = value[match.start("title") : match.end("title")]


def _date_field(role: DateRole, value: Text, rule: str, body: Body, profile: Profile, out: _Reading) -> None:
    found = list(find_dates(value.string, profile.numeric_dates))
    for one in found:
        quote = value[one.start : one.end]
        evidence = evidence_of(quote, body.item, rule)
        if any(d.role == role and d.raw == one.raw for d in out.dates):
            continue
        if one.impossible:
            out.findings.append(impossible(role, one, evidence))
        out.dates.append(DateReading(role, one.day, one.raw, evidence[0].page, evidence, basis="a year of two figures, read as of 1950 to 2049" if one.two_digit_year else ""))
    if not found and re.search(r"\d", value.string):
        evidence = evidence_of(value, body.item, rule)
        out.dates.append(DateReading(role, Day(), value.string, evidence[0].page, evidence, certainty="doubtful"))
        out.findings.append(Finding("dates.unreadable", "doubt", f'The {role} date "{value.string}" on page {evidence[0].page} has no shape of a date that is known; a person must read it.', evidence))


def impossible(role: str, found: FoundDate, evidence: tuple[Evidence, ...]) -> Finding:
    """The finding for a date that has the shape of one and is none."""
    return Finding(
        "dates.impossible",
        "blocker" if role in ("stamp", "effective") else "doubt",
        f'The {role} date "{found.raw}" on page {evidence[0].page} is no day of the calendar. It is kept as written; what rests on it is not established until a person reads it.',
        evidence,
    )


def _series_and_title(body: Body, profile: Profile, out: _Reading) -> None:
    text, _ = _head_text(body)
    words = text.string[:800]
    number = re.sub(r"\s+", "", out.number.string)
    by_number = profile.series_of_number(number) if number else None
    if not out.series or (by_number and out.series == "document"):
        named = by_number or profile.series_named(words)
        out.series = named.id if named else ""
    if not out.title:
        n = _title_block(body, profile, out)
        if n is not None:
            out.title = body.blocks[n].text
            out.last_block = max(out.last_block, n)


def _title_block(body: Body, profile: Profile, out: _Reading) -> int | None:
    """The first heading-like line among the fields that is neither the agency nor the series."""
    until = out.last_block + 1 if out.last_block >= 0 else min(3, len(body.blocks))
    for n, block in enumerate(body.blocks[:until]):
        words = block.text.string.strip()
        if block.cells or len(words) < 4 or len(words) > 140 or ":" in words or block.marker:
            continue
        bare = words.lower()
        if any(s.pattern.fullmatch(words) for s in profile.series) or any(p.search(words) for p in profile.recognise):
            continue
        if re.search(r"police department|sheriff.s office|policy manual|^memorandum$|^page\b|^policy$|working together", bare):
            continue
        if words.upper() == words or words.istitle() or block.bold or block.hint in ("heading", "title"):
            return n
    return None


def _life_dates(body: Body, profile: Profile, out: _Reading) -> None:
    """Effective, edition and revision words near the start of the paper; a pending date inside the title."""
    opening = list(itertools.takewhile(lambda b: not b.marker, body.blocks[:20]))  # a numbered clause speaks of its own matter
    text = Text.join((b.text for b in opening), "\n")[:FIRST_WORDS]
    issued = next((d for d in out.dates if d.role == "issued"), None)
    for rule in profile.life:
        if rule.kind == "effective-title":
            _pending(rule, body, profile, out)
        match = rule.pattern.search(text.string) if rule.kind in LIFE_ROLES else None
        if match is None:
            continue
        if rule.immediately:
            evidence = evidence_of(text[match.start() : match.end()], body.item, f"life.{rule.name}")
            day = issued.day if issued else Day()
            both = evidence + (issued.evidence if issued else ())
            basis = "the issue date, hour open" if issued else "no issue date is held"
            out.dates.append(DateReading("effective", day, match.group(), evidence[0].page, both, basis=basis, certainty="certain" if issued else "doubtful"))
            continue
        _whole_line(text[match.start() : match.end()], opening, out)
        group = next(name for name, words in match.groupdict().items() if words)
        _date_field(LIFE_ROLES[rule.kind], text[match.start(group) : match.end(group)], f"life.{rule.name}", body, profile, out)


def _whole_line(words: Text, blocks: list[Block], out: _Reading) -> None:
    """A line that is nothing but a date with its word ("Revised March 2016") is a field of the heading, and no clause."""
    if any(b.text.string.strip() == words.string.strip() for b in blocks):
        out.lines.append(words.strip())


def _pending(rule: Rule, body: Body, profile: Profile, out: _Reading) -> None:
    match = rule.pattern.search(out.title.string)
    if match is None:
        return
    _date_field("title", out.title[match.start("on") : match.end("on")], f"life.{rule.name}", body, profile, out)
    out.title = out.title[: match.start()].strip()


def _stamps(body: Body, profile: Profile, out: _Reading) -> None:
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
        basis = "a year of two figures, read as of 1950 to 2049" if one.two_digit_year else ""
        out.dates.append(DateReading("stamp", one.day, raw, evidence[0].page, evidence, basis=basis))
        _before_paper(one.day.on, issued, raw, evidence, out)


def _before_paper(on: date | None, issued: date | None, raw: str, evidence: tuple[Evidence, ...], out: _Reading) -> None:
    if on is not None and issued is not None and on < issued:
        out.findings.append(Finding("dates.stamp-before-issue", "doubt", f'The stamp "{raw}" is of a day before the paper itself ({issued.isoformat()}); one of the two is misread or mistaken.', evidence))


def _above(body: Body, out: _Reading, values: list[Labelled]) -> tuple[list[Furniture], list[Block]]:
    """The blocks above the rule that are no field, number or title, as letterhead; and the blocks of the rule. What looks like a clause is one."""
    used = {(p.page, p.start) for t in (out.number, out.title, *(v.value for v in values), *out.consumed) for p in t.pieces()}
    labels = {v.label.strip(": ").lower() for v in values}
    alone = {(p.page, p.start) for t in out.lines for p in t.pieces()}
    lines = {t.string for t in out.lines}
    found: list[Furniture] = []
    rest: list[Block] = []
    for n, block in enumerate(body.blocks):
        if block.hint == "preface":
            continue
        words = block.text.string.strip()
        taken = any((p.page, p.start) in used for p in block.text.pieces()) or _holds(block, used)
        if words in lines and any((p.page, p.start) in alone for p in block.text.pieces()):
            continue
        if n > out.last_block or (not taken and (block.marker or len(words) > LETTERHEAD_CHARS or any(line.page > 1 for line in block.text.lines()))):
            rest.append(block)
            continue
        if taken or not words or words.strip(": ").lower() in labels or any(f"{label}:" in words.lower() for label in labels):
            continue
        evidence = evidence_of(block.text, body.item, "heading.letterhead")
        if evidence:
            found.append(Furniture("letterhead", words, tuple(sorted({e.page for e in evidence})), "above the rule, and no field of the heading", evidence, (block.text,)))
    return found, rest


def _set_beside(body: Body, out: _Reading) -> list[Furniture]:
    dated = {t.string.strip() for t in out.lines}
    found = []
    for kind, words in out.beside:
        evidence = evidence_of(words, body.item, "heading.beside")
        if evidence and words.string.strip() not in dated:
            reason = "a mark of the listing, not of the paper" if kind == "form" else "in the heading, and no field of it"
            found.append(Furniture(kind, words.string, tuple(sorted({e.page for e in evidence})), reason, evidence, (words,)))
    return found


def _holds(block: Block, used: set[tuple[int, int]]) -> bool:
    return any(page == p.page and p.start <= start < p.end for p in block.text.pieces() for page, start in used)


def _doubts(body: Body, out: _Reading) -> None:
    issued = [d for d in out.dates if d.role == "issued" and d.day.on]
    effective = [d for d in out.dates if d.role == "effective" and d.day.on]
    if issued and effective and min(d.day.on for d in effective if d.day.on) < min(d.day.on for d in issued if d.day.on):
        out.findings.append(
            Finding(
                "dates.effective-before-issue",
                "doubt",
                f'The paper says that it took effect ("{effective[0].raw}") before it was issued ("{issued[0].raw}"): it is retroactive, or one of the two is mistaken. Neither is chosen.',
                effective[0].evidence + issued[0].evidence,
            )
        )
    for role in ("issued", "effective"):
        days = {d.day.on for d in out.dates if d.role == role and d.day.on}
        if len(days) > 1:
            readings = [d for d in out.dates if d.role == role]
            quoted = " and ".join(f'"{d.raw}"' for d in readings)
            out.findings.append(Finding("dates.disagree", "doubt", f"The paper gives more than one {role} date: {quoted}. Days outside their span stay established.", tuple(e for d in readings for e in d.evidence)))
    if not out.title:
        out.findings.append(Finding("heading.no-title", "doubt", f"No title was found at the top of {body.name}; the paper is kept under its file's name."))
