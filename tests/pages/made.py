"""PDFs that the tests make for themselves."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.lib.colors import red
from reportlab.pdfgen.canvas import Canvas

PROSE = [
    "Members shall not publish photographs taken on duty without the consent of the Chief of Police,",
    "nor shall they identify themselves as members of the Department on any site that is open to the",
    "public. A supervisor who learns of such a publication reports it to the Division Commander before",
    "the end of the watch. Nothing in this order limits the rights of members under the law, and the",
    "remainder of Manual Section 3.48 is unchanged until a section on the topic has been drafted and",
    "approved. Commanding officers see to it that every member has read this order and signs for it.",
    "Requests by the press are referred to the Public Information Officer, who answers them in writing.",
    "Questions regarding this order are directed to the Administration Bureau during business hours.",
]


def pdf(*pages: Callable[[Canvas], None], **options: object) -> bytes:
    """A letter-size PDF with one page for each drawing."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1, **options)  # type: ignore[arg-type]
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def prose(canvas: Canvas, x: float = 72, top: float = 720, lines: list[str] | None = None, size: float = 11) -> None:
    """The prose as one paragraph, in black."""
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont("Helvetica", size)
    for at, line in enumerate(PROSE if lines is None else lines):
        canvas.drawString(x, top - 14 * at, line)


def stamp(canvas: Canvas, words: str, angle: float, x: float = 300, y: float = 630, size: float = 20) -> None:
    """Red words around a middle, at an angle that counts counter-clockwise as PDF does."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(angle)
    canvas.setFillColor(red)
    canvas.setFont("Helvetica-Bold", size)
    canvas.drawCentredString(0, 0, words)
    canvas.restoreState()


def raw(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1 (the first is the catalogue), with a table of references that is right."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, len(objects) + 1, len(out),
    )  # fmt: skip


def stream(content: bytes, extra: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(content), extra, content)


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def one_page(content: bytes, page: bytes = b"", *more: bytes, fields: bytes = b"") -> bytes:
    """One page: 1 catalogue, 2 pages, 3 page, 4 content, 5 font, then ``more`` from 6 on."""
    return raw(
        b"<</Type/Catalog/Pages 2 0 R%b>>" % fields,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>%b>>" % page,
        stream(content),
        FONT,
        *more,
    )


WORDS = b"BT /F 11 Tf 72 700 Td (Members shall read this order.) Tj ET"
