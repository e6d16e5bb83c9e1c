"""What persons say of who may see a paper: that its rule may be given away, that it counts no longer, that its words are gone, that it is another with words blacked out. All of it is only added to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from msgspec import Struct

Access = Literal["restricted", "public"]
ACCESSES: tuple[Access, ...] = ("restricted", "public")

# What stands in the place of words that were taken out of a library for good, or that are kept back from an output.
PURGED = "[purged]"
WITHHELD = "a restricted rule"


class Marking(Struct, frozen=True):
    """That a work is restricted or public from then on: ``by`` whom (``account`` is the operating system's), ``because`` of what, and when (``said_at``, UTC).

    ``items`` are the texts that it then had. A work is public only while it has one of them, or, where it had none, has none: an id may come to name another rule.
    """

    work: str
    access: Access
    by: str
    because: str
    said_at: str
    account: str = ""
    items: tuple[str, ...] = ()


class Withdrawal(Struct, frozen=True):
    """That a file (``item``, its hash) counts in answers no longer, or, with ``undone``, again. ``works`` are the rules on which it bore."""

    item: str
    by: str
    because: str
    said_at: str
    account: str = ""
    undone: bool = False
    works: tuple[str, ...] = ()
    recorded_from: str = ""


class Purge(Struct, frozen=True):
    """That the words of a withdrawn file (``item``, its hash; ``size`` in bytes) were taken out of the library for good."""

    item: str
    size: int
    by: str
    because: str
    said_at: str
    account: str = ""


class Redaction(Struct, frozen=True):
    """That a file (``item``) is a copy of another (``of``) with words blacked out; both are hashes."""

    item: str
    of: str
    by: str = ""
    said_at: str = ""


def marked_public(markings: Iterable[Marking]) -> dict[str, Marking]:
    """The works that are marked public, each with the marking that counts: the last one of a work, in the order of their recording."""
    last = {one.work: one for one in markings}
    return {work: one for work, one in last.items() if one.access == "public"}


def public_works(markings: Iterable[Marking], texts: Mapping[str, Collection[str]]) -> frozenset[str]:
    """The works that are public by these markings, ``texts`` being the items of each work; a work without a marking is restricted."""
    return frozenset(work for work, one in marked_public(markings).items() if set(one.items) & set(texts.get(work, ())) or not (one.items or texts.get(work)))


def withdrawn_items(said: Iterable[Withdrawal]) -> dict[str, Withdrawal]:
    """The files that count no longer, by hash, each with the withdrawal that says so; the last one of a file counts."""
    last = {one.item: one for one in said}
    return {item: one for item, one in last.items() if not one.undone}
