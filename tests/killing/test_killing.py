"""Rounds of killing, always the same: 50 where libraries are files, 20 where they are in a server; LINEAGE_KILLS=N runs others, LINEAGE_KILLS_FROM=N those from another number on."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

from lineage.library import Library
from tests.kept import ON_POSTGRESQL

from .holdings import NOTHING, faults, held
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


def test_what_is_lost_is_named(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        before = held(library)
    was = replace(before, names=frozenset({"item 00"}))
    assert faults(tmp_path / "library", was, {"decision date 1"}) == ["was there before, and is lost: item 00", "was said to be kept, and is lost: decision date 1"]
    assert faults(tmp_path / "library", replace(before, head="0" * 64), set())[0].startswith("what was there before was altered: No entry")
    assert faults(tmp_path / "nothing", NOTHING, set()) == []
    assert faults(tmp_path / "nothing", NOTHING, {"item 00"}) == ["was said to be kept, and is lost: item 00"]


@pytest.mark.long
def test_whoever_is_killed_loses_nothing_that_was_said_to_be_kept() -> None:
    found = killed(range(FIRST, FIRST + ROUNDS))
    print(found.told())
    assert found.faults == []
    assert sum(when["middle"] for when in found.when.values()) > ROUNDS / 4, found.told()
