"""What was seen published: proof of its day, doubt where a complete listing does not show it."""

from __future__ import annotations

from hypothesis import given, settings
from msgspec.structs import replace

from lineage.model import Look, Period
from lineage.timeline import Life, unroll

from .lives import EXAMPLES, WORK, act, any_life, day, life, text


def seen(made: Life, sightings: dict[int, list[int]], looks: list[int]) -> Life:
    """The life with its texts (by place) seen on days, and complete listings on days."""
    items = [x.item for x in made.expressions]
    return replace(made, seen={items[n]: tuple(day(at) for at in days) for n, days in sightings.items()}, looks=tuple(Look(day(at)) for at in looks))


def on(made: Life, at: int) -> Period:
    return next(p for p in unroll(made).periods if p.interval.covers(day(at)))


def statuses(made: Life, *days: int) -> list[str]:
    return [on(made, at).status for at in days]


def test_a_text_is_observed_until_it_was_last_seen() -> None:
    made = seen(life([text(0, 0)], []), {0: [5, 20]}, [])
    assert (on(made, 3).observed_on, on(made, 3).last_proof_on) == (day(20), day(20))
    assert on(seen(life([text(0, 0)], []), {}, [5]), 3).observed_on is None


def test_what_a_complete_listing_no_longer_shows_is_not_established_from_the_day_after_it_was_last_seen() -> None:
    made = seen(life([text(0, 0)], []), {0: [5]}, [5, 9])
    assert statuses(made, 5, 6, 9, 30) == ["in-force", "not-provable", "not-provable", "not-provable"]
    assert on(made, 6).findings == ("sightings.gone",)
    assert {f.code for f in unroll(made).findings} == {"sightings.gone"}


def test_what_is_seen_again_is_in_force_again() -> None:
    made = seen(life([text(0, 0)], []), {0: [5, 12]}, [5, 9])
    assert statuses(made, 5, 6, 11, 12, 30) == ["in-force", "not-provable", "not-provable", "in-force", "in-force"]
    assert on(made, 12).item == made.expressions[0].item
    assert on(made, 12).findings == ()


def test_absence_is_no_end_and_an_end_explains_an_absence() -> None:
    ended = seen(life([text(0, 0)], [act("ends", 7, 1)]), {0: [5]}, [9])
    assert statuses(ended, 5, 6, 7, 9) == ["in-force", "in-force", "not-in-force", "not-in-force"]
    later = seen(life([text(0, 0)], [act("ends", 12, 1)]), {0: [5]}, [9])
    assert statuses(later, 5, 6, 11, 12) == ["in-force", "not-provable", "not-provable", "not-in-force"]


def test_what_was_never_seen_though_it_should_have_been_carries_a_question() -> None:
    made = seen(life([text(0, 0)], []), {}, [9])
    assert (on(made, 3).status, on(made, 3).findings) == ("in-force", ("sightings.not-seen",))
    late = seen(life([text(0, 0)], []), {0: [12]}, [9])
    assert (on(late, 11).findings, on(late, 12).findings) == (("sightings.not-seen",), ())
    assert (on(late, 12).status, on(late, 12).since) == ("in-force", day(0))


def test_a_listing_before_a_rule_began_says_nothing_of_it() -> None:
    assert on(seen(life([text(10, 0)], []), {}, [9]), 12).findings == ()


def test_two_texts_seen_at_once_are_told_apart_by_their_own_dates() -> None:
    made = seen(life([text(0, 0), text(20, 1)], []), {0: [5, 15], 1: [15, 25]}, [5, 15, 25])
    assert [on(made, at).item for at in (15, 19, 20)] == [made.expressions[0].item, made.expressions[0].item, made.expressions[1].item]
    assert [on(made, at).findings for at in (15, 20)] == [(), ()]


def test_a_listing_that_shows_the_earlier_text_leaves_the_later_one_open() -> None:
    made = seen(life([text(0, 0), text(20, 1)], []), {0: [5, 22], 1: [24, 30]}, [5, 22, 24, 30])
    assert (on(made, 21).item, on(made, 21).findings) == (made.expressions[1].item, ("sightings.not-seen",))
    back = seen(life([text(0, 0), text(20, 1)], []), {0: [5, 26], 1: [24, 30]}, [5, 24, 26, 30])
    assert [on(back, at).findings for at in (24, 25, 29, 30)] == [(), ("sightings.not-seen",), ("sightings.not-seen",), ()]


def test_a_rule_seen_after_its_end_is_not_established_until_a_listing_shows_it_no_longer() -> None:
    ended = life([text(0, 0)], [act("ends", 7, 1)])
    made = seen(ended, {0: [5, 9]}, [9, 14])
    assert statuses(made, 6, 7, 10, 13, 14) == ["in-force", "not-provable", "not-provable", "not-provable", "not-in-force"]
    assert on(made, 8).findings == ("sightings.after-end",)
    assert statuses(seen(ended, {0: [5, 7]}, []), 7, 8) == ["not-in-force", "not-in-force"]  # seen on the day of the end itself


