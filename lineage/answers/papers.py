"""The files that an answer speaks of, by name."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from msgspec import to_builtins
from msgspec.json import Encoder

if TYPE_CHECKING:
    from lineage.store.reading import Reading

HASH = 64
_IS_ITEM = re.compile(rb"[0-9a-f]{64}(?:~\d+)?").fullmatch
_encode = Encoder().encode


def names_of_items(store: Reading, answer: object, as_known: str | None) -> dict[str, str]:
    """The names of the files of all items that an answer speaks of."""
    return {row.sha256: row.name for row in store.items(as_known, items_in(answer))}


def items_in(value: object) -> set[str]:
    """The items that a value of the model speaks of, wherever in it they are named.

    >>> items_in((1, {"ab" * 32: None}))
    {'abababababababababababababababababababababababababababababababab'}
    """
    # As one text, in which they are found sooner than by going through all of its parts.
    try:
        text = _encode(value)
    except UnicodeEncodeError:  # a person may give bytes that are no text, and Python keeps them as signs that are none
        text = json.dumps(to_builtins(value)).encode()
    return {part.decode() for part in set(text.split(b'"')) if len(part) >= HASH and _IS_ITEM(part)}
