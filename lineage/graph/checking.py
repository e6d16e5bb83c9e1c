"""What cannot be right in a graph, or is right only for a reason that a person must find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from lineage.graph.order import disorder
from lineage.graph.reading import ENDS, REVIVING, Edge, edges, said
from lineage.model import Finding
from lineage.model.dates import long_date

if TYPE_CHECKING:
    import networkx as nx


def check(graph: nx.MultiDiGraph[str]) -> list[Finding]:
    """The findings of a graph that ``build`` made, in a stable order. Relations that a person rejected are left out.

    ``graph.cycle``           works that end each other in a ring
    ``graph.ends-itself``     a work that ends itself and no earlier version of it
    ``graph.two-rescinders``  two works that each end the same one in whole
    ``graph.order-of-dates``  an act before its own paper, or upon a work that had ended or not begun
    ``graph.unresolved``      a name that fits no work; ``doubt`` where an end or a change hangs on it, else ``note``
    """
    known = edges(graph)
    return [*_cycles(known), *_self_enders(known), *_two_rescinders(known), *disorder(known), *_unresolved([*known, *(e for e in edges(graph, listed=True) if not e.nameless)])]


class _Ring(Struct, frozen=True):
    """Works that end each other, the least id first."""

    edges: tuple[Edge, ...]

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(e.affecting for e in self.edges)


def _ends_whole(edge: Edge) -> bool:
    # An act upon one version, or upon a part, leaves the work alive.
    return edge.kind in ENDS and edge.scope != "part" and edge.version_on is None


def _cycles(known: list[Edge]) -> Iterator[Finding]:
    after: dict[str, dict[str, Edge]] = {}
    for edge in known:
        if _ends_whole(edge) and edge.affecting != edge.affected:
            after.setdefault(edge.affecting, {}).setdefault(edge.affected, edge)
    rings: dict[tuple[str, ...], _Ring] = {}
    for node in sorted(after):
        ring = _ring_through(node, after)
        if ring is not None:
            rings.setdefault(ring.key, ring)
    for key in sorted(rings):
        found = rings[key].edges
        ways = ", ".join(f"{e.affecting_name} {e.kind} {e.affected_name}" for e in found)
        yield Finding(
            "graph.cycle",
            "doubt",
            f"{len(found)} works end each other in a ring: {ways}. "
            "They cannot all have been ended so, and which of them is in force hangs on it. One of the names may be misread, or a number "
            "may have been given to a new rule; the dates of the papers, or the papers that are not held, could settle it.",
            tuple(e.evidence for e in found),
            found[0].affecting,
        )


def _ring_through(start: str, after: dict[str, dict[str, Edge]]) -> _Ring | None:
    """A shortest ring through a work, or None. One for each work is enough: a dense knot has more rings than anybody could read."""
    came: dict[str, Edge] = {}
    line = [start]
    for node in line:
        for other in sorted(after.get(node, {})):
            edge = after[node][other]
            if other == start:
                ring = [edge]
                while ring[-1].affecting != start:
                    ring.append(came[ring[-1].affecting])
                ring.reverse()
                least = min(range(len(ring)), key=lambda at: ring[at].affecting)
                return _Ring(tuple(ring[least:] + ring[:least]))
            if other not in came:
                came[other] = edge
                line.append(other)
    return None


def _self_enders(known: list[Edge]) -> Iterator[Finding]:
    for edge in known:
        # "expires" is how a work rightly ends itself, and ``own`` means an earlier version.
        if edge.affecting == edge.affected and _ends_whole(edge) and not edge.own and edge.kind != "expires":
            yield Finding(
                "graph.ends-itself",
                "doubt",
                f"{edge.affecting_name} {edge.kind} {edge.mentioned}, which was taken for that same work. A work does not end itself: an "
                "earlier version, or another rule with the same number or title, must be meant, and until it is known which, its end is "
                "not established. The date or the full name of the rule that is meant could settle it.",
                (edge.evidence,),
                edge.affected,
            )


def _two_rescinders(known: list[Edge]) -> Iterator[Finding]:
    ends: dict[tuple[str, str | None], list[Edge]] = {}
    for edge in known:
        if edge.kind in ENDS and edge.kind != "expires" and edge.scope != "part" and edge.affecting != edge.affected:
            ends.setdefault((edge.affected, edge.version_on), []).append(edge)
    for (affected, version_on), found in ends.items():
        revived = [e.on for e in known if e.affected == affected and e.kind in REVIVING and e.on]
        enders = _apart(found, [day for day in revived if day])
        if len(enders) < 2:
            continue
        version = f" (the version of {long_date(date.fromisoformat(version_on))})" if version_on else ""
        ways = " and ".join(f"{e.affecting_name}{said(e.on)}" for e in enders)
        yield Finding(
            "graph.two-rescinders",
            "doubt",
            f"{enders[0].affected_name}{version} is ended by {len(enders)} acts: {ways}. A work ends once, so the later act found nothing "
            "to end, or one of them means another work of that number; its last day hangs on it. The acts themselves, or an edition from "
            "between their days, could settle it.",
            tuple(e.evidence for e in enders),
            affected,
        )


def _apart(found: Iterable[Edge], revived: list[date]) -> list[Edge]:
    """One edge for each act that ends: not the same work twice, no unknown one on the day of a known one, no two with a revival between."""
    by_work: dict[str, Edge] = {}
    for edge in sorted(found, key=lambda e: (e.unresolved, e.on or date.max, e.affecting)):
        same_day = any(edge.on is None or edge.on == other.on for other in by_work.values())
        if not (edge.unresolved and same_day):
            by_work.setdefault(edge.affecting, edge)
    enders = sorted(by_work.values(), key=lambda e: (e.on or date.max, e.affecting))
    clashing: list[Edge] = []
    for one, two in pairwise(enders):
        if one.on and two.on and any(one.on <= day <= two.on for day in revived):
            continue
        clashing.extend(e for e in (one, two) if e not in clashing)
    return clashing


def _unresolved(known: list[Edge]) -> Iterator[Finding]:
    names: dict[str, list[tuple[Edge, bool]]] = {}
    for edge in known:
        if edge.unresolved:
            names.setdefault(edge.affecting, []).append((edge, True))
        if edge.unresolved_target and edge.affected != edge.affecting:
            names.setdefault(edge.affected, []).append((edge, False))
    for found in names.values():
        yield _unresolved_name(found)


def _unresolved_name(found: list[tuple[Edge, bool]]) -> Finding:
    first, acting = found[0]
    only_cited = all(edge.kind == "cites" for edge, _ in found)
    # An act whose author is not known is counted all the same for what it acts upon.
    only_author = all(role for _, role in found)
    subject = first.affecting_name if acting else first.affected_name
    words = f"{subject} {first.kind} {first.affected_name}" if acting else f"{first.affecting_name} {first.kind} {subject}"
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    lead = f"{subject} fits no work that is held or mentioned ({words}, page {first.evidence.page}{more})"
    if acting and first.nameless:
        lead = f"{first.affected_name} is the target of an act that is not named (it {first.kind} it, page {first.evidence.page})"
    meant = f" It could be {' or '.join(first.candidates)}." if first.candidates else ""
    why = "What was done to it is counted for no work until that is known."
    if only_cited:
        why = "No answer hangs on it."
    elif only_author:
        why = "The act is counted; by what it was done is not known."
    return Finding(
        "graph.unresolved",
        "note" if only_cited or only_author else "doubt",
        f"{lead}.{meant} {why} "
        "The paper itself, or its full number and date, could settle it.",
        tuple(edge.evidence for edge, _ in found),
        first.affected if acting else first.affecting,
    )


