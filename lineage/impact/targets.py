"""The rules that a draft names: whether they stand, under that number, on that day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lineage.impact.scene import Scene
from lineage.model import Period, Relation, Work, bare, may_be_series
from lineage.model.dates import long_date
from lineage.model.eid import bare_marker
from lineage.model.impact import Caution
from lineage.model.work import VAGUE_SERIES

DOES = {"substitutes": "changes", "inserts": "adds to", "deletes": "takes words out of"}
LEANS = re.compile(r"\b(?:see|per|under|pursuant|accordance|according|consistent|defin\w+|described|outlined|provided|prescribed|required|set\s+forth|refer\w*|comply|complies|follow\w*)\b", re.IGNORECASE)


def targets(scene: Scene) -> Iterator[Caution]:
    """What is to be said of each rule that the draft amends, ends or cites, once of each."""
    told: set[str] = set()
    for act in sorted(scene.acts, key=lambda a: a.kind == "cites"):  # what it does to a rule is told before that it cites it
        if act.affected.external or act.affected.own or act.affected.subject is not None or act.affected.work in scene.own:
            continue
        key = act.affected.work or bare(act.affected.number or act.affected.title or act.affected.mention)
        found = _one(scene, act) if key not in told else None
        if found is not None:
            told.add(key)
            yield found


def _one(scene: Scene, act: Relation) -> Caution | None:
    day, name = scene.day_of(act), " ".join(act.affected.mention.split())
    if act.candidates and (act.affected.work is None or act.scope == "unknown"):  # several holders, or a number that may be of a numbering given up
        if act.kind == "cites":
            return None
        meant = scene.names(act.candidates, 4) + ("" if len(act.candidates) > 1 else " or a rule that is not held")
        return Caution("impact.target-unclear", f'"{name}" may mean {meant}, and which of them is meant cannot be told; none would be acted upon.', act.evidence, None, "Name the rule by its series, number, title and date.")
    work = scene.after.works.get(act.affected.work or "")
    if work is None or not (work.held or work.id in scene.before.works):
        over = _bearers(scene, act)
        if len(over) == 1 and (one := scene.before.at(over[0].id, day)) is not None and one.status == "not-in-force":
            return _not_in_force(scene, act, over[0], day, one)  # the mention means no rule that stands, so it was left without one
        return _not_known(scene, act, name)
    renamed = _renumbered(scene, act, work, day)
    if renamed is not None:
        return renamed
    if act.kind in ("resumes", "reissues", "extends", "renumbers"):
        return None  # said of what may be over
    one = scene.before.at(work.id, day)
    if one is not None and one.status == "not-in-force":
        return _not_in_force(scene, act, work, day, one)
    gone = scene.ended.get(work.id)
    if act.kind == "cites" and gone and gone[1] is not None and LEANS.search(_around(scene, act)):
        message = f"The draft relies on {scene.name(work.id)}, which it ends itself from {long_date(gone[0])}."
        return Caution("impact.cites-ended", message, act.evidence, work.id, "Say what is relied on in the draft itself, or keep that part of the rule.")
    if act.kind == "cites" and (part := _missing_part(scene, act, work, day)):
        return Caution("impact.no-part", f"The draft cites {part} of {scene.name(work.id)}, which has no part of that name on {long_date(day)}.", act.evidence, work.id, "Give the part its number as it is printed there.")
    if one is None and not work.held and act.kind != "cites":
        return Caution("impact.not-held", f"The draft {_does(act)} {scene.name(work.id)}, which is named by other papers and not held: whether it is in force and what it says cannot be told.", act.evidence, work.id, "Ingest that rule first, or check its number.")
    return None


def _does(act: Relation) -> str:
    """What an act does to a rule, as a reader says it."""
    return DOES.get(act.kind, act.kind)


def _not_known(scene: Scene, act: Relation, name: str) -> Caution | None:
    """A name that nothing held before bears; a mere citation only where its series is held, for then the number may be mistaken."""
    series = act.affected.series or next((w.series for w in (scene.after.works.get(act.affected.work or ""),) if w), None)
    held = {w.series for w in scene.before.works.values() if w.held and w.agency == scene.profile.id}
    if act.kind == "cites" and (series is None or series in VAGUE_SERIES or not act.affected.number or not any(may_be_series(series, one) for one in held)):
        return None
    near = _near(scene, act.affected.number or "")
    advice = f"Check the number{f': {near} is held' if near else ''}; or ingest the rule first."
    return Caution("impact.not-held", f'The draft {_does(act)} "{name}", which is not held: no rule of that name is among those held, nor named by any of them.', act.evidence, None, advice)


def _bearers(scene: Scene, act: Relation) -> list[Work]:
    """The rules held before that bear, or bore, the number that is named."""
    number = act.affected.number
    return [w for w in scene.before.works.values() if number and w.held and w.agency == scene.profile.id and w.bears(number, None) and may_be_series(act.affected.series, w.series)]


def _near(scene: Scene, number: str) -> str:
    """A rule held whose number differs by one slip of the keys."""
    wanted = bare(number)
    found = [w for w in scene.before.works.values() if w.held and w.number and _one_slip(bare(w.number), wanted)] if len(wanted) > 2 else []
    return scene.name(found[0].id) if len(found) == 1 else ""


def _one_slip(one: str, other: str) -> bool:
    if len(one) == len(other):
        wrong = [n for n in range(len(one)) if one[n] != other[n]]
        return len(wrong) == 1 or (len(wrong) == 2 and one[wrong[0]] == other[wrong[1]] and one[wrong[1]] == other[wrong[0]])
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return len(longer) - len(shorter) == 1 and any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))


def _renumbered(scene: Scene, act: Relation, work: Work, day: date) -> Caution | None:
    """A rule that bears another number than the one by which the draft calls it."""
    before = scene.before.works.get(work.id)
    number = act.affected.number
    if before is None or not before.numbers or not number or act.renames:
        return None
    now = before.on(day)
    if bare(now.number or "") == bare(number):
        return None
    since = next((b.since for b in before.numbers if bare(b.number) == bare(now.number or "") and b.since and b.since <= day), None)
    if since is None:
        return None
    called = scene.after.names.work(now)
    return Caution("impact.renumbered", f'The draft {_does(act)} "{" ".join(act.affected.mention.split())}", which bears the number {now.number} since {long_date(since)}.', act.evidence, work.id, f"Call it {called}.")


def _not_in_force(scene: Scene, act: Relation, work: Work, day: date, one: Period) -> Caution | None:
    ended = one.opened_by
    how = ""
    if ended is not None and ended.by in scene.own:
        return None  # an earlier text of the draft's own rule ended it, or a stamp says that the draft did
    if ended is not None and ended.kind == "ends" and ended.day.on:
        by = f" by {ended.by_mention or scene.name(ended.by)}" if ended.by and ended.by != work.id else ""
        how = f": it was {ended.label}{by} from {long_date(ended.day.on)}"
    elif ended is None:
        return None if act.kind == "cites" else Caution("impact.not-begun", f"The draft {_does(act)} {scene.name(work.id)} from {long_date(day)}, before it is in force.", act.evidence, work.id, "Check the day, and which version is meant.")
    code = "impact.cites-ended" if act.kind == "cites" else "impact.acts-on-ended"
    heir = _heir(scene, ended.by if ended else None, day)
    message = f"The draft {_does(act)} {scene.name(work.id)}, which is not in force on {long_date(day)}{how}."
    return Caution(code, message, act.evidence, work.id, f"Name {heir}, if that is meant." if heir else "Name the rule that stands now, or leave it out.")


def _missing_part(scene: Scene, act: Relation, work: Work, day: date) -> str:
    """The part that the draft names beside a rule and that the words held of it do not have."""
    units = scene.after.units(work.id, day)
    marks = {bare_marker(u.marker) for u in units if u.marker}
    named = re.search(rf"\b(?P<part>(?:sub)?(?:paragraph|item|clause)\s+\(?(?P<marker>[A-Z]|[a-z]|\d{{1,2}})\)?)\s+of\s+{re.escape(act.affected.mention)}", _around(scene, act))
    if named is None or not marks or named["marker"].lower() in {m.lower() for m in marks}:
        return ""
    return named["part"]


def _heir(scene: Scene, by: str | None, day: date) -> str:
    """What took the rule's place, where it is in force itself."""
    return scene.name(by) if by and scene.before.status(by, day) == "in-force" else ""


def _around(scene: Scene, act: Relation) -> str:
    """The words of the clause in which a relation stands."""
    return next((c.text.string for p, _ in scene.papers if p.item.sha256 == act.item for c in p.outline.clauses if c.eid == act.affecting.eid), act.evidence[0].quote)
