"""What becomes of each rule: how its life or its words would be others, and from which day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from lineage import consolidation
from lineage.impact.scene import Scene, turns
from lineage.model import Evidence, Period, Relation, Shift, Wording
from lineage.model.dates import long_date
from lineage.model.impact import Touched, TouchKind

SAID = {"insert": "added", "delete": "taken out", "replace": "changed"}
SILENT = ("cites", "confirms", "supplements", "implements")  # kinds that change no rule
WORDS: tuple[TouchKind, ...] = ("text", "words", "unapplied")


def touches(scene: Scene) -> Iterator[Touched]:
    """Every rule whose life or words change, the draft's own first; a kind of change of one rule is told once, from its first day."""
    for work in sorted(scene.changed, key=lambda w: (w not in scene.own, w)):
        if work not in scene.after.works:
            continue
        told: set[TouchKind] = set()
        differing = list(turns(scene.before.lives.get(work, ()), scene.after.lives.get(work, ())))
        new = work not in scene.before.works or not scene.before.works[work].held
        for day, was, two in differing:
            one = None if new and work in scene.own else was  # what was said of a rule that was only named is no life of it
            if one is None and day == date.min and len(differing) > 1:
                continue  # of a new rule nothing is told before it begins
            kind = _kind(one, two)
            if work not in scene.own and work not in scene.before.lives and not scene.after.works[work].held:
                continue  # a name that only the draft gives: told with what it names
            if kind is None or kind in told or (told & {"ends", "unsettled"} and kind in (*WORDS, "settled", "changed")):
                continue
            told.add(kind)
            made = _touched(scene, work, kind, None if day == date.min else day, one, two)
            if kind != "text" or made.shifts or len(scene.papers) == 1 or not scene.before.units(work, day):
                yield made  # of a whole manual only the rules that say something else


def _kind(one: Period | None, two: Period | None) -> TouchKind | None:
    was, now = (p.status if p else "not-in-force" for p in (one, two))
    if was != now:
        return "begins" if (was, now) == ("not-in-force", "in-force") else "ends" if (was, now) == ("in-force", "not-in-force") else "unsettled" if now == "not-provable" else "settled" if was == "not-provable" else "changed"
    if one is None or two is None or now != "in-force":
        return None
    if one.operative != two.operative:
        return "resumed" if two.operative else "suspended" if two.operative is False else "changed"
    if one.number != two.number:
        return "renumbered"
    if one.item != two.item:
        return "text"
    return "words" if two.complete else "unapplied"


def _touched(scene: Scene, work: str, kind: TouchKind, day: date | None, one: Period | None, two: Period | None) -> Touched:
    name, since = scene.name(work), f"from {long_date(day)}" if day else "from a day that is not settled"
    compared = redline(scene, work, day, one, two) if kind in WORDS and day else None
    shifts = compared or ()
    acts = [a for a in scene.acts if a.affected.work == work and a.kind not in SILENT]
    by = f', by its words "{_short(acts[0].evidence[0].quote)}"' if acts else ""
    said = {
        "begins": f"{name} would be in force {since}.",
        "ends": f"{name} would end: its last day in force is {long_date(day - timedelta(days=1))}{by}." if day else f"{name} would never be in force{by}.",
        "text": f"{name} would have this draft's words {since}: {_counted(compared)}." if work in scene.own else f"{name} would have another text {since}: {_counted(compared)}.",
        "words": f"The words of {name} would change {since}: {_counted(compared)}{by}.",
        "unapplied": f"The words of {name} would change {since}, and not every change fits them{by}.",
        "suspended": f"{name} would be in force but suspended {since}{by}.",
        "resumed": f"{name} would be operative again {since}{by}.",
        "renumbered": f"{scene.name(work)} would bear the number {two.number if two else ''} {since}{by}.",
        "unsettled": f"Whether {name} is in force would no longer be established {since}{by}." if one else f"From which day {name} is in force would not be established.",
        "settled": f"Whether {name} is in force, which was open, would be settled {since}: {'in force' if two and two.status == 'in-force' else 'not in force'}{by}.",
        "changed": f"The life of {name} would be another {since}{by}.",
    }[kind]
    return Touched(scene.after.works[work], name, kind, day, said, _evidence(scene, work, acts), shifts)


def redline(scene: Scene, work: str, day: date, one: Period | None, two: Period | None) -> tuple[Shift, ...] | None:
    """What becomes of the words of a rule on a day; None where they are not held both before and after."""
    old, new = scene.before.units(work, day), scene.after.units(work, day)
    if not old or not new:
        return None
    lineal = one is not None and two is not None and one.item == two.item
    return tuple(consolidation.compare(Wording(old), Wording(new), one_base=lineal))


def _counted(shifts: tuple[Shift, ...] | None) -> str:
    if shifts is None:
        return "how, cannot be told, because the words before or after are not held"
    counts = {op: sum(s.op == op for s in shifts) for op in SAID}
    said = [f"{n} {'clause' if n == 1 else 'clauses'} {SAID[op]}" for op, n in counts.items() if n]
    return ", ".join(said) or "no clause differs"


def _evidence(scene: Scene, work: str, acts: list[Relation]) -> tuple[Evidence, ...]:
    if acts:
        return acts[0].evidence
    paper = next((p for p, own in scene.papers if own.id == work), scene.papers[0][0])
    return scene.heading(paper)


def _short(words: str, length: int = 90) -> str:
    words = " ".join(words.split())
    return words if len(words) <= length else words[: length - 3].rstrip() + "..."
