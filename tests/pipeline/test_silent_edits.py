"""The silent edits that the tool lists are those that a reader of the HTML counts by itself."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from lineage.pipeline import read

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def counting() -> ModuleType:
    spec = importlib.util.spec_from_file_location("silent_edits", ROOT / "benchmarks" / "silent_edits.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
@pytest.mark.long
def test_the_silent_edits_that_the_tool_tells_are_those_that_are_counted(counting: ModuleType, shared: Path) -> None:
    """Every file of a group with one number and the same dates is read, and the tool tells several texts where a reader sees different words, and nowhere else."""
    edited, alike = counting.counted(shared / "cpd")

    def texts(files: list[str]) -> int:
        return len({read(shared / "cpd" / "html" / name, "cpd").words for name in files})

    assert edited
    assert alike
    assert [files for files in edited if texts(files) < 2] == []
    assert [files for files in alike if texts(files) > 1] == []
