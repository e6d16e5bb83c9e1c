"""What a draft would do, for people and for programs: as text, as one HTML page, and as JSON."""

from __future__ import annotations

import textwrap
from html import escape

from lineage.model import Evidence, Shift
from lineage.model.dates import long_date
from lineage.model.impact import Caution, Impact, Touched
from lineage.rendering.ink import WIDTH, Ink
from lineage.rendering.redline import OPS, STYLE
from lineage.rendering.values import Json, iso

SHOWN = 12  # clauses of a redline at a terminal; the page has all


def shape(found: Impact) -> Json:
    """The impact for programs. ``place`` is where in the draft: page and quote; both null where it is of the draft as a whole."""
    return {
        "draft": {
            "name": found.name, "work": found.work.id, "series": found.work.series, "number": found.work.number, "title": found.work.title, "agency": found.work.agency, "profile": found.profile,
            "issued": iso(found.issued), "effective": iso(found.starts), "judged_on": iso(found.judged_on), "judged_by": found.judged_by,
        },
        "touches": [_touch(t) for t in found.touches],
        "warnings": [_caution(c) for c in found.cautions],
        "notes": [{"code": f.code, "message": f.message, "place": place(f.evidence)} for f in found.notes],
    }  # fmt: skip


def _touch(one: Touched) -> Json:
    changes = [{"op": s.op, "eid": s.eid, "before": s.before, "after": s.after, "words": [{"op": op, "text": words} for op, words in s.words]} for s in one.shifts]
    return {"work": one.work.id, "name": one.name, "kind": one.kind, "on": iso(one.on), "message": one.message, "place": place(one.evidence), "changes": changes}


def _caution(one: Caution) -> Json:
    return {"code": one.code, "message": one.message, "place": place(one.evidence), "work": one.work, "advice": one.advice or None, "finding": one.finding or None, "others": list(one.others)}


def place(evidence: tuple[Evidence, ...]) -> Json:
    """Where it stands in the draft."""
    return {"page": evidence[0].page, "quote": evidence[0].quote} if evidence else {"page": None, "quote": None}


def head(found: Impact) -> str:
    """The draft, and as of when it is looked at."""
    since = f"in effect from {long_date(found.starts)}" if found.starts else "no day of effect read"
    return f"{found.name}: {found.called}, {since}; looked at as of {long_date(found.judged_on)} ({found.judged_by})."


def verdict(found: Impact) -> str:
    """How much there is to tell, in one line."""
    if found.cautions:
        return f"{len(found.cautions)} {'thing' if len(found.cautions) == 1 else 'things'} to look at before it is issued:"
    return "Nothing to tell: it fits the rules held, and is read without doubt."


def text(found: Impact, ink: Ink = Ink()) -> str:
    """At a terminal: first what to look at, then what it touches."""
    lines = [*textwrap.wrap(head(found), WIDTH), "", ink(verdict(found), "title")]
    for number, one in enumerate(found.cautions, 1):
        lines += textwrap.wrap(one.message, WIDTH, initial_indent=f"{number:3}  ", subsequent_indent="     ")
        lines.append(ink(f"     {quoted(one.evidence)}  [{one.code}]", "label"))
        lines += textwrap.wrap(one.advice, WIDTH, initial_indent="     > ", subsequent_indent="       ") if one.advice else []
    lines += ["", ink("It touches:", "title") if found.touches else "It touches no rule held."]
    for touch in found.touches:
        lines += textwrap.wrap(touch.message, WIDTH, initial_indent="  ", subsequent_indent="  ")
        lines += [line for shift in touch.shifts[:SHOWN] for line in _shift(shift)]
        lines += [f"      and {len(touch.shifts) - SHOWN} more clauses (all of them with -o FILE.html)"] if len(touch.shifts) > SHOWN else []
    if found.notes:
        lines += ["", ink(f"{len(found.notes)} {'note' if len(found.notes) == 1 else 'notes'} of its reading change nothing (--json has them).", "note")]
    return "\n".join(lines).rstrip() + "\n"


def quoted(evidence: tuple[Evidence, ...], length: int = 90) -> str:
    """The place in the draft: its page and the words there."""
    if not evidence:
        return "the draft as a whole"
    words = " ".join(evidence[0].quote.split())
    return f'p. {evidence[0].page} "{words if len(words) <= length else words[: length - 3].rstrip() + "..."}"'


def _shift(shift: Shift) -> list[str]:
    marks = {"equal": "{}", "insert": "{{+{}+}}", "delete": "[-{}-]"}
    words = " ".join("".join(marks[op].format(said) for op, said in shift.words).split())
    return textwrap.wrap(f"{OPS[shift.op]}: {words}", WIDTH, initial_indent="      ", subsequent_indent="        ")


def html(found: Impact) -> str:
    """One page that stands by itself, without scripts or outside files."""
    cautions = "".join(
        f'<li><p>{escape(c.message)}</p><p class="by">{escape(quoted(c.evidence))} &middot; {escape(c.code)}</p>{f"<p>{escape(c.advice)}</p>" if c.advice else ""}</li>\n' for c in found.cautions
    )
    touched = "".join(f"<h3>{escape(t.message)}</h3>\n{''.join(map(_paragraph, t.shifts))}" for t in found.touches)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(found.called)}</title><style>{STYLE}h3{{font-size:1em}}</style></head>\n'
        f"<body><h1>{escape(found.called)}</h1>\n<p>{escape(head(found))}</p>\n<h2>{escape(verdict(found))}</h2>\n<ol>{cautions}</ol>\n<h2>What it touches</h2>\n{touched}</body></html>\n"
    )


def _paragraph(shift: Shift) -> str:
    tags = {"equal": "{}", "insert": "<ins>{}</ins>", "delete": "<del>{}</del>"}
    words = "".join(tags[op].format(escape(said)) for op, said in shift.words)
    return f'<p style="margin-left:{2 * shift.depth}em">{words}</p>\n'
