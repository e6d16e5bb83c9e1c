"""The terms that a draft defines, or uses: defined otherwise by a rule in force, or defined only by a rule that it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from lineage.impact.scene import Scene
from lineage.model import Clause, Unit, Work
from lineage.model.dates import long_date
from lineage.model.impact import Caution
from lineage.pipeline import Reading as Paper

SAYS = re.compile(r"^\s*(?:the\s+(?:term|word|phrase)\s+)?[\"“]?(?P<term>[A-Z][\w' -]{1,40}?)[\"”]?\s*(?:\s(?:means|is\s+defined\s+as|refers\s+to)\b|\s[-–—]\s?|[-–—:]\s)\s*(?P<meaning>.+)", re.DOTALL)
MEANS = re.compile(r"^\s*(?:the\s+(?:term|word|phrase)\s+)?[\"“]?(?P<term>[A-Z][\w' -]{1,40}?)[\"”]?\s+(?:means|is\s+defined\s+as)\b\s*(?P<meaning>.+)", re.DOTALL)
CASE = 3  # letters of a term that is more than an abbreviation of a word


class Defined(NamedTuple):
    """A term and what it means, in the words of one clause."""

    term: str
    meaning: str


def definitions(scene: Scene) -> Iterator[Caution]:
    """Terms that a rule in force defines otherwise, once each; and terms that lose their definition by the draft."""
    for paper, own in scene.papers:
        day = scene.starts(paper)
        former = {(d.term.lower(), _bare(d.meaning)) for d in _all(scene.before.units(own.id, day))}
        mine = [(c, d) for c in scene.sayings(paper) if (d := _of_clause(c)) is not None and (d.term.lower(), _bare(d.meaning)) not in former]
        if mine:
            yield from _otherwise(scene, paper, mine, day)
    yield from _lost(scene)


def _otherwise(scene: Scene, paper: Paper, mine: Sequence[tuple[Clause, Defined]], day: date) -> Iterator[Caution]:
    others = _defined(scene, day)
    for clause, one in mine:
        differing = [(w, d) for w, d in others.get(one.term.lower(), ()) if _bare(d.meaning) != _bare(one.meaning)]
        if not differing or len(differing) < len(others[one.term.lower()]):
            continue  # defined as some rule in force defines it
        work, other = differing[0]
        also = f" (so {'does' if len(differing) == 2 else 'do'} {scene.names([w.id for w, _ in differing[1:]], 2)})" if len(differing) > 1 else ""
        message = f'The draft defines "{one.term}" as "{_short(one.meaning)}", which differs from {scene.name(work.id)}, in force on {long_date(day)}: "{_short(other.meaning)}"{also}.'
        yield Caution("impact.defines-otherwise", message, scene.place(paper, clause.text or clause.heading), work.id, "Use the same words, name that rule for the meaning, or say that this meaning is for this order alone.")


def _lost(scene: Scene) -> Iterator[Caution]:
    """Terms that the draft uses and that only a rule which it ends defines."""
    for work, (day, _act) in scene.ended.items():
        terms = [d for d in _all(scene.before.units(work, _eve(day))) if len(d.term) > CASE]
        if not terms:
            continue
        others = _defined(scene, day)
        for paper, own in scene.papers:
            defined = {d.term.lower() for d in _all(scene.after.units(own.id, scene.starts(paper)))}
            for one in terms:
                if one.term.lower() in defined or one.term.lower() in others:
                    continue
                used = next((c for c in scene.sayings(paper) if re.search(rf"(?<!\w){re.escape(one.term)}s?(?!\w)", c.text.string)), None)
                if used is not None:
                    message = f'The draft uses "{one.term}", which only {scene.name(work)} defines, and ends that rule from {long_date(day)}.'
                    yield Caution("impact.definition-lost", message, scene.place(paper, used.text), work, f"Take the definition over: \"{one.term}: {_short(one.meaning, 60)}\"")


def _eve(day: date) -> date:
    return date.fromordinal(max(day.toordinal() - 1, 1))


def _defined(scene: Scene, day: date) -> dict[str, list[tuple[Work, Defined]]]:
    """The definitions of all rules in force on a day but the draft's own, by term."""
    found: dict[str, list[tuple[Work, Defined]]] = {}
    for work in scene.after.in_force(day):
        if work.id not in scene.own:
            for one in _all(scene.after.units(work.id, day)):
                found.setdefault(one.term.lower(), []).append((work, one))
    return found


def _all(units: Sequence[Unit]) -> list[Defined]:
    return [d for u in units if (d := _definition(u.kind, u.term, u.text.string)) is not None]


def _of_clause(clause: Clause) -> Defined | None:
    return _definition(clause.kind, clause.term, clause.text.string)


def _definition(kind: str, term: str, text: str) -> Defined | None:
    """What a clause defines: by its own kind, or by the words "means" and "is defined as"."""
    match = (SAYS if kind == "definition" else MEANS).match(text)
    if match is not None and (not term or match["term"].strip().lower() == _term(term).lower()):
        return Defined(match["term"].strip(), match["meaning"].strip())
    return Defined(_term(term), text.strip()) if kind == "definition" and _term(term) and text.strip() else None


def _term(term: str) -> str:
    return term.strip(" .:–—-“”\"'")


def _bare(words: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", words.lower()))


def _short(words: str, length: int = 90) -> str:
    words = " ".join(words.split()).rstrip(".")
    return words if len(words) <= length else words[: length - 3].rstrip() + "..."
