"""The colours of an overlay, one table for the picture and for the page of text."""

from __future__ import annotations

from lineage.rendering.overlay.seen import Layer, Seen

DEPTHS = ("#1b4f9c", "#2e8b57", "#9a6b00", "#8b3a8b", "#007f8b", "#a0522d")
_LAYERS: dict[Layer, str] = {
    "clause": DEPTHS[0],
    "table": "#445a14",
    "furniture": "#6d6d6d",
    "field": "#0077cc",
    "date": "#b5006e",
    "relation": "#d1420a",
    "question": "#c00000",
    "unsure": "#e08a00",
    "missed": "#ff0000",
}


def colour(layer: Layer, depth: int = 0) -> str:
    """The colour of a mark, as ``#rrggbb``; beyond six levels the colours of depth begin again."""
    return DEPTHS[depth % len(DEPTHS)] if layer == "clause" else _LAYERS[layer]


def colour_of(mark: Seen) -> str:
    """The colour of this mark."""
    return colour(mark.layer, mark.depth)
