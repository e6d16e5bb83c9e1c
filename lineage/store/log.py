"""The log of every change: what each transaction wrote, each entry hashed over the one before. Only ever added to.

*What it is for.* Whoever keeps one hash, the head, can prove later that all that the library held then is in it still, unaltered. Whoever alters, adds or takes out a row
without the log is named by ``check``; whoever writes the whole log anew has another head.

*A row's form* is UTF-8 JSON, no blanks, no sign escaped that need not be: an object of the row's columns in the order of their names (by code point), without ``recorded_to``
(a row is closed later, by an act of its own) and without columns that are null or have the default that the schema gives them (so that a column added later alters no row).
Whole numbers are whole, decimal ones the shortest that reads back the same; bytes are their SHA-256 in hexadecimal.

*A row's hash* is SHA-256 over 16 random bytes, its salt, and its form. The salt keeps a hash from being guessed at: a purge takes out the words of a row *and the salt* (16 zero
bytes are left), and from then on the hash says nothing of them, while all other rows are still proved.

*Acts.* A transaction does three things to rows: ``add``; ``close``, whose form is ``{"recorded_to": moment}``; and ``purge``, whose form is that of the row as the purge
leaves it, or ``null`` where it leaves none. For each table and act, ``logged`` holds the keys of the ``rows`` (the primary key, a list of its parts where it has several) in order (numbers by value, text
by code point), and, in the same order, their salts (16 bytes each) and hashes (32 bytes each).

*An entry's content* is SHA-256 over UTF-8 JSON, no blanks: the list of ``[table, act, [[key, hash in hexadecimal], ...]]``, by table and then act.

*An entry's hash* is SHA-256 over UTF-8 JSON, no blanks, of its ``content``, ``moment``, ``number`` (from 1), ``previous`` (the hash of the entry before it; 64 zeros before the first)
and ``version`` (of the tool), in this order.

The first entry covers all that is held when the log begins: of a new library when it was made, of an older one what was held before the log began. The word index and the
table of numbers follow from the clauses; they are not logged, and ``check`` makes the numbers again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from msgspec import Struct, field
from sqlalchemy import Connection, Float, Integer, LargeBinary, RowMapping, Table, func, select

from lineage import __version__
from lineage.store import schema
from lineage.store.moments import FOREVER

# The revision from which a library has a log.
SINCE = "0012"
FIRST = "0" * 64
SALT, HASH = 16, 32
TAKEN = bytes(SALT)
ADD, CLOSE, PURGE = "add", "close", "purge"
GONE = b"null"

# Every table of facts; not those that follow from them, nor the log itself.
LOGGED: tuple[Table, ...] = tuple(t for name, t in sorted(schema.metadata.tables.items()) if name not in ("log", "logged", "clause_number"))

# The columns of a row with their values, as they are about to be written or as they were read.
Facts = Mapping[str, Any] | RowMapping

_LAST = select(schema.log.c.number, schema.log.c.hash, schema.log.c.moment).order_by(schema.log.c.number.desc()).limit(1)

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Head(Struct, frozen=True):
    """The last entry of the log up to a moment."""

    number: int
    hash: str
    moment: str


def key_of(table: Table) -> Callable[[Facts], Any]:
    """What gives the key of a row of the table."""
    names = [column.name for column in table.primary_key]
    if len(names) == 1:
        (name,) = names
        return lambda facts: facts[name]
    return lambda facts: tuple([facts[name] for name in names])


@cache
def _plan(table: Table) -> tuple[tuple[str, Any, Callable[[Any], Any] | None], ...]:
    """The columns of a form in order: name, default, and what makes the value the same whether it is about to be written or was read."""
    found: list[tuple[str, Any, Callable[[Any], Any] | None]] = []
    for column in sorted(table.c, key=lambda c: c.name):
        if column.name == "recorded_to":
            continue
        default = str(column.server_default.arg) if column.server_default is not None else None  # type: ignore[attr-defined]
        kind: Callable[[Any], Any] | None = None
        if isinstance(column.type, Float):
            kind = float
        elif isinstance(column.type, Integer):
            kind = int
        elif isinstance(column.type, LargeBinary):
            kind = _hashed
        found.append((column.name, default, kind))
    return tuple(found)


def _hashed(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def form_of(table: Table, facts: Facts) -> bytes:
    """The form of a row, of its columns or of the facts that are about to be written."""
    get = facts.get
    form = {}
    for name, default, kind in _plan(table):
        value = get(name)
        if value is not None and (default is None or value != default):
            form[name] = value if kind is None else kind(value)
    return _encode(form).encode()


def closing_of(moment: str) -> bytes:
    """The form of a row's closing."""
    return _encode({"recorded_to": moment}).encode()


