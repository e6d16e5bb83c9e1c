"""The heading of a paper: series, number, title, dates with their roles, and every labelled value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from lineage.clauses.dating import bare_date, centuries, date_field, life_dates, stamp_dates
from lineage.clauses.edges import at_edges, number_in_head, pages_differ
from lineage.clauses.fields import Labelled, labelled
from lineage.clauses.gathered import Gathered
from lineage.clauses.letterhead import above, set_beside
from lineage.clauses.listed import hold_to_contents, title_as_listed
from lineage.clauses.signing import signature_dates
from lineage.clauses.timing import RETROACTIVE, read_leads, retroactive_act, settle_times, timed_field
from lineage.clauses.titling import take_number, take_title
from lineage.model import Block, Body, DateRole, Finding, Furniture, Heading, Text, evidence_of, reader_title
from lineage.profiles import Profile, Rule

DATE_FIELDS: tuple[DateRole, ...] = ("issued", "effective", "revised", "reviewed", "approved", "edition")
HEAD_CHARS = 3000
SERIES_CHARS = 800  # in which a paper says of which series it is
KNOWN_GROUPS = frozenset(("series", "number", "title", "issued"))


def read_heading(body: Body, profile: Profile) -> tuple[Heading, list[Block], list[Furniture], list[Finding]]:
    """The heading, the blocks of the rule itself, what stands above them and is neither, and what is doubtful."""
    out = Gathered()
    values = labelled(body.blocks, profile)
    standing = at_edges(body, profile)
    top = _top(body)
    _head_rules(top, body, profile, out)
    _fields([*values, *standing], body, profile, out)
    out.findings.extend(pages_differ(body, standing))
    title_as_listed(body, out)
    _series_and_title(top, body, profile, out)
    hold_to_contents(body, out)
    life_dates(body, profile, out)
    read_leads(body, profile, out)
    bare_date(body, profile, out)
    settle_times(body, profile, out)
    letterhead, rest = above(body, out, values)
    stamp_dates(body, profile, out)
    signature_dates(body, profile, out)
    centuries(out)
    letterhead = [*set_beside(body, out), *letterhead]
    _doubts(body, out)
    heading = Heading(
        agency=profile.id,
        series=out.series or "document",
        number=re.sub(r"\s+", "", out.number.string) or None,
        title=reader_title(out.title.string),
        dates=tuple(out.dates),
        fields=(*((v.role, v.value) for v in (*values, *standing)), *out.fields),
        number_evidence=evidence_of(out.number, body.item, "heading.number"),
        title_evidence=evidence_of(out.title, body.item, "heading.title"),
    )
    return heading, rest, letterhead, out.findings


class _Top(Struct, frozen=True):
    """The words of the first rows, a newline between them, the offset at which each block ends, and the rows: a text with its half-open offsets."""

    words: str
    ends: list[int]
    rows: list[tuple[Text, int, int]]

    def text(self) -> Text:
        """The words with their origins, which few papers need."""
        return Text.join((text.within(start, end) for text, start, end in self.rows), "\n")


def _top(body: Body) -> _Top:
    words: list[str] = []
    rows: list[tuple[Text, int, int]] = []
    ends: list[int] = []
    length = 0
    for block in body.blocks[:30]:
        if length > HEAD_CHARS:
            break
        text = Text.join((block.marker, block.text)) if block.marker else block.text
        for start, end in _rows(text):
            row = text.string[start:end].strip()
            if row:
                length += len(row) + bool(rows)
                words.append(row)
                rows.append((text, start, end))
        ends.append(length)
    return _Top("\n".join(words), ends, rows)


def _rows(text: Text) -> Iterator[tuple[int, int]]:
    """A block's text cut where a new printed row begins: half-open offsets."""
    start = 0
    former: tuple[int, int] | None = None
    for at, line, _ in text.runs:
        if line is not None and former != (place := (line.page, line.row)):
            if former is not None:
                yield start, at
                start = at
            former = place
    yield start, len(text)


