"""One packet of the corpus, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from lineage.packet import Packed

from .making import CORPUS, library_of, packed


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library_of(tmp_path_factory.mktemp("corpus"), sorted(CORPUS.glob("*.pdf")))


@pytest.fixture(scope="session")
def packet(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Packed:
    return packed(corpus, tmp_path_factory.mktemp("packet") / "made")
