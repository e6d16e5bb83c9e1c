"""Whether the word index has the words that stand in the clauses: another index is made of them beside it, and each word of the one is looked for in the other."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from lineage.store import schema
from lineage.store.shaping import words_of

_HELD = "SELECT term, doc, col, offset FROM temp.held_words"
_STAND = "SELECT term, doc, col, offset FROM temp.standing_words"


def faults(connection: Connection) -> Iterator[str]:
    """The clauses of which the index has other words, or words in other places. What it makes is temporary, so a library that may only be read can be looked over as well."""
    run = connection.exec_driver_sql
    _forget(connection)
    try:
        run("CREATE VIRTUAL TABLE temp.standing USING fts5(heading, text, content='', tokenize='porter unicode61')")
        clause = schema.clause.c
        columns = [clause[name] for name in ("row", "heading", "text", "cells")]
        rows = [(row.row, row.heading, words_of(dict(row._mapping))) for row in connection.execute(select(*columns))]
        rows = [row for row in rows if row[1] or row[2]]
        if rows:
            run("INSERT INTO temp.standing(rowid, heading, text) VALUES (?, ?, ?)", rows)
        run("CREATE VIRTUAL TABLE temp.held_words USING fts5vocab('main', 'clause_words', 'instance')")
        run("CREATE VIRTUAL TABLE temp.standing_words USING fts5vocab('temp', 'standing', 'instance')")
        wrong = {doc for (doc,) in run(f"SELECT doc FROM ({_HELD} EXCEPT {_STAND}) UNION SELECT doc FROM ({_STAND} EXCEPT {_HELD})")}
        sizes = "SELECT id, sz FROM {}"
        held, standing = sizes.format("main.clause_words_docsize"), sizes.format("temp.standing_docsize")
        wrong |= {doc for (doc,) in run(f"SELECT id FROM ({held} EXCEPT {standing}) UNION SELECT id FROM ({standing} EXCEPT {held})")}
        if wrong:
            some = ", ".join(map(str, sorted(wrong, key=str)[:5]))
            yield f"The word index does not have the words that stand in {len(wrong):,} clauses (rows {some}{', ...' if len(wrong) > 5 else ''} of the table clause), so a search goes wrong; what the rules say is not touched by it."
    finally:
        _forget(connection)


def _forget(connection: Connection) -> None:
    for name in ("held_words", "standing_words", "standing"):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{name}")
