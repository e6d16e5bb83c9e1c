"""Whether two titles, or two texts, are about one thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from lineage.relations.identity import COMMON_WORDS, bare_title
from lineage.relations.opening import telling

RUN = 5  # words in a row that two texts share


def alike(one: str, other: str) -> bool:
    """Whether two titles tell of one subject: the same, or at least two telling words in common that are nearly all of both, or all of the one and most of the other.

    >>> alike("Body-Worn Cameras", "Body Worn Camera Pilot Program"), alike("Vehicle Pursuits", "Vehicle Stops"), alike("Use of Force Philosophy", "Reporting Use of Force")
    (True, False, False)
    """
    if bare_title(one) and bare_title(one) == bare_title(other):
        return True
    mine, theirs = (telling(re.sub("[-/]", " ", title)) - COMMON_WORDS for title in (one, other))
    shared = len(mine & theirs)
    most = max(len(mine), len(theirs))
    return shared >= 2 and (shared * 4 >= 3 * most or (shared == min(len(mine), len(theirs)) and shared * 5 >= 3 * most))


Run = tuple[str, ...]


def runs(texts: Iterable[list[str]]) -> set[Run]:
    """Every run of five words in these texts, each given as its words; none runs over from one text to the next."""
    return {tuple(said[n : n + RUN]) for said in texts for n in range(len(said) - RUN + 1)}


def shared(mine: set[Run], texts: Iterable[list[str]]) -> set[Run]:
    """Those of some runs that stand in these texts as well."""
    begins: dict[str, set[str]] = defaultdict(set)
    for run in mine:
        begins[run[0]].add(run[1])
    found = (tuple(said[n : n + RUN]) for said in texts for n in range(len(said) - RUN + 1) if said[n] in begins and said[n + 1] in begins[said[n]])
    return {run for run in found if run in mine}
