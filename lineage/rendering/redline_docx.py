"""A redline as a Word file: tracked changes whose author is the order that made them, so that Word shows who changed what."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from lineage.model import Compared, Shift, Verified
from lineage.rendering import verifying
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


def write_verified(found: Sequence[Verified]) -> bytes:
    """The same of published texts against our words: the author of a change is what explains it."""
    document = Document()
    first, *rest = verifying.heads(found)
    document.add_heading(first, level=1)
    for said in (*rest, *("  ".join(row) for row in verifying.rows(found))):
        document.add_paragraph(said)
    number = 0
    for one in found:
        for at, d in enumerate(one.differences):
            if at == 0:
                document.add_heading(one.name, level=2)
            number += 1
            author = {"order": one.names.get(one.acts[d.by].affecting.work or "", "an order") if d.by else "", "silent-edit": "a silent edit"}.get(d.why, "not explained")
            paragraph = document.add_paragraph()
            for step, (op, words) in enumerate(d.words):
                if op == "equal":
                    paragraph.add_run(words)
                else:
                    paragraph._p.append(tracked(op, words, author, None, number * 1000 + step))
            document.add_paragraph().add_run(verifying.explained(one, d)).italic = True
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


def headed(written: bytes, said: str) -> bytes:
    """A Word file with what is said of it as its first paragraph."""
    if not said:
        return written
    document = Document(io.BytesIO(written))
    first = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    first.insert_paragraph_before().add_run(said).bold = True
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
