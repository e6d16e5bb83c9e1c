"""Papers for the tests of the room ``documents``: one made by hand, and strategies for any."""

from __future__ import annotations

import string
from datetime import date
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from lineage.model import (
    BINDING_KINDS,
    CLAUSE_KINDS,
    DATE_ROLES,
    FURNITURE_KINDS,
    RELATION_KINDS,
    Binding,
    Clause,
    DateReading,
    Day,
    Document,
    Edit,
    Effect,
    End,
    Evidence,
    Finding,
    Furniture,
    Heading,
    Line,
    Outline,
    Relation,
    Run,
    Text,
    evidence_of,
)
from lineage.model.eid import name_clauses

SHA = "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9"
OTHER = "1a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9"
PAGES = 9
OWN = "lbpd/special-order/social-media/1"


class Sheets:
    """Sets words on pages, line by line, as a room before would have read them."""

    def __init__(self) -> None:
        self.page, self.at, self.row = 1, 0, 0

    def text(self, words: str, page: int | None = None) -> Text:
        """The words as one line of the page, below the last."""
        if page is not None and page != self.page:
            self.page, self.at, self.row = page, 0, 0
        if not words:
            return Text()
        boxes, left, start = [], 72.0, 0
        for word in words.split(" "):
            boxes.append((start, start + len(word), left, left + 5.0 * len(word)))
            start, left = start + len(word) + 1, left + 5.0 * len(word) + 4
        top = 40.0 + 14 * self.row
        line = Line(words, self.page, self.at, self.row, 72.0, (72.0, top, left, top + 12), tuple(boxes))
        self.at, self.row = self.at + len(words) + 1, self.row + 1
        return Text.of(line)

    def over(self, first: str, then: str) -> Text:
        """A sentence that runs over the end of the page."""
        return self.text(first) + self.text(then, self.page + 1)


def outlined(rows: list[tuple[str, str, int, Text, Text]]) -> tuple[Clause, ...]:
    """Clauses from (kind, marker, depth, heading, text), named by the rule of the house; a definition's term is what stands before the
    dash.
    """
    names = name_clauses([(kind, marker, depth) for kind, marker, depth, _, _ in rows])
    made = []
    for (kind, marker, depth, heading, text), (eid, parent) in zip(rows, names, strict=True):
        term = text.string.split(" - ")[0] if kind == "definition" else ""
        mark = Text(marker, ((0, None, 0),)) if marker else Text()
        made.append(Clause(eid, kind, depth, text, heading, mark, parent, term))  # type: ignore[arg-type]
    return tuple(made)


