"""Reading: an Akoma Ntoso file of ours as the document it was written from."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from lineage.documents.markup import AKN, PL
from lineage.documents.origins import read_box, rebuild
from lineage.documents.outline_reader import read_clauses
from lineage.documents.schemas import faults
from lineage.errors import RefusedError
from lineage.guard import parse_xml
from lineage.model import (
    Binding,
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
    Outline,
    Relation,
    Run,
    Text,
)


def read(data: bytes) -> Document:
    """The document that a file holds: equal to the one written in every field, each text with the same string and the same pieces.

    The lines behind the texts are rebuilt from the origins: one line a stretch, with its box and without boxes of single words.

    Raises RefusedError: ``xml.malformed`` and ``xml.doctype`` for what cannot be parsed safely, ``documents.foreign`` for another kind of
    XML, ``documents.unsound`` for a file that breaks the schemas or contradicts itself.
    """
    root = parse_xml(data)
    lineage = root.find(f"{{{AKN}}}doc/{{{AKN}}}meta/{{{AKN}}}proprietary/{{{PL}}}lineage") if root.tag == f"{{{AKN}}}akomaNtoso" else None
    if lineage is None:
        raise RefusedError(
            f"The file is XML of another kind: its root is {root.tag}, and it holds no record of this house.",
            hint="Only Akoma Ntoso files that policy-lineage wrote can be read back.",
            code="documents.foreign",
        )
    found = faults(root)
    if found:
        raise _unsound(found[0].removeprefix("xsd.invalid: "))
    try:
        return _Record(root, lineage).document()
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise _unsound(f"{type(error).__name__}: {error}") from error


def _unsound(why: str) -> RefusedError:
    return RefusedError(f"The file contradicts itself or its schema ({why}), so nothing of it is taken.", code="documents.unsound")


class _Record:
    """A ``pl:lineage`` taken apart: items and evidence by id, origins by what they are of."""

    def __init__(self, root: Any, lineage: Any) -> None:
        self.root = root
        self.lineage = lineage
        self.items = {one.get("id"): one.get("sha256") for one in self._all("item")}
        self.evidence = {one.get("id"): self._quote(one) for one in self._all("evidence")}
        self.origins: dict[tuple[str, str], list[Any]] = {}
        for one in self._all("origin"):
            self.origins.setdefault((one.get("of")[1:], one.get("part", "text")), []).append(one.attrib)

    def document(self) -> Document:
        doc = self.root[0]
        heading, item, run = self._one("heading"), self._one("item"), self._one("run")
        relations = {one.get("id"): self._relation(one) for one in self._all("relation")}
        findings = [(one.get("of").split(), self._finding(one)) for one in self._all("finding")]
        return Document(
            work=self._work("FRBRalias[@name='work-id']"),
            outline=Outline(
                item=item.get("sha256"),
                heading=self._heading(heading),
                clauses=read_clauses(doc.find(f"{{{AKN}}}mainBody"), self.text, {name: relation.id for name, relation in relations.items()}),
                furniture=self._furniture(),
                findings=tuple(finding for of, finding in findings if "outline" in of),
                pages=int(item.get("pages")),
                first_page=int(item.get("first_page", "1")),
            ),
            relations=tuple(relations.values()),
            findings=tuple(finding for of, finding in findings if "document" in of),
            run=Run(run.get("at"), run.get("code"), run.get("profile"), run.get("profile_sha256")),
            name=item.get("name"),
            media_type=item.get("media_type"),
            size=int(item.get("bytes")),
            time_zone=self.lineage.get("time_zone"),
            country=self._work("FRBRcountry"),
            agency_name=heading.get("agency_name", ""),
            series_name=heading.get("series_name", ""),
            starts=_day(self._one("starts")),
            bindings=tuple(self._binding(one) for one in self._all("binds")),
            base=_base(self.lineage.get("base")),
            master=_base(self.lineage.get("master")),
            complete=self.lineage.get("complete") != "false",
        )

    def text(self, eid: str, part: str, string: str) -> Text:
        """The words of one part of a clause or a field, with their origins."""
        said = self.origins.get((eid, part), ())
        return rebuild(string, said) if string else Text()

    def _all(self, name: str) -> Any:
        return self.lineage.iterchildren(f"{{{PL}}}{name}")

    def _one(self, name: str) -> Any:
        return next(self._all(name))

    def _work(self, name: str) -> str:
        path = "/".join(f"{{{AKN}}}{step}" for step in ("doc", "meta", "identification", "FRBRWork", name))
        return str(self.root.find(path).get("value"))

    def _named(self, said: str | None) -> tuple[Evidence, ...]:
        return tuple(self.evidence[name] for name in (said or "").split())

    def _quote(self, one: Any) -> Evidence:
        box = read_box(one.get("box_pt"))
        place = (int(one.get("start")), int(one.get("end")), one.get("rule"))
        return Evidence(self.items[one.get("item")], int(one.get("page")), box, one.text or "", *place, one.get("at", ""))

    def _heading(self, said: Any) -> Heading:
        return Heading(
            agency=said.get("agency"),
            series=said.get("series"),
            number=said.get("number"),
            title=said.get("title"),
            dates=tuple(self._date(one) for one in self._all("date")),
            fields=tuple(self._fields()),
            number_evidence=self._named(said.get("number_evidence")),
            title_evidence=self._named(said.get("title_evidence")),
        )

    def _fields(self) -> Any:
        for line in self.root.iterfind(f"{{{AKN}}}doc/{{{AKN}}}preface/{{{AKN}}}p[@{{{PL}}}field]"):
            yield line.get(f"{{{PL}}}field"), self.text(line.get("eId"), "text", "".join(line[0].itertext()))

    def _date(self, one: Any) -> DateReading:
        said = (one.get("raw"), int(one.get("page")), self._named(one.get("evidence")), one.get("basis", ""), one.get("certainty"))
        return DateReading(one.get("role"), _day(one), *said)

    def _relation(self, one: Any) -> Relation:
        parts: dict[str, Any] = {part.tag.rpartition("}")[2]: part for part in one}
        edit, effective, condition = parts.get("edit"), parts.get("effective"), parts.get("condition")
        return Relation(
            item=self.items[one.get("item")],
            kind=one.get("kind"),
            affecting=_end(parts["affecting"]),
            affected=_end(parts["affected"]),
            evidence=self._named(one.get("evidence")),
            scope=one.get("scope"),
            effect=None if effective is None else Effect(_day(effective), effective.get("basis")),
            edit=None if edit is None else _edit(edit),
            condition="" if condition is None else condition.text or "",
            certainty=one.get("certainty"),
            status=one.get("status"),
            source=one.get("source"),
            candidates=tuple(other.get("work") for other in one.iterchildren(f"{{{PL}}}candidate")),
            standing=one.get("standing", "order"),
        )

    def _binding(self, one: Any) -> Binding:
        lists = {name: tuple((one.get(name) or "").split()) for name in ("within", "apart")}
        return Binding(
            one.get("kind"), one.text or "", self._named(one.get("evidence")), one.get("who", ""), one.get("binds") == "true", one.get("only") == "true",
            one.get("pilot") == "true", one.get("scope"), one.get("limit", ""), **lists,
        )  # fmt: skip

    def _furniture(self) -> tuple[Furniture, ...]:
        copies: dict[str, list[Text]] = {}
        for copy in self._all("copy"):
            copies.setdefault(copy.get("furniture"), []).append(rebuild(copy[0].text or "", [one.attrib for one in copy[1:]]))
        return tuple(
            Furniture(
                kind=one.get("kind"),
                text=one.text or "",
                pages=tuple(int(page) for page in one.get("pages").split()),
                reason=one.get("reason"),
                evidence=self._named(one.get("evidence")),
                texts=tuple(copies.get(one.get("id"), ())),
            )
            for one in self._all("furniture")
        )

    def _finding(self, one: Any) -> Finding:
        return Finding(one.get("code"), one.get("severity"), one.text or "", self._named(one.get("evidence")), one.get("work"))


def _day(one: Any) -> Day:
    return Day(_date_of(one, "on"), _date_of(one, "earliest"), _date_of(one, "latest"), one.get("hour"))


def _base(said: str | None) -> Day | None:
    return None if said is None else Day(date.fromisoformat(said)) if said else Day()


def _date_of(one: Any, name: str) -> date | None:
    said = one.get(name)
    return date.fromisoformat(said) if said else None


def _end(one: Any) -> End:
    said = {name: one.get(name) for name in ("work", "eid", "series", "number", "title", "subject", "among")}
    days = {name: _date_of(one, name) for name in ("version_on", "dated")}
    return End(one.get("mention"), **cast(Any, said | days), own=one.get("own") == "true", external=one.get("external") == "true", path=_path(one))


def _path(one: Any) -> tuple[str, ...]:
    return tuple(part.text or "" for part in one if part.tag.endswith("}part"))


def _edit(one: Any) -> Edit:
    numbers = {name: int(one.get(name)) for name in ("count", "occurrence") if one.get(name) is not None}
    said = {name: one.get(name) for name in ("find", "replace", "position", "text", "marker")}
    return Edit(**cast(Any, said | numbers), clauses=tuple((one.get("clauses") or "").split()), excepted=tuple(_path(kept) for kept in one))
