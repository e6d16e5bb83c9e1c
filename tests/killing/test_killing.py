"""Rounds of killing, always the same: 50 where libraries are files, 20 where they are in a server; LINEAGE_KILLS=N runs others, LINEAGE_KILLS_FROM=N those from another number on."""

from __future__ import annotations

import os
import random

import pytest

from tests.kept import ON_POSTGRESQL

from .rounds import killed, moment, way_of
from .ways import ACTS

FIRST = int(os.environ.get("LINEAGE_KILLS_FROM", "0"))
ROUNDS = int(os.environ.get("LINEAGE_KILLS", "20" if ON_POSTGRESQL else "50"))


def test_the_same_number_gives_the_same_way_and_moment() -> None:
    assert [way_of(number)[0].act for number in range(6)] == list(ACTS)
    at_s = (0.5, 0.7, 1.4)
    drawn = [moment(at_s, way_of(number)[1]) for number in range(200)]
    assert drawn == [moment(at_s, random.Random(number)) for number in range(200)]
    assert {line for line, _ in drawn} == {0, 1, 2}


@pytest.mark.long
def test_whoever_is_killed_loses_nothing_that_was_said_to_be_kept() -> None:
    found = killed(range(FIRST, FIRST + ROUNDS))
    print(found.told())
    assert found.faults == []
    assert sum(when["middle"] for when in found.when.values()) > ROUNDS / 4, found.told()
