"""What holds for every library: small random agencies taken in by the real ingest, in many orders, with listings between."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path
from typing import Any

import pytest

from lineage.library import Library

from .agencies import SPAN, Agency, agency, day
from .made import Clock, first_difference, lives

FEW, MANY = range(6), range(100, 400)
ASKED = [day(at) for at in (0, SPAN // 3, 2 * SPAN // 3, SPAN + 5)]


def taken(agency: Agency, order: list[str], folder: Path, seen_first: bool) -> dict[str, Any]:
    """The lives of a library that takes the papers in this order, and the listings before or after them."""
    agency.write(folder / "papers")
    with Library.open(folder / "library") as library:
        if seen_first:
            observe(library, agency, folder)
        for name in order:
            assert library.ingest([folder / "papers" / name])[0].status in ("added", "unchanged")
        if not seen_first:
            observe(library, agency, folder)
        faults = library.check()
        assert faults == [], faults
        sound(library)
        return lives(library)


def observe(library: Library, agency: Agency, folder: Path) -> None:
    if agency.listings:
        (folder / "listings.jsonl").write_text("\n".join(map(json.dumps, agency.listings)), encoding="utf-8")
        assert not library.observe(folder / "listings.jsonl", folder / "papers").refused


def sound(library: Library) -> None:
    """The periods of each work cover all time once, and what is not established says why."""
    for work in library.store.works():
        periods = library.store.periods(work=work.id)
        if not periods:
            assert not work.held
            continue
        assert (periods[0].interval.start, periods[-1].interval.end) == (None, None)
        for before, after in itertools.pairwise(periods):
            assert before.interval.end == after.interval.start
        assert all(p.findings for p in periods if p.status == "not-provable")


def the_order_does_not_matter(seed: int, folder: Path) -> None:
    chance = random.Random(seed)
    made = agency(chance)
    names = list(made.papers)
    found = taken(made, names, folder / "one", False)
    chance.shuffle(names)
    assert first_difference(found, taken(made, names, folder / "two", chance.random() < 0.3)) == "", "\n\n".join(made.papers.values())


def what_was_known_stays(seed: int, folder: Path) -> None:
    chance = random.Random(seed)
    made, clock = agency(chance, 5), Clock()
    made.write(folder / "papers")
    told: dict[str, dict[str, Any]] = {}
    with Library.open(folder / "library", clock=clock) as library:
        for at, name in enumerate(made.papers):
            clock.move(chance.randint(0, 3))
            library.ingest([folder / "papers" / name])
            if at == len(made.papers) // 2:
                observe(library, made, folder)
            moment = library.store.last_moment()
            assert moment is not None
            told[moment] = answers(library, moment)
        for moment, then in told.items():
            assert answers(library, moment) == then


def answers(library: Library, moment: str) -> dict[str, Any]:
    """How each work stood on some days, by all papers and by those published by a day, as known at a moment."""
    found: dict[str, Any] = {}
    for on in ASKED:
        for by in (None, ASKED[1]):
            listed = library.in_force(on, every=True, as_known_on=moment, as_published_on=by)
            found[f"{on} {by}"] = (listed.rulings, listed.held, listed.not_held)
    for work in library.store.works(as_known=moment):
        shown = library.show(work.id, ASKED[2], moment)
        found[work.id] = (shown.ruling, shown.sentence.split(" Asked on")[0], shown.findings, shown.reasons)
    return found


@pytest.mark.parametrize("seed", FEW)
def test_the_order_of_papers_changes_no_answer(seed: int, tmp_path: Path) -> None:
    the_order_does_not_matter(seed, tmp_path)


@pytest.mark.parametrize("seed", FEW[:4])
def test_an_answer_as_known_stays(seed: int, tmp_path: Path) -> None:
    what_was_known_stays(seed, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("seed", MANY)
def test_the_order_of_papers_changes_no_answer_of_many(seed: int, tmp_path: Path) -> None:
    the_order_does_not_matter(seed, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("seed", MANY[:100])
def test_an_answer_as_known_stays_of_many(seed: int, tmp_path: Path) -> None:
    what_was_known_stays(seed, tmp_path)