def founding_order() -> Document:
    """The order that opened this work, shortened: its facts, headings and trigger phrases are kept, the other sentences are ours."""
    sheet, no = Sheets(), Text()
    stamps = [sheet.text("RESCINDED by 3.51 on 7-22-21")]
    title = sheet.text("Special Order - Social Media 5-17-19 RESCINDED")
    issued, to, subject = sheet.text("May 17, 2019"), sheet.text("WATCH REPORT"), sheet.text("SPECIAL ORDER - SOCIAL MEDIA")
    opening = (
        "Effective immediately, this special order sets the rules for social media and amends LBPD Manual Section 3.48 -INTERNET USAGE."
    )
    rows: list[tuple[str, str, int, Text, Text]] = [
        ("paragraph", "", 0, no, sheet.text(opening)),
        ("heading", "", 0, sheet.text("INTERNET USAGE"), no),
        ("paragraph", "", 1, no, sheet.text("The internet means any electronic network of communication.")),
        ("lead-in", "", 1, no, sheet.text("Every employee keeps to the following:")),
        ("item", "•", 1, no, sheet.text("The internet serves City work.")),
        ("item", "•", 1, no, sheet.text("Passwords are kept secret.")),
        ("heading", "", 0, sheet.text("SOCIAL MEDIA -DEFINITIONS"), no),
        ("definition", "", 1, no, sheet.text("Blog - A diary that its writer publishes.")),
        ("definition", "", 1, no, sheet.text("Post - What is put on a site.")),
        ("heading", "", 0, sheet.text("PRIVACY EXPECTATION"), no),
        ("paragraph", "", 1, no, sheet.over("Content keeps to all", "policies on the release of information per LBPD Manual § 6.1.1.")),
        ("paragraph", "", 1, no, sheet.text("This special order will remain in effect until a manual section has been drafted.")),
    ]
    stamps.append(sheet.text("RESCINDED by 3.51 on 7-22-21"))
    signed = sheet.text("Robert G. Luna, Chief of Police")
    clauses = outlined(rows)
    seen = tuple(one for stamp in stamps for one in evidence_of(stamp, SHA, "lbpd.stamp-rescinded-by"))
    day = Day(date(2019, 5, 17))
    first = clauses[0]
    dates = (
        DateReading("title", day, "5-17-19", 1, evidence_of(title, SHA, "lbpd.title-date")),
        DateReading("issued", day, "May 17, 2019", 1, evidence_of(issued, SHA, "lbpd.memo-date")),
        DateReading("effective", day, "Effective immediately", 1, evidence_of(first.text[:21], SHA, "dates.immediately"), "the issue date"),
        DateReading("stamp", Day(date(2021, 7, 22)), "7-22-21", 1, seen),
    )
    fields = (("Date:", issued), ("To:", to), ("Subject:", subject))
    furniture = (
        Furniture("stamp", "RESCINDED by 3.51 on 7-22-21", (1, 2), "same words on 2 of 2 pages", seen, tuple(stamps)),
        Furniture("signature", signed.string, (2,), "a name and a rank alone", evidence_of(signed, SHA, "blocks.signature"), (signed,)),
    )
    stamp_only = Finding("dates.stamp-only", "note", "The end of this order rests on a stamp alone.", seen[:1])
    heading = Heading("lbpd", "special-order", None, "Social Media", dates, fields, (), evidence_of(subject, SHA, "lbpd.subject"))
    return Document(
        work=OWN,
        outline=Outline(SHA, heading, clauses, furniture, (stamp_only,), 2),
        relations=_founding_relations(clauses, seen, day),
        findings=(stamp_only,),
        run=Run("2026-08-03T09:15:00Z", "policy-lineage 0.1.0", "lbpd", SHA[::-1]),
        name="special-order-social-media.pdf",
        media_type="application/pdf",
        size=412877,
        time_zone="America/Los_Angeles",
        country="us-ca",
        agency_name="Long Beach Police Department",
        series_name="Special Order",
        starts=day,
    )


def _founding_relations(clauses: tuple[Clause, ...], seen: tuple[Evidence, ...], day: Day) -> tuple[Relation, ...]:
    def words(at: int, phrase: str, rule: str) -> tuple[Evidence, ...]:
        start = clauses[at].text.string.index(phrase)
        return evidence_of(clauses[at].text[start : start + len(phrase)], SHA, rule)

    section = "LBPD Manual Section 3.48 -INTERNET USAGE"
    this = End("this special order", OWN, clauses[0].eid, own=True)
    last = End("This special order", OWN, clauses[-1].eid, own=True)
    per = End("this special order", OWN, clauses[-2].eid, own=True)
    until = "until a manual section has been drafted"
    return (
        Relation(
            SHA, "amends", this, End(section, "lbpd/manual-section/3.48/1"), words(0, f"amends {section}", "relations.amends"),
            scope="unknown", effect=Effect(day, "Effective immediately"),
        ),
        Relation(
            SHA, "rescinds", End("3.51", "lbpd/manual-section/3.51/1"), End("(the stamped paper)", OWN, own=True), seen,
            effect=Effect(Day(date(2021, 7, 22)), "7-22-21, a stamp"), source="stamp",
        ),
        Relation(SHA, "expires", last, End("This special order", OWN, own=True), words(-1, until, "relations.expires"), condition=until),
        Relation(
            SHA, "cites", per, End("LBPD Manual § 6.1.1", "lbpd/manual-section/6.1.1/1"), words(-2, "LBPD Manual § 6.1.1", "r.cites")
        ),
    )  # fmt: skip


# Strategies

