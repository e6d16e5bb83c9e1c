"""A survey of the whole library on a day: gaps and overlaps of numbers, sources that disagree, clauses alike or at odds, reviews due, interim orders grown old, citations of what has ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from lineage.answers.asking import held_of
from lineage.answers.happening import Records, records
from lineage.answers.redlines import Redlines
from lineage.answers.ruling import rule_on
from lineage.model import Finding, Relation, Ruling
from lineage.model.hours import When
from lineage.model.survey import SUBJECTS, Place, Remark, Survey

if TYPE_CHECKING:
    from lineage.store.reading import Reading

# Open questions that say that two sources do not agree.
AT_ODDS = (
    "dates.disagree", "expressions.several-texts", "graph.two-rescinders", "heading.pages-differ", "index.contradicts", "manual.contents-differ", "relations.acts-on-ended", "relations.contradicted",
    "sightings.after-end",
)  # fmt: skip
SEVERAL = "expressions.several-texts"


class Scene(Struct, frozen=True):
    """All that the parts of a survey look at: the records, how each work stands on the day, and what makes their words."""

    store: Reading
    held: Records
    on: date
    rulings: dict[str, Ruling]
    redlines: Redlines
    acts: tuple[Relation, ...]
    as_known: str | None

    def in_force(self) -> Iterator[Ruling]:
        """The rules in force on the day."""
        return (r for r in self.rulings.values() if r.status == "in-force")

    def rules(self, work: str | None, item: str) -> bool:
        """Whether the paper is the one whose text rules its work on the day."""
        ruling = self.rulings.get(work or "")
        return ruling is not None and ruling.status == "in-force" and ruling.period.item == item

    def file(self, item: str) -> str:
        """The name of a file held."""
        return self.held.items.get(item, item[:12])


def survey(store: Reading, on: date, *, as_known: str | None = None, graph: Iterable[Finding] = ()) -> Survey:
    """Everything that a person should look at on a day; ``graph`` are the open questions that only the whole graph of relations shows."""
    from lineage.answers import ageing, alike, citing, numbering

    scene = _scene(store, on, as_known)
    texts = alike.texts(scene)
    remarks = [
        *numbering.gaps(scene), *numbering.missing(scene), *numbering.overlaps(scene), *_disagreements(scene, graph), *alike.remarks(texts, _changing(scene)), *ageing.reviews(scene, texts), *ageing.interim(scene),
        *citing.dead(scene),
    ]  # fmt: skip
    remarks.sort(key=lambda r: (SUBJECTS.index(r.subject), -r.weight, r.works, r.sentence))
    counted, unclear = sum(1 for _ in scene.in_force()), sum(r.status == "not-provable" and (r.work.held or r.period.opened_by is not None) for r in scene.rulings.values())
    return Survey(on, as_known, held_of(store, None, as_known), sum(not w.held for w in scene.held.chosen), counted, unclear, len(texts), tuple(remarks), tuple(ageing.unasked(scene)))


def _scene(store: Reading, on: date, as_known: str | None) -> Scene:
    held = records(store, None, as_known)
    rulings = {w.id: rule_on(w, When.of(on), held.periods.get(w.id, ()), held.texts.get(w.id, ()), ("", "")) for w in held.chosen}
    items = sorted({r.period.item for r in rulings.values() if r.status == "in-force" and r.period.item})
    acts = tuple(store.relations(items=items, as_known=as_known)) if items else ()
    return Scene(store, held, on, rulings, Redlines(store, held.names, held.items, as_known), acts, as_known)


def _changing(scene: Scene) -> set[frozenset[str]]:
    """The pairs of works of which one changes the words of the other."""
    changes = ("substitutes", "inserts", "deletes", "amends", "corrects", "renumbers")
    return {frozenset((a.affecting.work, a.affected.work)) for a in scene.acts if a.kind in changes and a.affecting.work and a.affected.work}


def _disagreements(scene: Scene, graph: Iterable[Finding]) -> Iterator[Remark]:
    """Open questions by which sources disagree, of rules that are in force or not established on the day. Those of several texts with one date are one remark, of the rules that they concern that day."""
    several: list[Ruling] = []
    for finding in dict.fromkeys((*(f for own in scene.held.findings.values() for f in own), *graph)):
        ruling = scene.rulings.get(finding.work or "")
        if finding.code not in AT_ODDS or finding.severity == "note" or ruling is None or ruling.status == "not-in-force":
            continue
        if finding.code == SEVERAL:
            several += [ruling] if SEVERAL in ruling.codes and ruling not in several else []
            continue
        name = scene.held.name(ruling.work.id)
        places = tuple(Place.of(e, ruling.work.id, name, scene.file(e.item)) for e in finding.evidence[:4])
        yield Remark("disagreement", f"{name}: {finding.message}", (ruling.work.id,), places, code=finding.code, weight=float(finding.severity == "blocker"))
    if several:
        yield _several(scene, several)


def _several(scene: Scene, rulings: Sequence[Ruling]) -> Remark:
    """The rules of which several texts with the same number and dates are held, as one remark."""
    places: list[Place] = []
    for ruling in rulings:
        item = ruling.period.item or ""
        starts = next((x.starts for x in scene.held.texts.get(ruling.work.id, ()) if x.item == item), None)
        same = [x.item for x in scene.held.texts.get(ruling.work.id, ()) if x.starts == starts]
        places += [Place(ruling.work.id, scene.held.name(ruling.work.id), one, scene.file(one), 1) for one in same]
    what = "a rule in force has more than one text" if len(rulings) == 1 else f"{len(rulings)} rules in force have more than one text each"
    sentence = f"{what[:1].upper()}{what[1:]} with the same number and dates and different words; which of them stands is not established without a sighting."
    return Remark("disagreement", sentence, tuple(r.work.id for r in rulings), tuple(places), code=SEVERAL)
