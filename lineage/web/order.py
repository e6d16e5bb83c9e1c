"""A paper among others: what it did to other rules, and what was done to it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from lineage.model.dates import bounds
from lineage.rendering.plain import CERTAINTY
from lineage.web.choosing import Choice, choice
from lineage.web.showing import page
from lineage.web.visitor import Visitor, visitor

router = APIRouter(include_in_schema=False)


@router.get("/order/{work:path}")
def order(request: Request, who: Annotated[Visitor, Depends(visitor)], chosen: Annotated[Choice, Depends(choice)], work: str) -> Response:
    """The relations of one paper, at either end."""
    library = who.library
    found = library.find(work, chosen.when, chosen.as_known_on)
    acts = library.relations(found.id, chosen.as_known_on)
    names = library.names(chosen.as_known_on)
    told = library.history(found.id, chosen.as_known_on)
    did = [r for r in acts if r.affecting.work == found.id]
    suffered = [r for r in acts if r.affected.work == found.id and r.affecting.work != found.id]
    return page(request, "order.html", who, chosen=chosen, told=told, did=did, suffered=suffered, names=names, bounds=bounds, sure=CERTAINTY, files=told.item_names)
