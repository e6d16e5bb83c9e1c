"""Rules in force on the draft's subject that it does not end: both would stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from lineage.impact.likeness import RUN, alike, runs, shared
from lineage.impact.scene import Scene
from lineage.model import Work, bare
from lineage.model.dates import long_date
from lineage.model.impact import Caution
from lineage.pipeline import Reading as Paper
from lineage.relations.identity import bare_title, titles_alike

FEW = 30  # runs of words in common that are more than a phrase
LIKE = "bears a like title"
MOST = 2  # rules with a like title that are told one by one
COMMON = 3  # rules that share a run of words: it is a turn of phrase of the agency


def predecessors(scene: Scene) -> Iterator[Caution]:
    """Each rule that treats the subject of the draft and would be in force beside it, neither changed nor ended by it."""
    acted = {w for a in scene.acts if a.kind != "cites" for w in (a.affected.work, *a.candidates) if w}
    cited = {a.affected.work for a in scene.acts if a.kind == "cites"}
    for paper, own in scene.papers:
        day = scene.starts(paper)
        if (own.number is None and not own.title) or scene.before.status(own.id, day) == "in-force":
            continue  # a new text of a rule that stood beside the others before
        others = [w for w in scene.before.in_force(day) if w.id not in scene.own and w.agency == own.agency and w.id not in acted and not _belongs(own, w) and scene.after.status(w.id, day) != "not-in-force"]
        shares = _shares(scene, own, others, day)
        found = [(work, why) for work in others if (why := _why(own, work, shares.get(work.id, 0.0), cited=work.id in cited))]
        like = [work for work, why in found if why == LIKE]
        for work, why in found:
            if why != LIKE or len(like) <= MOST:
                yield _told(scene, paper, work, why, day)
        if len(like) > MOST:
            message = f"{scene.names((w.id for w in like), 5)} are in force on {long_date(day)} and bear like titles, and the draft neither amends, rescinds nor supersedes any of them: all would be in force."
            yield Caution("impact.not-rescinded", message, scene.heading(paper), like[0].id, "If the draft takes the place of one of them, say so of that one.")


def _told(scene: Scene, paper: Paper, work: Work, why: str, day: date) -> Caution:
    message = f"{scene.name(work.id)} is in force on {long_date(day)} and {why}, and the draft neither amends, rescinds nor supersedes it: both would be in force."
    name = scene.name(work.id).split(' ("')[0]
    return Caution("impact.not-rescinded", message, scene.heading(paper), work.id, f'If the draft takes its place, say so: "{name} is rescinded."')


def _belongs(own: Work, other: Work) -> bool:
    """Whether the one is a part or an addendum of the other by its number."""
    mine, theirs = bare(own.number or ""), bare(other.number or "")
    return bool(mine and theirs and mine != theirs) and any(a.startswith(b) and a[len(b)] in "-./" for a, b in ((mine, theirs), (theirs, mine)) if len(a) > len(b))


def _why(own: Work, other: Work, share: float, *, cited: bool) -> str:
    """How the other treats the same subject; nothing where it does not."""
    if bare_title(own.title) and bare_title(own.title) == bare_title(other.title):
        return "bears the same title"
    if own.number and other.number and bare(own.number) == bare(other.number) and own.series != other.series and (titles_alike(own.title, other.title) or share > 0.3):
        return "bears the same number in another series, and a like title"
    if share >= 0.5:
        return f"says much the same ({share:.0%} of the words)"
    return LIKE if alike(own.title, other.title) and not cited else ""


def _shares(scene: Scene, own: Work, others: list[Work], day: date) -> dict[str, float]:
    """How much of the draft, or of the rule if it is the shorter, stands in both; turns of phrase that several rules share do not count."""
    mine = runs(said for _, said in scene.after.tokens(own.id, day))
    if len(mine) < FEW:
        return {}
    texts = {w.id: [said for _, said in scene.after.tokens(w.id, day)] for w in others}
    both = {name: shared(mine, text) for name, text in texts.items()}
    count = Counter(run for own_runs in both.values() for run in own_runs)
    usual = {run for run, n in count.items() if n >= COMMON}
    found = {}
    for name, text in texts.items():
        same = len(both[name] - usual)
        whole = min(len(mine - usual), sum(max(len(said) - RUN + 1, 0) for said in text))
        if same >= FEW and whole:
            found[name] = same / whole
    return found
