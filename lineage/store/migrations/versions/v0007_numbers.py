"""The numbers that a work bore one after another, and what each paper calls itself: a work that is renumbered stays one work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds the columns; a text held before is called as its work is."""
    op.add_column("work", sa.Column("numbers", sa.Text, nullable=False, server_default="[]"))
    op.add_column("expression", sa.Column("series", sa.Text, nullable=False, server_default=""))
    op.add_column("expression", sa.Column("number", sa.Text))
    several = sa.text("numbers <> '[]'")
    op.create_index("work_numbers", "work", ["agency"], sqlite_where=several, postgresql_where=several)
    named = "(SELECT work.{0} FROM work WHERE work.id = expression.work ORDER BY work.recorded_to DESC LIMIT 1)"
    op.execute(f"UPDATE expression SET series = coalesce({named.format('series')}, ''), number = {named.format('number')}")
    if op.get_bind().dialect.name == "sqlite":
        for table in ("work", "expression"):
            # The guard of a table names its columns, so it is made anew with the new ones among them.
            columns = [c["name"] for c in sa.inspect(op.get_bind()).get_columns(table)]
            fixed = ", ".join(f'"{name}"' for name in columns if name != "recorded_to")
            refuse = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only added; a fact that changes is closed and written anew'); END"
            op.execute(f"DROP TRIGGER {table}_fixed")
            op.execute(f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {fixed} ON {table} {refuse}")
