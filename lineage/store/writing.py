"""Writing into a library, within one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

from sqlalchemy import Connection, func, select

from lineage.errors import StoreError
from lineage.model import (
    Document,
    Event,
    Expression,
    Finding,
    Item,
    Listing,
    Outline,
    Period,
    Precedence,
    Provenance,
    Relation,
    Signature,
    Work,
    bytes_of,
)
from lineage.model.access import Marking, Purge, Redaction, Withdrawal
from lineage.model.decision import Attestation, Decision
from lineage.store import access, custody, purging, schema, searching, seeing, unsalting
from lineage.store.originals import Originals
from lineage.store.reading import Reading
from lineage.store.recording import Recorder, batches, body_of
from lineage.store.shaping import (
    clause_facts,
    date_facts,
    event_facts,
    expression_facts,
    finding_facts,
    item_facts,
    period_facts,
    relation_facts,
    words_of,
    work_facts,
)

READING, TIMELINE = "reading", "timeline"


class Writing(Reading):
    """One transaction on a library. ``moment`` is the UTC moment at which all of it is recorded, ``brought`` the hashes of the bytes that it was the first to keep. Questions see what the transaction
    wrote so far.

    Every fact may be set again and again: nothing is written where nothing changed. StoreError where the database refuses.
    """

    def __init__(self, connection: Connection, originals: Originals, moment: str) -> None:
        super().__init__(originals.within(connection))
        self.moment = moment
        self._connection = connection
        self._record = Recorder(connection, moment)
        self.brought: list[str] = []

    def add_item(self, item: Item, data: bytes) -> None:
        """Keep an item and its bytes; nothing happens where it is held. StoreError ``store.bytes`` if the bytes do not have its hash."""
        self.add_items([(item, data)])

    def add_items(self, items: Iterable[tuple[Item, bytes]]) -> None:
        """The same of several items, each with its bytes."""
        new: dict[str, tuple[Item, bytes]] = {}
        for item, data in items:
            new.setdefault(item.sha256, (item, data))
        for sha256 in self._held(schema.item.c.sha256, new):
            del new[sha256]
        for item, data in new.values():
            if item.sha256 == bytes_of(item.sha256) and self._originals.put(item.sha256, data):
                self.brought.append(item.sha256)
        self._record.insert(schema.item, [item_facts(item, self.moment) for item, _ in new.values()])
        tilted = [{"item": item.sha256, "page": page.number, "degrees": page.tilt} for item, _ in new.values() for page in item.pages if page.tilt]
        self._record.insert(schema.tilt, tilted)

    def add_document(self, document: Document, xml: bytes, agency: str) -> None:
        """Keep what was read from an item that was added: XML, clauses, dates, relations (of this agency), findings
        (``document.findings``).

        StoreError ``store.held`` where the item has a document, because what was read once is never changed; ``store.unknown-item``
        where the item was not added.
        """
        self.add_documents([(document, xml)], agency)

    def add_documents(self, written: Sequence[tuple[Document, bytes]], agency: str) -> None:
        """The same of several documents, each with its XML."""
        self._make_sure_of([document.outline.item for document, _ in written])
        rows = [
            {"item": document.outline.item, "xml": xml, "sha256": hashlib.sha256(xml).hexdigest(), "run": body_of(document.run)}
            for document, xml in written
        ]
        self._record.insert(schema.document, [row | {"recorded_from": self.moment} for row in rows])
        self._add_clauses(document.outline for document, _ in written)
        dates = [(d.outline.item, at, date) for d, _ in written for at, date in enumerate(d.outline.heading.dates)]
        self._record.insert(schema.date_reading, [date_facts(date, item, at) for item, at, date in dates])
        bound = [{"item": d.outline.item, "ord": at, "kind": one.kind, "body": body_of(one)} for d, _ in written for at, one in enumerate(d.bindings)]
        self._record.insert(schema.binding, bound)
        relations: dict[str, dict[str, Any]] = {}
        findings: dict[str, list[Finding]] = {}
        for document, _ in written:
            findings[document.outline.item] = list(document.findings)
            for at, relation in enumerate(document.relations):
                facts = relation_facts(relation, agency, at)
                if relations.setdefault(facts["id"], facts)["body"] != facts["body"]:
                    findings[document.outline.item].append(_same_name(relation, document.work))
        self._record.add(schema.relation, relations.values())
        read = {item: [finding_facts(f, READING, item, item, f.work) for f in own] for item, own in findings.items()}
        self._settle_findings(READING, read)

    def set_work(self, work: Work) -> None:
        """Hold the work so from now on."""
        self.set_works([work])

    def set_works(self, works: Iterable[Work]) -> None:
        """The same of several works."""
        self._record.settle_each(schema.work, "id", {work.id: [work_facts(work)] for work in works})

    def close_work(self, work_id: str) -> None:
        """Hold the work no longer, nor its life and the findings of its timeline. Its expressions and relations have to be given to
        other works.
        """
        self.set_life(work_id, (), ())
        self.set_findings(work_id, ())
        self._record.settle(schema.work, {"id": work_id}, ())

    def set_expression(self, expression: Expression) -> None:
        """Hold the expression of its item so from now on; its work may have become another. ``recorded_from`` of the value says nothing."""
        self.set_expressions([expression])

    def set_expressions(self, expressions: Iterable[Expression]) -> None:
        """The same of several expressions."""
        self._record.settle_each(schema.expression, "item", {x.item: [expression_facts(x)] for x in expressions})

    def set_relation(self, relation: Relation, agency: str) -> None:
        """Hold the relation with this id so from now on, in the place that it has among those of its item."""
        same = {"id": relation.id}
        held = self._record.held(schema.relation, same)
        ord = held[0].ord if held else self._next(schema.relation.c.ord, schema.relation.c.item == relation.item)
        self._record.settle(schema.relation, same, [relation_facts(relation, agency, ord)], Relation)

    def set_findings(self, work: str, findings: Sequence[Finding]) -> None:
        """Make the findings of a work's timeline these: equal ones stay, others are closed, new ones are added."""
        self.set_all_findings({work: findings})

    def set_all_findings(self, findings: Mapping[str, Sequence[Finding]]) -> None:
        """The same of several works at once, by work."""
        rows = {
            work: [finding_facts(f, TIMELINE, work, f.evidence[0].item if f.evidence else None, work) for f in own]
            for work, own in findings.items()
        }
        self._settle_findings(TIMELINE, rows)

    def set_reading(self, item: str, findings: Sequence[Finding]) -> None:
        """Make the findings of the reading of an item these, likewise; for when its work becomes another."""
        self._settle_findings(READING, {item: [finding_facts(f, READING, item, item, f.work) for f in findings]})

    def set_life(self, work: str, events: Sequence[Event], periods: Sequence[Period]) -> None:
        """Make the events (in this order) and the periods of a work these, likewise. The periods must not overlap; ``check`` names
        those that do.
        """
        self.set_lives({work: (events, periods)})

    def set_lives(self, lives: Mapping[str, tuple[Sequence[Event], Sequence[Period]]]) -> None:
        """The same of several works at once, by work."""
        events = {work: [event_facts(event, work, at) for at, event in enumerate(own)] for work, (own, _) in lives.items()}
        periods = {work: [period_facts(period, work) for period in own] for work, (_, own) in lives.items()}
        self._record.settle_each(schema.event, "work", events, Event)
        self._record.settle_each(schema.period, "work", periods, Period)

    def set_precedence(self, agency: str, ranks: Iterable[Precedence]) -> None:
        """Hold from now on that these series of an agency prevail over those, and no others; of two with the same series the first."""
        rows = {(one.prevails, one.over): one for one in reversed(list(ranks))}
        facts = [{"agency": agency, "prevails": prevails, "over": over, "body": body_of(one)} for (prevails, over), one in rows.items()]
        self._record.settle_each(schema.precedence, "agency", {agency: facts}, Precedence)

    def set_profile(self, agency: str, sha256: str, words: str) -> None:
        """Hold from now on that the papers of an agency are read by the profile of these words."""
        if [row.sha256 for row in self._record.held(schema.profile, {"agency": agency})] != [sha256]:  # the words are long
            self._record.settle(schema.profile, {"agency": agency}, [{"agency": agency, "sha256": sha256, "words": words}])

    def add_listings(self, listings: Collection[Listing]) -> set[str]:
        """Keep what a site showed; nothing happens to a listing that is held. Gives back the ids of the new ones."""
        return seeing.add_listings(self._connection, self._record, listings)

    def speak_of(self, items: Iterable[str], series: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Listings that show these items speak of these series (agency and series) too; gives back those of which one did not yet."""
        return seeing.speak_of(self._connection, self._record, items, series)

    def add_provenance(self, item: str, said: Provenance) -> bool:
        """Keep what is said of where a file came from; false, and nothing is written, where the library holds the same of it."""
        return custody.add_provenance(self._connection, self._record, item, said)

    def add_signatures(self, found: Mapping[str, Signature]) -> None:
        """Keep what was seen of the signatures of items that are new, by item."""
        custody.add_signatures(self._record, found)

    def add_decisions(self, decisions: Iterable[Decision]) -> list[Decision]:
        """Keep decisions that are not held, in this order; gives back the new ones."""
        known = {one.id: one for one in decisions}
        facts = [{"id": name, "subject": one.subject, "ref": one.ref, "body": body_of(one), "recorded_from": self.moment} for name, one in known.items()]
        held = set(self._held(schema.decision.c.id, known))
        self._record.insert(schema.decision, [row for row in facts if row["id"] not in held])
        return [one for one in known.values() if one.id not in held]

    def add_attestation(self, said: Attestation) -> bool:
        """Keep what a person attests of a series; false, and nothing is written, where the library holds the same."""
        if set(self._held(schema.attestation.c.id, [said.id])):
            return False
        facts = {"id": said.id, "agency": said.agency, "series": said.series, "attested_on": said.on.isoformat(), "body": body_of(said), "recorded_from": self.moment}
        self._record.insert(schema.attestation, [facts])
        return True

    def add_access(self, said: Marking | Withdrawal | Purge | Redaction) -> None:
        """Keep what a person says of who may see what."""
        access.add(self._record, said)

    def close_file(self, file: str) -> list[str]:
        """Hold from now on nothing that was read from a file; gives back its items."""
        access.close(self._connection, self._record, file)
        return access.items_of(self._connection, file)

    def reopen_file(self, file: str, moment: str) -> list[Expression]:
        """Hold again the acts and open questions of a file that ``close_file`` closed at a moment; gives back its texts, which have to be given to works."""
        access.reopen(self._connection, self._record, file, moment)
        return access.texts_closed(self._connection, file, moment)

    def purge(self, said: Purge) -> None:
        """Take the words of a withdrawn file out of every row; the store sweeps what lies beside them. StoreError ``store.purge-held`` where something that is held still rests on it."""
        if purging.still_used(self._connection, said.item):
            raise StoreError(
                f"Something that the library holds now still rests on item {said.item}, so it was not purged; nothing was changed.",
                hint="Withdraw the file first. If it is withdrawn, please report this: its words should be in nothing that is held.",
                code="store.purge-held",
            )
        access.add(self._record, said)
        with unsalting.purged(self._connection, self._record.log, said.item):
            purging.take_out(self._connection, said.item)
            self._originals.purge(said.item)

    def finish(self) -> None:
        """Put what was written on the log, and the moment on record, if anything was written; the store calls it before it commits."""
        self._record.finish()

    def forget(self) -> None:
        """Take away the bytes that this transaction brought; the store calls it before it rolls back, while no one else may write."""
        while self.brought:
            self._originals.drop(self.brought.pop())

    def _make_sure_of(self, items: Sequence[str]) -> None:
        added = set(self._held(schema.item.c.sha256, items))
        for item in items:
            if item not in added:
                raise StoreError(
                    f"The document of item {item} cannot be kept, because the item itself was not added; its words would have no source.",
                    hint="Add the item with its bytes first.",
                    code="store.unknown-item",
                )
        for item in self._held(schema.document.c.item, items):
            raise StoreError(
                f"Item {item} has a document in this library already; what was read once is never changed.",
                hint="Treat the file as unchanged.",
                code="store.held",
            )

    def _held(self, column: Any, values: Iterable[str]) -> Iterator[str]:
        """Those of the values that stand in the column."""
        for batch in batches(values):
            yield from self._connection.execute(select(column).where(column.in_(batch))).scalars()

    def _add_clauses(self, outlines: Iterable[Outline]) -> None:
        # The write lock is held, so no one else takes these row numbers.
        row = count(self._next(schema.clause.c.row, True))
        clauses = [clause_facts(clause, one.item, at, next(row)) for one in outlines for at, clause in enumerate(one.clauses)]
        self._record.insert(schema.clause, clauses)
        searching.index(self._connection, [{"row": c["row"], "heading": c["heading"], "words": words_of(c)} for c in clauses])

    def _settle_findings(self, source: str, rows: Mapping[str, list[dict[str, Any]]]) -> None:
        each = {owner: list({row["id"]: row for row in own}.values()) for owner, own in rows.items()}
        self._record.settle_each(schema.finding, "owner", each, Finding, source=source)

    def _next(self, column: Any, where: Any) -> int:
        last = self._connection.execute(select(func.max(column)).where(where)).scalar_one()
        return 0 if last is None else int(last) + 1

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        yield self._connection


def _same_name(relation: Relation, work: str) -> Finding:
    """The doubt about a relation that cannot be told from an earlier one of its paper, and was therefore not kept."""
    return Finding(
        "store.relation-twice",
        "doubt",
        f"The words “{relation.evidence[0].quote}” were read as two relations that differ but bear one name; the first was kept. "
        "What the second would have done is missing; the paper itself settles it.",
        relation.evidence,
        work,
    )
