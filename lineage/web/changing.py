"""What changed in a period, and what a person should look at in the whole library."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from lineage.model.dates import shifted
from lineage.model.survey import SUBJECTS
from lineage.rendering import surveying
from lineage.rendering.happening import kept_apart
from lineage.web.choosing import Choice, Short, Words, choice, day_of
from lineage.web.showing import page
from lineage.web.visitor import Visitor, visitor

router = APIRouter(include_in_schema=False)

REMARKS = 50  # of one kind, where not all are asked for


@router.get("/changes")
def changes(
    request: Request, who: Annotated[Visitor, Depends(visitor)], chosen: Annotated[Choice, Depends(choice)], start: Short = "", end: Short = "", series: Words = "", full: bool = False
) -> Response:
    """All that changed from one day through another; the last year that the library speaks of, where none is given."""
    library = who.library
    last = day_of(end) if end else _latest(who)
    first = day_of(start) if start else shifted(last, -365)
    answer = who.answer(("changes", first, last, series, chosen.known), lambda library: library.changes(first, last, series=series or None, as_known_on=chosen.as_known_on))
    days = [(day, list(same)) for day, same in groupby((h for h in answer.happenings if not kept_apart(h)), key=attrgetter("on"))]
    return page(request, "changes.html", who, chosen=chosen, answer=answer, days=days, series=series, full=full, left=library.left_out(chosen.as_known_on))


@router.get("/report")
def report(request: Request, who: Annotated[Visitor, Depends(visitor)], chosen: Annotated[Choice, Depends(choice)], every: Annotated[bool, Query(alias="all")] = False) -> Response:
    """The survey of the library."""
    answer = who.answer(("survey", chosen.when.day, chosen.known), lambda library: library.survey(chosen.when.day, chosen.as_known_on))
    most = None if every else REMARKS
    kinds = [(subject, surveying.TITLES[subject], [r for r in answer.remarks if r.subject == subject]) for subject in SUBJECTS]
    return page(request, "report.html", who, chosen=chosen, answer=answer, kinds=[(s, t, rows[:most], len(rows)) for s, t, rows in kinds if rows], every=every, left=who.library.left_out(chosen.as_known_on))


def _latest(who: Visitor) -> date:
    """The last day on which a text begins, or today where none does."""
    return min(who.library.latest() or date.today(), date.today())
