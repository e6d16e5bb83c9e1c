"""A base and the changes to it: the words on a day. Applied only where they fit; the rest is refused, each with its reason (semantics, section 6: "consolidated, not reviewed")."""

from lineage.consolidation.applying import apply, states
from lineage.consolidation.comparing import compare

__all__ = ["apply", "compare", "states"]
