"""What the page says of a day is what ``lineage show`` says of it, on every kind of day."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from lineage.edition import Edition, publish
from lineage.edition.publishing import FIRST, LAST
from lineage.edition.saying import Said
from lineage.edition.stretches import cut, stretches
from lineage.errors import LineageError
from lineage.library import Library
from lineage.rendering.plain import cite
from lineage.rendering.visible import visible
from tests.shares import a_share

from .reading import Told, all_public, told

DAY = timedelta(days=1)
CASES = sorted(p for p in (Path(__file__).resolve().parents[1] / "cases").iterdir() if p.is_dir())


def days_of(own: list[Told], chance: random.Random) -> set[date]:
    """Both ends of every stretch, the days beside them, and days within."""
    ends = {day for one in own for day in (one.first, one.last)}
    within = {one.first + timedelta(days=chance.randrange((min(one.last, date(2030, 1, 1)) - one.first).days + 1)) for one in own if one.first < date(2030, 1, 1) for _ in range(3)}
    late = {date(chance.randrange(1900, 2100), chance.randrange(1, 13), chance.randrange(1, 29)) for _ in range(4)}
    return ends | within | late


def compare(library: Library, page: bytes, seed: int) -> int:
    chance, asked = random.Random(seed), 0
    public = library.for_release()
    for work, own in told(page).items():
        for day in sorted(days_of(own, chance)):
            answer = public.show(work, day)
            (one,) = [s for s in own if s.first <= day <= s.last]
            assert one.on(day) == visible(answer.sentence), (work, day)
            assert one.status == answer.ruling.status
            assert (one.words == "") == (answer.text is None)
            if answer.text is not None:
                assert one.words.replace(" ", "") == visible("".join(answer.text.split())), (work, day)
            cited = one.section.xpath("./p[@class='cite']/span[2]/text()")
            assert cited == ([visible(cite(answer.ruling, answer))] if answer.ruling.status == "in-force" else [])
            questions = [visible(f.message) for f in answer.findings if f.severity != "note" or f.code in answer.ruling.codes]
            assert one.section.xpath(".//*[@class='open']//li/text()") == questions
            asked += 1
    return asked


def test_every_day_of_the_corpus_is_told_as_show_tells_it(folder: Path, edition: Edition) -> None:
    with Library.open(folder) as library:
        assert compare(library, edition.page, 2020) > 500


@pytest.mark.parametrize("case", a_share(CASES, 16), ids=lambda p: p.name)
def test_the_cases_are_told_likewise(case: Path, tmp_path: Path) -> None:
    papers = sorted(p for p in case.iterdir() if p.suffix in (".txt", ".pdf", ".html") and p.name != "README.txt")
    if not papers:
        pytest.skip("This case has no papers of its own.")
    folder = all_public(tmp_path / "library", papers)
    with Library.open(folder) as library:
        assert compare(library, publish(library).page, 7) > 0


def test_stretches_follow_each_other_and_cover_every_day(edition: Edition) -> None:
    for own in told(edition.page).values():
        assert (own[0].first, own[-1].last) == (FIRST, LAST)
        assert all(one.last + DAY == following.first for one, following in pairwise(own))


def test_the_day_of_a_change_stands_alone(edition: Edition) -> None:
    (one,) = [s for s in told(edition.page)["lbpd/special-order/social-media/1"] if s.first == date(2021, 7, 22)]
    assert one.first == one.last
    assert "July 22, 2021 is the day of a change." in one.on(one.first)


def test_no_exclusive_end_is_told(folder: Path, edition: Edition) -> None:
    """The last day that the life of a rule names is one on which it stood so, and the day after is another."""
    checked = 0
    with Library.open(folder) as library:
        public = library.for_release()
        for work, own in told(edition.page).items():
            for period in public.history(work).periods:
                if period.interval.end is None or not period.stated_end:
                    continue
                last = period.interval.end - DAY
                cells = own[0].section.xpath("ancestor::article//td[@data-label='Last day']/span/text()")
                words = f"{last:%B} {last.day}, {last.year}"
                assert words in cells
                assert public.show(work, last).ruling.status == period.status
                checked += 1
    assert checked >= 8


@pytest.mark.parametrize("bounds", [(date(2019, 1, 1), date(2020, 12, 31)), (date(2020, 1, 1), None), (None, date(2020, 1, 1)), (date(2021, 7, 22), date(2021, 7, 22))])
def test_days_may_be_bounded(folder: Path, bounds: tuple[date | None, date | None]) -> None:
    first, last = bounds
    with Library.open(folder) as library:
        made = publish(library, first=first, last=last)
        public = library.for_release()
        for work, own in told(made.page).items():
            assert (own[0].first, own[-1].last) == (first or FIRST, last or LAST)
            assert all(one.on(day) == visible(public.show(work, day).sentence) for one in own for day in (one.first, one.last))
    assert b"of other days nothing is told here" in made.page


@pytest.mark.long
def test_as_known_then_is_told_as_show_tells_it(folder: Path) -> None:
    with Library.open(folder) as library:
        then = str(library.store.last_moment())
        made = publish(library, as_known_on=then, series="Special Order")
        for work, own in told(made.page).items():
            assert own[1].on(own[1].first) == visible(library.for_release().show(work, own[1].first, then).sentence)
    assert "What the library learnt later is not in it." in made.page.decode()


def said(sentence: str, proof: str = "") -> Said:
    return Said("in-force", "A", (), None, (proof,), (), (), "", (), sentence)


def test_a_turn_that_nobody_foresaw_is_found() -> None:
    turn = date(2020, 5, 17)

    def ask(day: date) -> Said:
        return said(f"On {day:%B} {day.day}, {day.year}, it was so.", "before" if day < turn else "after")

    found = stretches(ask, date(2020, 1, 1), date(2020, 12, 31), (), "A")
    assert [(s.first, s.last, s.said.proof) for s in found] == [(date(2020, 1, 1), turn - DAY, ("before",)), (turn, date(2020, 12, 31), ("after",))]
    assert found[0].on(date(2020, 2, 3)) == "On February 3, 2020, it was so."


def test_another_answer_between_two_like_ones_is_found() -> None:
    middle = date(2020, 7, 1)

    def ask(day: date) -> Said:
        return said("It was so.", "odd" if abs((day - middle).days) < 9 else "even")

    found = stretches(ask, date(2020, 1, 1), date(2020, 12, 31), (), "A")
    assert [s.said.proof for s in found] == [("even",), ("odd",), ("even",)]
    assert (found[1].first, found[1].last) == (middle - 8 * DAY, middle + 8 * DAY)


def test_an_answer_that_never_rests_is_refused() -> None:
    with pytest.raises(LineageError) as refused:
        stretches(lambda day: said("It was so.", str(day.toordinal())), date(2000, 1, 1), date(2020, 1, 1), (), "Section 3.48")
    assert refused.value.code == "edition.restless"


def test_only_the_day_that_is_asked_about_is_cut_out() -> None:
    one, other = date(2020, 5, 1), date(2020, 5, 11)
    assert cut("On May 1, 2020, from May 11, 2020.", one, "On May 11, 2020, from May 11, 2020.", other) == ("On ", ", from May 11, 2020.")
    assert cut("a May 1, 2020", one, "b May 11, 2020", other) is None
    assert cut("It was.", one, "It was. Was it?", other) is None
