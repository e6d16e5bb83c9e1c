"""The public rules of a library as one page for a records room: every day answered, nothing loaded from outside, no server."""

from __future__ import annotations

from lineage.edition.file import put
from lineage.edition.publishing import Edition, publish

__all__ = ["Edition", "publish", "put"]
