"""What the store gives back besides the values of the model: plain frozen rows, standard library only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lineage.model import Box, ClauseKind
from lineage.model.confusion import AS_READ
from lineage.model.time import Status
from lineage.store.moments import END


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item held, without its pages. ``size`` in bytes, ``pages`` their number, ``recorded_from`` the UTC moment at which it was
    recorded.
    """

    sha256: str
    name: str
    media_type: str
    size: int
    pages: int
    title: str
    recorded_from: str


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause as strings. ``parent`` is the eid around it, ``page`` counts from 1, ``box_pt`` is in PDF points from the top left,
    None for text and HTML.

    ``term`` is the word that a definition defines, ``cells`` the rows of a table; ``confidence`` is how sure OCR is of its least sure
    line, None where it was not read from a picture.
    """

    eid: str
    parent: str | None
    kind: ClauseKind
    depth: int
    marker: str
    heading: str
    text: str
    page: int
    box_pt: Box | None
    term: str = ""
    cells: tuple[tuple[str, ...], ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """How much of a series is held: the number of works, and the earliest and latest day on which a text of them starts (None where
    none is known).
    """

    agency: str
    series: str
    works: int
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A clause in which all the words stand, ``matched_as`` they were read or as OCR may have misread them. ``work`` is None where the item was not yet given to one. ``text`` is its own words,
    of a table its cells.
    """

    item: str
    work: str | None
    eid: str
    heading: str
    text: str
    page: int
    matched_as: str = AS_READ


# The days (ISO) from which the periods of a work run, in order, and the status of each; None from a day that no period covers.
Life = tuple[list[str], list[Status | None]]


def lives_of(periods: Iterable[Sequence[str]]) -> dict[str, Life]:
    """The life of each work, of its periods (work, first day, day after the last, status) in order.

    >>> lives_of([("w", "0000-00-00", "2019-01-01", "not-in-force"), ("w", "2019-03-01", "9999-99-99", "in-force")])
    {'w': (['0000-00-00', '2019-01-01', '2019-03-01'], ['not-in-force', None, 'in-force'])}
    """
    found: dict[str, Life] = {}
    ends: dict[str, str] = {}
    for work, start, end, status in periods:
        starts, statuses = found.setdefault(work, ([], []))
        if ends.get(work, start) != start:
            starts.append(ends[work])
            statuses.append(None)
        starts.append(start)
        statuses.append(status)  # type: ignore[arg-type]
        ends[work] = end
    for work, end in ends.items():
        if end != END:
            found[work][0].append(end)
            found[work][1].append(None)
    return found
