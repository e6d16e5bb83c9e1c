"""What a reader calls agencies, series and works: by the profile that the library keeps of an agency, else by the one that comes with the package, else by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lineage.answers.phrases import called as phrase
from lineage.model import Work
from lineage.profiles import Profile, kept, shipped

if TYPE_CHECKING:
    from lineage.store import SeriesRow
    from lineage.store.reading import Reading


class Names:
    """The names that a library gives, as it held them at a moment, or now. Each profile is asked for once."""

    def __init__(self, store: Reading, as_known: str | None = None) -> None:
        self._store, self._as_known = store, as_known
        self._profiles: dict[str, Profile | None] = {}

    def agency(self, agency: str) -> str:
        """The name of an agency."""
        profile = self._profile(agency)
        return profile.name if profile else agency

    def series(self, agency: str, series: str) -> str:
        """The name of a series."""
        profile = self._profile(agency)
        known = profile.series_by_id(series) if profile else None
        return known.name if known else series.replace("-", " ").title()

    def of(self, work: Work) -> tuple[str, str]:
        """The names of a work's agency and series."""
        return self.agency(work.agency), self.series(work.agency, work.series)

    def work(self, work: Work) -> str:
        """A work, by its series and its number, or its title where it has none."""
        return phrase(Work(work.id, work.agency, work.series, work.number, "" if work.number else work.title), self.series(work.agency, work.series))

    def in_series(self, one: Work | SeriesRow, wanted: str) -> bool:
        """Whether a work, or a series itself, is of the series that a person names, by its id or its name."""
        low = wanted.strip().lower().replace(" ", "-")
        return low in (one.series, f"{one.agency}/{one.series}", self.series(one.agency, one.series).lower().replace(" ", "-"))

    def _profile(self, agency: str) -> Profile | None:
        if agency not in self._profiles:
            sha256, words = self._store.profile(agency, self._as_known)
            self._profiles[agency] = kept(agency, sha256, words) if words or agency in shipped() else None
        return self._profiles[agency]
