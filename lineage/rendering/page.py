"""A document as plain text and as one HTML page that stands by itself."""

from __future__ import annotations

from html import escape

from lineage.model import Clause, Document
from lineage.model.dates import long_date

STYLE = "body{font:16px/1.5 Georgia,serif;max-width:44em;margin:2em auto;padding:0 1em}h1{font-size:1.4em}dl{color:#444;font-size:.9em}dt{float:left;clear:left;width:8em}.m{font-weight:bold}table{border-collapse:collapse}td{border:1px solid #999;padding:.2em .5em}"


def text(document: Document) -> str:
    """The clauses as indented text, under the title."""
    lines = [_title(document), *_standing(document), ""]
    for clause in document.outline.clauses:
        words = " ".join(t.string for t in (clause.marker, clause.heading, clause.text) if t)
        lines.append("  " * clause.depth + words)
    return "\n".join(lines) + "\n"


def html(document: Document) -> str:
    """One page without scripts or outside files; every clause has its eid as id."""
    heading = document.outline.heading
    dates = "".join(f"<dt>{escape(d.role)}</dt><dd>{escape(long_date(d.day.on) if d.day.on else d.raw)}</dd>" for d in heading.dates)
    body = "\n".join(_clause(c) for c in document.outline.clauses)
    title = escape(_title(document))
    standing = "".join(f"<p><em>{escape(said)}</em></p>\n" for said in _standing(document))
    return f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style></head>\n<body><h1>{title}</h1>\n<dl>{dates}</dl>\n{standing}{body}\n</body></html>\n'


def _standing(document: Document) -> list[str]:
    """What must be said of a text that was put together."""
    if document.base is None:
        return []
    left = [] if document.complete else ["Not complete: some changes could not be applied; what the findings of this text name is not in these words."]
    return ["Consolidated, not reviewed.", *left]


def _title(document: Document) -> str:
    heading = document.outline.heading
    name = f"{document.series_name} {heading.number}".strip() if heading.number else document.series_name
    return f"{name}, {heading.title}" if heading.title else name


def _clause(clause: Clause) -> str:
    indent = f' style="margin-left:{2 * clause.depth}em"' if clause.depth else ""
    marker = f'<span class="m">{escape(clause.marker.string)}</span> ' if clause.marker else ""
    if clause.rows:
        rows = "".join("<tr>" + "".join(f"<td>{escape(cell.string)}</td>" for cell in row) + "</tr>" for row in clause.rows)
        return f'<table id="{escape(clause.eid)}"{indent}>{rows}</table>'
    if clause.kind == "heading":
        return f'<h2 id="{escape(clause.eid)}"{indent}>{marker}{escape(clause.heading.string)}</h2>'
    words = " ".join(t.string for t in (clause.heading, clause.text) if t)
    return f'<p id="{escape(clause.eid)}"{indent}>{marker}{escape(words)}</p>'
