"""The graph around a work, unrolled: dated events, and the periods between them with one answer each.

``unroll`` takes a ``Life`` (everything held that bears on one work) and gives its events, its periods (half-open, without overlap, in order) and the doubts that
time raises. The same facts always give the same periods, in whatever order they were learnt.
"""

from __future__ import annotations

from lineage.timeline.attesting import attested
from lineage.timeline.life import Life, Unrolled
from lineage.timeline.listed import with_lists
from lineage.timeline.sightings import observed, with_sightings
from lineage.timeline.sweep import sweep

__all__ = ["Life", "Unrolled", "unroll"]


def unroll(life: Life) -> Unrolled:
    """Events, periods and findings of the work.

    Conventions (semantics, sections 1 to 4): an act that names a day works from the first moment of that day; an end whose day cannot be read leaves the time from the
    first day possible not established; a work known only from mentions is not established before the first act upon it; nothing revives by itself.
    What was seen published is proof of its day; what a complete listing no longer shows is not established until it is seen again.
    """
    marks, findings = with_sightings(life, *with_lists(life))
    events, periods = attested(life, *sweep(life, marks))
    return Unrolled(tuple(events), tuple(observed(life, periods)), tuple(f.about(life.work.id) for f in findings))
