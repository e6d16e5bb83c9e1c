"""What a printed marker may be: every ladder that it could belong to, with its place there."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lineage.model.eid import bare_marker

_FIGURES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN = re.compile(r"(?=.)(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})|c{1,3}")
_NAMED = re.compile(r"§+\s*|sec(?:tions?|\.)\s+(?=\d)", re.IGNORECASE)
CALLED = frozenset(("rule", "article", "chapter", "part", "step", "phase"))
_CALLED = re.compile(r"(rule|article|chapter|part|step|phase)\s+(\d{1,3}|[IVXLC]{1,6})[:.]?", re.IGNORECASE)
BULLET = "bullet"
SECTION = "section"


class Reading(NamedTuple):
    """One ladder to which a marker may belong, and its place there. ``tokens`` are the parts of a number that tells its own depth ("300.1.2" stands under
    "300.1"); a plain marker has one. ``value`` counts from 1 within the ladder, or within the number before the last point."""

    ladder: str
    value: int
    tokens: tuple[str, ...]


@lru_cache(maxsize=8192)
def readings(marker: str) -> tuple[Reading, ...]:
    """Every reading of a printed marker, the likelier first where the shape alone tells; a mark without letter or digit is a bullet.

    >>> [(r.ladder, r.value) for r in readings("i.")]
    [('roman-lower.', 1), ('alpha-lower.', 9)]
    >>> [(r.ladder, r.value) for r in readings("C.")]
    [('alpha-upper.', 3), ('roman-upper.', 100)]
    >>> readings("300.1.2")
    (Reading(ladder='section', value=2, tokens=('300', '1', '2')),)
    """
    printed = marker.strip()
    bare = bare_marker(printed)
    if not bare:
        return (Reading(f"{BULLET} {printed}", 1, ()),)
    if called := _CALLED.fullmatch(printed):
        number = called[2]
        value = int(number) if number.isdigit() else _roman(number.lower())
        return (Reading(called[1].lower(), value or 1, (number,)),)
    named = _NAMED.match(printed)
    if "-" in bare or named:
        tokens = tuple(bare.split("-"))
        return (Reading(SECTION, _count(tokens[-1]), tokens),)
    shape = "(" if printed.startswith("(") else ")" if printed.endswith(")") else "."
    return tuple(_plain(bare, shape)) or (Reading(f"other{shape}", 1, (bare,)),)


def _plain(bare: str, shape: str) -> list[Reading]:
    if bare.isascii() and bare.isdigit():
        return [Reading(f"arabic{shape}", int(bare), (bare,))]
    if not (bare.isascii() and bare.isalpha()):
        return []
    case, low = "upper" if bare.isupper() else "lower", bare.lower()
    letters = [Reading(f"alpha-{case}{shape}", value, (bare,)) for value in _lettered(low)]
    roman = [Reading(f"roman-{case}{shape}", value, (bare,)) for value in (_roman(low),) if value]
    return roman + letters if low in ("i", "v", "x") or len(low) > 1 else letters + roman


def _lettered(low: str) -> list[int]:
    """The places of letters in an alphabet that goes on after z: "aa" follows it, and then comes "bb" or "ab"."""
    if len(low) == 1:
        return [ord(low) - 96]
    if len(low) > 2:
        return []
    found = [ord(low[0]) - 96 + 26] if low[0] == low[1] else []
    counted = 26 * (ord(low[0]) - 96) + ord(low[1]) - 96
    return found if counted in found else [*found, counted]


def _count(token: str) -> int:
    """The place of a number's last part, which may be figures or letters."""
    if token.isascii() and token.isdigit():
        return int(token[:6])
    return ord(token[0].lower()) - 96 if token[:1].isascii() and token[:1].isalpha() else 1


def _roman(low: str) -> int:
    if not _ROMAN.fullmatch(low):
        return 0
    values = [_FIGURES[letter] for letter in low]
    return sum(-value if n + 1 < len(values) and value < values[n + 1] else value for n, value in enumerate(values))
