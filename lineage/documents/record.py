"""The record: everything of a document that the standard has no place for, in one ``pl:lineage``.

What stands here is what is read back. Where the standard has a place too (modifications, events, references), that is a projection for
other readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lineage.documents.markup import element, quoted, words
from lineage.documents.origins import attributes, box, origins
from lineage.model import Binding, DateReading, Day, Document, Edit, End, Evidence, Finding, Furniture, Relation

STARTS = "starts_1"


def date_id(at: int) -> str:
    """The id of the heading's date at this position."""
    return f"date_{at + 1}"


def relation_id(at: int) -> str:
    """The id of the document's relation at this position."""
    return f"rel_{at + 1}"


def furniture_id(at: int) -> str:
    """The id of the outline's furniture at this position."""
    return f"fur_{at + 1}"


class Record:
    """Writes ``pl:lineage``. Items and evidence get their ids in the order in which they are first named; the document's own item is
    ``item_1``.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._items: dict[str, str] = {document.outline.item: "item_1"}
        self._evidence: dict[tuple[Evidence, int], str] = {}

    def write(self, clause_origins: Sequence[str], field_origins: Sequence[str]) -> str:
        """The whole element. ``clause_origins`` and ``field_origins`` are the ``pl:origin`` of the body and of the preface."""
        document = self.document
        outline = document.outline
        dates = [self._date(at, date) for at, date in enumerate(outline.heading.dates)]
        relations = [self._relation(at, relation) for at, relation in enumerate(document.relations)]
        bound = [self._binding(at, one) for at, one in enumerate(document.bindings)]
        furniture, copies = self._furniture(outline.furniture)
        findings = self._findings(outline.findings, document.findings)
        heading = self._heading()
        evidence = [self._quote(one, name) for (one, _), name in self._evidence.items()]
        parts = [self._run(), *self._held(), heading, element("pl:starts", {"id": STARTS} | _day(document.starts))]
        for group in (evidence, dates, relations, bound, furniture, field_origins, clause_origins, copies, findings):
            parts.extend(group)
        inner = "\n          ".join(["", *parts])
        said = {"time_zone": document.time_zone}
        if document.base is not None:
            said |= {"base": document.base.on.isoformat() if document.base.on else "", "complete": "true" if document.complete else "false"}
        if document.master is not None:
            said |= {"master": document.master.on.isoformat() if document.master.on else ""}
        return element("pl:lineage", said, f"{inner}\n        ")

    def named(self, evidence: Iterable[Evidence]) -> str | None:
        """The ids of these pieces of evidence, each kept once; None for none. One that is named twice here is kept twice: a list of ids
        repeats none.
        """
        times: dict[Evidence, int] = {}
        names = []
        for one in evidence:
            before = times.get(one, 0)
            times[one] = before + 1
            names.append(self._evidence.setdefault((one, before), f"ev_{len(self._evidence) + 1}"))
        return " ".join(names) or None

    def _item(self, sha256: str) -> str:
        return self._items.setdefault(sha256, f"item_{len(self._items) + 1}")

    def _run(self) -> str:
        run = self.document.run
        said = {"id": "run_1", "at": run.at, "code": run.code, "profile": run.profile, "profile_sha256": run.profile_sha256}
        return element("pl:run", said)

    def _held(self) -> list[str]:
        document = self.document
        own = {"name": document.name, "media_type": document.media_type, "bytes": document.size, "pages": document.outline.pages}
        if document.outline.first_page != 1:
            own["first_page"] = document.outline.first_page
        held = []
        for sha256, name in self._items.items():
            said = {"id": name, "sha256": sha256} | (own if name == "item_1" else {})
            held.append(element("pl:item", said))
        return held

    def _heading(self) -> str:
        document, heading = self.document, self.document.outline.heading
        said = {
            "agency": heading.agency, "agency_name": document.agency_name or None,
            "series": heading.series, "series_name": document.series_name or None, "number": heading.number, "title": heading.title,
            "number_evidence": self.named(heading.number_evidence), "title_evidence": self.named(heading.title_evidence),
        }  # fmt: skip
        return element("pl:heading", said)

    def _quote(self, one: Evidence, name: str) -> str:
        # There are thousands: numbers and our own names need no look for marks.
        boxed = f' box_pt="{box(one.box_pt)}"' if one.box_pt is not None else ""
        place = f'item="{self._item(one.item)}" page="{one.page}"{boxed} start="{one.start}" end="{one.end}"'
        at = f' at="{quoted(one.at)}"' if one.at else ""
        said = f'<pl:evidence id="{name}" {place} rule="{quoted(one.rule)}"{at}'
        return f"{said}>{words(one.quote)}</pl:evidence>" if one.quote else f"{said}/>"

    def _date(self, at: int, date: DateReading) -> str:
        said = {"id": date_id(at), "role": date.role, "raw": date.raw} | _day(date.day)
        said |= {"page": date.page, "basis": date.basis or None, "certainty": date.certainty, "evidence": self.named(date.evidence)}
        return element("pl:date", said)

    def _relation(self, at: int, relation: Relation) -> str:
        parts = [_end("pl:affecting", relation.affecting), _end("pl:affected", relation.affected)]
        if relation.edit is not None:
            parts.append(_edit(relation.edit))
        if relation.effect is not None:
            parts.append(element("pl:effective", _day(relation.effect.day) | {"basis": relation.effect.basis}))
        if relation.condition:
            parts.append(element("pl:condition", {}, words(relation.condition)))
        parts += [element("pl:candidate", {"work": work}) for work in relation.candidates]
        named = {
            "id": relation_id(at), "item": self._item(relation.item), "kind": relation.kind, "scope": relation.scope,
            "certainty": relation.certainty, "status": relation.status, "source": relation.source,
            "standing": relation.standing if relation.standing != "order" else None,
            "evidence": self.named(relation.evidence),
        }  # fmt: skip
        return element("pl:relation", named, "".join(f"\n            {part}" for part in parts) + "\n          ")

    def _binding(self, at: int, one: Binding) -> str:
        said = {
            "id": f"bind_{at + 1}", "kind": one.kind, "who": one.who or None, "binds": one.binds, "only": one.only or None, "pilot": one.pilot or None,
            "scope": one.scope, "limit": one.limit or None, "within": " ".join(one.within) or None, "apart": " ".join(one.apart) or None,
            "evidence": self.named(one.evidence),
        }  # fmt: skip
        return element("pl:binds", said, words(one.words))

    def _furniture(self, furniture: Sequence[Furniture]) -> tuple[list[str], list[str]]:
        """The furniture, and behind the clauses' origins those of its copies, each copy with its own words."""
        pieces: list[str] = []
        places: list[str] = []
        for at, one in enumerate(furniture):
            said = {
                "id": furniture_id(at),
                "kind": one.kind,
                "pages": " ".join(map(str, one.pages)),
                "reason": one.reason,
                "evidence": self.named(one.evidence),
            }
            pieces.append(element("pl:furniture", said, words(one.text)))
            for text in one.texts:
                name = f"copy_{len(places) + 1}"
                stands = "".join([f"<pl:stands{attributes(origin)}/>" for origin in origins(text)])
                said_here = f"<pl:words>{words(text.string)}</pl:words>" if text else "<pl:words/>"
                places.append(f'<pl:copy id="{name}" furniture="{furniture_id(at)}">{said_here}{stands}</pl:copy>')
        return pieces, places

    def _findings(self, of_outline: Sequence[Finding], of_document: Sequence[Finding]) -> list[str]:
        """Each finding once where the document's begin with the outline's, as they do when both rooms' findings are joined."""
        if of_outline and of_document[: len(of_outline)] == of_outline:
            listed = [("outline document", one) for one in of_outline] + [("document", one) for one in of_document[len(of_outline) :]]
        else:
            listed = [("outline", one) for one in of_outline] + [("document", one) for one in of_document]
        return [self._finding(at, where, one) for at, (where, one) in enumerate(listed)]

    def _finding(self, at: int, where: str, one: Finding) -> str:
        said = {
            "id": f"find_{at + 1}",
            "of": where,
            "code": one.code,
            "severity": one.severity,
            "work": one.work,
            "evidence": self.named(one.evidence),
        }
        return element("pl:finding", said, words(one.message))


def _day(day: Day) -> dict[str, object]:
    return {"on": day.on, "earliest": day.earliest, "latest": day.latest, "hour": day.hour}


def _end(name: str, end: End) -> str:
    said = {
        "mention": end.mention, "work": end.work, "eid": end.eid, "version_on": end.version_on, "series": end.series, "number": end.number,
        "title": end.title, "dated": end.dated, "own": end.own or None, "external": end.external or None,
        "subject": end.subject, "among": end.among,
    }  # fmt: skip
    return element(name, said, _path(end.path))


def _path(path: Sequence[str]) -> str:
    return "".join(element("pl:part", {}, words(part)) for part in path)


def _edit(edit: Edit) -> str:
    said = {
        "find": edit.find, "replace": edit.replace, "count": edit.count, "position": edit.position, "text": edit.text, "occurrence": edit.occurrence,
        "marker": edit.marker, "clauses": " ".join(edit.clauses) or None,
    }  # fmt: skip
    return element("pl:edit", said, "".join(element("pl:except", {}, _path(path)) for path in edit.excepted))
