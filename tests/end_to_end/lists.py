"""Lists of orders that the tests make for themselves."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

HEAD = ("Order No.", "Subject", "Issued", "Effective", "Remarks")
ROWS = (
    ("12-01", "Bicycle Patrol", "3/1/12", "3/15/12", "RESCINDED 2/6/17"),
    ("12-02", "Kennel Duty and the Care of Dogs in the Station and in Vehicles", "3/1/12", "3/15/12", "Ss 08-11 1/5/08; re-numbered 2/6/17"),
    ("12-03", "Locker Rooms", "4/2/12", "4/20/12", ""),
    ("12-04", "Flags at Half Staff", "4/2/12", "4/10/12", "rev. 9/1/18"),
    ("12-05", "Radio Codes", "4/2/12", "4/10/12", "Superseded by 15-07 on 6/1/15"),
)


def pdf(rows: Sequence[Sequence[str]] = ROWS, *, head: Sequence[str] | None = HEAD, ruled: bool = True, title: str = "List of General Orders", wide: float = 90.0) -> bytes:
    """A PDF of one table over as many pages as it needs, its head repeated on each; cells run over several lines."""
    out = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    cells = [[Paragraph(cell, style) for cell in row] for row in ([head] if head else []) + [list(row) for row in rows]]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, black)] if ruled else []
    table = Table(cells, colWidths=[60, wide, 60, 60, 130][: len(cells[0])], repeatRows=1 if head else 0, style=TableStyle([*grid, ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    parts = [Paragraph(title, getSampleStyleSheet()["Title"])] if title else []
    SimpleDocTemplate(out, pagesize=letter, invariant=1).build([*parts, table])
    return out.getvalue()


def csv(*rows: str) -> bytes:
    """A table of commas."""
    return ("\n".join(rows) + "\n").encode()
