"""The corpus as a library of public rules, and its page; a page of hostile texts. Each is made once for each process."""

from __future__ import annotations

from pathlib import Path

import pytest

from lineage.edition import Edition, publish
from lineage.library import Library

from .hostile import HOSTILE, MARKUP, TURNED
from .reading import all_public, of_corpus


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return of_corpus(tmp_path_factory.mktemp("edition") / "library")


@pytest.fixture(scope="session")
def edition(folder: Path) -> Edition:
    with Library.open(folder) as library:
        return publish(library)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    place = tmp_path_factory.mktemp("hostile")
    for name, words in HOSTILE.items():
        (place / name).write_text(words, encoding="utf-8")
    with Library.open(all_public(place / "library", sorted(place.glob("*.txt")))) as library:
        return publish(library, title=f"Rules {MARKUP}{TURNED}").page
