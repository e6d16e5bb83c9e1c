"""From the path that an instruction names to the place in the text.

A part of a path is a marker as printed ("§ 3.48", "(a)", "11)"), the same with the name of its kind ("item 11"), or a part of a unit that has no marker: its heading, its lead-in, a sentence, a bullet, a
paragraph that is counted, the definition of a term. A part is looked for right below the one before it; where it is not there, anywhere below, and then it must be the only one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from lineage.consolidation.tree import Tree, is_name
from lineage.consolidation.trouble import CannotApply
from lineage.model import bare
from lineage.model.eid import bare_marker

Face = Literal["unit", "heading", "lead-in", "sentence"]

ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "sixth": 6, "6th": 6, "seventh": 7, "7th": 7,
    "eighth": 8, "8th": 8, "ninth": 9, "9th": 9, "tenth": 10, "10th": 10, "last": -1, "final": -1,
}  # fmt: skip
_HEADING = re.compile(r"(?:the\s+)?(?:(?:section|paragraph|subsection)\s+)?(?:heading|title|caption)s?", re.IGNORECASE)
_LEAD_IN = re.compile(r"(?:the\s+)?(?:lead-?in|introductory|opening)(?:\s+(?:text|language|paragraph|sentence|words|phrase|clause))?", re.IGNORECASE)
_COUNTED = re.compile(r"(?:the\s+)?(?P<nth>\w+)\s+(?P<what>sentence|bullet(?:\s+point)?|paragraph|undesignated\s+paragraph)", re.IGNORECASE)
_DEFINITION = re.compile(r"(?:the\s+)?definition\s+of\s+(?:the\s+term\s+)?[\"“'‘]?(?P<term>.+?)[\"”'’]?", re.IGNORECASE)
_KIND = re.compile(
    r"(?:the\s+)?(?:sub-?){0,3}(?:section|paragraph|item|clause|subdivision|division|step|point|bullet|rule|article|number|no\.?|¶+|§+)s?"
    r"(?:\s+(?:number|no\.?))?(?=[\s(]|$)\s*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\S.*?(?:[.!?][)\"”’']*(?=\s+[A-Z(“\"]|\s*$)|$)", re.DOTALL)
_ABBREVIATED = re.compile(r"(?:\b(?:No|Nos|Sec|Dr|Mr|Mrs|Ms|Lt|Sgt|Capt|Cmdr|Ofc|Det|St|vs?|etc|e\.g|i\.e|[A-Z]))\.$")


class Spot(Struct, frozen=True):
    """A place in the text: the unit at ``at`` (None: the whole text), or the part of it that ``face`` names; ``nth`` counts its sentences from 1, the last is -1."""

    at: int | None
    face: Face = "unit"
    nth: int = 0


def without_name(path: Sequence[str], number: str | None) -> tuple[str, ...]:
    """The path below the rule itself: a first part that is the number of the rule is the rule."""
    if path and number and bare(_unkinded(path[0])) == bare(number):
        return tuple(path[1:])
    return tuple(path)


def find(tree: Tree, path: Sequence[str]) -> Spot:
    """The place that a path below the rule names; raises CannotApply where there is none, or more than one."""
    at: int | None = None
    for number, part in enumerate(path):
        last = number == len(path) - 1
        if _HEADING.fullmatch(part) and last:
            return Spot(at, "heading")
        if _LEAD_IN.fullmatch(part) and last:
            return Spot(_lead_in(tree, at), "lead-in")
        counted = _COUNTED.fullmatch(part)
        if counted and counted["what"].lower() == "sentence" and counted["nth"].lower() in ORDINALS and last:
            return Spot(at, "sentence", ORDINALS[counted["nth"].lower()])
        at = _step(tree, at, part, path)
    return Spot(at)


def _step(tree: Tree, at: int | None, part: str, path: Sequence[str]) -> int:
    start, end = (0, len(tree.units)) if at is None else (at + 1, tree.end(at))
    definition, counted = _DEFINITION.fullmatch(part), _COUNTED.fullmatch(part)
    if definition:
        found = [n for n in range(start, end) if _defines(tree, n, definition["term"])]
        return _only(tree, found, part, path)
    if counted and counted["nth"].lower() in ORDINALS:
        below = [n for n in _direct(tree, at, start, end) if _is_counted(tree, n, counted["what"].lower())]
        nth = ORDINALS[counted["nth"].lower()]
        if not below or nth > len(below):
            raise CannotApply("consolidation.target-absent", f"there is no {part} there", waits=True)
        return below[nth - 1 if nth > 0 else nth]
    wanted = bare_marker(_unkinded(part))
    if not wanted:
        raise CannotApply("consolidation.target-absent", f'“{part}” names no part of the text that can be told')
    found = [n for n in range(start, end) if bare_marker(tree.units[n].marker) == wanted]
    if not found and (number := bare(_unkinded(part))):
        found = [n for n in range(start, end) if bare(tree.units[n].marker) == number]
    if len(found) > 1:
        direct = set(_direct(tree, at, start, end))
        near = [n for n in found if n in direct]
        same = [n for n in found if tree.units[n].marker.strip() == _unkinded(part).strip()]
        if len(near) == 1 and (not same or near == same):
            return near[0]
        if not near and len(same) == 1:
            return same[0]
    return _only(tree, found, part, path)


def _only(tree: Tree, found: list[int], part: str, path: Sequence[str]) -> int:
    if len(found) == 1:
        return found[0]
    where = f" (of {' '.join(path)})" if len(path) > 1 else ""
    if not found:
        raise CannotApply("consolidation.target-absent", f"the text has no {part}{where}", waits=True)
    raise CannotApply("consolidation.target-twice", f"the text has {len(found)} of the name {part}{where}")


def _unkinded(part: str) -> str:
    """The part without the name of its kind: "item number 11" is "11"."""
    return _KIND.sub("", part.strip(), count=1) or part.strip()


def _direct(tree: Tree, at: int | None, start: int, end: int) -> list[int]:
    """The units right below: headings without a number and lead-ins between do not count as levels."""
    found: list[int] = []
    stack: list[tuple[int, bool]] = []  # depth of an open unit, and whether it is a level
    for n in range(start, end):
        unit = tree.units[n]
        while stack and stack[-1][0] >= unit.depth:
            stack.pop()
        if not any(level for _, level in stack):
            found.append(n)
        stack.append((unit.depth, (bool(bare_marker(unit.marker)) and not is_name(unit)) or unit.kind == "item"))
    return found


def _is_counted(tree: Tree, at: int, what: str) -> bool:
    unit = tree.units[at]
    if what.startswith("bullet"):
        return bool(unit.marker.strip() or unit.kind == "item") and not bare_marker(unit.marker)
    return unit.kind in ("paragraph", "lead-in", "definition") or (unit.kind == "item" and what == "paragraph" and bool(bare_marker(unit.marker)))


def _defines(tree: Tree, at: int, term: str) -> bool:
    unit, wanted = tree.units[at], term.strip(" .,“”\"'‘’").lower()
    if unit.term and unit.term.strip(" .:“”\"'").lower() == wanted:
        return True
    return re.match(rf"(?:the (?:term|word) )?[\"“'‘]?{re.escape(wanted)}[\"”'’]?(?:\s+means?\b|\s*[-–—:])", unit.text.string.strip().lower()) is not None


def _lead_in(tree: Tree, at: int | None) -> int:
    """The unit whose own words lead in: the one named, or the paragraph that leads in right below it."""
    if at is not None and tree.units[at].text:
        return at
    start, end = (0, len(tree.units)) if at is None else (at + 1, tree.end(at))
    found = [n for n in _direct(tree, at, start, end) if tree.units[n].kind == "lead-in"]
    return _only(tree, found, "lead-in", ())


def sentences(string: str) -> list[tuple[int, int]]:
    """Where each sentence stands, half-open, without the blanks around it.

    >>> sentences("See Lt. Oak. Then stop.")
    [(0, 12), (13, 23)]
    """
    found: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(string):
        if found and _ABBREVIATED.search(string[found[-1][0] : found[-1][1]]):
            found[-1] = (found[-1][0], match.end())
        else:
            found.append(match.span())
    return found


def sentence(string: str, nth: int) -> tuple[int, int]:
    """Where the nth sentence stands (the last is -1); raises CannotApply where there is none."""
    found = sentences(string)
    if not found or nth > len(found):
        raise CannotApply("consolidation.target-absent", f"there are {len(found)} sentences there")
    return found[nth - 1 if nth > 0 else nth]
