"""``lineage review``, ``decide`` and ``decisions``: open questions, and persons' rulings on them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lineage.cli.frame import WHEN, day_only, guarded, ink, json_option, opened, put, signed
from lineage.errors import LineageError, UsageError
from lineage.model import Day, Edit
from lineage.model.dates import shifted
from lineage.model.time import Status

if TYPE_CHECKING:
    from lineage.desk import Answer, Desk
    from lineage.library import Library
    from lineage.model.decision import Question

SKIP, QUIT = "s", "q"


@click.command()
@click.argument("work", required=False)
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 100_000), help="So many questions are shown.")
@click.option("--since", type=WHEN, callback=day_only, default=None, metavar="DATE", help="Count answers about days from here on; by default the last ten years that the library speaks of.")
@click.option("--by", metavar="NAME", default=None, help="Answer the questions one by one, at one key each, in this name.")
@json_option
@click.pass_context
@guarded
def review(ctx: click.Context, work: str | None, top: int, since: date | None, by: str | None, as_json: bool) -> None:
    """The open questions, those first on which most answers hang; with --by they are answered one by one."""
    from lineage.rendering import reviewing

    with opened(ctx) as library:
        questions = library.desk.questions(work, since)
        if as_json:
            put({"open": len(questions), "answers": sum(q.answers for q in questions), "questions": [reviewing.question(q) for q in questions[:top]]})
        elif by is None:
            click.echo(reviewing.listing(questions, library.names(), _files(library), ink(), top), nl=False)
        else:
            _one_by_one(library, questions[:top], by)


@click.command()
@click.argument("name", metavar="ID")
@click.argument("verdict")
@click.option("--target", metavar="WORK", default=None, help="The rule that the act means.")
@click.option("--day", type=WHEN, callback=day_only, default=None, metavar="DATE", help="The right day of an act, or of a date.")
@click.option("--find", "find", default=None, metavar="WORDS", help="The words that an act takes out ...")
@click.option("--replace", "put_in", default=None, metavar="WORDS", help="... and what it puts in their place.")
@click.option("--count", default=1, type=click.IntRange(1), show_default=True, help="How many times the words stand there.")
@click.option("--same/--apart", "one_work", default=None, help="Whether two papers are texts of one rule.")
@click.option("--status", type=click.Choice(["in-force", "not-in-force"]), default=None, help="How the rule stood ...")
@click.option("--from", "start", type=WHEN, callback=day_only, default=None, metavar="DATE", help="... from this day ...")
@click.option("--through", type=WHEN, callback=day_only, default=None, metavar="DATE", help="... through this one, its last ...")
@click.option("--text", default=None, metavar="FILE", help="... in the words of this text: its file's name, or the beginning of its hash.")
@click.option("--all-alike", is_flag=True, help="Answer all questions of one code, pattern and series so; some of them are shown first.")
@click.option("--yes", is_flag=True, help="Do not ask again before all alike are answered.")
@signed
@json_option
@click.pass_context
@guarded
def decide(
    ctx: click.Context, name: str, verdict: str, target: str | None, day: date | None, find: str | None, put_in: str | None, count: int, one_work: bool | None, status: Status | None,
    start: date | None, through: date | None, text: str | None, all_alike: bool, yes: bool, by: str | None, because: str | None, as_json: bool,
) -> None:
    """Answer an open question: VERDICT is accept, reject, correct, or the key of one of its answers. Of a decision (its ID): withdraw it, or second it.

    A decision is kept for ever with name, reason and account; what changes later makes it count no longer, and the question comes back.
    """
    from lineage.desk import Answer, Person
    from lineage.rendering import reviewing

    if by is None or because is None:
        raise UsageError("A decision needs a name and a reason.", hint='Give both: --by "Sgt. A. Example" --because "..."', code="review.unsigned")
    person = Person(by, because)
    edit = Edit(find=find, replace=put_in or "", count=count) if find is not None else None
    end = shifted(through, 1) if through else None
    key, word = ("", verdict) if verdict in ("accept", "reject", "correct") else (verdict, None)
    answer = Answer(word, key, target or "", Day(day) if day else None, edit, one_work, status, start, end, text or "")  # type: ignore[arg-type]
    with opened(ctx) as library:
        desk = library.desk
        if verdict == "withdraw":
            made = [desk.withdraw(name, person)]
        elif verdict == "second":
            made = [desk.second(name, person)]
        else:
            if all_alike and not yes:
                _shown_first(library, desk, name)
            made = desk.decide(name, answer, person, every_alike=all_alike)
        counting = _counting(desk)
        if as_json:
            put({"decisions": [reviewing.decision(d, d.id in counting) for d in made]})
        else:
            click.echo(reviewing.made(made, library.names(), counting, ink()), nl=False)


@click.command()
@click.option("--export", "export", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE", help="Write all of them as JSON lines.")
@click.option("--import", "take", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE", help="Take decisions from such a file; those held are left alone.")
@json_option
@click.pass_context
@guarded
def decisions(ctx: click.Context, export: Path | None, take: Path | None, as_json: bool) -> None:
    """What persons decided, by whom and why; a later decision on the same subject counts instead of an earlier one, and both stay."""
    from lineage.rendering import reviewing

    with opened(ctx) as library:
        desk = library.desk
        if take is not None:
            new = desk.take(_read(take), take.name)
            click.echo(f"{len(new)} decisions taken from {take.name}.", err=as_json)
        if export is not None:
            export.write_text(desk.export(), encoding="utf-8", newline="\n")
            click.echo(f"{len(library.store.decisions())} decisions written to {export}.", err=as_json)
        counting = _counting(desk)
        if as_json:
            put({"decisions": [reviewing.decision(d, d.id in counting) for d in library.store.decisions()]})
        elif take is None and export is None:
            every = library.store.decisions()
            click.echo(reviewing.made([d for d in every if d.subject != "reading"], library.names(), counting, ink()), nl=False)
            if marks := sum(d.subject == "reading" for d in every):
                click.echo(f"{marks} marks on readings that were drawn: lineage audit")


def _one_by_one(library: Library, questions: Sequence[Question], by: str) -> None:
    """Each question with its answers at one key each, until there are no more or the person stops."""
    from lineage.rendering import reviewing

    if not sys.stdin.isatty():
        click.echo("Reading the keys and reasons from standard input.", err=True)
    names, files, done = library.names(), _files(library), 0
    for number, question in enumerate(questions, 1):
        click.echo()
        click.echo(reviewing.asked(question, names, files, ink(), number))
        click.echo(f"     {SKIP}  leave it open   {QUIT}  stop")
        key = pressed({o.key for o in question.options} | {SKIP, QUIT})
        if key == QUIT:
            break
        if key == SKIP:
            continue
        done += _answered(library.desk, question, key, by)
    click.echo(f"{done} answered; {len(library.desk.questions())} questions are open.")


def _answered(desk: Desk, question: Question, key: str, by: str) -> int:
    from lineage.desk import Person

    try:
        answer = _asked_for(question, key)
        because = click.prompt("Because")
        desk.decide(question.id, answer, Person(by, because), seen=question.seen)
    except LineageError as error:
        click.echo(f"{error.message} {error.hint}".strip(), err=True)
        return 0
    return 1


def _asked_for(question: Question, key: str) -> Answer:
    """The answer behind a key, with the day where it asks for one."""
    from lineage.desk import Answer

    option = next(o for o in question.options if o.key == key)
    if option.asks == "day":
        return Answer("correct", key, day=Day(click.prompt("Day", type=WHEN).day))
    if option.asks == "words":
        return Answer("correct", key, edit=Edit(find=click.prompt("Words that go"), replace=click.prompt("Words that come", default="", show_default=False), count=1))
    return Answer(None, key)


def pressed(keys: set[str]) -> str:
    """One of these keys: read at once at a terminal, a line elsewhere."""
    while True:
        key: str = click.getchar() if sys.stdin.isatty() else sys.stdin.readline().strip() or QUIT  # type: ignore[operator,unused-ignore]
        if key in keys:
            click.echo(key)
            return key
        click.echo(f"Press one of {', '.join(sorted(keys))}.", err=True)
        if not sys.stdin.isatty():
            return QUIT


def _shown_first(library: Library, desk: Desk, name: str) -> None:
    """Some of the questions that are like one, before all of them are answered at once."""
    from lineage.rendering import reviewing
    from lineage.review.alike import alike, sample

    every = desk.questions()
    same = alike(desk.question(name, every), every)
    names, files = library.names(), _files(library)
    for one in sample(same):
        click.echo(reviewing.asked(one, names, files, ink()), err=True)
    if not click.confirm(f"{len(same)} questions are alike, {len(sample(same))} of them are shown above. Answer all of them so?", default=False, err=True):
        raise UsageError("Nothing was decided.", hint="Answer them one by one, or give --yes.", code="review.stopped")


def _counting(desk: Desk) -> frozenset[str]:
    from lineage.model.decision import standing

    return frozenset(one.id for one in standing(desk.store.decisions()).values())


def _files(library: Library) -> dict[str, str]:
    return {i.sha256: i.name for i in library.store.items()}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"{path} cannot be read: {fault}.", hint="Give a file that `lineage decisions --export` wrote.", code="review.line") from fault
