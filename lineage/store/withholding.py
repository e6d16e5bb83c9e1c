"""What is kept of a value where only public rules may be seen: names, words and numbers of the others are withheld, and how a public rule stood stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from lineage.model import (
    INDEX_SERIES,
    UNSETTLED,
    Event,
    Evidence,
    Finding,
    Period,
    Relation,
    Work,
    bare,
    bytes_of,
)
from lineage.model.access import WITHHELD, withdrawn_items
from lineage.store.papers import unknown
from lineage.store.reading import Reading

if TYPE_CHECKING:
    from sqlalchemy import Connection

KEPT_BACK = "its words are withheld"


class _Seen(Struct, frozen=True):
    """What may be seen at a moment: works, items, relations (by id); and the names of all that may not, as one pattern."""

    works: frozenset[str]
    items: frozenset[str]
    acts: frozenset[str]
    hidden: re.Pattern[str] | None
    left_out: int


class Withholding(Reading):
    """What may be seen of a library at a moment, and what is kept of each value. A rule counts as public where it is marked so today, and was at the moment asked about."""

    def __init__(self, kept: Reading) -> None:
        super().__init__(kept._originals)
        self.kept = kept
        self._seen = cache(self._look)

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        raise NotImplementedError("every question of this view is answered by a filter of its own")
        yield

    def left_out(self, as_known: str | None = None) -> int:
        """How many rules that are held are left out."""
        return self._seen(as_known).left_out

    def _look(self, as_known: str | None) -> _Seen:
        every = self.kept.works(as_known=as_known)
        public = self.kept.public() & self.kept.public(as_known) & {w.id for w in every if w.series != INDEX_SERIES}
        gone = withdrawn_items(self.kept.withdrawals())
        texts = self.kept.expressions(as_known=as_known)
        items = frozenset(x.item for x in texts if x.work in public and bytes_of(x.item) not in gone)
        acts = frozenset(r.id for r in self.kept.relations(as_known=as_known, rejected=True) if r.item in items and ends_of(r) <= public)
        names = {row.sha256: row.name for row in self.kept.items()}
        hidden = [w for w in every if w.id not in public]
        told = {w.title for w in hidden} | {x.title for x in texts if x.work not in public} | {w.number or "" for w in hidden} | {b.number for w in hidden for b in w.numbers}
        told |= {w.id for w in hidden} | {name for item, name in names.items() if item not in items} | {item for item in names if item not in items}
        left = sum(w.held and w.series != INDEX_SERIES for w in hidden)
        return _Seen(public, items, acts, _pattern(told), left)

    # What is kept of each kind of value.

    def _event(self, event: Event, as_known: str | None) -> Event:
        seen = self._seen(as_known)
        own = (event.by is None or event.by in seen.works) and (event.item is None or event.item in seen.items) and (event.relation is None or event.relation in seen.acts)
        if own and self._shown(event.evidence, seen) and not names_hidden(seen, event.by_mention, event.basis, event.label):
            return event
        only = "; only a stamp says so" if event.stamp_only else ""
        label = event.label if not names_hidden(seen, event.label) else {"ends": "ended", "changes": "amended", "begins": "stood"}.get(event.kind, event.kind)
        item = event.item if event.item in seen.items else None
        return replace(event, label=label, basis=KEPT_BACK + only, relation=None, item=item, by=None, by_mention=WITHHELD, stamp_only=False, evidence=())

    def _period(self, period: Period, as_known: str | None) -> Period:
        seen = self._seen(as_known)
        opened, closed = (self._event(e, as_known) if e is not None else None for e in (period.opened_by, period.closed_by))
        kept = replace(period, opened_by=opened, closed_by=closed)
        if any(name != UNSETTLED and name not in seen.acts for name in period.changes):
            kept = replace(kept, complete=False, changes=(UNSETTLED,))
        return kept if period.item is None or period.item in seen.items else replace(kept, item=None, changes=(), complete=False)

    def _finding(self, finding: Finding, as_known: str | None) -> Finding | None:
        seen = self._seen(as_known)
        if finding.work not in seen.works:
            return None
        if self._shown(finding.evidence, seen) and not names_hidden(seen, finding.message):
            return finding
        return replace(finding, message=f"This open question ({finding.code}) rests on {WITHHELD}.", evidence=())

    def _work(self, work: Work, as_known: str | None) -> Work:
        return work if work.held or not work.title or not self._titled_elsewhere(work, as_known) else replace(work, title="")

    def _titled_elsewhere(self, work: Work, as_known: str | None) -> bool:
        """Whether the title of a rule that is not held stands in restricted papers alone."""
        acts = [r for r in self.kept.relations(works={work.id}, as_known=as_known) if r.item in self._seen(as_known).items]
        return not any(e.work == work.id and bare(e.title or "") == bare(work.title) for r in acts for e in (r.affecting, r.affected))

    @staticmethod
    def _shown(evidence: Iterable[Evidence], seen: _Seen) -> bool:
        return all(e.item in seen.items for e in evidence)

    def seen(self, findings: Iterable[Finding], as_known: str | None = None) -> tuple[Finding, ...]:
        """These findings as far as they may be seen."""
        return tuple(f for f in (self._finding(one, as_known) for one in findings) if f is not None)

    def _own(self, sha256: str) -> str:
        """The item, where it may be seen: today, or at some moment. Raises StoreError ``store.unknown-item``."""
        public = self.kept.public()
        if bytes_of(sha256) not in withdrawn_items(self.kept.withdrawals()) and (sha256 in self._seen(None).items or self.kept.makers([sha256]).get(sha256) in public):
            return sha256
        raise unknown(sha256)

    def _some(self, items: Iterable[str]) -> list[str]:
        return [item for item in items if item in self._seen(None).items]


def ends_of(act: Relation) -> set[str]:
    """The works that an act is about, or may be."""
    return {w for w in (act.affecting.work, act.affected.work, *act.candidates) if w}


def names_hidden(seen: _Seen, *words: str) -> bool:
    """Whether words name what may not be seen."""
    return seen.hidden is not None and any(seen.hidden.search(one) for one in words if one)


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of these names; short numbers are left out, since figures stand in every date."""
    telling = sorted({n for n in names if len(n) > 3 or (len(n) > 2 and re.search(r"\D", n))}, key=lambda n: (-len(n), n))
    return re.compile("|".join(rf"(?<!\w){re.escape(n)}(?!\w)" for n in telling), re.IGNORECASE) if telling else None
