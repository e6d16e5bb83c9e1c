"""The log of every change: one entry a transaction, hashed over the one before, with the hashes of the rows that it wrote."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

# A purge is being made: the condition of the triggers of 0010.
MAKING = "SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording)"
REFUSE = "BEGIN SELECT RAISE(ABORT, '{}'); END"


def upgrade() -> None:
    """Adds the tables. The first entry, over what was held before, is written by the program once all tables are as it knows them."""
    op.create_table(
        "log",
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("moment", "version", "content", "previous")),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "logged",
        sa.Column("entry", sa.Integer, sa.ForeignKey("log.number"), primary_key=True),
        sa.Column("facts", sa.Text, primary_key=True),
        sa.Column("act", sa.Text, primary_key=True),
        sa.Column("rows", sa.Text, nullable=False),
        sa.Column("salts", sa.LargeBinary, nullable=False),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
    )
    op.create_index("log_moment", "log", ["moment"])
    if op.get_bind().dialect.name == "sqlite":
        _guard()


def _guard() -> None:
    only = "rows of {} are only added"
    for table in ("log", "logged"):
        op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {REFUSE.format(only.format(table))}")
    op.execute(f"CREATE TRIGGER log_fixed BEFORE UPDATE ON log {REFUSE.format(only.format('log'))}")
    op.execute(
        "CREATE TRIGGER log_chained BEFORE INSERT ON log WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM log) "
        "OR NEW.previous <> coalesce((SELECT hash FROM log ORDER BY number DESC LIMIT 1), '" + "0" * 64 + "') "
        + REFUSE.format("an entry of the log follows the last one")
    )  # fmt: skip
    op.execute(f'CREATE TRIGGER logged_fixed BEFORE UPDATE OF "entry", "facts", "act", "rows", "hashes" ON logged {REFUSE.format(only.format("logged"))}')
    # A purge takes out the salts of the rows whose words it takes out, and nothing else may.
    op.execute(f"CREATE TRIGGER logged_salted BEFORE UPDATE OF salts ON logged WHEN NOT EXISTS ({MAKING}) OR length(NEW.salts) <> length(OLD.salts) {REFUSE.format(only.format('logged'))}")
