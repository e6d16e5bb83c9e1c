"""Clauses become relations: ``find`` what is written, then ``resolve`` what is meant.

``find`` reads one paper and knows nothing of others. ``resolve`` sees the catalogue of works held and mentioned, and names for each end the one work that is meant,
or the candidates where several could be.
"""

from __future__ import annotations

from lineage.relations.binding import bindings
from lineage.relations.finding import effect_of, find
from lineage.relations.identity import holders, title_contradictions, title_doubts
from lineage.relations.instructions import instruct
from lineage.relations.listed import listed
from lineage.relations.opening import may_mean, open_doubts
from lineage.relations.renumbering import Joined, joined
from lineage.relations.resolving import doubts_about, resolve

__all__ = ["Joined", "bindings", "doubts_about", "effect_of", "find", "holders", "instruct", "joined", "listed", "may_mean", "open_doubts", "resolve", "title_contradictions", "title_doubts"]
