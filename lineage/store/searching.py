"""Searching clauses: the words of a person as a query that cannot go wrong.

Words between quotation marks are looked for in that order. A number with dots, hyphens or slashes (3.48, U04-01-01, 7/22/21) is
matched exactly, so that 3.48 never means 3.48.1. Everything else is looked for by its stem, in any order. All of it has to stand in
one clause.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, exists, func, literal_column, select, text

from lineage.model import bare
from lineage.model.confusion import pattern
from lineage.store import indexing, schema
from lineage.store.driving import Asked, among, values_of_list
from lineage.store.engines import on_postgresql
from lineage.store.moments import NOW
from lineage.store.recording import is_open

# Up to four letters, digits, and at least one more group of digits after a dot, a hyphen or a slash. Scans put blanks before dots
# ("7 .1.2.8").
_NUMBER = re.compile(r"(?<![\w.])[A-Za-z]{0,4}\d+[A-Za-z]?(?:(?:\s?\.|[\-/‐-―−])\d+[A-Za-z]?)+(?!\w|[.\-/]\d)")
# What every such number has in it; ten times as quick to look for where there is none.
_SIGN = re.compile(r"[.\-/‐-―−][0-9]")
_PHRASE = re.compile(r'"([^"]*)"|“([^”]*)”|(\S+)')

# So many matches at most are looked up at a time; of a large library about half of the clauses rule on a day, so that mostly one time is enough.
MOST = 5_000

# So many matches are ranked at first; all of them only where these are not enough.
FIRST = 1_000

_NUMBER_ROWS = select(schema.clause_number.c.clause).where(schema.clause_number.c.number == bindparam("number"))


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
    index_words(connection, clauses)
    numbers = [(number, c["row"]) for c in clauses for number in numbers_in(f"{c['heading']}\n{c['words']}")]
    if numbers:
        mark = "%s, %s" if on_postgresql(connection) else "?, ?"
        connection.exec_driver_sql(f"INSERT INTO clause_number(number, clause) VALUES ({mark})", numbers)


def index_words(connection: Connection, clauses: Sequence[dict[str, Any]]) -> None:
    """Put clauses into the word index alone."""
    rows = [(c["row"], c["heading"], c["words"]) for c in clauses if c["heading"] or c["words"]]
    if rows:
        indexing.add(connection, rows)


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
    if on_postgresql(connection):
        every = indexing.looked_through(connection, kept_ones, {"moment": moment, **files})
        found = (row for row in every if all(one.search(f"{row.heading}\n{row.text}\n{row.cells or ''}") for one in wanted))
        return list(islice(found, limit))
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


def search(asked: Asked, words: str, limit: int, moment: str, gone: Iterable[str] = (), ruling_on: tuple[date, date] | None = None) -> list[Any]:
    """The clauses in which all the words stand, best first, among the items held at a moment, those of some files left out; nothing where there is no word in them. With ``ruling_on`` (two days, both counted) only clauses of texts
    that may rule on a day between them.

    The matches are ranked first, by themselves, and then looked up from the best on until there are enough: a common word stands in half of all clauses.
    """
    query, numbers = query_of(words)
    if not (query or numbers):
        return []
    wanted = set.intersection(*({row for (row,) in asked._tuples(_NUMBER_ROWS, number=number)} for number in numbers)) if numbers else None
    found: list[tuple[float, str, int, int]] = []
    ranked, size, tried = _Ranked(asked, query, wanted), min(max(100, limit * 5 // 2), MOST), 0
    while chunk := ranked.take(size):
        if len(found) >= limit and chunk[0][1] > sorted(found)[limit - 1][0]:
            break  # those that follow are worse than all that are wanted; equals go on, since they are put in order of their place
        ranks = dict(chunk)
        found += [(ranks[row], item, place, row) for row, item, place in _kept(asked, list(ranks), moment, gone, ruling_on)]
        tried += len(chunk)
        # As many as it takes, should the next ones be kept as often as those before.
        size = min(max(25, (limit - len(found)) * tried * 6 // (5 * max(1, len(found)))), MOST)
    best = [row for *_, row in sorted(found)[:limit]]
    told = {row.row: row for row in asked._rows(_CLAUSES, some=_numbers(best), moment=moment)} if best else {}
    return [told[row] for row in best]


class _Ranked:
    """The clauses that match, each with its rank, from the best on; the first ones of very many are asked for by themselves."""

    def __init__(self, asked: Asked, query: str, wanted: set[int] | None) -> None:
        self._asked, self._query, self._wanted = asked, query, wanted
        self._at = 0
        self._rows: list[Any] = self._match(FIRST if wanted is None else -1) if query else [(row, 0.0) for row in sorted(wanted or ())]
        self._more = bool(query) and wanted is None and len(self._rows) == FIRST

    def take(self, size: int) -> list[tuple[int, float]]:
        """The next ones; none where there are no more."""
        if self._at >= len(self._rows) and self._more:
            seen = {row for row, _ in self._rows}
            self._rows, self._at, self._more = [one for one in self._match(-1) if one[0] not in seen], 0, False
        taken: list[tuple[int, float]] = self._rows[self._at : self._at + size]
        self._at += len(taken)
        return taken

    def _match(self, most: int) -> list[Any]:
        rows = self._asked._tuples(indexing.RANKED, query=self._query, stems=indexing.stems_of(self._query), most=most)
        return rows if self._wanted is None else [one for one in rows if one[0] in self._wanted]


def _kept(asked: Asked, rows: Sequence[int], moment: str, gone: Iterable[str], ruling_on: tuple[date, date] | None) -> list[tuple[Any, ...]]:
    """Those of these clauses that are wanted: each with its item and its place there."""
    values: dict[str, Any] = {"some": _numbers(rows), "moment": moment}
    if gone := sorted(set(gone)):
        values["gone"] = json.dumps(gone)
    if ruling_on is not None:
        values |= {"first": ruling_on[0].isoformat(), "last": ruling_on[1].isoformat()}
    return asked._tuples(_keeping(now=moment == NOW, gone=bool(gone), ruling=ruling_on is not None), **values)


@cache
def _keeping(*, now: bool, gone: bool, ruling: bool) -> Any:
    clause, period = schema.clause.c, schema.period.c
    statement = select(clause.row, clause.item, clause.ord).where(among(clause.row, "some"))
    if not now:  # now every item counts
        statement = statement.join(schema.item, schema.item.c.sha256 == clause.item).where(schema.item.c.recorded_from <= bindparam("moment"))
    if gone:
        statement = statement.where(func.substr(clause.item, 1, 64).not_in(values_of_list("gone")))
    if ruling:
        rules = (period.item == clause.item, period.status == "in-force", period.valid_from <= bindparam("last"), period.valid_to > bindparam("first"))
        held = is_open(schema.period) if now else and_(period.recorded_from <= bindparam("moment"), period.recorded_to > bindparam("moment"))
        statement = statement.where(exists(select(literal_column("1")).where(*rules, held)))
    return statement


def _numbers(rows: Iterable[int]) -> str:
    return json.dumps(list(rows))


_TEXTS = and_(schema.expression.c.item == schema.clause.c.item, schema.expression.c.recorded_from <= bindparam("moment"), schema.expression.c.recorded_to > bindparam("moment"))
_CLAUSES = (
    select(*(schema.clause.c[name] for name in ("row", "item", "eid", "heading", "text", "cells", "page")), schema.expression.c.work)
    .select_from(schema.clause.outerjoin(schema.expression, _TEXTS))
    .where(among(schema.clause.c.row, "some"))
)


def left_out(files: Iterable[str]) -> tuple[str, dict[str, str]]:
    """The condition, for a query that names its item ``c.item``, that it is of none of these files; with its values."""
    bound = {f"left{at}": file for at, file in enumerate(sorted(set(files)))}
    return (f"substr(c.item, 1, 64) NOT IN ({', '.join(f':{name}' for name in bound)})" if bound else ""), bound
