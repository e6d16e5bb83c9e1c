"""Numbers of orders as shapes: what they have in common, as a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PARTS = re.compile(r"\d+|[A-Z]+|[a-z]+|.")
_CLASSES = {"9": r"\d", "A": "[A-Z]", "a": "[a-z]"}


def skeleton(number: str) -> tuple[str, ...]:
    """The kinds of its parts: figures ``9``, capitals ``A``, small letters ``a``, and any other sign as it is.

    >>> skeleton("UOF-02/19")
    ('A', '-', '9', '/', '9')
    """
    return tuple("9" if p.isdigit() else "A" if p.isupper() else "a" if p.islower() else p for p in _PARTS.findall(number))


def pattern_of(numbers: Iterable[str]) -> str:
    """A pattern that finds each of the numbers, and others of their shapes and lengths.

    >>> pattern_of(["5.19", "5.2", "12.3", "UOF-02"])
    '(?:\\\\d{1,2}\\\\.\\\\d{1,2}|[A-Z]{3}-\\\\d{2})'
    """
    shapes: dict[tuple[str, ...], list[list[int]]] = {}
    for number in numbers:
        shapes.setdefault(skeleton(number), []).append([len(part) for part in _PARTS.findall(number)])
    found = ["".join(_part(kind, [lengths[n] for lengths in all_lengths]) for n, kind in enumerate(kinds)) for kinds, all_lengths in shapes.items()]
    # The longest first, since the first that fits is taken.
    found.sort(key=lambda pattern: (-len(pattern), pattern))
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def _part(kind: str, lengths: list[int]) -> str:
    if kind not in _CLASSES:
        return kind if kind in "-/# " else re.escape(kind)
    least, most = min(lengths), max(lengths)
    times = "" if most == 1 else f"{{{least}}}" if least == most else f"{{{least},{most}}}"
    return _CLASSES[kind] + times
