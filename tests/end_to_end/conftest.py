from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from lineage.library import Library

from .made import ORDERS


@dataclass(frozen=True)
class Held:
    """A library that is open, and the work of each file that it took in."""

    library: Library
    folder: Path
    works: dict[str, str]


def held(folder: Path, files: list[Path]) -> Iterator[Held]:
    with Library.open(folder) as library:
        done = library.ingest(files)
        assert [o for o in done if o.status != "added"] == []
        # A later paper may show that an earlier one is of another work.
        works = {x.item: x.work for x in library.store.expressions()}
        yield Held(library, folder, {Path(o.path).stem: works[o.sha256 or ""] for o in done})


@pytest.fixture(scope="session")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """The corpus from its PDFs. Only for questions: tests share it."""
    yield from held(tmp_path_factory.mktemp("pdfs") / "library", sorted(ORDERS.glob("*.pdf")))


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """The corpus from its text files, the last name first. Only for questions."""
    yield from held(tmp_path_factory.mktemp("texts") / "library", sorted(ORDERS.glob("*.txt"), reverse=True))


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """The corpus with both files of each paper. Only for questions."""
    yield from held(tmp_path_factory.mktemp("both") / "library", sorted(ORDERS.iterdir()))
