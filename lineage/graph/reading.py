"""The edges of a graph as values, for the checks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lineage.model import ENDING, Evidence
from lineage.model.dates import long_date

if TYPE_CHECKING:
    import networkx as nx

# What ends a work, or puts another in its place.
ENDS = (*ENDING, "expires")
# Acts after which a work that had ended is there again, or which bring it about.
REVIVING = ("creates", "commences", "resumes", "reissues")


class Edge(Struct, frozen=True):
    """An edge as its attributes tell it. ``first`` and ``last`` bound the day; ``on`` is the day itself."""

    affecting: str
    affected: str
    key: str
    kind: str
    scope: str
    affecting_name: str
    affected_name: str
    mentioned: str
    evidence: Evidence
    on: date | None
    first: date | None
    last: date | None
    issued: date | None
    version_on: str | None
    own: bool
    candidates: tuple[str, ...]
    unresolved: bool
    unresolved_target: bool
    nameless: bool
    affecting_node: dict[str, Any]
    affected_node: dict[str, Any]


def edges(graph: nx.MultiDiGraph[str], *, listed: bool = False) -> list[Edge]:
    """Every edge but the rejected ones, ordered by its ends and its key; those that only a list of orders tells of where ``listed`` is true, since what a list and the
    orders do not agree on is said of the rules themselves."""
    found = [
        _edge(u, v, key, values, graph.nodes[u], graph.nodes[v])
        for u, v, key, values in graph.edges(keys=True, data=True)
        if values.get("status") != "rejected" and (values.get("standing") == "index") == listed
    ]
    return sorted(found, key=lambda e: (e.affecting, e.affected, e.key))


def _edge(u: str, v: str, key: str, values: dict[str, Any], affecting: dict[str, Any], affected: dict[str, Any]) -> Edge:
    on = day(values.get("on"))
    item, page, quote = str(values.get("item", "")), int(values.get("page", 1)), str(values.get("quote", ""))
    return Edge(
        affecting=u,
        affected=v,
        key=key,
        kind=str(values["kind"]),
        scope=str(values.get("scope", "whole")),
        affecting_name=str(affecting.get("name", u)),
        affected_name=str(affected.get("name", v)),
        mentioned=f"“{values.get('mention', v)}”",
        evidence=Evidence(item, page, None, quote, int(values.get("start", 0)), int(values.get("end", 0)), str(values.get("rule", ""))),
        on=on,
        first=on or day(values.get("earliest")),
        last=on or day(values.get("latest")),
        issued=day(values.get("issued")),
        version_on=values.get("version_on"),
        own=bool(values.get("own", False)),
        candidates=tuple(str(values.get("candidates", "")).split()),
        unresolved=bool(affecting.get("unresolved", False)),
        unresolved_target=bool(affected.get("unresolved", False)),
        nameless=bool(affecting.get("nameless", False)),
        affecting_node=affecting,
        affected_node=affected,
    )


def day(text: str | None) -> date | None:
    """The day of an ISO string, None for none."""
    return date.fromisoformat(text) if text else None


def said(on: date | None) -> str:
    """The day as the tail of a sentence: " on May 17, 2019", or nothing."""
    return f" on {long_date(on)}" if on else ""
