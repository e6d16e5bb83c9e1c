"""Whether a library is sound."""

from __future__ import annotations

from sqlalchemy import Connection

from lineage.store.originals import Originals


def faults(connection: Connection, originals: Originals) -> list[str]:
    """The faults as full sentences."""
    return []
