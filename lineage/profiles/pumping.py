"""The worst texts of a pattern, made from the pattern itself: what stands before a repetition, then what it repeats again and again, then a sign that fits nothing.

A pattern that tries every way to divide such a text gives itself away on it, however deep the repetition stands (Kirrage, Rathnayake and Thielecke, "Static Analysis for Regular Expression Denial-of-Service
Attacks", 2013: a prefix, a pumped part, a suffix).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from re import _constants as signs  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

SIGNS = "aA1 -.,:;(§\n\"'b/#)\u201c"  # one of them is in nearly every set of signs
MANY = 4  # a repetition that goes no further cannot be pumped
MOST_TEXTS = 48  # of one pattern
MOST_WAYS = 6  # of one repetition


def worst(pattern: str, flags: int, length: int) -> Iterator[str]:
    """Texts of this length, at most :data:`MOST_TEXTS`. Raises re.error where the pattern is none.

    >>> list(worst(r"id (\\d-?)*:", 0, 10))
    ['id 1-1-1-\\x00', 'id 111111\\x00']
    """
    tree = parser.parse(pattern, flags)
    for before, body in islice(_pumped(list(tree), ""), MOST_TEXTS):
        if body:
            yield (before + body * length)[: length - 1] + "\0"


def _pumped(nodes: list[Any], before: str) -> Iterator[tuple[str, str]]:
    """Each repetition below these nodes: what stands before it, and what it repeats."""
    for name, of in nodes:
        if name in (signs.MAX_REPEAT, signs.MIN_REPEAT, getattr(signs, "POSSESSIVE_REPEAT", None)):
            _, most, inner = of
            if most > MANY:
                for body in islice(_ways(list(inner)), MOST_WAYS):
                    yield before, body
            yield from _pumped(list(inner), before)
        elif name is signs.BRANCH:
            for way in of[1]:
                yield from _pumped(list(way), before)
        elif name is signs.SUBPATTERN:
            yield from _pumped(list(of[-1]), before)
        elif name in (signs.ASSERT, getattr(signs, "ATOMIC_GROUP", None)):
            yield from _pumped(list(of[1] if isinstance(of, tuple) else of), before)
        before += next(_ways([(name, of)]), "")


def _ways(nodes: list[Any]) -> Iterator[str]:
    """Texts that a row of nodes matches: the shortest, and one with each part that may be left out."""
    if not nodes:
        yield ""
        return
    (name, of), rest = nodes[0], nodes[1:]
    for first in islice(_of(name, of), 3):
        for following in islice(_ways(rest), 3):
            yield first + following


def _of(name: Any, of: Any) -> Iterator[str]:
    if name is signs.LITERAL:
        yield chr(of)
    elif name is signs.NOT_LITERAL:
        yield next(sign for sign in SIGNS if ord(sign) != of)
    elif name is signs.ANY:
        yield "a"
    elif name is signs.IN:
        yield from islice((sign for sign in SIGNS if _within(ord(sign), of)), 2)
        yield from (chr(one if kind is signs.LITERAL else one[0]) for kind, one in of[:1] if kind in (signs.LITERAL, signs.RANGE))
    elif name is signs.BRANCH:
        for way in of[1]:
            yield from islice(_ways(list(way)), 1)
    elif name is signs.SUBPATTERN:
        yield from _ways(list(of[-1]))
    elif name in (signs.MAX_REPEAT, signs.MIN_REPEAT, getattr(signs, "POSSESSIVE_REPEAT", None)):
        least, _, inner = of
        for body in islice(_ways(list(inner)), 3):
            yield body * max(least, 1)
        if least == 0:
            yield ""
    elif name is getattr(signs, "ATOMIC_GROUP", None):
        yield from _ways(list(of))
    else:
        yield ""  # a place, a look ahead or behind, or the text of a group


def _within(sign: int, of: list[Any]) -> bool:
    """Whether a sign is in a set of signs."""
    negated, found = False, False
    for kind, one in of:
        if kind is signs.NEGATE:
            negated = True
        elif kind is signs.LITERAL:
            found = found or sign == one
        elif kind is signs.RANGE:
            found = found or one[0] <= sign <= one[1]
        else:
            found = found or bool(re.match(_CATEGORIES.get(one, r"(?!)"), chr(sign)))
    return found != negated


_CATEGORIES = {signs.CATEGORY_DIGIT: r"\d", signs.CATEGORY_NOT_DIGIT: r"\D", signs.CATEGORY_SPACE: r"\s", signs.CATEGORY_NOT_SPACE: r"\S", signs.CATEGORY_WORD: r"\w", signs.CATEGORY_NOT_WORD: r"\W"}
