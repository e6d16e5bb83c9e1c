"""Papers identified together come out as they do one after another."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineage import store
from lineage.model import Day, Expression, Item, Work, portion_id
from lineage.pipeline.identifying import Paper, identify

DAYS = [date(2019, 1, 1), date(2020, 2, 2), date(2021, 3, 3)]
# Titles that differ as names and are one in a work's id, and titles that differ in both.
TITLES = st.sampled_from(["Use of Force", "Use of Force!", "Use-of-Force", "Radio Use", "Keys"])
NAMES = st.tuples(st.sampled_from(["order", "policy"]), st.sampled_from([None, None, "1", "§ 1", "2", "keys"]), TITLES)
PAPERS = st.lists(st.tuples(NAMES, st.sampled_from(DAYS), st.lists(st.sampled_from(DAYS), max_size=1)), min_size=1, max_size=8)


def papers(drawn: list[tuple[tuple[str, str | None, str], date, list[date]]], file: str) -> list[Paper]:
    """The rules of one file, as they say of themselves."""
    found = []
    for at, ((series, number, title), on, prior) in enumerate(drawn):
        item = portion_id(hashlib.sha256(file.encode()).hexdigest(), at + 1)
        names = tuple(day.isoformat() for day in prior)
        found.append((Work("", "lbpd", series, number, title), Expression("", item, title, Day(on), Day(on), names)))
    return found


def kept(folder: Path, files: list[list[Paper]], together: bool) -> tuple[object, ...]:
    """What was said of the papers, and what a library then holds."""
    said: dict[str, str] = {}
    with store.open(folder) as library:
        for file in files:
            with library.transaction() as writing:
                writing.add_items([(Item(fresh.item, "manual.pdf", "application/pdf", 1, ()), b"") for _, fresh in file])
                for some in [file] if together else [[paper] for paper in file]:
                    said |= identify(writing, some)
        return said, library.works(), [(x.item, x.work, x.title) for x in library.expressions()]


@pytest.mark.long
@settings(max_examples=30, deadline=None)
@given(PAPERS, PAPERS)
def test_papers_identified_together_come_out_as_one_after_another(
    tmp_path_factory: pytest.TempPathFactory, held: list[Any], fresh: list[Any]
) -> None:
    folder, files = tmp_path_factory.mktemp("identified"), [papers(held, "held"), papers(fresh, "fresh")]
    assert kept(folder / "together", files, True) == kept(folder / "apart", files, False)
