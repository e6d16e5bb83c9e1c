"""One packet of the corpus, made once; all of it only where the extra is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from lineage.packet import Packed

from .making import CORPUS, library_of, packed


@pytest.fixture(scope="session", autouse=True)
def extra() -> None:
    for name in ("bagit", "typst"):
        pytest.importorskip(name, reason="The extra with the packet is not installed (pip install '.[packet]').", exc_type=ImportError)


@pytest.fixture(scope="session")
def corpus(extra: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library_of(tmp_path_factory.mktemp("corpus"), sorted(CORPUS.glob("*.pdf")))


@pytest.fixture(scope="session")
def packet(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Packed:
    return packed(corpus, tmp_path_factory.mktemp("packet") / "made")
