"""The fingerprint of a text's words beside its expression: papers of one number and one date with different words are told apart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds the column; of texts held before, the fingerprint is not known and stays empty."""
    op.add_column("expression", sa.Column("words", sa.Text, nullable=False, server_default=""))
    if op.get_bind().dialect.name == "sqlite":
        # The guard of the table names its columns, so it is made anew with the new one among them.
        columns = [c["name"] for c in sa.inspect(op.get_bind()).get_columns("expression")]
        fixed = ", ".join(f'"{name}"' for name in columns if name != "recorded_to")
        refuse = "BEGIN SELECT RAISE(ABORT, 'rows of expression are only added; a fact that changes is closed and written anew'); END"
        op.execute("DROP TRIGGER expression_fixed")
        op.execute(f"CREATE TRIGGER expression_fixed BEFORE UPDATE OF {fixed} ON expression {refuse}")