def _head_rules(top: _Top, body: Body, profile: Profile, out: Gathered) -> None:
    for rule in profile.head:
        match = None if out.consumed else rule.pattern.search(top.words)  # one heading is read by one rule
        if match is None:
            continue
        text = top.text()
        groups = {name: text[match.start(name) : match.end(name)].strip() for name, words in match.groupdict().items() if words}
        series = groups["series"].string if "series" in groups else ""
        named = profile.series_named(series) if series else None
        out.series = out.series or rule.series or (named.id if named else "")
        out.number = out.number or groups.get("number", Text())
        out.title = out.title or groups.get("title", Text())
        if "issued" in groups:
            date_field("issued", groups["issued"], f"head.{rule.name}", body, profile, out)
        out.fields.extend((name, groups[name]) for name in groups if name not in KNOWN_GROUPS)
        _beside(text, match, out)
        out.consumed.append(text[match.start() : match.end()].strip())
        out.last_block = max(out.last_block, next((n for n, end in enumerate(top.ends) if end >= match.end()), 0))
    for rule in profile.listing:
        _listing(rule, top, body, profile, out)


def _beside(text: Text, match: re.Match[str], out: Gathered) -> None:
    """The words of a heading that are no field of it are letterhead: nothing is dropped."""
    spans = sorted(match.span(name) for name, words in match.groupdict().items() if words)
    edges = [match.start(), *(edge for span in spans for edge in span), match.end()]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        for row in re.finditer(r"[^\n]+", text.string[start:end]):
            words = text[start + row.start() : start + row.end()].strip()
            if re.search(r"\w", words.string) and words not in [t for _, t in out.beside]:
                out.beside.append(("letterhead", words))


def _listing(rule: Rule, top: _Top, body: Body, profile: Profile, out: Gathered) -> None:
    """The name under which the paper is listed, with the date that it bears there: a name, never an act."""
    match = rule.pattern.search(top.words)
    if match is None:
        return
    text = top.text()
    out.series = out.series or rule.series or ""
    out.beside.append(("form", text[match.start() : match.end()].strip()))
    listed = text[match.start("title") : match.end("title")].strip()
    # The listing's title is in a reader's case; capitals of the memo are the same words.
    if not out.title or out.title.string.lower() == listed.string.lower():
        out.title = listed
    if match.group("on"):
        date_field("title", text[match.start("on") : match.end("on")], f"listing.{rule.name}", body, profile, out)


def _fields(values: list[Labelled], body: Body, profile: Profile, out: Gathered) -> None:
    for value in values:
        out.last_block = max(out.last_block, value.block)
        if value.role == "effective" and timed_field(value.value, body, profile, out):
            continue
        if value.role in DATE_FIELDS and not any(d.role == value.role for d in out.dates if value.role == "issued"):
            date_field(value.role, value.value, f"field.{value.role}", body, profile, out)
        elif value.role == "number" and not out.number:
            match = profile.number.search(value.value.string)
            if match:
                out.number = value.value[match.start() : match.end()]
        elif value.role == "title" and not out.title:
            _title_field(value.value, profile, out)


def _title_field(value: Text, profile: Profile, out: Gathered) -> None:
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


def _series_and_title(top: _Top, body: Body, profile: Profile, out: Gathered) -> None:
    take_number(body.blocks, profile, out)
    if not out.number and not body.listed[0]:
        running, out.number = number_in_head(body, profile)
        out.series = out.series or (running.id if running else "")
    number = re.sub(r"\s+", "", out.number.string)
    by_number = profile.series_of_number(number) if number else None
    if not out.series or (by_number and out.series == "document"):
        # Where the rule itself begins, other series may be named: what stands above it says of which this paper is.
        ruled = next((end for block, end in zip(body.blocks[1:], top.ends, strict=False) if block.marker), SERIES_CHARS)
        named = by_number or profile.series_named(top.words[: min(ruled, SERIES_CHARS)]) or profile.series_named(top.words[:SERIES_CHARS])
        out.series = named.id if named else ""
    if not out.title:
        take_title(body.blocks, profile, out)


def _doubts(body: Body, out: Gathered) -> None:
    issued = [d for d in out.dates if d.role == "issued" and d.day.on]
    effective = [d for d in out.dates if d.role == "effective" and d.day.on]
    if issued and effective and min(d.day.on for d in effective if d.day.on) < min(d.day.on for d in issued if d.day.on):
        retroactive = any(d.basis == RETROACTIVE for d in effective)
        out.findings.append(
            retroactive_act(effective[0], issued[0]) if retroactive else Finding(
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
