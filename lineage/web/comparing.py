"""Two days of one rule, word by word."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from lineage.errors import UsageError
from lineage.web.choosing import Choice, Short, choice, day_of
from lineage.web.showing import fragment, page
from lineage.web.visitor import Visitor, visitor

router = APIRouter(include_in_schema=False)


@router.get("/compare/{work:path}")
def compare(request: Request, who: Annotated[Visitor, Depends(visitor)], chosen: Annotated[Choice, Depends(choice)], work: str, start: Short = "", end: Short = "") -> Response:
    """What became of the words from one day to another."""
    if not start or not end:
        raise UsageError("Two days are needed to compare the words of a rule.", hint="Fill in both.", code="web.day")
    old, new = day_of(start), day_of(end)
    found = who.library.find(work, new, chosen.as_known_on)
    answer = who.answer(("compare", found.id, old, new, chosen.known), lambda library: library.compare(found.id, old, new, chosen.as_known_on))
    return page(request, "_compare.html" if fragment(request) else "compare.html", who, chosen=chosen, answer=answer, start=start, end=end)