def hash_of(salt: bytes, form: bytes) -> bytes:
    """The hash of a row."""
    return hashlib.sha256(salt + form).digest()


def content_of(groups: Iterable[tuple[str, str, Iterable[Any], bytes]]) -> str:
    """The content of an entry, of its groups: table, act, keys, hashes."""
    listed = [
        [table, act, [[key, hashes[at * HASH : (at + 1) * HASH].hex()] for at, key in enumerate(keys)]]
        for table, act, keys, hashes in sorted(groups, key=lambda group: (group[0], group[1]))
    ]
    return hashlib.sha256(_encode(listed).encode()).hexdigest()


def entry_hash(content: str, moment: str, number: int, previous: str, version: str) -> str:
    """The hash of an entry."""
    said = {"content": content, "moment": moment, "number": number, "previous": previous, "version": version}
    return hashlib.sha256(_encode(said).encode()).hexdigest()


class Entry(Struct):
    """What one transaction does to rows, put together as it does it, and written down as the last thing but its moment."""

    moment: str
    groups: dict[tuple[str, str], list[tuple[Any, bytes, bytes]]] = field(default_factory=dict)

    def add(self, table: Table, rows: Iterable[Facts]) -> None:
        """Rows that are added, each with all its facts and its key."""
        key = key_of(table)
        self.note(table, ADD, [(key(row), form_of(table, row)) for row in rows])

    def close(self, table: Table, rows: Iterable[int]) -> None:
        """Rows that are closed at the entry's moment."""
        form = closing_of(self.moment)
        self.note(table, CLOSE, [(row, form) for row in rows])

    def note(self, table: Table, act: str, forms: Iterable[tuple[Any, bytes]]) -> None:
        """An act on rows of a table, by key and form."""
        forms = list(forms)
        salts, sha256 = os.urandom(SALT * len(forms)), hashlib.sha256
        group = self.groups.setdefault((table.name, act), [])
        for at, (key, form) in enumerate(forms):
            salt = salts[at * SALT : (at + 1) * SALT]
            group.append((key, salt, sha256(salt + form).digest()))

    def write(self, connection: Connection) -> Head:
        """Write the entry down after the last one."""
        groups = {of: sorted(group) for of, group in self.groups.items() if group}
        last = head(connection)
        number, previous = (last.number + 1, last.hash) if last else (1, FIRST)
        content = content_of((table, act, [key for key, _, _ in group], b"".join(one for _, _, one in group)) for (table, act), group in groups.items())
        made = entry_hash(content, self.moment, number, previous, __version__)
        connection.execute(
            schema.log.insert(),
            {"number": number, "moment": self.moment, "version": __version__, "content": content, "previous": previous, "hash": made},
        )
        rows = [
            {"entry": number, "facts": table, "act": act, "rows": _encode([key for key, _, _ in group]), "salts": b"".join(salt for _, salt, _ in group),
             "hashes": b"".join(one for _, _, one in group)}
            for (table, act), group in groups.items()
        ]  # fmt: skip
        if rows:
            connection.execute(schema.logged.insert(), rows)
        return Head(number, made, self.moment)


def head(connection: Connection, moment: str | None = None) -> Head | None:
    """The last entry, or the last up to a moment; None before the log began."""
    row = connection.execute(_LAST if moment is None else _LAST.where(schema.log.c.moment <= moment)).first()
    return Head(row.number, row.hash, row.moment) if row else None


def begin(connection: Connection, moment: str) -> None:
    """Begin the log of a library with an entry over all that it holds."""
    entry = Entry(moment)
    for table in LOGGED:
        if connection.exec_driver_sql(f'SELECT 1 FROM "{table.name}" LIMIT 1').first() is None:
            continue  # asked so, as most are empty: to make each full question takes longer than the answer
        rows = [row._mapping for row in connection.execute(select(table))]
        entry.add(table, rows)
        if "recorded_to" in table.c:
            entry.note(table, CLOSE, [(row["row"], closing_of(row["recorded_to"])) for row in rows if row["recorded_to"] != FOREVER])
    entry.write(connection)


def last_moment(connection: Connection) -> str:
    """The last moment of the log; empty before it began."""
    return str(connection.execute(select(func.max(schema.log.c.moment))).scalar_one() or "")
