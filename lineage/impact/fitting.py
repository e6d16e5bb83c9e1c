"""The changes of words that would not be applied: why, the nearest clause, and how to say it so that it fits. What is proposed is tried first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher

from msgspec.structs import replace

from lineage import consolidation, relations
from lineage.answers.wording import acts_of, consolidated
from lineage.impact.scene import Scene
from lineage.model import Edit, Refusal, Relation, Unit
from lineage.model.eid import bare_marker
from lineage.model.impact import Caution
from lineage.model.wording import Change


def misfits(scene: Scene) -> Iterator[Caution]:
    """Each instruction of the draft that does not fit the words of the rule that it changes."""
    acts = {a.id: a for a in scene.acts}
    for work in sorted({a.affected.work for a in scene.acts if a.kind != "cites" and a.affected.work and not a.affected.own}):
        told: set[str] = set()
        if not scene.after.works[work].held and work not in scene.before.lives:
            continue  # `targets` says that it is not held
        for period in scene.after.lives.get(work, ()):
            mine = [c for c in period.changes if c in acts]
            if not mine or period.status != "in-force":
                continue
            every = acts_of(scene.after.held, period, scene.after.held.relations(works={work}))
            wording = consolidated(scene.after.held, scene.after.works[work], period, every)
            for refusal in wording.refused if wording else ():
                if refusal.relation in mine and refusal.relation not in told:
                    told.add(refusal.relation)
                    yield _told(scene, work, acts[refusal.relation], refusal)


def _told(scene: Scene, work: str, act: Relation, refusal: Refusal) -> Caution:
    name, part = scene.name(work), " ".join(act.affected.path)
    where = f" ({part})" if part else ""
    if refusal.code == "consolidation.base-not-held" or not scene.after.works[work].held:
        return Caution("impact.text-not-held", f"The draft changes the words of {name}{where}, whose text is not held: whether the change fits cannot be told.", act.evidence, work, "Ingest that rule first.", refusal.code)
    day = scene.day_of(act)
    units = _standing(scene, work, act, day)
    near = nearest(units, act)
    beside = f" The nearest words are {_placed(units, near[0])}: \"{_short(_said(units[near[0]]))}\"." if near else _markers(units, act)
    advice = _proposal(scene, work, act, units, near) or "Name the part by its number as printed, and quote its words exactly as they stand."
    return Caution("impact.does-not-fit", f"A change of {name}{where} would not be applied: {refusal.message}.{beside}", act.evidence, work, advice, refusal.code)


def _standing(scene: Scene, work: str, act: Relation, day: date) -> Sequence[Unit]:
    """The words that the act is to change."""
    return scene.before.units(work, day) or scene.after.units(work, day)


def nearest(units: Sequence[Unit], act: Relation) -> list[int]:
    """The places of the units that the words of an act may be meant for: those that hold them, else the one that is most like them; nothing where none is."""
    wanted = (act.edit.find if act.edit else None) or ""
    if not wanted:
        return []
    holding = [n for n, unit in enumerate(units) if wanted.lower() in f"{unit.heading.string} {unit.text.string}".lower()]
    if holding:
        return holding
    scored = [(_nearness(wanted, unit), n) for n, unit in enumerate(units) if unit.text]
    named = bare_marker(act.affected.path[-1].split()[-1]) if act.affected.path else ""
    mine = [n for n, unit in enumerate(units) if named and bare_marker(unit.marker) == named]
    score, best = max(scored, default=(0.0, -1))
    return [best] if score >= 0.6 else mine[:1]


def _nearness(wanted: str, unit: Unit) -> float:
    """How many of the wanted words stand in the unit in their order, of all of them."""
    ours, theirs = (re.findall(r"\w+", words.lower()) for words in (wanted, unit.text.string))
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return sum(b.size for b in blocks) / max(len(ours), 1)


def _markers(units: Sequence[Unit], act: Relation) -> str:
    """The numbers that the rule has, where one is named that it has not."""
    marked = [u for u in units if bare_marker(u.marker)]
    if not act.affected.path or not marked:
        return ""
    looks = bare_marker(act.affected.path[-1].split()[-1])
    kin = [u for u in marked if _kind(bare_marker(u.marker)) == _kind(looks)] or marked
    said = list(dict.fromkeys(u.marker.strip(" .()") for u in kin))
    return f" It has {', '.join(said[:8])}{' and others' if len(said) > 8 else ''}."


def _kind(marker: str) -> str:
    return "figure" if marker.isdigit() else "letter"


def _placed(units: Sequence[Unit], at: int) -> str:
    path = _path(units, at)
    return f"in {' of '.join(reversed(path))}" if path else "in its own words"


def _path(units: Sequence[Unit], at: int) -> tuple[str, ...]:
    """The markers of a unit and of the one around it, with the names of their kinds, the outer first; its own alone where no other unit has it."""
    depth, found = units[at].depth + 1, list[str]()
    alone = sum(bare_marker(u.marker) == bare_marker(units[at].marker) for u in units) == 1
    for n in range(at, -1, -1):
        if units[n].depth < depth:
            depth = units[n].depth
            if marker := bare_marker(units[n].marker):
                found.append(f"{'item' if marker.isdigit() else 'paragraph'} {units[n].marker.strip(' .()')}")
    return tuple(reversed(found[: 1 if alone else 2]))


def _said(unit: Unit) -> str:
    return " ".join(filter(None, (unit.heading.string, unit.text.string)))


def _short(words: str, length: int = 110) -> str:
    return words if len(words) <= length else words[: length - 3].rstrip() + "..."


def _proposal(scene: Scene, work: str, act: Relation, units: Sequence[Unit], near: Sequence[int]) -> str:
    """The same change said of the nearest clause with the words that stand there; nothing where it would not be read, or not be applied."""
    edit = act.edit
    if edit is None or edit.find is None or edit.replace is None or not near:
        return ""
    rule = scene.after.names.work(scene.after.works[work])
    for at in near[:3]:
        words, path = _as_printed(edit.find, units[at].text.string), _path(units, at)
        if not words or not path or '"' in words + edit.replace:
            continue
        does = f'strike "{words}" and insert "{edit.replace}"' if edit.replace else f'strike "{words}"'
        said = f"In {' of '.join(reversed(path))} of {_section(rule)}, {does}."
        if _would_fit(scene, act, units, path, Edit(find=words, replace=edit.replace, count=1), said):
            return f'Say: "{said}"'
    return ""


def _section(called: str) -> str:
    return re.sub(r"^(?:Manual Section|Policy)\s+(?=\d)", "Section ", called)


def _as_printed(wanted: str, text: str) -> str:
    """The wanted words as they stand in a text: in its case; where words of them are others there, all from the first to the last that are the same."""
    at = text.lower().find(wanted.lower())
    if at >= 0:
        return text[at : at + len(wanted)]
    ours, theirs = re.findall(r"\w+", wanted), list(re.finditer(r"\w+", text))
    blocks = [b for b in SequenceMatcher(None, [w.lower() for w in ours], [m.group().lower() for m in theirs], autojunk=False).get_matching_blocks() if b.size]
    if not blocks or sum(b.size for b in blocks) * 5 < len(ours) * 3:
        return ""
    first, last = blocks[0].b, blocks[-1].b + blocks[-1].size - 1
    if last - first > 2 * len(ours):
        return ""
    return text[theirs[first].start() : theirs[last].end()]


def _would_fit(scene: Scene, act: Relation, units: Sequence[Unit], path: tuple[str, ...], edit: Edit, said: str) -> bool:
    """Whether the proposed sentence is read without doubt, as this change, and the change applies to the words."""
    reading = relations.instruct(said, [], scene.profile)
    if reading.findings or len(reading.instructions) != 1 or reading.instructions[0].edit is None:
        return False
    read = reading.instructions[0].edit
    if (read.find, read.replace or "") != (edit.find, edit.replace or ""):
        return False
    tried = replace(act, affected=replace(act.affected, path=path), edit=read, certainty="certain", candidates=(), condition="")
    return consolidation.apply(units, [Change(tried, tried.id, scene.day_of(act))]).complete
