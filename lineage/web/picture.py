"""The lineage: works as lanes, time from left to right, an arrow for each act."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from markupsafe import Markup
from starlette.responses import Response

from lineage.rendering.picture import draw
from lineage.web.choosing import Choice, choice
from lineage.web.showing import page
from lineage.web.visitor import Visitor, visitor

router = APIRouter(include_in_schema=False)

MOST_LANES = 150


@router.get("/lineage")
def whole(request: Request, who: Annotated[Visitor, Depends(visitor)], chosen: Annotated[Choice, Depends(choice)]) -> Response:
    """The whole library."""
    return _shown(request, who, chosen, None)


@router.get("/lineage/{work:path}")
def around(request: Request, who: Annotated[Visitor, Depends(visitor)], chosen: Annotated[Choice, Depends(choice)], work: str) -> Response:
    """One rule and what touches it."""
    return _shown(request, who, chosen, work)


def _shown(request: Request, who: Visitor, chosen: Choice, work: str | None) -> Response:
    library = who.library
    found = library.find(work, chosen.when, chosen.as_known_on) if work else None
    works, periods, acts = library.lives(found.id if found else None, chosen.as_known_on)
    names = library.names(chosen.as_known_on, {w.id for w in works})
    name = names.get(found.id, found.name) if found else ""
    svg = Markup(draw(works, periods, acts, today=date.today(), title=name)) if len(works) <= MOST_LANES else None
    rows = [(names.get(r.affecting.work or "", r.affecting.mention), r, names.get(r.affected.work or "", r.affected.mention)) for r in acts if r.kind != "cites"]
    rows.sort(key=lambda row: (row[1].effect.day.first if row[1].effect and row[1].effect.day.first else date.max, row[0], row[2]))
    return page(request, "picture.html", who, chosen=chosen, work=found, name=name, svg=svg, rows=rows[:1000], works=works, names=names)
