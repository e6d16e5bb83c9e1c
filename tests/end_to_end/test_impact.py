"""``lineage impact``: what a draft would do to the rules held, told in one sentence each with the place, and silence where there is nothing."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document

from lineage.cli import main
from lineage.library import Library
from tests.kept import sqlite_only, state
from tests.pages.worded import OUTLINE, docx, lists, p

from .drafts import build, codes, draft, paper, told

CLEAN = "I. RULE\n\nA. Bicycles of members stand in the shed behind the station."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("impact"))


def only(found: Any, code: str) -> Any:
    """The one thing that is told, which is of this code, in one sentence with a place."""
    assert codes(found) == [code], found["warnings"]
    (one,) = found["warnings"]
    assert one["place"]["page"] == 1
    assert one["place"]["quote"]
    assert one["message"].endswith(".")
    return one


# The four of the issue.


def test_a_draft_that_forgets_to_rescind_its_predecessor(library: Path) -> None:
    code, found = told(library, draft(CLEAN, "Body-Worn Cameras"))
    one = only(found, "impact.not-rescinded")
    assert code == 1
    assert one["work"].endswith("special-order/19-04/1")
    assert "Special Order 19-04" in one["message"]
    assert "both would be in force" in one["message"]
    assert one["place"]["quote"] == "Body-Worn Cameras"


def test_a_draft_that_amends_a_renumbered_section(library: Path) -> None:
    _, found = told(library, draft('I. CHANGE\n\nA. In paragraph A of Section 8.16, strike "each month" and insert "twice each month".', "Meetings of Panels"))
    one = only(found, "impact.renumbered")
    assert "bears the number 8.27 since January 9, 2020" in one["message"]
    assert "Section 8.16" in one["place"]["quote"]


def test_a_draft_that_leaves_a_day_without_a_rule(library: Path) -> None:
    _, found = told(library, draft("I. RULE\n\nA. Special Order 19-30 is rescinded effective May 10, 2024.\n\nB. Boots are of any color.", "Boots"))
    one = only(found, "impact.gap")
    assert "from May 10, 2024 through May 14, 2024 neither would be in force" in one["message"]


def test_a_draft_that_contradicts_a_rule_in_force(library: Path) -> None:
    _, found = told(library, draft("I. RULE\n\nA. The sergeant shall read the log of each car within 48 hours of the shift."))
    one = only(found, "impact.differs")
    assert "48 hours" in one["message"]
    assert "24 hours" in one["message"]
    assert "Policy 7.40" in one["message"]


def test_a_clean_draft_gets_silence(library: Path) -> None:
    path = library.parent / "clean.txt"
    path.write_text(draft(CLEAN), encoding="utf-8")
    done = CliRunner().invoke(main, ["--library", str(library), "impact", str(path)])
    assert done.exit_code == 0
    assert "Nothing to tell:" in done.stdout
    assert 'Special Order 24-10 ("Parking of Bicycles") would be in force from May 15, 2024.' in done.stdout


# What it touches.


def test_a_change_that_fits_is_told_with_its_redline(library: Path) -> None:
    code, found = told(library, draft('I. CHANGE\n\nA. In item 2 of paragraph B of Section 7.40, strike "every fuel stop" and insert "every stop for fuel".'))
    assert (code, codes(found)) == (0, [])
    touch = next(t for t in found["touches"] if t["work"].endswith("7.40/1"))
    assert (touch["kind"], touch["on"]) == ("words", "2024-05-15")
    assert [(c["before"], c["after"]) for c in touch["changes"]] == [("2. every fuel stop;", "2. every stop for fuel;")]


def test_an_end_a_suspension_and_a_new_text_are_told(library: Path) -> None:
    _, found = told(library, draft("I. RULE\n\nA. Special Order 19-30 is rescinded.\n\nB. Section 8.27 is suspended.", "Footwear and Panels"))
    assert {(t["work"].split("/", 1)[1], t["kind"], t["on"]) for t in found["touches"]} == {
        ("special-order/24-10/1", "begins", "2024-05-15"), ("special-order/19-30/1", "ends", "2024-05-15"), ("policy/8.16/1", "suspended", "2024-05-15"),
    }  # fmt: skip
    code, found = told(library, draft("I. RULE\n\nA. Each driver keeps a log in ink.", "Vehicle Logs", "7.40", series="policy"))
    (touch,) = found["touches"]
    assert (touch["kind"], touch["on"]) == ("text", "2024-05-15")
    assert {c["op"] for c in touch["changes"]} >= {"replace", "delete"}
    assert code == 0, found["warnings"]


# Instructions that do not fit.


@pytest.mark.parametrize(
    ("said", "message", "advice"),
    [
        ('In paragraph A of Section 7.40, strike "within 24 hours" and insert "within 12 hours".', "do not stand there", 'In paragraph C of Section 7.40, strike "within 24 hours" and insert "within 12 hours".'),
        ('In paragraph F of Section 7.40, strike "one year" and insert "two years".', "the text has no F", 'In paragraph D of Section 7.40, strike "one year" and insert "two years".'),
        ('In paragraph C of Section 7.40, strike "read the log of every car" and insert "read each log".', "The nearest words are in paragraph C", "read the log of each car"),
        ("Paragraph G of Section 7.40 is deleted.", "It has I, A, B, C, D", ""),
    ],
)
def test_a_change_that_does_not_fit(library: Path, said: str, message: str, advice: str) -> None:
    _, found = told(library, draft(f"I. CHANGE\n\nA. {said}"))
    one = only(found, "impact.does-not-fit")
    assert message in one["message"]
    assert advice in one["advice"]


@pytest.mark.parametrize("part", ["A", "F"])
def test_the_sentence_that_is_proposed_fits(library: Path, part: str) -> None:
    _, found = told(library, draft(f'I. CHANGE\n\nA. In paragraph {part} of Section 7.40, strike "within 24 hours" and insert "within 12 hours".'))
    proposed = re.search(r'Say: "(.*)"$', found["warnings"][0]["advice"])
    assert proposed
    code, found = told(library, draft(f"I. CHANGE\n\nA. {proposed[1]}"))
    assert (code, codes(found)) == (0, [])


# Rules that are ended, not held, or unclear.


def test_an_act_upon_an_ended_rule_and_a_citation_of_it(library: Path) -> None:
    _, found = told(library, draft("I. RULE\n\nA. Special Order 18-30 is rescinded."))
    one = only(found, "impact.acts-on-ended")
    assert "it was rescinded by Special Order 19-30 from January 5, 2019" in one["message"]
    assert "Special Order 19-30" in one["advice"]
    _, found = told(library, draft("I. RULE\n\nA. Members keep boots clean as required by Special Order 18-30."))
    only(found, "impact.cites-ended")


def test_a_number_that_is_not_held(library: Path) -> None:
    _, found = told(library, draft("I. RULE\n\nA. Section 7.42 is rescinded."))
    assert "7.42" in only(found, "impact.not-held")["message"]
    _, found = told(library, draft("I. RULE\n\nA. Members keep the log as Section 7.49 says."))
    only(found, "impact.not-held")
    assert told(library, draft("I. RULE\n\nA. Members keep the log as Section 7.40 says."))[0] == 0
    assert told(library, draft("I. RULE\n\nA. Members follow Training Bulletin 112 on bicycles."))[0] == 0  # no bulletin is held at all


# Days.


def test_both_in_force_for_some_days(library: Path) -> None:
    _, found = told(library, draft("I. RULE\n\nA. Special Order 19-30 is rescinded effective June 1, 2024.\n\nB. Boots are of any color.", "Footwear in Snow"))
    assert "until then both would be in force" in only(found, "impact.overlap")["message"]


@pytest.mark.parametrize(
    ("effective", "issued", "code"),
    [("April 15, 2024", "May 1, 2024", "impact.before-issue"), ("-", "-", "impact.no-day"), ("May 2024", "May 1, 2024", "impact.no-day")],
)
def test_days_of_the_draft(library: Path, effective: str, issued: str, code: str) -> None:
    _, found = told(library, draft(CLEAN, effective=effective, issued=issued))
    assert code in codes(found)
    assert not set(codes(found)) - {code, "impact.unread", "impact.unsettles"}


def test_an_impossible_day_is_told_with_how_to_say_it(library: Path) -> None:
    _, found = told(library, draft(CLEAN, effective="April 31, 2024"))
    assert "dates.impossible" in [w["finding"] for w in found["warnings"]]


def test_a_day_that_is_past(library: Path) -> None:
    assert codes(told(library, draft(CLEAN), "draft.txt", "--on", "2024-06-01")[1]) == ["impact.past"]
    assert told(library, draft(CLEAN), "draft.txt", "--on", "2024-05-15")[0] == 0


def test_an_open_end(library: Path) -> None:
    _, found = told(library, draft(f"{CLEAN}\n\nB. This order will remain in effect until a manual section has been drafted."))
    assert "until a manual section has been drafted" in only(found, "impact.open-end")["message"]
    assert told(library, draft(f"{CLEAN}\n\nB. This order expires December 31, 2027."))[0] == 0


def test_two_texts_of_one_number(library: Path) -> None:
    _, found = told(library, draft("I. RULE\n\nA. Each driver keeps a log in ink.", "Vehicle Logs", "7.40", "March 2, 2015", "March 1, 2015", "policy"))
    assert "impact.two-texts" in codes(found)
    _, found = told(library, draft(CLEAN, number="19-05"))
    assert "impact.number-taken" in codes(found)


# What others rely on.


def test_an_end_on_which_others_rely(library: Path) -> None:
    _, found = told(library, draft("I. RULE\n\nA. Special Order 19-04 is rescinded."))
    one = only(found, "impact.definition-lost")
    assert "does not say what takes its place" in one["message"]
    assert "Special Order 19-05" in one["message"]
    _, found = told(library, draft("I. RULE\n\nA. Special Order 19-04 is rescinded.\n\nB. Each officer wears the device on the shoulder.", "Body Worn Cameras"))
    only(found, "impact.breaks-reference")


def test_a_part_that_another_rule_names(library: Path) -> None:
    _, found = told(library, draft("I. CHANGE\n\nA. Paragraph D of Section 7.40 is deleted."))
    one = only(found, "impact.breaks-reference")
    assert "Policy 7.41" in one["message"]
    assert told(library, draft("I. CHANGE\n\nA. Paragraph A of Section 7.40 is deleted."))[0] == 0


def test_a_term_that_the_draft_uses_and_whose_definition_it_ends(library: Path) -> None:
    _, found = told(library, draft("I. RULE\n\nA. Special Order 19-04 is rescinded.\n\nB. Each officer wears the Chest Camera on the shoulder.", "Body Worn Cameras"))
    assert sorted(codes(found)) == ["impact.breaks-reference", "impact.definition-lost"]
    assert "Chest Camera" in next(w for w in found["warnings"] if w["code"] == "impact.definition-lost")["message"]


def test_a_term_that_is_defined_otherwise(library: Path) -> None:
    _, found = told(library, draft('I. DEFINITIONS\n\nA. "Register" means the list of officers on duty.'))
    one = only(found, "impact.defines-otherwise")
    assert "bound book" in one["message"]
    assert told(library, draft('I. DEFINITIONS\n\nA. "Register" means the bound book in which the clerk enters found property.'))[0] == 0


def test_a_negation_and_a_leave_in_place_of_a_duty(library: Path) -> None:
    _, found = told(library, draft("I. RULE\n\nA. Members shall leave found property in a vehicle at the end of the shift."))
    assert "differs by a negation" in only(found, "impact.differs")["message"]
    _, found = told(library, draft("I. RULE\n\nA. The device may be switched on at every stop of a vehicle."))
    assert "duty" in only(found, "impact.differs")["message"]
    assert told(library, draft("I. RULE\n\nA. The sergeant shall read the log of each car within 24 hours of the shift."))[0] == 0
    assert told(library, draft("I. RULE\n\nA. The clerk shall count the keys of each drawer within 48 hours of the audit."))[0] == 0


def test_what_stands_beside_an_act_is_compared_too(library: Path) -> None:
    _, found = told(library, draft("I. RULE\n\nA. Special Order 19-30 is rescinded. The sergeant shall read the log of each car within 48 hours of the shift."))
    only(found, "impact.differs")


def test_what_a_change_makes_of_a_rule_is_compared_too(library: Path) -> None:
    said = 'Section 8.27 is amended by adding the following as paragraph B: "The sergeant shall read the log of each car within 36 hours of the shift."'
    _, found = told(library, draft(f"I. CHANGE\n\nA. {said}"))
    assert "36 hours" in only(found, "impact.differs")["message"]


def test_a_part_that_the_rule_has_not(library: Path) -> None:
    _, found = told(library, draft("I. RULE\n\nA. Bicycles are entered as paragraph F of Section 7.40 says."))
    assert "paragraph F of Policy 7.40" in only(found, "impact.no-part")["message"]
    assert told(library, draft("I. RULE\n\nA. Bicycles are entered as paragraph C of Section 7.40 says."))[0] == 0


def test_two_changes_that_do_not_fit_are_two_things(library: Path) -> None:
    said = 'In paragraph F of Section 7.40, strike "one year" and insert "two years".\n\nB. In paragraph H of Section 7.40, strike "24 hours" and insert "12 hours".'
    assert codes(told(library, draft(f"I. CHANGE\n\nA. {said}"))[1]) == ["impact.does-not-fit"] * 2


def test_a_replacement_that_comes_later(tmp_path: Path) -> None:
    (tmp_path / "orders").mkdir()
    for name, number, effective in (("old", "19-60", "January 5, 2019"), ("new", "24-60", "June 1, 2024")):
        (tmp_path / "orders" / f"{name}.txt").write_text(paper("special", number, "Foot Patrols", effective, "I. RULE\n\nA. Patrols go by two.", "January 2, 2019"), encoding="utf-8")
    with Library.open(tmp_path / "library") as made:
        made.ingest([tmp_path / "orders"])
    _, found = told(tmp_path / "library", draft("I. RULE\n\nA. Special Order 19-60 is rescinded.", "Old Orders"))
    one = only(found, "impact.gap")
    assert "Special Order 24-60" in one["message"]
    assert "from May 15, 2024 through May 31, 2024" in one["message"]


def test_the_change_of_another_order_that_the_draft_takes_the_ground_from(tmp_path: Path) -> None:
    (tmp_path / "orders").mkdir()
    rule = paper("policy", "9.10", "Keys", "January 5, 2019", "I. RULE\n\nA. Keys hang in the office.")
    coming = paper("special", "24-61", "Keys of Cars", "June 1, 2024", 'I. CHANGE\n\nA. In paragraph A of Section 9.10, strike "in the office" and insert "in the hall".', "January 2, 2024")
    (tmp_path / "orders" / "rule.txt").write_text(rule, encoding="utf-8")
    (tmp_path / "orders" / "coming.txt").write_text(coming, encoding="utf-8")
    with Library.open(tmp_path / "library") as made:
        made.ingest([tmp_path / "orders"])
    _, found = told(tmp_path / "library", draft('I. CHANGE\n\nA. In paragraph A of Section 9.10, strike "in the office" and insert "in the cellar".', "Cellar"))
    assert codes(found) == ["impact.unsettles"], found["warnings"]
    assert "Special Order 24-61" in found["warnings"][0]["message"]


def test_one_thing_said_of_several_rules_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "orders").mkdir()
    for number, title in (("5.10.1", "Bells"), ("5.10.1.1", "Doors"), ("5.10.1.2", "Gates"), ("5.10.1.3", "Roofs")):
        (tmp_path / "orders" / f"{number}.txt").write_text(paper("policy", number, title, "January 5, 2019", f"I. RULE\n\nA. {title} are green."), encoding="utf-8")
    with Library.open(tmp_path / "library") as made:
        made.ingest([tmp_path / "orders"])
    _, found = told(tmp_path / "library", draft("I. RULE\n\nA. Section 5.10.1 is rescinded."))
    one = only(found, "impact.unsettles")
    assert one["finding"] == "relations.parent-ended"
    assert len(one["others"]) == 2
    assert "Name the parts" in one["advice"]


# The call itself.


def test_a_word_file(library: Path) -> None:
    head = [p(line) for line in ("MILLBROOK POLICE DEPARTMENT", "SPECIAL ORDER", "Number: 24-10", "Subject: Body Worn Cameras", "Issued: May 1, 2024", "Effective: May 15, 2024")]
    body = p("RULE", number=(1, 0)) + p("Bicycles of members stand in the shed.", number=(1, 1))
    _, found = told(library, docx("".join(head) + body, numbering=lists(OUTLINE)), "draft.docx")
    only(found, "impact.not-rescinded")


def test_the_library_is_not_touched(library: Path) -> None:
    def every() -> dict[str, tuple[str, int]]:
        return {str(f): (hashlib.sha256(f.read_bytes()).hexdigest(), f.stat().st_mtime_ns) for f in sorted(library.rglob("*")) if f.is_file()} | {str(f): ("", 0) for f in library.rglob("*") if f.is_dir()}

    before, held = every(), state(library)
    assert told(library, draft("I. RULE\n\nA. Special Order 19-04 is rescinded.\n\nB. Section 7.40 is rescinded."))[0] == 1
    assert (every(), state(library)) == (before, held)


@sqlite_only
def test_a_library_that_may_only_be_read(library: Path) -> None:
    database = library / "library.sqlite"
    database.chmod(0o444)
    try:
        assert told(library, draft(CLEAN))[0] == 0
    finally:
        database.chmod(0o644)


def test_a_page_and_a_word_file_of_it(library: Path, tmp_path: Path) -> None:
    text = draft('I. CHANGE\n\nA. In paragraph D of Section 7.40, strike "one year" and insert "two years".', "Body Worn Cameras")
    assert told(library, text, "draft.txt", "-o", str(tmp_path / "impact.html"))[0] == 1
    page = (tmp_path / "impact.html").read_text(encoding="utf-8")
    assert "<del>one</del><ins>two</ins>" in page
    assert "impact.not-rescinded" in page
    told(library, text, "draft.txt", "-o", str(tmp_path / "impact.docx"))
    assert "<w:del " in Document(str(tmp_path / "impact.docx")).element.xml
    done = CliRunner().invoke(main, ["--library", str(library), "impact", str(library.parent / "draft.txt"), "-o", "impact.pdf"])
    assert done.exit_code == 2


def test_what_is_no_draft(library: Path) -> None:
    done = CliRunner().invoke(main, ["--library", str(library), "impact", str(library.parent / "orders" / "logs.txt"), "--json"])
    assert done.exit_code == 3
    assert '"impact.held"' in done.stdout


def test_a_draft_of_another_agency_is_said_to_touch_nothing(library: Path) -> None:
    _, found = told(library, draft(CLEAN), "draft.txt", "--profile", "cpd")
    assert "impact.other-agency" in codes(found)
