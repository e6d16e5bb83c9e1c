"""The draft's own days: none, past, impossible, before its issue; a rule that ends before its replacement begins, or goes on beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from lineage.impact.advice import advice_on
from lineage.impact.likeness import alike
from lineage.impact.scene import Scene
from lineage.model import ENDING, Relation, Work
from lineage.model.dates import long_date
from lineage.model.impact import Caution
from lineage.pipeline import Reading as Paper

DAY = timedelta(days=1)


def days(scene: Scene) -> Iterator[Caution]:
    """What is wrong with the days that the draft gives, for itself and for what it ends."""
    for paper, work in scene.papers:
        yield from _own(scene, paper)
        yield from _later_text(scene, paper, work)
    for act in scene.acts:
        if act.kind == "expires" and act.affected.own and act.condition:
            yield Caution("impact.open-end", f'The draft lives "{act.condition}": nothing in it says on which day it ends, so its force would be presumed until a paper proves that this has come about.', act.evidence, None, "Give the last day as well: \"This order expires December 31, 2027.\"")
        if act.kind in ENDING and act.certainty != "doubtful":
            yield from _between(scene, act)
    yield from _heirs(scene)


def _heirs(scene: Scene) -> Iterator[Caution]:
    """A rule that the draft ends, and whose place a rule held already takes only later."""
    for work, (day, act) in scene.ended.items():
        title = scene.name_of(work)
        like = [w.id for w in scene.after.works.values() if w.id != work and w.held and alike(title, w.title)]
        if not like or any(scene.after.status(w, day) == "in-force" for w in like):
            continue
        coming = sorted((p.interval.start, w) for w in like for p in scene.after.lives.get(w, ()) if p.status == "in-force" and p.interval.start and p.interval.start > day)
        if coming and not scene.own.intersection(like):
            begins, heir = coming[0]
            message = f"The draft ends {scene.name(work)} on {long_date(day)}, and {scene.name(heir)} is in force only from {long_date(begins)}: from {long_date(day)} through {long_date(begins - DAY)} neither would be."
            yield Caution("impact.gap", message, act.evidence if act else scene.heading(scene.papers[0][0]), work, f"End it on {long_date(begins)}.")


def _own(scene: Scene, paper: Paper) -> Iterator[Caution]:
    starts, issued = paper.starts.on, paper.issued.on
    at = next((d.evidence for d in paper.outline.heading.dates_of("effective") if d.evidence), None) or scene.heading(paper)
    if starts is None:
        read = next((d.raw for d in paper.outline.heading.dates_of("effective")), "")
        said = f'No one day from which the draft is in effect was read{f" (it says {_quoted(read)})" if read else ""}, so from when it would rule, and end what it ends, would not be established.'
        yield Caution("impact.no-day", said, at, None, advice_on("dates.no-effective-date").words)
    elif issued and starts < issued:
        yield Caution("impact.before-issue", f"The draft would be in effect from {long_date(starts)}, which is before its own issue on {long_date(issued)}.", at, None, "Give a day on or after the issue, or say that it is retroactive and why.")
    elif starts < scene.today:
        yield Caution("impact.past", f"The draft would be in effect from {long_date(starts)}, which is past on {long_date(scene.today)}.", at, None, "Give a day that lies ahead, or say that it is retroactive and why.")


def _later_text(scene: Scene, paper: Paper, work: Work) -> Iterator[Caution]:
    """A text of the same rule that is held already and begins on that day or later."""
    starts = paper.starts.on
    for text in scene.before.held.expressions(work.id):
        begins = text.starts.on
        if starts and begins and begins >= starts:
            how = "on the same day, so which of the two texts would stand is not established" if begins == starts else f"on {long_date(begins)}, so the draft would rule only until then"
            yield Caution("impact.two-texts", f"Another text of {scene.name(work.id)} is held that begins {how}.", scene.heading(paper), work.id, "Give the draft a day of its own, or name the text that it takes the place of.")


def _between(scene: Scene, act: Relation) -> Iterator[Caution]:
    """The stretch between the day from which the draft ends a rule and that from which it rules itself."""
    paper = next(p for p, _ in scene.papers if p.item.sha256 == act.item)
    starts, ends, work = paper.starts.on, act.effect.day.on if act.effect else None, act.affected.work
    if starts is None or ends is None or starts == ends or work is None or scene.own_version(act):
        return
    name = scene.name(work)
    own = next(w for p, w in scene.papers if p is paper)
    if ends < starts and scene.before.status(work, ends - DAY) == "in-force":
        message = f"The draft ends {name} on {long_date(ends)} and is itself in effect only from {long_date(starts)}: from {long_date(ends)} through {long_date(starts - DAY)} neither would be in force."
        yield Caution("impact.gap", message, act.evidence, work, f"End it on the day on which the draft begins: \"{_mention(act)} is rescinded effective {long_date(starts)}.\"")
    elif ends > starts and (act.kind == "supersedes" or alike(scene.before.works[work].title if work in scene.before.works else "", own.title)):
        message = f"The draft is in effect from {long_date(starts)} and ends {name} only on {long_date(ends)}: until then both would be in force."
        yield Caution("impact.overlap", message, act.evidence, work, f"End it on the day on which the draft begins: \"{_mention(act)} is rescinded effective {long_date(starts)}.\"")


def _mention(act: Relation) -> str:
    return " ".join(act.affected.mention.split())


def _quoted(words: str) -> str:
    return f'"{words}"'
