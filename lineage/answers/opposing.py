"""Whether two clauses in like words say opposite things, as far as words alone can show it: one has a "not" that the other lacks, or another figure before the same unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

NEGATIONS = frozenset(("not", "never", "no", "neither", "nor", "cannot", "without"))
OPPOSITES = frozenset(
    frozenset(pair)
    for pair in (
        ("prohibited", "permitted"), ("prohibited", "allowed"), ("prohibited", "authorized"), ("prohibited", "required"), ("forbidden", "permitted"), ("forbidden", "allowed"), ("required", "optional"),
        ("mandatory", "optional"), ("mandatory", "prohibited"), ("authorized", "unauthorized"), ("approved", "prohibited"), ("before", "after"), ("minimum", "maximum"), ("least", "most"), ("always", "never"),
        ("with", "without"), ("may", "must"), ("may", "shall"), ("will", "may"), ("all", "no"), ("any", "no"),
    )
)  # fmt: skip
UNITS = frozenset(
    unit + end for unit in ("second", "minute", "hour", "day", "week", "month", "year", "foot", "yard", "mile", "dollar", "percent", "officer", "member", "copy", "shift") for end in ("", "s")
) | {"feet", "hrs", "hr", "%", "copies", "mph"}  # fmt: skip
# Words between a figure and its unit.
BETWEEN = frozenset(("business", "calendar", "working", "consecutive", "full", "additional", "duty", "court", "more", "or"))
_ONES = {word: n for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"], 1)}
_TENS = {word: 10 * n for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}
_COUNT = re.compile(rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<more>{'|'.join(list(_ONES)[:9])}))?|(?P<ones>{'|'.join(sorted(_ONES, key=len, reverse=True))}))\b")
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d+(?:[.,:/]\d+)*|[%$]")
SLACK = 0.15  # the share of words that may differ otherwise


def tokens(words: str) -> tuple[str, ...]:
    """The words in small letters, counts as figures ("twenty-four (24) hours" is "24 hours"), without punctuation.

    >>> tokens("Within twenty-four (24) hours, NOT later.")
    ('within', '24', 'hours', 'not', 'later')
    """
    found: list[str] = []
    for word in _WORD.findall(_COUNT.sub(_figures, words.lower().replace("’", "'"))):
        if not (found and word == found[-1] and word.isdigit()):
            found.append(word)
    return tuple(found)


def _figures(match: re.Match[str]) -> str:
    return str(_TENS[match["tens"]] + _ONES.get(match["more"] or "", 0) if match["tens"] else _ONES[match["ones"]])


def opposed(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two clauses, as words in small letters, differ in a negation or in a figure of one unit, and hardly otherwise.

    >>> opposed("members shall report it".split(), "members shall not report it".split())
    True
    >>> opposed("report it within 24 hours".split(), "report it within 48 hours".split()), opposed("see section 24 of it".split(), "see section 48 of it".split())
    (True, False)
    """
    telling, otherwise = False, 0
    for before, after, follows in _differences(one, other):
        if _negates(before, after) or _counts(before, after, follows):
            telling = True
        else:
            otherwise += max(len(before), len(after))
    return telling and otherwise <= SLACK * min(len(one), len(other))


def _differences(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str], tuple[Sequence[str], Sequence[str]]]]:
    """What stands in the place of what, each with the four words that follow."""
    for op, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if op != "equal":
            yield one[a:b], other[c:d], (one[b : b + 4], other[d : d + 4])


def _negates(before: Sequence[str], after: Sequence[str]) -> bool:
    if len(before) == len(after) == 1:
        return frozenset((before[0], after[0])) in OPPOSITES
    lacking, having = sorted((before, after), key=len)
    return not lacking and len(having) <= 2 and any(word in NEGATIONS for word in having)


def _counts(before: Sequence[str], after: Sequence[str], follows: tuple[Sequence[str], Sequence[str]]) -> bool:
    before, after = ([w for w in words if w not in BETWEEN] for words in (before, after))
    if len(before) != 1 or len(after) != 1 or not (_figure(before[0]) and _figure(after[0])):
        return False
    units = [next((w for w in words if w not in BETWEEN), "") for words in follows]
    return units[0] == units[1] and units[0] in UNITS


def _figure(word: str) -> bool:
    return word.replace(".", "").replace(",", "").isdigit()
