"""The log of questions, for the administrator."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from lineage.web.accounts import text_of
from lineage.web.choosing import Words
from lineage.web.showing import page
from lineage.web.visitor import Visitor, needs, visitor

router = APIRouter(include_in_schema=False)


@router.get("/log")
def log(request: Request, who: Annotated[Visitor, Depends(visitor)], matter: Words = "") -> Response:
    """What was asked, by whom and for which matter; what is older than the days it is kept for is forgotten first."""
    needs("administrator", who)
    settings, people = request.app.state.settings, request.app.state.people
    people.forget(text_of(settings.clock() - timedelta(days=settings.keep_days)))
    return page(request, "log.html", who, rows=people.questions(matter.strip()), matter=matter)
