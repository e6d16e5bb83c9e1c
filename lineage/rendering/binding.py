"""Whom a rule binds, and what touches it, for people at a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable

from lineage.model import Binding, Ruling, Shown, Touch

WIDTH = 130
ANSWERS = {"applies": "applies", "does-not-apply": "does not apply", "not-stated": "not stated"}
STATUS = {"in-force": "in force", "not-in-force": "not in force", "not-provable": "not established"}
DOES = {"amends": "amends it", "substitutes": "amends it", "inserts": "amends it", "deletes": "amends it", "corrects": "corrects it", "suspends": "suspends it", "supplements": "supplements it", "implements": "implements it", "cites": "cites it"}
Paint = Callable[[str, str], str]


def verdict(ruling: Ruling) -> str:
    """The answers for the unit and the rank that were asked about, in few words."""
    return ", ".join(f"{b.asked}: {ANSWERS[b.answer]}" for b in ruling.bound)


def whom(answer: Shown, ink: Paint) -> list[str]:
    """Whether it binds those who were asked about; where no one was, whom it says that it binds."""
    lines = []
    for n, one in enumerate(answer.ruling.bound):
        label = f"{ink('Applies', 'label')}  " if n == 0 else " " * 9
        lines += _under(label, f"{one.asked}: {ANSWERS[one.answer]}. {one.why}")
        lines += applies_to(one.bindings, 11)
    if lines:
        return lines
    said = applies_to(answer.bindings, 9)
    return [f"{ink('Binds', 'label')}{'':4}{said[0].strip()}", *said[1:]] if said else []


def applies_to(bindings: Iterable[Binding], indent: int = 2) -> list[str]:
    """Each statement in a row, with its quote."""
    lines: list[str] = []
    for one in bindings:
        lines += textwrap.wrap(binding_words(one), WIDTH - indent, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2))
    return lines


def binding_words(one: Binding) -> str:
    """What a paper says of whom it binds, with its quote."""
    place = one.evidence[0]
    words = "only " * one.only + one.words + (f" ({one.limit})" if one.limit else "")
    how = "binds" if one.binds else "does not bind"
    part = ", in a part of it" if one.scope == "part" else ""
    pilot = ", as a pilot" if one.pilot else ""
    quote = " ".join(" ".join(e.quote for e in one.evidence).split())
    return f'{how} {words}{part}{pilot}: p. {place.page} "{quote}"'


def touched(answer: Shown, ink: Paint) -> list[str]:
    """The other papers that touch it on that day, and which prevails."""
    lines: list[str] = []
    for n, one in enumerate(answer.touches):
        label = f"{ink('Touched', 'label')}  " if n == 0 else " " * 9
        lines += _under(label, touch_words(one))
    return lines


def touch_words(one: Touch) -> str:
    """A paper that touches a rule, what it does, and which of the two prevails."""
    does = ", ".join(dict.fromkeys(DOES[k] for k in one.kinds))
    quote = " ".join(one.evidence[0].quote.split())
    said = f'by {one.name} ({STATUS[one.status]}), which {does}: p. {one.evidence[0].page} "{quote}".'
    if one.rank is None:
        return f"{said} Which of the two prevails the documents held do not say."
    return f'{said} {one.name if one.by == one.work.id else "This rule"} prevails: "{one.rank.quote}" ({one.rank.source}).'


def _under(label: str, words: str) -> list[str]:
    lines = textwrap.wrap(words, WIDTH - 9)
    return [label + lines[0], *(" " * 11 + line for line in lines[1:])]
