"""A person's ruling changes the answer, is named in it, stays on record, and counts no longer where what it rested on has changed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from lineage import review
from lineage.desk import Answer, Person
from lineage.errors import NotFoundError, UsageError
from lineage.library import Library
from lineage.model import Day, Edit
from lineage.model.decision import Correction, Decision, Question
from tests.kept import REFUSALS, copy, database

from .papers import ALL, ENDS_KEYS, KEYS, LAMPS, LAMPS_TOO, RACKS, library_of, paper, put

DOE = Person("Sgt. A. Doe", "the log of orders names it")
ROE = Person("Lt. B. Roe", "I looked at the log as well")
ON = date(2016, 1, 1)


def about(library: Library, number: str, subject: str) -> Question:
    return next(q for q in library.desk.questions() if q.subject == subject and any(f"/{number}/" in w for w in q.works))


def status(library: Library, number: str, on: date = ON) -> str:
    return library.show(number, on).ruling.status


def test_an_act_that_is_accepted_ends_the_rule_and_the_other_stays_open(library: Library) -> None:
    assert status(library, "5.13") == status(library, "5.24") == "not-provable"
    (made,) = library.desk.decide(about(library, "5.13", "relation").id, Answer("accept"), DOE)
    shown = library.show("5.13", ON)
    assert shown.ruling.status == "not-in-force"
    assert "after the day asked about, Sgt. A. Doe ruled on an act" in shown.sentence
    assert [d.id for d in shown.decisions] == [made.id]
    assert made.account
    assert status(library, "5.24") == "not-provable"
    assert status(library, "5.13", date(2014, 1, 1)) == "in-force"
    assert not library.show("5.13", date(2014, 1, 1)).decisions


def test_an_act_that_is_rejected_is_no_act_and_is_still_shown(library: Library) -> None:
    library.desk.decide(about(library, "5.24", "relation").id, Answer("reject"), DOE)
    acts = [r for r in library.relations("5.24") if r.kind == "rescinds"]
    assert [r.status for r in acts] == ["rejected"]
    shown = library.show("5.24", ON)
    assert shown.ruling.status == "in-force"
    assert len(shown.decisions) >= 1
    assert not [q for q in library.desk.questions() if any("/5.24/" in w for w in q.works)]


def test_a_corrected_day_moves_the_end(library: Library) -> None:
    library.desk.decide(about(library, "5.13", "relation").id, Answer("correct", day=Day(date(2015, 3, 1))), DOE)
    assert (status(library, "5.13", date(2015, 2, 28)), status(library, "5.13", date(2015, 3, 1))) == ("in-force", "not-in-force")


def test_a_date_that_cannot_be_read_is_typed(library: Library) -> None:
    assert status(library, "5.40", date(2015, 1, 1)) == "not-provable"
    question = about(library, "5.40", "date")
    library.desk.decide(question.id, Answer("correct", day=Day(date(2014, 9, 30))), DOE)
    assert (status(library, "5.40", date(2014, 9, 29)), status(library, "5.40", date(2014, 9, 30))) == ("not-in-force", "in-force")
    shown = library.show("5.40", date(2015, 1, 1))
    assert "Sgt. A. Doe ruled on a date of a paper" in shown.sentence
    assert not [f for f in library.findings("5.40") if f.code == "dates.unreadable"]


def test_which_of_two_texts_stood_is_ruled_for_a_stretch_and_the_rest_stays_open(library: Library) -> None:
    question = about(library, "5.50", "stretch")
    answer = Answer("correct", status="in-force", start=date(2013, 6, 1), end=date(2018, 1, 1), text="lamps.txt")
    library.desk.decide(question.id, answer, DOE)
    shown = library.show("5.50", ON)
    assert "weekly" in (shown.text or "")
    assert not shown.ruling.codes
    assert library.show("5.50", date(2018, 1, 1)).ruling.codes == ("expressions.several-texts",)
    rest = about(library, "5.50", "stretch")
    library.desk.decide(rest.id, Answer("correct", status="in-force", start=date(2018, 1, 1), text="lamps-too.txt"), DOE)
    assert "daily" in (library.show("5.50", date(2019, 1, 1)).text or "")
    assert "weekly" in (library.show("5.50", ON).text or "")
    assert len(library.store.decisions()) == 2


def test_a_ruling_never_touches_what_the_papers_settle(library: Library) -> None:
    question = about(library, "5.40", "date")
    before = {day: status(library, "5.40", day) for day in (date(2014, 1, 1), date(2016, 5, 2), date(2020, 1, 1))}
    library.desk.decide(question.id, Answer("correct", day=Day(date(2014, 9, 30))), DOE)
    assert {day: status(library, "5.40", day) for day in before} == before


def test_a_decision_taken_back_opens_its_question_again(library: Library) -> None:
    question = about(library, "5.13", "relation")
    (made,) = library.desk.decide(question.id, Answer("accept"), DOE)
    library.desk.withdraw(made.id, ROE)
    assert status(library, "5.13") == "not-provable"
    assert about(library, "5.13", "relation") == question
    assert [d.verdict for d in library.store.decisions()] == ["accept", "withdraw"]
    with pytest.raises(UsageError, match="does not count any more"):
        library.desk.withdraw(made.id, ROE)


def test_as_known_before_it_a_decision_is_not_there(library: Library) -> None:
    then = library.store.last_moment()
    library.desk.decide(about(library, "5.13", "relation").id, Answer("accept"), DOE)
    assert library.show("5.13", ON, as_known_on=then).ruling.status == "not-provable"
    assert status(library, "5.13") == "not-in-force"


def test_what_changes_what_was_seen_makes_a_decision_stale(tmp_path: Path) -> None:
    with library_of(tmp_path, {"lamps.txt": LAMPS, "lamps-too.txt": LAMPS_TOO}) as library:
        question = about(library, "5.50", "stretch")
        (made,) = library.desk.decide(question.id, Answer("correct", status="in-force", start=date(2013, 6, 1), text="lamps.txt"), DOE)
        assert not library.desk.questions()
        third = paper("5.50", "Lamps", "June 1, 2013", "Lamps are tested at noon.")
        library.ingest(put(tmp_path / "more", {"third.txt": third}))
        shown = library.show("5.50", ON)
        assert shown.ruling.codes == ("expressions.several-texts",)
        assert not shown.decisions
        assert about(library, "5.50", "stretch").stale == made.id


def test_a_paper_that_only_ends_the_stretch_leaves_the_ruling_on_the_days_before(tmp_path: Path) -> None:
    with library_of(tmp_path, {"lamps.txt": LAMPS, "lamps-too.txt": LAMPS_TOO}) as library:
        library.desk.decide(about(library, "5.50", "stretch").id, Answer("correct", status="in-force", start=date(2013, 6, 1), text="lamps.txt"), DOE)
        library.ingest(put(tmp_path / "more", {"new.txt": paper("5.50", "Lamps", "June 1, 2017", "Lamps are no longer tested.")}))
        assert "weekly" in (library.show("5.50", ON).text or "")
        assert "no longer" in (library.show("5.50", date(2018, 1, 1)).text or "")


def test_no_decision_is_lost_or_changed(library: Library) -> None:
    library.desk.decide(about(library, "5.13", "relation").id, Answer("accept"), DOE)
    kept = library.desk.export()
    for statement in ("DELETE FROM decision", "UPDATE decision SET body = '{}'"):
        with pytest.raises(REFUSALS, match="only added"), database(library.store.location) as laid:
            laid.execute(statement)
    library.desk.decide(about(library, "5.24", "relation").id, Answer("accept"), ROE)
    assert library.desk.export().startswith(kept)


@pytest.mark.parametrize("which", ["made", "made_backwards"])
def test_decisions_taken_into_another_library_of_the_same_papers_give_the_same_answers(library: Library, tmp_path: Path, which: str, request: pytest.FixtureRequest) -> None:
    library.desk.decide(about(library, "5.13", "relation").id, Answer("accept"), DOE)
    library.desk.decide(about(library, "5.40", "date").id, Answer("correct", day=Day(date(2014, 9, 30))), DOE)
    library.desk.decide(about(library, "5.50", "stretch").id, Answer("correct", status="in-force", start=date(2013, 6, 1), text="lamps.txt"), DOE)
    said = {n: [library.show(n, day).sentence for day in (date(2013, 7, 1), date(2015, 1, 1), date(2017, 1, 1))] for n in ("5.13", "5.24", "5.40", "5.50")}
    copy(request.getfixturevalue(which), tmp_path / "other")
    with Library.open(tmp_path / "other") as other:
        assert len(other.desk.take(library.desk.export(), "decisions.jsonl")) == 3
        assert {n: [other.show(n, day).sentence for day in (date(2013, 7, 1), date(2015, 1, 1), date(2017, 1, 1))] for n in said} == said
        assert other.desk.take(library.desk.export(), "decisions.jsonl") == []
        assert other.desk.export() == library.desk.export()
        assert not other.check()


def test_the_papers_may_come_after_the_decisions(library: Library, tmp_path: Path) -> None:
    library.desk.decide(about(library, "5.40", "date").id, Answer("correct", day=Day(date(2014, 9, 30))), DOE)
    (tmp_path / "other").mkdir()
    with library_of(tmp_path / "other", {"racks.txt": RACKS}) as other:
        other.desk.take(library.desk.export(), "decisions.jsonl")
        other.ingest(put(tmp_path / "later", {"keys.txt": KEYS, "ends-keys.txt": ENDS_KEYS}))
        assert status(other, "5.40", date(2015, 1, 1)) == "in-force"


def test_lines_that_were_changed_are_refused_and_nothing_is_taken(library: Library) -> None:
    library.desk.decide(about(library, "5.13", "relation").id, Answer("accept"), DOE)
    (line,) = library.desk.export().splitlines()
    changed = json.dumps(json.loads(line) | {"by": "Somebody Else"})
    for wrong, why in ((changed, "was changed"), ("{}", "no decision"), ("nothing", "no decision")):
        with pytest.raises(UsageError, match=why):
            library.desk.take(f"{line}\n{wrong}\n", "f")
    assert len(library.store.decisions()) == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer("correct"), "has to say"),
        (Answer(None, "z"), "has no answer z"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(library: Library, answer: Answer, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        library.desk.decide(about(library, "5.13", "relation").id, answer, DOE)
    assert not library.store.decisions()


def test_a_decision_needs_a_name_and_a_reason_and_an_open_question(library: Library) -> None:
    question = about(library, "5.13", "relation")
    for person in (Person("", "why"), Person("Doe", " ")):
        with pytest.raises(UsageError, match="no name or no reason"):
            library.desk.decide(question.id, Answer("accept"), person)
    with pytest.raises(UsageError, match="has changed since"):
        library.desk.decide(question.id, Answer("accept"), DOE, seen="another")
    with pytest.raises(NotFoundError):
        library.desk.decide("q-000000000000", Answer("accept"), DOE)


def test_questions_that_are_alike_are_settled_at_once(tmp_path: Path) -> None:
    papers = {f"a{n}.txt": paper(f"6.{n}", f"Kind {n}", "March 2, 2012", f"Rule {n} holds.") for n in range(10, 16)}
    papers |= {f"e{n}.txt": paper(f"17-{n}", f"Old {n}", "January 9, 2015", f"Section 6.{n} was rescinded in the past.", "SPECIAL ORDER") for n in range(10, 16)}
    with library_of(tmp_path, papers) as library:
        questions = [q for q in library.desk.questions() if q.subject == "relation"]
        assert len(questions) >= 6
        made = library.desk.decide(questions[0].id, Answer("reject"), DOE, every_alike=True)
        assert len(made) >= 6
        assert len({d.batch for d in made}) == 1
        assert made[0].batch


def test_the_profile_may_ask_for_a_second_person(tmp_path: Path) -> None:
    profile = tmp_path / "millbrook.toml"
    profile.write_text('extends = "generic"\nid = "millbrook"\nname = "Millbrook Police Department"\ncountry = "us"\ntime_zone = "America/Chicago"\n\n[decisions]\nsecond_person = ["relations.*"]\n', encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.ingest(put(tmp_path / "papers", ALL), str(profile))
        question = about(library, "5.13", "relation")
        (made,) = library.desk.decide(question.id, Answer("accept"), DOE)
        assert made.needs_second
        assert status(library, "5.13") == "not-provable"
        assert about(library, "5.13", "relation").waiting == made.id
        with pytest.raises(UsageError, match="second person"):
            library.desk.second(made.id, Person("SGT A DOE", "again"))
        library.desk.second(made.id, ROE)
        assert status(library, "5.13") == "not-in-force"


BELLS = {"bells.txt": paper("5.60", "Bells", "March 2, 2012", "The bell rings at noon."), "changes.txt": paper("16-20", "Changes", "May 2, 2016", "Section 5.60 is amended.", "SPECIAL ORDER")}


def test_the_words_that_an_order_changes_are_typed_where_it_does_not_say_them(tmp_path: Path) -> None:
    with library_of(tmp_path, BELLS) as library:
        assert not library.show("5.60", date(2017, 1, 1)).ruling.complete
        question = about(library, "5.60", "relation")
        library.desk.decide(question.id, Answer(None, "w", edit=Edit(find="noon", replace="dusk", count=1)), DOE)
        shown = library.show("5.60", date(2017, 1, 1))
        assert "rings at dusk" in (shown.text or "")
        assert shown.ruling.complete
        assert shown.decisions
        assert "rings at noon" in (library.show("5.60", ON).text or "")
        assert not library.desk.questions()


def test_words_that_do_not_stand_there_change_nothing(tmp_path: Path) -> None:
    with library_of(tmp_path, BELLS) as library:
        library.desk.decide(about(library, "5.60", "relation").id, Answer(None, "w", edit=Edit(find="midnight", replace="dusk", count=1)), DOE)
        shown = library.show("5.60", date(2017, 1, 1))
        assert not shown.ruling.complete
        assert "dusk" not in (shown.text or "")


def test_a_change_that_is_none_leaves_the_words(tmp_path: Path) -> None:
    with library_of(tmp_path, BELLS) as library:
        library.desk.decide(about(library, "5.60", "relation").id, Answer("reject"), DOE)
        shown = library.show("5.60", date(2017, 1, 1))
        assert shown.ruling.complete
        assert "rings at noon" in (shown.text or "")


def test_two_papers_are_held_to_be_texts_of_one_rule_or_of_two(tmp_path: Path) -> None:
    papers = {"old.txt": paper("5.70", "Canines", "March 2, 2012", "Dogs are fed."), "new.txt": paper("5.70", "Lockers", "March 2, 2016", "Lockers are locked.")}
    with library_of(tmp_path, papers) as library:
        assert len({w.id for w in library.store.works() if w.number == "5.70"}) == 2
        (made,) = library.desk.decide("old.txt+new.txt", Answer("correct", one_work=True), DOE)
        assert len({w.id for w in library.store.works() if w.number == "5.70"}) == 1
        assert [len(x) for x in (library.show("5.70", date(2017, 1, 1)).other_holders, library.store.expressions())] == [0, 2]
        assert not library.check()
        library.desk.withdraw(made.id, ROE)
        assert len({w.id for w in library.store.works() if w.number == "5.70"}) == 2


def test_papers_held_as_one_rule_are_told_apart(tmp_path: Path) -> None:
    papers = {"old.txt": paper("5.71", "Evidence Lockers", "March 2, 2012", "Evidence is kept."), "new.txt": paper("5.71", "Gym Lockers", "March 2, 2016", "Towels are washed.")}
    with library_of(tmp_path, papers) as library:
        assert len({w.id for w in library.store.works() if w.number == "5.71"}) == 1
        library.desk.decide("old.txt+new.txt", Answer(None, "2"), DOE)
        assert len({w.id for w in library.store.works() if w.number == "5.71"}) == 2
        assert not library.check()
        kept = library.desk.export()
    (tmp_path / "other").mkdir()
    with library_of(tmp_path / "other", papers, -1) as other:
        other.desk.take(kept, "f")
        assert len({w.id for w in other.store.works() if w.number == "5.71"}) == 2


TWO = {
    "first.txt": paper("5.80", "Canines", "March 2, 2012", "Dogs are fed."),
    "second.txt": paper("5.80", "Lockers", "March 2, 2013", "Lockers are locked."),
    "ends.txt": paper("16-30", "Old Sections", "May 2, 2016", "Section 5.80 is rescinded.", "SPECIAL ORDER"),
}


def test_an_act_upon_one_of_two_is_not_settled_by_words_that_do_not_say_which(tmp_path: Path) -> None:
    with library_of(tmp_path, TWO) as library:
        question = next(q for q in library.desk.questions() if q.subject == "relation")
        works = question.works
        assert len(works) == 2
        with pytest.raises(UsageError, match="cannot be answered"):
            library.desk.decide(question.id, Answer("accept"), DOE)
        forged = Decision("relation", question.ref, "accept", "Doe", "by hand", "2026-01-01T00:00:00Z", question.seen)
        gone = replace(forged, verdict="correct", correction=Correction(target=works[0], target_item="0" * 64))
        for one in (forged, gone):
            library.desk.take(review.write_lines([one]), "f")
            assert [library.show(w, date(2017, 1, 1)).ruling.status for w in works] == ["not-provable", "not-provable"]
        library.desk.decide(question.id, Answer(None, "1"), DOE)
        assert sorted(library.show(w, date(2017, 1, 1)).ruling.status for w in works) == ["in-force", "not-in-force"]


def test_a_stretch_is_not_ruled_to_have_had_the_words_of_another_rule(library: Library) -> None:
    question = about(library, "5.50", "stretch")
    other = library.store.expressions("generic/policy/5.13/1")[0].item
    forged = Decision("stretch", f"{question.ref}+2013-06-01", "correct", "Doe", "by hand", "2026-01-01T00:00:00Z", question.seen, correction=Correction(status="in-force", start=date(2013, 6, 1), item=other))
    library.desk.take(review.write_lines([forged]), "f")
    shown = library.show("5.50", ON)
    assert "Lamps" in shown.ruling.work.title
    assert shown.ruling.codes == ("expressions.several-texts",)
    assert "locked" not in (shown.text or "")
    with pytest.raises(UsageError, match="names 0 texts"):
        library.desk.decide(question.id, Answer("correct", status="in-force", start=date(2013, 6, 1), text="room.txt"), DOE)
