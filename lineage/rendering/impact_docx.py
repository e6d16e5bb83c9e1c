"""What a draft would do, as a Word file: what to look at first, then the redlines as tracked changes whose author is the draft."""

from __future__ import annotations

import io

from docx import Document

from lineage.model.impact import Impact
from lineage.rendering.impact import head, quoted, verdict
from lineage.rendering.redline_docx import tracked


def write(found: Impact) -> bytes:
    """The bytes of a ``.docx``."""
    document = Document()
    document.add_heading(found.called, level=1)
    document.add_paragraph(head(found))
    document.add_heading(verdict(found), level=2)
    for one in found.cautions:
        document.add_paragraph(one.message, style="List Number")
        document.add_paragraph().add_run(f"{quoted(one.evidence)} · {one.code}").italic = True
        if one.advice:
            document.add_paragraph(one.advice)
    document.add_heading("What it touches", level=2)
    name = 0
    for touch in found.touches:
        document.add_paragraph(touch.message).runs[0].bold = True
        for shift in touch.shifts:
            paragraph = document.add_paragraph(style="List Continue" if shift.depth else None)
            for op, words in shift.words:
                name += 1
                if op == "equal":
                    paragraph.add_run(words)
                else:
                    paragraph._p.append(tracked(op, words, found.called, touch.on, name))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
