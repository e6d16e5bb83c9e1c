"""What a paper says of itself, in the standard's own elements: series, number and title, then each labelled value; and the signatures."""

from __future__ import annotations

from lineage.documents.markup import element, words
from lineage.documents.origins import attributes, origins
from lineage.documents.record import date_id, furniture_id
from lineage.model import Document, Text


def preface(document: Document) -> tuple[str, list[str]]:
    """The ``preface`` and the ``pl:origin`` of its fields. The first line is the document's name; a field is ``p pl:field="LABEL"``."""
    heading = document.outline.heading
    name = [("docType", document.series_name or heading.series), ("docNumber", heading.number), ("docTitle", heading.title)]
    lines = [element("p", {"eId": "preface__p_1"}, " ".join(element(tag, {}, words(said)) for tag, said in name if said))]
    found: list[str] = []
    for at, (label, value) in enumerate(heading.fields):
        eid = f"preface__p_{at + 2}"
        lines.append(element("p", {"eId": eid, "pl:field": label}, words(_printed(label)) + _value(document, value)))
        found += [f'<pl:origin of="#{eid}"{attributes(origin)}/>' for origin in origins(value)]
    return element("preface", {"eId": "preface"}, "".join(f"\n      {line}" for line in lines) + "\n    "), found


def conclusions(document: Document) -> str:
    """The signatures; nothing where there are none."""
    signed = [(at, one) for at, one in enumerate(document.outline.furniture) if one.kind == "signature"]
    lines = [
        element("p", {"eId": f"conclusions__p_{number}"}, element("signature", {"pl:furniture": furniture_id(at)}, words(one.text)))
        for number, (at, one) in enumerate(signed, 1)
    ]
    return element("conclusions", {"eId": "conclusions"}, "".join(f"\n      {line}" for line in lines) + "\n    ") if lines else ""


def _printed(label: str) -> str:
    """A label as a paper prints it, before its value; nothing for the plain lower-case name of a field, which no paper prints."""
    if label == label.lower():
        return ""
    return label + (" " if label.rstrip().endswith(":") else ": ")


def _value(document: Document, value: Text) -> str:
    """One element that holds the value as written; a ``docDate`` where a date of the paper is read from these words."""
    for at, reading in enumerate(document.outline.heading.dates):
        on = reading.day.on
        start = value.string.find(reading.raw) if reading.raw and on is not None else -1
        if start < 0:
            continue
        said = {"date": on, "pl:reading": date_id(at)}
        if reading.raw == value.string:
            return element("docDate", said, words(value.string))
        end = start + len(reading.raw)
        day = element("docDate", said, words(value.string[start:end]))
        return element("inline", {"name": "value"}, words(value.string[:start]) + day + words(value.string[end:]))
    return element("inline", {"name": "value"}, words(value.string))
