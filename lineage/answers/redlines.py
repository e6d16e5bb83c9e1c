"""The redline between two neighbouring periods of a life, where the words of both are held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lineage import consolidation
from lineage.answers.wording import acts_of, changed_by, unit_of, wordings
from lineage.model import Period, Relation, Wording, Work
from lineage.model.happening import Redline

if TYPE_CHECKING:
    from lineage.store.reading import Reading


class Redlines:
    """Makes redlines; the acts upon a rule and its words are asked for once. ``names`` are what a reader calls works, as far as they are known,
    ``items`` the names of the files."""

    def __init__(self, store: Reading, names: dict[str, str], items: dict[str, str], as_known: str | None) -> None:
        self.store = store
        self.names = names
        self.items = items
        self.as_known = as_known
        self._acts: dict[str, list[Relation]] = {}
        self._made: dict[str, dict[int, Wording]] = {}
        self._held: dict[str, Wording] = {}

    def between(self, work: Work, periods: Sequence[Period], at: int) -> tuple[Redline | None, str]:
        """What became of the words from the last period with words before ``at`` to the one at ``at``; None with the reason where it cannot be shown."""
        new = periods[at]
        old = next((n for n in range(at - 1, -1, -1) if periods[n].status == "in-force"), None)
        if old is None:
            return None, ""
        if (periods[old].item, periods[old].changes) == (new.item, new.changes):
            return None, ""
        before, after = self.words(work, periods, old), self.words(work, periods, at)
        if before is None or after is None:
            return None, f"the words {'before' if before is None else 'since'} are not held"
        lineal = periods[old].item == new.item
        shifts = consolidation.compare(before, after, one_base=lineal)
        acts = {a.relation.id: a for a in changed_by(after, self._acts.get(work.id, ()), self._called(work))} if new.changes else {}
        complete = periods[old].complete and new.complete
        if not shifts:
            return None, "no word differs" if complete else "the change is not applied, so what differs cannot be shown"
        return Redline(tuple(shifts), acts, "" if lineal else self.items.get(new.item or "", ""), complete, bool(new.changes), _until(periods, old, at)), ""

    def words(self, work: Work, periods: Sequence[Period], at: int) -> Wording | None:
        """The words of the period at a place of a life; None where they are not held."""
        period = periods[at]
        if period.item is None and not period.changes:
            return None
        if not period.changes:
            if period.item not in self._held:
                self._held[period.item or ""] = Wording(tuple(map(unit_of, self.store.clauses(period.item or ""))))
            return self._held[period.item or ""] if self._held[period.item or ""].units else None
        if work.id not in self._made:
            acts = self._acts_upon(work, periods)
            self._made[work.id] = wordings(self.store, work, periods, acts)
        made = self._made[work.id].get(at)
        return made if made is not None and made.units else None

    def _acts_upon(self, work: Work, periods: Sequence[Period]) -> list[Relation]:
        if work.id not in self._acts:
            acts = self.store.relations(works={work.id}, as_known=self.as_known)
            changed = [p for p in periods if p.changes]
            self._acts[work.id] = acts_of(self.store, changed[-1], acts, self.as_known) if changed else acts
        return self._acts[work.id]

    def _called(self, work: Work) -> dict[str, str]:
        from lineage.answers.calling import Names

        wanted = {a.affecting.work for a in self._acts.get(work.id, ()) if a.affecting.work} - self.names.keys()
        calling = Names(self.store, self.as_known)
        self.names.update((w.id, calling.work(w)) for w in (self.store.works(ids=wanted, as_known=self.as_known) if wanted else ()))
        return self.names


def _until(periods: Sequence[Period], old: int, at: int) -> date | None:
    """The last day of the earlier words, where other days lie between."""
    end = periods[old].interval.end
    return end - timedelta(days=1) if old < at - 1 and end is not None else None
