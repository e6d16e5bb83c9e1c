"""Relations as modifications: what a document does to others (active) and what is done to it (passive).

One ``pl:relation`` is the record. What stands here is its projection for readers who know only the standard: of relations whose two ends
are resolved, that are neither rejected nor doubtful (a modification has no word for doubt), and of which one end is this document.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from lineage.documents.address import Address
from lineage.documents.events import Life
from lineage.documents.markup import element, words
from lineage.documents.record import relation_id
from lineage.errors import LineageError
from lineage.model import Document, Edit, End, Relation, RelationKind

# Kind -> the modifications that it is; house.md and the enumerations TextualMods, ForceMods, EfficacyMods and LegalSystemMods of the XSD.
MODIFICATIONS: dict[RelationKind, tuple[tuple[str, str], ...]] = {
    "creates": (("textualMod", "insertion"),),
    "substitutes": (("textualMod", "substitution"),),
    "inserts": (("textualMod", "insertion"),),
    "deletes": (("textualMod", "repeal"),),
    "renumbers": (("textualMod", "renumbering"),),
    "amends": (("textualMod", "substitution"),),
    "supersedes": (("textualMod", "replacement"),),
    "rescinds": (("textualMod", "repeal"), ("forceMod", "endOfEnactment")),
    "commences": (("forceMod", "entryIntoForce"),),
    "postpones": (("forceMod", "postponementOfEntryIntoForce"),),
    "extends": (("forceMod", "prorogationOfForce"),),
    "suspends": (("efficacyMod", "inapplication"),),
    "resumes": (("efficacyMod", "entryIntoEfficacy"),),
    "expires": (("legalSystemMod", "expiration"),),
    "reissues": (("legalSystemMod", "republication"),),
    "corrects": (("textualMod", "substitution"),),
    "incorporates": (("legalSystemMod", "conversion"),),
    "splits": (("textualMod", "split"),),
    "merges": (("textualMod", "join"),),
    "confirms": (),
    "supplements": (),
    "implements": (("legalSystemMod", "implementation"),),
    "cites": (),
}

_POSITIONS = ("start", "before", "inside", "after", "end")


def side(relation: Relation, work: str) -> Literal["active", "passive"] | None:
    """Whether the document of this work does it or suffers it; None where neither end is this work. What it does to itself it does."""
    if relation.affecting.own or relation.affecting.work == work:
        return "active"
    if relation.affected.own or relation.affected.work == work:
        return "passive"
    return None


def acts_here(relation: Relation, where: Literal["active", "passive"], document: Document) -> bool:
    """Whether a relation changes the life of this very text.

    A paper that replaces an earlier version of itself does not end itself; only its own words of expiry act upon it. A relation that names
    a version by its date acts upon the text of that day alone.
    """
    if relation.affected.version_on is not None:
        named = [reading.day.on for reading in document.outline.heading.dates if reading.role in ("effective", "issued")]
        return where == "passive" and relation.affected.version_on in (document.starts.on, *named)
    return where == "passive" or (relation.kind == "expires" and (relation.affected.own or relation.affected.work == document.work))


class Addresses(Struct, frozen=True):
    """The addresses that a document's relations name: its own, and those of other works by their ids. ``eids`` are the clauses of this
    file.
    """

    document: Document
    own: Address
    eids: Mapping[str, str]
    _known: dict[str, Address | None] = field(default_factory=dict)

    def of_work(self, end: End) -> Address | None:
        """The work that an end means; None where it is not resolved, or its id can stand in no address."""
        if end.work is None:
            return self.own if end.own else None
        if end.work == self.document.work:
            return self.own
        if end.work not in self._known:
            try:
                self._known[end.work] = Address.of_work(end.work, self.document.country)
            except LineageError:
                self._known[end.work] = None
        return self._known[end.work]

    def of_end(self, end: End, *, here: bool) -> str | None:
        """The most exact address: ``#eId`` in this file, else the work, the version that is named, and the clause in it."""
        if here and end.version_on is None and end.eid is not None and end.eid in self.eids:
            return f"#{self.eids[end.eid]}"
        work = self.of_work(end)
        if work is None:
            return None
        if end.version_on is not None:
            work = work.expression(end.version_on.isoformat(), as_of=":")
        portion = end.eid if end.eid and not any(blank.isspace() for blank in end.eid) else None
        return str(work.clause(portion))


