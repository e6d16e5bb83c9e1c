"""Our words against a published text: what is layout, what an order explains, what a silent edit, what nothing."""

from __future__ import annotations

import pytest

from lineage.consolidation import check
from lineage.consolidation.holding import hold
from lineage.model import Change

from .made import change, clauses

BASE = clauses("""
A. Each driver keeps a log, and reads it weekly.
B. The driver writes down:
  1. the reading at the start of the shift;
  2. every fuel stop.
C. The sergeant reads the log once a month.
D. Logs are kept for one year.
""")
WEEKLY = change("18-1.1", "2018-01-05", "substitutes", ("C",), find="once a month", replace="every week", count=1)


def published(*swaps: tuple[str, str]):  # type: ignore[no-untyped-def]
    said = "\n".join("  " * u.depth + " ".join(u.strings()) for u in BASE)
    for old, new in swaps:
        assert old in said
        said = said.replace(old, new)
    return clauses(said)


def told(*changes: Change, swaps: tuple[tuple[str, str], ...], **more):  # type: ignore[no-untyped-def]
    found = check(BASE, changes, published(*swaps), **more)
    return [(d.eid, d.changes, d.why, d.by or d.text) for d in found.differences]


def test_the_same_words_are_the_same_whatever_their_layout() -> None:
    other = published(("a log, and", "a  log,\nand"), ("A. ", "(A) "), ("one year.", "one year ."))
    found = check(BASE, (), other)
    assert found.differences == ()
    assert found.layout == 2


@pytest.mark.parametrize(("ours", "theirs"), [("a “long” day", 'a "long" day'), ("the officer’s log", "the officer's log"), ("patrol- ling", "patrolling"), ("self- contained", "self-contained"), ("1–3", "1-3")])
def test_layout_is_told_apart(ours: str, theirs: str) -> None:
    assert hold(clauses(f"A. {ours}"), clauses(f"A. {theirs}")).hunks == ()


@pytest.mark.parametrize(("ours", "theirs"), [("3.5 miles", "3. 5 miles"), ("now here", "nowhere"), ("its log", "it's log"), ("may", "May"), ("re-sign", "resign"), ("stop, then go", "stop then go"), ("5-4 days", "54 days")])
def test_what_may_mean_another_thing_is_no_layout(ours: str, theirs: str) -> None:
    assert hold(clauses(f"A. {ours}"), clauses(f"A. {theirs}")).hunks


def test_a_paragraph_cut_in_two_is_layout() -> None:
    found = hold(clauses("A. One. Two and three.\nB. Four."), clauses("A. One.\nTwo and three.\nB. Four."))
    assert (found.hunks, found.layout) == ((), 1)


def test_clauses_in_another_order_are_not_the_same() -> None:
    old = clauses("The log stays in the car all day.\nThe key stays with the sergeant.\nThe lamp stays on all the night.")
    new = clauses("The key stays with the sergeant.\nThe log stays in the car all day.\nThe lamp stays on all the night.")
    found = check(old, (), new)
    assert {d.op for d in found.differences} == {"insert", "delete"}
    assert len(found.unexplained) == 2


def test_an_order_that_works_later_explains_what_it_does() -> None:
    assert told(swaps=(("once a month", "every week"),), others=[WEEKLY]) == [("para_C", (("once a month", "every week"),), "order", "18-1.1")]


def test_an_order_explains_no_more_than_it_does() -> None:
    assert told(swaps=(("once a month", "every week"), ("The sergeant", "The lieutenant"), ("one year", "two years")), others=[WEEKLY]) == [
        ("para_C", (("sergeant", "lieutenant"),), "unexplained", None),
        ("para_C", (("once a month", "every week"),), "order", "18-1.1"),
        ("para_D", (("one year", "two years"),), "unexplained", None),
    ]


def test_an_order_of_which_half_is_published_is_only_possible() -> None:
    both = change("18-2.1", "2018-01-05", "substitutes", (), find="the log", replace="the book")
    base = clauses("A. Read the log.\nB. Keep the log.")
    found = check(base, (), clauses("A. Read the book.\nB. Keep the log."), others=[both])
    assert [(d.why, d.possible) for d in found.differences] == [("unexplained", ("18-2.1",))]


