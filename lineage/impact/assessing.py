"""``assess``: a draft read, settled in a copy of the library, and looked at from every side."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage import pipeline
from lineage.errors import LineageError, ProfileError
from lineage.impact.contradicting import contradictions
from lineage.impact.days import days
from lineage.impact.defining import definitions
from lineage.impact.doubts import doubts
from lineage.impact.fitting import misfits
from lineage.impact.reading import readings
from lineage.impact.relying import relied_on
from lineage.impact.scene import Scene, Side
from lineage.impact.subjects import predecessors
from lineage.impact.targets import targets
from lineage.impact.touches import touches
from lineage.model.impact import Caution, Impact
from lineage.pipeline.ingesting import without_collection
from lineage.pipeline.reading import Reading
from lineage.pipeline.settling import settle
from lineage.profiles import load

if TYPE_CHECKING:
    from lineage.store import Store

CHECKS = (readings, days, targets, misfits, predecessors, relied_on, definitions, contradictions, doubts)


def assess(kept: Store, path: Path, on: date | None = None, profile: str | None = None) -> Impact:
    """What a draft would do to the rules held, and what is to be said of it. Nothing is stored: the library is only read.

    ``on`` is the day on which the draft is looked at: its own issue date where it bears one and no day is given, else today. Without a profile the draft is read by that of the library's one agency, where
    its own words name none. Raises RefusedError where the file cannot be read, LineageError ``impact.held`` where the library holds it already, ``impact.no-order`` where it is a list of orders.
    """
    paper = _read(kept, path, profile)
    issued = paper.issued.on
    today, by = (on, "as asked") if on else (issued, "its own issue date") if issued else (date.today(), "today")
    with without_collection(), _settled(kept, paper, today) as scene:
        return Impact(
            name=path.name,
            work=scene.papers[0][1],
            called=scene.name(scene.papers[0][1].id),
            profile=paper.profile,
            judged_on=today,
            judged_by=by,
            starts=paper.starts.on,
            issued=issued,
            touches=tuple(touches(scene)),
            cautions=tuple(_each_once(c for check in CHECKS for c in check(scene))),
            notes=tuple(f for p, _ in scene.papers for f in p.findings if f.severity == "note"),
        )


@contextmanager
def _settled(kept: Store, paper: Reading, today: date) -> Iterator[Scene]:
    """The library before and after the draft. The copy is written, never the library."""
    from lineage.store.copying import copied

    with copied(kept) as copy:
        with copy.transaction() as writing:
            settle(writing, paper)
            moment = writing.moment
        papers = (paper, *paper.rules)
        owners = copy.makers([p.item.sha256 for p in papers])
        after = Side(copy)
        own = tuple((p, after.works[owners[p.item.sha256]]) for p in papers)
        yield Scene(Side(kept), after, own, load(paper.profile), today, frozenset(copy.works_at(moment)))


def _read(kept: Store, path: Path, profile: str | None) -> Reading:
    """The draft as read; by the profile of the library's one agency where its own words name no agency that is held."""
    paper = pipeline.read(path, profile)
    if kept.holds(paper.item.sha256):
        work = kept.makers([paper.item.sha256]).get(paper.item.sha256)
        raise LineageError(f"{path.name} is held in the library already{f', as a text of {work}' if work else ''}, so it is no draft any more: what it does is in the answers.", hint="Ask `lineage changes` or `lineage history` what it did.", code="impact.held")
    agencies = {w.agency for w in kept.works() if w.held}
    if profile is None and len(agencies) == 1 and load(paper.profile).id not in agencies:
        paper = _by_the_agency(path, next(iter(agencies)), paper)
    if paper.index is not None:
        raise LineageError(f"{path.name} is a list of orders and no order, so it has no effect on a rule.", hint="Ingest it as a list.", code="impact.no-order")
    return paper


def _by_the_agency(path: Path, agency: str, paper: Reading) -> Reading:
    try:
        return pipeline.read(path, agency)
    except ProfileError:
        return paper  # a profile of the user's own that is not at hand: `readings` says that nothing of the draft's agency is held


def _each_once(cautions: Iterator[Caution]) -> Iterator[Caution]:
    """Each caution once."""
    seen: set[tuple[str, str]] = set()
    for one in cautions:
        said = replace(one, message=" ".join(one.message.split()))
        if (said.code, said.message) not in seen:
            seen.add((said.code, said.message))
            yield said
