"""The first page: a day, and the rules in force on it among those held; and the box that finds a rule by whatever a person types."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from lineage.answers import Roll
from lineage.errors import AmbiguousError, NotFoundError
from lineage.library import Library
from lineage.model import Ruling
from lineage.model.time import Status
from lineage.web import places
from lineage.web.choosing import Choice, Words, choice
from lineage.web.showing import page
from lineage.web.visitor import Visitor, visitor

router = APIRouter(include_in_schema=False)

ON_A_PAGE = 100
STATUSES: tuple[Status, ...] = ("in-force", "not-provable", "not-in-force")
RECENT = timedelta(days=60)


@router.get("/")
def home(
    request: Request, who: Annotated[Visitor, Depends(visitor)], chosen: Annotated[Choice, Depends(choice)], series: Words = "", agency: Words = "", match: Words = "",
    every: Annotated[bool, Query(alias="all")] = False, part: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The rules in force."""
    if who.library.is_empty():
        return page(request, "empty.html", who)
    name = ("in-force", chosen.when, chosen.known, chosen.published, chosen.unit, chosen.rank, series, agency, match, every, part)

    def roll() -> Roll:
        return who.answer(("roll", chosen.known), lambda library: library.roll(chosen.as_known_on))

    # The roll is asked for within the answer: one from before a recording must not serve after it.
    answer = who.answer(
        name,
        lambda library: library.part_in_force(
            chosen.when, (part - 1) * ON_A_PAGE, ON_A_PAGE, roll(), series=series or None, agency=agency or None, match=match or None, every=every, as_published_on=chosen.as_published_on, **chosen.whom
        ),
    )
    parts = max(1, ceil(sum(answer.counts.values()) / ON_A_PAGE))
    if part > parts:
        return RedirectResponse("/?" + chosen.query(series=series, agency=agency, match=match, all="true" if every else "", part=parts), 303)
    listed = answer.rulings
    return page(
        request, "home.html", who, chosen=chosen, answer=answer, rulings=listed, counts={status: answer.counts.get(status, 0) for status in STATUSES}, part=part, parts=parts, series=series, agency=agency, match=match, every=every,
        agencies=_agencies(who.library, roll(), chosen.as_known_on), left=who.library.left_out(chosen.as_known_on), marks={r.work.id: _marks(r, answer.on) for r in listed},
        here=lambda **changes: "/?" + chosen.query(**({"series": series, "agency": agency, "match": match, "all": "true" if every else ""} | changes)),
    )  # fmt: skip


@router.get("/find")
def find(request: Request, who: Annotated[Visitor, Depends(visitor)], chosen: Annotated[Choice, Depends(choice)], q: Words = "") -> Response:
    """The rule that the words name; else the rules that could be meant, else the clauses that have the words."""
    words = " ".join(q.split())
    if not words:
        return RedirectResponse("/?" + chosen.query(), 303)
    try:
        work = who.library.find(words, chosen.when, chosen.as_known_on)
    except AmbiguousError as error:
        return page(request, "which.html", who, status=409, chosen=chosen, words=words, message=error.message, candidates=[_candidate(c) for c in error.candidates])
    except NotFoundError:
        return RedirectResponse("/search?" + chosen.query(q=words), 303)
    return RedirectResponse(places.rule(work.id, chosen.query()), 303)


def _candidate(line: str) -> tuple[str, str]:
    """The id of a rule that could be meant, and the words for it."""
    work, _, said = line.partition("  ")
    return work, said.strip() or work


def _agencies(library: Library, roll: Roll, as_known_on: str | None) -> list[tuple[str, str]]:
    return sorted(library.agencies({held.series.split("/")[0] for held in roll.held}, as_known_on).items(), key=lambda pair: pair[1])


def _marks(ruling: Ruling, on: date) -> list[tuple[str, Any]]:
    """What is about to happen to a rule and what just did: (kind, day)."""
    found: list[tuple[str, Any]] = [("pending", p.effective_on) for p in ruling.pending]
    began = ruling.valid_from
    if began is not None and began <= on and on - began <= RECENT:
        found.append(("new" if began == ruling.in_force_since else "changed", began))
    if ruling.last_day is not None and ruling.last_day - on <= RECENT:
        found.append(("ends", ruling.last_day))
    return found
