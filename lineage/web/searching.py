"""Words in the texts: those in force on a day, or of all time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from markupsafe import Markup
from starlette.responses import Response

from lineage.model import INDEX_SERIES, Span
from lineage.model.confusion import AS_MISREAD
from lineage.rendering.standing import ruled
from lineage.rendering.visible import visible
from lineage.web import places
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
    with who.library.store.sitting():
        found = who.answer(("search", words, when, chosen.known, more), lambda library: library.search(words, when, chosen.as_known_on, most)) if words else []
        hits = [(h, p, h.work) for h, p in found if h.work]
        works = {work for _, _, work in hits}
        names, titles = who.library.names(chosen.as_known_on, works), who.library.titles(works, chosen.as_known_on)
    marker, query = _marker(words), chosen.query()
    rows = [
        (
            f"{places.rule(work, query)}#{quote(h.eid)}",
            names.get(work, work),
            titles.get(work, "") if titles.get(work, "") not in names.get(work, "") else "",
            h.page,
            _when(p, work),
            _excerpt(h.text or h.heading, marker),
            places.clause(h.item, h.eid),
        )
        for h, p, work in hits
    ]
    return page(request, "search.html", who, chosen=chosen, words=words, every=every, more=more, cut=len(found) >= most, rows=rows, misread=any(h.matched_as == AS_MISREAD for h, _, _ in hits), left=who.library.left_out(chosen.as_known_on))


def _when(span: Span | None, work: str) -> str:
    """When the text of a clause ruled."""
    return "a list of orders" if f"/{INDEX_SERIES}/" in work else ruled(span) if span else "not established when it ruled"


def _marker(words: str) -> re.Pattern[str] | None:
    """What finds each of the words, the longest first; None where there is none."""
    wanted = [re.escape(word) for word in re.findall(r"[\w.-]+", words)]
    return re.compile("|".join(sorted(wanted, key=len, reverse=True)), re.IGNORECASE) if wanted else None


def _marked(text: str, marker: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Where the words begin a word. To ask for that in the pattern would take three times as long."""
    at = 0
    while match := marker.search(text, at):
        start = match.start()
        inside = start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_")
        if not inside:
            yield match
        at = start + 1 if inside else match.end()


def _excerpt(text: str, marker: re.Pattern[str] | None) -> Markup:
    """The part of a clause around the first of the words, each of them marked."""
    first = next(_marked(text, marker), None) if marker is not None else None
    if marker is None or first is None:
        return plain(text[: 3 * AROUND]) + (" …" if len(text) > 3 * AROUND else "")
    start = max(0, first.start() - AROUND)
    cut = visible(text[start : start + 3 * AROUND])
    parts, at = ["… " if start else ""], 0
    for match in _marked(cut, marker):
        parts += escape(cut[at : match.start()]), "<mark>", escape(match[0]), "</mark>"
        at = match.end()
    return Markup("".join((*parts, escape(cut[at:]), " …" if start + 3 * AROUND < len(text) else "")))
