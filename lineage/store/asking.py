"""Conditions on facts, and the few queries that answer them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import cache
from typing import Any, Self, TypeVar

from msgspec import Struct
from sqlalchemy import Connection, Select, Table, and_, bindparam, func, select, text

from lineage.model import bare
from lineage.store import schema
from lineage.store.driving import Asked, among, listed
from lineage.store.moments import NOW, canonical
from lineage.store.recording import is_open, values_of
from lineage.store.rows import SeriesRow

T = TypeVar("T")


def known(table: Table, as_known: str | None) -> Any:
    """The condition that the library held a fact at a moment; now, where none is given."""
    if as_known is None:
        return is_open(table)
    moment = canonical(as_known)
    return and_(table.c.recorded_from <= moment, table.c.recorded_to > moment)


def names(work: str | Collection[str] | None) -> Collection[str] | None:
    """One name or several as several."""
    return [work] if isinstance(work, str) else work


class Wanted(Struct, frozen=True):
    """Facts of one table that fit all of some conditions. ``groups`` holds alternatives: a fact fits a group if one of its columns
    has one of the values. ``on`` is a day (ISO) on which they are valid.
    """

    table: Table
    equals: tuple[tuple[str, str], ...] = ()
    on: str | None = None
    groups: tuple[tuple[tuple[str, Collection[str]], ...], ...] = ()

    def equal(self, **values: str | None) -> Self:
        """With these values; a value of None says nothing."""
        more = tuple([(name, value) for name, value in values.items() if value is not None])
        return type(self)(self.table, self.equals + more, self.on, self.groups)

    def within(self, name: str, values: Collection[str] | None) -> Self:
        """With one of these values; None says nothing, and an empty collection fits nothing."""
        return self.either(**{name: values})

    def either(self, **values: Collection[str] | None) -> Self:
        """With one of the values given for any of these columns; columns with None are left out, and all of them None says nothing."""
        group = tuple([(name, some) for name, some in values.items() if some is not None])
        return type(self)(self.table, self.equals, self.on, (*self.groups, group)) if group else self

    def covering(self, day: date | None) -> Self:
        """Valid on this day; None says nothing."""
        return self if day is None else type(self)(self.table, self.equals, day.isoformat(), self.groups)


Rows = Callable[..., list[Any]]


def fitting(rows: Rows, wanted: Wanted, as_known: str | None) -> list[Any]:
    """The rows that fit, each once, in no order. ``rows`` asks. Alternatives are asked one by one, so that each is served by its own index."""
    values: dict[str, Any] = {f"is_{name}": value for name, value in wanted.equals}
    if wanted.on is not None:
        values["on"] = wanted.on
    if as_known is not None:
        values["moment"] = canonical(as_known)
    shape = (wanted.table, as_known is None, tuple([name for name, _ in wanted.equals]), wanted.on is not None)
    if not wanted.groups:
        return rows(_statement(*shape, None, many=False), **values)
    found = _alternatives(rows, shape, values, wanted.groups[0])
    for group in wanted.groups[1:]:
        # What the first group found is looked through here: it is few, and a second condition on it could lead the database to a
        # slower index.
        columns = [(name, frozenset(some)) for name, some in group]
        found = {key: row for key, row in found.items() if any(getattr(row, name) in some for name, some in columns)}
    return list(found.values())


_Shape = tuple[Table, bool, tuple[str, ...], bool]


def _alternatives(rows: Rows, shape: _Shape, values: dict[str, Any], group: Iterable[tuple[str, Collection[str]]]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for name, some in group:
        if len(some) > 1:
            found.update((row.row, row) for row in rows(_statement(*shape, name, many=True), **values, some=listed(some)))
        elif some:
            found.update((row.row, row) for row in rows(_statement(*shape, name, many=False), **values, some=next(iter(some))))
    return found


@cache
def _statement(table: Table, now: bool, equals: tuple[str, ...], on_day: bool, name: str | None, *, many: bool) -> Select[Any]:
    """The query of one shape, made once: to make it anew takes longer than the database needs to answer it."""
    held = is_open(table) if now else and_(table.c.recorded_from <= bindparam("moment"), table.c.recorded_to > bindparam("moment"))
    statement = select(table).where(held, *(table.c[one] == bindparam(f"is_{one}") for one in equals))
    if on_day:
        statement = statement.where(table.c.valid_from <= bindparam("on"), table.c.valid_to > bindparam("on"))
    if name is not None:
        statement = statement.where(among(table.c[name], "some") if many else table.c[name] == bindparam("some"))
    return statement


def said(kept: Asked, table: Any, cls: type[T], as_known: str | None) -> list[T]:
    """What a table holds of what persons said, in the order of its recording."""
    moment = canonical(as_known or NOW)
    return list(kept._lasting((table.name, as_known), lambda: values_of(cls, [row.body for row in kept._rows(bodies_up_to(table), moment=moment)])))


@cache
def bodies_up_to(table: Table) -> Select[Any]:
    """The query for what was said up to a ``moment``, in the order of its recording; made once for each table."""
    return select(table.c.body).where(table.c.recorded_from <= bindparam("moment")).order_by(table.c.row)


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
