"""Days that cannot follow each other so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from lineage.graph.reading import REVIVING, Edge, day
from lineage.model import Finding
from lineage.model.dates import long_date

# These may come before the work they act upon begins, or after it has ended.
_BEFORE = (*REVIVING, "postpones", "cites", "implements")
_AFTER = (*REVIVING, "cites", "implements")


def disorder(known: list[Edge]) -> Iterator[Finding]:
    """A finding for each act whose day lies before its own paper, or outside the life of the work it acts upon.

    A day that is known only by its bounds counts where all of its days lie so.
    """
    for edge in known:
        trouble = _before_its_paper(edge) or _outside_its_target(edge)
        if trouble:
            what, settles = trouble
            yield Finding(
                "graph.order-of-dates",
                "doubt",
                f"{what} One of the two days is misread or mistaken, or the act reaches back; what was in force between them hangs on it. "
                f"{settles}",
                (edge.evidence,),
                edge.affected,
            )


def _before_its_paper(edge: Edge) -> tuple[str, str] | None:
    if edge.last is None or edge.kind in (*_BEFORE, "renumbers"):  # who renumbers is not the rule that bears the new number
        return None
    settles = "Express words that the act reaches back, or another copy of the paper, could settle it."
    act = f"{edge.affecting_name} {edge.kind} {_target(edge)} on {long_date(edge.last)}"
    if edge.issued and edge.last < edge.issued:
        return f"{act}, before it was itself issued on {long_date(edge.issued)}.", settles
    # A loop tells of versions, of which a life has several.
    began = day(edge.affecting_node.get("possible_from"))
    if began and edge.last < began and edge.affecting != edge.affected:
        return f"{act}, before it itself began on {long_date(began)}.", settles
    return None


def _outside_its_target(edge: Edge) -> tuple[str, str] | None:
    if edge.version_on or edge.affecting == edge.affected:
        return None
    began, ended = day(edge.affected_node.get("possible_from")), day(edge.affected_node.get("possible_to"))
    settles = "The number and date of the work that is meant, or a paper that brought it back, could settle it."
    act = f"{edge.affecting_name} {edge.kind} {_target(edge)}"
    if began and edge.last and edge.last < began and edge.kind not in _BEFORE:
        return f"{act} on {long_date(edge.last)}, before that work began on {long_date(began)}.", settles
    if ended and edge.first and edge.first > ended and edge.kind not in _AFTER:
        return f"{act} on {long_date(edge.first)}, after that work had ended: its last day was {_last_day(ended)}.", settles
    return None


def _target(edge: Edge) -> str:
    return "an earlier version of itself" if edge.affecting == edge.affected else edge.affected_name


def _last_day(end: date) -> str:
    # Readers are shown the last day in force, never the exclusive end.
    return long_date(end - timedelta(days=1))
