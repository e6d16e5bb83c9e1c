"""What became of the words of a rule, for reading: as text, as one HTML page, and as JSON."""

from __future__ import annotations

import textwrap
from html import escape

from lineage.model import Compared, Shift, Shown
from lineage.model.dates import long_date
from lineage.rendering.ink import WIDTH, Ink
from lineage.rendering.plain import title
from lineage.rendering.values import Json, iso

STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:46em;margin:2em auto;padding:0 1em}h1{font-size:1.4em}ins{background:#e2f4e2;text-decoration:underline}del{background:#fbe3e3;text-decoration:line-through}"
    ".by{color:#555;font-size:.85em;margin-top:-.8em}.open{border:1px solid #bbb;padding:.5em 1em}"
)
OPS = {"insert": "added", "delete": "taken out", "replace": "changed"}


def shape(answer: Compared) -> Json:
    """The redline for programs. ``complete`` is false where of either day some change is not applied."""
    return {
        "work": answer.new.ruling.work.id,
        "from": iso(answer.old.ruling.on),
        "to": iso(answer.new.ruling.on),
        "complete": answer.old.ruling.complete and answer.new.ruling.complete,
        "changes": [
            {"op": s.op, "eid": s.eid, "before": s.before, "after": s.after, "by": [{"relation": act, "name": answer.acts[act].name, "work": answer.acts[act].relation.affecting.work} for act in s.by if act in answer.acts]
             or ([{"relation": None, "name": answer.brought_by, "work": answer.new.ruling.work.id}] if answer.brought_by else []),
             "words": [{"op": op, "text": words} for op, words in s.words]}
            for s in answer.shifts
        ],
        "unapplied": {"from": [a.id for a in answer.old.unapplied], "to": [a.id for a in answer.new.unapplied]},
    }  # fmt: skip


def heads(answer: Compared) -> list[str]:
    """What is compared, and what of it is not settled."""
    ruling = answer.new.ruling
    said = [title(ruling.work, ruling.series_name, ruling.agency_name), f"From {long_date(answer.old.ruling.on)} to {long_date(ruling.on)}."]
    for side in (answer.old, answer.new):
        said += _doubts(side)
    if answer.brought_by:
        said.append(f"The later text is that of {answer.brought_by}, compared with the earlier clause by clause.")
    if not answer.shifts:
        said.append("No word differs.")
    return said


def _doubts(side: Shown) -> list[str]:
    day = long_date(side.ruling.on)
    if not side.ruling.complete:
        if not side.unapplied:
            return [f"The words of {day} are not complete: not every change is applied."]
        return [f"The words of {day} are not complete: {len(side.unapplied)} {'change is' if len(side.unapplied) == 1 else 'changes are'} not applied."]
    return [f"The words of {day} are consolidated, not reviewed."] if side.wording is not None else []


def text(answer: Compared, ink: Ink = Ink()) -> str:
    """The redline at a terminal: [-words taken out-] {+words put in+}."""
    first, *rest = heads(answer)
    lines = [ink(first, "title"), *(line for said in rest for line in textwrap.wrap(said, WIDTH)), ""]
    for shift in answer.shifts:
        by = ", ".join(answer.by(shift))
        lines.append(ink(f"{shift.eid}  {OPS[shift.op]}" + (f" by {by}" if by else ""), "label"))
        lines += textwrap.wrap("".join(marked(op, words) for op, words in shift.words), WIDTH, initial_indent="    ", subsequent_indent="    ")
    return "\n".join(lines).rstrip() + "\n"


def marked(op: str, words: str) -> str:
    """Words as a redline at a terminal shows them."""
    return {"equal": words, "insert": f"{{+{words}+}}", "delete": f"[-{words}-]"}[op]


def html(answer: Compared) -> str:
    """One page that stands by itself, without scripts or outside files."""
    first, *rest = heads(answer)
    said = "".join(f"<p>{escape(one)}</p>" for one in rest)
    body = "\n".join(_paragraph(answer, shift) for shift in answer.shifts)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(first)}</title><style>{STYLE}</style></head>\n'
        f'<body><h1>{escape(first)}</h1>\n<div class="open">{said}</div>\n{body}\n</body></html>\n'
    )


def _paragraph(answer: Compared, shift: Shift) -> str:
    tags = {"equal": "{}", "insert": "<ins>{}</ins>", "delete": "<del>{}</del>"}
    words = "".join(tags[op].format(escape(said)) for op, said in shift.words)
    by = ", ".join(answer.by(shift))
    return f'<p id="{escape(shift.eid)}" style="margin-left:{2 * shift.depth}em">{words}</p>\n<p class="by" style="margin-left:{2 * shift.depth}em">{OPS[shift.op]}{f" by {escape(by)}" if by else ""}</p>'
