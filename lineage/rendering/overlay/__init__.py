"""What was read, drawn on the pages where it stands, so that a person judges a reading in seconds."""

from __future__ import annotations

from lineage.rendering.overlay.drawing import png
from lineage.rendering.overlay.page import html
from lineage.rendering.overlay.seen import LAYERS, Layer, Seen, seen

__all__ = ["LAYERS", "Layer", "Seen", "html", "png", "seen"]
