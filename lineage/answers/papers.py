"""The files that an answer speaks of, by name."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lineage.store.reading import Reading

HASH = 64
_IS_ITEM = re.compile(r"[0-9a-f]{64}(?:~\d+)?").fullmatch


def names_of_items(store: Reading, answer: object, as_known: str | None) -> dict[str, str]:
    """The names of the files of all items that an answer speaks of."""
    return {row.sha256: row.name for row in store.items(as_known, items_in(answer))}


def items_in(value: object) -> set[str]:
    """The items that a value of the model speaks of, wherever in it they are named.

    >>> items_in((1, {"ab" * 32: None}))
    {'abababababababababababababababababababababababababababababababab'}
    """
    found: set[str] = set()
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if len(one) >= HASH and _IS_ITEM(one):
                found.add(one)
        elif isinstance(one, (tuple, list, set, frozenset)):
            waiting += one
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif is_dataclass(one):
            waiting += [getattr(one, f.name) for f in fields(one)]
    return found
