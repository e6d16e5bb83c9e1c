"""What may be asked of a library, in or outside a transaction. Every question is a fixed small number of queries, however much it
returns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import and_, bindparam, or_, select, text

from lineage.model import (
    Catalogue,
    Event,
    Expression,
    Finding,
    Look,
    Period,
    Precedence,
    Relation,
    Span,
    Work,
)
from lineage.model.access import withdrawn_items
from lineage.model.confusion import AS_MISREAD, AS_READ
from lineage.model.dates import shifted
from lineage.store import schema, searching, seeing
from lineage.store.access import Accesses
from lineage.store.asking import Wanted, fitting, known, names, renumbered, series_rows
from lineage.store.clock import Clocked
from lineage.store.moments import NOW, canonical
from lineage.store.originals import Originals
from lineage.store.papers import Papers
from lineage.store.recording import batches, is_open, values_of
from lineage.store.rows import SearchHit, SeriesRow, Stood
from lineage.store.ruled import Ruled
from lineage.store.shaping import OPEN_TARGET, expression_of, work_of

T = TypeVar("T")

_NUMBERED = select(schema.work.c.id).where(text("numbers <> '[]'"), schema.work.c.recorded_from <= bindparam("moment"), schema.work.c.recorded_to > bindparam("moment"))

# A body names what opened it only where something did.
_OPENED = and_(schema.period.c.status == "not-provable", schema.period.c.body.like('%"opened_by":%'))
_ON = (schema.period.c.status == "in-force", schema.period.c.valid_from <= bindparam("on"), schema.period.c.valid_to > bindparam("on"))
_IN_FORCE = select(schema.period.c.work, schema.period.c.item).where(is_open(schema.period), *_ON)
_IN_FORCE_THEN = select(schema.period.c.work, schema.period.c.item).where(schema.period.c.recorded_from <= bindparam("moment"), schema.period.c.recorded_to > bindparam("moment"), *_ON)
_STANDINGS = (
    select(schema.period.c.work, schema.period.c.valid_from, schema.period.c.valid_to, schema.period.c.status, _OPENED.label("opened"))
    .where(schema.period.c.recorded_from <= bindparam("moment"), schema.period.c.recorded_to > bindparam("moment"))
    .order_by(schema.period.c.work, schema.period.c.valid_from)
)


class Reading(Accesses, Clocked, Ruled, Papers):
    """The questions. ``as_known`` is a UTC moment: facts with ``recorded_from <= as_known < recorded_to``; None asks what is held now.

    All raise StoreError where the database cannot be read.
    """

    def __init__(self, originals: Originals) -> None:
        self._originals = originals

    # Works and their texts.

    def works(self, *, agency: str | None = None, ids: Collection[str] | None = None, as_known: str | None = None) -> list[Work]:
        """The works, by id."""
        work = schema.work
        wanted = Wanted(work).equal(agency=agency).within("id", ids)
        return sorted((work_of(row) for row in self._fitting(wanted, as_known)), key=lambda w: w.id)

    def ids_called(self, numbers: Collection[str], titles: Collection[str], as_known: str | None = None) -> list[str]:
        """The ids of the works that bear one of these bare numbers or titles, or may have borne another number before a renumbering; in order."""
        work = schema.work
        with self._asking():
            found = {row.id for row in self._fitting(Wanted(work).either(bare_number=numbers, bare_title=titles), as_known)}
            found |= {row.id for row in self._rows(_NUMBERED, moment=canonical(as_known or NOW))}
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
        if isinstance(work, str) and agency is None and bare_number is None:
            return self._again(("expressions", work, as_known), lambda: self._expressions([work], as_known))
        works = names(work)
        with self._asking():
            if agency is not None or bare_number is not None:
                wanted = Wanted(schema.work).equal(agency=agency, bare_number=bare_number).within("id", works)
                works = [row.id for row in self._fitting(wanted, as_known)]
            return self._expressions(works, as_known)

    def _expressions(self, works: Collection[str] | None, as_known: str | None) -> list[Expression]:
        rows = self._fitting(Wanted(schema.expression).within("work", works), as_known)
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
            works = sorted((work_of(row) for row in self._fitting(wanted, as_known)), key=lambda w: w.id)
            held = Wanted(schema.expression).within("work", [work.id for work in works])
            texts = list(map(expression_of, self._fitting(held, as_known)))
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
        def asked() -> list[Event]:
            rows = self._fitting(Wanted(schema.event).within("work", names(work)), as_known)
            return values_of(Event, [row.body for row in sorted(rows, key=attrgetter("work", "ord"))])

        return self._again(("events", work, as_known), asked) if isinstance(work, str) else asked()

    def periods(self, *, work: str | Collection[str] | None = None, on: date | None = None, as_known: str | None = None) -> list[Period]:
        """The periods of one or more works, or of all; with ``on`` only those that cover the day. By work and first day."""
        rows = self._fitting(Wanted(schema.period).within("work", names(work)).covering(on), as_known)
        return values_of(Period, [row.body for row in sorted(rows, key=attrgetter("work", "valid_from"))])

    def ruling(self, items: Collection[str], on: date, as_known: str | None = None) -> dict[str, Span]:
        """Those of these items whose text ruled on a day, each with its days."""
        works = set(self.makers(items, as_known).values())
        return {p.item: p.span for p in self.periods(work=works, on=on, as_known=as_known) if p.status == "in-force" and p.item is not None and p.item in items}

    def in_force_on(self, on: date, as_known: str | None = None) -> list[tuple[str, str | None]]:
        """All works in force on a day, each with the item that rules (None where none is held), in no order."""
        moment = canonical(as_known) if as_known is not None else None
        rows = self._tuples(_IN_FORCE, on=on.isoformat()) if moment is None else self._tuples(_IN_FORCE_THEN, on=on.isoformat(), moment=moment)
        return [(work, item) for work, item in rows]

    def standings(self, as_known: str | None = None) -> list[Stood]:
        """All periods in short, by work and first day."""
        return list(map(Stood._make, self._rows(_STANDINGS, moment=canonical(as_known or NOW))))

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
            rows: Sequence[Any] = searching.search(self, words, limit, moment, gone, days)
            if not rows and not (days and searching.search(self, words, 1, moment, gone)):
                rows, matched_as = searching.search_misread(connection, words, limit, moment, gone), AS_MISREAD
        return [SearchHit(row.item, row.work, row.eid, row.heading, row.text or searching.cells_of(row.cells), row.page, matched_as) for row in rows]

    def precedence(self, agency: str, as_known: str | None = None) -> list[Precedence]:
        """Which series of an agency prevail over which, by series."""
        rows = self._fitting(Wanted(schema.precedence).equal(agency=agency), as_known)
        return values_of(Precedence, [row.body for row in sorted(rows, key=attrgetter("prevails", "over"))])

    def profile(self, agency: str, as_known: str | None = None) -> tuple[str, str]:
        """The hash and the words (all tables as JSON) of the profile by which the papers of an agency are read; nothing where none is kept."""
        def kept() -> tuple[str, str]:
            rows = self._fitting(Wanted(schema.profile).equal(agency=agency), as_known)
            return next(((row.sha256, row.words) for row in rows), ("", ""))

        return self._lasting(("profile", agency, as_known), kept)

    def _relations(self, wanted: Wanted, as_known: str | None, *, rejected: bool = False) -> list[Relation]:
        rows = sorted(self._fitting(wanted, as_known), key=attrgetter("item", "ord", "row"))
        return self._deciding(as_known).relations(values_of(Relation, [row.body for row in rows]), rejected=rejected)

    def _fitting(self, wanted: Wanted, as_known: str | None) -> list[Any]:
        return fitting(self._rows, wanted, as_known)


def _by_day(expression: Expression) -> tuple[str, date, str]:
    return expression.work, expression.starts.first or expression.starts.last or date.min, expression.item


