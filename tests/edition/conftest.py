"""The corpus as a library of public rules, and its page, made once for each process."""

from __future__ import annotations

from pathlib import Path

import pytest

from lineage.edition import Edition, publish
from lineage.library import Library

from .reading import of_corpus


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return of_corpus(tmp_path_factory.mktemp("edition") / "library")


@pytest.fixture(scope="session")
def edition(folder: Path) -> Edition:
    with Library.open(folder) as library:
        return publish(library)
