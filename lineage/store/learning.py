"""The library's own clock, asked: when something about a work was recorded, and what came in at a moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select, union

from lineage.model import Period
from lineage.model.access import Withdrawal
from lineage.model.learning import PeriodRow, Recorded
from lineage.store import schema
from lineage.store.moments import FOREVER
from lineage.store.recording import batches, values_of


def moments_of(connection: Connection, work: str) -> list[str]:
    """The moments at which a fact about a work was recorded, or one of a work with which it has a relation; oldest first."""
    relation = schema.relation.c
    ends = connection.execute(select(relation.affecting_work, relation.affected_work).where(or_(relation.affecting_work == work, relation.affected_work == work)))
    near = {work, *(name for row in ends for name in row if name)}
    found: set[str] = set()
    found |= _moments(connection, schema.work, schema.work.c.id, near)
    for table in (schema.expression, schema.event, schema.period, schema.finding):
        found |= _moments(connection, table, table.c.work, {work})
    for end in (relation.affecting_work, relation.affected_work):
        found |= _moments(connection, schema.relation, end, {work})
    return sorted(found - {FOREVER})


def _moments(connection: Connection, table: Any, column: Any, values: Collection[str]) -> set[str]:
    found: set[str] = set()
    for batch in batches(values):
        both = union(select(table.c.recorded_from).where(column.in_(batch)), select(table.c.recorded_to).where(column.in_(batch)))
        found.update(connection.execute(both).scalars())
    return found


def works_at(connection: Connection, moment: str) -> set[str]:
    """The works of which a fact (itself, its life, its texts, what is open about it) was recorded, or given up, at a moment."""
    found: set[str] = set()
    tables = ((schema.work, schema.work.c.id), *((table, table.c.work) for table in (schema.expression, schema.event, schema.period, schema.finding)))
    for table, column in tables:
        rows = connection.execute(select(column).where(or_(table.c.recorded_from == moment, table.c.recorded_to == moment)).distinct())
        found.update(name for name in rows.scalars() if name)
    return found


def period_rows(connection: Connection, work: str) -> list[PeriodRow]:
    """Every period of a work that was ever held, in the order in which they were recorded, then by first day."""
    period = schema.period.c
    rows = list(connection.execute(select(schema.period).where(period.work == work).order_by(period.recorded_from, period.valid_from)))
    values = values_of(Period, [row.body for row in rows])
    return [PeriodRow(value, row.recorded_from, None if row.recorded_to == FOREVER else row.recorded_to) for row, value in zip(rows, values, strict=True)]


def recorded_at(connection: Connection, moment: str) -> Recorded:
    """What came in at a moment: the files (a rule of a manual is told by its file), and the days on which a site was looked at."""
    item = schema.item.c
    rows = connection.execute(select(item.sha256, item.name).where(item.recorded_from == moment).order_by(item.name, item.sha256))
    listing = schema.listing.c
    days = connection.execute(select(listing.seen_on).where(listing.recorded_from == moment).distinct().order_by(listing.seen_on)).scalars()
    return Recorded(moment, tuple((row.sha256, row.name) for row in rows if "~" not in row.sha256), tuple(map(date.fromisoformat, days)), _said(connection, moment))


def _said(connection: Connection, moment: str) -> tuple[str, ...]:
    """What persons did at a moment to files that were held."""
    withdrawal, item = schema.withdrawal.c, schema.item.c
    rows = connection.execute(select(withdrawal.body, item.name).join(schema.item, item.sha256 == withdrawal.item).where(withdrawal.recorded_from == moment).order_by(withdrawal.row)).all()
    return tuple(f"the {'return' if one.undone else 'withdrawal'} of {row.name} by {one.by}" for row, one in zip(rows, values_of(Withdrawal, [row.body for row in rows]), strict=True))


def first_agency(connection: Connection) -> str | None:
    """The agency of the work that was recorded first; it stays the same whatever is recorded later."""
    work = schema.work.c
    # Rows are added in the order of their recording.
    return connection.execute(select(work.agency).order_by(work.row).limit(1)).scalar()
