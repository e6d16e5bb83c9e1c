"""A text of a rule as HTML, clause by clause."""

from __future__ import annotations

from lineage.edition.saying import Clause, Words
from lineage.edition.words import element, shown

DEEPEST = 8


def text(words: Words, name: str) -> str:
    """A text that can be opened, with the file that it rests on."""
    head = f'<p class="head">{shown(words.head)}</p>' if words.head else ""
    clauses = "\n".join(_clause(one) for one in words.clauses)
    source = f'<p class="source">From <bdi>{shown(words.name)}</bdi>, SHA-256 <code>{shown(words.item)}</code></p>'
    return f'<details class="text" id="{name}"><summary>The words of <bdi>{shown(words.name)}</bdi></summary>{head}<div class="clauses">\n{clauses}\n</div>{source}</details>'


def _clause(one: Clause) -> str:
    depth = f' class="d{min(one.depth, DEEPEST)}"' if one.depth else ""
    marker = f'<span class="marker">{shown(one.marker)}</span> ' if one.marker else ""
    found = []
    if one.kind == "heading" and one.heading:
        found.append(f'<h5 dir="auto"{depth}>{marker}{shown(one.heading)}</h5>')
        marker, heading = "", ""
    else:
        heading = f"<strong>{shown(one.heading)}</strong> " if one.heading else ""
    if one.words or heading or marker:
        found.append(f'<p dir="auto"{depth}>{marker}{heading}{shown(one.words)}</p>')
    if one.rows:
        rows = "".join("<tr>" + "".join(element("td", cell) for cell in row) + "</tr>" for row in one.rows)
        found.append(f'<div class="scroll" role="region" aria-label="A table" tabindex="0"><table>{rows}</table></div>')
    return "".join(found)
