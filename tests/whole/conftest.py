from __future__ import annotations

from pathlib import Path

import pytest

from .papers import call

ORDERS = Path(__file__).resolve().parents[2] / "corpus" / "orders"


@pytest.fixture(scope="session")
def corpus_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus from its text files. Only for questions: tests share it."""
    place = tmp_path_factory.mktemp("corpus") / "library"
    call(place, "ingest", *map(str, sorted(ORDERS.glob("*.txt"))))
    return place
