"""A rule on the page: its life, what is said on each of its stretches of days, and its texts, each once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from msgspec import Struct

from lineage.edition.saying import Said, Words, ended_by, last_day
from lineage.edition.stretches import Stretch
from lineage.edition.text import text
from lineage.edition.words import element, shown
from lineage.model import STOOD, Period, Told
from lineage.model.dates import long_date
from lineage.rendering import access, standing
from lineage.rendering.ink import Ink


class Rule(Struct, frozen=True, dict=True):
    """A rule with its stretches from ``first`` through ``last``, and the files (hash and name) that they rest on. ``example`` is the day that a sentence names where all days have one."""

    told: Told
    name: str
    stretches: tuple[Stretch, ...]
    files: tuple[tuple[str, str], ...]
    first: date
    last: date
    example: date

    @cached_property
    def texts(self) -> tuple[Words, ...]:
        """Its texts, each once, in the order of their days."""
        return tuple(dict.fromkeys(s.said.words for s in self.stretches if s.said.words is not None))

    def drawn(self, number: int, *, open_start: bool, open_end: bool) -> str:
        """It as HTML. ``open_start`` and ``open_end`` say that its first and last stretch have no bound."""
        own = f"r{number}"
        names = {words: f"{own}t{n}" for n, words in enumerate(self.texts, 1)}
        parts = [
            f'<article class="rule" id="{own}" data-rule="{shown(self.told.work.id)}" aria-labelledby="{own}h">',
            f'<h3 id="{own}h"><a class="to" href="#{own}"><bdi>{shown(self.name)}</bdi></a></h3>',
            *(f'<p class="gone">{shown(words)}</p>' for words in _gone(self.told)),
            _life(self.told, own),
            '<div class="stretches">',
            *(_stretch(s, own, names, self.example, open_start=open_start and s.first == self.first, open_end=open_end and s.last == self.last) for s in self.stretches),
            "</div>",
            '<div class="texts">',
            *(text(words, names[words]) for words in self.texts),
            "</div>",
            "</article>",
        ]
        return "\n".join(filter(None, parts))


def _gone(told: Told) -> list[str]:
    return [" ".join(line.split()) for line in _whole(access.gone(told, Ink()))]


def _whole(lines: Iterable[str]) -> list[str]:
    """Lines that were wrapped, one for each label again."""
    found: list[str] = []
    for line in lines:
        if line.startswith(" ") and found:
            found[-1] += " " + line.strip()
        else:
            found.append(line)
    return found


def _life(told: Told, own: str) -> str:
    """The life of the rule, period by period, never with an exclusive end."""
    rows = []
    for period in told.periods:
        cells = (
            ("From", standing.when(period)), ("Last day", _last(period)), ("How it stood", _stood(period)), ("What began it", standing.cause(period, told)),
            ("What ended it", ended_by(period.closed_by, told.names, told.work.id)), ("Words", standing.words_of(period, told)),
        )  # fmt: skip
        rows.append(f'<tr class="{period.status}">' + "".join(f'<td data-label="{label}">{element("span", words) if words else ""}</td>' for label, words in cells) + "</tr>")
    if not rows:
        rows.append('<tr class="not-provable"><td colspan="6">at any time: not established; cited, not held</td></tr>')
    head = "".join(f'<th scope="col">{label}</th>' for label in ("From", "Last day", "How it stood", "What began it", "What ended it", "Words"))
    return f'<details class="life" open><summary>Its whole life</summary><table aria-labelledby="{own}h"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></details>'


def _stood(period: Period) -> str:
    return "not established by the documents held" if period.status == "not-provable" else standing.standing(period)


def _last(period: Period) -> str:
    end = period.interval.end
    if end is None:
        return "presumed to continue" if period.status == "in-force" else "no later change is held"
    if period.status != "in-force" or period.stated_end:
        return last_day(end)
    another = period.closed_by is not None and period.closed_by.label in STOOD
    return f"from {long_date(end)} {'another published text' if another else 'not established'}"


def _stretch(one: Stretch, own: str, names: dict[Words, str], example: date, *, open_start: bool, open_end: bool) -> str:
    said = one.said
    which = f' data-text="{names[said.words]}"' if said.words is not None else ""
    tags = "".join(f'<span class="tag{" first" if n == 0 else ""}">{shown(tag)}</span>' for n, tag in enumerate(said.tags) if tag)
    # A stretch without a beginning is read out for its last day: no one asks of the first day that there is.
    named = one.first if not open_start else one.last if not open_end else example
    day = f'<span class="on">{long_date(named)}</span>'
    parts = [
        f'<section class="stretch {said.status}" data-first="{one.first.isoformat()}" data-last="{one.last.isoformat()}" data-status="{said.status}" data-name="{shown(said.name)}"{which}>',
        f'<h4 class="days">{days(one, open_start=open_start, open_end=open_end)}</h4>',
        f'<p class="tags">{tags}</p>',
        f'<p class="sentence">{day.join(shown(part) for part in one.sentence)}</p>',
        f'<p class="words"><a href="#{names[said.words]}">The words on {_when(one)}</a></p>' if said.words is not None else "",
        _open(said),
        _proof(said),
        f'<p class="cite"><span class="label">Cite</span> {element("span", said.cited)}</p>' if said.cited else "",
        "</section>",
    ]
    return "\n".join(filter(None, parts))


def _when(one: Stretch) -> str:
    return "that day" if one.first == one.last else "these days"


def days(one: Stretch, *, open_start: bool, open_end: bool) -> str:
    """The days of a stretch in words; both its ends are counted."""
    if open_start and open_end:
        return "On every day"
    if open_start:
        return f"On every day through {long_date(one.last)}"
    if open_end:
        return f"From {long_date(one.first)} on"
    return f"On {long_date(one.first)}" if one.first == one.last else f"From {long_date(one.first)} through {long_date(one.last)}"


def _open(said: Said) -> str:
    """What is open: never hidden, never louder than the answer."""
    if not said.open:
        return ""
    count = "1 open question" if len(said.open) == 1 else f"{len(said.open)} open questions"
    return f'<div class="open"><p class="label">{count}</p><ul>{"".join(element("li", words) for words in said.open)}</ul></div>'


def _proof(said: Said) -> str:
    steps = f"<ol>{''.join(element('li', words) for words in said.proof)}</ol>" if said.proof else "<p>No document held proves anything of it.</p>"
    beside: dict[str, list[str]] = {}
    for label, words in said.beside:
        beside.setdefault(label, []).append(words)
    rows = "".join(f"<dt>{label}</dt>{''.join(element('dd', words) for words in found)}" for label, found in beside.items())
    return f'<details class="proof"><summary>Proof</summary>{steps}{f"<dl>{rows}</dl>" if rows else ""}</details>'


