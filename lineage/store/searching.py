"""Searching clauses: the words of a person as a query that cannot go wrong.

Words between quotation marks are looked for in that order. A number with dots, hyphens or slashes (3.48, U04-01-01, 7/22/21) is
matched exactly, so that 3.48 never means 3.48.1. Everything else is looked for by its stem, in any order. All of it has to stand in
one clause.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, text

from lineage.model import bare
from lineage.model.confusion import pattern

# Up to four letters, digits, and at least one more group of digits after a dot, a hyphen or a slash. Scans put blanks before dots
# ("7 .1.2.8").
_NUMBER = re.compile(r"(?<![\w.])[A-Za-z]{0,4}\d+[A-Za-z]?(?:(?:\s?\.|[\-/‐-―−])\d+[A-Za-z]?)+(?!\w|[.\-/]\d)")
# What every such number has in it; ten times as quick to look for where there is none.
_SIGN = re.compile(r"[.\-/‐-―−][0-9]")
_PHRASE = re.compile(r'"([^"]*)"|“([^”]*)”|(\S+)')

# So many matches at least, and at most, are looked up at a time.
LEAST, MOST = 100, 5_000

# A match in a heading counts four times as much as one in the text.
_HEADING, _TEXT = 4.0, 1.0
_RANKED = text(f"SELECT rowid, bm25(clause_words, {_HEADING}, {_TEXT}) AS rank FROM clause_words WHERE clause_words MATCH :query ORDER BY rank, rowid LIMIT :most")


def numbers_in(words: str) -> list[str]:
    """The bare numbers that stand in a text, each once, in order.

    >>> numbers_in("Section 3.48.1 and U04–01-01; § 7 .1.2.8, not 12 or 3.")
    ['3.48.1', 'u04-01-01', '7.1.2.8']
    """
    return list(dict.fromkeys(bare(found) for found in _NUMBER.findall(words))) if _SIGN.search(words) else []


def query_of(words: str) -> tuple[str, list[str]]:
    """A person's words as a query for the word index (empty where there is none) and the numbers to be matched exactly.

    >>> query_of('"use of force" NEAR § 3.48 body*')
    ('"use of force" "NEAR" "body*"', ['3.48'])
    """
    numbers = numbers_in(words)
    rest = _NUMBER.sub(" ", words)
    phrases = (next(part for part in found if part) for found in _PHRASE.findall(rest) if any(found))
    # Inside quotation marks the index takes every sign for a blank, but a control character could end the query, and no word at all
    # fits nothing.
    kept = (" ".join(re.sub(r'["\x00-\x1f]', " ", phrase).split()) for phrase in phrases if re.search(r"[^\W_]", phrase))
    return " ".join(f'"{phrase}"' for phrase in kept), numbers


def cells_of(cells: str | None) -> str:
    """The cells of a table, as they are stored, as one line of words."""
    return " ".join(cell for row in json.loads(cells) for cell in row) if cells else ""


def index(connection: Connection, clauses: Sequence[dict[str, Any]]) -> None:
    """Put clauses (``row``, ``heading``, ``words``) into the word index and the table of numbers."""
    rows = [(c["row"], c["heading"], c["words"]) for c in clauses if c["heading"] or c["words"]]
    if rows:
        connection.exec_driver_sql("INSERT INTO clause_words(rowid, heading, text) VALUES (?, ?, ?)", rows)
    numbers = [(number, c["row"]) for c in clauses for number in numbers_in(f"{c['heading']}\n{c['words']}")]
    if numbers:
        connection.exec_driver_sql("INSERT INTO clause_number(number, clause) VALUES (?, ?)", numbers)


def search_misread(connection: Connection, words: str, limit: int, moment: str, gone: Iterable[str] = ()) -> Sequence[Row[Any]]:
    """The clauses in which all the words may stand though OCR misread them: every clause is looked through, so this is asked only where
    ``search`` finds nothing.
    """
    wanted = [pattern(word) for word in words_of_query(words)]
    if not wanted:
        return []
    kept = connection.connection.driver_connection
    if kept is None:
        return []
    kept_ones, files = left_out(gone)
    kept.create_function("may_hold", 1, lambda text: all(one.search(text) for one in wanted), deterministic=True)
    return connection.execute(
        text(
            "SELECT c.item, e.work, c.eid, c.heading, c.text, c.cells, c.page FROM clause c JOIN item i ON i.sha256 = c.item "
            "LEFT JOIN expression e ON e.item = c.item AND e.recorded_from <= :moment AND :moment < e.recorded_to "
            f"WHERE i.recorded_from <= :moment {f'AND {kept_ones} ' if kept_ones else ''}AND may_hold(c.heading || char(10) || c.text || char(10) || coalesce(c.cells, '')) "
            "ORDER BY c.item, c.ord LIMIT :limit"
        ),
        {"moment": moment, "limit": limit, **files},
    ).all()


def words_of_query(words: str) -> list[str]:
    """The words, numbers and phrases of a query, each to be found by itself.

    >>> words_of_query('"use of force" § 7.1.2.10 Instagram')
    ['use of force', '7.1.2.10', 'Instagram']
    """
    found = (next(part for part in parts if part) for parts in _PHRASE.findall(words) if any(parts))
    return [word for word in (part.strip(" .,;:()§") for part in found) if re.search(r"[^\W_]", word)]


def search(connection: Connection, words: str, limit: int, moment: str, gone: Iterable[str] = (), ruling_on: tuple[date, date] | None = None) -> Sequence[Row[Any]]:
    """The clauses in which all the words stand, best first, among the items held at a moment, those of some files left out; nothing where there is no word in them. With ``ruling_on`` (two days, both counted) only clauses of texts
    that may rule on a day between them.

    The matches are ranked first, by themselves, and then looked up from the best on until there are enough: a common word stands in half of all clauses.
    """
    query, numbers = query_of(words)
    if not (query or numbers):
        return []
    wanted = _rows_with(connection, numbers) if numbers else None
    found: list[tuple[float, Row[Any]]] = []
    for chunk in _best_first(connection, query, wanted, limit):
        if len(found) >= limit and chunk[0][1] > sorted(rank for rank, _ in found)[limit - 1]:
            break  # those that follow are worse than all that are wanted; equals go on, since they are put in order of their place
        ranks = dict(chunk)
        found += [(ranks[row.row], row) for row in _looked_up(connection, ranks, moment, gone, ruling_on)]
    found.sort(key=lambda one: (one[0], one[1].item, one[1].ord))
    return [row for _, row in found[:limit]]


def _best_first(connection: Connection, query: str, wanted: set[int] | None, limit: int) -> Iterator[list[tuple[int, float]]]:
    """The clauses that match, each with its rank, from the best on, in pieces; the first ones of very many are asked for by themselves."""
    size = min(max(limit, LEAST), MOST)
    if not query:
        rows = [(row, 0.0) for row in sorted(wanted or ())]
        yield from (rows[at : at + size] for at in range(0, len(rows), size))
        return
    first = list(connection.execute(_RANKED, {"query": query, "most": 2 * size if wanted is None else -1}).all())
    ranked = [(row, rank) for row, rank in first if wanted is None or row in wanted]
    yield from (ranked[at : at + size] for at in range(0, len(ranked), size))
    if wanted is None and len(first) == 2 * size:
        seen = {row for row, _ in first}
        rest = [(row, rank) for row, rank in connection.execute(_RANKED, {"query": query, "most": -1}).all() if row not in seen]
        yield from (rest[at : at + 4 * size] for at in range(0, len(rest), 4 * size))


def _rows_with(connection: Connection, numbers: Sequence[str]) -> set[int]:
    """The clauses in which all these numbers stand."""
    found = [{row for (row,) in connection.execute(text("SELECT clause FROM clause_number WHERE number = :number"), {"number": number})} for number in numbers]
    return set.intersection(*found)


def _looked_up(connection: Connection, rows: Iterable[int], moment: str, gone: Iterable[str], ruling_on: tuple[date, date] | None) -> Sequence[Row[Any]]:
    kept_ones, bound = left_out(gone)
    where = [f"c.row IN ({', '.join(map(str, rows))})", "i.recorded_from <= :moment", *filter(None, [kept_ones])]
    if ruling_on is not None:
        where.append("EXISTS (SELECT 1 FROM period p WHERE p.item = c.item AND p.status = 'in-force' AND p.valid_from <= :last AND p.valid_to > :first AND p.recorded_from <= :moment AND :moment < p.recorded_to)")
        bound |= {"first": ruling_on[0].isoformat(), "last": ruling_on[1].isoformat()}
    return connection.execute(
        text(
            "SELECT c.row, c.item, e.work, c.eid, c.heading, c.text, c.cells, c.page, c.ord FROM clause c JOIN item i ON i.sha256 = c.item "
            f"LEFT JOIN expression e ON e.item = c.item AND e.recorded_from <= :moment AND :moment < e.recorded_to WHERE {' AND '.join(where)}"
        ),
        bound | {"moment": moment},
    ).all()


def left_out(files: Iterable[str]) -> tuple[str, dict[str, str]]:
    """The condition, for a query that names its item ``c.item``, that it is of none of these files; with its values."""
    bound = {f"left{at}": file for at, file in enumerate(sorted(set(files)))}
    return (f"substr(c.item, 1, 64) NOT IN ({', '.join(f':{name}' for name in bound)})" if bound else ""), bound
