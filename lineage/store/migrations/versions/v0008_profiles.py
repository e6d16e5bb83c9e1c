"""The profile by which the papers of an agency are read: what it says of the lives of rules holds also where its file is not at hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

FOREVER = "9999-12-31T23:59:59.999999Z"
FIXED = ("row", "agency", "sha256", "words", "recorded_from")


def upgrade() -> None:
    """Adds the table; the profiles of papers held before come in with the next paper of their agency."""
    op.create_table(
        "profile",
        sa.Column("row", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("agency", "sha256", "words", "recorded_from", "recorded_to")),
    )
    forever = sa.text(f"recorded_to = '{FOREVER}'")
    op.create_index("profile_open", "profile", ["agency"], unique=True, sqlite_where=forever, postgresql_where=forever)
    if op.get_bind().dialect.name == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'rows of profile are only added; a fact that changes is closed and written anew'); END"
        columns = ", ".join(f'"{name}"' for name in FIXED)
        op.execute(f"CREATE TRIGGER profile_kept BEFORE DELETE ON profile {refuse}")
        op.execute(f"CREATE TRIGGER profile_fixed BEFORE UPDATE OF {columns} ON profile {refuse}")
        op.execute(f"CREATE TRIGGER profile_closed BEFORE UPDATE OF recorded_to ON profile WHEN OLD.recorded_to <> '{FOREVER}' {refuse}")
