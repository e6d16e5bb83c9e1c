from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lineage.store import Store
from lineage.store.searching import numbers_in, query_of

from . import samples as s

CLAUSES = (
    "Officers shall report any use of force to a supervisor.",
    "The force of habit is no reason to use it.",
    "See Section 3.48 on the usage of the internet.",
    "Section 3.48.1 says otherwise.",
    'A "near" miss; U04–01-01 applies (§ 7 .1.2.8).',
)


@pytest.fixture
def filled(library: Store) -> Store:
    with library.transaction() as writing:
        s.ingest(writing, "media", *CLAUSES)
    return library


def found(library: Store, words: str) -> list[int]:
    return sorted(int(hit.eid.removeprefix("sec_")) for hit in library.search(words))


@pytest.mark.parametrize(
    ("words", "clauses"),
    [
        ("force", [1, 2]),
        ("officer reporting", [1]),
        ('"use of force"', [1]),
        ("“force of”", [2]),
        ("use force", [1, 2]),
        ("3.48", [3]),
        ("§ 3.48", [3]),
        ("Section 3.48.1", [4]),
        ("U04-01-01", [5]),
        ("7.1.2.8", [5]),
        ("NEAR", [5]),
        ("near(miss", [5]),
        ("habit OR officers", []),
        ("force*", [1, 2]),
        ('"', []),
        ('"use', [1, 2]),
        ("*", []),
        ("§", []),
        ("", []),
        ("-force", [1, 2]),
        ("text:force", []),
        ("^force", [1, 2]),
        ("a\x00b", []),
    ],
)
def test_words_are_taken_as_words(filled: Store, words: str, clauses: list[int]) -> None:
    assert found(filled, words) == clauses


def test_a_hit_says_where_it_stands(filled: Store) -> None:
    (hit,) = filled.search("habit")
    assert (hit.item, hit.work, hit.eid, hit.text, hit.page) == (s.sha("media"), s.work("media").id, "sec_2", CLAUSES[1], 1)


def test_no_more_than_asked_for(filled: Store) -> None:
    assert len(filled.search("force", limit=1)) == 1


def test_a_search_knows_only_what_was_held_then(filled: Store) -> None:
    assert filled.search("habit", as_known=filled.created_at) == []
    assert len(filled.search("habit", as_known=filled.history_moments()[0])) == 1


SIGNS = ['"', "'", "*", "NEAR", "(", ")", "3.48", "§", "OR", "a", "-", "{", ":", "\\"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30) | st.lists(st.sampled_from(SIGNS)).map(" ".join))
def test_no_words_break_a_search(filled: Store, words: str) -> None:
    if not any(0xD800 <= ord(character) < 0xE000 for character in words):
        filled.search(words)


def test_numbers() -> None:
    assert numbers_in("3.48, 3.48.1; U02-01, 12 and 3. In 2019. 7/22/21, v3.48x") == ["3.48", "3.48.1", "u02-01", "7/22/21", "v3.48x"]
    assert numbers_in("no numbers at all - none.") == []
    assert query_of("the 3.48") == ('"the"', ["3.48"])
