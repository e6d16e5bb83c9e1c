"""The outline: which clause stands under which.

A marker may belong to several ladders ("i." is one in Roman figures or the ninth letter, "C." the third letter or a Roman hundred), and a number at the start of a line
may be no marker at all. Every reading is kept, the sequence of all markers is searched for the readings that break the fewest rules, and where two are nearly as good
the outline says so.
"""

from __future__ import annotations

from lineage.clauses.ladder.search import depths_of
from lineage.clauses.ladder.sketches import outline_of

__all__ = ["depths_of", "outline_of"]
