"""The profile of each agency as a library keeps it: the one by which its papers were last read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lineage import profiles
from lineage.errors import ProfileError
from lineage.model import INDEX_SERIES
from lineage.profiles import Profile

if TYPE_CHECKING:
    from lineage.store import Writing
    from lineage.store.reading import Reading


def of(held: Reading, agency: str, as_known: str | None = None) -> Profile:
    """The profile by which the papers of an agency were read, as held at a moment."""
    return profiles.kept(agency, *held.profile(agency, as_known))


def keep(writing: Writing, profile: Profile) -> set[str]:
    """Read the agency's papers by this profile from now on; gives back the works whose lives have to be unrolled anew, because it says otherwise of them than the one before."""
    sha256, words = writing.profile(profile.id)
    if sha256 == profile.sha256:
        return set()
    before = profiles.kept(profile.id, sha256, words)
    writing.set_profile(profile.id, profile.sha256, profile.words)
    if _of_lives(before) == _of_lives(profile):
        return set()
    return {w.id for w in writing.works(agency=profile.id) if w.series != INDEX_SERIES}


def named(agency: str, name: str | None) -> Profile | None:
    """The profile that a user names, where it is that of the agency."""
    try:
        found = profiles.load(name) if name else None
    except ProfileError:
        return None
    return found if found is not None and found.id == agency else None


def _of_lives(profile: Profile) -> tuple[object, ...]:
    return profile.cascade, profile.revival, tuple((s.id, s.name) for s in profile.series)
