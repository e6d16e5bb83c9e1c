"""The libraries of these tests, made once for each process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from lineage.web import accounts
from tests.kept import copy

from .desk import of_corpus, with_people


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes of passwords that are worked out at once: how hard they are to guess is a matter of the library that makes them."""
    monkeypatch.setattr(accounts, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def corpus_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the corpus, for reading only."""
    return of_corpus(tmp_path_factory.mktemp("corpus") / "library")


@pytest.fixture
def own_library(corpus_library: Path, tmp_path: Path) -> Callable[[], Path]:
    """Copies of it to write in, with accounts."""

    def made() -> Path:
        return with_people(copy(corpus_library, tmp_path / "own"))

    return made
