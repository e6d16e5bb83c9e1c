"""A redline as a Word file: tracked changes whose author is the order that made them, so that Word shows who changed what."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from lineage.model import Compared, Shift
from lineage.rendering.redline import OPS, heads


def write(answer: Compared) -> bytes:
    """The bytes of a ``.docx``. The same redline gives the same words; the file's own times are those of the writing."""
    document = Document()
    first, *rest = heads(answer)
    document.add_heading(first, level=1)
    for said in rest:
        document.add_paragraph(said)
    for number, shift in enumerate(answer.shifts):
        _paragraph(document, answer, shift, number)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _paragraph(document: Any, answer: Compared, shift: Shift, number: int) -> None:
    by = ", ".join(answer.by(shift))
    acts = [answer.acts[a].on for a in shift.by if a in answer.acts]
    day = max((on for on in acts if on), default=None)
    paragraph = document.add_paragraph(style="List Continue" if shift.depth else None)
    for at, (op, words) in enumerate(shift.words):
        if op == "equal":
            paragraph.add_run(words)
        else:
            paragraph._p.append(tracked(op, words, by or "not known", day, number * 1000 + at))
    note = document.add_paragraph().add_run(f"{shift.eid}: {OPS[shift.op]}" + (f" by {by}" if by else ""))
    note.italic = True


def tracked(op: str, words: str, author: str, day: date | None, name: int) -> Any:
    """``w:ins`` or ``w:del`` with one run (ECMA-376, part 1, 17.13.5)."""
    change = OxmlElement("w:ins" if op == "insert" else "w:del")
    change.set(qn("w:id"), str(name))
    change.set(qn("w:author"), author)
    if day is not None:
        change.set(qn("w:date"), f"{day.isoformat()}T00:00:00Z")
    run = OxmlElement("w:r")
    said = OxmlElement("w:t" if op == "insert" else "w:delText")
    said.set(qn("xml:space"), "preserve")
    said.text = words
    run.append(said)
    change.append(run)
    return change
