"""Relations joined as a graph: ``build`` makes a networkx multi-digraph, ``check`` looks for what cannot be right in it.

Nodes are work ids, edges run from the affecting to the affected work with the relation's id as their key. All attributes are plain
strings, whole numbers and booleans, so that every form of a graph can hold them; what is not known is no attribute at all.
"""

from __future__ import annotations

from lineage.graph.building import around, build
from lineage.graph.checking import check
from lineage.graph.forms import to_graphml, to_json

__all__ = ["around", "build", "check", "to_graphml", "to_json"]
