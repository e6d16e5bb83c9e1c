"""What a document is: identification by FRBR, and the references that its other parts point to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lineage.documents.address import Address
from lineage.documents.events import LifeEvent, whole_day
from lineage.documents.markup import element
from lineage.documents.record import STARTS, date_id
from lineage.model import DateReading, Document, slug

# The year of a day that is not known; the file of an expression without a day is "@0001-01-01" and has no originating event.
UNKNOWN = "0001-01-01"


def work_date(document: Document) -> tuple[str | None, str, str | None]:
    """The day in a work's address, the role it plays, and the ``pl:`` id it rests on; None for the day where nothing gives one.

    The day of issue or edition where one is stated, else the day from which the text rules.
    """
    dates = document.outline.heading.dates
    for role in ("issued", "edition"):
        for at, reading in enumerate(dates):
            on = whole_day(reading.day)
            if reading.role == role and on is not None:
                return on.isoformat(), role, date_id(at)
    starts = whole_day(document.starts)
    return (starts.isoformat(), "effective", STARTS) if starts else (None, "unknown", None)


def identification(document: Document, work: Address, on: tuple[str, str | None]) -> str:
    """``identification``: the work, this expression of it, and this file. ``on`` is the role of the work's day and the id it rests on."""
    starts = whole_day(document.starts)
    expression = expression_address(document, work)
    effective = _reading_of(document.outline.heading.dates, document)
    author, written = {"href": f"#{work.agency}", "as": "#issuer"}, {"href": "#policyLineage", "as": "#editor"}
    number = document.outline.heading.number
    parts = [
        ("FRBRWork", [
            *_addresses(f"{work}/!main", str(work)),
            element("FRBRalias", {"name": "work-id", "value": document.work}),
            *([element("FRBRalias", {"name": "title", "value": document.outline.heading.title})] if document.outline.heading.title else []),
            element("FRBRdate", {"date": work.on, "name": on[0], "pl:reading": on[1]}),
            element("FRBRauthor", author), element("FRBRcountry", {"value": work.country}), element("FRBRsubtype", {"value": work.series}),
            element("FRBRnumber" if number else "FRBRname", {"value": work.number}), element("FRBRprescriptive", {"value": True}),
        ]),
        ("FRBRExpression", [
            *_addresses(f"{expression}/!main", str(expression)),
            element("FRBRdate", {"date": expression.day, "name": "effective" if starts else "unknown", "pl:reading": effective}),
            *_put_together(document, work, author), element("FRBRlanguage", {"language": "eng"}),
        ]),
        ("FRBRManifestation", [
            *_addresses(f"{expression}/!main.xml", f"{expression}.akn"),
            element("FRBRdate", {"date": document.run.at[:10], "name": "written"}),
            element("FRBRauthor", written), element("FRBRformat", {"value": "application/akn+xml"}),
        ]),
    ]  # fmt: skip
    said = "".join(
        element(name, {}, "".join(f"\n          {one}" for one in inside) + "\n        ").join(["\n        ", ""]) for name, inside in parts
    )
    return element("identification", {"source": "#policyLineage"}, said + "\n      ")


def _put_together(document: Document, work: Address, author: Mapping[str, str]) -> list[str]:
    """Who made the words: the agency, or, of a text put together from several papers, the tool; then the expression whose ids are kept as wIds."""
    said = [element("FRBRauthor", author)] if document.base is None else [element("FRBRauthor", {"href": "#policyLineage", "as": "#editor"}), element("FRBRauthoritative", {"value": False})]
    kept, shown = (document.base, "the text held to which changes were applied") if document.master is None else (document.master, "the first text held, under the rule's first number")
    if kept is None:
        return said
    on = whole_day(kept)
    return [*said, element("FRBRmasterExpression", {"href": str(work.expression(on.isoformat() if on else UNKNOWN)), "showAs": shown})]


def expression_address(document: Document, work: Address) -> Address:
    """The address of the text that this document holds."""
    starts = whole_day(document.starts)
    return work.expression(starts.isoformat() if starts else UNKNOWN)


def references(
    document: Document, work: Address, others: Mapping[str, tuple[str, str, str]], events: Iterable[LifeEvent], terms: Mapping[str, str]
) -> str:
    """``references``: this expression, the works that act and are acted upon (eId -> element, address, words), people's words for events,
    and terms.
    """
    expression = expression_address(document, work)
    agency = document.agency_name or document.outline.heading.agency or work.agency
    title = document.outline.heading.title or document.outline.heading.number or document.name
    series = document.series_name or document.outline.heading.series
    said = [("original", "original", str(expression), " - ".join(part for part in (series, title) if part))]
    said += [(element_name, eid, address, words) for eid, (element_name, address, words) in others.items()]
    said += [
        ("TLCOrganization", work.agency, _ontology("organization", work.agency), agency),
        ("TLCRole", "issuer", _ontology("role", "issuer"), "Issuing agency"),
        ("TLCRole", "editor", _ontology("role", "editor"), "Editor of the XML"),
        ("TLCObject", "policyLineage", _ontology("object", "policy.lineage"), "policy-lineage (the software that wrote this file)"),
    ]
    happened = {event.refers: event.words for event in events}
    said += [("TLCEvent", refers, _ontology("event", _dotted(refers)), words) for refers, words in happened.items()]
    said += [("TLCConcept", "inForce", _ontology("concept", "in.force"), "in force")]
    said += [("TLCConcept", "notInForce", _ontology("concept", "not.in.force"), "not in force")]
    said += [("TLCTerm", eid, _ontology("term", f"{work.agency}.eng.{slug(term)}"), term) for term, eid in terms.items()]
    rows = [element(name, {"eId": eid, "href": href, "showAs": words}) for name, eid, href, words in said]
    return element("references", {"source": "#policyLineage"}, "".join(f"\n        {row}" for row in rows) + "\n      ")


def _addresses(this: str, uri: str) -> list[str]:
    return [element("FRBRthis", {"value": this}), element("FRBRuri", {"value": uri})]


def _reading_of(dates: Iterable[DateReading], document: Document) -> str:
    """What the expression's day rests on: a date of the paper that is this day, else the reading of the beginning itself."""
    for role in ("effective", "issued", "edition"):
        for at, reading in enumerate(dates):
            if reading.role == role and reading.day == document.starts and whole_day(document.starts) is not None:
                return date_id(at)
    return STARTS


def _dotted(name: str) -> str:
    return re.sub(r"(?=[A-Z])", ".", name).lower()


def _ontology(kind: str, name: str) -> str:
    return f"/akn/ontology/{kind}/{name}"
