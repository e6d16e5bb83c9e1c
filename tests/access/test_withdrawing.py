"""A file that counts no longer: the answers are those of a library that never had it, and those of before stay."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from lineage.library import Library

from .papers import PAPERS, WHO, asked, library_of, run

DAYS = ("2012-06-01", "2015-06-01", "2016-06-01", "2018-01-01", "2019-01-01")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library_of(tmp_path_factory.mktemp("all"), list(PAPERS))


@pytest.fixture
def folder(tmp_path: Path, made: Path) -> Path:
    shutil.copytree(made, tmp_path / "library")
    return tmp_path / "library"


def answers(folder: Path) -> dict[str, Any]:
    """All that a library says, but for what is said of withdrawals and of recording."""
    found: dict[str, Any] = {"relations": asked(folder, "relations"), "findings": asked(folder, "findings"), "search": asked(folder, "search", "tested")}
    found["quokka"] = asked(folder, "search", "quokka")
    with Library.open(folder) as library:
        works = [w.id for w in library.store.works()]
        found["works"] = [str(w) for w in library.store.works()]
        assert library.store.check() == []
    for day in DAYS:
        found[day] = asked(folder, "in-force", "--on", day, "--all")
        for work in works:
            shown = asked(folder, "show", work, "--on", day)
            shown.pop("withdrawn")
            found[f"{day} {work}"] = shown
    return json.loads(json.dumps(found, sort_keys=True), object_hook=_sorted)


def _sorted(value: dict[str, Any]) -> dict[str, Any]:
    """Lists whose order tells which was recorded first."""
    for key in ("findings", "relations", "hits"):
        value[key] = sorted(value[key], key=str) if key in value else None
    return value


@pytest.mark.parametrize("name", list(PAPERS))
def test_the_answers_are_those_of_a_library_without_the_file(folder: Path, tmp_path: Path, name: str) -> None:
    whole = answers(folder)
    assert run(folder, "withdraw", name, *WHO).exit_code == 0
    (tmp_path / "other").mkdir()
    other = library_of(tmp_path / "other", [n for n in PAPERS if n != name])
    assert answers(folder) == answers(other)
    assert run(folder, "withdraw", name, "--undo", *WHO).exit_code == 0
    assert answers(folder) == whole
    assert run(folder, "check").exit_code == 0
