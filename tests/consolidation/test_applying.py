"""What fits is applied exactly, what does not is refused with its reason."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from lineage.consolidation import apply, compare, states
from lineage.model import Wording

from .made import change, clauses

BASE = """
# 5.12 VEHICLE LOGS
  Each driver keeps a log. The log stays in the car.
  The driver writes down:
  1) The reading at the start of the shift.
  2) Every fuel stop.
  3) Damage seen:
    (a) on the body;
    (b) on the glass.
  4) The tag of the car.
"""


def lines(wording: Wording) -> str:
    return "\n" + "\n".join(wording.lines()) + "\n"


SEVEN = [
    change("so1.0", "2016-01-01", "substitutes", ("2)",), new="2) Every fuel stop, with the litres."),
    change("so2.0", "2017-01-01", "substitutes", ("§ 5.12", "3)", "(b)"), find="on the glass", replace="on the glass or the mirrors", count=1),
    change("so3.0", "2018-01-01", "inserts", ("4)",), position="after", new="5) The name of the passenger."),
    change("so4.0", "2019-01-01", "deletes", ("3)", "(a)")),
    change("so5.0", "2020-01-01", "renumbers", ("4)",), marker="5"),
    change("so5.1", "2020-01-01", "renumbers", ("5)",), marker="6"),
    change("so5.2", "2020-01-01", "inserts", ("3)",), position="after", new="4) The reading at the end of the shift."),
    change("so6.0", "2021-01-01", "deletes", ("first paragraph", "last sentence"), ),
    change("so7.0", "2022-01-01", "substitutes", (), new="""
# 5.12 LOGS OF VEHICLES
  Each driver keeps a log.
  The driver types:
  1) The reading at the start of the shift.
  2) Damage seen on the glass or the mirrors.
"""),
]  # fmt: skip

# Written by hand.
DAYS = {
    "2016-01-01": """
5.12 VEHICLE LOGS
  Each driver keeps a log. The log stays in the car.
  The driver writes down:
  1) The reading at the start of the shift.
  2) Every fuel stop, with the litres.
  3) Damage seen:
    (a) on the body;
    (b) on the glass.
  4) The tag of the car.
""",
    "2017-01-01": """
5.12 VEHICLE LOGS
  Each driver keeps a log. The log stays in the car.
  The driver writes down:
  1) The reading at the start of the shift.
  2) Every fuel stop, with the litres.
  3) Damage seen:
    (a) on the body;
    (b) on the glass or the mirrors.
  4) The tag of the car.
""",
    "2018-01-01": """
5.12 VEHICLE LOGS
  Each driver keeps a log. The log stays in the car.
  The driver writes down:
  1) The reading at the start of the shift.
  2) Every fuel stop, with the litres.
  3) Damage seen:
    (a) on the body;
    (b) on the glass or the mirrors.
  4) The tag of the car.
  5) The name of the passenger.
""",
    "2019-01-01": """
5.12 VEHICLE LOGS
  Each driver keeps a log. The log stays in the car.
  The driver writes down:
  1) The reading at the start of the shift.
  2) Every fuel stop, with the litres.
  3) Damage seen:
    (b) on the glass or the mirrors.
  4) The tag of the car.
  5) The name of the passenger.
""",
    "2020-01-01": """
5.12 VEHICLE LOGS
  Each driver keeps a log. The log stays in the car.
  The driver writes down:
  1) The reading at the start of the shift.
  2) Every fuel stop, with the litres.
  3) Damage seen:
    (b) on the glass or the mirrors.
  4) The reading at the end of the shift.
  5) The tag of the car.
  6) The name of the passenger.
""",
    "2021-01-01": """
5.12 VEHICLE LOGS
  Each driver keeps a log.
  The driver writes down:
  1) The reading at the start of the shift.
  2) Every fuel stop, with the litres.
  3) Damage seen:
    (b) on the glass or the mirrors.
  4) The reading at the end of the shift.
  5) The tag of the car.
  6) The name of the passenger.
