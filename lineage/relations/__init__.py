"""Clauses become relations: ``find`` what is written, then ``resolve`` what is meant.

``find`` reads one paper and knows nothing of others. ``resolve`` sees the catalogue of works held and mentioned, and names for each end the one work that is meant,
or the candidates where several could be.
"""

from __future__ import annotations

from lineage.relations.finding import find
from lineage.relations.resolving import resolve

__all__ = ["find", "resolve"]
