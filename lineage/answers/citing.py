"""Rules that have ended and that rules in force still cite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from lineage.answers.phrases import article
from lineage.model import Relation, Ruling, bare
from lineage.model.dates import long_date
from lineage.model.survey import Place, Remark

if TYPE_CHECKING:
    from lineage.answers.surveying import Scene

CITING = ("cites", "implements", "supplements")


def dead(scene: Scene) -> Iterator[Remark]:
    """Each rule that had ended by the day and is cited by a text that rules on it, with the places. A citation of a version by its date means that version, and is none of these."""
    cited: dict[str, list[Relation]] = defaultdict(list)
    for act in scene.acts:
        ended = scene.rulings.get(act.affected.work or "")
        over = ended is not None and ended.status == "not-in-force" and ended.period.opened_by is not None
        if ended is not None and over and _cites_rule(act) and scene.rules(act.affecting.work, act.item):
            cited[ended.work.id].append(act)
    now = {(r.work.agency, r.work.series, bare(r.work.number)): r for r in scene.in_force() if r.work.number}
    for name, acts in cited.items():
        yield _remark(scene, scene.rulings[name], acts, now)


def _cites_rule(act: Relation) -> bool:
    """Whether an order's text plainly names another rule, and not a version of it by its date."""
    plain = act.certainty != "doubtful" and not act.candidates and act.standing == "order"
    return act.kind in CITING and plain and act.affecting.work != act.affected.work and act.affected.version_on is None


def _remark(scene: Scene, ended: Ruling, acts: list[Relation], now: dict[tuple[str, str, str], Ruling]) -> Remark:
    by: dict[str, Relation] = {}
    for act in acts:
        by.setdefault(act.affecting.work or "", act)
    event, day = ended.period.opened_by, ended.period.interval.start or date.min
    how = event.label if event and event.kind == "ends" else "ended"
    other = now.get((ended.work.agency, ended.work.series, bare(ended.work.number or "")))
    since = f'; the number is now that of "{other.work.title}"' if other else ""
    title = f', "{ended.work.title}",' if ended.work.title and ended.work.number else ""
    whom = "a rule" if len(by) == 1 else f"{len(by)} rules"
    verb = f"was {how}" if not how.startswith(("expired", "ended")) else how
    places = tuple(Place.of(a.evidence[0], w, scene.held.name(w), scene.file(a.item)) for w, a in sorted(by.items()) if a.evidence)
    sentence = f"{article(ended.work).capitalize()}{scene.held.name(ended.work.id)}{title} {verb} on {long_date(day)}, and {whom} in force still cite{'s' if len(by) == 1 else ''} it{since}."
    return Remark("dead-citation", sentence, (ended.work.id, *sorted(by)), places, weight=len(by))
