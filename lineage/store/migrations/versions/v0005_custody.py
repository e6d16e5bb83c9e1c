"""Where a file came from, and whether a copy shows a signature."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

FIXED = ("provenance", "signature")


def upgrade() -> None:
    """Adds the tables; of files held before, nothing of this is recorded."""
    op.create_table(
        "provenance",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("item", sa.Text, sa.ForeignKey("item.sha256"), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("custodian", sa.Text, nullable=False),
        sa.Column("obtained_on", sa.Text),
        sa.Column("certified", sa.Integer, nullable=False),
        sa.Column("recorded_from", sa.Text, nullable=False),
    )
    op.create_index("provenance_item", "provenance", ["item"])
    op.create_table(
        "signature",
        sa.Column("item", sa.Text, sa.ForeignKey("item.sha256"), primary_key=True, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("recorded_from", sa.Text, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        columns = sa.inspect(op.get_bind())
        for table in FIXED:
            refuse = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only added'); END"
            fixed = ", ".join(f'"{c["name"]}"' for c in columns.get_columns(table))
            op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {refuse}")
            op.execute(f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {fixed} ON {table} {refuse}")
