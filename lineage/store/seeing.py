"""Listings and sightings: what a site showed on a day. They are only added to; what follows from them is kept as lives and findings are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, func, select

from lineage.model import Listing, Look, bytes_of
from lineage.store import schema
from lineage.store.recording import Recorder, batches, is_open

Series = tuple[str, str]  # agency, series


def seen_on(connection: Connection, items: Iterable[str], moment: str) -> dict[str, tuple[date, ...]]:
    """The days on which the files of these items were seen, by what was recorded up to a moment: in order, by item. A rule of a manual is seen where its file is."""
    listing, sighting, file = schema.listing.c, schema.sighting.c, schema.seen_file.c
    joined = schema.sighting.join(schema.seen_file, sighting.file == file.row).join(schema.listing, sighting.listing == listing.row)
    items = list(items)
    days: dict[str, set[date]] = defaultdict(set)
    for batch in batches(map(bytes_of, items)):
        for sha256, on in connection.execute(select(file.sha256, listing.seen_on).select_from(joined).where(file.sha256.in_(batch), listing.recorded_from <= moment)):
            days[sha256].add(date.fromisoformat(on))
    return {item: tuple(sorted(days[bytes_of(item)])) for item in items if bytes_of(item) in days}


def looks_at(connection: Connection, series: Iterable[Series], moment: str) -> dict[Series, tuple[Look, ...]]:
    """The days on which complete listings recorded up to a moment speak of these series, each once and in order; a day is sure where one of its listings is."""
    listing, of = schema.listing.c, schema.listing_series.c
    joined = schema.listing_series.join(schema.listing, of.listing == listing.row)
    found = {}
    for agency, name in set(series):
        mine = and_(of.agency == agency, of.series == name, listing.complete == 1, listing.recorded_from <= moment)
        days = select(listing.seen_on, func.min(listing.unread)).select_from(joined).where(mine).group_by(listing.seen_on).order_by(listing.seen_on)
        found[agency, name] = tuple(Look(date.fromisoformat(on), unread == 0) for on, unread in connection.execute(days))
    return found


def add_listings(connection: Connection, record: Recorder, listings: Collection[Listing]) -> set[str]:
    """Keep the listings that are not held; give back their ids."""
    fresh = {one.id: one for one in listings}
    for batch in batches(fresh):
        for held in connection.execute(select(schema.listing.c.id).where(schema.listing.c.id.in_(batch))).scalars():
            del fresh[held]
    files = _numbered(connection, record, {sha256 for one in fresh.values() for sha256 in one.files})
    first = _next(connection, schema.listing.c.row)
    rows = dict(enumerate(fresh.values(), first))
    record.insert(
        schema.listing,
        [
            {"row": row, "id": one.id, "seen_on": one.on.isoformat(), "complete": int(one.complete), "unread": one.unread, "source": one.source, "recorded_from": record.moment}
            for row, one in rows.items()
        ],
    )
    record.insert(schema.sighting, [{"file": files[sha256], "listing": row} for row, one in rows.items() for sha256 in sorted(one.files)])
    series = _series_of(connection)
    spoken = [(row, pair) for row, one in rows.items() for pair in sorted({p for sha256 in one.files for p in series.get(sha256, ())})]
    record.insert(schema.listing_series, [{"agency": agency, "series": name, "listing": row} for row, (agency, name) in spoken])
    return set(fresh)


def speak_of(connection: Connection, record: Recorder, items: Iterable[str], series: Iterable[Series]) -> set[Series]:
    """Listings that show these items speak of these series as well; give back the series of which one did not yet. For files that were seen before they could be read."""
    sighting, file = schema.sighting.c, schema.seen_file.c
    shown = select(sighting.listing).select_from(schema.sighting.join(schema.seen_file, sighting.file == file.row)).distinct()
    listings: set[int] = set()
    for batch in batches(map(bytes_of, items)):
        listings.update(connection.execute(shown.where(file.sha256.in_(batch))).scalars())
    of, new = schema.listing_series.c, set()
    for agency, name in set(series) if listings else ():
        known = set(connection.execute(select(of.listing).where(of.agency == agency, of.series == name)).scalars())
        more = sorted(listings - known)
        record.insert(schema.listing_series, [{"agency": agency, "series": name, "listing": row} for row in more])
        new |= {(agency, name)} if more else set()
    return new


def _numbered(connection: Connection, record: Recorder, files: Collection[str]) -> dict[str, int]:
    """The number of each file; those seen for the first time get the next ones."""
    file = schema.seen_file.c
    known: dict[str, int] = {}
    for batch in batches(files):
        known.update((sha256, row) for sha256, row in connection.execute(select(file.sha256, file.row).where(file.sha256.in_(batch))))
    new = {sha256: row for row, sha256 in enumerate(sorted(set(files) - set(known)), _next(connection, file.row))}
    record.insert(schema.seen_file, [{"row": row, "sha256": sha256} for sha256, row in new.items()])
    return known | new


def _series_of(connection: Connection) -> dict[str, set[Series]]:
    """The series of which each file held is, or of which its rules are."""
    expression, work = schema.expression, schema.work
    joined = expression.join(work, and_(expression.c.work == work.c.id, is_open(work)))
    found: dict[str, set[Series]] = defaultdict(set)
    for item, agency, series in connection.execute(select(expression.c.item, work.c.agency, work.c.series).select_from(joined).where(is_open(expression))):
        found[bytes_of(item)].add((agency, series))
    return found


def _next(connection: Connection, column: Any) -> int:
    last = connection.execute(select(func.max(column))).scalar_one()
    return 1 if last is None else int(last) + 1
