"""Taking the words of a withdrawn file out of a library for good: what is left is its hash, its size, when it was recorded, and who purged it and why.

The rows are changed in one transaction with the row that says so, and the triggers of the tables let nothing else pass. What lies beside the database (the original bytes, copies
of older schemas, pages of the database that are free) is swept after it. A note in the folder is there from before the transaction ends until all is swept, so that
whoever opens the library next finishes what a killed program left. In PostgreSQL the bytes go with the transaction, the tables are written anew after it, and a table tells which purges
are done with.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, func, select, update
from sqlalchemy.exc import DBAPIError

from lineage.errors import StoreError
from lineage.model import bare
from lineage.model.access import PURGED
from lineage.store import indexing, rights, schema
from lineage.store.access import items_of, of_file
from lineage.store.engines import writing
from lineage.store.moments import FOREVER
from lineage.store.originals import FolderOriginals, Originals
from lineage.store.place import Place
from lineage.store.shaping import words_of
from lineage.store.unsalting import CLOSED, OF_FILE

NOTE = "purge-unfinished"

# So long a table is waited for that another program uses, before it is written anew.
SWEEPING_S = 5

# What stays of a body: what names things, the days, and words that a program chose. Every other word is taken out, also of a field that comes later.
KEPT = frozenset((
    "id", "item", "work", "works", "kind", "code", "severity", "role", "certainty", "status", "standing", "source", "scope", "rule", "relation", "by", "series", "position", "on", "earliest",
    "latest", "hour", "start", "end", "version_on", "dated", "since", "last_proof_on", "observed_on", "candidates", "findings", "changes", "decisions", "state", "label", "eid", "clauses", "at",
))  # fmt: skip
# Facts that follow from several papers: only what is said of the purged one is taken out of them.
DERIVED = (schema.finding, schema.event, schema.period)
SHORTEST = 4  # signs of words that are looked for in what was said of other papers


def take_out(connection: Connection, file: str) -> None:
    """Take the words of a file out of every row, within the transaction that recorded its purge."""
    items = items_of(connection, file)
    words = _words(connection, file)
    _out_of_index(connection, items)
    marked = PURGED.encode()
    for table, column, values in (
        (schema.document, schema.document.c.item, {"xml": marked, "sha256": hashlib.sha256(marked).hexdigest()}),
        (schema.item, schema.item.c.sha256, {"name": PURGED, "title": PURGED}),
        (schema.expression, schema.expression.c.item, {"title": PURGED, "names_prior": "[]"}),
    ):
        connection.execute(update(table).where(of_file(column, file)).values(values))
    for table in (schema.date_reading, schema.binding, schema.signature, schema.relation):
        more = {"affecting_title": None, "affected_title": None} if table is schema.relation else {}
        for row in connection.execute(select(table).where(of_file(table.c.item, file))).all():
            _set(connection, table, row, _emptied(json.loads(row.body)), more)
    acts = set(connection.execute(select(schema.relation.c.id).where(of_file(schema.relation.c.item, file))).scalars())
    for table in DERIVED:
        for row in connection.execute(select(table).where(table.c.recorded_to != FOREVER)).all():
            _out_of_derived(connection, table, row, file, acts, words)
    _out_of_works(connection, file, words)


def still_used(connection: Connection, file: str) -> bool:
    """Whether something that is held now rests on a file."""
    tables = (*DERIVED, schema.relation)
    return any(connection.execute(select(t.c.row).where(t.c.recorded_to == FOREVER, func.instr(t.c.body, file) > 0).limit(1)).first() for t in tables)


def note(place: Place) -> None:
    """Note that a purge is being made. In PostgreSQL the purge itself says so, until it is swept."""
    if not place.address:
        with rights.opened_new(place.database.with_name(NOTE), "wb") as file:
            file.write(b"A purge is being made; opening the library finishes it.\n")


def unfinished(engine: Engine, place: Place) -> bool:
    """Whether a purge was made, and not all swept that it left."""
    if not place.address:
        return place.database.with_name(NOTE).exists()
    with engine.connect() as connection, connection.begin():
        if not connection.dialect.has_table(connection, "swept"):
            return False  # an older schema
        return connection.exec_driver_sql("SELECT 1 FROM purge WHERE \"row\" NOT IN (SELECT purge FROM swept)").first() is not None


def sweep(engine: Engine, place: Place, originals: Originals) -> None:
    """Finish what purges left beside their transactions: the original bytes, copies of older schemas, and what is free in the database but still legible."""
    if place.address:
        _sweep_tables(engine, place)
    elif isinstance(originals, FolderOriginals):
        _sweep_folder(engine, place.database.parent, originals)


def _sweep_tables(engine: Engine, place: Place) -> None:
    """Write the tables anew out of which a purge takes words: until then the server keeps old rows in their files, and also then those that an open transaction may still ask for."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        purges = list(connection.exec_driver_sql("SELECT \"row\" FROM purge WHERE \"row\" NOT IN (SELECT purge FROM swept)").scalars())
        try:
            connection.exec_driver_sql(f"SET lock_timeout = '{SWEEPING_S}s'")
            for table in (*(t.name for t, _ in OF_FILE), *(t.name for t in CLOSED), schema.clause_number.name, schema.logged.name, "clause_words", "original"):
                ends = time.monotonic() + SWEEPING_S
                while left := _left_of(connection, table):
                    if time.monotonic() > ends:
                        raise _unfinished(place, f"{left} of table {table}, which a transaction that is still open may ask for")
                    time.sleep(0.1)
        except DBAPIError as error:
            raise _unfinished(place, error.orig) from error
        finally:
            connection.exec_driver_sql("RESET lock_timeout")
    with writing(engine) as connection, connection.begin():
        for row in purges:
            connection.exec_driver_sql("INSERT INTO swept (purge) VALUES (%s) ON CONFLICT DO NOTHING", (row,))


