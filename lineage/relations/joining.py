"""Rules named beside each other in one sentence, each with its title behind it: what is done to one of them is done to all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lineage.relations.targets import Target

_APART = re.compile(r"\([^()]{0,120}\)|[\"“][^\"”]{0,120}[\"”]")
_TITLE = re.compile(r"\b[A-Z][\w’'/-]*(?:[\s,&–-]+(?:(?:of|and|the|for|on|to|in|with|a|an|by|or)\s+)*[A-Z][\w’'/-]*)*")
_JOINT = re.compile(r"\W*(?:(?:and|as\s+well\s+as|along\s+with|together\s+with|both)\b\W*)?(?:the\W+)?")


def places(sentence: str, targets: Sequence[Target]) -> list[tuple[int, int]]:
    """Where each of the targets stands in the sentence; they are in order."""
    found: list[tuple[int, int]] = []
    at = 0
    for target in targets:
        start = sentence.find(target.text.string, at)
        at = max(start, at) + len(target.text.string)
        found.append((start, at))
    return found


def beside(sentence: str, spans: Sequence[tuple[int, int]], span: tuple[int, int]) -> list[int]:
    """The places, by their numbers, of the rules that stand in a row with those within ``span``, and outside of it.

    >>> words = "Order 7 (Radio Codes), Order 8, Use of Force, and Order 9, as amended by Order 6, are rescinded."
    >>> row = [m.span() for m in re.finditer(r"Order \\d", words)]
    >>> beside(words, row, row[1])
    [0, 2]
    """
    inner = [at for at, (start, end) in enumerate(spans) if start < span[1] and span[0] < end]
    if not inner:
        return []
    first, last = inner[0], inner[-1]
    while first > 0 and _joined(sentence[spans[first - 1][1] : spans[first][0]]):
        first -= 1
    while last + 1 < len(spans) and _joined(sentence[spans[last][1] : spans[last + 1][0]]):
        last += 1
    return [at for at in range(first, last + 1) if not inner[0] <= at <= inner[-1]]


def _joined(between: str) -> bool:
    """Whether nothing but titles and words that join stand between two rules."""
    bare = _TITLE.sub(" ", _APART.sub(" ", between))
    return _JOINT.fullmatch(bare) is not None
