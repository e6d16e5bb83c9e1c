"""What an agency's site showed on a day: listings, the files on each, and the series of which each speaks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

FIXED = ("listing", "seen_file", "sighting", "listing_series")


def upgrade() -> None:
    """Adds the tables; a library held before has seen nothing."""
    op.create_table(
        "listing",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("seen_on", sa.Text, nullable=False),
        sa.Column("complete", sa.Integer, nullable=False),
        sa.Column("unread", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("recorded_from", sa.Text, nullable=False),
    )
    op.create_table(
        "seen_file", sa.Column("row", sa.Integer, primary_key=True), sa.Column("sha256", sa.Text, nullable=False, unique=True)
    )
    op.create_table(
        "sighting",
        sa.Column("file", sa.Integer, sa.ForeignKey("seen_file.row"), primary_key=True),
        sa.Column("listing", sa.Integer, sa.ForeignKey("listing.row"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "listing_series",
        sa.Column("agency", sa.Text, primary_key=True),
        sa.Column("series", sa.Text, primary_key=True),
        sa.Column("listing", sa.Integer, sa.ForeignKey("listing.row"), primary_key=True),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        columns = sa.inspect(op.get_bind())
        for table in FIXED:
            refuse = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only added'); END"
            fixed = ", ".join(f'"{c["name"]}"' for c in columns.get_columns(table))
            op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {refuse}")
            op.execute(f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {fixed} ON {table} {refuse}")
