"""The rules in force that rely on what the draft ends, takes out or renumbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from lineage.impact.likeness import alike
from lineage.impact.scene import Scene
from lineage.model import Relation, bare
from lineage.model.dates import long_date
from lineage.model.eid import bare_marker
from lineage.model.impact import Caution

DEFINES = re.compile(r"\bdefin(?:ed|ition|itions|es)\b|\bmeaning\b", re.IGNORECASE)


def relied_on(scene: Scene) -> Iterator[Caution]:
    """What is told of the rules that cite what goes."""
    yield from _ended(scene)
    yield from _parts(scene)


def _ended(scene: Scene) -> Iterator[Caution]:
    """A rule ends and others in force cite it."""
    for work, (day, act) in scene.ended.items():
        citing = [r for r in scene.after.held.relations(works={work}) if _cites(scene, r, work, day)]
        if not citing or _goes_on(scene, work, day):
            continue
        by = list(dict.fromkeys(r.affecting.work for r in citing if r.affecting.work))
        defined = [r for r in citing if DEFINES.search(_words(scene, r))]
        first = (defined or citing)[0]
        replaced = act is not None and (act.kind in ("supersedes", "incorporates") or any(alike(scene.name_of(work), own.title) for _, own in scene.papers))
        rely = f'{scene.names(by)} {"cites" if len(by) == 1 else "cite"} it{" for a definition" if defined else ""} ("{_sentence(scene, first)}")'
        evidence = act.evidence if act else scene.heading(scene.papers[0][0])
        if replaced:
            message = f"{scene.name(work)} would end from {long_date(day)}, and {rely}: these words would name a rule that is no more."
            yield Caution("impact.breaks-reference", message, evidence, work, "Amend these rules in the same order, so that they name what takes its place.")
        else:
            message = f"{scene.name(work)} would end from {long_date(day)}, the draft does not say what takes its place, and {rely}."
            code = "impact.definition-lost" if defined else "impact.relied-on"
            yield Caution(code, message, evidence, work, "Keep what they rely on, say what takes its place (\"supersedes\"), or amend them in the same order.")


def _cites(scene: Scene, one: Relation, work: str, day: date) -> bool:
    """Whether a paper in force on the day, in a text that stands then, cites the work; the draft itself is told elsewhere."""
    by = one.affecting.work
    if one.kind != "cites" or one.affected.work != work or by is None or by in scene.own or by == work:
        return False
    period = scene.after.at(by, day)
    return period is not None and period.status == "in-force" and period.item == one.item


def _goes_on(scene: Scene, work: str, day: date) -> bool:
    """Whether another rule bears the number from that day: then who cites the number still finds a rule."""
    number = bare(scene.before.works[work].number or "") if work in scene.before.works else ""
    return bool(number) and any(w.id != work and bare(w.number or "") == number and w.series == scene.before.works[work].series for w in scene.after.in_force(day))


def _parts(scene: Scene) -> Iterator[Caution]:
    """A part is taken out or renumbered and others in force name it."""
    gone: dict[str, list[tuple[str, Relation]]] = defaultdict(list)
    for act in scene.acts:
        if act.kind in ("deletes", "renumbers") and act.affected.path and act.affected.work and not (act.edit and act.edit.find):
            gone[act.affected.work].append((bare_marker(act.affected.path[-1].split()[-1]), act))
    for work, parts in gone.items():
        cites = scene.after.held.relations(works={work})
        for marker, act in parts:
            day = scene.day_of(act)
            naming = [r for r in cites if marker and _cites(scene, r, work, day) and _names_part(_words(scene, r), marker, r.affected.mention)]
            if naming:
                by = scene.names(r.affecting.work for r in naming if r.affecting.work)
                does = "takes out" if act.kind == "deletes" else "renumbers"
                message = f'The draft {does} {act.affected.path[-1]} of {scene.name(work)}, and {by} names it: "{_sentence(scene, naming[0])}".'
                yield Caution("impact.breaks-reference", message, act.evidence, work, "Amend these words in the same order.")


def _names_part(words: str, marker: str, mention: str) -> bool:
    """Whether words name a part beside the rule: "paragraph B of Section 5.12", "5.12(b)"."""
    part, name = re.escape(marker), re.escape(mention)
    kinds = r"(?:sub)?(?:paragraph|section|item|clause|subdivision|division|step|part|number)s?"
    return re.search(rf"\b{kinds}\s+(?:[A-Z0-9]+(?:,|\s+and|\s+or)\s+)*\(?{part}\)?(?![\w-])|{name}\s*(?:\(\w+\))*\(?{part}\)", words, re.IGNORECASE) is not None


def _words(scene: Scene, one: Relation) -> str:
    """The words of the clause in which a citation stands."""
    return next((f"{c.heading} {c.text}".strip() for c in scene.clauses(one.item) if c.eid == one.affecting.eid), one.evidence[0].quote)


def _sentence(scene: Scene, one: Relation, length: int = 110) -> str:
    """The sentence of it in which the rule is named."""
    words = _words(scene, one)
    at = max(words.find(one.affected.mention), 0)
    start = max((m.end() for m in re.finditer(r"[.;]\s+(?=[A-Z])", words[:at])), default=0)
    end = re.search(r"\.(?=\s+[A-Z]|$)", words[at:])
    said = " ".join(words[start : at + end.start() if end else len(words)].split())
    return said if len(said) <= length else said[: length - 3].rstrip() + "..."
