"""Whether a text rules on a day is told by the index alone: a search asks it of each clause that it found."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Makes the index anew."""
    op.drop_index("period_item", "period")
    op.create_index("period_item", "period", ["item", "recorded_to", "status", "valid_from", "valid_to"])
