"""Writing and reading give the same document back, and every file written is valid by all three checks."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings

from lineage.documents import check, read, same, write
from lineage.model import Document

from .papers import documents

# How many documents are met: a few at every run, more where LINEAGE_THOROUGH=1.
EXAMPLES = 40 if os.environ.get("LINEAGE_THOROUGH") == "1" else 16


@given(documents())
@settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_document_comes_back(document: Document) -> None:
    data = write(document)
    assert same(read(data), document)
    assert write(document) == data
    assert write(read(data)) == data
    assert check(data) == []
