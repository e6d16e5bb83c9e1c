"""The clocks of the agencies: each work is asked about by its own agency's zone, and a local time that the clocks show twice, or never, is not guessed at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lineage.answers.learning import readable
from lineage.errors import AmbiguousError, LineageError, UsageError
from lineage.model import Work
from lineage.model.hours import When
from lineage.profiles import kept, shipped

if TYPE_CHECKING:
    from lineage.store.reading import Reading


def local(when: When, works: Iterable[Work], store: Reading) -> dict[str, When]:
    """What is asked, by the clocks of each agency of these works. A day is the same day by all of them.

    Raises AmbiguousError ``hours.twice`` with both moments where a time without its zone is shown twice (clocks are set back), UsageError ``usage.hour`` where it is
    never shown (clocks are set forward). A time with its zone is one moment, and is asked about by each agency's own clocks.
    """
    here = {}
    for agency in sorted({w.agency for w in works}):
        zone = zone_of(store, agency) if when.hour else None
        if zone is not None:
            _certain(when, zone)
        here[agency] = when.here(zone) if zone else when
    return here


def moment_of(asked: str, zone: Callable[[], ZoneInfo], created_at: str) -> str:
    """The exact UTC moment that "as known on" means: the end of a day in a zone, or the moment itself. ``created_at`` is that at which the library was made.

    Raises UsageError ``usage.moment`` where it is neither, LineageError ``library.not-yet`` before the library was created.
    """
    try:
        if "T" in asked:
            moment = datetime.fromisoformat(asked)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=zone())
        else:
            moment = datetime.combine(date.fromisoformat(asked), time(), zone()) + timedelta(days=1) - timedelta(microseconds=1)
        text = f'{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")}Z'  # strftime writes the year 999 in three figures
    except (ValueError, OverflowError):
        raise UsageError(f'"{asked}" is no day and no moment.', hint="Write a day as 2026-08-01 or a moment as 2026-08-01T09:00:00Z.", code="usage.moment") from None
    if text < created_at:
        raise LineageError(
            f"This library was created on {readable(created_at)}; before that it held nothing, so what it held at {readable(text)} cannot be asked.",
            hint="Ask for a later day or moment.",
            code="library.not-yet",
        )
    return text


def zone_of(store: Reading, agency: str) -> ZoneInfo:
    """The zone of an agency: that of the profile by which its papers are read; in a library that kept none yet, that of its documents."""
    sha256, words = store.profile(agency)
    return ZoneInfo(kept(agency, sha256, words).time_zone if words or agency in shipped() else _kept(store, agency))


def _kept(store: Reading, agency: str) -> str:
    from lineage import documents

    items = (x.item for x in store.expressions() if x.work.split("/", 1)[0] == agency)
    item = next(items, None)
    return documents.read(store.document(item)).time_zone if item else "UTC"


def _certain(when: When, zone: ZoneInfo) -> None:
    offsets = when.offsets(zone)
    if when.offset is not None:
        return  # one moment, whatever the clocks show
    if not offsets:
        raise UsageError(
            f"{when.asked} is a time that the clocks of {zone.key} never showed: they were set forward over it that day, so nothing happened then.",
            hint="Ask for a time before or after the change of the clocks.",
            code="usage.hour",
        )
    if len(offsets) > 1:
        raise AmbiguousError(
            f"{when.asked} is a time that the clocks of {zone.key} showed twice, as they were set back that day; which of the two is meant is not said.",
            hint="Ask with one of these, which give the zone.",
            candidates=tuple(f"{when.day.isoformat()}T{when.hour}{offset}" for offset in offsets),
            code="hours.twice",
        )