LEGAL = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff") | st.sampled_from("\t\n\r <>&\"'-•§]")
WORDS = st.text(LEGAL, max_size=25)
SAID = st.text(LEGAL, min_size=1, max_size=12).filter(str.strip)
NAME = st.text(string.ascii_letters + string.digits + " .-/()", max_size=12)
EDGES = st.floats(min_value=0, max_value=2000, allow_nan=False).map(abs)
BOXES = st.none() | st.tuples(EDGES, EDGES, EDGES, EDGES)
DAYS = st.dates(min_value=date(1, 1, 1))
MARKERS = st.sampled_from(["", "", "•", "-", "o", "1)", "2)", "(a)", "(a)(1)", "IV.", "§ 3.48", "5.12", "*", " ", "ä)", "①"])


@st.composite
def lines(draw: Any) -> Line:
    words, page = draw(SAID), draw(st.integers(1, PAGES))
    box = draw(BOXES)
    middle = len(words) // 2
    parts = ((0, middle, 1.5, 9.25), (middle, len(words), 10.1, 30.7)) if box is not None and middle and draw(st.booleans()) else ()
    return Line(words, page, draw(st.integers(0, 60)), 0, 0.0, box, parts)


@st.composite
def texts(draw: Any) -> Text:
    """Whole lines, parts of lines and words from nowhere, joined with a blank or with nothing."""
    parts = []
    for line in draw(st.lists(lines(), max_size=3)):
        part = Text.of(line)
        if draw(st.booleans()):
            part = part[draw(st.integers(0, 2)) : draw(st.integers(3, 12))]
        if draw(st.booleans()):
            # The next line of the same page, so that the two are one stretch; with a hyphen before it that was left out, or not.
            if draw(st.booleans()) and part.string and not part.string.isspace():
                broken = replace(line, text=part.string + "-", start=line.start, words=())
                part, line = Text.of(broken)[:-1], broken
            follows = Line(draw(SAID), line.page, line.start + len(line.text) + draw(st.integers(0, 2)), 1, 0.0, line.box_pt)
            part = Text.join((part, Text.of(follows)), draw(st.sampled_from(["", " "])))
        parts.append(part)
    if draw(st.booleans()):
        words = draw(WORDS)
        parts.append(Text(words, ((0, None, 0),)) if words else Text())
    return Text.join(parts, draw(st.sampled_from(["", " ", "\n"])))


def days() -> st.SearchStrategy[Day]:
    spans = st.tuples(st.none() | DAYS, st.none() | DAYS).map(lambda two: two if None in two else tuple(sorted(two)))  # type: ignore[type-var]
    return DAYS.map(Day) | spans.map(lambda two: Day(None, *two))


def evidence() -> st.SearchStrategy[Evidence]:
    def made(item: str, page: int, box: Any, quote: str, start: int, rule: str) -> Evidence:
        return Evidence(item, page, box, quote, start, start + len(quote), rule)

    return st.builds(made, st.sampled_from([SHA, OTHER]), st.integers(1, PAGES), BOXES, SAID, st.integers(0, 99), NAME)


def some(one: Any, least: int = 0) -> Any:
    return st.lists(one, min_size=least, max_size=3).map(tuple)


@st.composite
def clauses(draw: Any, most: int = 12) -> tuple[Clause, ...]:
    """Any outline, named by the rule of the house."""
    sketches = draw(st.lists(st.tuples(st.sampled_from(CLAUSE_KINDS), MARKERS, st.integers(0, 5)), max_size=most))
    made = []
    for (kind, marker, depth), (eid, parent) in zip(sketches, name_clauses(sketches), strict=True):
        text, heading = draw(texts()), draw(texts()) if kind == "heading" or draw(st.integers(0, 5)) == 0 else Text()
        term = draw(st.just(text.string[: draw(st.integers(1, 8))]) | SAID) if kind == "definition" else ""
        rows = draw(some(some(texts()))) if kind == "table" or draw(st.integers(0, 15)) == 0 else ()
        mark = (
            Text.of(Line(marker, draw(st.integers(1, PAGES)), 0, 0))
            if draw(st.booleans())
            else Text(marker, ((0, None, 0),) if marker else ())
        )
        made.append(Clause(eid, kind, depth, text, heading, mark, parent, term, rows))
    return tuple(made)


