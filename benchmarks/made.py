"""A large library made quickly: some papers are read as always, and the rows that this leaves are written many times over, each time under other numbers, hashes and words."""

from __future__ import annotations

import hashlib
import random
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lineage.library import Library
from lineage.store.opening import DATABASE
from lineage.store.searching import numbers_in

PAPERS = 100
CLAUSES = 10
SYLLABLES = ("ba", "cor", "den", "el", "fir", "gan", "hol", "im", "jun", "kel", "lor", "mun", "nor", "ol", "pen", "quar", "ren", "sol", "tar", "ul", "ven", "wes", "yor", "zan")
COMMON = ["the", "of", "and", "to", "a", "in", "is", "by", "for", "on", "or", "each", "that", "with", "from", "shall", "officer", "report", "vehicle", "supervisor", "evidence", "custody", "unit", "radio", "camera", "search", "force", "record", "patrol"]
TABLES = ("item", "document", "clause", "date_reading", "binding", "signature", "work", "expression", "relation", "finding", "event", "period")


def library(folder: Path, works: int, seed: int = 7) -> list[str]:
    """A library of so many works (a multiple of 100), each of about ten clauses, an eighth of which rescind another; the ids of the works."""
    chance = random.Random(seed)
    words = _vocabulary(chance)
    papers = folder.with_name(folder.name + "-papers")
    papers.mkdir()
    numbers = [f"21-{n:05d}" for n in range(PAPERS)]
    for n, number in enumerate(numbers):
        (papers / f"order-{n:03d}.txt").write_text(_paper(n, number, numbers, words, chance), encoding="utf-8")
    with Library.open(folder) as made:
        made.ingest(sorted(papers.iterdir()))
    connection = sqlite3.connect(folder / DATABASE)
    _many(connection, works // PAPERS, numbers, words, chance)
    ids = [name for (name,) in connection.execute("SELECT id FROM work ORDER BY id")]
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()
    return ids


def sentence(words: Sequence[str], weights: Sequence[float], chance: random.Random) -> str:
    """A sentence in which few words are frequent and most are rare, as in any language (Zipf), and which is as long as clauses are: were all of one length, all matches of a search would be of one rank."""
    return " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(6, 24))).capitalize() + "."


def weights_of(words: Sequence[str]) -> list[float]:
    """How often each word stands beside the others, added up."""
    total, found = 0.0, []
    for rank in range(1, len(words) + 1):
        total += 1 / rank
        found.append(total)
    return found


def _vocabulary(chance: random.Random) -> list[str]:
    made = list(dict.fromkeys("".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3, 3, 4)))) for _ in range(9000)))
    return [*COMMON, *made[:6000]]


def _paper(n: int, number: str, numbers: Sequence[str], words: Sequence[str], chance: random.Random) -> str:
    day, weights = date(2005, 1, 1) + timedelta(days=57 * n), weights_of(words)
    title = " ".join(word.title() for word in chance.sample(words[len(COMMON) :], 3))
    clauses = [f"{chr(65 + at)}. {sentence(words, weights, chance)}" for at in range(CLAUSES - 1)]
    if n and n % 8 == 0:
        clauses.append(f"This order rescinds Special Order {numbers[chance.randrange(n)]}.")
    head = ["Long Beach Police Department", f"Special Order {number}", f"Date: {day:%B} {day.day}, {day.year}\nSubject: {title}", "Effective immediately, this special order sets the rules for patrol."]
    return "\n\n".join([*head, *clauses]) + "\n"


def _many(connection: sqlite3.Connection, times: int, numbers: Sequence[str], words: Sequence[str], chance: random.Random) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    rows = {table: _rows_of(connection, table) for table in TABLES}
    names = {table: [column[1] for column in connection.execute(f"PRAGMA table_info({table})")] for table in TABLES}
    hashes = [row[names["item"].index("sha256")] for row in rows["item"]]
    token = re.compile("|".join([*map(re.escape, numbers), *hashes, r"\b[rf]-[0-9a-f]{12,}\b"]))
    weights = weights_of(words)
    clause = connection.execute("SELECT max(row) FROM clause").fetchone()[0]
    for copy in range(1, times):
        other = {number: f"21-{copy * PAPERS + n:05d}" for n, number in enumerate(numbers)} | {one: _other(one, copy) for one in hashes}
        written = _Written(token, other, copy)
        for table in TABLES:
            keyed = "row" in names[table]
            made = [[written.anew(value) for value in row] for row in rows[table]]
            if table == "clause":
                text = names[table].index("text")
                for row in made:
                    clause += 1
                    row[0] = clause
                    row[text] = row[text] if "rescinds" in row[text] else sentence(words, weights, chance)
                connection.executemany("INSERT INTO clause_words(rowid, heading, text) VALUES (?, ?, ?)", [(row[0], row[names[table].index("heading")], row[text]) for row in made])
                found = [(number, row[0]) for row in made for number in numbers_in(row[text])]
                connection.executemany("INSERT OR IGNORE INTO clause_number(number, clause) VALUES (?, ?)", found)
            elif keyed:
                for row in made:
                    row[names[table].index("row")] = None
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names[table]))})", made)
    connection.commit()


@dataclass(frozen=True)
class _Written:
    """The values of one more copy: numbers and hashes as ``other`` gives them, names of relations and findings made anew."""

    token: re.Pattern[str]
    other: dict[str, str]
    copy: int

    def anew(self, value: Any) -> Any:
        return self.token.sub(self._one, value) if isinstance(value, str) else value

    def _one(self, match: re.Match[str]) -> str:
        found = match[0]
        return self.other.get(found) or found[:2] + _other(found, self.copy)[: len(found) - 2]


def _other(name: str, copy: int) -> str:
    return hashlib.sha256(f"{name}{copy}".encode()).hexdigest()


def _rows_of(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return connection.execute(f"SELECT * FROM {table}").fetchall()


def days(chance: random.Random) -> Iterator[date]:
    """Days on which some of the rules are in force, one after another."""
    while True:
        yield date(2006, 1, 1) + timedelta(days=chance.randrange(5400))
