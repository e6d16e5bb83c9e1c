"""A library moved from one place to another, into a folder or into PostgreSQL, either way: with its numbers, its log and its original bytes as they are, and proved equal before it is kept.

It is read as it is at one moment, and written in one transaction; what is broken off leaves nothing. The word index is made anew, since each database has its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Table, select

from lineage.store import postgresql, rights, schema, searching
from lineage.store.backup import Progress, damaged, files_of, put_there, taken, unfinished
from lineage.store.check import faults
from lineage.store.engines import engine_at, on_postgresql, writing
from lineage.store.library import Store
from lineage.store.log import Head, head
from lineage.store.opening import make, make_sure_that_it_is_finished, open_library
from lineage.store.originals import originals_at
from lineage.store.place import Place, place_of
from lineage.store.recording import inserting
from lineage.store.shaping import words_of
from lineage.store.trouble import told

# So many rows are read and written at a time.
ROWS = 2_000

# A purge is only taken in after its withdrawal; all else follows from what names what.
TABLES: tuple[Table, ...] = tuple(sorted(schema.metadata.sorted_tables, key=lambda table: table is schema.purge))


class Moved(Struct, frozen=True):
    """A library that was copied: where it is now, its last entry of the log, how many rows, files and bytes were copied and found equal."""

    place: str
    head: Head | None
    rows: int
    files: int
    size: int


def move(source: str | Path, target: str | Path, *, progress: Progress | None = None) -> Moved:
    """Copy the library in one place (a folder or an address) into another that holds nothing, and prove that both are equal. The source is only read, but that an older one is brought up to date first.

    Raises StoreError: ``store.backup-place`` where the target holds something, ``store.backup-damaged`` where the source is not sound or the copy not equal, ``store.bytes``,
    ``store.purge-unfinished``, and as ``store.open``. After any of them nothing is left in the target.
    """
    make_sure_that_it_is_finished(source)
    with open_library(source, create=False, clock=None, patience_s=30.0) as kept:
        place = place_of(target)
        if place.folder is None:
            return move_into(kept, place, place, progress)
        with put_there(place.folder, kept.place.folder) as made:
            return move_into(kept, Place(made), place, progress)


def copy_facts(kept: Store, held: Connection, made: Connection) -> int:
    """Make the tables, and copy every row of a library into them; gives back their number."""
    make(made)
    count = 0
    for table in TABLES:
        for rows in _batches(kept, held, table):
            count += len(rows)
            if rows:
                statement, ordered = inserting(table, tuple(rows[0]), made.dialect)
                made.exec_driver_sql(statement, list(map(ordered, rows)))
            if table is schema.clause:
                searching.index_words(made, [{"row": row["row"], "heading": row["heading"], "words": words_of(row)} for row in rows])
    return count


def move_into(kept: Store, place: Place, final: Place, progress: Progress | None) -> Moved:
    """The same of a library that is open, into a place that is to become another."""
    if kept.unfinished():
        raise unfinished(kept.location)
    if not place.address:
        rights.make_file(place.database)
    engine = engine_at(place, 30.0)
    try:
        with kept._asking() as held, told(final), writing(engine) as made, made.begin():
            if on_postgresql(made) and postgresql.tables_of(made):
                raise taken(final)
            rows = copy_facts(kept, held, made)
            files, size = _copy_bytes(kept, held, made, place, progress)
            _prove(held, made, kept, final)
            if found := list(faults(made, originals_at(place))):
                raise damaged(kept.location, found, final)
            if on_postgresql(made):
                made.exec_driver_sql("ANALYZE")
            return Moved(str(final), head(made), rows, files, size)
    finally:
        engine.dispose()


def _copy_bytes(kept: Store, held: Connection, made: Connection, place: Place, progress: Progress | None) -> tuple[int, int]:
    theirs, ours = kept._originals.within(held), originals_at(place).within(made)
    files, size = files_of(held), 0
    for at, file in enumerate(files, 1):
        data = theirs.get(file)
        ours.put(file, data)
        size += len(data)
        if progress is not None:
            progress(at, len(files))
    return len(files), size


def _prove(held: Connection, made: Connection, kept: Store, place: Place) -> None:
    """Read both back, table by table, and compare."""
    differ = [table.name for table in TABLES if _print_of(_told_rows(kept, held, table)) != _print_of(_plain_rows(made, table))]
    if head(held) != head(made):
        differ.append("log")
    if differ:
        raise damaged(kept.location, [f"The table {name} of the copy is not equal to that of the library." for name in differ], place)


def _print_of(rows: Iterator[dict[str, Any]]) -> tuple[int, str]:
    """How many rows there are, and a hash over all of them in the order of their keys."""
    digest, count = hashlib.sha256(), 0
    for row in rows:
        facts = {name: hashlib.sha256(value).hexdigest() if isinstance(value, bytes | memoryview) else value for name, value in row.items()}
        digest.update(json.dumps(facts, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode() + b"\n")
        count += 1
    return count, digest.hexdigest()


def _batches(kept: Store, held: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    rows = _told_rows(kept, held, table)
    while some := list(islice(rows, ROWS)):
        yield some


def _told_rows(kept: Store, held: Connection, table: Table) -> Iterator[dict[str, Any]]:
    # What fails here fails at the source, and is told so.
    with told(kept.location):
        yield from _plain_rows(held, table)


def _plain_rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    found = connection.execute(select(table).order_by(*table.primary_key), execution_options={"stream_results": True, "yield_per": ROWS})
    return (dict(row._mapping) for row in found)

