"""The marks on a text that has no pictures of pages (HTML, Word, plain text): coloured words on one HTML page that stands by itself."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from html import escape

from lineage.model import Item, Page
from lineage.rendering.overlay.colours import DEPTHS, colour, colour_of
from lineage.rendering.overlay.seen import LAYERS, Seen

STYLE = (
    "body{font:15px/1.7 Georgia,serif;max-width:60em;margin:0 auto 4em;padding:0 1em 0 12em}"
    "nav{position:sticky;top:0;background:#fff;border-bottom:1px solid #999;font:12px/1.6 sans-serif;padding:.5em 0;margin-left:-11em}"
    "nav span{white-space:nowrap;margin-right:1.2em}nav i{display:inline-block;width:1em;height:.8em;margin-right:.3em}"
    "div{position:relative;white-space:pre-wrap;border-left:4px solid transparent;padding-left:.4em}"
    "small{font:10px/1 sans-serif;color:#fff;padding:1px 3px;margin:0 2px;border-radius:2px;white-space:nowrap}"
    "b.eid{position:absolute;right:100%;margin-right:8px;font:10px/1.7 sans-serif;white-space:nowrap}"
    "hr{border:0;border-top:1px dashed #999}"
)
_UNDER = ("clause", "table")  # these are shown at the edge, all others on the words


def html(item: Item, marks: Sequence[Seen], head: str) -> str:
    """One page without scripts or outside files: every line with the colour of its clause, every mark on its words with its label before them."""
    by_page: dict[int, list[Seen]] = {}
    for mark in marks:
        by_page.setdefault(mark.page, []).append(mark)
    body = "<hr>".join("\n".join(_lines(page, by_page.get(page.number, []))) for page in item.pages)
    title = escape(head)
    legend = "".join(f'<span><i style="background:{paint}"></i>{escape(words)}</span>' for paint, words in _legend())
    return f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style></head>\n<body><nav>{title}<br>{legend}</nav>\n{body}\n</body></html>\n'


def _legend() -> Iterator[tuple[str, str]]:
    yield from ((paint, f"clause at depth {depth}") for depth, paint in enumerate(DEPTHS))
    yield from ((colour(layer), words) for layer, words in LAYERS.items() if layer != "clause")


def _lines(page: Page, marks: list[Seen]) -> Iterator[str]:
    """The lines of a page. Marks are in order of layer and place, so each line looks only at those that touch it."""
    edges = sorted((mark for mark in marks if mark.layer in _UNDER), key=lambda mark: mark.start)
    spans = sorted((mark for mark in marks if mark.layer not in _UNDER), key=lambda mark: mark.start)
    at = first = 0
    for line in page.lines:
        start, end = line.start, line.start + len(line.text)
        while at < len(edges) and edges[at].end <= start:
            at += 1
        while first < len(spans) and spans[first].end <= start:
            first += 1
        clause = edges[at] if at < len(edges) and edges[at].start < end else None
        edge = f"border-left-color:{colour_of(clause)};" if clause else ""
        named = next((m.label for m in edges[at:] if m.start < end and m.label and m.start >= start), "") if clause else ""
        name = f'<b class="eid" style="color:{colour_of(clause)}">{escape(named)}</b>' if clause and named else ""
        touching = [mark for mark in _until(spans[first:], end) if mark.end > start]
        yield f'<div style="{edge}margin-left:{line.left_pt:g}pt">{name}{_words(line.text, start, touching)}</div>'


def _until(marks: Sequence[Seen], end: int) -> Iterator[Seen]:
    for mark in marks:
        if mark.start >= end:
            return
        yield mark


def _words(text: str, start: int, marks: list[Seen]) -> str:
    """The words of a line, cut where a mark begins or ends."""
    cuts = sorted({0, len(text), *(min(max(edge - start, 0), len(text)) for mark in marks for edge in (mark.start, mark.end))})
    out = []
    for begin, end in itertools.pairwise(cuts):
        over = [mark for mark in marks if mark.start < start + end and start + begin < mark.end]
        labels = [mark for mark in over if mark.label and max(mark.start - start, 0) == begin]
        out += [f'<small style="background:{colour_of(mark)}">{escape(mark.label)}</small>' for mark in labels]
        words = escape(text[begin:end])
        out.append(f'<span style="background:{colour_of(over[-1])}33;box-shadow:0 1px {colour_of(over[-1])}">{words}</span>' if over else words)
    return "".join(out)
