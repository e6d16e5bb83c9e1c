"""The files that an answer speaks of, by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from lineage.store.reading import Reading

HASH = 64
# Parts of these types name no item.
_NAMES_NONE = re.compile(r"(?:int|bool|float|date|Box|Interval)(?: \| None)?").fullmatch
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
    waiting: list[Any] = [value]
    while waiting:
        one = waiting.pop()
        kind: Any = type(one)
        if kind is str:
            if len(one) >= HASH and _IS_ITEM(one):
                found.add(one)
        elif kind not in _PLAIN:
            waiting += _inside(kind)(one)
    return found


_PLAIN = frozenset((NoneType, bool, int, float, date, datetime))


@cache
def _inside(kind: Any) -> Callable[[Any], Iterable[Any]]:
    """What gives the parts of a value of a kind."""
    if issubclass(kind, str):
        return lambda one: [str(one)]
    if issubclass(kind, (tuple, list, set, frozenset)):
        return iter
    if issubclass(kind, Mapping):
        return lambda one: [*one, *one.values()]
    written = {name: str(said) for cls in kind.__mro__ for name, said in getattr(cls, "__annotations__", {}).items()}
    names = [name for name in kind.__struct_fields__ if not _NAMES_NONE(written[name])] if issubclass(kind, Struct) else []
    if len(names) < 2:
        return lambda one: [getattr(one, name) for name in names]
    return attrgetter(*names)
