"""Pages that the tests draw: words at places, as a form prints them."""

from __future__ import annotations

import io
from collections.abc import Iterable

from reportlab.pdfgen.canvas import Canvas

from lineage import clauses, pages, profiles
from lineage.blocks import assemble
from lineage.model import Outline

Words = tuple[float, float, str] | tuple[float, float, str, str]
BODY = [
    (72, 470, "PURPOSE", "b"),
    (72, 450, "This order tells members how a key to the building is signed for, kept and given back at the end of a watch."),
    (72, 436, "A member who loses a key tells the watch commander at once and writes a memorandum before the watch ends."),
    (72, 410, "PROCEDURE", "b"),
    (72, 390, "A. The watch commander keeps the list of keys."),
    (72, 374, "B. Every key is counted on the first day of the month."),
]


def drawn(*sheets: Iterable[Words], rules: Iterable[tuple[float, float, float, float]] = ()) -> bytes:
    """A PDF with one page for each list of words ``(x, y, words, style)``; the style holds ``b`` for bold and a size ("b14"). ``rules`` are drawn on the first page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    for number, sheet in enumerate(sheets):
        for x, y, words, *style in sheet:
            look = style[0] if style else ""
            canvas.setFont("Helvetica-Bold" if "b" in look else "Helvetica", float(look.strip("b") or 10))
            canvas.drawString(x, y, words)
        if number == 0:
            for box in rules:
                canvas.line(*box)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(data: bytes, profile: str = "generic") -> Outline:
    """The outline of a PDF, by a profile."""
    habits = profiles.load(profile)
    return clauses.outline(assemble(pages.read_bytes(data, "paper.pdf"), habits), habits)


def fields(outline: Outline) -> dict[str, str]:
    """The labelled values by role, those of one role joined."""
    found: dict[str, str] = {}
    for role, value in outline.heading.fields:
        if value.string:
            found[role] = f"{found[role]} | {value.string}" if role in found else value.string
    return found


def days(outline: Outline) -> dict[str, list[str]]:
    """The dates of the heading by role, ISO."""
    found: dict[str, list[str]] = {}
    for one in outline.heading.dates:
        found.setdefault(one.role, []).append(str(one.day.on))
    return found
