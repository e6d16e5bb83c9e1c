"""Conditions on facts, and the few queries that answer them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from sqlalchemy import Connection, Row, Table, and_, func, literal, select, text

from lineage.model import bare
from lineage.store import schema
from lineage.store.moments import canonical
from lineage.store.recording import batches, is_open
from lineage.store.rows import SeriesRow


def known(table: Table, as_known: str | None) -> Any:
    """The condition that the library held a fact at a moment; now, where none is given."""
    if as_known is None:
        return is_open(table)
    moment = canonical(as_known)
    return and_(table.c.recorded_from <= moment, table.c.recorded_to > moment)


def names(work: str | Collection[str] | None) -> Collection[str] | None:
    """One name or several as several."""
    return [work] if isinstance(work, str) else work


@dataclass(frozen=True)
class Wanted:
    """Facts of one table that fit all of some conditions. ``groups`` holds alternatives: a fact fits a group if one of its columns
    has one of the values.
    """

    table: Table
    conditions: tuple[Any, ...] = ()
    groups: tuple[tuple[tuple[Any, Collection[str]], ...], ...] = ()

    def equal(self, **values: str | None) -> Self:
        """With these values; a value of None says nothing."""
        more = tuple(self.table.c[name] == value for name, value in values.items() if value is not None)
        return replace(self, conditions=self.conditions + more)

    def within(self, name: str, values: Collection[str] | None) -> Self:
        """With one of these values; None says nothing, and an empty collection fits nothing."""
        return self.either(**{name: values})

    def either(self, **values: Collection[str] | None) -> Self:
        """With one of the values given for any of these columns; columns with None are left out, and all of them None says nothing."""
        group = tuple((self.table.c[name], some) for name, some in values.items() if some is not None)
        return replace(self, groups=(*self.groups, group)) if group else self

    def covering(self, day: date | None) -> Self:
        """Valid on this day; None says nothing."""
        if day is None:
            return self
        on = literal(day.isoformat())
        return replace(self, conditions=(*self.conditions, self.table.c.valid_from <= on, self.table.c.valid_to > on))


def fitting(connection: Connection, wanted: Wanted, as_known: str | None) -> list[Row[Any]]:
    """The rows that fit, each once, in no order. Alternatives are asked one by one, so that each is served by its own index."""
    statement = select(wanted.table).where(known(wanted.table, as_known), *wanted.conditions)
    if not wanted.groups:
        return list(connection.execute(statement))
    found = _alternatives(connection, statement, wanted.groups[0])
    for group in wanted.groups[1:]:
        # What the first group found is looked through here: it is few, and a second condition on it could lead the database to a
        # slower index.
        columns = [(column.name, frozenset(values)) for column, values in group]
        found = {key: row for key, row in found.items() if any(row._mapping[name] in values for name, values in columns)}
    return list(found.values())


def _alternatives(connection: Connection, statement: Any, group: Iterable[tuple[Any, Collection[str]]]) -> dict[int, Row[Any]]:
    found: dict[int, Row[Any]] = {}
    for column, values in group:
        for batch in batches(values):
            # One value is asked for as it is: a list of values is written into the statement anew at each call.
            fits = column == batch[0] if len(batch) == 1 else column.in_(batch)
            found.update((row.row, row) for row in connection.execute(statement.where(fits)))
    return found


def renumbered(connection: Connection, agency: str, numbers: Collection[str], as_known: str | None) -> set[str]:
    """The ids of the works of an agency that bore one of these bare numbers among several."""
    work = schema.work.c
    rows = connection.execute(select(work.id, work.numbers).where(work.agency == agency, text("numbers <> '[]'"), known(schema.work, as_known)))
    return {row.id for row in rows if any(bare(one["number"]) in numbers for one in json.loads(row.numbers))}


def series_rows(connection: Connection, as_known: str | None) -> list[SeriesRow]:
    """How much of each series is held."""
    work, expression = schema.work.c, schema.expression.c
    first = func.min(func.coalesce(expression.starts_on, expression.starts_earliest, expression.starts_latest))
    last = func.max(func.coalesce(expression.starts_on, expression.starts_latest, expression.starts_earliest))
    texts = and_(expression.work == work.id, known(schema.expression, as_known))
    statement = (
        select(work.agency, work.series, func.count(work.id.distinct()), first, last)
        .select_from(schema.work.outerjoin(schema.expression, texts))
        .where(work.held == 1, known(schema.work, as_known))
        .group_by(work.agency, work.series)
        .order_by(work.agency, work.series)
    )
    return [SeriesRow(agency, series, count, _day(start), _day(end)) for agency, series, count, start, end in connection.execute(statement)]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
