"""Sentences taken apart, so that two that say nearly the same can be told: what they are about, their figures, and whether they command, permit or forbid."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from msgspec import Struct

from lineage.consolidation.targets import sentences

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
NUMBERS = {word: str(n) for n, word in enumerate(_UNITS, 1)} | {word: str(n) for word, n in _TENS.items()}
NUMBERS |= {f"{ten}-{unit}": str(n + m) for ten, n in _TENS.items() if n < 100 for m, unit in enumerate(_UNITS[:9], 1)}
NEGATIONS = frozenset(("not", "never", "no", "cannot", "neither", "nor", "prohibited", "forbidden"))
DUTIES, LEAVES = frozenset(("shall", "must", "will", "required")), frozenset(("may", "can", "permitted", "allowed"))
STOPS = frozenset(("a", "an", "the", "of", "to", "be", "is", "are", "in", "on", "at", "by", "for", "and", "or", "that", "this", "it", "its", "their", "his", "her", "as", "with", "any", "all", "each", "every", "should", "longer"))
MEASURES = frozenset(("hour", "day", "minute", "second", "week", "month", "year", "business", "calendar", "working", "foot", "inch", "percent", "mile", "yard", "dollar"))
# What a sentence says of its own paper, or of the one thing that this describes, it says of no other's.
_OF_ITSELF = re.compile(r"\bthis\s+(?:\w+\s+)?(?:orders?|directive|policy|section|procedure|bulletin|manual|document|item|garment|award|form|paragraph|program|addendum)\b", re.IGNORECASE)
_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[a-z]+(?:-[a-z]+)*|%|\$", re.ASCII)
_LABEL = re.compile(r"(?:§+|\b(?:sections?|sec\.|paragraphs?|items?|orders?|policy|policies|form|forms|chapter|title|no\.|number|part))\s*[A-Z]{0,3}-?\d[\w.\-/()]*|\b[A-Z]{1,5}-?\d[\w.\-]*|\b\d+(?:\.\d+){1,}\b|\b\d+-\d[\w-]*", re.IGNORECASE)
LEAST = 4  # words of substance by which a sentence can be told from others


class Sentence(Struct, frozen=True):
    """A sentence: its words, those of substance in their order, its figures with what they count, whether it is negated, and whether it is a duty or a leave ("" for neither)."""

    words: str
    substance: tuple[str, ...]
    figures: tuple[str, ...]
    negated: bool
    force: str

    @property
    def measures(self) -> bool:
        """Whether its figures are the sizes of a thing, which another thing need not have."""
        return any(f.endswith(" inch") for f in self.figures)

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The words of substance two by two: what two sentences about one thing share."""
        return frozenset(zip(self.substance, self.substance[1:], strict=False))


def taken_apart(text: str) -> list[Sentence]:
    """The sentences of a text that say enough to be compared.

    >>> [(s.substance, s.figures, s.negated, s.force) for s in taken_apart("Members shall not store the camera in a car for more than two days.")]
    [(('member', 'store', 'camera', 'car', 'more', 'than'), ('2 day',), True, 'duty')]
    """
    found = (_sentence(" ".join(text[start:end].split())) for start, end in sentences(text))
    return [s for s in found if len(s.substance) >= LEAST and not _OF_ITSELF.search(s.words)]


def _sentence(words: str) -> Sentence:
    tokens = [_single(t) for t in _TOKEN.findall(_LABEL.sub(" ", words).lower())]
    substance: list[str] = []
    figures: list[str] = []
    for at, token in enumerate(tokens):
        figure = NUMBERS.get(token, token if token[0].isdigit() else "")
        if figure:
            measure = next((t for t in tokens[at + 1 : at + 3] if t in MEASURES), "")
            figures.append(f"{figure} {measure}".strip())
        elif token not in NEGATIONS | DUTIES | LEAVES | STOPS and not (token in MEASURES and figures and at and _counts(tokens, at)):
            substance.append(token)
    said = set(tokens)
    force = "duty" if said & DUTIES else "leave" if said & LEAVES else ""
    return Sentence(words, tuple(substance), tuple(figures), len([t for t in tokens if t in NEGATIONS]) % 2 == 1, force)


def _counts(tokens: list[str], at: int) -> bool:
    """Whether the word at this place is what a figure before it counts."""
    return any(t[0].isdigit() or t in NUMBERS for t in tokens[max(at - 2, 0) : at])


def _single(token: str) -> str:
    if token in ("feet", "inches"):
        return {"feet": "foot", "inches": "inch"}[token]
    return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith(("ss", "us", "is")) else token


def difference(one: Sentence, other: Sentence) -> str:
    """How two sentences that say nearly the same differ: ``figure``, ``negation``, ``force``; nothing where they agree, or are about other things."""
    if not _about_one_thing(one, other):
        return ""
    if one.negated != other.negated:
        return "negation"
    if len(one.figures) == len(other.figures) and any(_others(a, b) for a, b in zip(one.figures, other.figures, strict=True)):
        return "figure"
    return "force" if {one.force, other.force} == {"duty", "leave"} and one.figures == other.figures else ""


def _others(one: str, other: str) -> bool:
    """Whether two figures are two, or count two things; where one does not say what it counts ("30 or more days"), the figures alone tell.

    >>> _others("30 day", "30"), _others("30 day", "30 hour"), _others("30 day", "15 day")
    (False, True, True)
    """
    mine, theirs = one.split(), other.split()
    return mine[0] != theirs[0] or (len(mine) == len(theirs) and mine != theirs)


def _about_one_thing(one: Sentence, other: Sentence) -> bool:
    """Whether nearly every word of substance is in both, in one order."""
    if abs(len(one.substance) - len(other.substance)) > max(1, len(one.substance) // 6):
        return False
    matcher = SequenceMatcher(None, one.substance, other.substance, autojunk=False)
    return matcher.quick_ratio() >= 0.88 and matcher.ratio() >= 0.88
