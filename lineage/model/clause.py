"""What the room ``clauses`` makes: heading fields, dates with their roles, and the outline."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from lineage.model.block import Furniture
from lineage.model.finding import Evidence, Finding
from lineage.model.text import Box, Text, union

ClauseKind = Literal["heading", "paragraph", "lead-in", "item", "definition", "table"]
CLAUSE_KINDS: tuple[ClauseKind, ...] = ("heading", "paragraph", "lead-in", "item", "definition", "table")

DateRole = Literal["issued", "effective", "approved", "title", "revised", "reviewed", "stamp", "edition", "observed"]
DATE_ROLES: tuple[DateRole, ...] = ("issued", "effective", "approved", "title", "revised", "reviewed", "stamp", "edition", "observed")


class Day(Struct, frozen=True):
    """A day as far as it is known: ``on`` where it is settled, else its bounds (both inclusive, either may be open). EDTF calls the latter an interval.

    ``hour`` is the local hour of it ("08:00"), where it is stated or follows from the words ("00:00" of what ends with the day before); None leaves it open.
    """

    on: date | None = None
    earliest: date | None = None
    latest: date | None = None
    hour: str | None = None

    @property
    def first(self) -> date | None:
        """The earliest day it can be."""
        return self.on or self.earliest

    @property
    def last(self) -> date | None:
        """The latest day it can be."""
        return self.on or self.latest


class DateReading(Struct, frozen=True):
    """A date in the role it plays, as written and as read. ``basis`` says why, where the words alone do not ("the issue date, hour open")."""

    role: DateRole
    day: Day
    raw: str
    page: int
    evidence: tuple[Evidence, ...]
    basis: str = ""
    certainty: Literal["certain", "likely", "doubtful"] = "certain"


class Clause(Struct, frozen=True):
    """Any addressable unit. ``eid`` is its Akoma Ntoso eId in this expression, ``parent`` the eid around it, ``depth`` 0 at the top.

    A clause holds its own words only, never those of its children. ``marker`` is as printed; ``heading`` its own heading, empty where it has none.
    ``rows`` holds the cells of a table, row by row. ``term`` is the defined word of a definition.
    ``wid`` is its name through all renumbering (AKN wId), empty where that is its eid. ``put_by`` is the id of the relation by which another paper put it there, empty where it stands in its own paper.
    """

    eid: str
    kind: ClauseKind
    depth: int
    text: Text = Text()
    heading: Text = Text()
    marker: Text = Text()
    parent: str | None = None
    term: str = ""
    rows: tuple[tuple[Text, ...], ...] = ()
    wid: str = ""
    put_by: str = ""

    @property
    def page(self) -> int:
        """The page on which it begins, from 1."""
        return next((line.page for part in (self.marker, self.heading, self.text) for line in part.lines()), 1)

    @property
    def confidence(self) -> float | None:
        """How sure OCR is of its least sure line; None where no line was read from a picture."""
        parts = (self.marker, self.heading, self.text, *(cell for row in self.rows for cell in row))
        return min([line.confidence for part in parts for _, line, _ in part.runs if line is not None and line.confidence is not None], default=None)

    @property
    def box_pt(self) -> Box | None:
        """The box of its words on the page where it begins; None for text and HTML."""
        box: Box | None = None
        for part in (self.marker, self.heading, self.text):
            for piece in part.pieces():
                if piece.page == self.page:
                    box = union(box, piece.box_pt)
        return box


class Heading(Struct, frozen=True):
    """What the paper says of itself: agency and series by the profile, number and title as printed. ``fields`` holds every labelled value, as written.

    ``new`` tells of a paper that says of itself that it replaces nothing ("Rescinds: New").
    """

    agency: str
    series: str = ""
    number: str | None = None
    title: str = ""
    dates: tuple[DateReading, ...] = ()
    fields: tuple[tuple[str, Text], ...] = ()
    number_evidence: tuple[Evidence, ...] = ()
    title_evidence: tuple[Evidence, ...] = ()

    def dates_of(self, role: DateRole) -> list[DateReading]:
        """The dates of a role, in the order in which they stand."""
        return [d for d in self.dates if d.role == role]


class Outline(Struct, frozen=True):
    """Heading, clauses in reading order, furniture and findings of one item, which stands on ``pages`` pages of its file from ``first_page`` on."""

    item: str
    heading: Heading
    clauses: tuple[Clause, ...]
    furniture: tuple[Furniture, ...] = ()
    findings: tuple[Finding, ...] = ()
    pages: int = 1
    first_page: int = 1
