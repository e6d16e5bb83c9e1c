"""What a person attests of a series: that every paper of it up to a day is held, so what was in force by the papers held was in force on that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from lineage.model import Day, Event, Period
from lineage.model.dates import long_date
from lineage.timeline.life import Life

ATTESTED = "attested"


def attested(life: Life, events: Sequence[Event], periods: Sequence[Period]) -> tuple[list[Event], list[Period]]:
    """The events with those of attestations, in order of their days, and the periods in force on such a day with its proof. What is not established stays so: that a list is complete settles no doubt about what is on it."""
    told, proved = list(events), list(periods)
    for said in sorted(life.attested, key=lambda one: (one.on, one.id)):
        at = next((n for n, p in enumerate(proved) if p.interval.covers(said.on) and p.status == "in-force"), None)
        if at is None:
            continue
        proved[at] = replace(proved[at], last_proof_on=max(said.on, proved[at].last_proof_on or said.on))
        basis = f"{said.by} declared on {long_date(date.fromisoformat(said.said_at[:10]))} that the list of the series was complete: {said.because}"
        told.insert(sum(e.day.first is None or e.day.first <= said.on for e in told), Event("observed", Day(said.on), life.work.id, ATTESTED, basis))
    return told, proved
