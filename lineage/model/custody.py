"""Where a file came from, and whether the copy shows a signature: what is said of an item as evidence, and no fact of the rule."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

SignatureState = Literal["shown", "not-shown", "not-readable"]


class Provenance(Struct, frozen=True):
    """Where a file came from, as whoever took it in said: the source in words, who keeps it, the day on which it was obtained, and whether it is a certified copy.

    ``recorded_from`` is the UTC moment at which that was recorded; the same of a value not yet recorded is empty.
    """

    source: str = ""
    custodian: str = ""
    obtained_on: date | None = None
    certified: bool = False
    recorded_from: str = ""

    @property
    def said(self) -> bool:
        """Whether it says anything."""
        return bool(self.source or self.custodian or self.obtained_on or self.certified)


class Signature(Struct, frozen=True):
    """Whether a copy shows a signature: ``shown`` where words of the copy are one, ``not-readable`` where a picture stands in which one may be, else ``not-shown``.

    ``why`` says it in words; ``page`` is where (from 1, None where nowhere).
    """

    state: SignatureState
    why: str
    page: int | None = None


class Copy(Struct, frozen=True):
    """An item that an answer rests on, as a copy: its name, what is recorded of where it came from (oldest first), and of its signature (None where it was never looked for)."""

    item: str
    name: str
    provenance: tuple[Provenance, ...] = ()
    signature: Signature | None = None
