"""Who may see what: rules marked public, files withdrawn, files whose words are purged, copies with words blacked out."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

COLUMNS = {
    "marking": ("work", "access", "body", "recorded_from"),
    "withdrawal": ("item", "body", "recorded_from"),
    "purge": ("item", "body", "recorded_from"),
    "redaction": ("item", "of", "body", "recorded_from"),
}
FOREVER = "9999-12-31T23:59:59.999999Z"
MARK = "purged"

# A purge is being made from the row that says so until its moment is put on record, which is the last thing that a transaction writes: so nothing may
# be taken out before it or after it.
MAKING = "SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording)"
OF_ITEM = MAKING + " AND item = substr(OLD.{item}, 1, 64)"

# What a purge may take the words out of: the table, the columns with words, and on which condition.
WORDS = {
    "item": (("name", "title"), OF_ITEM.format(item="sha256")),
    "document": (("xml", "sha256"), OF_ITEM.format(item="item")),
    "date_reading": (("body",), OF_ITEM.format(item="item")),
    "binding": (("body",), OF_ITEM.format(item="item")),
    "signature": (("body",), OF_ITEM.format(item="item")),
    "expression": (("title", "names_prior"), OF_ITEM.format(item="item")),
    "relation": (("affecting_title", "affected_title", "body"), OF_ITEM.format(item="item")),
    "finding": (("body",), MAKING),
    "event": (("body",), MAKING),
    "period": (("body",), MAKING),
    "work": (("title", "bare_title"), MAKING),
}
# Of these only rows that are held no longer: what is held rests on other papers.
FACTS = ("expression", "relation", "finding", "event", "period", "work")
# Columns in which the mark must stand afterwards.
MARKED = {"item": "title", "document": "xml", "expression": "title", "work": "title"}


def upgrade() -> None:
    """Adds the tables; nobody had marked, withdrawn or purged anything before."""
    for table, names in COLUMNS.items():
        unique = [sa.UniqueConstraint("item")] if table == "purge" else []
        op.create_table(table, sa.Column("row", sa.Integer, primary_key=True), *(sa.Column(name, sa.Text, nullable=False) for name in names), *unique)
        if op.get_bind().dialect.name == "sqlite":
            refuse = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only added'); END"
            columns = ", ".join(f'"{name}"' for name in ("row", *names))
            op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {refuse}")
            op.execute(f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {columns} ON {table} {refuse}")
    op.create_index("marking_work", "marking", ["work"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER purge_withdrawn BEFORE INSERT ON purge WHEN NOT EXISTS (SELECT 1 FROM withdrawal WHERE item = NEW.item) {_refuse('purge', 'a file is purged only after it was withdrawn')}")
        _let_purges()


def _refuse(table: str, why: str = "") -> str:
    return f"BEGIN SELECT RAISE(ABORT, '{why or f'rows of {table} are only added; a fact that changes is closed and written anew'}'); END"


def _let_purges() -> None:
    """The triggers that keep rows as they are, anew: a purge may take the words of its own file out, and nothing else."""
    columns = sa.inspect(op.get_bind())
    for table, (words, allowed) in WORDS.items():
        op.execute(f"DROP TRIGGER {table}_fixed")
        names = [c["name"] for c in columns.get_columns(table) if c["name"] != "recorded_to"]
        op.execute(f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {_quoted(n for n in names if n not in words)} ON {table} {_refuse(table)}")
        closed = f" OR OLD.recorded_to = '{FOREVER}'" if table in FACTS else ""
        mark = MARKED.get(table, "body")
        unmarked = f" OR instr(NEW.{mark}, '{MARK}') = 0"
        op.execute(f"CREATE TRIGGER {table}_worded BEFORE UPDATE OF {_quoted(words)} ON {table} WHEN NOT EXISTS ({allowed}){closed}{unmarked} {_refuse(table)}")
    number = MAKING + " AND item = (SELECT substr(clause.item, 1, 64) FROM clause WHERE clause.row = OLD.clause)"
    for table, allowed in (("clause", OF_ITEM.format(item="item")), ("clause_number", number)):
        op.execute(f"DROP TRIGGER {table}_kept")
        op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} WHEN NOT EXISTS ({allowed}) {_refuse(table)}")


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
