"""The order of the lanes: by beginning, with related works near each other, so that arrows are short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from lineage.model import Work

# Beyond this, trying every place for every work takes longer than it is worth.
FEW = 60
PASSES = 12


def in_order(works: Sequence[Work], starts: Mapping[str, date], links: Iterable[tuple[str, str]]) -> list[Work]:
    """The works from top to bottom. Works that nothing joins keep the order of their beginnings, those without one come last.

    ``starts`` may lack works; ``links`` may name works that are not given, and the same pair several times.
    """
    by_id = {work.id: work for work in works}
    joined: dict[str, list[str]] = {work: [] for work in by_id}
    for one, two in links:
        if one in by_id and two in by_id and one != two:
            joined[one].append(two)
            joined[two].append(one)
    first = sorted(by_id, key=lambda work: (starts.get(work, date.max), by_id[work].number or "", by_id[work].title, work))
    order: list[str] = []
    for family in _families(first, joined):
        order.extend(_settled(family, joined))
    return [by_id[work] for work in order]


def _families(order: list[str], joined: dict[str, list[str]]) -> list[list[str]]:
    """The works that hang together, each family in the order given, families by their first."""
    place = {work: at for at, work in enumerate(order)}
    seen: set[str] = set()
    families: list[list[str]] = []
    for work in order:
        if work in seen:
            continue
        seen.add(work)
        family = [work]
        for member in family:
            for other in joined[member]:
                if other not in seen:
                    seen.add(other)
                    family.append(other)
        families.append(sorted(family, key=place.__getitem__))
    return families


def _settled(family: list[str], joined: dict[str, list[str]]) -> list[str]:
    best = family
    for _ in range(PASSES):
        place = {work: float(at) for at, work in enumerate(family)}
        middle = {work: (place[work] + sum(place[o] for o in joined[work])) / (1 + len(joined[work])) for work in family}
        family = sorted(family, key=lambda work: (middle[work], place[work]))
        best = min(best, family, key=lambda order: _length(order, joined))
    return _moved(best, joined) if len(best) <= FEW else best


def _moved(order: list[str], joined: dict[str, list[str]]) -> list[str]:
    """Each work put where all arrows together are shortest, for as long as that helps."""
    length = _length(order, joined)
    for _ in range(PASSES):
        before = length
        for work in list(order):
            rest = [other for other in order if other != work]
            for at in range(len(order)):
                tried = [*rest[:at], work, *rest[at:]]
                if (shorter := _length(tried, joined)) < length:
                    order, length = tried, shorter
        if length == before:
            break
    return order


def _length(order: list[str], joined: dict[str, list[str]]) -> int:
    place = {work: at for at, work in enumerate(order)}
    return sum(abs(place[work] - place[other]) for work in order for other in joined[work])
