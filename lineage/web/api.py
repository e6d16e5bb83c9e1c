"""The same answers as JSON, in the shapes of the command line."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from lineage.rendering import access, clocks, happening, keeping, redline, shapes, surveying, values
from lineage.rendering import incident as sheets
from lineage.web.choosing import Choice, Short, Words, day_of, documented
from lineage.web.visitor import Visitor, visitor

ABOUT = (
    "Which rule applied on a day, in which words, and how we know. Dates are ISO. `valid_to` and `to` are exclusive; `last_day` is for people. Shapes are those of the command line's --json. "
    "A rule is named by whatever a person would type, or by its id. The rules that are told are those held: `held` and `not_held` say how much that is."
)


class Trouble(BaseModel):
    """What went wrong."""

    code: str
    message: str
    hint: str
    candidates: list[str]


class Fault(BaseModel):
    """An answer that could not be given."""

    error: Trouble


_SAID = {400: "The words of the question are wrong.", 401: "Nobody is signed on.", 403: "The role may not ask this.", 404: "Nothing held fits.", 409: "The name fits several rules; `candidates` names them.", 422: "A parameter cannot be understood.",
         429: "Too many questions in a minute.", 503: "The library cannot be asked now."}
FAULTS: dict[int | str, dict[str, Any]] = {code: {"model": Fault, "description": said} for code, said in _SAID.items()}
router = APIRouter(prefix="/api", responses=FAULTS)

Asking = Annotated[Visitor, Depends(visitor)]
Chosen = Annotated[Choice, Depends(documented)]
Json = dict[str, Any]


def _made(who: Visitor, answer: Json, as_known_on: str | None) -> Json:
    """An answer with by what it was made, within the sitting in which it was asked."""
    return answer | keeping.made_by(who.library.made_by(as_known_on))


def _told(who: Visitor, answer: Json, as_known_on: str | None) -> Json:
    """The same, with how many restricted rules are left out."""
    return access.with_note(_made(who, answer, as_known_on), who.library.left_out(as_known_on))


@router.get("/in-force")
def in_force(who: Asking, chosen: Chosen, series: Words = "", match: Words = "", every: Annotated[bool, Query(alias="all")] = False) -> Json:
    """The rules in force on a day, among those held."""
    with who.library.sitting():
        answer = who.library.in_force(chosen.when, series=series or None, match=match or None, every=every, as_known_on=chosen.as_known_on, as_published_on=chosen.as_published_on, **chosen.whom)
        return _told(who, shapes.in_force(answer) | clocks.asked(answer), chosen.as_known_on)


@router.get("/show/{work:path}")
def show(who: Asking, chosen: Chosen, work: str) -> Json:
    """One rule on a day, with its words and why."""
    with who.library.sitting():
        answer = who.library.show(work, chosen.when, chosen.as_known_on, chosen.as_published_on, **chosen.whom)
        return _told(who, shapes.shown(answer) | clocks.asked(answer) | clocks.since(answer), chosen.as_known_on)


@router.get("/why/{work:path}")
def why(who: Asking, chosen: Chosen, work: str) -> Json:
    """The steps that lead to that answer."""
    with who.library.sitting():
        answer = who.library.show(work, chosen.when, chosen.as_known_on, chosen.as_published_on)
        return _made(who, shapes.why(answer) | clocks.asked(answer) | clocks.since(answer), chosen.as_known_on)


@router.get("/history/{work:path}")
def history(who: Asking, chosen: Chosen, work: str) -> Json:
    """The life of a rule."""
    with who.library.sitting():
        answer = who.library.history(work, chosen.as_known_on, chosen.as_published_on)
        return _made(who, shapes.told(answer) | clocks.asked(answer), chosen.as_known_on)


@router.get("/compare/{work:path}")
def compare(who: Asking, chosen: Chosen, work: str, start: Short, end: Short) -> Json:
    """What became of the words from one day to another."""
    with who.library.sitting():
        return _made(who, redline.shape(who.library.compare(work, day_of(start), day_of(end), chosen.as_known_on)), chosen.as_known_on)


@router.get("/relations")
def relations(who: Asking, chosen: Chosen, work: Words = "") -> Json:
    """What amends, rescinds, supersedes, suspends or cites what."""
    with who.library.sitting():
        return _made(who, {"relations": [values.relation(r) for r in who.library.relations(work or None, chosen.as_known_on)]}, chosen.as_known_on)


@router.get("/findings")
def findings(who: Asking, chosen: Chosen, work: Words = "") -> Json:
    """The open questions."""
    with who.library.sitting():
        found = who.library.findings(work or None, chosen.as_known_on)
        found += who.library.graph_findings(chosen.as_known_on) if not work else []
        return _made(who, {"findings": [values.finding(f) for f in found]}, chosen.as_known_on)


@router.get("/search")
def search(who: Asking, chosen: Chosen, q: Words, every: Annotated[bool, Query(alias="all")] = False) -> Json:
    """Clauses with these words, of the texts that ruled on the day, or with ``all`` of every time."""
    with who.library.sitting():
        hits = who.library.search(q, None if every else chosen.when, chosen.as_known_on)
        return _told(who, {"hits": [shapes.hit(h, p) for h, p in hits]}, chosen.as_known_on)


@router.get("/changes")
def changes(who: Asking, chosen: Chosen, start: Short, end: Short, series: Words = "") -> Json:
    """All that changed from one day through another."""
    with who.library.sitting():
        answer = who.library.changes(day_of(start), day_of(end), series=series or None, as_known_on=chosen.as_known_on)
        return _told(who, happening.shape(answer), chosen.as_known_on)


@router.get("/report")
def report(who: Asking, chosen: Chosen) -> Json:
    """What a person should look at in the whole library."""
    with who.library.sitting():
        return _told(who, surveying.shape(who.library.survey(chosen.when.day, chosen.as_known_on)), chosen.as_known_on)


@router.get("/incident")
def incident(who: Asking, chosen: Chosen, words: Words = "") -> Json:
    """The rules at the time of an incident, as published by then and as all documents held now show them."""
    with who.library.sitting():
        return _told(who, sheets.shape(who.library.incident(chosen.when, words, **chosen.whom)), None)
