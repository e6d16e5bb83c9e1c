"""A text said anew, compared with the one before: which unit is which, and which words are new.

A unit is the same where its words are (whatever its number then is), else where its number is and its words are not all others, else where its words are alike and it stands between the same neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from msgspec.structs import replace

from lineage.consolidation.phrases import changed
from lineage.consolidation.tree import is_name
from lineage.model.eid import bare_marker
from lineage.model.wording import Unit, Words

ALIKE = 0.6  # words in common, from which two units without a number are one
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def restated(old: Sequence[Unit], fresh: Sequence[Unit], by: str) -> tuple[list[Unit], list[str]]:
    """The fresh units with the names and the acts of the old ones that they are, and the wids of those of which something changed. Fresh units of no old one have no wid yet."""
    units: list[Unit] = []
    touched: list[str] = []
    same = pairs(old, fresh)
    for at, unit in enumerate(fresh):
        if at not in same:
            units.append(unit)
            continue
        one = merged(old[same[at]], unit, by)
        units.append(one)
        if one.changed_by != old[same[at]].changed_by:
            touched.append(one.wid)
    return units, touched


def merged(old: Unit, fresh: Unit, by: str) -> Unit:
    """The old unit with what the fresh one says; an act changed it where anything printed differs."""
    heading, text = new_words(old.heading, fresh.heading, by), new_words(old.text, fresh.text, by)
    rows = old.rows if _cells(old) == _cells(fresh) else fresh.rows
    alike = (old.marker, old.heading.string, old.text.string, _cells(old)) == (fresh.marker, fresh.heading.string, fresh.text.string, _cells(fresh))
    one = replace(old, kind=fresh.kind, depth=fresh.depth, term=fresh.term, marker=fresh.marker, heading=heading, text=text, rows=rows)
    return one if alike else changed(one, by)


def _cells(unit: Unit) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell.string for cell in row) for row in unit.rows)


def new_words(old: Words, fresh: Words, by: str) -> Words:
    """The fresh words, of which those that stood before keep their act."""
    if old.string == fresh.string:
        return old
    out = Words()
    for op, a, b, c, d in steps(old.string, fresh.string):
        out += old.part(a, b) if op == "equal" else Words.of(fresh.string[c:d], by)
    return out


def steps(old: str, fresh: str) -> list[tuple[str, int, int, int, int]]:
    """What leads from one string to the other, by words: ``(equal|replace|insert|delete, start, end, start, end)`` in characters."""
    ours, theirs = TOKEN.findall(old), TOKEN.findall(fresh)
    at_old, at_fresh = _offsets(ours), _offsets(theirs)
    codes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return [(op, at_old[a], at_old[b], at_fresh[c], at_fresh[d]) for op, a, b, c, d in codes]


def _offsets(tokens: Sequence[str]) -> list[int]:
    found = [0]
    for token in tokens:
        found.append(found[-1] + len(token))
    return found


def pairs(old: Sequence[Unit], fresh: Sequence[Unit]) -> dict[int, int]:
    """Which fresh unit (by place) is which old one (by place)."""
    found: dict[int, int] = {}
    _pair(found, [_said(u) for u in old], [_said(u) for u in fresh])
    _pair(found, _numbers(old), _numbers(fresh), lambda o, n: not _others(old[o], fresh[n]))
    for olds, news in _gaps(found, len(old), len(fresh)):
        _alike(found, old, fresh, olds, news)
    return found


def _pair(found: dict[int, int], olds: Sequence[object], news: Sequence[object], fits: Callable[[int, int], bool] = lambda old, new: True) -> None:
    """Pair what bears the same key, where only one on each side does, and fits."""
    taken = set(found.values())
    once_old = {k: n for n, k in enumerate(olds) if k and n not in taken}
    count_old = Counter(k for n, k in enumerate(olds) if k and n not in taken)
    count_new = Counter(k for n, k in enumerate(news) if k and n not in found)
    for n, key in enumerate(news):
        if n not in found and key and count_new[key] == 1 and count_old[key] == 1 and fits(once_old[key], n):
            found[n] = once_old[key]


def _said(unit: Unit) -> str:
    """All its words, as a key: only what says enough to be told apart."""
    words = re.findall(r"\w+", " ".join((unit.heading.string, unit.text.string, *(c for row in _cells(unit) for c in row))).lower())
    return " ".join(words) if len(words) > 3 else ""


def _numbers(units: Sequence[Unit]) -> list[tuple[str, ...]]:
    """The numbers of each unit and of those around it; nothing where it has none of its own. A heading without a number counts by its words."""
    found: list[tuple[str, ...]] = []
    around: list[tuple[int, str]] = []
    for unit in units:
        while around and around[-1][0] >= unit.depth:
            around.pop()
        number = bare_marker(unit.marker)
        if is_name(unit):
            found.append(("§",))  # the name of the rule above its text is no level of it
            continue
        own = number or (unit.heading.string or unit.text.string).lower() if unit.kind == "heading" else number
        found.append((*(name for _, name in around), own) if own else ())
        if own:
            around.append((unit.depth, own))
    return found


def _gaps(found: dict[int, int], olds: int, news: int) -> list[tuple[list[int], list[int]]]:
    """What is not paired, between pairs that stand in the same order on both sides."""
    anchors = [(-1, -1)]
    for new in sorted(found):
        if found[new] > anchors[-1][1]:
            anchors.append((new, found[new]))
    anchors.append((news, olds))
    taken = set(found.values())
    gaps = []
    for (a, b), (c, d) in pairwise(anchors):
        left = [n for n in range(b + 1, d) if n not in taken]
        right = [n for n in range(a + 1, c) if n not in found]
        if left and right:
            gaps.append((left, right))
    return gaps


def _alike(found: dict[int, int], old: Sequence[Unit], fresh: Sequence[Unit], olds: list[int], news: list[int]) -> None:
    """Within a gap, in order: what has most of its words in common."""
    after = -1
    for n in news:
        best, likeness = None, ALIKE
        for o in olds:
            if o <= after:
                continue
            share = _likeness(old[o], fresh[n])
            if share > likeness:
                best, likeness = o, share
        if best is not None:
            found[n] = after = best


def _others(old: Unit, fresh: Unit) -> bool:
    """Whether two units say wholly different things: each says enough, and they share next to nothing."""
    ours, theirs = (set(re.findall(r"\w{4,}", f"{u.heading.string} {u.text.string}".lower())) for u in (old, fresh))
    return len(ours) > 2 and len(theirs) > 2 and len(ours & theirs) * 4 < min(len(ours), len(theirs))


def _likeness(old: Unit, fresh: Unit) -> float:
    ours, theirs = (TOKEN.findall(f"{u.heading.string} {u.text.string}") for u in (old, fresh))
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > ALIKE and matcher.quick_ratio() > ALIKE else 0.0
