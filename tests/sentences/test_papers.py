"""Instructions on a paper: the rule that each is applied to, or the open question where the paper names none."""

from __future__ import annotations

from pathlib import Path

import pytest

from lineage import pipeline

HEAD = "SPECIAL ORDER\n\nDATE: May 17, 2019\nTO: All Personnel\nSUBJECT: Radio Codes\n\n"
EXCHANGED = 'Paragraph (b) is amended by striking "two" and inserting "three".'


def read(folder: Path, *clauses: str) -> tuple[list[tuple[str, str | None, str]], list[str]]:
    """What is applied to which part of which rule, by what certainty; and the codes of what is asked about instructions."""
    path = folder / "order.txt"
    path.write_text(HEAD + "\n\n".join(clauses) + "\n", encoding="utf-8")
    made = pipeline.read(path)
    applied = [(r.kind, r.affected.number, " / ".join(r.affected.path)) for r in made.relations if r.edit is not None]
    doubtful = [("in doubt", r.affected.number, "") for r in made.relations if r.evidence[0].rule == "instruction.open"]
    return [*applied, *doubtful], [f.code for f in made.findings if f.code.startswith("instructions.")]


@pytest.mark.parametrize(
    "clauses",
    [
        ["Members use plain speech on the radio.", EXCHANGED],
        ["Members see Section 3.10 for radio codes.", EXCHANGED],
        ['Item 3 of the Taser Policy is amended by striking "two" and inserting "three".'],
        ["The second sentence of item 4 is deleted."],
    ],
)
def test_a_change_of_no_rule_is_asked(tmp_path: Path, clauses: list[str]) -> None:
    assert read(tmp_path, *clauses) == ([], ["instructions.unplaced"])


@pytest.mark.parametrize(
    "clauses",
    [
        ['Strike "two" and insert "three" in item 4 of the form.'],
        ['Replace "Draft" with "Final" on the cover sheet.', "Delete the recording of call 12."],
        ["Item 4 of the property list is removed by the clerk.", 'The word "Confidential" is removed from each page.'],
        ["A new paragraph is added to the narrative.", "The second sentence is read aloud.", "Changes were made to Section 3.10 last year."],
        ['Section 3 of the Penal Code is amended by striking "two" and inserting "three".'],
    ],
)
def test_what_members_do_and_what_changes_laws_is_not_asked(tmp_path: Path, clauses: list[str]) -> None:
    assert read(tmp_path, *clauses) == ([], [])


def test_what_is_only_cited_is_not_what_is_changed(tmp_path: Path) -> None:
    found = read(tmp_path, "This order amends Section 5.12.", "Members see Section 3.10 for radio codes.", EXCHANGED)
    assert found == ([("substitutes", "5.12", "(b)")], [])


@pytest.mark.parametrize(("words", "code"), [("Delete the last sentence of item 4.", "instructions.unplaced"), ('Delete everything after "log" in item 4.', "instructions.unread")])
def test_an_instruction_without_a_rule_leaves_the_rule_that_the_paper_changes_in_doubt(tmp_path: Path, words: str, code: str) -> None:
    found = read(tmp_path, 'Section 5.12 is amended by striking "two" and inserting "three".', words)
    assert found == ([("substitutes", "5.12", ""), ("in doubt", "5.12", "")], [code])


def test_each_of_several_parts_takes_the_text_of_its_number(tmp_path: Path) -> None:
    lead = "Items 4 and 5 of Section 5.12 are amended to read as follows:"
    path = tmp_path / "order.txt"
    path.write_text(f"{HEAD}{lead}\n\n4. Members use plain speech.\n\n5. Members log it.\n", encoding="utf-8")
    texts = {r.affected.path: r.edit.text for r in pipeline.read(path).relations if r.edit}
    assert texts == {("4",): "4. Members use plain speech.", ("5",): "5. Members log it."}