def test_a_paper_that_says_of_itself_that_it_ended_is_no_witness_against_it() -> None:
    one = text(0, 0)
    stamped = replace(act("ends", 7, 1), item=one[0].item, source="stamp")
    made = seen(life([one], [stamped]), {0: [9]}, [9])
    assert statuses(made, 6, 8, 9) == ["in-force", "not-in-force", "not-in-force"]


def test_a_sighting_clears_the_doubt_that_another_bearer_of_the_number_leaves() -> None:
    rival = {"rivals": (("Another", day(7)),)}
    assert statuses(life([text(0, 0)], [], **rival), 6, 8) == ["in-force", "not-provable"]
    made = seen(life([text(0, 0)], [], **rival), {0: [9]}, [])
    assert statuses(made, 6, 8, 20) == ["in-force", "in-force", "in-force"]
    assert not unroll(made).findings
    before = seen(life([text(0, 0)], [], **rival), {0: [7]}, [])
    assert statuses(before, 6, 8) == ["in-force", "not-provable"]  # seen by the day of the doubt, and not after it


def test_a_sighting_clears_the_doubt_about_whom_an_act_means() -> None:
    unclear = replace(act("ends", 7, 1), certainty="doubtful", candidates=(WORK.id, "lbpd/manual-section/3.48/2"))
    assert statuses(seen(life([text(0, 0)], [unclear]), {0: [9]}, []), 8, 20) == ["in-force", "in-force"]
    assert statuses(seen(life([text(0, 0)], [unclear]), {0: [6]}, []), 8) == ["not-provable"]


def test_a_version_that_is_named_and_not_held_gives_way_to_the_one_seen_after_its_day() -> None:
    first, second = text(0, 0), text(20, 1)
    named = replace(second[0], names_prior=(day(10).isoformat(),))
    made = life([first, (named, second[1])], [])
    assert on(made, 12).findings == ("expressions.version-not-held",)
    shown = seen(made, {0: [15]}, [])
    assert (on(shown, 12).item, on(shown, 12).findings) == (first[0].item, ())
    assert [(f.code, f.severity) for f in unroll(shown).findings] == [("sightings.version-passed-over", "note")]


def silently_edited(sightings: dict[int, list[int]], looks: tuple[int, ...] = ()) -> Life:
    one, other = text(0, 0), text(0, 1)
    return seen(life([one, other], []), sightings, list(looks))


def test_of_two_texts_with_the_same_dates_sightings_tell_which_stood_when() -> None:
    made = silently_edited({0: [5, 10], 1: [15, 20]}, (5, 10, 15, 20))
    one, other = (x.item for x in made.expressions)
    assert [on(made, at).item for at in (3, 10, 15, 30)] == [one, one, other, other]
    assert [on(made, at).findings for at in (3, 10, 11, 14, 15, 30)] == [(), (), ("expressions.several-texts",), ("expressions.several-texts",), (), ()]
    assert {p.status for p in unroll(made).periods if p.interval.start} == {"in-force"}


def test_a_text_that_was_never_seen_may_have_stood_whenever_the_other_was_not() -> None:
    made = silently_edited({0: [5, 10]})
    assert [bool(on(made, at).findings) for at in (3, 5, 10, 11)] == [True, False, False, True]


def test_two_texts_seen_on_one_day_leave_it_open() -> None:
    made = silently_edited({0: [5, 10], 1: [10, 20]})
    assert [bool(on(made, at).findings) for at in (5, 6, 10, 19, 20)] == [False, True, True, True, False]


def test_without_a_sighting_it_is_open_which_of_two_texts_stood() -> None:
    assert on(silently_edited({}), 5).findings == ("expressions.several-texts",)


@settings(max_examples=EXAMPLES, deadline=None)
@given(any_life())
def test_a_sighting_never_brings_in_force_what_its_own_papers_do_not(any_life: Life) -> None:
    """Sightings clear doubts and raise them; before its own papers began a rule does not stand by being seen."""
    bare = replace(any_life, seen={}, looks=())
    before = unroll(bare).periods[0]
    shown = unroll(any_life).periods[0].status
    # Seen before the day on which its papers say that it begins: a doubt, and no more.
    assert shown == before.status or "not-provable" in (shown, before.status)


@settings(max_examples=EXAMPLES, deadline=None)
@given(any_life())
def test_absence_never_ends_anything(any_life: Life) -> None:
    """What only sightings say is not established; no period is over, stated, by what was not seen."""
    for period in unroll(any_life).periods:
        assert not (period.status == "not-in-force" and period.opened_by is not None and period.opened_by.kind == "observed")
        assert not (period.stated_end and period.closed_by is not None and period.closed_by.kind == "observed")
        assert period.observed_on is None or period.item is not None


@settings(max_examples=EXAMPLES, deadline=None)
@given(any_life())
def test_what_was_gone_on_a_complete_listing_is_never_silently_in_force(any_life: Life) -> None:
    """On the day of a complete listing that shows no text of a rule that was seen before, an answer "in force" carries a question."""
    shown = sorted({d for days in any_life.seen.values() for d in days})
    for look in any_life.looks:
        period = next(p for p in unroll(any_life).periods if p.interval.covers(look.on))
        if look.on not in shown and shown and shown[0] < look.on and period.status == "in-force" and period.item is not None and period.complete:
            assert period.findings, f"{look.on}: {period}"
