"""What may be asked of a library, in or outside a transaction. Every question is a fixed small number of queries, however much it
returns.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, and_, bindparam, or_, select, text

from lineage.errors import StoreError
from lineage.model import (
    Binding,
    Catalogue,
    Copy,
    DateReading,
    Event,
    Expression,
    Finding,
    Look,
    Period,
    Piece,
    Precedence,
    Relation,
    Run,
    Work,
    bytes_of,
)
from lineage.model.access import withdrawn_items
from lineage.model.confusion import AS_MISREAD, AS_READ
from lineage.model.dates import shifted
from lineage.store import custody, schema, searching, seeing
from lineage.store.access import Accesses
from lineage.store.asking import Wanted, fitting, known, names, renumbered, series_rows
from lineage.store.clock import Clocked
from lineage.store.moments import NOW, canonical
from lineage.store.originals import Originals
from lineage.store.recording import batches, values_of
from lineage.store.rows import ClauseRow, ItemRow, Life, SearchHit, SeriesRow, lives_of
from lineage.store.ruled import Ruled
from lineage.store.shaping import CLAUSE_COLUMNS, OPEN_TARGET, clause_of, expression_of, pieces_of, work_of

T = TypeVar("T")

_HOLDS = select(schema.item.c.sha256).where(schema.item.c.sha256 == bindparam("sha256"))

_ITEMS = select(schema.item).where(schema.item.c.recorded_from <= bindparam("moment"))
_SOME_ITEMS = _ITEMS.where(schema.item.c.sha256.in_(bindparam("some", expanding=True)))


class Reading(Accesses, Clocked, Ruled):
    """The questions. ``as_known`` is a UTC moment: facts with ``recorded_from <= as_known < recorded_to``; None asks what is held now.

    All raise StoreError where the database cannot be read.
    """

    def __init__(self, originals: Originals) -> None:
        self._originals = originals

    @abstractmethod
    def _asking(self) -> AbstractContextManager[Connection]:
        """A connection to ask, for as long as the context lasts."""

    # Items and what was read from them: never changed once recorded.

    def holds(self, sha256: str) -> bool:
        """Whether an item with this hash is held."""
        with self._asking() as connection:
            return connection.execute(_HOLDS, {"sha256": sha256}).first() is not None

    def items(self, as_known: str | None = None, only: Collection[str] | None = None) -> list[ItemRow]:
        """All items, or those of some hashes, in the order in which they were recorded, then by hash."""
        moment = canonical(as_known or NOW)
        with self._asking() as connection:
            if only is None:
                rows = [ItemRow(*row) for row in connection.execute(_ITEMS, {"moment": moment}).all()]
            else:
                rows = [ItemRow(*row) for batch in batches(only) for row in connection.execute(_SOME_ITEMS, {"moment": moment, "some": batch}).all()]
        return sorted(rows, key=attrgetter("recorded_from", "sha256"))

    def data(self, sha256: str) -> bytes:
        """The original bytes, checked against their hash. StoreError ``store.bytes`` where they are missing or changed,
        ``store.unknown-item`` for no item.
        """
        if not self.holds(sha256):
            raise _unknown(sha256)
        self._not_purged(sha256)
        return self._originals.get(sha256)

    def name_of(self, sha256: str) -> str:
        """The name of an item's file. StoreError ``store.unknown-item`` for no item."""
        with self._asking() as connection:
            found = connection.execute(select(schema.item.c.name).where(schema.item.c.sha256.in_([sha256, bytes_of(sha256)]))).first()
        if found is None:
            raise _unknown(sha256)
        return str(found.name)

    def shows_whole(self, sha256: str) -> bool:
        """Whether every rule in a file may be seen, so that its pages may be shown as they are."""
        return self.holds(sha256)

    def tilt(self, sha256: str, page: int) -> float:
        """How many degrees clockwise a scanned page (from 1) of an item lay off level; 0 for a level one."""
        file = bytes_of(sha256)
        with self._asking() as connection:
            found = connection.execute(select(schema.tilt.c.degrees).where(schema.tilt.c.item.in_([sha256, file]), schema.tilt.c.page == page)).first()
        return float(found.degrees) if found else 0.0

    def document(self, sha256: str) -> bytes:
        """The XML written from an item. StoreError ``store.unknown-item`` where there is none, ``store.purged`` where its words were taken out for good."""
        row = self._document(sha256)
        self._not_purged(sha256)
        return bytes(row.xml)

    def run(self, sha256: str) -> Run:
        """The extraction that the document of an item comes from. StoreError ``store.unknown-item`` where there is none."""
        return values_of(Run, [self._document(sha256).run])[0]

    def clauses(self, sha256: str) -> list[ClauseRow]:
        """The clauses of an item in reading order."""
        statement = select(*CLAUSE_COLUMNS).where(schema.clause.c.item == sha256).order_by(schema.clause.c.ord)
        with self._asking() as connection:
            return [clause_of(row) for row in connection.execute(statement)]

    def clauses_of(self, items: Collection[str]) -> dict[str, list[ClauseRow]]:
        """The clauses of several items in reading order, by item."""
        found: dict[str, list[ClauseRow]] = defaultdict(list)
        with self._asking() as connection:
            for batch in batches(items):
                for row in connection.execute(select(*CLAUSE_COLUMNS, schema.clause.c.item).where(schema.clause.c.item.in_(batch)).order_by(schema.clause.c.item, schema.clause.c.ord)):
                    found[row.item].append(clause_of(row[:-1]))
        return found

    def pieces(self, sha256: str) -> dict[str, tuple[Piece, ...]]:
        """Where the own words of each clause stand, by eid, in reading order."""
        return {row.eid: pieces_of(row) for row in self._of_item(schema.clause, sha256)}

    def dates(self, sha256: str, as_known: str | None = None) -> list[DateReading]:
        """The dates of an item as they were read, or corrected by a person, in the order in which they stand."""
        return self._deciding(as_known).dates(sha256, values_of(DateReading, [row.body for row in self._of_item(schema.date_reading, sha256)]))

    def dates_of(self, items: Collection[str], as_known: str | None = None) -> dict[str, list[DateReading]]:
        """The same of several items, by item."""
        rows: dict[str, list[Row[Any]]] = defaultdict(list)
        reading = schema.date_reading
        with self._asking() as connection:
            for batch in batches(items):
                for row in connection.execute(select(reading).where(reading.c.item.in_(batch)).order_by(reading.c.item, reading.c.ord)):
                    rows[row.item].append(row)
        decided = self._deciding(as_known)
        return {item: decided.dates(item, values_of(DateReading, [row.body for row in own])) for item, own in rows.items()}

    def copies(self, items: Iterable[str], as_known: str | None = None) -> list[Copy]:
        """These items as copies, each once and in the order given: where each came from, and whether it shows a signature."""
        with self._asking() as connection:
            return custody.copies(connection, items, canonical(as_known or NOW))

    def bindings(self, items: Collection[str]) -> dict[str, tuple[Binding, ...]]:
        """Whom each of several items says that it binds, by item, in the order in which it says so; an item that says nothing is left out."""
        rows: dict[str, list[str]] = defaultdict(list)
        said = schema.binding
        with self._asking() as connection:
            for batch in batches(items):
                for row in connection.execute(select(said).where(said.c.item.in_(batch)).order_by(said.c.item, said.c.ord)):
                    rows[row.item].append(row.body)
        return {item: tuple(values_of(Binding, own)) for item, own in rows.items()}

    # Works and their texts.

    def works(self, *, agency: str | None = None, ids: Collection[str] | None = None, as_known: str | None = None) -> list[Work]:
        """The works, by id."""
        work = schema.work
        wanted = Wanted(work).equal(agency=agency).within("id", ids)
        return sorted((work_of(row) for row in self._fitting(wanted, as_known)), key=lambda w: w.id)

    def ids_called(self, numbers: Collection[str], titles: Collection[str], as_known: str | None = None) -> list[str]:
        """The ids of the works that bear one of these bare numbers or titles, or may have borne another number before a renumbering; in order."""
        work = schema.work
        with self._asking() as connection:
            found = {row.id for row in fitting(connection, Wanted(work).either(bare_number=numbers, bare_title=titles), as_known)}
            found |= set(connection.execute(select(work.c.id).where(text("numbers <> '[]'"), known(work, as_known))).scalars())
        return sorted(found)

    def expressions(
        self,
        work: str | Collection[str] | None = None,
        *,
        agency: str | None = None,
        bare_number: str | None = None,
        as_known: str | None = None,
    ) -> list[Expression]:
        """The expressions of one or more works, or of all works of an agency or with a bare number, by work, first day and item."""
        works = names(work)
        with self._asking() as connection:
            if agency is not None or bare_number is not None:
                wanted = Wanted(schema.work).equal(agency=agency, bare_number=bare_number).within("id", works)
                works = [row.id for row in fitting(connection, wanted, as_known)]
            rows = fitting(connection, Wanted(schema.expression).within("work", works), as_known)
        return sorted(self._deciding(as_known).expressions(list(map(expression_of, rows))), key=_by_day)

    def catalogue(
        self,
        agency: str,
        numbers: Collection[str] | None = None,
        titles: Collection[str] | None = None,
        as_known: str | None = None,
    ) -> Catalogue:
        """The works of an agency and their expressions; where bare numbers or titles are given, only works that bear one of them."""
        with self._asking() as connection:
            bore = renumbered(connection, agency, numbers, as_known) if numbers else None
            wanted = Wanted(schema.work).equal(agency=agency).either(bare_number=numbers, bare_title=titles, id=bore)
            works = sorted((work_of(row) for row in fitting(connection, wanted, as_known)), key=lambda w: w.id)
            held = Wanted(schema.expression).within("work", [work.id for work in works])
            texts = list(map(expression_of, fitting(connection, held, as_known)))
        return Catalogue.of(works, sorted(self._deciding(as_known).expressions(texts), key=_by_day))

    def renumberings(self, agency: str, numbers: Collection[str], as_known: str | None = None) -> list[Relation]:
        """The acts that give one number in place of another, where either is one of these bare numbers."""
        wanted = Wanted(schema.relation).equal(agency=agency, kind="renumbers").either(affecting_number=numbers, affected_number=numbers)
        return self._relations(wanted, as_known)

    def makers(self, items: Collection[str], as_known: str | None = None) -> dict[str, str]:
        """The work that each of these items is a text of, by item."""
        rows = self._fitting(Wanted(schema.expression).within("item", items), as_known)
        return {row.item: row.work for row in rows}

    def below(self, agency: str, numbers: Collection[str], as_known: str | None = None) -> list[Work]:
        """The works of an agency whose bare numbers go on from one of these ("7.1.2" from "7.1"), by id."""
        number = schema.work.c.bare_number
        found: dict[str, Work] = {}
        with self._asking() as connection:
            for batch in batches(numbers, 200):  # alternatives are nested, and a database takes them only so deep
                # The signs that go on a number ("-", ".", "/") stand together in the order of signs, right before "0".
                under = or_(*(and_(number >= f"{one}-", number < f"{one}0") for one in batch))
                statement = select(schema.work).where(known(schema.work, as_known), schema.work.c.agency == agency, under)
                found.update((row.id, work_of(row)) for row in connection.execute(statement))
        return [found[name] for name in sorted(found)]

    def series(self, as_known: str | None = None) -> list[SeriesRow]:
        """How much of each series is held, by agency and series. Works known only from mentions do not count."""
        with self._asking() as connection:
            return series_rows(connection, as_known)

    # Relations, findings and time.

    def relations(
        self,
        *,
        item: str | None = None,
        items: Collection[str] | None = None,
        works: Collection[str] | None = None,
        agency: str | None = None,
        numbers: Collection[str] | None = None,
        ids: Collection[str] | None = None,
        as_known: str | None = None,
        rejected: bool = False,
    ) -> list[Relation]:
        """The relations that fit all that is given, by item and place, as persons decided on them. ``works`` and ``numbers`` (bare) fit with either end; those that a person rejected
        come only where ``rejected`` asks for them.
        """
        wanted = Wanted(schema.relation).equal(item=item, agency=agency).within("item", items).within("id", ids)
        aimed = self._deciding(as_known).aimed_at(works) if works else []
        found = self._relations(wanted.either(affecting_work=works, affected_work=works).either(affecting_number=numbers, affected_number=numbers), as_known, rejected=rejected)
        if missing := set(aimed) - {r.id for r in found}:
            found += self._relations(wanted.within("id", missing), as_known, rejected=rejected)
        return found

    def waiting(self, agency: str, numbers: Collection[str], titles: Collection[str], as_known: str | None = None) -> list[Relation]:
        """The relations of an agency of which either end names one of these bare numbers or titles, resolved or not, by item and place."""
        wanted = Wanted(schema.relation).equal(agency=agency)
        ends = {"affecting_number": numbers, "affected_number": numbers, "affecting_title": titles, "affected_title": titles}
        return self._relations(wanted.either(**ends), as_known)

    def open_targets(self, agency: str, as_known: str | None = None) -> list[Relation]:
        """The acts of an agency's papers upon rules that they do not name, by item and place."""
        return self._relations(Wanted(schema.relation).equal(agency=agency, affected_title=OPEN_TARGET), as_known)

    def findings(self, *, work: str | None = None, item: str | None = None, as_known: str | None = None, source: str | None = None) -> list[Finding]:
        """The findings about a work, or with evidence in an item, or all; each once, oldest first. ``source`` is ``reading`` for those of the papers' readings alone."""
        rows = self._fitting(Wanted(schema.finding).equal(work=work, item=item, source=source), as_known)
        return self._deciding(as_known).findings(list(dict.fromkeys(values_of(Finding, [row.body for row in sorted(rows, key=attrgetter("row"))]))))

    def findings_of(self, items: Collection[str], as_known: str | None = None, source: str | None = None) -> dict[str, list[Finding]]:
        """The findings with evidence in each of several items, by item; each once, oldest first. ``source`` is ``reading`` for those of the papers' readings alone."""
        rows = sorted(self._fitting(Wanted(schema.finding).within("item", items).equal(source=source), as_known), key=attrgetter("row"))
        found: dict[str, list[Finding]] = defaultdict(list)
        for row, finding in zip(rows, values_of(Finding, [row.body for row in rows]), strict=True):
            found[row.item].append(finding)
        decided = self._deciding(as_known)
        return {item: decided.findings(list(dict.fromkeys(own))) for item, own in found.items()}

    def events(self, work: str | Collection[str], as_known: str | None = None) -> list[Event]:
        """The events in the life of one or more works, by work, in the order in which they were given."""
        rows = self._fitting(Wanted(schema.event).within("work", names(work)), as_known)
        return values_of(Event, [row.body for row in sorted(rows, key=attrgetter("work", "ord"))])

    def periods(self, *, work: str | Collection[str] | None = None, on: date | None = None, as_known: str | None = None) -> list[Period]:
        """The periods of one or more works, or of all; with ``on`` only those that cover the day. By work and first day."""
        rows = self._fitting(Wanted(schema.period).within("work", names(work)).covering(on), as_known)
        return values_of(Period, [row.body for row in sorted(rows, key=attrgetter("work", "valid_from"))])

    def standings(self, as_known: str | None = None) -> dict[str, Life]:
        """How each work stands by its periods alone: the days (ISO) from which they run, in order, and the status of each; None where no period follows at once."""
        period = schema.period.c
        wanted = select(period.work, period.valid_from, period.valid_to, period.status).where(known(schema.period, as_known)).order_by(period.work, period.valid_from)
        with self._asking() as connection:
            return lives_of(connection.execute(wanted).all())

    def turning(self, first: date, last: date, as_known: str | None = None) -> set[str]:
        """The works of which a period begins on one of these days, both counted."""
        period = schema.period
        wanted = select(period.c.work).where(known(period, as_known), period.c.valid_from >= first.isoformat(), period.c.valid_from <= last.isoformat())
        with self._asking() as connection:
            return set(connection.execute(wanted).scalars())

    def sightings(self, items: Collection[str], as_known: str | None = None) -> dict[str, tuple[date, ...]]:
        """The days on which these items were seen published, in order, by item; those never seen are left out."""
        with self._asking() as connection:
            return seeing.seen_on(connection, items, canonical(as_known or NOW))

    def looks(self, series: Collection[tuple[str, str]], as_known: str | None = None) -> dict[tuple[str, str], tuple[Look, ...]]:
        """The days on which complete listings speak of these series (agency and series), in order."""
        with self._asking() as connection:
            return seeing.looks_at(connection, series, canonical(as_known or NOW))

    def search(self, words: str, limit: int = 50, as_known: str | None = None, near: date | None = None) -> list[SearchHit]:
        """The clauses in which all the words stand, best first, at most ``limit``; where there are none, those in which OCR may have misread
        them. With ``near`` only those of texts that may rule within a day of that one. How words are taken: see ``lineage.store.searching``.
        """
        days = None if near is None else (shifted(near, -1), shifted(near, 1))
        with self._asking() as connection:
            moment, matched_as = canonical(as_known or NOW), AS_READ
            gone = {*withdrawn_items(self.withdrawals(as_known)), *(one.item for one in self.redactions())}
            rows = searching.search(connection, words, limit, moment, gone, days)
            if not rows and not (days and searching.search(connection, words, 1, moment, gone)):
                rows, matched_as = searching.search_misread(connection, words, limit, moment, gone), AS_MISREAD
        return [SearchHit(row.item, row.work, row.eid, row.heading, row.text or searching.cells_of(row.cells), row.page, matched_as) for row in rows]

    def precedence(self, agency: str, as_known: str | None = None) -> list[Precedence]:
        """Which series of an agency prevail over which, by series."""
        rows = self._fitting(Wanted(schema.precedence).equal(agency=agency), as_known)
        return values_of(Precedence, [row.body for row in sorted(rows, key=attrgetter("prevails", "over"))])

    def profile(self, agency: str, as_known: str | None = None) -> tuple[str, str]:
        """The hash and the words (all tables as JSON) of the profile by which the papers of an agency are read; nothing where none is kept."""
        rows = self._fitting(Wanted(schema.profile).equal(agency=agency), as_known)
        return next(((row.sha256, row.words) for row in rows), ("", ""))

    def _relations(self, wanted: Wanted, as_known: str | None, *, rejected: bool = False) -> list[Relation]:
        rows = sorted(self._fitting(wanted, as_known), key=attrgetter("item", "ord", "row"))
        return self._deciding(as_known).relations(values_of(Relation, [row.body for row in rows]), rejected=rejected)

    def _fitting(self, wanted: Wanted, as_known: str | None) -> list[Row[Any]]:
        with self._asking() as connection:
            return fitting(connection, wanted, as_known)

    def _of_item(self, table: Any, sha256: str) -> list[Row[Any]]:
        with self._asking() as connection:
            return list(connection.execute(select(table).where(table.c.item == sha256).order_by(table.c.ord)))

    def _document(self, sha256: str) -> Row[Any]:
        with self._asking() as connection:
            row = connection.execute(select(schema.document).where(schema.document.c.item == sha256)).first()
        if row is None:
            raise _unknown(sha256)
        return row

    def _not_purged(self, sha256: str) -> None:
        purge = self.purges().get(bytes_of(sha256))
        if purge is not None:
            raise StoreError(
                f"The words of item {sha256} were purged on {purge.said_at[:10]} by {purge.by}: {purge.because}. There is nothing to show.",
                hint="What was known of it by its days stays: lineage history.",
                code="store.purged",
            )


def _by_day(expression: Expression) -> tuple[str, date, str]:
    return expression.work, expression.starts.first or expression.starts.last or date.min, expression.item


def _unknown(sha256: str) -> StoreError:
    return StoreError(
        f"The library holds no document of item {sha256}, so there is nothing to show.",
        hint="Ingest the file first; `search` and `history` name the items that are held.",
        code="store.unknown-item",
    )
