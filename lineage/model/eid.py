"""Where each clause stands and what it is called: the naming rule of Akoma Ntoso 3.0 (naming convention, chapter 5) as kept here.

    eId = [eId of the context "__"] name "_" number

The number is the printed marker without its outer punctuation; where none is printed, the count within the context, from 1.

=====================================  ==============  =========================================  ============================
a clause                               name            element                                    example
=====================================  ==============  =========================================  ============================
numbered, the section's own number     ``sec``         ``section``                                ``sec_3-48``
numbered, any other                    ``para``        ``paragraph``                              ``para_a__para_1``
heading without a number               ``hcontainer``  ``hcontainer name="heading"``              ``hcontainer_1``
with a bullet, or an item unmarked     ``item``        ``item`` of a ``blockList``                ``hcontainer_1__list_1__item_2``
lead-in right before such items        ``intro``       ``listIntroduction`` of that list          ``hcontainer_1__list_1__intro``
paragraph, definition, other lead-in   ``p``           ``p``                                      ``p_1``, ``hcontainer_1__p_1``
table without a marker                 ``table``       ``table``                                  ``table_1``
=====================================  ==============  =========================================  ============================

*Numbered* means a marker with a letter or a digit in it; ``•``, ``-`` and a lone ``o`` are bullets. A *section's number* has a section
mark or an inner point ("§ 3.48", "5.12") and no numbered clause around it. Markers decide before kinds: a numbered definition is a
``para``, a definition with a bullet an ``item``.

*Contexts* are sections, paragraphs, hcontainers and items: only they hold other clauses. A clause deeper than a plain paragraph or a
lead-in stands beside it, in the same context. So a child's eid always begins with its parent's, and ``parent`` is the context, never a
``p`` or an ``intro``; ``depth`` is not changed by this. Within an item nothing hierarchical may stand: there a numbered clause is an
item of a list (``item_2__list_1__item_a``) and a heading is a ``p``.

In a context that is not a heading its own words are ``p_1``, so the paragraphs under it count from ``p_2``; under a heading they count
from ``p_1``. The same name twice gets a counter: ``para_3``, then ``para_3_2``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from msgspec import Struct, field

Shape = Literal["section", "paragraph", "hcontainer", "item", "intro", "p", "table"]

NAMES: dict[Shape, str] = {"section": "sec", "paragraph": "para", "hcontainer": "hcontainer", "item": "item", "p": "p", "table": "table"}

# XML readers stop at 256 levels, and a level of bullets is two elements: deeper clauses stand beside each other, with their depth kept.
NESTING = 60

_NAMED = re.compile(r"^\s*sec(?:tions?|\.)\s+(?=\d)", re.IGNORECASE)
_SECTION = re.compile(r"(?:§+|sec(?:tions?|\.)?)?\s*\d+(?:\s*[.\-‐-―/]\s*\d+)+\W*|§+\s*\w.*", re.IGNORECASE)


class Place(NamedTuple):
    """Where a clause stands: its eid, the eid around it, the element it is, and its ``list`` (counted in the context, 0 for none).

    ``context`` is the position of the clause around it in the sequence, None at the top.
    """

    eid: str
    parent: str | None
    shape: Shape
    context: int | None = None
    list: int = 0


@lru_cache(maxsize=4096)
def bare_marker(marker: str) -> str:
    """A printed marker as the number of an eId: outer punctuation and blanks off, inner punctuation as one hyphen, case kept.
    The word "section" before a number goes with it, and nothing is left of a bullet.

    >>> [bare_marker(m) for m in ("(a)", "11)", "§ 3.48", "(a)(1)", "IV.", "•", "o")]
    ['a', '11', '3-48', 'a-1', 'IV', '', '']
    """
    words = re.findall(r"[^\W_]+", _NAMED.sub("", marker))
    return "" if words == ["o"] and marker.strip() == "o" else "-".join(words)


def eid(context: str | None, name: str, marker: str) -> str:
    """The eId of ``name`` with this printed marker (or count) in a context; without a marker the bare name, fit for what stands once.

    >>> eid(None, "sec", "§ 3.48"), eid("sec_5-12", "para", "11)"), eid("hcontainer_1__list_1", "intro", "")
    ('sec_3-48', 'sec_5-12__para_11', 'hcontainer_1__list_1__intro')
    """
    number = bare_marker(marker)
    own = f"{name}_{number}" if number else name
    return f"{context}__{own}" if context else own


def name_clauses(sketches: Sequence[tuple[str, str, int]]) -> list[tuple[str, str | None]]:
    """The eid of each clause and the eid around it, for ``(kind, printed marker, depth)`` in reading order. Every eid is there once.

    >>> name_clauses([("heading", "", 0), ("lead-in", "", 1), ("item", "•", 2)])[1:]
    [('hcontainer_1__list_1__intro', 'hcontainer_1'), ('hcontainer_1__list_1__item_1', 'hcontainer_1')]
    >>> section = [("heading", "5.12", 0), ("lead-in", "", 1), ("item", "1)", 1), ("item", "3)", 1), ("item", "3)", 1)]
    >>> [eid for eid, _ in name_clauses(section)]
    ['sec_5-12', 'sec_5-12__p_1', 'sec_5-12__para_1', 'sec_5-12__para_3', 'sec_5-12__para_3_2']
    """
    return [(place.eid, place.parent) for place in places(sketches)]


def places(sketches: Sequence[tuple[str, str, int]]) -> Sequence[Place]:
    """Where each clause stands, for ``(kind, printed marker, depth)`` in reading order."""
    return _placed(tuple(sketches))


@lru_cache(maxsize=512)  # rules of a manual: each is asked for when its clauses are named, and again when they are written
def _placed(sketches: tuple[tuple[str, str, int], ...]) -> Sequence[Place]:
    names = _Names()
    return [names.place(at, sketch, sketches[at + 1] if at + 1 < len(sketches) else None) for at, sketch in enumerate(sketches)]


class _Context(Struct):
    """An open element that may hold clauses: what was counted in it so far, and whether its last clause was in a list."""

    at: int | None
    depth: int
    eid: str | None = None
    shape: Shape = "hcontainer"
    counts: dict[str, int] = field(default_factory=dict)
    in_list: bool = False

    def count(self, name: str) -> int:
        self.counts[name] = self.counts.get(name, 0) + 1
        return self.counts[name]


class _Names:
    """The contexts open so far, outermost first, and the eids given."""

    def __init__(self) -> None:
        self.open = [_Context(None, -1)]
        self.given: dict[str, int] = {}

    def place(self, at: int, sketch: tuple[str, str, int], following: tuple[str, str, int] | None) -> Place:
        kind, marker, depth = sketch
        while len(self.open) > 1 and self.open[-1].depth >= depth:
            self.open.pop()
        context = self.open[-1]
        shape = self._shape(kind, marker)
        if shape == "p" and kind == "lead-in" and following is not None and self._lists(following):
            shape = "intro"
        if shape == "intro" or (shape == "item" and not context.in_list):
            context.count("list")
            context.counts["item"] = 0
        context.in_list = shape in ("item", "intro")
        name = self._name(context, shape, marker)
        if shape in ("section", "paragraph", "hcontainer", "item") and len(self.open) <= NESTING:
            self.open.append(_Context(at, depth, name, shape, {} if kind == "heading" else {"p": 1}))
        return Place(name, context.eid, shape, context.at, context.counts["list"] if context.in_list else 0)

    def _shape(self, kind: str, marker: str) -> Shape:
        in_item = self.open[-1].shape == "item"
        numbered = bool(bare_marker(marker))
        if numbered and not in_item:
            around = all(context.shape == "hcontainer" for context in self.open)
            return "section" if around and _SECTION.fullmatch(marker.strip()) else "paragraph"
        if kind == "heading" and not in_item:
            return "hcontainer"
        if kind == "item" or marker.strip():
            return "item"
        return "table" if kind == "table" else "p"

    def _lists(self, following: tuple[str, str, int]) -> bool:
        """Whether the clause after a lead-in is an item of a list in the same context."""
        kind, marker, depth = following
        return depth > self.open[-1].depth and self._shape(kind, marker) == "item"

    def _name(self, context: _Context, shape: Shape, marker: str) -> str:
        around = f"{context.eid}__" if context.eid else ""
        if shape in ("item", "intro"):
            around += f"list_{context.counts['list']}__"
        if shape == "intro":
            return self._once(f"{around}intro")
        number = bare_marker(marker)
        counted = context.count(NAMES[shape]) if shape == "item" or not number else 0
        return self._once(f"{around}{NAMES[shape]}_{number or counted}")

    def _once(self, wanted: str) -> str:
        name = wanted
        while name in self.given:
            self.given[wanted] += 1
            name = f"{wanted}_{self.given[wanted]}"
        self.given[name] = 1
        return name