def _left_of(connection: Connection, table: str) -> str:
    """Write a table anew; the old rows that the server had to keep, as a phrase, or nothing. It alone knows them all, and says so in a notice (PostgreSQL, VACUUM: FULL, VERBOSE)."""
    driver: Any = connection.connection.driver_connection
    said: list[str] = []

    def hear(notice: Any) -> None:
        said.append(str(notice.message_detail or ""))

    driver.add_notice_handler(hear)
    try:
        connection.exec_driver_sql(f"VACUUM (FULL, VERBOSE) {table}")
    finally:
        driver.remove_notice_handler(hear)
    counts = [int(found[0]) for detail in said if (found := re.search(r"\d+", detail))]
    if not counts:
        return "an unknown number of old rows"
    return f"{max(counts)} old rows" if max(counts) else ""


def _sweep_folder(engine: Engine, folder: Path, originals: FolderOriginals) -> None:
    with engine.connect() as connection:
        files = list(connection.execute(select(schema.purge.c.item)).scalars())
    for file in files:
        originals.drop(file)
        originals.path(file).with_name(f"incoming-{file}").unlink(missing_ok=True)
    for copy in folder.glob("library-*.sqlite"):
        copy.unlink(missing_ok=True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        driver = connection.connection.driver_connection
        try:
            if driver is not None:
                driver.execute("VACUUM")
        except sqlite3.Error as error:
            raise _unfinished(folder, error) from error
    (folder / NOTE).unlink(missing_ok=True)


def _unfinished(place: object, why: object) -> StoreError:
    return StoreError(
        f"The purge in {place} is recorded, and the words may still be legible in its files, because another program is using it ({why}).",
        hint="Run any command on the library once no other program uses it: that finishes the purge.",
        code="store.purge-unfinished",
    )


def _words(connection: Connection, file: str) -> tuple[str, ...]:
    """The words of a file that may have been said of it elsewhere: its names, titles, clauses and quotes, the longest first."""
    clause, item, text = schema.clause, schema.item, schema.expression
    found: set[str] = set()
    for row in connection.execute(select(item.c.name, item.c.title).where(of_file(item.c.sha256, file))):
        found |= set(row)
    found |= set(connection.execute(select(text.c.title).where(of_file(text.c.item, file))).scalars())
    for heading, own, term in connection.execute(select(clause.c.heading, clause.c.text, clause.c.term).where(of_file(clause.c.item, file))):
        found |= {heading, own, term}
    for table in (schema.date_reading, schema.binding, schema.relation):
        for body in connection.execute(select(table.c.body).where(of_file(table.c.item, file))).scalars():
            found |= set(_strings(json.loads(body)))
    return tuple(sorted((w for w in found if len(w) >= SHORTEST), key=lambda w: (-len(w), w)))


def _strings(value: Any) -> Iterator[str]:
    """The words of a body that a purge takes out."""
    if isinstance(value, dict):
        for key, one in value.items():
            if isinstance(one, str) and key not in KEPT:
                yield one
            elif not isinstance(one, str):
                yield from _strings(one) if key not in KEPT or isinstance(one, dict) else ()
    elif isinstance(value, list):
        for one in value:
            yield from [one] if isinstance(one, str) else _strings(one)


def _emptied(value: Any, key: str = "") -> Any:
    """A body without its words; what names things stays."""
    if isinstance(value, dict):
        return {name: _emptied(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_emptied(one, key) for one in value]
    return PURGED if isinstance(value, str) and value and key not in KEPT else value


def _set(connection: Connection, table: Table, row: Row[Any], body: Any, more: dict[str, Any] | None = None) -> None:
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    if written != row.body:
        key = table.c.row if "row" in table.c else table.c.item
        connection.execute(update(table).where(key == row._mapping[key.name]).values(body=written, **(more or {})))


def _out_of_derived(connection: Connection, table: Table, row: Row[Any], file: str, acts: set[str], words: tuple[str, ...]) -> None:
    """What is said of the file in a finding, an event or a period that is held no longer; the words of other papers' evidence stay."""
    record = json.loads(row.body)
    own = getattr(row, "source", "") == "reading" and str(row.owner).partition("~")[0] == file
    body = _emptied(record) if own else _without(record, file, words)
    if table is schema.period and (set(record.get("changes", ())) & acts or str(record.get("item") or "").partition("~")[0] == file):
        body["complete"] = False
        body["findings"] = [*body.get("findings", ()), "store.purged"]
    _set(connection, table, row, body)


def _without(value: Any, file: str, words: tuple[str, ...], key: str = "") -> Any:
    if isinstance(value, dict):
        item = str(value.get("item") or "").partition("~")[0]
        if "quote" in value and item != file:
            return value
        if _about(value, file):
            return {name: _without(one, file, words, name) if isinstance(one, dict | list) else _emptied(one, name) for name, one in value.items()}
        return {name: _without(one, file, words, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_without(one, file, words, key) for one in value]
    return _blacked(value, words) if isinstance(value, str) and key not in KEPT - {"label"} else value


def _about(value: dict[str, Any], file: str) -> bool:
    """Whether a record is evidence in the file, or rests on it."""
    own = [value, *value.get("evidence", ())]
    return any(str(one.get("item") or "").partition("~")[0] == file for one in own)


def _blacked(said: str, words: tuple[str, ...]) -> str:
    for one in words:
        if one in said:
            said = said.replace(one, PURGED)
    return said


def _out_of_index(connection: Connection, items: Iterable[str]) -> None:
    """The clauses, with what the word index and the table of numbers have of them; the index is then written anew, since it only notes what is taken out."""
    table = schema.clause
    for item in items:
        rows = connection.execute(select(table).where(table.c.item == item)).all()
        for row in rows:
            facts = row._mapping
            if facts["heading"] or words_of(dict(facts)):
                indexing.take_out(connection, row.row, row.heading, words_of(dict(facts)))
            connection.execute(schema.clause_number.delete().where(schema.clause_number.c.clause == row.row))
        connection.execute(table.delete().where(table.c.item == item))
    indexing.write_anew(connection)


def _out_of_works(connection: Connection, file: str, words: tuple[str, ...]) -> None:
    """The titles that works had from the file alone, in what is held no longer."""
    text, work, act = schema.expression, schema.work, schema.relation
    titles = [title for title in connection.execute(select(work.c.title).where(work.c.title.in_(words), work.c.recorded_to != FOREVER).distinct()).scalars() if title]
    for title in titles:
        others = connection.execute(select(text.c.item).where(text.c.title == title).limit(1)).first()
        named = connection.execute(select(act.c.id).where((act.c.affected_title == bare(title)) | (act.c.affecting_title == bare(title))).limit(1)).first()
        if others is None and named is None:
            connection.execute(update(work).where(work.c.title == title, work.c.recorded_to != FOREVER).values(title=PURGED, bare_title=PURGED))
