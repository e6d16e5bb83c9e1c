"""By what an answer was made."""

from __future__ import annotations

from msgspec import Struct, field


class MadeBy(Struct, frozen=True):
    """The ``version`` of the tool; the ``head`` of the library's log and the number of its entry (None and 0 before the log began); the hash of each agency's profile. Of an answer as known on
    an earlier moment, head and profiles are those of that moment.
    """

    version: str
    head: str | None = None
    entries: int = 0
    profiles: dict[str, str] = field(default_factory=dict)