class Changes:
    """Writes ``activeModifications`` and ``passiveModifications`` of one document."""

    def __init__(self, document: Document, addresses: Addresses, life: Life) -> None:
        self.document = document
        self.addresses = addresses
        self.life = life
        self._counts: dict[str, int] = {}

    def write(self) -> str:
        """The ``analysis``; nothing where there is no modification."""
        parts: dict[str, list[str]] = {"active": [], "passive": []}
        for at, relation in enumerate(self.document.relations):
            where = side(relation, self.document.work)
            if where is not None and relation.standing == "order" and relation.status != "rejected" and relation.certainty != "doubtful":
                parts[where] += [self._modification(at, relation, where, *form) for form in MODIFICATIONS[relation.kind]]
        said = ""
        for name, found in parts.items():
            inside = "".join(f"\n          {one}" for one in found if one)
            if inside:
                said += f"\n        <{name}Modifications>{inside}\n        </{name}Modifications>"
        said += self._mappings()
        return f'<analysis source="#policyLineage">{said}\n      </analysis>' if said else ""

    def _mappings(self) -> str:
        """Every clause whose lasting name is not its eId, as the standard asks."""
        kept = [c for c in self.document.outline.clauses if c.wid and c.wid != self.addresses.eids[c.eid]]
        start = f"#{self.life.origin.name}" if self.life.origin else None
        rows = [element("mapping", {"eId": f"mapping_{n}", "original": f"#{c.wid}", "current": f"#{self.addresses.eids[c.eid]}", "start": start}) for n, c in enumerate(kept, 1)]
        return f'\n        <mappings source="#policyLineage">{"".join(f"""{chr(10)}          {row}""" for row in rows)}\n        </mappings>' if rows else ""

    def _modification(self, at: int, relation: Relation, where: str, name: str, kind: str) -> str:
        affecting = self.addresses.of_end(relation.affecting, here=where == "active")
        affected = self.addresses.of_end(relation.affected, here=where == "passive" or relation.affected.work == self.document.work)
        if affecting is None or affected is None:
            return ""
        self._counts[name] = self._counts.get(name, 0) + 1
        eid = f"{name}_{self._counts[name]}"
        parts = [
            element("source", {"eId": f"{eid}__source_1", "href": affecting}),
            element("destination", {"eId": f"{eid}__destination_1", "href": affected, "pos": _position(relation.edit)}),
        ]
        period = self._period(at, where)
        if period is not None:
            parts.append(element("force", {"period": f"#{period}"}))
        if relation.condition:
            parts.append(element("condition", {}, element("pl:condition", {}, words(relation.condition))))
        if name == "textualMod":
            parts += _old_and_new(eid, relation, affected)
        named = {"eId": eid, "type": kind, "incomplete": True if relation.kind == "amends" else None, "pl:relation": relation_id(at)}
        return element(name, named, "".join(f"\n            {part}" for part in parts) + "\n          ")

    def _period(self, at: int, where: str) -> str | None:
        """An order's own acts work while it is in force; what ended it works from then on."""
        if where == "active":
            return self.life.groups.get("inForce")
        if self.life.ends is not None and self.life.ends.relation == relation_id(at):
            return self.life.groups.get("notInForce")
        return None


def _position(edit: Edit | None) -> str | None:
    """``destination/@pos`` where the instruction names one of the standard's places ("after-item-2" is after)."""
    if edit is None or edit.position is None:
        return None
    return next((place for place in _POSITIONS if edit.position.startswith(place)), "unspecified")


def _old_and_new(eid: str, relation: Relation, affected: str) -> list[str]:
    """The words that go and the words that come, as far as the instruction quotes them. ``old`` points to ``new``, ``new`` to where the
    words stand.
    """
    edit = relation.edit
    if edit is None:
        return []
    gone = edit.find if relation.kind != "deletes" or edit.find is not None else edit.text
    come = None if relation.kind == "deletes" else (edit.replace if edit.replace is not None else edit.text)
    by = "marker" if relation.kind == "renumbers" else None
    parts = []
    if gone is not None:
        to = f"#{eid}__new_1" if come is not None else None
        parts.append(element("old", {"eId": f"{eid}__old_1", "href": to}, _quoted(gone, by)))
    if come is not None:
        parts.append(element("new", {"eId": f"{eid}__new_1", "href": affected}, _quoted(come, by)))
    return parts


def _quoted(string: str, by: str | None) -> str:
    return element("pl:text", {by: string} if by else {}, "" if by else words(string))
