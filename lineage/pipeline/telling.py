"""What an index and the orders do not agree on is told of both: the listed rule and the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lineage.store import Writing

TOLD = ("index.contradicts",)


def tell_indexes(writing: Writing, items: Iterable[str]) -> None:
    """Bring the findings of these lists up to date: those of the rules that they list, told of the list itself."""
    for item in sorted(items):
        lists = {r.affecting.work for r in writing.relations(item=item) if r.affecting.own and r.affecting.work}
        found = [f for f in writing.findings(item=item) if f.code in TOLD and f.work not in lists]
        for work in sorted(lists):
            writing.set_findings(work, [f.about(work) for f in found])
