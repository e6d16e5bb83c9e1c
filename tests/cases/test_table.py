"""The table of the README names folders that are there, and the cases of time words are asked at every time."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROWS = re.findall(r"^\| ([^|]+?) \| ((?:`[\w-]+`(?:, )?)+) \|$", (HERE / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
TIMES = {"T00:20", "T23:40"}


def test_each_row_that_is_about_time_identity_or_standing_has_a_case() -> None:
    assert {int(row) for row, _ in ROWS if row.isdigit()} == set(range(1, 53)) - {36, 37, 38, 39}


@pytest.mark.parametrize(("row", "folders"), ROWS, ids=[row for row, _ in ROWS])
def test_the_folders_of_a_row_are_there(row: str, folders: str) -> None:
    for name in re.findall(r"`([\w-]+)`", folders):
        assert json.loads((HERE / name / "expected.json").read_text(encoding="utf-8")).get("answers"), f"row {row}: {name}"


@pytest.mark.parametrize("folders", [folders for row, folders in ROWS if not row.isdigit()])
def test_a_word_of_time_is_asked_at_every_time(folders: str) -> None:
    for name in re.findall(r"`(time-[\w-]+)`", folders):
        asked = {answer["on"] for answer in json.loads((HERE / name / "expected.json").read_text(encoding="utf-8"))["answers"]}
        days = {on[:10] for on in asked}
        assert len(days) >= 3, name
        assert any({day + hour for hour in TIMES} <= asked for day in days), name
