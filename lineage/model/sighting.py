"""Sightings: what an agency's site showed on a day."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from lineage.model.finding import digest


class Listing(Struct, frozen=True):
    """The files that a site showed on a day, by the hashes of their bytes. ``complete`` means that nothing else of their series was published then.

    ``unread`` counts names on it of which no bytes are at hand; ``source`` says where it is written.
    """

    on: date
    files: frozenset[str]
    complete: bool = False
    unread: int = 0
    source: str = ""

    @property
    def id(self) -> str:
        """A name that stays while the listing says the same, wherever it is written."""
        return f"{self.on.isoformat()}-{digest(str(self.complete), str(self.unread), *sorted(self.files))}"


class Look(Struct, frozen=True, order=True):
    """A day on which a complete listing speaks of a series. ``sure`` where each file on it is known, so that what is absent was not shown."""

    on: date
    sure: bool = True
