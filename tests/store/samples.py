"""Values to put into a library."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

from lineage import store
from lineage.model import (
    Binding,
    Clause,
    DateReading,
    Day,
    Document,
    Effect,
    End,
    Event,
    Evidence,
    Expression,
    Finding,
    Heading,
    Interval,
    Item,
    Line,
    Outline,
    Page,
    Period,
    Precedence,
    Relation,
    Run,
    Text,
    Work,
)

RUN = Run("2026-08-03T09:00:00Z", "0.1.0", "lbpd", "0" * 64)
AGENCY = "lbpd"


class Clock:
    """A clock that goes on by one second whenever it is read; ``now`` may be set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 8, 3, 9, 15, 0, tzinfo=UTC)
        self.step = timedelta(seconds=1)

    def __call__(self) -> datetime:
        self.now += self.step
        return self.now


def bytes_of(name: str) -> bytes:
    return f"the bytes of {name}".encode()


def sha(name: str) -> str:
    return hashlib.sha256(bytes_of(name)).hexdigest()


def item(name: str) -> Item:
    return Item(sha(name), f"{name}.pdf", "application/pdf", len(bytes_of(name)), (Page(1, (), ""),))


def text(words: str, page: int = 1, start: int = 0) -> Text:
    return Text.of(Line(words, page, start, row=start, box_pt=(10.0, 20.0 + start, 500.0, 30.0 + start)))


def evidence(name: str, quote: str = "is rescinded", start: int = 5) -> tuple[Evidence, ...]:
    return (Evidence(sha(name), 1, (1.0, 2.0, 3.5, 4.0), quote, start, start + len(quote), "rescinds"),)


def relation(name: str, number: str = "3.48", start: int = 5, work: str | None = None) -> Relation:
    return Relation(
        sha(name),
        "rescinds",
        End("this order", work=f"lbpd/special-order/{name}/1", title=name, own=True),
        End(f"Section {number}", work=work, number=number, version_on=date(2015, 6, 12)),
        evidence(name, start=start),
        effect=Effect(Day(date(2021, 7, 22)), "as stated"),
    )


def finding(name: str, work: str | None = None, code: str = "dates.impossible") -> Finding:
    return Finding(code, "doubt", f"A day in {name} does not exist.", evidence(name), work)


def clauses(*words: str) -> tuple[Clause, ...]:
    return tuple(Clause(f"sec_{at + 1}", "paragraph", 0, text(line, start=100 * at)) for at, line in enumerate(words))


def document(
    name: str, *words: str, relations: tuple[Relation, ...] | None = None, findings: tuple[Finding, ...] | None = None
) -> Document:
    reading = DateReading("effective", Day(date(2019, 5, 17)), "May 17, 2019", 1, evidence(name, "May 17, 2019"))
    heading = Heading(AGENCY, "special-order", None, name, (reading,))
    return Document(
        work=f"lbpd/special-order/{name}/1",
        outline=Outline(sha(name), heading, clauses(*(words or (f"The order about {name}.",)))),
        relations=(relation(name),) if relations is None else relations,
        findings=(finding(name),) if findings is None else findings,
        run=RUN,
        name=f"{name}.pdf",
        media_type="application/pdf",
        size=10,
        time_zone="America/Los_Angeles",
        starts=Day(date(2019, 5, 17)),
        bindings=(Binding("class", "all sworn members", evidence(name, "all sworn members"), "sworn"),),
    )


def work(name: str, number: str | None = None, series: str = "special-order", held: bool = True) -> Work:
    return Work(f"lbpd/{series}/{name}/1", AGENCY, series, number, name, held=held)


def expression(name: str, starts: date = date(2019, 5, 17), work_id: str | None = None) -> Expression:
    return Expression(work_id or f"lbpd/special-order/{name}/1", sha(name), name, Day(starts), Day(starts), ("2015-06-12",))


def event(work_id: str, day: date, kind: str = "begins", name: str | None = None) -> Event:
    return Event(kind, Day(day), work_id, "took effect", evidence=evidence(name) if name else ())


def period(work_id: str, start: date | None, end: date | None = None, name: str | None = None) -> Period:
    opened = event(work_id, start, name=name) if start else None
    return Period(work_id, Interval(start, end), "in-force", sha(name) if name else None, since=start, opened_by=opened, findings=("a.b",))


RANKS = (Precedence("section", "special-order", "Sections prevail over orders.", "Section 1.1"),)

PROFILE = ("f" * 64, '{"id": "lbpd", "name": "Long Beach Police Department", "country": "us-ca", "time_zone": "America/Los_Angeles", "number": "3[.]48"}')


# What stands beside the clauses: the words that the evidence above quotes.
XML = b"<akomaNtoso><p>is rescinded</p><p>May 17, 2019</p><p>all sworn members</p></akomaNtoso>"


def ingest(writing: store.Writing, name: str, *words: str, number: str | None = None) -> None:
    """An item with its document, its work, its expression and its life, which series prevails, and the profile."""
    writing.add_item(item(name), bytes_of(name))
    writing.add_document(document(name, *words), XML, AGENCY)
    held = work(name, number)
    writing.set_work(held)
    writing.set_expression(expression(name))
    writing.set_life(held.id, [event(held.id, date(2019, 5, 17), name=name)], [period(held.id, date(2019, 5, 17), name=name)])
    writing.set_precedence(AGENCY, RANKS)
    writing.set_profile(AGENCY, *PROFILE)
