from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lineage import store
from tests.kept import ON_POSTGRESQL

from .samples import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty library; copying it is quicker than making another."""
    folder = tmp_path_factory.mktemp("store") / "library"
    store.open(folder, clock=Clock()).close()
    return folder


@pytest.fixture
def library(tmp_path: Path, clock: Clock, empty: Path) -> Iterator[store.Store]:
    if ON_POSTGRESQL:
        store.open(tmp_path / "library", clock=Clock()).close()
    else:
        shutil.copytree(empty, tmp_path / "library")
    clock()
    with store.open(tmp_path / "library", clock=clock, patience_s=0.2) as opened:
        yield opened
