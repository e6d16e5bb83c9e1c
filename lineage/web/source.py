"""The source behind what is said: the page of a held file as it looks, with the place marked; its picture alone; the file itself."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from lineage.errors import NotFoundError
from lineage.model import bytes_of
from lineage.model.facsimile import Facsimile
from lineage.rendering import facsimile as drawn
from lineage.web import places
from lineage.web.showing import fragment, page
from lineage.web.visitor import Visitor, visitor

router = APIRouter(include_in_schema=False)

# The hash of a file, or of a rule's portion of it: nothing else can be a path to bytes.
Item = Annotated[str, Path(pattern=r"^[0-9a-f]{64}(~[0-9]{1,6})?$")]
Number = Annotated[int, Path(ge=1, le=100_000)]
NEAR = 600  # characters around a quote where a text has no pages


@router.get("/source/{item}/{number}")
def source(
    request: Request, who: Annotated[Visitor, Depends(visitor)], item: Item, number: Number, box: Annotated[list[str], Query(max_length=50)] = [], start: int = 0, end: int = 0,  # noqa: B006
) -> Response:
    """A page with its marks; only the part that is put beside a text where our script asks."""
    return _shown(request, who, item, number, box, start, end)


@router.get("/clause/{item}/{eid}")
def clause(request: Request, who: Annotated[Visitor, Depends(visitor)], item: Item, eid: Annotated[str, Path(max_length=400)], number: int = 0) -> Response:
    """The page on which a clause stands (its first, or the one asked for), with all its words on it marked."""
    pieces = who.library.pieces(item, eid)
    first = next((p for p in pieces if p.page == number), pieces[0])
    boxes = [",".join(f"{edge:g}" for edge in p.box_pt) for p in pieces if p.page == first.page and p.box_pt]
    others = sorted({p.page for p in pieces} - {first.page})
    return _shown(request, who, item, first.page, boxes, first.start, first.end, {n: f"/clause/{item}/{quote(eid)}?number={n}" for n in others})


def _shown(request: Request, who: Visitor, item: str, number: int, box: list[str], start: int, end: int, others: dict[int, str] | None = None) -> Response:
    shown = _page(who, item, number)
    marks = [shown.share(one) for one in places.boxes_of(box)] if shown.rgb else []
    start, end = max(0, start), min(end, len(shown.text))
    cut = (shown.text[max(0, start - NEAR) : start], shown.text[start:end], shown.text[end : end + NEAR]) if not shown.rgb and end > start else ("", "", "")
    query = places.source(item, number, places.boxes_of(box), (start, end))
    return page(
        request, "_source.html" if fragment(request) else "source.html", who, shown=shown, marks=marks, cut=cut, before=max(0, start - NEAR) > 0, after=end + NEAR < len(shown.text), whole=query, others=others or {},
        address=lambda n: places.source(item, n),
    )  # fmt: skip


@router.get("/image/{item}/{number}.png")
def image(request: Request, who: Annotated[Visitor, Depends(visitor)], item: Item, number: Number) -> Response:
    """The picture of a page of a PDF."""
    shown = _page(who, item, number)
    if not shown.rgb:
        raise NotFoundError(f"{shown.name} has no pictures of pages.", hint="Its words are shown instead.", code="facsimile.no-picture")
    picture = who.remembered.picture(("png", who.library.is_public, item, number), lambda: drawn.png(shown))
    return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=300"})


@router.get("/file/{item}")
def file(who: Annotated[Visitor, Depends(visitor)], item: Item) -> Response:
    """The very bytes held, to be saved and never shown by the browser itself."""
    name, data = who.library.file(item)
    safe = re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip("._") or "file"
    disposition = f"attachment; filename=\"{safe}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": disposition, "X-Sha256": bytes_of(item)})


def _page(who: Visitor, item: str, number: int) -> Facsimile:
    found: Facsimile = who.remembered.picture(("page", who.library.is_public, item, number), lambda: who.library.facsimile(item, number))
    return found
