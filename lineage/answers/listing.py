"""A part of the list of the rules in force: the whole list is counted by its statuses alone, and only the part that is read is asked for in full."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import compress, islice
from typing import TYPE_CHECKING

from msgspec import Struct, field

from lineage.answers.asking import Lived, held_of, matching_works, place_of_work, rulings_of
from lineage.answers.binding import ANYONE, Whom
from lineage.answers.calling import Names
from lineage.answers.standings import IN_FORCE, LISTED, NOT_IN_FORCE, OPEN, OPEN_NOT_HELD, STATUS_OF, Standings
from lineage.model import INDEX_SERIES, Held, InForce, Work
from lineage.model.dates import shifted
from lineage.model.hours import When
from lineage.model.time import Status

if TYPE_CHECKING:
    from lineage.store.reading import Reading

STATUSES: tuple[Status, ...] = ("in-force", "not-provable", "not-in-force")

# So many orders of the works are kept: where numbers were given anew, they are in another order on other days.
MOST_ORDERS = 16


class Roll(Struct, frozen=True):
    """All works that are known of at a moment, in the order of lists, and how each stands by its periods alone; what is held of each series. It serves every day, until something is recorded.

    ``keys`` are the works' places in that order; ``named`` those works (by their place) that bore several numbers, so that the order is another on other days. ``read`` are the periods and texts of works that were listed, for the
    next list.
    """

    works: tuple[Work, ...]
    keys: tuple[tuple[object, ...], ...]
    named: tuple[int, ...]
    standings: Standings
    held: tuple[Held, ...]
    not_held: int
    as_known: str | None
    read: dict[str, Lived] = field(default_factory=dict)
    orders: dict[tuple[object, ...], Sequence[int]] = field(default_factory=dict)

    def order(self, day: date) -> Sequence[int]:
        """The places of the works in the order of the day."""
        if not self.named:
            return range(len(self.works))
        then = {at: place_of_work(self.works[at].on(day)) for at in self.named}
        name = tuple(then.values())
        found = self.orders.get(name)
        if found is None:
            if len(self.orders) >= MOST_ORDERS:
                self.orders.clear()
            found = self.orders[name] = sorted(range(len(self.works)), key=lambda at: then.get(at, self.keys[at]))
        return found


def roll(store: Reading, as_known: str | None = None) -> Roll:
    """The roll of a library."""
    placed = sorted(((place_of_work(w), w) for w in store.works(as_known=as_known) if w.series != INDEX_SERIES), key=lambda one: one[0])
    works = tuple(w for _, w in placed)
    named = tuple(at for at, w in enumerate(works) if w.numbers)
    return Roll(works, tuple(key for key, _ in placed), named, Standings(works, store.standings(as_known)), held_of(store, None, as_known), sum(not w.held for w in works), as_known)


def part_in_force(
    store: Reading, of: Roll, when: When, start: int, count: int, *, series: str | None = None, agency: str | None = None, match: str | None = None, every: bool = False, whom: Whom = ANYONE
) -> InForce:
    """The same list as ``in_force`` gives, of which only ``count`` rules from the place ``start`` (from 0) are told; ``counts`` are those of the whole. Raises as ``in_force``."""
    as_known, places, not_held, held, matched_as = of.as_known, of.order(when.day), of.not_held, of.held, None
    if agency or series is not None:
        names = Names(store, as_known)
        places = [at for at in places if (not agency or of.works[at].agency == agency) and (series is None or names.in_series(of.works[at], series))]
        not_held = sum(not of.works[at].held for at in places)
    if series is not None:
        held = held_of(store, {(of.works[at].agency, of.works[at].series) for at in places}, as_known)
    if match:
        matching, matched_as = matching_works(store, [of.works[at] for at in places], match, as_known)
        places = [at for at in places if of.works[at].id in matching]
    codes = _codes(store, of, when)
    codes = codes if len(places) == len(codes) and isinstance(places, range) else bytes([codes[at] for at in places])
    named = codes if every else codes.translate(LISTED)
    told = [of.works[at] for at in islice(places if every else compress(places, named), start, start + count)]
    rulings = tuple(r for r, _ in rulings_of(store, when, told, as_known, whom, read=of.read))
    counts = dict.fromkeys(STATUSES, 0)
    for code, status in enumerate(STATUS_OF):
        counts[status] += codes.count(code) if every or LISTED[code] else 0
    return InForce(when.day, as_known, rulings, held, not_held, matched_as, when.hour, when.asked, counts=counts)


def _codes(store: Reading, of: Roll, when: When) -> bytes | bytearray:
    """How the works stand, by their places; at a time, those that change about the day are asked one by one."""
    codes = of.standings.on(when.day.isoformat())
    if when.hour is not None:
        near = store.turning(shifted(when.day, -1), shifted(when.day, 1), of.as_known)
        places = [at for at, w in enumerate(of.works) if w.id in near]
        for at, (ruling, listed) in zip(places, rulings_of(store, when, [of.works[at] for at in places], of.as_known), strict=True):
            codes[at] = IN_FORCE if ruling.status == "in-force" else NOT_IN_FORCE if ruling.status == "not-in-force" else OPEN if listed else OPEN_NOT_HELD
    return codes
