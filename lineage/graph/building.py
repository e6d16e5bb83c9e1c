"""Works and relations become a multi-digraph."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from lineage.errors import NotFoundError
from lineage.model import End, Expression, Period, Relation, Work
from lineage.model.relation import LETTERS

if TYPE_CHECKING:
    import networkx as nx

Plain = str | int | bool
Attributes = dict[str, Plain]


def build(
    works: Iterable[Work], relations: Iterable[Relation], periods: Iterable[Period] = (), expressions: Iterable[Expression] = ()
) -> nx.MultiDiGraph[str]:
    """The graph of all works, placeholders included, and of all relations, rejected ones included (their ``status`` says so).

    Nodes: ``name`` (what a person calls it), ``title``, ``number``, ``series``, ``agency``, ``holder``, ``held``; from the periods
    ``from`` and ``to`` (half-open, as far as established in force) and ``possible_from`` and ``possible_to`` (the same with the days that
    are not established). An end that is not resolved is a node ``?mention`` with ``unresolved``, one outside the agency's rules
    ``external:mention`` with ``external``, an end without a name a node of its own with ``nameless``, and rules that are meant without being named ``?mention`` with ``open``.

    Edges: ``kind``, ``letter``, ``scope``, ``certainty``, ``status``, ``source``, ``standing``, ``mention``, ``affecting_mention``; where known ``on`` or
    ``earliest`` and ``latest``, ``basis``, ``eid``, ``version_on``, ``condition``, ``candidates``; the first piece of evidence as ``item``,
    ``page``, ``quote``, ``start``, ``end``, ``rule``; ``issued``, the paper's issue day, from the expressions. Days are ISO strings.

    The key is the relation's id; where two relations share one, the second gets ``#2``. The same relation given twice is one edge.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    lives: dict[str, list[Period]] = {}
    for period in periods:
        lives.setdefault(period.work, []).append(period)
    for work in works:
        graph.add_node(work.id, **_work(work), **_life(lives.get(work.id, [])))
    issued = {(e.work, e.item): e.issued.on.isoformat() for e in expressions if e.issued.on}
    seen: dict[str, list[Relation]] = {}
    for relation in relations:
        same = seen.setdefault(relation.id, [])
        if relation in same:
            continue
        same.append(relation)
        affecting = _end(graph, relation.affecting, relation)
        affected = _end(graph, relation.affected, relation)
        attributes = _relation(relation)
        if (affecting, relation.item) in issued:
            attributes["issued"] = issued[affecting, relation.item]
        graph.add_edge(affecting, affected, relation.id if len(same) == 1 else f"{relation.id}#{len(same)}", **attributes)
    return graph


def around(graph: nx.MultiDiGraph[str], work: str, hops: int = 2) -> nx.MultiDiGraph[str]:
    """A copy of what is within ``hops`` relations of a work, in either direction. NotFoundError for a work that is not in the graph."""
    if work not in graph:
        hint = "Give a work id, such as those that `lineage relations` lists."
        raise NotFoundError(f"The graph holds no work {work}, so nothing can be shown around it.", hint=hint)
    near = {work}
    edge = {work}
    for _ in range(hops):
        edge = {other for node in edge for other in (*graph.successors(node), *graph.predecessors(node))} - near
        near |= edge
    # A plain subgraph would list its nodes in the order of a set.
    kept = graph.__class__()
    for node, values in graph.nodes(data=True):
        if node in near:
            kept.add_node(node, **values)
    for u, v, key, values in graph.edges(keys=True, data=True):
        if u in near and v in near:
            kept.add_edge(u, v, key, **values)
    return kept


def _work(work: Work) -> Attributes:
    attributes: Attributes = {
        "name": called(work.series, work.number, work.title),
        "title": work.title,
        "series": work.series,
        "agency": work.agency,
        "holder": work.holder,
        "held": work.held,
    }
    return attributes if work.number is None else {**attributes, "number": work.number}


def called(series: str, number: str | None, title: str) -> str:
    """What a person calls a work, short enough for a list of several.

    >>> called("manual-section", "3.48", "Internet Usage"), called("special-order", None, "Social Media")
    ('Manual Section 3.48', 'Special Order “Social Media”')
    """
    words = series.replace("-", " ").title()
    return f"{words} {number or f'“{title}”'}".strip()


def _life(periods: list[Period]) -> Attributes:
    in_force = [p for p in periods if p.status == "in-force"]
    possible = [p for p in periods if p.status != "not-in-force"]
    days = {
        "from": _first(in_force),
        "to": _end_of(in_force),
        "possible_from": _first(possible),
        "possible_to": _end_of(possible),
    }
    return {name: day.isoformat() for name, day in days.items() if day}


def _first(periods: list[Period]) -> date | None:
    starts = [p.interval.start for p in periods]
    return None if None in starts else min((s for s in starts if s), default=None)


def _end_of(periods: list[Period]) -> date | None:
    ends = [p.interval.end for p in periods]
    return None if None in ends else max((e for e in ends if e), default=None)


def _end(graph: nx.MultiDiGraph[str], end: End, relation: Relation) -> str:
    """The node of one end; it is made where it is not there yet."""
    if end.work is not None:
        if end.work not in graph:
            name = called(end.series or "", end.number, end.title or end.mention)
            graph.add_node(end.work, name=name, title=end.title or "", held=False, **({"number": end.number} if end.number else {}))
        return end.work
    # "(not named)" and the like: two papers that name nobody do not mean the same act.
    nameless = not end.mention.strip() or end.mention.startswith("(")
    node = f"?{relation.id}" if nameless else f"external:{end.mention}" if end.external else f"?{end.mention}"
    if node not in graph:
        flag = {"external": True} if end.external else {"open": True} if end.subject is not None else {"unresolved": True}
        if nameless:
            flag["nameless"] = True
        graph.add_node(node, name="an act that is not named" if nameless else f"“{end.mention}”", title=end.mention, held=False, **flag)
    return node


def _relation(relation: Relation) -> Attributes:
    first = relation.evidence[0]
    day = relation.effect.day if relation.effect else None
    version = relation.affected.version_on
    known: dict[str, Plain | None] = {
        "on": day.on.isoformat() if day and day.on else None,
        "earliest": day.earliest.isoformat() if day and day.earliest else None,
        "latest": day.latest.isoformat() if day and day.latest else None,
        "basis": relation.effect.basis if relation.effect else None,
        "eid": relation.affected.eid,
        "version_on": version.isoformat() if version else None,
        "condition": relation.condition or None,
        "candidates": " ".join(relation.candidates) or None,
        "own": relation.affected.own or None,
    }
    return {
        "kind": relation.kind,
        "letter": LETTERS[relation.kind],
        "scope": relation.scope,
        "certainty": relation.certainty,
        "status": relation.status,
        "source": relation.source,
        "standing": relation.standing,
        "mention": relation.affected.mention,
        "affecting_mention": relation.affecting.mention,
        "item": first.item,
        "page": first.page,
        "quote": first.quote,
        "start": first.start,
        "end": first.end,
        "rule": first.rule,
        **{name: value for name, value in known.items() if value is not None},
    }
