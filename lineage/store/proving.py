"""Whether the log is sound, and whether every row is what the log says: each fault as a sentence, with the entry that it concerns."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Table, select

from lineage.store import schema
from lineage.store.log import (
    ADD,
    CLOSE,
    FIRST,
    GONE,
    HASH,
    LOGGED,
    PURGE,
    SALT,
    TAKEN,
    Facts,
    closing_of,
    content_of,
    entry_hash,
    form_of,
    hash_of,
    key_of,
)
from lineage.store.moments import FOREVER

# Columns by which a person finds a row, in the order of their use.
TELLING = ("item", "sha256", "work", "id", "agency", "series", "owner", "recorded_at", "key")


class Fault(Struct, frozen=True):
    """Something that is not as it was recorded. ``entry`` is the entry of the log that is no longer proved by it; None for a row that no entry knows."""

    entry: int | None
    said: str


class _Act(Struct, frozen=True):
    entry: int
    salt: bytes
    hash: bytes


def faults(connection: Connection) -> Iterator[Fault]:
    """All faults of the log and of the rows under it. None where every row is as it was recorded."""
    entries = connection.execute(select(schema.log).order_by(schema.log.c.number)).all()
    if not entries:
        yield Fault(1, "The log has no entry, so nothing of what the library holds is proved; restore it from a backup.")
        return
    moments = {row.number: row.moment for row in entries}
    yield from _chain(connection, entries)
    purges = set(connection.execute(select(schema.purge.c.recorded_from)).scalars())
    for table in LOGGED:
        yield from _rows(connection, table, moments, purges)
    for row in connection.execute(select(schema.logged.c.entry, schema.logged.c.facts).where(schema.logged.c.facts.not_in([t.name for t in LOGGED]))):
        yield Fault(row.entry, f"Entry {row.entry} of the log speaks of a table {row.facts}, which no library has.")


def contained(connection: Connection, head: str) -> str:
    """Why the state with this head cannot be said to be in the library, as a sentence; empty where it is proved to be."""
    number = connection.execute(select(schema.log.c.number).where(schema.log.c.hash == head)).scalar()
    if number is None:
        return f"No entry of this library's log has the hash {head}, so the state that it stands for is not contained in this library, or what was recorded then was altered."
    broken = [fault.said for fault in faults(connection) if fault.entry is not None and fault.entry <= number]
    if broken:
        return f"Entry {number} of the log has the hash {head}, but {len(broken)} of the things recorded up to it are not as they were: {broken[0]}"
    return ""


def _chain(connection: Connection, entries: Any) -> Iterator[Fault]:
    groups: dict[int, list[tuple[str, str, list[Any], bytes]]] = defaultdict(list)
    for row in connection.execute(select(schema.logged)):
        try:
            keys = json.loads(row.rows)
        except ValueError:
            keys = []
        if len(row.hashes) != HASH * len(keys) or len(row.salts) != SALT * len(keys):
            yield Fault(row.entry, f"Entry {row.entry} of the log has lost hashes of rows of the table {row.facts}, so those rows are no longer proved.")
        groups[row.entry].append((row.facts, row.act, keys, bytes(row.hashes)))
    previous, wanted, moment = FIRST, 1, ""
    for row in entries:
        where = f"Entry {row.number} of the log, of {row.moment},"
        if row.number != wanted:
            yield Fault(min(row.number, wanted), f"{where} stands where entry {wanted} should, so an entry was taken out or put in.")
        if row.previous != previous:
            yield Fault(row.number, f"{where} does not follow the entry before it, so one of the two was altered, taken out or put elsewhere.")
        if row.moment <= moment:
            yield Fault(row.number, f"{where} is not later than the entry before it.")
        if row.hash != entry_hash(row.content, row.moment, row.number, row.previous, row.version):
            yield Fault(row.number, f"{where} does not have its hash: its moment, its version, its content or its place was altered.")
        if row.content != content_of(groups.pop(row.number, ())):
            yield Fault(row.number, f"{where} does not have its content: the hashes of the rows that it wrote were altered.")
        previous, wanted, moment = row.hash, row.number + 1, row.moment
    for number in sorted(groups):
        yield Fault(number, f"Hashes of rows stand under entry {number} of the log, and there is no such entry.")


def _acts(connection: Connection, table: Table) -> dict[str, dict[Any, list[_Act]]]:
    """What the log says of the rows of a table, by act and key, in the order of the entries."""
    found: dict[str, dict[Any, list[_Act]]] = {ADD: {}, CLOSE: {}, PURGE: {}}
    for group in connection.execute(select(schema.logged).where(schema.logged.c.facts == table.name).order_by(schema.logged.c.entry)):
        acts = found.setdefault(group.act, {})
        salts, hashes = bytes(group.salts), bytes(group.hashes)
        try:
            keys = json.loads(group.rows)
        except ValueError:
            continue  # the chain says so
        for at, key in enumerate(keys):
            act = _Act(group.entry, salts[at * SALT : (at + 1) * SALT], hashes[at * HASH : (at + 1) * HASH])
            acts.setdefault(tuple(key) if isinstance(key, list) else key, []).append(act)
    return found


def _rows(connection: Connection, table: Table, moments: Mapping[int, str], purges: set[str]) -> Iterator[Fault]:
    acts, key = _acts(connection, table), key_of(table)
    added, closed, purged = acts[ADD], acts[CLOSE], acts[PURGE]
    for one, said in purged.items():
        for act in said:
            if moments.get(act.entry) not in purges:
                yield Fault(act.entry, f"By entry {act.entry} of the log a purge took words out of row {_told(one)} of the table {table.name}, and no purge is recorded at its moment.")
    left = dict(added)
    for row in connection.execute(select(table)):
        facts = row._mapping
        name = key(facts)
        where = f"Row {_told(name)} of the table {table.name}{_about(table, facts)}"
        mine = left.pop(name, None)
        if mine is None:
            yield Fault(None, f"{where} is in no entry of the log, so it was not put there by this program.")
            continue
        yield from _form(where, mine, purged.get(name, []), _formed(table, facts), moments)
        if "recorded_to" in table.c:
            yield from _closing(where, closed.get(name, []), str(facts["recorded_to"]), moments)
    for name, mine in left.items():
        gone = f"Row {_told(name)} of the table {table.name}"
        yield from _form(gone, mine, purged.get(name, []), GONE, moments)


def _form(where: str, added: list[_Act], purged: list[_Act], form: bytes, moments: Mapping[int, str]) -> Iterator[Fault]:
    """A row, or that there is none any more, against the last act that says how it is; the hashes before that have to be without salt."""
    last = (purged or added)[-1]
    at = f"recorded on {moments.get(added[0].entry, 'a day not known')} (entry {added[0].entry} of the log)"
    if len(added) > 1:
        yield Fault(added[1].entry, f"{where}, {at}, is added by entry {added[1].entry} again, so the log was altered.")
    if hash_of(last.salt, form) == last.hash and last.salt != TAKEN:
        return
    if form == GONE:
        yield Fault(last.entry, f"{where}, {at}, is missing: it was taken out, and by no purge.")
    elif last.salt == TAKEN:
        yield Fault(last.entry, f"{where}, {at}, can no longer be proved, because the salt of its hash is gone, and no purge took it.")
    elif purged:
        yield Fault(last.entry, f"{where}, {at}, is not as the purge of {moments.get(last.entry)} left it.")
    else:
        yield Fault(last.entry, f"{where}, {at}, is not what was recorded; it was altered.")


def _closing(where: str, closed: list[_Act], ended: str, moments: Mapping[int, str]) -> Iterator[Fault]:
    if not closed:
        if ended != FOREVER:
            yield Fault(None, f"{where} ends on {ended}, and no entry of the log closed it.")
        return
    for act in closed[1:]:
        yield Fault(act.entry, f"{where} is closed by entry {act.entry} of the log again, so the log was altered.")
    if ended == FOREVER:
        yield Fault(closed[0].entry, f"{where} was closed on {moments.get(closed[0].entry)} (entry {closed[0].entry} of the log), and is held again.")
    elif hash_of(closed[0].salt, closing_of(ended)) != closed[0].hash:
        yield Fault(closed[0].entry, f"{where} was closed by entry {closed[0].entry} of the log, and not on {ended}.")


def _formed(table: Table, facts: Facts) -> bytes:
    try:
        return form_of(table, facts)
    except (TypeError, ValueError):  # a value of another kind than the column's, which no program of ours writes
        return b""


def _told(key: Any) -> str:
    return " ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _about(table: Table, facts: Facts) -> str:
    """By what a person finds the row: its item, or what it is of."""
    keys = {column.name for column in table.primary_key}
    name = next((n for n in TELLING if n in table.c and n not in keys), "")
    return f" ({name} {facts[name]})" if name and facts[name] is not None else ""
