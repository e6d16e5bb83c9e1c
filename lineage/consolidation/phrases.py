"""Words found in words, and put in their place."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from lineage.model.wording import Unit, Words

# Marks that print differently and say the same.
_QUOTES, _APOSTROPHES, _DASHES = "\"“”„", "'’‘`", "-‐-―−"
_OPENS_WITH_MARK = re.compile(r"[.,;:](?:\s|$)")
_CLOSING = frozenset(".,;:!?)]’”")


@lru_cache(maxsize=1024)
def pattern(words: str) -> re.Pattern[str]:
    """What finds these words: blanks, quotes and dashes in any shape, letters as written; a word is not found within a longer one."""
    out = []
    for part in re.findall(r"\s+|\S", words.strip()):
        if part.isspace():
            out.append(r"\s+")
        elif part in _QUOTES:
            out.append(f"[{_QUOTES}]")
        elif part in _APOSTROPHES:
            out.append(f"[{_APOSTROPHES}]")
        elif re.match(f"[{_DASHES}]", part):
            out.append(f"[{_DASHES}]")
        else:
            out.append(re.escape(part))
    before = r"(?<!\w)" if re.match(r"\w", words.strip()) else ""
    after = r"(?!\w)" if re.search(r"\w$", words.strip()) else ""
    return re.compile(before + "".join(out) + after)


def places(words: str, string: str, position: str | None = None) -> list[tuple[int, int]]:
    """Where the words stand in a string, half-open; with a position only where it starts or ends with them."""
    found = [match.span() for match in pattern(words).finditer(string)]
    if position == "end":
        return [span for span in found if not string[span[1] :].strip()]
    if position == "start":
        return [span for span in found if not string[: span[0]].strip()]
    return found


def exchanged(words: Words, spans: list[tuple[int, int]], new: str, by: str) -> Words:
    """The words with ``new`` in place of each span. What stays of the former words keeps its own act; no blank is left before a mark; where nothing comes, no two blanks meet."""
    for start, end in reversed(spans):
        words = _exchanged(words, start, end, new, by)
    return words


def _exchanged(words: Words, start: int, end: int, new: str, by: str) -> Words:
    old = words.string[start:end]
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    if new:
        if head == 0 and _OPENS_WITH_MARK.match(new) and words.string[:start].endswith(" "):
            start -= 1
        return words.put(start + head, end - tail, Words.of(new[head : len(new) - tail], by))
    before, after = words.string[:start], words.string[end:]
    if (before.endswith(" ") or not before) and after.startswith(" "):
        end += 1
    elif before.endswith(" ") and (not after or after[0] in _CLOSING):
        start -= 1
    return words.put(start, end, Words())


def _shared(one: str, other: str) -> int:
    """How many whole words, with the blanks behind them, both begin with."""
    same = 0
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            break
        if a == " ":
            same = at + 1
    else:
        shorter, longer = sorted((one, other), key=len)
        if len(shorter) == len(longer) or not longer[len(shorter)].isalnum() or not shorter[-1:].isalnum():
            same = len(shorter)
    return same


def changed(unit: Unit, by: str, **parts: object) -> Unit:
    """The unit with other parts, changed by an act."""
    return replace(unit, changed_by=(*(a for a in unit.changed_by if a != by), by), **parts)
