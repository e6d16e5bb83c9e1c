"""One file read, stored nowhere: what the tool sees in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from lineage import blocks, clauses, indexes, pages, relations
from lineage.model import Binding, Body, DateReading, Day, Finding, Index, Item, Outline, Relation, digest
from lineage.pipeline.listing import no_index, outline_of
from lineage.profiles import Profile, load, recognise

RECOGNISED_IN = 6000  # characters of the first page that tell whose paper it is


class Reading(Struct, frozen=True):
    """Everything read from one item, nothing of it resolved against other papers. ``data`` are its bytes; ``words`` is the fingerprint of its own words.

    ``rules`` holds one reading for each rule of a whole manual; this one is then of what stands around them. ``index`` are the rows of a list of orders.
    """

    item: Item
    data: bytes
    profile: str
    outline: Outline
    relations: tuple[Relation, ...]
    findings: tuple[Finding, ...]
    starts: Day
    issued: Day
    words: str
    rules: tuple[Reading, ...] = ()
    index: Index | None = None
    bindings: tuple[Binding, ...] = ()


def read(path: Path, profile: str | None = None) -> Reading:
    """Read a file. Without a profile it is recognised from the paper's own words, and ``generic`` reads what none fits.

    Raises RefusedError with the reason where the file cannot be read.
    """
    return read_data(pages.load(path), path.name, profile)


def read_data(data: bytes, file: str, profile: str | None = None) -> Reading:
    """The same of the bytes of a file of this name."""
    item = pages.read_bytes(data, file)
    habits = load(profile) if profile else recognise(item.title + "\n" + (item.pages[0].text if item.pages else "")[:RECOGNISED_IN])
    index = indexes.recognise(item, habits)
    if index is not None:
        return _index(item, data, profile or habits.id, index, habits)
    if item.media_type == "text/csv":
        raise no_index(item, habits)
    bodies, missing = blocks.divide(item, habits)
    name = profile or habits.id
    main = _reading(item, data, bodies[0], habits, name, missing)
    return replace(main, rules=tuple(_reading(_portion(item, body), b"", body, habits, name, []) for body in bodies[1:]))


def _reading(item: Item, data: bytes, body: Body, habits: Profile, name: str, doubts: list[Finding]) -> Reading:
    outline = clauses.outline(body, habits)
    found, doubtful = relations.find(outline, habits)
    starts, start_doubts = starting(outline, habits)
    issued = next((d.day for d in outline.heading.dates_of("issued")), Day())
    findings = (*item.findings, *doubts, *outline.findings, *doubtful, *start_doubts)
    return Reading(item, data, name, outline, tuple(found), findings, starts, issued, _words(outline, item.media_type), bindings=relations.bindings(outline, habits))


def _portion(item: Item, body: Body) -> Item:
    """A rule of a manual as an item: its pages, and the findings about them."""
    last = body.first_page + body.pages - 1
    return replace(item, sha256=body.item, pages=item.pages[body.first_page - 1 : last], title="", findings=tuple(_here(item.findings, body.item, body.first_page, last)))


def _here(findings: Iterable[Finding], item: str, first: int, last: int) -> Iterator[Finding]:
    for finding in findings:
        evidence = tuple(replace(e, item=item) for e in finding.evidence if first <= e.page <= last)
        if evidence:
            yield replace(finding, evidence=evidence)


def _index(item: Item, data: bytes, profile: str, index: Index, habits: Profile) -> Reading:
    """The reading of a list of orders: it is no rule, so it begins on no day."""
    outline = outline_of(index, item, habits)
    found, doubts = relations.listed(index, habits)
    return Reading(item, data, profile, outline, tuple(found), (*item.findings, *index.findings, *doubts), Day(), Day(), _words(outline, item.media_type), index=index)


def _words(outline: Outline, media_type: str) -> str:
    """The fingerprint of the words that the paper itself says: its title as printed, the values of its heading, its clauses; of HTML, which has no pages, what else
    stands there too. Blanks, breaks and where a clause is parted are layout; stamps, heads and feet are not its words."""
    heading = outline.heading
    title = [e.quote for e in heading.title_evidence] or [heading.title]
    said = [heading.number or "", *title, *(value.string for _, value in heading.fields)]
    for clause in outline.clauses:
        said += [clause.marker.string, clause.heading.string, clause.text.string, *(cell.string for row in clause.rows for cell in row)]
    if media_type == "text/html":
        said += sorted(f.text for f in outline.furniture if f.kind in ("form", "letterhead", "signature"))
    return digest("".join("".join(said).split()))


def starting(outline: Outline, profile: Profile) -> tuple[Day, list[Finding]]:
    """The day from which the paper's text rules, as far as it says: effective words or field, a later revision, an edition ("stood on or before"), its issue where
    the agency holds that issue is effect, a day of which it says that it was current ("stood on or before"). Nothing is chosen between dates that disagree: they become bounds."""
    heading = outline.heading
    effect = relations.effect_of(outline, profile)
    effective = heading.dates_of("effective")
    revised = [d for d in heading.dates_of("revised") if d.day.first]
    if effective and effect is not None:
        last_revised = max(revised, key=lambda d: d.day.first or _LONG_AGO, default=None)
        if last_revised is not None and effect.day.on is not None and last_revised.day.first and last_revised.day.first > effect.day.on:
            return last_revised.day, [_earlier_text(effective[0], last_revised)]
        return effect.day, [_revised_before(effective[0], one) for one in revised[:1] if effect.day.first and one.day.last and one.day.last < effect.day.first]
    edition = next((d for d in heading.dates_of("edition") if d.day.last), None)
    if edition is not None:
        return Day(latest=edition.day.last), []
    if revised:
        return max((d.day for d in revised), key=lambda d: d.first or _LONG_AGO), []
    issued = next((d for d in heading.dates_of("issued") if d.day.first), None)
    if issued is not None and profile.issue_is_effect:
        return issued.day, []
    current = min((d.day.last for d in heading.dates_of("observed") if d.day.last), default=None)
    if current is not None:
        first = issued.day.first if issued is not None and issued.day.first and issued.day.first <= current else None
        return (Day(on=current) if first == current else Day(earliest=first, latest=current)), []
    return (Day(earliest=issued.day.first) if issued is not None else Day()), [_no_start(outline, issued)]


def _earlier_text(effective: DateReading, revised: DateReading) -> Finding:
    return Finding(
        "expressions.earlier-text-not-held",
        "note",
        f'The rule is in effect since "{effective.raw}" and the text held is that of the revision of "{revised.raw}"; its wording before that day is not held.',
        effective.evidence + revised.evidence,
    )


def _revised_before(effective: DateReading, revised: DateReading) -> Finding:
    return Finding(
        "dates.revised-before-effective",
        "note",
        f'The paper says that it was revised ("{revised.raw}") before the day from which it is in effect ("{effective.raw}"). Agencies mean different things by a revision, so only the second tells from when it rules.',
        revised.evidence + effective.evidence,
    )


def _no_start(outline: Outline, issued: DateReading | None) -> Finding:
    said = f'It was issued on "{issued.raw}", and no rule of the agency is known by which issue is effect.' if issued else "No date of issue, effect or edition was read."
    return Finding(
        "dates.no-effective-date",
        "blocker",
        f"No day from which the paper is in effect was read. {said} From when it was in force is not established until a person decides.",
        issued.evidence if issued else (),
    )


_LONG_AGO = date(1, 1, 1)
