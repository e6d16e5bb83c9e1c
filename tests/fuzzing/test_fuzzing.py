"""Two thousand inputs at every run, always the same; LINEAGE_FUZZ_FROM=N tries those from another number on."""

from __future__ import annotations

import os

import pytest

# By names that the process in which they are tried finds as well.
from tests.fuzzing.inputs import KINDS, given
from tests.fuzzing.reading import tried
from tests.fuzzing.running import fuzzed

FIRST = int(os.environ.get("LINEAGE_FUZZ_FROM", "0"))


def test_the_same_number_gives_the_same_input() -> None:
    assert [given(number) for number in range(40)] == [given(number) for number in range(40)]
    assert {given(number).kind for number in range(200)} == set(KINDS)


def test_some_inputs_are_read_or_refused() -> None:
    for number in range(FIRST, FIRST + 40):
        assert tried(given(number)), number


@pytest.mark.long
def test_two_thousand_inputs_are_read_or_refused() -> None:
    found = fuzzed(FIRST, 2000)
    assert found.faults == []
    assert sum(found.became.values()) == 2000
    assert found.grown() < 200, found.resident
