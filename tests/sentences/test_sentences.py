"""Sentences as police orders word them, each with what it instructs. Adding a case is adding an entry to one of the files beside this one.

A case that is not read as it should be yet says so (``open``, with the reason): it is then expected to fail, and its test fails when it does not. What is refused may be open; what is misread may not.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from lineage.model import Instruction
from lineage.profiles import load
from lineage.relations import instruct

HERE = Path(__file__).parent
PROFILE = load("generic")
KINDS = ("words", "marks", "quotes", "units", "renumbering", "several", "targets", "nothing")
CASES = [(kind, number, case) for kind in KINDS for number, case in enumerate(tomllib.loads((HERE / f"{kind}.toml").read_text(encoding="utf-8"))["case"])]
# Read, and neither lost nor put elsewhere: what these readings lack is mended where they are tied to a rule.
MILD = ("another name for the part", "read, and tied to no rule", "another finding")
EDITED = ("find", "replace", "count", "occurrence", "position", "text", "marker")


def shape(one: Instruction) -> dict[str, Any]:
    """A reading with everything that it says, and nothing that it does not."""
    edit = {key: getattr(one.edit, key) for key in EDITED} if one.edit else {}
    kept = [" / ".join(path) for path in one.edit.excepted] if one.edit else []
    said = {"kind": one.kind, "path": " / ".join(one.path), **edit, "effective": one.effective, "of": one.of, "follows": one.follows or None, "excepted": kept or None}
    return {key: value for key, value in said.items() if value is not None}


def wanted(read: dict[str, Any]) -> dict[str, Any]:
    """What a case says, with the count that it leaves out."""
    count = {"count": 1} if "find" in read else {}
    return {key: value for key, value in {**count, **read}.items() if value != "any"}


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{kind}-{number}") for kind, number, case in CASES])
def test_a_sentence_is_read_as_its_case_says(case: dict[str, Any]) -> None:
    found = instruct(case["says"], case.get("above", []), PROFILE)
    right = [shape(one) for one in found.instructions] == [wanted(read) for read in case.get("reads", [])]
    right = right and ("finding" not in case or [f.code for f in found.findings] == [case["finding"]])
    if case.get("open"):
        assert not right, "it is marked open and passes: take the mark away"
        assert not found.instructions or case["open"] in MILD, "it is misread"
        pytest.xfail(case["open"])
    assert right, ([shape(one) for one in found.instructions], [f.message for f in found.findings])


def test_there_are_enough_of_each() -> None:
    done = [case for _, _, case in CASES if not case.get("open")]
    assert sum(bool(case.get("reads")) for case in done) >= 150
    assert sum(not case.get("reads") for case in done) >= 60
