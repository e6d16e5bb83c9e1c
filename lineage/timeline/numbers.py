"""The numbers of a work: from which day it bears another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lineage.model import Day, Event, Relation, bare
from lineage.timeline.life import Life, Mark

UNCLEAR = "identity.renumbering-unclear"


def renumbered(life: Life) -> Iterator[Mark]:
    """The days on which the work takes another number: its words and its force go on. Where it is in doubt whether it does, that is said from the first day possible."""
    acts = sorted((a for a in life.acts if a.renames and a.standing == "order"), key=lambda a: (a.source == "stamp", a.id))
    for before, after in zip(life.work.numbers, life.work.numbers[1:], strict=False):
        act = next((a for a in acts if a.id == after.by), None)
        if act is not None and after.since is not None:
            yield Mark("renumbered", after.since, _event(life, act, Day(on=after.since), f"renumbered from {before.number} to {after.number}"), number=after.number)
    for act in acts:
        first = act.effect.day.first if act.effect else None
        if life.work.id in act.candidates and first is not None:
            new = act.affecting.number or act.affecting.mention
            if _may_go_on(life, act):
                yield Mark("doubt", first, replace(_event(life, act, Day(on=first), f"may have stood as {act.affected.number or act.affected.mention}"), kind="doubt"), findings=(UNCLEAR,))
            yield Mark("renumbered", first, _event(life, act, Day(on=first), f"may have been renumbered from {act.affected.number or act.affected.mention} to {new}"), findings=(UNCLEAR,))


def _may_go_on(life: Life, act: Relation) -> bool:
    """Whether the work may be the rule that bore the old number: then it stood before its own first text, and nothing is established of that time."""
    if act.affecting.own:
        return any(x.item == act.item for x in life.expressions)
    return not life.work.bears(act.affected.number or "", None)


def agrees(life: Life, number: str | None) -> bool:
    """Whether the number is one that the work is known to have borne among several."""
    return number is not None and any(bare(b.number) == bare(number) for b in life.work.numbers)


def _event(life: Life, act: Relation, day: Day, label: str) -> Event:
    by = life.makers.get(act.item)
    mention = "its own paper" if by == life.work.id else life.names.get(by or "", "another paper")
    if act.effect is not None and act.effect.day.on == day.on:
        day = act.effect.day
    return Event("renumbered", day, life.work.id, label, act.effect.basis if act.effect else "", act.id, act.item, by, mention, act.source == "stamp", act.evidence)
