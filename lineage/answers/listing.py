"""A part of the list of the rules in force: the whole list is counted by its statuses alone, and only the part that is read is asked for in full."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lineage.answers.asking import Lived, held_of, matching_works, of_series, place_of_work, rulings_of
from lineage.answers.binding import ANYONE, Whom
from lineage.model import INDEX_SERIES, Held, InForce, Work
from lineage.model.dates import shifted
from lineage.model.hours import When
from lineage.model.time import Status

if TYPE_CHECKING:
    from lineage.store.reading import Reading
    from lineage.store.rows import Life


STATUSES: tuple[Status, ...] = ("in-force", "not-provable", "not-in-force")


@dataclass(frozen=True, slots=True)
class Roll:
    """All works that are known of at a moment, in the order of lists, and how each stands by its periods alone; what is held of each series. It serves every day, until something is recorded.

    ``lives`` has for each work the days (ISO) from which its periods run, in order, and their statuses; ``named`` says that some work bore several numbers, so that the order is another on other days. ``read`` are the periods and texts of works
    that were listed, for the next list.
    """

    works: tuple[tuple[tuple[object, ...], Work], ...]
    lives: dict[str, Life]
    held: tuple[Held, ...]
    named: bool
    not_held: int
    as_known: str | None
    read: dict[str, Lived] = field(default_factory=dict)

    def status(self, work: str, day: str) -> Status | None:
        """How a work stands on a day (ISO); None where no period covers it."""
        life = self.lives.get(work)
        at = bisect_right(life[0], day) if life else 0
        return life[1][at - 1] if life and at else None


def roll(store: Reading, as_known: str | None = None) -> Roll:
    """The roll of a library."""
    works = sorted(((place_of_work(w), w) for w in store.works(as_known=as_known) if w.series != INDEX_SERIES), key=lambda one: one[0])
    return Roll(tuple(works), store.standings(as_known), held_of(store, None, as_known), any(w.numbers for _, w in works), sum(not w.held for _, w in works), as_known)


def part_in_force(
    store: Reading, of: Roll, when: When, start: int, count: int, *, series: str | None = None, agency: str | None = None, match: str | None = None, every: bool = False, whom: Whom = ANYONE
) -> InForce:
    """The same list as ``in_force`` gives, of which only ``count`` rules from the place ``start`` (from 0) are told; ``counts`` are those of the whole. Raises as ``in_force``."""
    as_known = of.as_known
    works = [w for _, w in (of.works if not of.named else sorted(((place_of_work(w.on(when.day)), w) for _, w in of.works), key=lambda one: one[0]))]
    if agency or series is not None:
        works = [w for w in works if (not agency or w.agency == agency) and (series is None or of_series(w, series))]
    not_held = of.not_held if not agency and series is None else sum(not w.held for w in works)
    held = of.held if series is None else held_of(store, {(w.agency, w.series) for w in works}, as_known)
    matched_as = None
    if match:
        matching, matched_as = matching_works(store, works, match, as_known)
        works = [w for w in works if w.id in matching]
    listed, counts = _listed(store, of, when, works, every)
    rulings = tuple(r for r, _ in rulings_of(store, when, listed[start : start + count], as_known, whom, read=of.read))
    return InForce(when.day, as_known, rulings, held, not_held, matched_as, when.hour, when.asked, counts=counts)


def _listed(store: Reading, of: Roll, when: When, works: Sequence[Work], every: bool) -> tuple[list[Work], dict[Status, int]]:
    """The works that a list names, and how many of them stand how."""
    day, status = when.day.isoformat(), of.status
    standing = [status(w.id, day) for w in works]
    # Of these the status alone does not tell: what is not held, what has no period, and at a time what changes about the day.
    near = store.turning(shifted(when.day, -1), shifted(when.day, 1), of.as_known) if when.hour is not None else ()
    unsure = [w for w, stands in zip(works, standing, strict=True) if not w.held or stands is None or w.id in near]
    told = {r.work.id: (r.status, listed) for r, listed in rulings_of(store, when, unsure, of.as_known)} if unsure else {}
    found, counts = [], dict.fromkeys(STATUSES, 0)
    for work, stands in zip(works, standing, strict=True):
        how, is_in = told.get(work.id, (stands, stands != "not-in-force"))
        if how is not None and (every or is_in):
            found.append(work)
            counts[how] += 1
    return found, counts
