"""What happened in a period as a Word file: headings by day and rule, the proof, and tracked changes whose author is the order that made them."""

from __future__ import annotations

import io
from itertools import groupby
from operator import attrgetter
from typing import Any

from docx import Document
from docx.shared import Pt

from lineage.model.dates import long_date
from lineage.model.happening import Happened, Happening
from lineage.rendering.happening import APART, AT_MOST, apart, heads, kept_apart, notes, proof, shown, standing, title
from lineage.rendering.redline import OPS
from lineage.rendering.redline_docx import tracked


def write(answer: Happened, *, full: bool = False) -> bytes:
    """The bytes of a ``.docx``."""
    document = Document()
    first, *rest = heads(answer)
    document.add_heading(first, level=1)
    for said in rest:
        document.add_paragraph(said)
    numbers = iter(range(1, 1_000_000))
    for on, same in groupby((h for h in answer.happenings if not kept_apart(h)), key=attrgetter("on")):
        document.add_heading(long_date(on), level=2)
        for one in same:
            _section(document, one, answer, numbers, None if full else AT_MOST)
    ends = apart(answer)
    if ends:
        document.add_heading(APART, level=2)
        for end in ends:
            document.add_paragraph(end)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _section(document: Any, one: Happening, answer: Happened, numbers: Any, at_most: int | None) -> None:
    document.add_heading(f"{title(one)} ({standing(one)})", level=3)
    document.add_paragraph(one.sentence)
    where = proof(one, answer.item_names)
    if where:
        _small(document, f"Proof: {where}")
    shifts, more = shown(one, at_most)
    for shift in shifts:
        paragraph = document.add_paragraph(style="List Continue")
        paragraph.add_run(f"{OPS[shift.op]}: ").italic = True
        author = ", ".join(one.redline.by(shift)) if one.redline else ""
        for op, words in shift.words:
            if op == "equal":
                paragraph.add_run(words)
            else:
                paragraph._p.append(tracked(op, words, author or (one.by.name if one.by else "not known"), one.on, next(numbers)))
    for said in filter(None, (more, *notes(one))):
        _small(document, said)


def _small(document: Any, words: str) -> None:
    run = document.add_paragraph().add_run(words)
    run.italic, run.font.size = True, Pt(9)
