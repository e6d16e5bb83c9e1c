"""``listed``: what the rows of an index say, as relations of lower standing than the orders' own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from lineage.model import Certainty, Day, Effect, End, Entry, EntryMark, Evidence, Finding, Index, Relation
from lineage.model.dates import FoundDate, find_dates
from lineage.profiles import Profile
from lineage.relations.targets import in_field

UNNAMED = "(not named)"
OF_A_PAPER = re.compile(r"\b(?:dated|issued|of)\W*$", re.IGNORECASE)  # the date that follows is that of a paper, not of the act


def listed(index: Index, profile: Profile) -> tuple[list[Relation], list[Finding]]:
    """The relations that the entries tell of, none resolved, and what could not be read of them.

    Each entry names its rule: with ``commences`` and its effective day where it gives one (the issue bounds it otherwise), else with ``cites``. A later revision that it
    gives is ``amends``. Each mark is what it says; its day is its own, else that of the listed rule where that rule acts.
    """
    relations: list[Relation] = []
    findings: list[Finding] = []
    for entry in index.entries:
        row = _Row(index, entry, profile)
        relations += row.relations()
        findings += row.findings
    return _apart(relations), findings


def _apart(relations: Iterable[Relation]) -> list[Relation]:
    """Each once: two that say the same by the same words are one."""
    return list({(r.id, r.affected.dated): r for r in relations}.values())


class _Row(Struct):
    """One entry and what it says."""

    index: Index
    entry: Entry
    profile: Profile
    findings: list[Finding] = []

    @property
    def name(self) -> End:
        """The listed rule."""
        entry = self.entry
        issued = next((d.day.on for d in entry.dates if d.role == "issued" and d.day.on), None)
        mention = entry.number or entry.title
        return End(mention, series=entry.series or None, number=entry.number, title=entry.title or None, dated=issued)

    def relations(self) -> Iterator[Relation]:
        """All that the row says."""
        effect = self._effect()
        list_ = End(self.index.title or "this list", own=True)
        yield self._relation("commences" if effect else "cites", list_, self.name, self.entry.evidence, effect)
        for date in self.entry.dates:
            if date.role == "revised" and date.day.first:
                yield self._relation("amends", End(UNNAMED), self.name, date.evidence, Effect(date.day, f"{date.raw}, the revision that the list gives"), scope="unknown")
        for mark in self.entry.marks:
            yield from self._marked(mark)

    def _effect(self) -> Effect | None:
        """From when the list says that the rule is in effect; its issue where the agency holds that issue is effect, else the day before which it cannot be."""
        effective = [d for d in self.entry.dates if d.role == "effective" and d.day.first]
        if effective:
            days = {d.day for d in effective}
            raw = " / ".join(d.raw for d in effective)
            if len(days) == 1:
                return Effect(effective[0].day, raw)
            return Effect(Day(earliest=min(d.day.first for d in effective if d.day.first)), raw)
        issued = next((d for d in self.entry.dates if d.role == "issued" and d.day.first), None)
        if issued is None:
            return None
        if self.profile.issue_is_effect:
            return Effect(issued.day, f"{issued.raw}, the issue date")
        return Effect(Day(earliest=issued.day.first), f"{issued.raw}, the issue date; the list gives no effective date")

    def _marked(self, mark: EntryMark) -> Iterator[Relation]:
        others = [replace(t.end, own=False) for t in in_field(mark.rest, self.profile) if t.end.number and not t.end.own]
        if mark.suffers:
            yield from self._suffered(mark, others)
            return
        if not others:
            self._unread(mark)
        for other in others:
            effect = self._own_day(mark) or self._effect()
            yield self._relation(mark.kind, self.name, self._meant(other), mark.evidence, effect, scope="whole" if mark.kind != "amends" else "unknown")

    def _meant(self, other: End) -> End:
        """The other rule; a version of the listed one where it bears the same number."""
        same = other.number and self.entry.number and other.number.lower() == self.entry.number.lower()
        return replace(other, series=self.entry.series or other.series) if same else other

    def _suffered(self, mark: EntryMark, others: list[End]) -> Iterator[Relation]:
        """What became of the listed rule, by each day and each author that the mark names."""
        if mark.kind == "confirms":
            as_of = next((d for d in self.index.dates if d.day.on), None)
            effect = Effect(as_of.day, f"{as_of.raw}, the day of which the list says that it is") if as_of else Effect(Day(), "the list does not say of which day it is")
            yield self._relation("confirms", End(self.index.title or "this list", own=True), self.name, mark.evidence, effect)
            return
        by = [replace(o, version_on=None, mention=o.number or o.mention) for o in others] or [End(UNNAMED)]
        days = list(find_dates(mark.rest.string, self.profile.numeric_dates))
        own = [d for d in days if not OF_A_PAPER.search(mark.rest.string[: d.start])]
        effects = [self._on(d, mark) for d in (own if mark.kind == "amends" else own[-1:])] or [Effect(Day(earliest=days[-1].day.first) if days else Day(), "the list gives no day")]
        for effect in effects:
            for author in by:
                yield self._relation(mark.kind, author, self.name, mark.evidence, effect, scope="unknown" if mark.kind == "amends" else "whole")

    def _own_day(self, mark: EntryMark) -> Effect | None:
        """The day of an act of the listed rule, where its mark says one: "formerly 200.01 until 2/6/17", "re-numbered from 200.01 on 2/6/17"."""
        days = list(find_dates(mark.rest.string, self.profile.numeric_dates))
        said = [d for d in days if re.search(r"\b(?:on|eff\.?|effective|until|from)\W*$", mark.rest.string[: d.start], re.IGNORECASE)]
        return self._on(said[-1], mark) if said else None

    def _on(self, found: FoundDate, mark: EntryMark) -> Effect:
        if found.impossible:
            self.findings.append(
                Finding("dates.impossible", "doubt", f'The day of "{mark.words.string}" in the list is no day of the calendar. It is kept as written, and nothing rests on it.', mark.evidence)
            )
            return Effect(Day(), f"{found.raw}, which is no day")
        return Effect(found.day, found.raw)

    def _unread(self, mark: EntryMark) -> None:
        if self.profile.names_nothing(mark.rest.string):
            return
        self.findings.append(
            Finding("index.mark-unread", "doubt", f'"{mark.words.string[:120]}" in the row of {self.name.mention} names no rule that could be read, so nothing was taken from it; a person must read it.', mark.evidence)
        )

    def _relation(self, kind: str, affecting: End, affected: End, evidence: tuple[Evidence, ...], effect: Effect | None, scope: str = "whole") -> Relation:
        certainty: Certainty = "certain"
        return Relation(self.index.item, kind, affecting, affected, evidence, scope=scope, effect=effect, certainty=certainty, source="row", standing="index")  # type: ignore[arg-type]
