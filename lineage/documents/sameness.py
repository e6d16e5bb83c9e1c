"""When two documents say the same."""

from __future__ import annotations

from msgspec import Struct

from lineage.model import Text


def same(one: object, other: object) -> bool:
    """Whether two values of the model are equal, texts by their strings and their pieces (and not by how their lines are cut)."""
    if isinstance(one, Text) and isinstance(other, Text):
        return one.string == other.string and one.pieces() == other.pieces()
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, Struct) and type(one) is type(other):
        return all(same(getattr(one, name), getattr(other, name)) for name in one.__struct_fields__)
    return one == other
