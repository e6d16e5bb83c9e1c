"""Whom a paper says that it binds, and which series of an agency prevails."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

FOREVER = "9999-12-31T23:59:59.999999Z"


def upgrade() -> None:
    """Adds the tables; of papers held before it is not known whom they bind."""
    op.create_table(
        "binding",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("item", sa.Text, sa.ForeignKey("item.sha256"), nullable=False),
        sa.Column("ord", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("item", "ord"),
    )
    names = ("agency", "prevails", "over", "body", "recorded_from", "recorded_to")
    op.create_table("precedence", sa.Column("row", sa.Integer, primary_key=True), *(sa.Column(name, sa.Text, nullable=False) for name in names))
    forever = sa.text(f"recorded_to = '{FOREVER}'")
    op.create_index("precedence_open", "precedence", ["agency", "prevails", "over"], unique=True, sqlite_where=forever, postgresql_where=forever)
    if op.get_bind().dialect.name == "sqlite":
        _guard()


def _guard() -> None:
    refuse = "BEGIN SELECT RAISE(ABORT, 'rows of {} are only added; a fact that changes is closed and written anew'); END"
    for table, fixed in (("binding", ("row", "item", "ord", "kind", "body")), ("precedence", ("row", "agency", "prevails", "over", "body", "recorded_from"))):
        columns = ", ".join(f'"{name}"' for name in fixed)
        op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {refuse.format(table)}")
        op.execute(f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {columns} ON {table} {refuse.format(table)}")
    closed = f"WHEN OLD.recorded_to <> '{FOREVER}'"
    op.execute(f"CREATE TRIGGER precedence_closed BEFORE UPDATE OF recorded_to ON precedence {closed} {refuse.format('precedence')}")
