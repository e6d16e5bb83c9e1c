"""What would no longer be established by the draft: the open questions that it raises about rules, its own and others."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from lineage.impact.advice import advice_on
from lineage.impact.scene import Scene
from lineage.model import Finding
from lineage.model.impact import Caution

# What other checks tell in their own words: always, and of what the draft itself says.
ALWAYS = frozenset(("identity.like-title", "works.only-cited", "works.start-not-held", "graph.unresolved"))
OF_THE_DRAFT = frozenset((
    "text.not-consolidated", "relations.acts-on-ended", "relations.holder-unclear", "dates.effective-before-issue", "dates.retroactive", "expressions.several-texts", "relations.scope-unknown", "relations.doubtful",
))  # fmt: skip
MOST = 2  # rules of which one thing is told one by one
# A note that changes no answer about a paper held, and of a draft shows a slip.
SLIPS = frozenset(("expressions.version-skipped",))
CODES = {"identity.number-reused": "impact.number-taken", "relations.open-target": "impact.target-unclear"}


def doubts(scene: Scene) -> Iterator[Caution]:
    """Each doubt that is new, told of the rule that it is about; of several rules at once where one place of the draft raises it of more than two."""
    alike: dict[tuple[object, ...], list[Caution]] = {}
    for work, one in _new(scene):
        told = _told(scene, work, one)
        alike.setdefault((told.code, told.finding, told.evidence[:1]), []).append(told)
    for same in alike.values():
        if len(same) <= MOST:
            yield from same
            continue
        of = scene.names(c.work for c in same if c.work)
        yield replace(same[0], message=f"Of {of} alike, as of the first: {same[0].message.split(': ', 1)[1]}", others=tuple(c.work for c in same[1:] if c.work))


def _new(scene: Scene) -> Iterator[tuple[str, Finding]]:
    """The doubts that the draft raises, by rule; none of a rule that is over by its day, whatever the draft says."""
    items = {paper.item.sha256 for paper, _ in scene.papers}
    read = {(f.code, f.message) for paper, _ in scene.papers for f in paper.findings}
    day = min(scene.starts(paper) for paper, _ in scene.papers)
    for work in sorted(scene.changed):
        if work not in scene.own and {scene.before.status(work, day), scene.after.status(work, day)} == {"not-in-force"}:
            continue
        known = {(f.code, f.message) for f in scene.before.held.findings(work=work)} | read
        for one in scene.after.held.findings(work=work):
            grave = one.severity != "note" or one.code in SLIPS
            if grave and (one.code, one.message) not in known and not _elsewhere(one, items):
                yield work, one


def _elsewhere(one: Finding, items: set[str]) -> bool:
    """Whether another check tells it."""
    return one.code in ALWAYS or (one.code in OF_THE_DRAFT and (not one.evidence or any(e.item in items for e in one.evidence)))


def _told(scene: Scene, work: str, one: Finding) -> Caution:
    items = {p.item.sha256 for p, _ in scene.papers}
    evidence = tuple(e for e in one.evidence if e.item in items) or tuple(e for a in scene.acts if a.affected.work == work and a.kind != "cites" for e in a.evidence[:1]) or scene.heading(scene.papers[0][0])
    return Caution(CODES.get(one.code, "impact.unsettles"), f"Of {scene.name(work)}: {one.message}", evidence, work, advice_on(one.code).words, one.code)
