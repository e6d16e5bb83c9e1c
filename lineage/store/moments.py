"""Recorded time: UTC moments as text that sorts as time does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from lineage.errors import StoreError

# Fits after every moment, so that an open fact needs no special case in a comparison.
FOREVER = "9999-12-31T23:59:59.999999Z"

# The last moment at which an open fact holds; to ask for it is to ask what is held now.
NOW = "9999-12-31T23:59:59.999998Z"

# Fit before and after every ISO day.
BEGINNING, END = "0000-00-00", "9999-99-99"


def text_of(moment: datetime) -> str:
    """An aware moment as ``2026-08-03T09:15:02.000000Z``. ValueError for one without a time zone, because it would mean a different
    moment elsewhere.
    """
    if moment.tzinfo is None:
        raise ValueError(
            f"The library's clock gave {moment.isoformat()}, which has no time zone; give it an aware datetime, such as datetime.now(UTC)."
        )
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def after(last: str, now: datetime) -> str:
    """The moment of a new transaction: now, but always later than the last one, also when the clock stands still or jumps back.

    >>> after("2026-08-03T09:15:02.000000Z", datetime(2026, 8, 3, 9, 15, 2, tzinfo=UTC))
    '2026-08-03T09:15:02.000001Z'
    """
    moment = text_of(now)
    return moment if moment > last else text_of(datetime.fromisoformat(last) + timedelta(microseconds=1))


def canonical(moment: str) -> str:
    """A moment in the form in which moments are recorded, so that they compare as text. StoreError ``store.moment`` for what is no moment.

    >>> canonical("2026-08-03T11:15:02+02:00")
    '2026-08-03T09:15:02.000000Z'
    """
    if len(moment) == len(FOREVER) and moment[-1] == "Z" and moment[19] == ".":
        return moment
    try:
        return text_of(datetime.fromisoformat(moment))
    except ValueError as error:
        raise StoreError(
            f"“{moment}” is not a moment, so the library cannot tell what it held then.",
            hint="Give a UTC moment such as 2026-08-03T09:15:02Z.",
            code="store.moment",
        ) from error
