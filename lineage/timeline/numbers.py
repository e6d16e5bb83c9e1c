"""The numbers of a work: from which day it bears another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from lineage.model import Day, Event, Finding, Relation, bare
from lineage.model.dates import long_date
from lineage.timeline.life import Life, Mark

UNCLEAR = "identity.renumbering-unclear"
LIKE_TITLE = "identity.like-title"

ALONE = "A like title alone does not prove that the rule was renumbered, and no paper held says so. A paper that names both numbers, or a person, could settle it."


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


def namesakes(life: Life, marks: Sequence[Mark], findings: list[Finding]) -> Iterator[Mark]:
    """Another number came to bear the title of this rule while nothing ends this one: the rule may be the same one, renumbered. That is said, and nothing follows from it."""
    starts = [x.starts.first for x in life.expressions if x.starts.first]
    for name, began in sorted(life.namesakes, key=lambda one: (one[1], one[0])):
        if not starts or began == min(starts):
            continue
        if began < min(starts):
            findings.append(Finding(LIKE_TITLE, "note", f'{name} bore the title "{life.work.title}" before this one, from {long_date(began)}. {ALONE} If it was, this rule is older than its own papers.', work=life.work.id))
            continue
        over = [m.on for m in marks if m.kind == "end" and m.on <= began]
        stands = any(day >= began for days in life.seen.values() for day in days) or any(m.kind == "confirm" and m.on >= began for m in marks)
        if began <= max(starts) or stands or (over and max(over) > max(starts)):
            continue  # it is known to have stood beside the other, or to have ended before
        findings.append(Finding(LIKE_TITLE, "doubt", f'{name} bears the title "{life.work.title}" from {long_date(began)}, and nothing held ends this rule. {ALONE} If it was, what stands is the text of {name}.', work=life.work.id))
        yield Mark("namesake", began, Event("renumbered", Day(on=began), life.work.id, "its title came to stand under another number", name, by_mention=name), findings=(LIKE_TITLE,))


def agrees(life: Life, number: str | None) -> bool:
    """Whether the number is one that the work is known to have borne among several."""
    return number is not None and any(bare(b.number) == bare(number) for b in life.work.numbers)


def _event(life: Life, act: Relation, day: Day, label: str) -> Event:
    by = life.makers.get(act.item)
    mention = "its own paper" if by == life.work.id else life.names.get(by or "", "another paper")
    if act.effect is not None and act.effect.day.on == day.on:
        day = act.effect.day
    return Event("renumbered", day, life.work.id, label, act.effect.basis if act.effect else "", act.id, act.item, by, mention, act.source == "stamp", act.evidence)
