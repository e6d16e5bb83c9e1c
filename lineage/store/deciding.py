"""What persons decided, laid over what was read: acts, dates, texts and open questions as they are to be taken.

The rows of the library stay as they were read. A decision counts only while what it rests on is what its maker saw.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage.model import DateReading, Day, Effect, Expression, Finding, Relation, digest
from lineage.model.dates import long_date
from lineage.model.decision import Decision, SubjectKind, place_of, standing

if TYPE_CHECKING:
    from lineage.store.reading import Reading

Standing = Mapping[tuple[SubjectKind, str], Decision]


class Deciding:
    """The decisions that count at a moment, over what ``raw`` (the same library without them) gives."""

    def __init__(self, decisions: Sequence[Decision], raw: Reading, as_known: str | None) -> None:
        self.standing: Standing = standing(decisions)
        self._raw, self._as_known = raw, as_known
        self._settled = {place for one in self.standing.values() if one.verdict != "withdraw" for place in one.places}
        self._dated: dict[str, list[Decision]] = defaultdict(list)
        for (subject, ref), one in self.standing.items():
            if subject == "date":
                self._dated[ref.partition("#")[0]].append(one)

    def relations(self, found: list[Relation], *, rejected: bool = False) -> list[Relation]:
        """The acts as decided; those that a person rejected are left out unless asked for."""
        ruled = {r.id: one for r in found if (one := self.standing.get(("relation", r.id))) is not None}
        dated = {r.item for r in found if r.item in self._dated}
        if not ruled and not dated:
            return found
        firsts = first_texts(self._raw, [r for r in found if r.id in ruled], self._as_known)
        days = {item: _days(self._raw.dates(item), self._dated[item]) for item in dated}
        decided = []
        for relation in found:
            now = dated_anew(relation, days[relation.item]) if relation.item in dated else relation
            one = ruled.get(relation.id)
            if one is not None and one.seen == seen_of(relation, firsts) and self._can_be_told(relation, one):
                now = as_decided(now, one, self._target(one))
            if rejected or now.status != "rejected":
                decided.append(now)
        return decided

    def aimed_at(self, works: Collection[str]) -> list[str]:
        """The acts that by a decision mean one of these works, by id."""
        return [ref for (subject, ref), one in self.standing.items() if subject == "relation" and one.correction and one.correction.target and self._target(one) in works]

    def dates(self, item: str, found: list[DateReading]) -> list[DateReading]:
        """The dates of an item, with those that a person corrected."""
        for one in self._dated.get(item, ()):
            role, day = one.ref.partition("#")[2], one.correction.day if one.correction else None
            mine = [d for d in found if d.role == role]
            if day is not None and mine and one.seen == seen_of_dates(mine):
                right = replace(mine[0], day=day, basis=said_by(one), certainty="certain")
                found = [right if d is mine[0] else d for d in found if d is mine[0] or d.role != role]
        return found

    def expressions(self, found: list[Expression]) -> list[Expression]:
        """The texts, each beginning on the day that a person says."""
        if not self._dated:
            return found
        return [self._expression(x) if x.item in self._dated else x for x in found]

    def findings(self, found: list[Finding]) -> list[Finding]:
        """The open questions that no decision settled."""
        return [f for f in found if place_of(f) not in self._settled] if self._settled else found

    def _expression(self, x: Expression) -> Expression:
        before, after = self._raw.dates(x.item), self.dates(x.item, self._raw.dates(x.item))
        for role in ("issued", "effective"):
            new = next((d.day for d in after if d.role == role), None)
            if new is None or new == next((d.day for d in before if d.role == role), None):
                continue
            new = replace(new, hour=None)
            if role == "effective":
                x = replace(x, starts=new)
            else:
                x = replace(x, issued=new, starts=new if x.starts == x.issued else x.starts)
        return x

    def _can_be_told(self, relation: Relation, one: Decision) -> bool:
        """Whether it is said here which rule is meant: of several one is named, and a rule that is named by its text is held. Else the act stays in doubt, whatever was decided elsewhere."""
        if one.verdict == "reject":
            return True
        named = one.correction is not None and bool(one.correction.target)
        return self._target(one) is not None if named else len(relation.candidates) < 2

    def _target(self, one: Decision) -> str | None:
        """The work that a decision means in this library; None where it names none, or one whose text is not held here (its id may be that of another)."""
        if one.correction is None or not one.correction.target:
            return None
        item = one.correction.target_item
        return self._raw.makers([item]).get(item) if item else one.correction.target


def as_decided(relation: Relation, one: Decision, target: str | None) -> Relation:
    """An act as a person ruled on it."""
    if one.verdict == "reject":
        return replace(relation, status="rejected")
    right = one.correction
    work = target or (relation.candidates[0] if len(relation.candidates) == 1 else relation.affected.work)
    effect, edit, scope = relation.effect, relation.edit, relation.scope
    if right is not None and right.day is not None:
        effect = Effect(right.day, said_by(one))
    if right is not None and right.edit is not None:
        edit, scope = right.edit, "part"
    kept = replace(relation, affected=replace(relation.affected, work=work), candidates=(), certainty="certain", condition="", effect=effect, edit=edit)
    return replace(kept, scope="whole" if scope == "unknown" else scope, status="corrected" if right is not None else "accepted")


def said_by(one: Decision) -> str:
    """Who decided and when, in words."""
    from datetime import date

    return f"decided by {one.by} on {long_date(date.fromisoformat(one.decided_at[:10]))}"


def seen_of(relation: Relation, firsts: Mapping[str, str]) -> str:
    """The fingerprint of an act as it stands: its words, its day, and the rules that it may mean (each by its first text, since a library counts holders as they came)."""
    meant = sorted(firsts.get(w, w) for w in {*relation.candidates, *filter(None, [relation.affected.work])})
    return digest(relation.id, relation.certainty, relation.scope, relation.condition, str(relation.effect), str(relation.edit), *meant)


def seen_of_dates(readings: Iterable[DateReading]) -> str:
    """The fingerprint of the readings of one role on one paper."""
    return digest(*(f"{d.role} {d.raw} {d.page} {d.day}" for d in readings))


def first_texts(raw: Reading, relations: Iterable[Relation], as_known: str | None) -> dict[str, str]:
    """The first text of each work that these acts may mean."""
    works = {w for r in relations for w in (*r.candidates, r.affected.work) if w}
    found: dict[str, str] = {}
    for expression in raw.expressions(works, as_known=as_known) if works else ():
        found.setdefault(expression.work, expression.item)
    return found


def _days(readings: Sequence[DateReading], decisions: Iterable[Decision]) -> dict[str, tuple[Day, str]]:
    """The right day for each of the words from which a paper's own acts could take theirs, with who says so."""
    found: dict[str, tuple[Day, str]] = {}
    for one in decisions:
        role = one.ref.partition("#")[2]
        raws = [d.raw for d in readings if d.role == role]
        if one.correction is not None and one.correction.day is not None and one.seen == seen_of_dates([d for d in readings if d.role == role]):
            found |= dict.fromkeys((*raws, " / ".join(raws)), (one.correction.day, said_by(one)))
    return found


def dated_anew(relation: Relation, days: Mapping[str, tuple[Day, str]]) -> Relation:
    """An act that works from its paper's own day, with that day corrected."""
    if relation.effect is None:
        return relation
    basis = relation.effect.basis
    right = days.get(basis) or next((day for raw, day in days.items() if basis.startswith((f"{raw}, the issue date", f"{raw}, no effective date"))), None)
    return replace(relation, effect=Effect(right[0], f"{basis}; {right[1]}")) if right else relation
