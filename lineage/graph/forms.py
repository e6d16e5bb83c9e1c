"""A graph as GraphML and as node-link JSON: the same graph gives the same bytes, whatever the order in which it was built."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

# What XML 1.0 cannot hold at all, not even escaped; a text layer may have it.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_graphml(graph: nx.MultiDiGraph[str]) -> str:
    """The graph as GraphML, with the types of the attributes; networkx, Gephi and yEd read it.

    Characters that XML cannot hold are written as U+FFFD. Whole numbers stay numbers and booleans booleans.
    """
    import networkx as nx

    return "\n".join(nx.generate_graphml(_ordered(graph, for_xml=True), prettyprint=True)) + "\n"


def to_json(graph: nx.MultiDiGraph[str]) -> dict[str, Any]:
    """The graph in networkx's node-link form: ``{"directed", "multigraph", "graph", "nodes": [{"id", ..}], "edges": [{"source", "target",
    "key", ..}]}``. An edge's own ``source`` (field, stamp, sentence, layout) is ``found_in`` there, as ``source`` names the affecting node.

    ``networkx.node_link_graph(data, edges="edges")`` reads it back.
    """
    import networkx as nx

    ordered = _ordered(graph)
    for _, _, values in ordered.edges(data=True):
        if "source" in values:
            values["found_in"] = values.pop("source")
    data: dict[str, Any] = nx.node_link_data(ordered, edges="edges")
    return data


def _ordered(graph: nx.MultiDiGraph[str], *, for_xml: bool = False) -> nx.MultiDiGraph[str]:
    """A copy with nodes, edges and attributes in the order of their names."""
    import networkx as nx

    def clean(value: Any) -> Any:
        return _UNWRITABLE.sub("\ufffd", value) if for_xml and isinstance(value, str) else value

    ordered: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in sorted(graph.nodes):
        values = graph.nodes[node]
        ordered.add_node(clean(node), **{name: clean(values[name]) for name in sorted(values)})
    for u, v, key, values in sorted(graph.edges(keys=True, data=True), key=lambda found: found[:3]):
        ordered.add_edge(clean(u), clean(v), key, **{name: clean(values[name]) for name in sorted(values)})
    return ordered