""",
    "2022-01-01": """
5.12 LOGS OF VEHICLES
  Each driver keeps a log.
  The driver types:
  1) The reading at the start of the shift.
  2) Damage seen on the glass or the mirrors.
""",
}


def test_a_section_changed_by_seven_orders_has_the_exact_text_on_every_day_between() -> None:
    got = dict(states(clauses(BASE), SEVEN, ["5.12"]))
    assert [day.isoformat() for day in got] == list(DAYS)
    for day, wording in got.items():
        assert wording.refused == ()
        assert lines(wording) == DAYS[day.isoformat()]


def test_the_order_in_which_the_changes_are_given_changes_nothing() -> None:
    whole = apply(clauses(BASE), SEVEN, ["5.12"])
    assert all(apply(clauses(BASE), some, ["5.12"]) == whole for some in list(permutations(SEVEN))[:5000:97])


def test_every_clause_knows_who_put_it_there_and_keeps_its_name() -> None:
    wording = dict(states(clauses(BASE), SEVEN, ["5.12"]))[date(2020, 1, 1)]
    told = {u.marker: (u.wid, u.eid, u.acts) for u in wording.units}
    assert told["2)"] == ("sec_5-12__para_2", "sec_5-12__para_2", ("so1.0",))
    assert told["4)"] == ("sec_5-12__para_4v2", "sec_5-12__para_4", ("so5.2",))
    assert told["5)"] == ("sec_5-12__para_4", "sec_5-12__para_5", ("so5.0",))
    assert told["6)"] == ("sec_5-12__para_5", "sec_5-12__para_6", ("so3.0", "so5.1"))
    mirrors = next(u for u in wording.units if u.marker == "(b)")
    assert mirrors.text.pieces() == [("on the glass", ""), (" or the mirrors", "so2.0"), (".", "")]


def test_a_section_that_is_said_anew_is_changed_clause_by_clause() -> None:
    got = dict(states(clauses(BASE), SEVEN, ["5.12"]))
    before, after = got[date(2021, 1, 1)], got[date(2022, 1, 1)]
    shifts = compare(before, after)
    told = {(s.op, s.eid) for s in shifts}
    assert ("replace", "sec_5-12") in told
    assert ("delete", "sec_5-12__para_4") in told
    assert not any("start of the shift" in (s.after or "") for s in shifts)
    assert next(s for s in shifts if s.after == "The driver types:").words == (("equal", "The driver "), ("delete", "writes down"), ("insert", "types"), ("equal", ":"))
    kept = next(u for u in after.units if u.marker == "1)")
    assert kept.acts == ()


REFUSED: list[tuple[str, Any, str]] = [
    ("a part that is not there", change("so.0", "2020-01-01", "deletes", ("9)",)), "target-absent"),
    ("words that are not there", change("so.0", "2020-01-01", "substitutes", ("2)",), find="oil stop", replace="x", count=1), "words-absent"),
    ("words within a longer word", change("so.0", "2020-01-01", "substitutes", ("2)",), find="sto", replace="x", count=1), "words-absent"),
    ("words that stand twice", change("so.0", "2020-01-01", "substitutes", (), find="log", replace="book", count=1), "words-count"),
    ("words that stand less often than is said", change("so.0", "2020-01-01", "substitutes", (), find="log", replace="book", count=3), "words-count"),
    ("no words", change("so.0", "2020-01-01", "amends", ("2)",)), "no-words"),
    ("a number that is taken", change("so.0", "2020-01-01", "inserts", ("2)",), position="after", new="3) Oil."), "marker-taken"),
    ("a number that is taken by another", change("so.0", "2020-01-01", "renumbers", ("2)",), marker="3"), "marker-taken"),
    ("new text that was not found", change("so.0", "2020-01-01", "substitutes", ("2)",), text=" "), "text-absent"),
    ("new text of another number", change("so.0", "2020-01-01", "substitutes", ("2)",), new="4) Oil."), "text-unclear"),
    ("new text of more than the part", change("so.0", "2020-01-01", "substitutes", ("2)",), new="2) Oil.\n5) Water."), "text-unclear"),
    ("what must not be applied", change("so.0", "2020-01-01", "substitutes", ("2)",), new="2) Oil.", doubt="the day is open"), "doubtful"),
    ("a name of two parts", change("so.0", "2020-01-01", "deletes", ("second bullet",)), "target-absent"),
]


@pytest.mark.parametrize(("what", "one", "code"), REFUSED, ids=[what for what, _, _ in REFUSED])
def test_what_does_not_fit_is_refused_and_the_text_is_as_it_was(what: str, one: Any, code: str) -> None:
    wording = apply(clauses(BASE), [one], ["5.12"])
    assert [r.code for r in wording.refused] == [f"consolidation.{code}"]
    assert wording.lines() == apply(clauses(BASE), [], ["5.12"]).lines()
    assert not wording.complete


def test_two_papers_that_touch_one_part_on_one_day_are_both_refused() -> None:
    one = change("so1.0", "2020-01-01", "substitutes", ("2)",), new="2) Oil.")
    two = change("so2.0", "2020-01-01", "substitutes", ("2)",), find="fuel", replace="petrol", count=1)
    far = change("so3.0", "2020-01-01", "substitutes", ("4)",), find="tag", replace="plate", count=1)
    wording = apply(clauses(BASE), [one, two, far])
    assert {r.relation: (r.code, r.unit) for r in wording.refused} == dict.fromkeys(("so1.0", "so2.0"), ("consolidation.same-day", "sec_5-12__para_2"))
    assert wording.applied == ("so3.0",)


def test_two_papers_of_one_day_go_by_their_hours() -> None:
    one = change("so2.0", "2020-01-01", "substitutes", ("2)",), hour="08:00", new="2) Oil stops.")
    two = change("so1.0", "2020-01-01", "substitutes", ("2)",), hour="12:00", find="Oil", replace="Water", count=1)
    wording = apply(clauses(BASE), [two, one])
    assert wording.complete
    assert "  2) Water stops." in wording.lines()


def test_what_hangs_on_a_refused_change_is_refused_until_the_part_is_said_anew() -> None:
    lost = change("so1.0", "2019-01-01", "amends", ("2)",))
    hangs = change("so2.0", "2020-01-01", "substitutes", ("2)",), find="fuel", replace="petrol", count=1)
    free = change("so3.0", "2020-02-01", "substitutes", ("4)",), find="tag", replace="plate", count=1)
    anew = change("so4.0", "2021-01-01", "substitutes", ("2)",), new="2) Oil stops.")
    wording = apply(clauses(BASE), [lost, hangs, free])
    assert [r.code for r in wording.refused] == ["consolidation.no-words", "consolidation.depends"]
    assert wording.applied == ("so3.0",)
    wording = apply(clauses(BASE), [lost, hangs, free, anew])
    assert wording.complete
    assert wording.applied == ("so3.0", "so4.0")


def test_after_a_change_that_may_have_moved_the_numbers_only_what_proves_itself_is_applied() -> None:
    lost = change("so1.0", "2019-01-01", "amends")
    by_number = change("so2.0", "2020-01-01", "deletes", ("2)",))
    by_words = change("so3.0", "2020-02-01", "substitutes", ("4)",), find="tag", replace="plate", count=1)
    wording = apply(clauses(BASE), [lost, by_number, by_words])
    assert [(r.relation, r.code) for r in wording.refused] == [("so1.0", "consolidation.no-words"), ("so2.0", "consolidation.depends")]
    assert wording.applied == ("so3.0",)


def test_a_path_means_the_text_before_its_paper() -> None:
    steps = [
        change("so.0", "2020-01-01", "deletes", ("1)",)),
        change("so.1", "2020-01-01", "renumbers", ("2)",), marker="1"),
        change("so.2", "2020-01-01", "substitutes", ("2)",), find="fuel", replace="petrol", count=1),
    ]
    wording = apply(clauses(BASE), steps)
    assert wording.complete
    assert "  1) Every petrol stop." in wording.lines()
    moved = [
        change("so.0", "2020-01-01", "renumbers", ("4)",), marker="5"),
        change("so.1", "2020-01-01", "renumbers", ("3)",), marker="4"),
        change("so.2", "2020-01-01", "substitutes", ("4)",), find="tag", replace="plate", count=1),
    ]
    wording = apply(clauses(BASE), moved)
    assert [(r.relation, r.code) for r in wording.refused] == [("so.2", "consolidation.target-moved")]


def test_a_change_of_what_the_same_paper_puts_in_waits_for_it() -> None:
    steps = [
        change("so.0", "2020-01-01", "substitutes", ("5)",), find="oil", replace="water", count=1),
        change("so.1", "2020-01-01", "inserts", ("4)",), position="after", new="5) Every oil stop."),
    ]
    assert "  5) Every water stop." in apply(clauses(BASE), steps).lines()


def test_a_new_item_that_is_named_by_its_number_goes_behind_the_one_before_it() -> None:
    wording = apply(clauses(BASE), [change("so.0", "2020-01-01", "inserts", ("5",), text="Every oil stop.", marker="5)")])
    assert wording.lines()[-1] == "  5) Every oil stop."
    wording = apply(clauses(BASE), [change("so.0", "2020-01-01", "inserts", ("9",), text="Every oil stop.", marker="9)")])
    assert [r.code for r in wording.refused] == ["consolidation.target-absent"]


def test_a_whole_new_text_needs_no_base() -> None:
    wording = apply(None, [change("so1.0", "2019-01-01", "amends"), change("so2.0", "2020-01-01", "substitutes", new="# 5.12 LOGS\n  One log.")])
    assert wording.complete
    assert wording.lines() == ["5.12 LOGS", "  One log."]
    assert [r.code for r in apply(None, [change("so1.0", "2019-01-01", "deletes", ("1)",))]).refused] == ["consolidation.base-not-held"]


def test_words_wherever_they_stand_but_for_what_is_excepted() -> None:
    wording = apply(clauses(BASE), [change("so.0", "2020-01-01", "substitutes", (), find="shift", replace="tour")])
    assert wording.complete
    assert "shift" not in lines(wording)
    wording = apply(clauses(BASE), [change("so.0", "2020-01-01", "substitutes", (), find="on the", replace="upon the", excepted=(("3)", "(b)"),))])
    assert "    (a) upon the body;" in wording.lines()
    assert "    (b) on the glass." in wording.lines()


@pytest.mark.parametrize(
    ("edit", "after"),
    [
        ({"find": "log", "replace": "book", "count": 1, "occurrence": 2}, "  Each driver keeps a log. The book stays in the car."),
        ({"find": ".", "replace": "; and", "count": 1, "position": "end"}, "  Each driver keeps a log. The log stays in the car; and"),
        ({"replace": "It is read weekly.", "position": "end"}, "  Each driver keeps a log. The log stays in the car. It is read weekly."),
        ({"replace": "By law,", "position": "start"}, "  By law, Each driver keeps a log. The log stays in the car."),
        ({"find": "stays", "replace": ", and the key, stays", "count": 1}, "  Each driver keeps a log. The log, and the key, stays in the car."),
        ({"find": " in the car", "replace": "", "count": 1}, "  Each driver keeps a log. The log stays."),
    ],
)
def test_words_at_their_place(edit: dict[str, Any], after: str) -> None:
    kind = "inserts" if "find" not in edit else "substitutes"
    wording = apply(clauses(BASE), [change("so.0", "2020-01-01", kind, ("first paragraph",), **edit)])
    assert wording.refused == ()
    assert wording.lines()[1] == after
