"""Which texts rule on a day is told by the index alone: a search asks it of each clause that it found, and a list of all of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Makes the one index anew, and adds the others: a work as it was known earlier is found by its id too."""
    op.drop_index("period_item", "period")
    op.create_index("period_item", "period", ["item", "recorded_to", "status", "valid_from", "valid_to"])
    held = sa.text("recorded_to = '9999-12-31T23:59:59.999999Z' AND status = 'in-force'")
    op.create_index("period_rules", "period", ["valid_from", "valid_to", "work", "item"], sqlite_where=held, postgresql_where=held)
    op.create_index("work_id", "work", ["id", "recorded_to"])