def test_an_order_of_which_the_place_is_not_found_explains_by_its_words() -> None:
    lost = change("18-3.1", "2018-01-05", "substitutes", ("F",), find="once a month", replace="every week", count=1)
    found = check(BASE, [lost], published(("once a month", "every week")))
    assert [(d.why, d.by, d.how) for d in found.differences] == [("order", "18-3.1", "words")]


def test_words_that_stand_at_another_place_than_the_order_says_are_not_explained() -> None:
    other = change("18-4.1", "2018-01-05", "substitutes", ("D",), find="once a month", replace="every week", count=1)
    found = check(BASE, [other], published(("once a month", "every week")))
    assert [(d.why, d.possible) for d in found.differences] == [("unexplained", ())]


def test_a_doubtful_order_explains_what_it_does() -> None:
    unsure = change("18-5.1", "2018-01-05", "substitutes", ("C",), find="once a month", replace="every week", count=1, doubt="it cannot be read without doubt")
    assert told(unsure, swaps=(("once a month", "every week"),))[0][2:] == ("order", "18-5.1")


def test_two_orders_of_one_day_explain_each_its_own() -> None:
    one = change("18-6.1", "2018-01-05", "substitutes", ("A",), find="weekly", replace="daily", count=1)
    two = change("18-7.1", "2018-01-05", "substitutes", ("A",), find="log", replace="book", count=1)
    assert told(one, two, swaps=(("a log, and reads it weekly", "a book, and reads it daily"),)) == [("para_A", (("log", "book"),), "order", "18-7.1"), ("para_A", (("weekly", "daily"),), "order", "18-6.1")]


def test_an_order_upon_an_order_that_was_not_applied_explains_too() -> None:
    lost = change("18-3.1", "2018-01-05", "substitutes", ("F",), find="once a month", replace="every week", count=1)
    upon = change("19-3.1", "2019-01-05", "substitutes", ("C",), find="every week", replace="every day", count=1)
    found = check(BASE, [lost, upon], published(("once a month", "every day")))
    # One by one neither gives the published words; what both do together is not told, and both are named.
    assert all(d.why == "unexplained" and set(d.possible) >= {"19-3.1"} for d in found.differences)


def test_a_clause_that_an_order_adds_where_its_place_is_not_found() -> None:
    new = change("18-8.1", "2018-01-05", "inserts", ("G",), text="Logs of accidents are kept for ever.", position="after", marker="E.")
    found = check(BASE, [new], clauses("\n".join("  " * u.depth + " ".join(u.strings()) for u in BASE) + "\nE. Logs of accidents are kept for ever."))
    assert [(d.op, d.ours, d.why, d.by, d.how) for d in found.differences] == [("insert", None, "order", "18-8.1", "words")]


def test_another_text_of_the_same_number_and_dates_is_a_silent_edit() -> None:
    silent = {"item-2": published(("one year", "three years"), ("fuel stop", "stop"))}
    assert told(swaps=(("one year", "three years"),), texts=silent) == [("para_D", (("one year", "three years"),), "silent-edit", "item-2")]


def test_a_silent_edit_and_an_order_in_one_clause() -> None:
    silent = {"item-2": published(("The sergeant", "The lieutenant"))}
    found = told(swaps=(("The sergeant reads the log once a month", "The lieutenant reads the log every week"),), texts=silent, others=[WEEKLY])
    assert [(why, by) for _, _, why, by in found] == [("silent-edit", "item-2"), ("order", "18-1.1")]


def test_a_change_that_the_published_text_lacks_is_named_and_explains_nothing() -> None:
    (found,) = check(BASE, [WEEKLY], BASE).differences
    assert (found.why, found.lacking, found.changes) == ("unexplained", ("18-1.1",), (("every week", "once a month"),))


def test_what_is_applied_and_published_does_not_differ() -> None:
    assert told(WEEKLY, swaps=(("once a month", "every week"),)) == []
