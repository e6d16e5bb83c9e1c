"""The picture of a page as PNG, bare or with places marked on it."""

from __future__ import annotations

import io
from collections.abc import Sequence

from lineage.model import Box
from lineage.model.facsimile import Facsimile

MARK, VEIL = "#c2410c", "#f59e0b40"
THICK = 3
BAND = 30  # pixels


def png(page: Facsimile, marks: Sequence[Box] = (), head: str = "") -> bytes:
    """The page as PNG, a box drawn around each of these places (PDF points from the top left), with these words in a band above it; the same input gives the same bytes."""
    from PIL import Image, ImageDraw

    sheet = Image.frombytes("RGB", (page.width, page.height), page.rgb)
    draw = ImageDraw.Draw(sheet, "RGBA")
    for box in marks:
        x0, y0, x1, y1 = (edge * page.scale for edge in box)
        draw.rectangle((x0 - THICK, y0 - THICK, max(x1, x0 + 2) + THICK, max(y1, y0 + 2) + THICK), outline=MARK, width=THICK, fill=VEIL)
    if head:
        from PIL import ImageFont

        bare, sheet = sheet, Image.new("RGB", (page.width, page.height + BAND), MARK)
        sheet.paste(bare, (0, BAND))
        ImageDraw.Draw(sheet).text((BAND // 3, BAND // 2), head, fill="white", font=ImageFont.load_default(BAND // 2), anchor="lm")
    out = io.BytesIO()
    sheet.save(out, "PNG", compress_level=6)
    return out.getvalue()
