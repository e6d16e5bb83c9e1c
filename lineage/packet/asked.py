"""What a packet is asked for."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from lineage.errors import UsageError
from lineage.packet import declaring

PREFIX = "P"
_FIT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")


class Asked(Struct, frozen=True):
    """The rules (``works``, as a person calls them), the first and the last day, both counted; as known on which moment (None: now); the prefix of the numbers of copies; the jurisdictions of the drafts (none named: every one there is)."""

    works: tuple[str, ...]
    start: date
    end: date
    as_known_on: str | None = None
    prefix: str = PREFIX
    jurisdictions: tuple[str, ...] = ()

    def checked(self) -> Asked:
        """The same, each rule and jurisdiction once. Raises UsageError: ``usage.period`` where the first day comes after the last, ``packet.prefix``, ``packet.jurisdiction``, ``packet.no-work``."""
        if not self.works:
            raise UsageError("A packet is made for one rule or several, and none is named.", hint="lineage packet WORK... --from DATE --to DATE -o FOLDER", code="packet.no-work")
        if self.start > self.end:
            raise UsageError(f"The first day of the packet, {self.start.isoformat()}, comes after its last, {self.end.isoformat()}.", hint="Give the earlier day as --from.", code="usage.period")
        if not _FIT.fullmatch(self.prefix):
            raise UsageError(
                f'"{self.prefix}" cannot stand before the number of a copy, because the number becomes part of a file\'s name.',
                hint="Give up to 20 letters, digits, points, hyphens or low lines, with a letter or digit first: --number-prefix DEF",
                code="packet.prefix",
            )
        known = declaring.names()
        for name in self.jurisdictions:
            if name not in known:
                raise UsageError(f'There is no draft of a declaration for "{name}".', hint=f"There are drafts for: {', '.join(known)}.", code="packet.jurisdiction", candidates=known)
        return Asked(tuple(dict.fromkeys(self.works)), self.start, self.end, self.as_known_on, self.prefix, tuple(dict.fromkeys(self.jurisdictions or known)))
