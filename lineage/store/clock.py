"""The library's own clock, asked of a library: when something was recorded, and what came in then."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from lineage.model.learning import PeriodRow, Recorded
from lineage.store import learning, log, schema
from lineage.store.asking import known
from lineage.store.driving import Asked
from lineage.store.log import Head
from lineage.store.moments import NOW, canonical

_LAST = select(func.max(schema.recording.c.recorded_at)).where(schema.recording.c.recorded_at <= bindparam("moment"))


class Clocked(Asked):
    """The questions about recorded time."""

    def history_moments(self) -> list[str]:
        """The moments at which something was recorded, oldest first."""
        with self._asking() as connection:
            return list(connection.execute(select(schema.recording.c.recorded_at).order_by(schema.recording.c.recorded_at)).scalars())

    def moments_of(self, work: str) -> list[str]:
        """The moments at which a fact about a work was recorded, or one of a work with which it has a relation; oldest first."""
        with self._asking() as connection:
            return learning.moments_of(connection, work)

    def period_rows(self, work: str) -> list[PeriodRow]:
        """Every period of a work that was ever held, with the moments between which it was."""
        with self._asking() as connection:
            return learning.period_rows(connection, work)

    def works_at(self, moment: str) -> set[str]:
        """The works about which anything was recorded, or given up, at a moment."""
        with self._asking() as connection:
            return learning.works_at(connection, moment)

    def recorded_at(self, moment: str) -> Recorded:
        """What came in at a moment."""
        with self._asking() as connection:
            return learning.recorded_at(connection, moment)

    def last_moment(self, as_known: str | None = None) -> str | None:
        """The last moment, up to that given, at which anything was recorded."""
        found: str | None = self._rows(_LAST, moment=canonical(as_known or NOW))[0][0]
        return found

    def head(self, as_known: str | None = None) -> Head | None:
        """The last entry of the log, now or up to a moment; None before the log began."""
        with self._asking() as connection:
            return log.head(connection, canonical(as_known) if as_known else None)

    def profile_hashes(self, as_known: str | None = None) -> dict[str, str]:
        """The hash of the profile by which the papers of each agency are read."""
        profile = schema.profile
        with self._asking() as connection:
            rows = connection.execute(select(profile.c.agency, profile.c.sha256).where(known(profile, as_known)).order_by(profile.c.agency))
            return {row.agency: row.sha256 for row in rows}

    def first_agency(self) -> str | None:
        """The agency of the work that was recorded first."""
        with self._asking() as connection:
            return learning.first_agency(connection)
