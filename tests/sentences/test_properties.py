"""Whatever the words: never a fault, never long, the same with straight and curly marks, and nothing where the act is denied."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineage.relations import instruct

from .test_sentences import CASES, PROFILE, shape

PIECES = (
    "Section 5.12", "(a)", "item 3", "strike", "insert", "replace", "with", "and", "by", "is amended", "is deleted", '"', "“", "”", "'", "⟦0⟧", ",", ".", ":", "in", "of", "to read",
    "wherever it appears", "except in", "through", "after", "the period", "first", "effective May 1, 2020", "a new paragraph", "as follows", "not", "7", "\n", "‘", "§", "(", ")",
    "both times", "each occurrence of", "at the end", "the comma", "before", "Part II", "Table 2", "Sec.", "par.", "This order", "hereby", "renumbered", "becomes", "if the Chief agrees", "Act", "G.O. 12-03",
)  # fmt: skip
HOSTILE = {
    "brackets": "Section 5" + "(" * 10_000 + "a" + ")" * 10_000 + " is deleted.",
    "brackets in pairs": "Section 5" + "(a)" * 6_000 + " is deleted.",
    "quotes": "Strike " + '"a" ' * 4_500,
    "open quotes": "Strike " + "“" * 10_000,
    "single marks": "Strike " + "'a " * 6_000,
    "commas": "Section 5.12 is amended by striking " + "," * 10_000,
    "ands": "Delete item 1 " + "and item 2 " * 1_700,
    "blanks": "Section 5.12" + " " * 15_000 + "is amended by striking it",
    "by": "Section 5.12 is amended " + "by striking " * 1_600,
    "of": "Delete item 3 " + "of item 4 " * 1_900,
    "numbers": "Items " + "1, " * 6_000 + "are deleted.",
    "letters": "a" * 20_000,
    "is amended": "Section 5 is amended " * 900,
    "in": "In " * 6_000,
    "in and comma": "In Section 5, " * 1_400,
    "labels": "Section 5.12 is amended by " + "(1) striking " * 1_500,
    "and item": "Item 4 is deleted " + "and item 5 is deleted " * 900,
    "as follows": "Section 5 is amended as follows: " * 600,
    "figures": "1." * 9_900,
    "hyphens": "Items " + "A-" * 9_900,
    "quotes in a row": "Delete " + '"a", ' * 3_900,
    "this order": "This order " * 1_800,
    "hereby": "The Chief hereby " * 1_100,
    "places": 'Strike "a"' + " in paragraph (a)" * 1_100,
}
# Words in straight marks, none within others.
QUOTED = [case for _, _, case in CASES if case.get("reads") and case["says"].count('"') in (2, 4) and not set("“”‘’'") & set(case["says"])]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)), st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join), max_size=3))
def test_no_words_make_it_fail(words: str, context: list[str]) -> None:
    found = instruct(words, context, PROFILE)
    assert not (found.instructions and found.findings)
    assert all(0 <= one.start < one.end <= len(words) for one in found.instructions)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_words_take_long(words: str) -> None:
    begun = time.perf_counter()
    instruct(words[:20_000], ["Section 5.12 is amended as follows:"], PROFILE)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("marks", ["“”", "‘’"])
def test_curly_marks_are_read_as_straight_ones(marks: str) -> None:
    for case in QUOTED:
        says, above = case["says"], case.get("above", [])
        pieces = says.split('"')
        curly = "".join(piece + marks[n % 2] for n, piece in enumerate(pieces[:-1])) + pieces[-1]
        straight, other = ([shape(one) for one in instruct(words, above, PROFILE).instructions] for words in (says, curly))
        assert str(other).translate(str.maketrans(marks, '""')) == str(straight), curly


@pytest.mark.parametrize(("said", "denied"), [(" is amended by ", " is not amended by "), (" is deleted", " is not deleted"), (" are deleted", " are not deleted"), (" is replaced with ", " is not replaced with "), (" is amended to read", " is not amended to read"), (" is added ", " is never added ")])
def test_what_is_denied_instructs_nothing(said: str, denied: str) -> None:
    cases = [case for _, _, case in CASES if case.get("reads") and case["says"].count(said) == 1]
    assert cases
    for case in cases:
        words = case["says"].replace(said, denied)
        assert not instruct(words, case.get("above", []), PROFILE).instructions, words


@pytest.mark.parametrize("hung", ["If the Commission approves, {}", "Until further review, {}", "Unless the Chief objects, {}"])
def test_what_hangs_on_something_instructs_nothing(hung: str) -> None:
    for _, _, case in CASES:
        if case.get("reads") and not any(one["kind"] == "rescinds" for one in case["reads"]):
            words = hung.format(case["says"][0].lower() + case["says"][1:] if case["says"][1:2].islower() else case["says"])
            assert not instruct(words, case.get("above", []), PROFILE).instructions, words


@pytest.mark.parametrize("tail", [" for reserve officers", " as to detectives", ", and so on", " and something else that matters", " in some of its parts"])
def test_words_left_over_are_never_dropped(tail: str) -> None:
    """What is read is read to its end: with words behind it that are none of the grammar, it is not read."""
    for _, _, case in CASES:
        if case.get("reads") and case["says"].endswith(".") and ":" not in case["says"] and "as of the date that" not in case["says"]:
            words = case["says"][:-1] + tail + "."
            assert not instruct(words, case.get("above", []), PROFILE).instructions, words


@given(st.sampled_from(["log", "the key", "a.b", "x (y)", "each, or all", "5.12"]), st.sampled_from(["car", "and the radio", "; or", "7-B"]))
def test_the_quoted_words_come_out_as_they_are(old: str, new: str) -> None:
    found = instruct(f'Section 5.12 is amended by striking "{old}" and inserting "{new}".', [], PROFILE).instructions
    assert [(one.edit.find, one.edit.replace) for one in found if one.edit] == [(old, new)]
