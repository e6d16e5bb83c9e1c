"""What an incident sheet says: the rules at a time, in their standing, as far as they have the words that are asked about."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from lineage.model.answer import Held, Ruling
from lineage.model.happening import Happening


class Side(Struct, frozen=True):
    """The rules at that time by one of two clocks. All but ``others`` have one of the words: those in force, those suspended, those issued that take effect later, those not established. ``others`` are the rules in
    force that have none of the words."""

    in_force: tuple[Ruling, ...]
    suspended: tuple[Ruling, ...]
    pending: tuple[Ruling, ...]
    not_established: tuple[Ruling, ...]
    others: tuple[Ruling, ...]


class Incident(Struct, frozen=True):
    """One sheet. ``words`` are what was asked for, each by itself; none asks for all rules. ``published`` counts only what was out by the day, and is None where that cannot be told (``why_not``); ``held`` is by
    all documents held now. ``before`` and ``after`` are what happened to those rules within sixty days. ``recorded_at`` is the last recording of the library. ``misread`` are words that no rule has
    as read: the rules listed for them may have them, if OCR misread them."""

    on: date
    hour: str | None
    asked: str
    words: tuple[str, ...]
    unit: str | None
    rank: str | None
    published: Side | None
    held: Side
    before: tuple[Happening, ...]
    after: tuple[Happening, ...]
    held_series: tuple[Held, ...]
    not_held: int
    recorded_at: str | None
    item_names: dict[str, str]
    misread: tuple[str, ...] = ()
    why_not: str = ""
    uncounted: int = 0
    left_out: int | None = None
