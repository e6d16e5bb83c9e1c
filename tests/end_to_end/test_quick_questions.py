"""Questions for programs that ask very many: they say what the whole answers say, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from lineage.library import Library
from lineage.model.dates import shifted

from .conftest import Held
from .test_consolidated import PAPERS

BEGINNINGS = [date(2010, 1, 1), date(2030, 1, 1)]


def turns(library: Library) -> list[date]:
    """The days on which a rule turns, those before and after them, and some far from all."""
    days = {day for p in library.store.periods() for day in (p.interval.start, p.interval.end) if day}
    return sorted({shifted(day, by) for day in days for by in (-1, 0, 1)} | set(BEGINNINGS))


@pytest.fixture(scope="module")
def seven(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A section that seven orders changed."""
    with Library.open(tmp_path_factory.mktemp("seven") / "library") as library:
        library.ingest(PAPERS)
        yield library


def test_all_in_force_are_those_of_the_list(texts: Held) -> None:
    library = texts.library
    for day in turns(library):
        assert library.ruling(day) == {r.work.id: r.period.item for r in library.in_force(day).rulings if r.status == "in-force"}, day


def test_all_in_force_as_known_then(texts: Held) -> None:
    library, moments = texts.library, texts.library.store.history_moments()
    for moment in (moments[len(moments) // 2], moments[-1]):
        for day in turns(library)[::9]:
            assert set(library.ruling(day, moment)) == {r.work.id for r in library.in_force(day, as_known_on=moment).rulings if r.status == "in-force"}, (moment, day)


@pytest.mark.parametrize("which", ["texts", "seven"])
def test_the_words_are_those_of_the_answer_or_none(which: str, request: pytest.FixtureRequest) -> None:
    found = request.getfixturevalue(which)
    library: Library = found if isinstance(found, Library) else found.library
    told = 0
    for work in library.store.works():
        for day in turns(library)[::5]:
            words, answer = library.words(work.id, day), library.show(work.id, day)
            if words is None:
                # Only where it was not in force, nothing is held, or others changed it.
                assert answer.ruling.status != "in-force" or answer.text is None or answer.wording is not None, (work.id, day)
                continue
            told += 1
            assert words == (answer.ruling.period.item, answer.text), (work.id, day)
            assert answer.wording is None
    assert told > 3


def test_words_that_others_changed_are_never_told_without_the_change(seven: Library) -> None:
    changed = [p for p in seven.store.periods() if p.changes and p.status == "in-force"]
    assert changed
    for period in changed:
        assert period.interval.start is not None
        assert seven.words(period.work, period.interval.start) is None


def test_nothing_is_told_of_what_is_not_known(texts: Held) -> None:
    assert texts.library.words("no/such/work", date(2020, 1, 1)) is None


def test_what_is_not_public_is_not_told_for_release(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.ingest(PAPERS)
        public = library.for_release()
        for day in turns(library)[::9]:
            assert public.ruling(day) == {}
            assert all(public.words(work.id, day) is None for work in library.store.works())


def test_questions_asked_at_once_are_answered_each_for_itself(texts: Held) -> None:
    library = texts.library
    asked = [(work.id, date(2016, 1, 1) + timedelta(days=61 * n)) for n in range(30) for work in library.store.works()[:6]]
    alone = [library.words(*one) for one in asked]
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(lambda one: library.words(*one), asked)) == alone


def test_what_is_recorded_is_told_at_once(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library, Library.open(tmp_path / "library") as other:
        assert library.ruling(date(2030, 1, 1)) == {}
        other.ingest(PAPERS[:1])
        assert library.ruling(date(2030, 1, 1)) == other.ruling(date(2030, 1, 1)) != {}
