"""Whether two titles, or two texts, are about one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lineage.relations.identity import COMMON_WORDS, bare_title
from lineage.relations.opening import telling

RUN = 5  # words in a row that two texts share


def alike(one: str, other: str) -> bool:
    """Whether two titles tell of one subject: the same, or at least two telling words in common that are most of each.

    >>> alike("Body-Worn Cameras", "Body Worn Camera Pilot Program"), alike("Vehicle Pursuits", "Vehicle Stops"), alike("Use of Force", "Reporting Use of Force")
    (True, False, False)
    """
    if bare_title(one) and bare_title(one) == bare_title(other):
        return True
    mine, theirs = (telling(re.sub("[-/]", " ", title)) - COMMON_WORDS for title in (one, other))
    shared = len(mine & theirs)
    return shared >= 2 and shared * 5 >= 3 * max(len(mine), len(theirs))


def runs(words: Iterable[str]) -> set[tuple[str, ...]]:
    """Every run of five words in these texts, which share no run with each other."""
    found: set[tuple[str, ...]] = set()
    for text in words:
        said = re.findall(r"[a-z0-9]+", text.lower())
        found.update(tuple(said[n : n + RUN]) for n in range(len(said) - RUN + 1))
    return found
