"""Agencies as data: one TOML file each, standing on ``generic.toml``.

``load`` takes the id of a shipped profile or the path of a TOML file; ``recognise`` picks the shipped profile that fits a paper's first words.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage.doors import door
from lineage.errors import ProfileError
from lineage.profiles.labels import TELLS_NOTHING, fits, fits_alone, label_role, labels_in, opening_label, split_labels, value_end
from lineage.profiles.loading import Placeholders, build, read_table, restore, signs
from lineage.profiles.profile import ClassLife, Grant, Pattern, Profile, Rank, Review, Rule, Series
from lineage.profiles.times import GOES_ON, READINGS, TimeWords, read_time, settled_hour, two_midnights

if TYPE_CHECKING:
    from lineage.profiles.checking import Fault
else:
    __getattr__ = door(__name__, {"checking": ["Fault"]})

__all__ = ["GOES_ON", "READINGS", "TELLS_NOTHING", "ClassLife", "Fault", "Grant", "Pattern", "Profile", "Rank", "Review", "Rule", "Series", "TimeWords", "abbreviations", "check", "check_text", "fits", "fits_alone", "kept", "label_role", "labels_in", "load", "opening_label", "read_time", "recognise", "settled_hour", "shipped", "split_labels", "two_midnights", "value_end"]

AGENCIES = Path(__file__).parent / "agencies"


@cache
def shipped() -> tuple[str, ...]:
    """The ids of the profiles that come with the package, ``generic`` last."""
    names = sorted(path.stem for path in AGENCIES.glob("*.toml"))
    return (*(n for n in names if n != "generic"), "generic")


@lru_cache(maxsize=64)
def load(name: str) -> Profile:
    """The profile of this id, or of this TOML file.

    Raises ``ProfileError`` naming file and key where the file cannot be read, is no TOML, or holds a pattern that is none.
    """
    return _noted(build(read_table(path := _path(name), AGENCIES), str(path), eager=name not in shipped()))


@cache
def abbreviations() -> tuple[str, ...]:
    """The short names of all agencies of which a profile comes with the package. Their tables are read for it, and nothing is made of them."""
    return tuple(short for name in shipped() for short in read_table(_path(name), AGENCIES).get("abbreviations", ()))


def kept(agency: str, sha256: str = "", words: str = "") -> Profile:
    """The profile of an agency of which a library keeps these words, with their hash; without any the shipped one, or, where none is shipped, the general one under its name."""
    if words:
        return _made.get(sha256) or _noted(restore(words))
    return load(agency) if agency in shipped() else replace(load("generic"), id=agency)


# By the hash of their words, the last that were made: to read a file anew takes several times as long as to read the words that a library keeps.
_made: dict[str, Profile] = {}
_MOST_MADE = 64
_noting = Lock()


def _noted(profile: Profile) -> Profile:
    with _noting:
        _made[profile.sha256] = profile
        while len(_made) > _MOST_MADE:
            del _made[next(iter(_made))]
    return profile


def _path(name: str) -> Path:
    path = AGENCIES / f"{name}.toml" if name in shipped() else Path(name)
    if not path.is_file():
        raise ProfileError(
            f'There is no profile "{name}": it is neither shipped ({", ".join(shipped())}) nor a TOML file.',
            hint="Name one of these, or give the path of a TOML file.",
            code="profile.unknown",
            candidates=shipped(),
        )
    return path


def check(name: str) -> list[Fault]:
    """All faults of a profile's own file, by the id of a shipped profile or the path of a TOML file, in the order of its lines.

    Raises ``ProfileError`` where there is no such file, or it may not be read.
    """
    from lineage.profiles import checking

    return checking.check(_path(name), AGENCIES)


def check_text(text: str) -> list[Fault]:
    """The same for the text of a file."""
    from lineage.profiles import checking

    return checking.check_text(text, "", AGENCIES)


def recognise(words: str, among: Iterable[str] = ()) -> Profile:
    """The shipped profile most of whose recognising patterns stand in these words; ``generic`` where none does or two fit equally."""
    scored: list[tuple[int, str]] = []
    for name in among or shipped():
        hits = sum(bool(p.search(words)) for p in _signs(name))
        if hits:
            scored.append((hits, name))
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return load("generic")
    return load(scored[0][1])


@lru_cache(maxsize=64)
def _signs(name: str) -> tuple[Pattern, ...]:
    """The recognising patterns of a profile without the rest of it, which is made only of the one that fits."""
    table = read_table(path := _path(name), AGENCIES)
    return signs(table, Placeholders(table, str(path), eager=False))
