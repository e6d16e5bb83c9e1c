"""What the store gives back besides the values of the model: plain frozen rows, standard library only."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from msgspec import Struct

from lineage.model import Box, ClauseKind
from lineage.model.confusion import AS_READ
from lineage.model.time import Status


class ItemRow(Struct, frozen=True):
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


class ClauseRow(Struct, frozen=True):
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


class SeriesRow(Struct, frozen=True):
    """How much of a series is held: the number of works, and the earliest and latest day on which a text of them starts (None where
    none is known).
    """

    agency: str
    series: str
    works: int
    earliest: date | None
    latest: date | None


class SearchHit(Struct, frozen=True):
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


class Stood(NamedTuple):
    """A period of a work in short: its first day and the day after its last (ISO, as they are stored), its status, and whether a held paper opened it."""

    work: str
    first: str
    after: str
    status: Status
    opened: bool
