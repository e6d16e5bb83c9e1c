"""The word index of the clauses, which each database has of its own: in SQLite FTS5 with Porter's stems, in PostgreSQL ``tsvector`` with English ones.

Both take the same for a word (letters and figures, without accents), know every word (none is too common to be looked for), and keep words between quotation marks in their order. What is
best differs a little, what is found does not, as far as the two ways of finding a stem agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from sqlalchemy import Connection, column, text

from lineage.store.driving import ByDatabase
from lineage.store.engines import on_postgresql

# A match in a heading counts four times as much as one in the text.
_HEADING, _TEXT = 4.0, 1.0

# So many words of a text are kept in their order; PostgreSQL counts no further. Those after them are found one by one.
IN_ORDER = 16_000
# So many bytes of a text's words at most, in order and after that, and of one word: PostgreSQL keeps no more of one clause.
MOST_BYTES, LONGEST = 350_000, 1_000

RANKED = ByDatabase(
    sqlite=text(f"SELECT rowid, bm25(clause_words, {_HEADING}, {_TEXT}) AS rank FROM clause_words WHERE clause_words MATCH :query ORDER BY rank, rowid LIMIT :most").columns(
        column("row"), column("rank")
    ),
    postgresql=text(
        f"SELECT clause, -ts_rank('{{{_TEXT / _HEADING}, {_TEXT / _HEADING}, {_TEXT / _HEADING}, 1.0}}', words, wanted, 1) AS rank FROM clause_words, to_tsquery('stemmed', :stems) AS wanted "
        "WHERE words @@ wanted ORDER BY rank, clause LIMIT nullif(CAST(:most AS integer), -1)"
    ).columns(column("row"), column("rank")),
)

# Between heading and text, so that no words in order go from one into the other. No word is written so.
_GAP = "CAST('''\N{PILCROW SIGN}'':1' AS tsvector)"
_ADD = f"INSERT INTO clause_words (clause, words) VALUES (%s, setweight(to_tsvector('stemmed', %s), 'A') || {_GAP} || to_tsvector('stemmed', %s))"
_DIFFERING = (
    "SELECT stands.clause FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS stands (clause, heading, words) LEFT JOIN clause_words AS held ON held.clause = stands.clause "
    f"WHERE held.words IS DISTINCT FROM (setweight(to_tsvector('stemmed', stands.heading), 'A') || {_GAP} || to_tsvector('stemmed', stands.words))"
)
_MISREAD = (
    "SELECT c.item, e.work, c.eid, c.heading, c.text, c.cells, c.page FROM clause c JOIN item i ON i.sha256 = c.item "
    "LEFT JOIN expression e ON e.item = c.item AND e.recorded_from <= :moment AND :moment < e.recorded_to WHERE i.recorded_from <= :moment{} ORDER BY c.item, c.ord"
)


def add(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
    """Put clauses (row, heading, words) into the index."""
    if on_postgresql(connection):
        connection.exec_driver_sql(_ADD, [(row, _ordered(heading), _ordered(words)) for row, heading, words in rows])
    else:
        connection.exec_driver_sql("INSERT INTO clause_words(rowid, heading, text) VALUES (?, ?, ?)", list(rows))


def differing(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> set[int]:
    """Those of these clauses (row, heading, words) of which the index of PostgreSQL has other words, or none."""
    found: set[int] = set()
    for at in range(0, len(rows), 500):
        part = rows[at : at + 500]
        values = [[row for row, _, _ in part], [_ordered(heading) for _, heading, _ in part], [_ordered(words) for _, _, words in part]]
        found.update(row for (row,) in connection.exec_driver_sql(_DIFFERING, tuple(values)))
    return found


def take_out(connection: Connection, row: int, heading: str, words: str) -> None:
    """Take a clause out of the index, with the words that were put there."""
    if on_postgresql(connection):
        connection.exec_driver_sql("DELETE FROM clause_words WHERE clause = %s", (row,))
    else:
        connection.exec_driver_sql("INSERT INTO clause_words(clause_words, rowid, heading, text) VALUES ('delete', ?, ?, ?)", (row, heading, words))


def write_anew(connection: Connection) -> None:
    """Write the index anew, where it only notes what is taken out."""
    if not on_postgresql(connection):
        connection.exec_driver_sql("INSERT INTO clause_words(clause_words) VALUES ('optimize')")


def size(connection: Connection) -> int:
    """How many clauses the index knows."""
    table = "clause_words" if on_postgresql(connection) else "clause_words_docsize"
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def stems_of(query: str) -> str:
    """A query for SQLite's index (phrases between quotation marks) as one for PostgreSQL's; empty where it has no word.

    >>> stems_of('"use of force" "body*"')
    "('use' <-> 'of' <-> 'force') & ('body')"
    """
    phrases = ([f"'{word}'" for word in _plain(phrase).split()] for phrase in re.findall(r'"([^"]*)"', query))
    return " & ".join(f"({' <-> '.join(words)})" for words in phrases if words)


def looked_through(connection: Connection, but: str, values: dict[str, Any]) -> Iterator[Any]:
    """Every clause of the items held at a ``moment``, one after another: for PostgreSQL, which has no function of ours."""
    statement = text(_MISREAD.format(f" AND {but}" if but else ""))
    with connection.execute(statement, values, execution_options={"stream_results": True, "max_row_buffer": 1000}) as rows:
        yield from rows


def _plain(words: str) -> str:
    """The words as SQLite's index takes them apart: letters and figures, small, without accents."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", words) if unicodedata.category(sign) != "Mn") if not words.isascii() else words
    return re.sub(r"[\W_]+", " ", bare).lower()


def _ordered(words: str) -> str:
    plain = _plain(words)
    if len(plain) < IN_ORDER:
        return plain
    each = [word for word in plain.split() if len(word) <= LONGEST]
    return " ".join([*_fitting(each[:IN_ORDER]), *_fitting(dict.fromkeys(each[IN_ORDER:]))])


def _fitting(words: Iterable[str]) -> Iterator[str]:
    """The first of these words, as far as they are kept."""
    sizes = accumulate(len(word.encode()) for word in words)
    return (word for word, size in zip(words, sizes, strict=True) if size <= MOST_BYTES)
