"""Sentences as police orders word them, each with what it instructs. Adding a case is adding an entry to one of the files beside this one."""

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
KINDS = sorted(path.stem for path in HERE.glob("*.toml"))
CASES = [(kind, number, case) for kind in KINDS for number, case in enumerate(tomllib.loads((HERE / f"{kind}.toml").read_text(encoding="utf-8"))["case"])]
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
    assert [shape(one) for one in found.instructions] == [wanted(read) for read in case.get("reads", [])], [f.message for f in found.findings]
    if "finding" in case:
        assert [f.code for f in found.findings] == [case["finding"]]


def test_there_are_enough_of_each() -> None:
    reading = [case for _, _, case in CASES if case.get("reads")]
    assert len(reading) >= 420
    assert len(CASES) - len(reading) >= 300
