"""A base and the changes to it: the words on a day. Applied only where they fit; the rest is refused, each with its reason (semantics, section 6: "consolidated, not reviewed"). Held against a published text, word by word."""

from typing import TYPE_CHECKING

from lineage.doors import door

if TYPE_CHECKING:
    from lineage.consolidation.applying import apply, states
    from lineage.consolidation.checking import check
    from lineage.consolidation.comparing import compare
else:
    __getattr__ = door(__name__, {"applying": ["apply", "states"], "checking": ["check"], "comparing": ["compare"]})

__all__ = ["apply", "check", "compare", "states"]
