"""The library with all open papers, made once and copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lineage.library import Library
from tests.kept import copy

from .papers import ALL, library_of


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("open")
    library_of(folder, ALL).store.close()
    return folder / "library"


@pytest.fixture(scope="session")
def made_backwards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same papers, taken in the other way round."""
    folder = tmp_path_factory.mktemp("backwards")
    library_of(folder, ALL, -1).store.close()
    return folder / "library"


@pytest.fixture
def folder(tmp_path: Path, made: Path) -> Path:
    copy(made, tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library.open(folder) as opened:
        yield opened
