"""Words in the texts: those in force on a day, or of all time."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from markupsafe import Markup
from starlette.responses import Response

from lineage.model import INDEX_SERIES
from lineage.model.confusion import AS_MISREAD
from lineage.rendering.standing import ruled
from lineage.web.choosing import Choice, Words, choice
from lineage.web.showing import page, plain
from lineage.web.visitor import Visitor, visitor

router = APIRouter(include_in_schema=False)

FEW, MANY = 50, 500  # clauses that are shown, and that are shown where more are asked for
AROUND = 160  # characters around the first word found


@router.get("/search")
def search(
    request: Request, who: Annotated[Visitor, Depends(visitor)], chosen: Annotated[Choice, Depends(choice)], q: Words = "", every: Annotated[bool, Query(alias="all")] = False, more: bool = False,
) -> Response:
    """The clauses that have the words."""
    words = " ".join(q.split())
    when, most = None if every else chosen.when, MANY if more else FEW
    found = who.answer(("search", words, when, chosen.known, more), lambda library: library.search(words, when, chosen.as_known_on, most)) if words else []
    hits = [(h, p, h.work) for h, p in found if h.work]
    names = who.library.names(chosen.as_known_on, {work for _, _, work in hits})
    titles = who.library.titles(names, chosen.as_known_on)
    rows = [(h, "a list of orders" if f"/{INDEX_SERIES}/" in work else ruled(p) if p else "not established when it ruled", _excerpt(h.text or h.heading, words)) for h, p, work in hits]
    return page(request, "search.html", who, chosen=chosen, words=words, every=every, more=more, cut=len(found) >= most, rows=rows, names=names, titles=titles, misread=any(h.matched_as == AS_MISREAD for h, _, _ in hits), left=who.library.left_out(chosen.as_known_on))


def _excerpt(text: str, words: str) -> Markup:
    """The part of a clause around the first of the words, each of them marked."""
    wanted = [re.escape(word) for word in re.findall(r"[\w.-]+", words)]
    if not wanted:
        return plain(text[: 2 * AROUND])
    pattern = re.compile(rf"\b({'|'.join(sorted(wanted, key=len, reverse=True))})", re.IGNORECASE)
    first = pattern.search(text)
    start = max(0, first.start() - AROUND) if first else 0
    cut = text[start : start + 3 * AROUND]
    parts, at = Markup("… " if start else ""), 0
    for match in pattern.finditer(cut):
        parts += plain(cut[at : match.start()]) + Markup("<mark>") + plain(match[0]) + Markup("</mark>")
        at = match.end()
    return parts + plain(cut[at:]) + Markup(" …" if start + 3 * AROUND < len(text) else "")
