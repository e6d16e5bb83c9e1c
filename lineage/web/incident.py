"""The incident sheet: which rules applied at a time. Nothing of it is stored, and no officer is named."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from lineage.rendering.incident import MISREAD, NO_RECEIPT
from lineage.web import sheet
from lineage.web.choosing import Choice, Words, choice
from lineage.web.showing import page
from lineage.web.visitor import Visitor, visitor

router = APIRouter(include_in_schema=False)


@router.get("/incident")
def incident(request: Request, who: Annotated[Visitor, Depends(visitor)], chosen: Annotated[Choice, Depends(choice)], words: Words = "") -> Response:
    """The form, and under it the sheet where a day is given."""
    answer = who.library.incident(chosen.when, words, **chosen.whom) if chosen.on else None
    return page(request, "incident.html", who, chosen=chosen, words=words, answer=answer, no_receipt=NO_RECEIPT, misread=MISREAD, pdf="/incident.pdf?" + chosen.query(words=words))


@router.get("/incident.pdf")
def printed(who: Annotated[Visitor, Depends(visitor)], chosen: Annotated[Choice, Depends(choice)], words: Words = "") -> Response:
    """The sheet as a PDF."""
    answer = who.library.incident(chosen.when, words, **chosen.whom)
    return Response(sheet.pdf(answer), media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="incident-{chosen.day}.pdf"'})
