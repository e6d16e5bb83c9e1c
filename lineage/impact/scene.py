"""The library before and after a draft, and what all that looks at it asks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct, field

from lineage import answers
from lineage.answers.wording import acts_of, consolidated, unit_of
from lineage.model import INDEX_SERIES, Clause, Evidence, Period, Relation, Text, Unit, Work, evidence_of
from lineage.pipeline import Reading as Paper
from lineage.profiles import Profile

if TYPE_CHECKING:
    from lineage.store import ClauseRow
    from lineage.store.reading import Reading

TOKEN = re.compile(r"[a-z0-9]+")
RULE = "impact.draft"  # the rule by which evidence of this room is found


class Side(Struct, frozen=True, dict=True):
    """A library, before the draft or after it."""

    held: Reading
    _periods: dict[str, list[Period]] = field(default_factory=dict)
    _tokens: dict[int, list[tuple[str, list[str]]]] = field(default_factory=dict)  # by the units, which are kept below
    _units: dict[tuple[str, str | None, tuple[str, ...]], tuple[Unit, ...]] = field(default_factory=dict)

    @cached_property
    def names(self) -> answers.Names:
        """What a reader calls its works."""
        return answers.Names(self.held)

    @cached_property
    def works(self) -> dict[str, Work]:
        """All works by id, but for lists of orders."""
        return {w.id: w for w in self.held.works() if w.series != INDEX_SERIES}

    @cached_property
    def lives(self) -> dict[str, list[Period]]:
        """The periods of all works, in order, by work."""
        found: dict[str, list[Period]] = defaultdict(list)
        for period in self.held.periods():
            found[period.work].append(period)
        return found

    def at(self, work: str | None, day: date) -> Period | None:
        """How a work stands on a day."""
        return next((p for p in self.lives.get(work or "", ()) if p.interval.covers(day)), None)

    def status(self, work: str | None, day: date) -> str:
        """The same in one word; nothing of a work of which nothing is told that day."""
        period = self.at(work, day)
        return period.status if period else ""

    def in_force(self, day: date) -> list[Work]:
        """The works in force on a day, by id."""
        return [w for name, w in sorted(self.works.items()) if self.status(name, day) == "in-force"]

    def units(self, work: str, day: date) -> tuple[Unit, ...]:
        """The words of a rule on a day, as far as they are held; nothing where it is not in force."""
        period = self.at(work, day)
        if period is None or period.status != "in-force" or (period.item is None and not period.changes):
            return ()
        key = (work, period.item, period.changes)
        if key not in self._units:
            self._units[key] = self._made(work, period)
        return self._units[key]

    def tokens(self, work: str, day: date) -> list[tuple[str, list[str]]]:
        """The same unit by unit: its words with those of its cells, and these in small letters one by one."""
        units = self.units(work, day)
        if id(units) not in self._tokens:
            said = [words_of(unit) for unit in units]
            self._tokens[id(units)] = [(words, TOKEN.findall(words.lower())) for words in said if words]
        return self._tokens[id(units)]

    def _made(self, work: str, period: Period) -> tuple[Unit, ...]:
        if period.changes:
            acts = acts_of(self.held, period, self.held.relations(works={work}))
            wording = consolidated(self.held, self.works[work], period, acts)
            if wording is not None and wording.units:
                return wording.units
        return tuple(map(unit_of, self.held.clauses(period.item))) if period.item else ()


class Scene(Struct, frozen=True, dict=True):
    """A draft between two libraries. ``papers`` are its rules (one, unless it is a whole manual) with the work of each; ``today`` is the day on which it is looked at; ``changed`` are the works of which
    the draft changed a fact."""

    before: Side
    after: Side
    papers: tuple[tuple[Paper, Work], ...]
    profile: Profile
    today: date
    changed: frozenset[str]
    _clauses: dict[str, list[ClauseRow]] = field(default_factory=dict)

    @cached_property
    def own(self) -> frozenset[str]:
        """The works that the draft is a text of."""
        return frozenset(work.id for _, work in self.papers)

    @cached_property
    def acts(self) -> tuple[Relation, ...]:
        """All that the draft says of other rules, as it would be resolved."""
        return tuple(r for paper, _ in self.papers for r in self.after.held.relations(item=paper.item.sha256))

    def starts(self, paper: Paper) -> date:
        """The day from which a paper of the draft rules; where that is not read, the day on which it is looked at."""
        return paper.starts.on or paper.starts.first or self.today

    def day_of(self, act: Relation) -> date:
        """The day from which an act of the draft works."""
        day = act.effect.day if act.effect else None
        paper = next((p for p, _ in self.papers if p.item.sha256 == act.item), self.papers[0][0])
        return (day.on or day.first if day else None) or self.starts(paper)

    def own_version(self, act: Relation) -> bool:
        """Whether an act is upon an earlier version of the draft's own rule."""
        return act.affected.own or act.affected.work in self.own

    def name(self, work: str | None) -> str:
        """What a reader calls a work, with its title."""
        one = self.after.works.get(work or "") or self.before.works.get(work or "")
        if one is None:
            return work or "a rule"
        called = self.after.names.work(one)
        return f'{called} ("{one.title}")' if one.number and one.title else called

    def name_of(self, work: str) -> str:
        """The title of a work alone."""
        one = self.after.works.get(work) or self.before.works.get(work)
        return one.title if one else ""

    def clauses(self, item: str) -> list[ClauseRow]:
        """The clauses of an item, asked for once."""
        if item not in self._clauses:
            self._clauses[item] = self.after.held.clauses(item)
        return self._clauses[item]

    def names(self, works: Iterable[str], most: int = 3) -> str:
        """Several of them in words, the first ``most`` by name."""
        ids = list(dict.fromkeys(works))
        said = [self.name(w) for w in ids[:most]]
        if len(ids) > most:
            return f"{', '.join(said)} and {len(ids) - most} more"
        return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}" if said else ""

    @cached_property
    def ended(self) -> dict[str, tuple[date, Relation | None]]:
        """The rules that stood and would end by the draft, each with the first day without it and the act of the draft that says so."""
        found: dict[str, tuple[date, Relation | None]] = {}
        for work in sorted(self.changed - self.own):
            day = next((d for d in _boundaries(self.before.lives.get(work, ()), self.after.lives.get(work, ())) if self._over(work, d)), None)
            if day is not None:
                act = next((a for a in self.acts if a.affected.work == work and a.kind != "cites"), None)
                found[work] = (day, act)
        return found

    def _over(self, work: str, day: date) -> bool:
        return self.before.status(work, day) == "in-force" and self.after.status(work, day) == "not-in-force"

    def heading(self, paper: Paper) -> tuple[Evidence, ...]:
        """Where a paper names itself: what is said of the draft as a whole stands there."""
        head = paper.outline.heading
        if head.title_evidence or head.number_evidence:
            return head.title_evidence or head.number_evidence
        first = next((c for c in paper.outline.clauses if c.text or c.heading), None)
        return self.place(paper, first.text or first.heading) if first else ()

    def place(self, paper: Paper, words: Text) -> tuple[Evidence, ...]:
        """Where words of the draft stand."""
        return evidence_of(words, paper.item.sha256, RULE)

    def sayings(self, paper: Paper) -> Iterator[Clause]:
        """The clauses in which a paper speaks itself: not those that are new text of another rule."""
        given = {eid for a in self.acts if a.edit and a.item == paper.item.sha256 for eid in a.edit.clauses}
        return (c for c in paper.outline.clauses if c.eid not in given)

    def instructions(self, paper: Paper) -> dict[str, list[str]]:
        """The words in which a paper instructs changes of words, by clause."""
        found: dict[str, list[str]] = defaultdict(list)
        for act in self.acts:
            if act.edit and act.item == paper.item.sha256 and act.affecting.eid:
                found[act.affecting.eid] += [" ".join(e.quote.split()) for e in act.evidence]
        return found


def words_of(unit: Unit) -> str:
    """All the words of a unit, with those of its cells."""
    return " ".join(filter(None, (unit.heading.string, unit.text.string, *(cell.string for row in unit.rows for cell in row))))


def _boundaries(*lives: Sequence[Period]) -> list[date]:
    """Every day on which one of these lives turns, in order; the first is the beginning of time."""
    days = {d for life in lives for p in life for d in (p.interval.start, p.interval.end) if d is not None}
    return [date.min, *sorted(days)]


def turns(before: Sequence[Period], after: Sequence[Period]) -> Iterator[tuple[date, Period | None, Period | None]]:
    """The stretches in which two lives of one work differ, each by its first day, with the period of either."""
    for day in _boundaries(before, after):
        one, two = (next((p for p in life if p.interval.covers(day)), None) for life in (before, after))
        if _answer(one) != _answer(two):
            yield day, one, two


def _answer(period: Period | None) -> tuple[object, ...]:
    return (period.status, period.operative, period.item, period.changes, period.complete, period.number) if period else ()
