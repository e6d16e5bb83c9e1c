"""The first schema: items, documents and clauses; works, expressions, relations, findings and times on two clocks."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

FOREVER = "9999-12-31T23:59:59.999999Z"

# What changes is closed and written anew; the triggers hold every program to it, not only this one.
FACTS = ("work", "expression", "relation", "finding", "event", "period")
FIXED = ("meta", "recording", "item", "document", "clause", "clause_number", "date_reading")


def upgrade() -> None:
    """Makes all tables in an empty database."""
    _papers()
    _works()
    _relations()
    _times()
    if op.get_bind().dialect.name == "sqlite":
        # Contentless: the words stand in "clause" already. Its rowid is clause.row.
        op.execute("CREATE VIRTUAL TABLE clause_words USING fts5(heading, text, content='', tokenize='porter unicode61')")
        _append_only()


def _words(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _maybe(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text) for name in names]


def _counts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def _item(**options: Any) -> sa.Column[Any]:
    return sa.Column("item", sa.Text, sa.ForeignKey("item.sha256"), **{"nullable": False, **options})


def _row() -> sa.Column[Any]:
    return sa.Column("row", sa.Integer, primary_key=True)


def _fact(name: str, *columns: sa.Column[Any], fact: list[str], **indexes: list[str]) -> None:
    """A table of facts on two clocks, of which one row at most is open for each fact."""
    op.create_table(name, _row(), *columns, *_words("recorded_from", "recorded_to"))
    only_open = sa.text(f"recorded_to = '{FOREVER}'")
    op.create_index(f"{name}_open", name, fact, unique=True, sqlite_where=only_open, postgresql_where=only_open)
    for suffix, index in indexes.items():
        op.create_index(f"{name}_{suffix}", name, index)


def _papers() -> None:
    op.create_table("meta", sa.Column("key", sa.Text, primary_key=True), *_words("value"))
    op.create_table("recording", sa.Column("recorded_at", sa.Text, primary_key=True))
    sha256 = sa.Column("sha256", sa.Text, primary_key=True)
    op.create_table("item", sha256, *_words("name", "media_type"), *_counts("size", "pages"), *_words("title", "recorded_from"))
    xml = sa.Column("xml", sa.LargeBinary, nullable=False)
    op.create_table("document", _item(primary_key=True), xml, *_words("sha256", "run", "recorded_from"))
    op.create_table(
        "clause",
        _row(),
        _item(),
        *_counts("ord"),
        *_words("eid"),
        *_maybe("parent"),
        *_words("kind"),
        *_counts("depth"),
        *_words("marker", "heading", "text", "term"),
        *_counts("page"),
        *_maybe("box", "cells", "pieces"),
        sa.UniqueConstraint("item", "ord"),
    )
    op.create_table(
        "clause_number",
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("clause", sa.Integer, sa.ForeignKey("clause.row"), primary_key=True),
        sqlite_with_rowid=False,
    )
    days = _maybe("settled_on", "earliest", "latest")
    op.create_table(
        "date_reading", _row(), _item(), *_counts("ord"), *_words("role"), *days, *_words("body"), sa.UniqueConstraint("item", "ord")
    )


def _works() -> None:
    _fact(
        "work",
        *_words("id", "agency", "series"),
        *_maybe("number", "bare_number"),
        *_words("title", "bare_title"),
        *_counts("holder", "held"),
        fact=["id"],
        number=["agency", "bare_number"],
        title=["agency", "bare_title"],
    )
    _fact(
        "expression",
        _item(),
        *_words("work", "title"),
        *_maybe("starts_on", "starts_earliest", "starts_latest", "issued_on", "issued_earliest", "issued_latest"),
        *_words("names_prior"),
        fact=["item"],
        work=["work", "recorded_to"],
    )


def _relations() -> None:
    _fact(
        "relation",
        *_words("id"),
        *_counts("ord"),
        _item(),
        *_words("kind"),
        *_maybe("affecting_work", "affected_work"),
        *_words("agency"),
        *_maybe("affecting_number", "affected_number", "affecting_title", "affected_title"),
        *_words("certainty", "status"),
        *_maybe("effective_on", "effective_earliest", "effective_latest"),
        *_words("body"),
        fact=["id"],
        item=["item"],
        affecting_work=["affecting_work"],
        affected_work=["affected_work"],
        affecting_number=["agency", "affecting_number"],
        affected_number=["agency", "affected_number"],
        affecting_title=["agency", "affecting_title"],
        affected_title=["agency", "affected_title"],
    )


def _times() -> None:
    _fact(
        "finding",
        *_words("id", "source", "owner"),
        _item(nullable=True),
        *_maybe("work"),
        *_words("code", "severity", "body"),
        fact=["source", "owner", "id"],
        work=["work"],
        item=["item"],
    )
    days = _maybe("settled_on", "earliest", "latest")
    _fact(
        "event",
        *_words("work"),
        *_counts("ord"),
        *_words("kind"),
        *days,
        *_words("body"),
        fact=["work", "ord"],
        work=["work", "recorded_to"],
    )
    _fact(
        "period",
        *_words("work", "valid_from", "valid_to", "status"),
        _item(nullable=True),
        *_maybe("since"),
        *_words("body"),
        fact=["work", "valid_from"],
        day=["recorded_to", "valid_from", "valid_to"],
        work=["work", "recorded_to"],
    )


def _append_only() -> None:
    columns = sa.inspect(op.get_bind())
    for table in FACTS + FIXED:
        refuse = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only added; a fact that changes is closed and written anew'); END"
        op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {refuse}")
        fixed = ", ".join(f'"{c["name"]}"' for c in columns.get_columns(table) if c["name"] != "recorded_to")
        op.execute(f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {fixed} ON {table} {refuse}")
        if table in FACTS:
            closed = f"WHEN OLD.recorded_to <> '{FOREVER}'"
            op.execute(f"CREATE TRIGGER {table}_closed BEFORE UPDATE OF recorded_to ON {table} {closed} {refuse}")
