"""A life with the words of its periods put together: which changes apply, and an open question for each that does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage.answers.wording import settled, told, wordings
from lineage.model import Finding
from lineage.timeline import Life, Unrolled

if TYPE_CHECKING:
    from lineage.store.reading import Reading


def worded(held: Reading, life: Life, found: Unrolled) -> Unrolled:
    """The same life, each period complete where all its changes fit the words held; what does not fit is an open question with its reason."""
    if not any(period.changes for period in found.periods):
        return found
    acts = {a.id: a for a in (*life.acts, *(a for own in life.amended.values() for a in own))}
    made = wordings(held, life.work, found.periods, acts.values())
    name = life.names.get(life.work.id, life.work.name)
    doubts: dict[tuple[object, str], Finding] = {}
    for wording in made.values():
        for finding in told(life.work, name, wording, acts, life.names):
            doubts.setdefault((finding.evidence, finding.message.split(": ")[0]), finding)
    periods = tuple(settled(period, made.get(at)) for at, period in enumerate(found.periods))
    kept = tuple(f for f in found.findings if f.code != "dates.same-day" or f.severity != "doubt" or any(f.code in p.findings for p in periods))
    return replace(found, periods=periods, findings=(*kept, *doubts.values()))
