"""How far scanned pages lay off level: their places are those of the page turned back, so its picture has to be turned as well. Indexes by which one rule is found among very many."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Adds the table. Of pages read before, nothing was kept: their pictures are shown as they lie."""
    op.create_table("tilt", sa.Column("item", sa.Text, sa.ForeignKey("item.sha256"), primary_key=True), sa.Column("page", sa.Integer, primary_key=True), sa.Column("degrees", sa.Float, nullable=False))
    if op.get_bind().dialect.name == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'rows of tilt are only added'); END"
        op.execute(f"CREATE TRIGGER tilt_kept BEFORE DELETE ON tilt {refuse}")
        op.execute(f"CREATE TRIGGER tilt_fixed BEFORE UPDATE ON tilt {refuse}")
    op.create_index("expression_item", "expression", ["item", "recorded_to"])
    op.create_index("work_bare_number", "work", ["bare_number", "recorded_to"])
    op.create_index("work_bare_title", "work", ["bare_title", "recorded_to"])
    op.create_index("period_item", "period", ["item", "recorded_to"])
