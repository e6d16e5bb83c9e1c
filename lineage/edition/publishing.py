"""From a library to the page: which rules, which days, and what is said of each."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256

from msgspec import Struct

from lineage import __version__, answers
from lineage.edition.page import Head, drawn
from lineage.edition.remembering import Remembering
from lineage.edition.rule import Rule
from lineage.edition.saying import said
from lineage.edition.stretches import stretches
from lineage.edition.turning import turning_days
from lineage.errors import LineageError, NotFoundError, UsageError
from lineage.library import Library
from lineage.model import InForce, bytes_of
from lineage.model.dates import long_date

# Days with a year of four figures, as a date field writes them; the day after the last must be a day too.
FIRST, LAST = date(1000, 1, 1), date(9999, 12, 30)


class Edition(Struct, frozen=True):
    """A page that was made, and what is in it. ``first`` and ``last`` are None where every day is answered."""

    page: bytes
    title: str
    rules: int
    stretches: int
    texts: int
    files: int
    left_out: int
    recorded_at: str
    first: date | None = None
    last: date | None = None
    as_known_on: str | None = None

    @property
    def sha256(self) -> str:
        """The hash of the page."""
        return sha256(self.page).hexdigest()


def publish(
    library: Library, *, series: str | None = None, first: date | None = None, last: date | None = None, as_known_on: str | None = None, title: str | None = None
) -> Edition:
    """The public rules of a library (or of one series) as one page that answers every day, or those from ``first`` through ``last``. The same library gives the same bytes.

    Raises UsageError ``usage.period`` where the days are in the wrong order or out of reach, NotFoundError ``edition.nothing-public`` where no rule is public, LineageError ``edition.restless`` where an answer turns on
    too many days, ``edition.overtaken`` where something was recorded while the page was made; and as ``Library.in_force``.
    """
    start, end = first or FIRST, last or LAST
    if not FIRST <= start <= end <= LAST:
        raise UsageError(f"No day from {long_date(start)} through {long_date(end)} can be asked about on a page.", hint="Give the earlier day as --from, and years of four figures.", code="usage.period")
    stood = library.store.last_moment() or library.store.created_at
    held = Remembering(library.store)
    public, as_known = Library(library.store, held), library.moment(as_known_on)
    listed = public.in_force(end, series=series, every=True, as_known_on=as_known_on)
    if not listed.rulings:
        raise _nothing(series, as_known_on)
    example = min(max(date.fromisoformat(stood[:10]), start), end)
    rules = [_rule(public, held, ruling.work.id, start, end, example, as_known_on, as_known) for ruling in listed.rulings]
    recorded = (library.store.last_moment(as_known) or stood) if as_known else stood
    # Not asked in one sitting: that would keep every other program from writing for as long as the page is made.
    if library.store.last_moment() != stood:
        raise LineageError("Something was recorded in the library while the page was made, so the page was not kept.", hint="Run it again.", code="edition.overtaken")
    head = Head(
        title=title or _title(listed), agencies=tuple(dict.fromkeys(r.agency_name for r in listed.rulings)), made_by=f"lineage {__version__}", recorded=answers.readable(recorded), recorded_at=recorded,
        left_out=public.left_out(as_known_on) or 0, held=listed.held, not_held=listed.not_held, start=start, end=end, bounded=(first is not None, last is not None), as_known_on=as_known_on, series=series,
    )  # fmt: skip
    page = drawn(head, rules).encode("utf-8")
    texts = sum(len(rule.texts) for rule in rules)
    files = {file for rule in rules for file in rule.files}
    return Edition(page, head.title, len(rules), sum(len(r.stretches) for r in rules), texts, len(files), head.left_out, recorded, first, last, as_known_on)


def _rule(library: Library, held: Remembering, work: str, first: date, last: date, example: date, as_known_on: str | None, as_known: str | None) -> Rule:
    told = library.history(work, as_known_on)
    ask = cache(lambda day: said(library.show(work, day, as_known_on)))
    name = answers.Names(held, as_known).work(told.work)
    found = stretches(ask, first, last, turning_days(library, held, work, as_known), name)
    own = [(bytes_of(x.item), told.item_names[x.item]) for x in told.expressions if x.item in told.item_names]
    files = dict.fromkeys([*own, *(source for one in found for source in one.said.sources)])
    return Rule(told, ask(last).name, found, tuple(files), first, last, example)


def _title(listed: InForce) -> str:
    agencies = list(dict.fromkeys(r.agency_name for r in listed.rulings))
    return f"Rules of the {agencies[0]}" if len(agencies) == 1 else f"Rules of {len(agencies)} agencies"


def _nothing(series: str | None, as_known_on: str | None) -> NotFoundError:
    of = f' of the series "{series}"' if series else ""
    then = f", as the library stood at {as_known_on}" if as_known_on else ""
    return NotFoundError(
        f"No rule{of} is marked public{then}, so there is nothing that may be published.",
        hint='Mark what may be given away, then publish again: lineage mark WORK public --by "N. Name" --because "...", or all of a series with --series.', code="edition.nothing-public",
    )  # fmt: skip
