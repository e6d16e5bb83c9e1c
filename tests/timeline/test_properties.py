"""What holds for every interval and every life."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lineage.model import Interval, Period
from lineage.timeline import Life, unroll

from .lives import EXAMPLES, OTHER, SPAN, Answer, Fact, act, any_life, day, ending, life, made, read_slowly, simple, text

DAYS = st.integers(-3, SPAN + 3).map(day)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    start, end = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if start is not None and end is not None:
        start, end = min(start, end), max(start, end) + timedelta(days=1)
    return Interval(start, end)


@given(intervals(), intervals(), DAYS)
def test_the_overlap_covers_what_both_cover(one: Interval, other: Interval, on: date) -> None:
    both = one.overlap(other)
    assert (both is not None and both.covers(on)) == (one.covers(on) and other.covers(on))


@given(intervals(), intervals(), intervals())
def test_overlap_is_an_algebra(one: Interval, other: Interval, third: Interval) -> None:
    assert one.overlap(other) == other.overlap(one)
    assert one.overlap(one) == one
    assert one.overlap(Interval()) == one
    left, right = one.overlap(other), other.overlap(third)
    assert (left and left.overlap(third)) == (right and one.overlap(right))


@given(DAYS, DAYS)
def test_an_interval_holds_a_day(one: date, other: date) -> None:
    if one < other:
        assert Interval(one, other).covers(one)
        assert not Interval(one, other).covers(other)
    else:
        with pytest.raises(ValueError, match="holds no day"):
            Interval(one, other)


@settings(max_examples=EXAMPLES, deadline=None)
@given(simple())
def test_a_simple_life_is_what_a_slow_reader_makes_of_it(facts: list[Fact]) -> None:
    periods = unroll(made(facts)).periods
    for at in range(-1, SPAN + 1):
        period = on(periods, day(at))
        got = Answer(period.status, period.operative, period.complete) if period.status == "in-force" else Answer(period.status)
        assert got == read_slowly(facts, at), f"{day(at)} (day {at})"


@settings(max_examples=EXAMPLES, deadline=None)
@given(any_life())
def test_periods_cover_all_time_in_order_without_overlap(any_life: Life) -> None:
    unrolled = unroll(any_life)
    periods = unrolled.periods
    assert periods[0].interval.start is None
    assert periods[-1].interval.end is None
    for before, after in itertools.pairwise(periods):
        assert before.interval.end is not None
        assert before.interval.end == after.interval.start
        assert before.closed_by is not None
        assert after.opened_by is not None
    for period in periods:
        assert period.work == any_life.work.id
        assert period.status == "in-force" or period.item is None
        assert period.status == "in-force" or (period.since, period.last_proof_on) == (None, None)
        assert period.status != "not-provable" or period.findings
        assert period.status != "not-provable" or period.operative is None
        assert not period.stated_end or (period.status == "in-force" and period.interval.end is not None)
        if period.since is not None and period.interval.start is not None:
            assert period.since <= period.interval.start
        assert period.item is None or period.item in {x.item for x in any_life.expressions}


@settings(max_examples=EXAMPLES, deadline=None)
@given(any_life(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_were_learnt_does_not_matter(any_life: Life, random: object) -> None:
    def mixed(values: tuple[object, ...]) -> tuple[object, ...]:
        listed = list(values)
        random.shuffle(listed)  # type: ignore[attr-defined]
        return tuple(listed)

    other = replace(
        any_life, expressions=mixed(any_life.expressions), acts=mixed(any_life.acts), done=mixed(any_life.done), rivals=mixed(any_life.rivals),
        ends={work: mixed(acts) for work, acts in any_life.ends.items()}, above=mixed(any_life.above),
    )  # type: ignore[arg-type]  # fmt: skip
    one, two = unroll(any_life), unroll(other)
    assert one.periods == two.periods
    assert one.events == two.events
    assert sorted(map(repr, one.findings)) == sorted(map(repr, two.findings))


@settings(max_examples=EXAMPLES, deadline=None)
@given(any_life())
def test_a_doubtful_act_never_ends_anything(any_life: Life) -> None:
    doubtful = replace(any_life, acts=tuple(replace(a, certainty="doubtful") for a in any_life.acts), above=tuple((w, replace(a, certainty="doubtful")) for w, a in any_life.above), ends={})
    for period in unroll(doubtful).periods:
        assert period.opened_by is None or period.opened_by.kind != "ends"


@settings(max_examples=EXAMPLES, deadline=None)
@given(any_life())
def test_a_citation_changes_nothing(any_life: Life) -> None:
    without = replace(any_life, acts=tuple(a for a in any_life.acts if a.kind not in ("cites", "supplements", "implements")))
    assert unroll(without).periods == unroll(any_life).periods


def test_the_end_of_an_amending_order_leaves_the_words_open() -> None:
    periods = unroll(life([text(0, 0)], [act("changes", 10, 1)], ends={OTHER: (ending(OTHER, 20, 2),)})).periods
    assert [p.status for p in periods] == ["not-in-force", "in-force", "in-force", "not-provable"]
    assert "relations.amender-ended" in on(periods, day(20)).findings


def test_the_end_of_an_amending_order_does_not_touch_a_later_text() -> None:
    """A section is printed anew with its changes, and then the order that made them is rescinded: the printed text stands."""
    periods = unroll(life([text(0, 0), text(15, 3)], [act("changes", 10, 1)], ends={OTHER: (ending(OTHER, 20, 2),)})).periods
    assert on(periods, day(25)).status == "in-force"
    assert on(periods, day(25)).complete


def test_the_end_of_a_suspending_order_leaves_it_open_whether_the_rule_works_again() -> None:
    periods = unroll(life([text(0, 0)], [act("suspends", 10, 1)], ends={OTHER: (ending(OTHER, 20, 2),)})).periods
    assert [on(periods, day(at)).operative for at in (5, 15, 25)] == [True, False, None]


def test_what_ends_and_begins_on_one_day_goes_on() -> None:
    periods = unroll(life([text(0, 0), text(10, 1)], [act("ends", 10, 2)])).periods
    assert [(p.status, p.interval.start) for p in periods] == [("not-in-force", None), ("in-force", day(0)), ("in-force", day(10))]
    assert periods[1].stated_end


def test_nothing_revives_by_itself() -> None:
    """The act that ended the rule stays an end, whatever becomes of the order that did it."""
    ended = life([text(0, 0)], [act("ends", 10, 1)], ends={OTHER: (ending(OTHER, 20, 2),)})
    assert on(unroll(ended).periods, day(30)).status == "not-in-force"


def test_a_general_rule_of_the_agency_brings_it_back() -> None:
    end = ending(OTHER, 20, 2)
    periods = unroll(life([text(0, 0)], [act("ends", 10, 1)], ends={OTHER: (end,)}, revival={end.id: "a rule"})).periods
    assert [on(periods, day(at)).status for at in (5, 15, 20, 30)] == ["in-force", "not-in-force", "in-force", "in-force"]
    assert on(periods, day(30)).findings == ("relations.revived",)


def on(periods: tuple[Period, ...], when: date) -> Period:
    (period,) = [p for p in periods if p.interval.covers(when)]
    return period
