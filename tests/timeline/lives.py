"""Lives for the tests of the timeline, and what a slow reader makes of the simple ones, day by day."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st
from msgspec.structs import replace

from lineage.model import DateReading, Day, Effect, End, Evidence, Expression, Look, Relation, Status, Work
from lineage.timeline import Life

# How many lives each property meets: a few at every run, a thousand where LINEAGE_THOROUGH=1.
EXAMPLES = 1000 if os.environ.get("LINEAGE_THOROUGH") == "1" else 60
FIRST = date(2020, 1, 1)
SPAN = 40
WORK = Work("lbpd/manual-section/3.48/1", "lbpd", "manual-section", "3.48", "Internet Usage")
OTHER = "lbpd/special-order/other/1"
ABOVE = "lbpd/manual-section/3/1"
KINDS = {"ends": ("rescinds", "supersedes", "incorporates"), "changes": ("amends", "inserts", "deletes", "corrects"), "suspends": ("suspends",), "resumes": ("resumes",)}


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def evidence(item: str, at: int) -> Evidence:
    return Evidence(item, 1, None, f"words {at}", at, at + 7, "test")


def text(at: int, number: int) -> tuple[Expression, DateReading]:
    """A text of the work that takes effect on a day, and the reading that says so."""
    item = f"{number:02}".rjust(64, "e")
    starts = Day(on=day(at))
    return Expression(WORK.id, item, "Internet Usage", starts, words=item), DateReading("effective", starts, str(day(at)), 1, (evidence(item, 0),))


def act(what: str, at: int, number: int, certainty: str = "certain", by: str = OTHER) -> Relation:
    """An act upon the work: what it does, the day, a number that tells it from others."""
    item = f"{number:02}".rjust(64, "a")
    kinds = KINDS[what]
    return Relation(
        item, kinds[number % len(kinds)], End(f"Order {number}", work=by), End("3.48", work=WORK.id, number="3.48"), (evidence(item, number),),  # type: ignore[arg-type]
        effect=Effect(Day(on=day(at)), str(day(at))), certainty=certainty,  # type: ignore[arg-type]
    )  # fmt: skip


def aimed(at: int, number: int) -> Relation:
    """An act upon rules that are not named, of which the work may be one."""
    item = f"{number:02}".rjust(64, "c")
    return Relation(
        item, "rescinds", End(f"Order {number}", work=OTHER), End("all prior orders", subject="the internet", among="orders"), (evidence(item, number),),
        effect=Effect(Day(on=day(at)), str(day(at))), certainty="doubtful", candidates=(WORK.id,),
    )  # fmt: skip


def ending(work: str, at: int, number: int) -> Relation:
    """An act that ends another work."""
    item = f"{number:02}".rjust(64, "b")
    return Relation(
        item, "rescinds", End(f"Order {number}", work="lbpd/special-order/third/1"), End("the order", work=work), (evidence(item, number),),
        effect=Effect(Day(on=day(at)), str(day(at))),
    )  # fmt: skip


def life(texts: list[tuple[Expression, DateReading]], acts: list[Relation], **more: object) -> Life:
    return Life(WORK, tuple(x for x, _ in texts), {x.item: (d,) for x, d in texts}, tuple(acts), **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Fact:
    """One thing that happens: ``begins``, ``ends``, ``changes``, ``suspends``, ``resumes``, ``doubt`` (an end that is doubtful), ``aimed`` (rules on its subject end without being named),
    ``above`` (the rule that it belongs to ends) or ``falls`` (that rule ends, and by a general rule of the agency this one with it)."""

    what: str
    at: int


@st.composite
def simple(draw: st.DrawFn) -> list[Fact]:
    """Facts on days of their own. No text begins while the rule is suspended: whether a new text lifts a suspension is not said by any convention."""
    days = draw(st.lists(st.integers(0, SPAN - 1), min_size=1, max_size=8, unique=True))
    facts = [Fact(draw(st.sampled_from(["begins", "ends", "changes", "suspends", "resumes", "doubt", "aimed", "above", "falls"])), at) for at in sorted(days)]
    kept: list[Fact] = []
    suspended = False
    for fact in facts:
        if fact.what == "begins" and suspended:
            continue
        if fact.what in ("above", "falls") and not any(before.what == "begins" for before in kept):
            continue  # what has no text yet belongs to nothing
        suspended = fact.what == "suspends" or (suspended and fact.what not in ("resumes", "ends", "falls"))
        kept.append(fact)
    return kept


def made(facts: list[Fact]) -> Life:
    """The life that these facts are of."""
    texts = [text(fact.at, number) for number, fact in enumerate(facts) if fact.what == "begins"]
    acts = [
        act("ends" if fact.what == "doubt" else fact.what, fact.at, number, "doubtful" if fact.what == "doubt" else "certain")
        for number, fact in enumerate(facts) if fact.what not in ("begins", "aimed", "above", "falls")
    ]  # fmt: skip
    acts += [aimed(fact.at, number) for number, fact in enumerate(facts) if fact.what == "aimed"]
    above = [(fact.what, ending(ABOVE, fact.at, number)) for number, fact in enumerate(facts) if fact.what in ("above", "falls")]
    return life(texts, acts, above=tuple((ABOVE, one) for _, one in above), cascade={one.id: "a rule" for what, one in above if what == "falls"})


@dataclass(frozen=True)
class Answer:
    """How the rule stands on a day; ``operative`` and ``complete`` only where it is in force."""

    status: Status
    operative: bool | None = None
    complete: bool | None = None


def read_slowly(facts: list[Fact], on: int) -> Answer:
    """How the rule stands on a day, told from the facts one after the other as ``semantics`` puts it. An act that names a day works from its first moment."""
    telling = [fact for fact in facts if fact.what != "resumes"]
    # Before the first paper took effect it was not in force; where the first thing known is something else, nothing is established before it.
    status: Status = "not-in-force" if telling and telling[0].what == "begins" else "not-provable"
    known = False
    complete, suspended = True, False
    for fact in facts:
        if fact.at > on:
            break
        if fact.what == "begins":
            status, complete, suspended = "in-force", True, False
        elif fact.what in ("ends", "falls"):
            status, suspended = "not-in-force", False
        elif fact.what in ("doubt", "aimed", "above") and status == "in-force":
            status = "not-provable"
        elif fact.what == "changes":
            # What is changed stands, but what had ended and is changed nonetheless is unclear.
            status, complete = ("not-provable", False) if status == "not-in-force" else ("in-force", False)
        elif fact.what == "suspends" and status != "not-in-force":
            suspended = True
            if not known:
                # What is suspended was in force; its words are not held.
                status, complete = "in-force", False
        elif fact.what == "resumes":
            suspended = False
        known = known or fact.what != "resumes"
    return Answer(status, not suspended, complete) if status == "in-force" else Answer(status)


DAY = st.builds(Day, on=st.integers(0, SPAN).map(day)) | st.builds(lambda a, b: Day(earliest=day(min(a, b)), latest=day(max(a, b))), st.integers(0, SPAN), st.integers(0, SPAN)) | st.just(Day())


@st.composite
def any_life(draw: st.DrawFn) -> Life:
    """Anything that can bear on a work, also several things on one day, days within bounds, versions named, candidates, expiries and rivals."""
    expressions, dates = [], {}
    for number in range(draw(st.integers(0, 4))):
        item = f"{number:02}".rjust(64, "e")
        starts, issued = draw(DAY), draw(DAY)
        prior = tuple(sorted(d.isoformat() for d in draw(st.lists(st.integers(0, SPAN).map(day), max_size=2, unique=True))))
        words = draw(st.sampled_from(["same", item]))
        expressions.append(Expression(WORK.id, item, "Internet Usage", starts, issued, prior, f"2026-01-0{draw(st.integers(1, 3))}T00:00:00.000000Z", words))
        role = draw(st.sampled_from(["effective", "revised", "edition", "issued"]))
        dates[item] = (DateReading(role, starts, f"date {number}", 1, (evidence(item, 0),)),)
    acts = []
    for number in range(draw(st.integers(0, 6))):
        item = draw(st.sampled_from([x.item for x in expressions] + [f"{number:02}".rjust(64, "a")]))
        kind = draw(st.sampled_from(["rescinds", "supersedes", "incorporates", "amends", "inserts", "suspends", "resumes", "expires", "cites", "confirms", "creates"]))
        own, on = draw(st.booleans()), draw(DAY)
        version = draw(st.none() | st.integers(0, SPAN).map(day))
        acts.append(
            Relation(
                item, kind, End(f"Order {number}", work=draw(st.sampled_from([OTHER, WORK.id, None]))),
                End("3.48", work=WORK.id, number="3.48", own=own, version_on=version), (evidence(item, 10 + number),),
                scope=draw(st.sampled_from(["whole", "part", "unknown"])), effect=draw(st.none() | st.just(Effect(on, "words"))),
                certainty=draw(st.sampled_from(["certain", "likely", "doubtful"])), source=draw(st.sampled_from(["sentence", "field", "stamp"])),
                candidates=draw(st.sampled_from([(), (), (WORK.id,), (OTHER, WORK.id)])),
            )
        )  # fmt: skip
    ends = {OTHER: tuple(ending(OTHER, draw(st.integers(0, SPAN)), n) for n in range(draw(st.integers(0, 2))))}
    done = tuple(
        Relation(f"{n}".rjust(64, "d"), "supersedes", End("3.48", work=WORK.id), End("an order", work=OTHER), (evidence("d" * 64, n),), effect=Effect(draw(DAY), "words"))
        for n in range(draw(st.integers(0, 2)))
    )
    acts += [aimed(draw(st.integers(0, SPAN)), 20 + n) for n in range(draw(st.integers(0, 2)))]
    above = tuple((ABOVE, replace(ending(ABOVE, 0, 30 + n), kind=draw(st.sampled_from(["rescinds", "supersedes", "expires"])), effect=Effect(draw(DAY), "words"))) for n in range(draw(st.integers(0, 2))))
    cascade = {act.id: "a rule" for _, act in above if draw(st.booleans())}
    revival = {act.id: "a rule" for act in ends[OTHER] if draw(st.booleans())}
    rivals = tuple((f"Rival {n}", day(draw(st.integers(0, SPAN)))) for n in range(draw(st.integers(0, 2))))
    looks = tuple(Look(day(at), draw(st.booleans())) for at in sorted(draw(st.sets(st.integers(0, SPAN), max_size=6))))
    seen = {x.item: draw(st.sets(st.integers(0, SPAN).map(day) | st.sampled_from([k.on for k in looks] or [FIRST]), min_size=1, max_size=6)) for x in expressions if draw(st.booleans())}
    return Life(WORK, tuple(expressions), dates, tuple(acts), done, ends, rivals, {OTHER: "the order"}, seen={i: tuple(sorted(d)) for i, d in seen.items()}, looks=looks, above=above, cascade=cascade, revival=revival)
