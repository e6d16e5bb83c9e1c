"""A library in which versions have piled up: some papers are read as always, and the rows that this leaves are written many times over under other numbers and hashes, by the database itself."""

from __future__ import annotations

import re
import sqlite3
from datetime import date, timedelta
from pathlib import Path

from lineage.library import Library
from lineage.store.opening import DATABASE

WORKS, VERSIONS = 10, 10
PAPERS = WORKS * VERSIONS
FIRST = date(2001, 1, 1)
# The XML is left out: no question by date reads it, and a million of them would fill the disk.
TABLES = ("item", "clause", "date_reading", "binding", "signature", "work", "expression", "relation", "finding", "event", "period")
TOKEN = re.compile(r"\b([0-9a-f]{64})\b|\b(20-)(\d{7})\b|\b([rf]-)([0-9a-f]{12,})\b")


def library(folder: Path, expressions: int) -> list[str]:
    """A library of so many expressions (a multiple of 100), ten of each work, each in force from its day until the next; the ids of the works."""
    papers = folder.with_name(folder.name + "-papers")
    papers.mkdir()
    for work in range(WORKS):
        for version in range(VERSIONS):
            (papers / f"order-{version:02d}-{work}.txt").write_text(_paper(work, version), encoding="utf-8")
    with Library.open(folder) as made:
        made.ingest(sorted(papers.iterdir()))
    connection = sqlite3.connect(folder / DATABASE)
    _many(connection, expressions // PAPERS)
    return [name for (name,) in connection.execute("SELECT id FROM work WHERE held = 1 ORDER BY id")]


def day_of(work: int, version: int) -> date:
    """The day from which a version rules."""
    return FIRST + timedelta(days=version * 730 + work * 31)


def _paper(work: int, version: int) -> str:
    day = day_of(work, version)
    head = ["Long Beach Police Department", f"Special Order 20-00{work:05d}", f"Date: {day:%B} {day.day}, {day.year}\nSubject: Care of Lamps {work}", "Effective immediately, this special order sets the rules for lamps."]
    return "\n\n".join([*head, f"A. Each lamp is looked at every {version + 2} days.", f"B. What is found is written into book {work + version}."]) + "\n"


def _many(connection: sqlite3.Connection, times: int) -> None:
    for setting in ("foreign_keys = OFF", "synchronous = OFF", "journal_mode = OFF", "cache_size = -2000000", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {setting}")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    rows = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    names = {table: [column[1] for column in connection.execute(f"PRAGMA table_info({table})")] for table in TABLES}
    indexes = [row for row in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL") if "UNIQUE" not in row[1]]
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    templates = {table: [_Template(row, names[table]) for row in rows[table]] for table in TABLES}
    for copy in range(1, times):
        for table in TABLES:
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names[table]))})", [template.copy(copy) for template in templates[table]])
    for _, made in indexes:
        connection.execute(made)
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()


class _Template:
    """A row of which the parts that tell one copy from another are cut out, once."""

    def __init__(self, row: tuple[object, ...], names: list[str]) -> None:
        self._values: list[tuple[object, list[str] | None]] = []
        for name, value in zip(names, row, strict=True):
            if name == "row":
                self._values.append((None, None))
            elif isinstance(value, str) and TOKEN.search(value):
                self._values.append((None, TOKEN.split(value)))
            else:
                self._values.append((value, None))

    def copy(self, number: int) -> list[object]:
        """The row as that of another copy."""
        tail = f"{number:08x}"
        found: list[object] = []
        for value, parts in self._values:
            if parts is None:
                found.append(value)
                continue
            # Between two plain parts stand the five groups of the token.
            said = [parts[0]]
            for at in range(1, len(parts), 6):
                sha, series, own, kind, name = parts[at : at + 5]
                said.append(sha[:-8] + tail if sha else f"{series}{int(own) + WORKS * number:07d}" if series else kind + name[:-8] + tail)
                said.append(parts[at + 5])
            found.append("".join(said))
        return found
