"""What persons decided about doubts, and of which series they attest that the list is complete."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

COLUMNS = {"decision": ("id", "subject", "ref", "body", "recorded_from"), "attestation": ("id", "agency", "series", "attested_on", "body", "recorded_from")}


def upgrade() -> None:
    """Adds the tables; nobody had decided anything before."""
    for table, names in COLUMNS.items():
        op.create_table(table, sa.Column("row", sa.Integer, primary_key=True), *(sa.Column(name, sa.Text, nullable=False) for name in names), sa.UniqueConstraint("id"))
        if op.get_bind().dialect.name == "sqlite":
            refuse = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only added'); END"
            columns = ", ".join(f'"{name}"' for name in ("row", *names))
            op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {refuse}")
            op.execute(f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {columns} ON {table} {refuse}")
    op.create_index("decision_subject", "decision", ["subject", "ref"])
    op.create_index("attestation_series", "attestation", ["agency", "series"])
