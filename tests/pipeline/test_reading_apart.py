"""A file that ends the process that reads it is refused; the others go on."""

from __future__ import annotations

import os
from pathlib import Path

from lineage.pipeline.ingesting import Outcome, _attempt, read_apart


def dies(file: Path, profile: str | None) -> Outcome:
    os._exit(7)


def test_a_reader_that_dies_is_a_refusal(tmp_path: Path) -> None:
    refused = read_apart(dies, tmp_path / "harm.pdf", None)
    assert isinstance(refused, Outcome)
    assert (refused.status, refused.code) == ("refused", "pages.reader-died")
    assert "harm.pdf" in (refused.message or "")


def test_a_sound_file_is_read_apart_as_well(tmp_path: Path) -> None:
    file = tmp_path / "order.txt"
    file.write_text("City of Long Beach\nLBPD\nSPECIAL ORDER - BICYCLES\n\nEffective January 5, 2020, officers ride.\n", encoding="utf-8")
    found = read_apart(_attempt, file, None)
    assert not isinstance(found, Outcome)
    assert found.outline.heading.title == "Bicycles"