WORKS = st.sampled_from([OWN, "lbpd/manual-section/3.48/1", "cpd/directive/U04-01/2", "x//a b/1", "nonsense", "lbpd/special-order/9/9"])


@st.composite
def ends(draw: Any, eids: tuple[str, ...]) -> End:
    return End(
        draw(WORDS), draw(st.none() | WORKS), draw(st.none() | st.sampled_from([*eids, "sec_9", "not an eid"])), draw(st.none() | DAYS),
        draw(st.none() | NAME), draw(st.none() | NAME), draw(st.none() | WORDS), draw(st.none() | DAYS),
        draw(st.booleans()), draw(st.booleans()), draw(st.none() | WORDS), draw(st.none() | NAME),
    )  # fmt: skip


@st.composite
def relations(draw: Any, eids: tuple[str, ...]) -> Relation:
    strings = st.none() | WORDS
    return Relation(
        draw(st.sampled_from([SHA, OTHER])), draw(st.sampled_from(RELATION_KINDS)), draw(ends(eids)), draw(ends(eids)),
        draw(some(evidence(), 1)),
        draw(st.sampled_from(["whole", "part", "unknown"])), draw(st.none() | st.builds(Effect, days(), WORDS)),
        draw(st.none() | st.builds(Edit, strings, strings, st.none() | st.integers(0, 9), strings | st.just("after-item-2"), strings)),
        draw(WORDS), draw(st.sampled_from(["certain", "likely", "doubtful"])),
        draw(st.sampled_from(["found", "accepted", "rejected", "corrected"])),
        draw(st.sampled_from(["field", "stamp", "sentence", "layout"])), draw(some(WORKS)),
    )  # fmt: skip


def findings() -> Any:
    codes = st.sampled_from(["dates.impossible", "relations.target-unknown"])
    return st.builds(Finding, codes, st.sampled_from(["note", "doubt", "blocker"]), WORDS, some(evidence()), st.none() | WORKS)


def bindings() -> st.SearchStrategy[Binding]:
    lists = st.lists(st.sampled_from(["sworn", "officer"]), max_size=2, unique=True).map(tuple)
    return st.builds(
        Binding, st.sampled_from(BINDING_KINDS), WORDS, some(evidence()), st.sampled_from(["", "sworn"]), st.booleans(), st.booleans(), st.booleans(),
        st.sampled_from(["whole", "part"]), st.sampled_from(["", "on duty"]), lists, lists,
    )  # fmt: skip


@st.composite
def documents(draw: Any) -> Document:
    """Any document of the model that XML can carry."""
    outline_clauses = draw(clauses())
    eids = tuple(clause.eid for clause in outline_clauses)
    reading = st.builds(
        DateReading,
        st.sampled_from(DATE_ROLES),
        days(),
        WORDS,
        st.integers(1, PAGES),
        some(evidence()),
        WORDS,
        st.sampled_from(["certain", "likely", "doubtful"]),
    )
    pages = st.lists(st.integers(1, PAGES), max_size=3).map(tuple)
    furniture = st.builds(Furniture, st.sampled_from(FURNITURE_KINDS), WORDS, pages, WORDS, some(evidence()), some(texts()))
    heading = Heading(
        draw(NAME), draw(NAME), draw(st.none() | NAME), draw(WORDS), draw(some(reading)), draw(some(st.tuples(WORDS, texts()))),
        draw(some(evidence())), draw(some(evidence())),
    )  # fmt: skip
    of_outline, of_document = draw(some(findings())), draw(some(findings()))
    if draw(st.booleans()):
        of_document = of_outline + of_document
    return Document(
        draw(st.sampled_from([OWN, "cpd/directive/U04-01/2", "x//a b/1", "9pd/7th-series/3.48.1/12"])),
        Outline(SHA, heading, outline_clauses, draw(some(furniture)), of_outline, PAGES),
        draw(some(relations(eids))), of_document, Run("2026-08-03T09:15:00Z", draw(WORDS), draw(NAME), OTHER),
        draw(WORDS), "application/pdf", draw(st.integers(0, 9999)), "America/Chicago",
        draw(st.sampled_from(["us", "us-ca"])), draw(NAME), draw(NAME), draw(days()), draw(some(bindings())),
    )  # fmt: skip
