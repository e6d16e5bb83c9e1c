"""Numbers: stretches of days in which one had no rule, days on which two rules bore one, and sections that a sequence lacks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from lineage.answers.phrases import article
from lineage.model import Event, Interval, Period, Work, bare
from lineage.model.dates import long_date
from lineage.model.survey import Place, Remark

if TYPE_CHECKING:
    from lineage.answers.surveying import Scene

MEMBERS = 4  # a sequence has at least as many rules held
LAST_FIGURES = re.compile(r"(?P<prefix>.*[.\-/])(?P<last>\d+)")


class Stretch(NamedTuple):
    """Days on which a work bore a number with one answer."""

    days: Interval
    work: Work
    period: Period


def gaps(scene: Scene) -> Iterator[Remark]:
    """Stretches of days in which a number had no rule, between two in which it had one."""
    for (_, series, number), stretches in _by_number(scene).items():
        live = sorted((s for s in stretches if s.period.status == "in-force"), key=lambda s: s.days.start or date.min)
        reached: Stretch | None = None
        for one in live:
            hole = _between(reached, one) if reached else None
            if reached and hole and (hole.start or date.min) <= scene.on and not any(s.period.status == "not-provable" and s.days.overlap(hole) for s in stretches if s.period.opened_by):
                yield _gap(scene, number, series, reached, one, hole)
            reached = one if reached is None or _end(one) > _end(reached) else reached


def _between(before: Stretch, after: Stretch) -> Interval | None:
    end, start = before.days.end, after.days.start
    return Interval(end, start) if end is not None and start is not None and end < start else None


def _end(one: Stretch) -> date:
    return one.days.end or date.max


def _gap(scene: Scene, number: str, series: str, before: Stretch, after: Stretch, hole: Interval) -> Remark:
    first, last = hole.start or date.min, (hole.end or date.max) - timedelta(days=1)
    days = f"on {long_date(first)}" if first == last else f"from {long_date(first)} through {long_date(last)}"
    same = before.work.id == after.work.id
    what = "the rule ended and was in force again after that" if same else f"{_titled(before)} {_left(before)}, and {_titled(after)} {_came(after)}"
    places = (*_proof(scene, before.work, before.period.closed_by), *_proof(scene, after.work, after.period.opened_by))
    return Remark("gap", f"No rule held bore the number {number} {days}: {what}.", tuple(dict.fromkeys((before.work.id, after.work.id))), places, weight=(last - first).days)


def _titled(one: Stretch) -> str:
    return f'"{one.work.title or "(title not held)"}"'


def _left(one: Stretch) -> str:
    return "had ended" if one.days.end == one.period.interval.end else "bore another number by then"


def _came(one: Stretch) -> str:
    return "had not begun" if one.days.start == one.period.interval.start else "did not bear it yet"


def _proof(scene: Scene, work: Work, event: Event | None) -> tuple[Place, ...]:
    return tuple(Place.of(e, work.id, scene.held.name(work.id), scene.file(e.item)) for e in event.evidence[:1]) if event else ()


def overlaps(scene: Scene) -> Iterator[Remark]:
    """Two works that bore one number at once, as far as is known, up to the day of the survey."""
    until = Interval(None, scene.on + timedelta(days=1) if scene.on < date.max else None)
    for (_, _, number), stretches in _by_number(scene).items():
        open_ = [s for s in stretches if s.period.status != "not-in-force" and (s.period.status == "in-force" or s.period.opened_by)]
        by_work = defaultdict(list)
        for one in open_:
            by_work[one.work.id].append(one)
        for first, second in combinations(sorted(by_work), 2):
            common = [(a, b, days) for a in by_work[first] for b in by_work[second] if (days := a.days.overlap(b.days)) and (days := days.overlap(until)) and "in-force" in (a.period.status, b.period.status)]
            if common:
                yield _overlap(scene, number, common)


def _overlap(scene: Scene, number: str, common: Sequence[tuple[Stretch, Stretch, Interval]]) -> Remark:
    sure = [c for c in common if c[0].period.status == c[1].period.status == "in-force"] or common
    one, two, days = min(sure, key=lambda c: c[2].start or date.min)
    both = "were in force at once" if one.period.status == two.period.status == "in-force" else "are not told apart"
    since = f"from {long_date(days.start)}" if days.start else "from a day that is not held"
    last = max((c[2].end or date.max for c in sure), default=date.max) - timedelta(days=1)
    until = f"through {long_date(last)}" if last < scene.on else "on"
    names = " and ".join(f'"{s.work.title or s.work.id}"' for s in (one, two))
    places = (*_proof(scene, one.work, one.period.opened_by), *_proof(scene, two.work, two.period.opened_by))
    return Remark("overlap", f"Two rules of the number {number}, {names}, {both} {since} {until}.", (one.work.id, two.work.id), places, weight=float(last >= scene.on) + float(both.startswith("were")) / 2)


def _by_number(scene: Scene) -> dict[tuple[str, str, str], list[Stretch]]:
    """The stretches of each number of a series, in no order. A number that a renumbering took away is borne no longer."""
    found: dict[tuple[str, str, str], list[Stretch]] = defaultdict(list)
    for work in (scene.held.works[name] for name in scene.rulings):
        for period in scene.held.periods.get(work.id, ()):
            if not work.number:
                continue
            borne = work.numbers or None
            for one in borne or ():
                days = Interval(one.since, one.until).overlap(period.interval)
                if days:
                    found[work.agency, one.series, bare(one.number).upper()].append(Stretch(days, work, period))
            if borne is None:
                found[work.agency, work.series, bare(work.number).upper()].append(Stretch(period.interval, work, period))
    return found


def missing(scene: Scene) -> Iterator[Remark]:
    """Sections that a sequence lacks: numbers between the first and the last of those held, of which no text was ever held. A sequence has some rules, and at least as many held as it lacks."""
    sequences: dict[tuple[str, str, str], dict[int, Work]] = defaultdict(dict)
    for work in scene.held.works.values():
        match = LAST_FIGURES.fullmatch(work.number or "")
        if match and work.held and work.id in scene.rulings:
            sequences[work.agency, work.series, match["prefix"]][int(match["last"])] = work
    cited = {(w.agency, bare(w.number)) for w in scene.held.works.values() if w.number and not w.held}
    for (agency, _, prefix), works in sequences.items():
        held = sorted(works)
        lacking = [n for n in range(held[0], held[-1]) if n not in held] if held else []
        if lacking and len(held) >= MEMBERS and len(lacking) <= len(held):
            yield _lacking(scene, prefix, works, lacking, {number for of, number in cited if of == agency})


def _lacking(scene: Scene, prefix: str, works: dict[int, Work], lacking: list[int], cited: set[str]) -> Remark:
    last = [(w.number or "")[len(prefix) :] for w in works.values()]
    width = max(map(len, last)) if any(words.startswith("0") for words in last) else 1
    numbers = [f"{prefix}{n:0{width}d}" for n in lacking]
    told = [number + (" (cited)" if bare(number) in cited else "") for number in numbers]
    first, final = works[min(works)], works[max(works)]
    sentence = f"Between {article(first)}{scene.held.name(first.id)} and {final.number} no text is held of {', '.join(told)}; {len(works)} others of the sequence are held."
    return Remark("gap", sentence, weight=-len(lacking), candidate=True)
