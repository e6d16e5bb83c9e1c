"""How sure OCR is of a clause that was read from a picture."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the column; clauses held before were not read from pictures."""
    op.add_column("clause", sa.Column("confidence", sa.Float))
    if op.get_bind().dialect.name == "sqlite":
        # The guard of the table names its columns, so it is made anew with the new one among them.
        fixed = ", ".join(f'"{column["name"]}"' for column in sa.inspect(op.get_bind()).get_columns("clause"))
        refuse = "BEGIN SELECT RAISE(ABORT, 'rows of clause are only added; a fact that changes is closed and written anew'); END"
        op.execute("DROP TRIGGER clause_fixed")
        op.execute(f"CREATE TRIGGER clause_fixed BEFORE UPDATE OF {fixed} ON clause {refuse}")
