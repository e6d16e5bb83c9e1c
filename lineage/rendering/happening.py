"""What happened in a period, for reading: as text, as one HTML page, and as JSON. What all forms share, so that they say the same, stands first."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from html import escape
from itertools import groupby
from operator import attrgetter

from lineage.model import Shift
from lineage.model.dates import long_date
from lineage.model.happening import HAPPENING_KINDS, Happened, Happening, Redline
from lineage.rendering import values
from lineage.rendering.ink import WIDTH, Ink
from lineage.rendering.redline import OPS, STYLE, marked
from lineage.rendering.values import Json, iso
from lineage.rendering.wording import pages, places, short

AT_MOST = 25  # changed clauses of one rule that are shown on a page, where not all are asked for
AT_MOST_IN_TEXT = 6
NEAR = 10  # words that stand before and after a change where a clause is shortened
READERS = {"unsettled": "not established any more", "settled": "established", "announced": "announced"}


def kept_apart(one: Happening) -> bool:
    """Whether it is the end of a rule of which no text is held and nothing was established: told in a line of its own with others."""
    return one.kind == "ended" and not one.work.held and "whether it was in force before" in one.sentence


def heads(answer: Happened) -> list[str]:
    """The period, what is counted, what is held."""
    counted = Counter(h.kind for h in answer.happenings)
    counts = " · ".join(f"{counted[kind]} {READERS.get(kind, kind)}" for kind in HAPPENING_KINDS if counted[kind])
    held = ", ".join(f"{h.name} {span(h.first, h.last)} ({h.works})" for h in answer.held) or "nothing"
    known = [f"As this library held it at {answer.as_known_on}." if answer.as_known_on else ""]
    return [
        f"What changed from {long_date(answer.start)} through {long_date(answer.end)}",
        counts + "." if counts else "Nothing changed among the rules held.",
        f"Among the rules held: {held}; {answer.not_held} cited and not held. Both days are counted; a change on a day counts from its first moment unless an hour is stated.",
        *filter(None, known),
    ]


def span(first: date | None, last: date | None) -> str:
    """Years, for a reader."""
    years = [str(d.year) for d in (first, last) if d is not None]
    return " to ".join(dict.fromkeys(years))


def title(one: Happening) -> str:
    """The rule, as a heading."""
    number = f"{one.series_name} {one.work.number}" if one.work.number else ""
    return f"{number}, {short(one.work.title)}".strip(", ") if number else one.name


def standing(one: Happening) -> str:
    """What it did and how it stands since."""
    return READERS.get(one.kind, one.kind) + (f" · in force since, {one.ground}" if one.ground else "")


def proof(one: Happening, names: dict[str, str]) -> str:
    """The paper, the page and the words."""
    if one.evidence:
        return places(one.evidence, names)
    if one.by is None or one.by.item is None:
        return ""
    return f"{one.by.name}, as it was seen published" if one.by.standing == "sighting" else f"{one.by.name} (no words are quoted)"


def notes(one: Happening) -> Iterator[str]:
    """What is open about it, or about its redline."""
    if one.no_redline:
        yield f"No redline: {one.no_redline}."
    if one.redline is not None and one.redline.until is not None:
        yield f"Compared with the words in force through {long_date(one.redline.until)}, the last that are held."
    if one.redline is not None and not one.redline.complete:
        yield "The redline is not complete: some change of the words is not applied."
    elif one.redline is not None and one.redline.consolidated:
        yield "The words are consolidated, not reviewed."
    for finding in one.findings:
        yield f"Open: {finding.message}"


def shown(one: Happening, at_most: int | None) -> tuple[Sequence[Shift], str]:
    """The changed clauses to print, and what is said of the others: those that differ slightly are counted, and so are those beyond ``at_most``. None prints all."""
    shifts = one.redline.shifts if one.redline else ()
    telling = [s for s in shifts if not slight(s)]
    if at_most is None:
        return shifts, ""
    left, few = len(telling) - at_most, len(shifts) - len(telling)
    said = [f"{left} more changed {'clause' if left == 1 else 'clauses'}"] if left > 0 else []
    said += [f"{few} {'clause' if few == 1 else 'clauses'} that differ{'s' if few == 1 else ''} in punctuation, capitals or numbering alone"] if few else []
    name = one.work.number or one.work.id
    return telling[:at_most], f"and {', and '.join(said)}: lineage compare {name} {one.on - timedelta(days=1)} {one.on}" if said else ""


def slight(shift: Shift) -> bool:
    """Whether a clause says the same but for punctuation, blanks, capitals and its own number."""
    return shift.op == "replace" and _bare_words(shift.before or "") == _bare_words(shift.after or "")


def _bare_words(words: str) -> str:
    return re.sub(r"[\W_]+", "", re.sub(r"^\(?[A-Za-z0-9]{1,4}[.)]+\s", "", words)).casefold()


def near(words: Sequence[tuple[str, str]], keep: int = NEAR) -> Iterator[tuple[str, str]]:
    """A redline in which long stretches that stay are cut down to the words beside what changed."""
    for at, (op, said) in enumerate(words):
        parts = said.split(" ")
        first, last = at == 0, at == len(words) - 1
        if op != "equal" or len(parts) <= (keep if first or last else 2 * keep) + 2:
            yield op, said
        else:
            before, after = " ".join(parts[:keep]), " ".join(parts[-keep:])
            yield op, f"... {after}" if first else f"{before} ..." if last else f"{before} ... {after}"


def apart(answer: Happened) -> list[str]:
    """The ends of rules that were never held, one line for each paper that ended them."""
    ends = [h for h in answer.happenings if kept_apart(h)]
    found = []
    for (on, by), same in groupby(ends, key=lambda h: (h.on, h.by.name if h.by else "")):
        several = list(same)
        found.append(f"{long_date(on)}, by {by}: {', '.join(h.work.number or h.work.title for h in several)}" + (f" ({pages(several[0].evidence)})" if several[0].evidence else ""))
    return found


APART = "Ended by papers held, and never held themselves; whether they were in force before is not established"


def text(answer: Happened, ink: Ink = Ink(), *, full: bool = False) -> str:
    """For a terminal: by day, what happened to each rule, the proof, the redline, what is open."""
    first, *rest = heads(answer)
    lines = [ink(first, "title"), *(line for said in rest for line in textwrap.wrap(said, WIDTH))]
    for on, same in groupby((h for h in answer.happenings if not kept_apart(h)), key=attrgetter("on")):
        lines += ["", ink(long_date(on), "label")]
        for one in same:
            lines += _told(one, answer, ink, None if full else AT_MOST_IN_TEXT)
    ends = apart(answer)
    if ends:
        lines += ["", ink(APART, "label"), *(line for end in ends for line in textwrap.wrap(end, WIDTH, initial_indent="  ", subsequent_indent="    "))]
    return "\n".join(lines) + "\n"


def _told(one: Happening, answer: Happened, ink: Ink, at_most: int | None) -> Iterator[str]:
    yield f"  {ink(title(one), 'title')}  [{standing(one)}]"
    yield from textwrap.wrap(one.sentence, WIDTH, initial_indent="    ", subsequent_indent="    ")
    where = proof(one, answer.item_names)
    if where:
        yield f"    {ink('Proof', 'label')}  {where}"
    shifts, more = shown(one, at_most)
    for shift in shifts:
        words = "".join(marked(op, said) for op, said in near(shift.words))
        yield from textwrap.wrap(f"{OPS[shift.op]}{_by(one.redline, shift)}: {words}", WIDTH, initial_indent="      ", subsequent_indent="        ")
    for said in filter(None, (more, *notes(one))):
        yield from textwrap.wrap(said, WIDTH, initial_indent="    ", subsequent_indent="    ")


def _by(redline: Redline | None, shift: Shift) -> str:
    """Who changed a clause, where that is another paper than the one told of."""
    names = [redline.acts[act].name for act in shift.by if act in redline.acts] if redline else []
    return f" by {', '.join(dict.fromkeys(names))}" if len(redline.acts if redline else ()) > 1 and names else ""


MORE_STYLE = (
    "h2{font-size:1.15em;margin-top:2em;border-bottom:1px solid #bbb}h3{font-size:1em;margin-bottom:.2em}.kind{font-weight:normal;color:#555}.proof,.note{color:#555;font-size:.9em;margin:.2em 0}"
    ".shift{margin:.4em 0 .4em 1.5em}.op{color:#555;font-size:.8em}@media print{h3{break-after:avoid}.open{border:none;padding:0}}"
)


def html(answer: Happened, *, full: bool = False) -> str:
    """One page that stands by itself, without scripts or outside files."""
    first, *rest = heads(answer)
    body: list[str] = []
    for on, same in groupby((h for h in answer.happenings if not kept_apart(h)), key=attrgetter("on")):
        body.append(f"<h2>{escape(long_date(on))}</h2>")
        body += (part for one in same for part in _section(one, answer, None if full else AT_MOST))
    ends = apart(answer)
    if ends:
        body += [f"<h2>{escape(APART)}</h2>", *(f"<p>{escape(end)}</p>" for end in ends)]
    return page(first, rest, body)


def page(first: str, rest: Iterable[str], body: Iterable[str]) -> str:
    """A page of these parts; ``body`` is HTML already."""
    said = "".join(f"<p>{escape(one)}</p>" for one in rest)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(first)}</title><style>{STYLE}{MORE_STYLE}</style></head>\n'
        f'<body><h1>{escape(first)}</h1>\n<div class="open">{said}</div>\n{chr(10).join(body)}\n</body></html>\n'
    )


def _section(one: Happening, answer: Happened, at_most: int | None) -> Iterator[str]:
    yield f'<h3>{escape(title(one))} <span class="kind">{escape(standing(one))}</span></h3>'
    yield f"<p>{escape(one.sentence)}</p>"
    where = proof(one, answer.item_names)
    if where:
        yield f'<p class="proof">Proof: {escape(where)}</p>'
    shifts, more = shown(one, at_most)
    yield from (f'<p class="shift"><span class="op">{OPS[s.op]}{escape(_by(one.redline, s))}</span><br>{words_in_html(s.words)}</p>' for s in shifts)
    yield from (f'<p class="note">{escape(said)}</p>' for said in filter(None, (more, *notes(one))))


def words_in_html(words: Iterable[tuple[str, str]]) -> str:
    """A redline with ``ins`` and ``del``."""
    tags = {"equal": "{}", "insert": "<ins>{}</ins>", "delete": "<del>{}</del>"}
    return "".join(tags[op].format(escape(said)) for op, said in words)


def shape(answer: Happened) -> Json:
    """For programs: every entry with every changed clause."""
    return {
        "from": iso(answer.start), "to": iso(answer.end), "as_known_on": answer.as_known_on, **({"recorded_at": answer.recorded_at} if answer.as_known_on else {}),
        "held": [{"series": h.series, "works": h.works, "from": iso(h.first), "to": iso(h.last)} for h in answer.held], "not_held": answer.not_held,
        "counts": {kind: count for kind in HAPPENING_KINDS if (count := sum(h.kind == kind for h in answer.happenings))},
        "entries": [entry(h) for h in answer.happenings],
    }  # fmt: skip


def entry(one: Happening) -> Json:
    """One thing that happened."""
    by, redline = one.by, one.redline
    return {
        "work": one.work.id, "series": one.work.series, "number": one.work.number, "title": one.work.title, "kind": one.kind, "on": iso(one.on), "sentence": one.sentence, "ground": one.ground,
        "by": {"work": by.work, "name": by.name, "relation": by.relation, "item": by.item, "standing": by.standing} if by else None,
        "changes": [changed(shift, redline) for shift in redline.shifts] if redline else [], "complete": redline.complete if redline else None, "compared_with": iso(redline.until) if redline else None, "no_redline": one.no_redline or None,
        "findings": list(one.codes), "evidence": [values.evidence(e) for e in one.evidence],
    }  # fmt: skip


def changed(shift: Shift, redline: Redline | None = None) -> Json:
    """One changed clause, as ``compare`` gives it."""
    by = [{"relation": act, "name": redline.acts[act].name, "work": redline.acts[act].relation.affecting.work} for act in shift.by if act in redline.acts] if redline else []
    if not by and redline is not None and redline.brought_by:
        by = [{"relation": None, "name": redline.brought_by, "work": None}]
    return {"op": shift.op, "eid": shift.eid, "before": shift.before, "after": shift.after, "by": by, "words": [{"op": op, "text": said} for op, said in shift.words]}
