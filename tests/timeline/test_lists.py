"""What holds for every life of which a list of orders speaks too."""

from __future__ import annotations

import itertools
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lineage.model import Day, Effect, End, Period, Relation
from lineage.timeline import Life, unroll

from .lives import DAY, EXAMPLES, OTHER, SPAN, WORK, any_life, day, evidence, life, text
from .lives import act as ordered

KINDS = ("commences", "commences", "rescinds", "rescinds", "supersedes", "incorporates", "amends", "suspends", "resumes", "renumbers", "confirms", "cites")
LIST = "1" * 64


@st.composite
def rows(draw: st.DrawFn) -> list[Relation]:
    """What the rows of lists say of the work: anything, on any day, also twice."""
    found = []
    for number in range(draw(st.integers(1, 5))):
        end = End("3.48", work=WORK.id, number="3.48", title="Internet Usage", dated=draw(st.none() | st.integers(0, SPAN).map(day)), version_on=draw(st.none() | st.none() | st.integers(0, SPAN).map(day)))
        by = draw(st.sampled_from([End("(not named)"), End("Order 9", work=OTHER, number="9")]))
        found.append(
            Relation(
                LIST, draw(st.sampled_from(KINDS)), by, end, (evidence(LIST, number),), scope=draw(st.sampled_from(["whole", "unknown"])),
                effect=draw(st.none() | st.builds(Effect, DAY, st.just("words"))), certainty=draw(st.sampled_from(["certain", "certain", "doubtful"])),
                source="row", candidates=draw(st.sampled_from([(), (), (WORK.id,), (OTHER, WORK.id)])), standing="index",
            )
        )  # fmt: skip
    return found


def on(periods: tuple[Period, ...], at: date) -> Period:
    return next(p for p in periods if p.interval.covers(at))


@settings(max_examples=EXAMPLES, deadline=None)
@given(any_life(), rows())
def test_periods_cover_all_time_in_order_without_overlap(any_life: Life, rows: list[Relation]) -> None:
    periods = unroll(replace(any_life, acts=(*any_life.acts, *rows))).periods
    assert periods[0].interval.start is None
    assert periods[-1].interval.end is None
    assert all(one.interval.end == two.interval.start for one, two in itertools.pairwise(periods))


@settings(max_examples=EXAMPLES, deadline=None)
@given(any_life(), rows(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_papers_does_not_matter(any_life: Life, rows: list[Relation], random: object) -> None:
    acts = [*any_life.acts, *rows]
    one = unroll(replace(any_life, acts=tuple(acts)))
    random.shuffle(acts)  # type: ignore[attr-defined]
    other = unroll(replace(any_life, acts=tuple(acts)))
    assert one.periods == other.periods
    assert set(one.findings) == set(other.findings)


@settings(max_examples=EXAMPLES, deadline=None)
@given(any_life(), rows())
def test_a_list_never_overrides_an_order(any_life: Life, rows: list[Relation]) -> None:
    alone = unroll(any_life).periods
    beside = unroll(replace(any_life, acts=(*any_life.acts, *rows))).periods
    for at in range(-1, SPAN + 2):
        own, both = on(alone, day(at)), on(beside, day(at))
        if own.status == both.status:
            continue
        if own.status == "not-in-force" and own.opened_by is not None and own.opened_by.kind == "ends":
            assert both.status == "not-provable", (at, own, both)
        shown = any(p.status == "in-force" and p.interval.start and p.interval.start > day(at) and p.since == own.since for p in alone)
        if own.status == "in-force" and (own.stated_end or shown):
            assert both.status == "not-provable", (at, own, both)
        if both.status == "not-provable":
            assert both.findings, (at, own, both)


@settings(max_examples=EXAMPLES, deadline=None)
@given(any_life())
def test_a_list_that_only_names_the_rule_changes_nothing(any_life: Life) -> None:
    named = Relation(LIST, "cites", End("a list", own=True), End("3.48", work=WORK.id), (evidence(LIST, 1),), source="row", standing="index")
    assert unroll(replace(any_life, acts=(*any_life.acts, named))).periods == unroll(any_life).periods


def listed(kind: str, at: int, **more: object) -> Relation:
    end = End("3.48", work=WORK.id, number="3.48", **more)  # type: ignore[arg-type]
    return Relation(LIST, kind, End("(not named)"), end, (evidence(LIST, at),), effect=Effect(Day(on=day(at)), "x"), source="row", standing="index")  # type: ignore[arg-type]


def status(acts: list[Relation], at: int) -> str:
    return on(unroll(life([text(0, 1)], acts)).periods, day(at)).status


def test_an_end_that_only_a_list_tells_of_ends() -> None:
    assert [status([listed("rescinds", 10)], at) for at in (9, 10)] == ["in-force", "not-in-force"]


def test_an_end_before_that_of_an_order_leaves_the_days_between_open() -> None:
    acts = [listed("rescinds", 10), ordered("ends", 20, 2)]
    assert [status(acts, at) for at in (9, 10, 19, 20)] == ["in-force", "not-provable", "not-provable", "not-in-force"]


def test_an_end_after_that_of_an_order_leaves_the_days_between_open() -> None:
    acts = [listed("rescinds", 20), ordered("ends", 10, 2)]
    assert [status(acts, at) for at in (9, 10, 19, 20)] == ["in-force", "not-provable", "not-provable", "not-in-force"]


def test_an_end_before_anything_that_an_order_tells_of_a_rule_already_standing_is_at_odds_with_it() -> None:
    for told in ("suspends", "changes", "ends"):
        found = unroll(life([], [listed("rescinds", 0), ordered(told, 2, 2)])).periods
        assert [on(found, day(at)).status for at in (0, 1)] == ["not-provable"] * 2, told
        assert on(found, day(1)).findings == ("index.contradicts",), told


def test_an_end_that_an_amendment_speaks_against_ends_nothing_for_good() -> None:
    acts = [listed("rescinds", 10), ordered("changes", 20, 2)]
    assert [status(acts, at) for at in (9, 10, 20, 30)] == ["in-force", "not-provable", "in-force", "in-force"]


def test_a_beginning_after_an_end_leaves_open_whether_it_began_again() -> None:
    acts = [listed("commences", 20), ordered("ends", 10, 2)]
    assert [status(acts, at) for at in (9, 10, 19, 20)] == ["in-force", "not-in-force", "not-in-force", "not-provable"]
