"""A plain, slow reader of the same changes, written apart: texts as nested lists, every step a copy of the whole."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

Node = dict[str, Any]  # {"marker", "text", "below": [Node]}


def tree(text: str) -> list[Node]:
    """The nodes of a text written as ``made.clauses`` takes it."""
    top: list[Node] = []
    open_: list[tuple[int, list[Node]]] = [(-1, top)]
    for line in filter(str.strip, text.splitlines()):
        depth, words = (len(line) - len(line.lstrip())) // 2, line.strip()
        marker, _, rest = words.partition(" ")
        while open_[-1][0] >= depth:
            open_.pop()
        node: Node = {"marker": marker, "text": rest, "below": []}
        open_[-1][1].append(node)
        open_.append((depth, node["below"]))
    return top


def printed(nodes: list[Node], depth: int = 0) -> list[str]:
    found = []
    for node in nodes:
        found += ["  " * depth + f"{node['marker']} {node['text']}".strip(), *printed(node["below"], depth + 1)]
    return found


def _at(nodes: list[Node], path: tuple[str, ...]) -> tuple[list[Node], int] | None:
    """The list and the place of the one node with these markers, level by level; None where there is none or more than one."""
    here = nodes
    for n, part in enumerate(path):
        fitting = [k for k, node in enumerate(here) if node["marker"].strip("().") == part.strip("().")]
        if len(fitting) != 1:
            return None
        if n == len(path) - 1:
            return here, fitting[0]
        here = here[fitting[0]]["below"]
    return None


def step(nodes: list[Node], kind: str, path: tuple[str, ...], edit: dict[str, Any]) -> list[Node] | None:
    """The text after one change; None where it does not fit."""
    nodes = deepcopy(nodes)
    place = _at(nodes, path)
    if place is None:
        return None
    here, n = place
    if "find" in edit:
        every: list[Node] = []
        stack = [here[n]]
        while stack:
            node = stack.pop()
            every.append(node)
            stack += node["below"]
        wanted = re.compile(rf"(?<!\w){re.escape(edit['find'])}(?!\w)")
        if sum(len(wanted.findall(node["text"])) for node in every) != edit["count"]:
            return None
        for node in every:
            node["text"] = wanted.sub(edit["replace"].replace("\\", r"\\"), node["text"])
    elif kind == "deletes":
        del here[n]
    elif kind == "renumbers":
        new = here[n]["marker"].replace(here[n]["marker"].strip("()."), edit["marker"])
        if any(k != n and node["marker"].strip("().") == edit["marker"] for k, node in enumerate(here)):
            return None
        here[n]["marker"] = new
    elif kind == "inserts":
        (node,) = tree(edit["new"])
        if any(node["marker"].strip("().") == other["marker"].strip("().") for other in here):
            return None
        here.insert(n + 1, node)
    elif kind == "substitutes":
        (node,) = tree(edit["new"])
        here[n] = node
    return nodes
