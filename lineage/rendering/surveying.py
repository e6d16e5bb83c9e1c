"""The survey of a library, for reading: as text (the weightiest remarks of each kind), as one HTML page and as JSON (all of them)."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape

from lineage.model.dates import long_date
from lineage.model.survey import SUBJECTS, Pair, Place, Remark, Subject, Survey
from lineage.rendering.happening import near, page, span, words_in_html
from lineage.rendering.ink import WIDTH, Ink
from lineage.rendering.redline import marked
from lineage.rendering.values import Json, iso
from lineage.rendering.wording import short

TITLES: dict[Subject, str] = {
    "gap": "Gaps and missing sections",
    "overlap": "Two rules of one number",
    "disagreement": "Sources that disagree",
    "contradiction": "Clauses at odds (candidates, for a person)",
    "duplicate": "Nearly the same clause in several rules",
    "review": "Review past due",
    "interim": "Interim orders older than a year",
    "dead-citation": "Ended rules that rules in force still cite",
}
SECTIONS: dict[Subject, str] = {
    "gap": "gaps", "overlap": "overlaps", "disagreement": "disagreements", "contradiction": "contradictions", "duplicate": "duplicates", "review": "reviews", "interim": "interim", "dead-citation": "dead_citations",
}  # fmt: skip
AT_MOST = 8  # remarks of one kind that are printed at a terminal
PLACES = 3


def heads(answer: Survey) -> list[str]:
    """The day, what is held, what was compared, what could not be asked."""
    held = ", ".join(f"{h.name} {span(h.first, h.last)} ({h.works})" for h in answer.held) or "nothing"
    words = "all of them" if answer.texts == answer.in_force else f"{answer.texts} of them, the others are not held or not complete"
    rules = f"{answer.in_force} {'rule' if answer.in_force == 1 else 'rules'} in force, {answer.not_established} not established. Compared were the words of {words}."
    found = [
        f"What to look at among the rules held on {long_date(answer.on)}",
        f"Held: {held}; {answer.not_held} cited and not held. {rules}",
    ]
    if answer.as_known_on:
        found.append(f"As this library held it at {answer.as_known_on}.")
    empty = [TITLES[s].split(" (")[0].lower() for s in SUBJECTS if not _of(answer, s)]
    return [*found, *([f"Nothing found of: {', '.join(empty)}."] if empty else []), *answer.unasked]


def _of(answer: Survey, subject: Subject) -> list[Remark]:
    return [r for r in answer.remarks if r.subject == subject]


def text(answer: Survey, ink: Ink = Ink()) -> str:
    """For a terminal: the weightiest remarks of each kind, and how many more there are."""
    first, *rest = heads(answer)
    lines = [ink(first, "title"), *(line for said in rest for line in textwrap.wrap(said, WIDTH))]
    for subject in SUBJECTS:
        remarks = _of(answer, subject)
        if remarks:
            lines += ["", ink(f"{TITLES[subject]}: {len(remarks)}", "label")]
            lines += (line for remark in remarks[:AT_MOST] for line in _told(remark))
        if len(remarks) > AT_MOST:
            lines.append(f"  and {len(remarks) - AT_MOST} more: lineage report --output report.html, or --json")
    return "\n".join(lines) + "\n"


def _told(remark: Remark) -> Iterator[str]:
    at_most = 3 if remark.subject == "contradiction" else 1
    yield from textwrap.wrap(remark.sentence, WIDTH, initial_indent="  - ", subsequent_indent="    ")
    yield from (f"      {_place(place)}" for place in remark.places[:PLACES])
    if len(remark.places) > PLACES:
        yield f"      and {len(remark.places) - PLACES} more places"
    for pair in remark.pairs[:at_most]:
        words = "".join(marked(op, said) for op, said in near(pair.words))
        yield from textwrap.wrap(f"{_where(pair)}: {words}", WIDTH, initial_indent="      ", subsequent_indent="        ")
    left = len(remark.pairs[at_most:]) + remark.more
    if left:
        yield f"      and {left} more {'clause' if left == 1 else 'clauses'}"


def _place(place: Place) -> str:
    return f"{place.name}, {place.file} p. {place.page}" + (f' "{short(place.quote)}"' if place.quote else "")


def _where(pair: Pair) -> str:
    return f"{pair.first.name} p. {pair.first.page} {pair.first.eid} / {pair.second.name} p. {pair.second.page} {pair.second.eid}"


def html(answer: Survey) -> str:
    """One page that stands by itself, without scripts or outside files: every remark with all its places."""
    first, *rest = heads(answer)
    body: list[str] = []
    for subject in SUBJECTS:
        remarks = _of(answer, subject)
        if remarks:
            body.append(f'<h2>{escape(TITLES[subject])} <span class="kind">{len(remarks)}</span></h2>')
            body += (part for remark in remarks for part in _section(remark))
    return page(first, rest, body)


def _section(remark: Remark) -> Iterator[str]:
    yield f"<p>{escape(remark.sentence)}</p>"
    yield from (f'<p class="proof shift">{escape(_place(place))}</p>' for place in remark.places)
    yield from (f'<p class="shift"><span class="op">{escape(_where(pair))}</span><br>{words_in_html(near(pair.words))}</p>' for pair in remark.pairs)
    if remark.more:
        yield f'<p class="note shift">and {remark.more} more {"clause" if remark.more == 1 else "clauses"}</p>'


def shape(answer: Survey) -> Json:
    """For programs: every remark, by kind."""
    return {
        "on": iso(answer.on), "as_known_on": answer.as_known_on, **({"recorded_at": answer.recorded_at} if answer.as_known_on else {}),
        "held": [{"series": h.series, "works": h.works, "from": iso(h.first), "to": iso(h.last)} for h in answer.held], "not_held": answer.not_held, "in_force": answer.in_force, "not_established": answer.not_established, "texts": answer.texts,
        "unasked": list(answer.unasked), **{name: [_remark(r) for r in _of(answer, subject)] for subject, name in SECTIONS.items()},
    }  # fmt: skip


def _remark(one: Remark) -> Json:
    return {
        "sentence": one.sentence, "works": list(one.works), "candidate": one.candidate, "code": one.code or None, "places": [_at(p) for p in one.places],
        "pairs": [{"first": _at(p.first), "second": _at(p.second), "words": [{"op": op, "text": said} for op, said in p.words]} for p in one.pairs], "more": one.more,
    }  # fmt: skip


def _at(one: Place) -> Json:
    return {"work": one.work, "name": one.name, "item": one.item, "file": one.file, "page": one.page, "eid": one.eid or None, "quote": one.quote}
