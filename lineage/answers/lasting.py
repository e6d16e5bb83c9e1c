"""Names that last: what a clause of a renumbered rule was called by the rule's first number (AKN wId)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from lineage.model import Document, Expression, Work
from lineage.model.eid import bare_marker


def lasting(document: Document, work: Work, first: Expression) -> Document:
    """The document with the names that its clauses keep through all numbers of the rule: where an eid, or the wid that a change gave, has a later number of the rule in it, its first number
    stands there. ``first`` is the first text held; where that does not bear the first number there is none whose names they could keep.

    A clause whose lasting name would be that of another clause keeps its own, so that no name is there twice.
    """
    borne = tuple(dict.fromkeys(bare_marker(b.number) for b in work.numbers))
    if len(borne) < 2 or bare_marker(first.number or "") != borne[0]:
        return document
    clauses = document.outline.clauses
    own = {c.wid or c.eid for c in clauses}
    named = tuple(replace(c, wid=kept) if (kept := first_called(c.wid or c.eid, borne)) not in own else c for c in clauses)
    return replace(document, outline=replace(document.outline, clauses=named), master=first.starts) if named != clauses else document


def first_called(eid: str, borne: Sequence[str]) -> str:
    """An eid by the first of the numbers that its rule bore, each given as it stands in an eid. A number holds those that begin with it.

    >>> first_called("sec_3-51__para_3-51-2__para_a", ("3-48", "3-51")), first_called("para_3-510", ("3-48", "3-51"))
    ('sec_3-48__para_3-48-2__para_a', 'para_3-510')
    """
    parts = []
    for part in eid.split("__"):
        name, _, number = part.partition("_")
        later = next((b for b in borne[1:] if number == b or number.startswith((f"{b}-", f"{b}_"))), None)
        parts.append(f"{name}_{borne[0]}{number[len(later) :]}" if later else part)
    return "__".join(parts)
