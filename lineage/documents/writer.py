"""Writing: a document as one strictly valid Akoma Ntoso file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lineage.documents.address import Address
from lineage.documents.body import Body
from lineage.documents.changes import Addresses, Changes, acts_here, side
from lineage.documents.events import Life, life_of
from lineage.documents.inline import Reference
from lineage.documents.markup import AKN, DECLARED, PL, Names, opening
from lineage.documents.metadata import identification, references, work_date
from lineage.documents.preface import conclusions, preface
from lineage.documents.record import Record, relation_id
from lineage.documents.schemas import sound, validate
from lineage.errors import LineageError, RefusedError
from lineage.model import Document, Relation, slug

# What XML 1.0 (section 2.2) cannot carry in any form.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(document: Document) -> bytes:
    """The document as Akoma Ntoso 3.0 in UTF-8, valid against the official strict XSD and ours at once; the same document gives the same
    bytes.

    Every word of the document is in it as it is; :func:`~lineage.documents.reader.read` gives the same document back. Of two clauses with
    one eid the second gets a counter behind it.

    Raises LineageError: ``documents.characters`` for a character that XML cannot carry, ``documents.work-id`` and ``documents.country``
    for names that fit no address, ``documents.invalid`` where the document breaks the schema in another way (a hash that is none, a page
    0).
    """
    data = draft(document)
    approve([(document, data)])
    return data


def draft(document: Document) -> bytes:
    """What ``write`` gives, not yet held against the schemas: ``approve`` does that, and may do it while the draft is put to use.

    Raises LineageError as ``write`` does, but for what the schemas and the parser find.
    """
    text = "".join(_parts(document))
    try:
        return DECLARED + text.encode()
    except UnicodeEncodeError as error:
        raise _unfit(document, text) from error


def approve(drafts: Sequence[tuple[Document, bytes]]) -> None:
    """Hold documents and their drafts against both schemas. Raises LineageError ``documents.invalid`` for the first that is at fault."""
    if len(drafts) == 1 or not sound([data for _, data in drafts]):
        for document, data in drafts:
            _approve(document, data)


def _approve(document: Document, data: bytes) -> None:
    try:
        faults = validate(data)
    except RefusedError as error:
        raise _unfit(document, data.decode()) from error
    if faults:
        raise LineageError(
            f"{document.name} cannot be written as Akoma Ntoso: {faults[0].removeprefix('xsd.invalid: ')}",
            hint="The document's own values are at fault; the file was not written.", code="documents.invalid",
        )  # fmt: skip


def _parts(document: Document) -> Iterator[str]:
    day, role, rests_on = work_date(document)
    work = Address.of_work(document.work, document.country, day)
    names = Names()
    body = Body(document.outline.clauses, names)
    addresses = Addresses(document, work, dict(zip((clause.eid for clause in document.outline.clauses), body.eids, strict=True)))
    others, acting = _others(document, addresses)
    life = life_of(document, acting)
    terms = _terms(document)
    body.write(_references(document, addresses), terms, {relation.id: relation_id(at) for at, relation in enumerate(document.relations)} if any(c.put_by for c in document.outline.clauses) else {}, life.brought)
    lines, fields = preface(document)
    record = Record(document).write(body.origins, fields)

    yield f'<akomaNtoso xmlns="{AKN}" xmlns:pl="{PL}">\n  '
    contains = "originalVersion" if _first(life) else "singleVersion"
    yield opening("doc", {"name": work.series, "contains": contains}) + "\n    <meta>"
    meta = [
        identification(document, work, (role, rests_on)),
        life.lifecycle(),
        Changes(document, addresses, life).write(),
        life.temporal(),
        references(document, work, others, life.events, terms),
        f'<proprietary source="#policyLineage">\n        {record}\n      </proprietary>',
    ]
    yield "".join(f"\n      {part}" for part in meta if part)
    yield f"\n    </meta>\n    {lines}\n    "
    period = life.groups.get("inForce")
    yield opening("mainBody", {"eId": "body", "period": f"#{period}" if period else None})
    yield "".join(body.lines)
    yield "\n    </mainBody>"
    ending = conclusions(document)
    yield f"\n    {ending}" if ending else ""
    yield "\n  </doc>\n</akomaNtoso>\n"


def _first(life: Life) -> bool:
    """Whether this is the work's first text as far as it says: its day is known and no event before changes it."""
    return life.origin is not None and not any(event.on < life.origin.on for event in life.events)


def _others(document: Document, addresses: Addresses) -> tuple[dict[str, tuple[str, str, str]], list[tuple[int, Relation, str]]]:
    """The other works as references (eId -> element, address, words), and what acts upon this document, with the eId of its work."""
    found: dict[str, tuple[str, str, str]] = {}
    known: dict[tuple[str, str], str] = {}
    acting: list[tuple[int, Relation, str]] = []
    for at, relation in enumerate(document.relations):
        where = side(relation, document.work)
        if where is None:
            continue
        end, tag, short = (relation.affected, "activeRef", "aref") if where == "active" else (relation.affecting, "passiveRef", "pref")
        address = addresses.of_work(end)
        if address is None:
            continue
        name = "original"
        if address != addresses.own:
            key = (tag, str(address))
            if key not in known:
                known[key] = f"{short}_{sum(1 for other in known if other[0] == tag) + 1}"
                found[known[key]] = (tag, str(address), end.mention.strip() or str(end.work))
            name = known[key]
        if acts_here(relation, where, document):
            acting.append((at, relation, name))
    return found, acting


def _references(document: Document, addresses: Addresses) -> dict[str, list[Reference]]:
    """The mentions of other works that are resolved, by the eid of the clause that they stand in."""
    found: dict[str, list[Reference]] = {}
    for at, relation in enumerate(document.relations):
        where = side(relation, document.work)
        ends = (relation.affecting, relation.affected) if where != "passive" else (relation.affected, relation.affecting)
        eid = ends[0].eid
        itself = ends[1].own or ends[1].work == document.work
        href = None if itself or relation.status == "rejected" else addresses.of_end(ends[1], here=False)
        if href is not None and eid is not None and eid in addresses.eids:
            found.setdefault(addresses.eids[eid], []).append(Reference(ends[1].mention, href, relation_id(at)))
    return found


def _terms(document: Document) -> dict[str, str]:
    """The defined words, each with the eId of its TLCTerm."""
    names = Names()
    found: dict[str, str] = {}
    for clause in document.outline.clauses:
        if clause.term and clause.term not in found and clause.term in clause.text.string:
            found[clause.term] = names.give(f"term-{slug(clause.term)}")
    return found


def _unfit(document: Document, text: str) -> LineageError:
    """The error for a character that XML cannot carry, with the place where it stands."""
    found = _FORBIDDEN.search(text)
    if found is None:
        return LineageError(f"{document.name} cannot be written as XML.", code="documents.invalid")
    clause = next(
        (
            c
            for c in document.outline.clauses
            for part in (c.marker, c.heading, c.text, *(cell for row in c.rows for cell in row))
            if _FORBIDDEN.search(part.string)
        ),
        None,
    )
    where = f"clause {clause.eid}" if clause else f'"{text[max(found.start() - 20, 0) : found.start()]}"'
    return LineageError(
        f"{document.name} is not written: its words hold the character U+{ord(found.group()):04X} ({where}), which XML cannot carry.",
        hint="Such characters are taken out where pages are read; read the file again.",
        code="documents.characters",
    )
