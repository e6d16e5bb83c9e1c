"""Open questions answered at a desk: the page of the source beside what was read from it, and the answers under keys."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from lineage.desk import Answer, Person
from lineage.errors import NotFoundError, UsageError
from lineage.model import Day, Edit
from lineage.model.dates import shifted
from lineage.model.decision import Question, standing
from lineage.rendering.reviewing import KINDS, VERDICTS, in_words
from lineage.web.choosing import Words, day_of
from lineage.web.showing import page
from lineage.web.visitor import Visitor, may_write, own_form, visitor

router = APIRouter(include_in_schema=False)

ON_A_PAGE = 50
Text = Annotated[str, Form(max_length=4000)]


@router.get("/review")
def review(request: Request, who: Annotated[Visitor, Depends(visitor)], work: Words = "", item: Words = "", part: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """The open questions, those first on which most answers hang; of one rule, or that one file brought."""
    may_write(who)
    questions = [q for q in _questions(who, work) if not item or any(e.item.startswith(item) for e in q.evidence)]
    names = who.library.names(None, {w for q in questions for w in q.works})
    shown = questions[(part - 1) * ON_A_PAGE : part * ON_A_PAGE]
    return page(request, "review.html", who, questions=shown, total=len(questions), hang=sum(q.answers for q in questions), names=names, work=work, item=item, part=part, parts=-(-len(questions) // ON_A_PAGE) or 1)


@router.get("/review/{name}")
def question(request: Request, who: Annotated[Visitor, Depends(visitor)], name: str) -> Response:
    """One question."""
    may_write(who)
    questions = _questions(who, "")
    one = who.library.desk.question(name, questions)
    at = next((n for n, q in enumerate(questions) if q.id == one.id), 0)
    evidence = sorted(one.evidence, key=lambda e: -len(e.quote))
    return page(
        request, "question.html", who, one=one, names=who.library.names(None, one.works), evidence=evidence, before=questions[at - 1] if at else None, after=questions[at + 1] if at + 1 < len(questions) else None,
        number=at + 1, total=len(questions), said="",
    )  # fmt: skip


@router.post("/review/{name}")
def decide(
    request: Request, who: Annotated[Visitor, Depends(visitor)], name: str, token: Text = "", key: Text = "", because: Text = "", seen: Text = "", target: Text = "", day: Text = "", find: Text = "", replace: Text = "",
    status: Text = "", start: Text = "", through: Text = "", text: Text = "",
) -> Response:
    """Answer it; the next question follows."""
    may_write(who)
    own_form(who, token)
    assert who.account is not None
    questions = _questions(who, "")
    one = who.library.desk.question(name, questions)
    answer = _answer(one, key, target=target, day=day, find=find, replace=replace, status=status, start=start, through=through, text=text)
    who.library.desk.decide(one.id, answer, Person(who.account.name, because), seen=seen or None)
    at = next((n for n, q in enumerate(questions) if q.id == one.id), 0)
    onward = questions[at + 1].id if at + 1 < len(questions) else ""
    return RedirectResponse(f"/decisions?made={one.id}" + (f"&next={onward}" if onward else ""), 303)


@router.get("/decisions")
def decisions(request: Request, who: Annotated[Visitor, Depends(visitor)], made: Words = "", next: Words = "") -> Response:
    """What persons decided."""
    may_write(who)
    every = who.library.store.decisions()
    counting = {d.id for d in standing(every).values()}
    names = who.library.names(None, {w for d in every for w in d.works})
    return page(request, "decisions.html", who, decisions=list(reversed(every))[:500], counting=counting, names=names, verdicts=VERDICTS, in_words=in_words, made=made, onward=next)


@router.post("/decisions/{name}")
def undo(request: Request, who: Annotated[Visitor, Depends(visitor)], name: str, token: Text = "", what: Text = "", because: Text = "") -> Response:
    """Take a decision back, or agree to one that needs a second person."""
    may_write(who)
    own_form(who, token)
    assert who.account is not None
    person = Person(who.account.name, because)
    if what == "withdraw":
        who.library.desk.withdraw(name, person)
    elif what == "second":
        who.library.desk.second(name, person)
    else:
        raise UsageError("A decision is taken back or agreed to.", hint="Use the buttons of the page.", code="review.unknown")
    return RedirectResponse("/decisions", 303)


@router.get("/missing")
def missing(request: Request, who: Annotated[Visitor, Depends(visitor)]) -> Response:
    """What to ask the records room for."""
    may_write(who)
    found = who.answer(("missing",), lambda library: library.desk.missing())
    return page(request, "missing.html", who, found=found, kinds=[(words, sum(one.kind == kind for one in found)) for kind, words in KINDS.items()])


def _questions(who: Visitor, work: str) -> list[Question]:
    return who.answer(("questions", work), lambda library: library.desk.questions(work or None))


def _answer(one: Question, key: str, *, target: str, day: str, find: str, replace: str, status: str, start: str, through: str, text: str) -> Answer:
    """What the form says: one of the answers under keys, or what is right instead."""
    option = next((o for o in one.options if o.key == key), None)
    if key == "correct":
        edit = Edit(find=find, replace=replace, count=1) if find else None
        end = shifted(day_of(through), 1) if through else None
        if status not in ("", "in-force", "not-in-force"):
            raise UsageError(f'"{status}" says neither that the rule was in force nor that it was not.', hint="Pick one of the two.", code="review.option")
        return Answer("correct", "", target.strip(), Day(day_of(day)) if day else None, edit, None, status or None, day_of(start) if start else None, end, text.strip())  # type: ignore[arg-type]
    if option is None:
        raise NotFoundError(f"Question {one.id} has no answer {key or '(none was picked)'}.", hint="Pick one of the answers on its page.", code="review.option")
    if option.asks == "day":
        return Answer("correct", key, day=Day(day_of(day)))
    if option.asks == "words":
        return Answer("correct", key, edit=Edit(find=find, replace=replace, count=1))
    return Answer(None, key)
