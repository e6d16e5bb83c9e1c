"""The two clocks beside valid time: what the library held then, and what was proved to be out by then."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineage.errors import LineageError, NotFoundError
from lineage.library import Library
from lineage.pipeline import Reading, read
from lineage.pipeline.settling import settle
from lineage.rendering import shapes

from .made import ORDERS, Clock, first_difference, lives, named, within

ORDER = "Special Order - Social Media"
CASES = Path(__file__).resolve().parents[1] / "cases"
ASKED = [date(2012, 1, 1), date(2018, 12, 1), date(2020, 6, 1), date(2021, 7, 22), date(2023, 1, 1)]


@dataclass(frozen=True)
class Grown:
    """A library that took in the order, a week later the section that supersedes it, and later the section that it amends; with the moments after each."""

    library: Library
    folder: Path
    moments: list[str]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grown]:
    clock, folder = Clock(), tmp_path_factory.mktemp("clocks") / "library"
    with Library.open(folder, clock=clock) as library:
        moments = []
        for slug in ("social-media-2019", "manual-3.51-social-media", "manual-3.48-internet-usage"):
            clock.move(7)
            library.ingest(named([slug], "txt"))
            moments.append(f"{clock.at:%Y-%m-%dT%H:%M:%S.9}Z")
        yield Grown(library, folder, moments)


def test_what_was_learnt_since_is_told_with_its_document(grown: Grown) -> None:
    """The first answer rests on a stamp, the second on the section that supersedes; a third paper does not touch it."""
    since = grown.library.show(ORDER, date(2022, 1, 1), grown.moments[0]).since
    assert since is not None
    assert [(step.recorded.at[:10], [name for _, name in step.recorded.items]) for step in since.steps] == [("2026-03-16", ["manual-3.51-social-media.txt"])]
    assert "The difference is one document: manual-3.51-social-media.txt, recorded on March 16, 2026" in since.sentence
    assert since.sentence.endswith("they do not say what the department or any officer knew.")
    assert grown.library.show(ORDER, date(2022, 1, 1), grown.moments[1]).since is None


def test_both_answers_stand_in_the_sentence(grown: Grown) -> None:
    since = grown.library.show("3.51", date(2022, 1, 1), grown.moments[0]).since
    assert since is not None
    assert "on the documents held today, the answer is: in force, presumed after July 22, 2021." in since.sentence
    assert "it was: in force, presumed after July 22, 2021, its wording not held." in since.sentence


def test_an_end_of_day_is_said_with_its_exact_moment(grown: Grown) -> None:
    since = grown.library.show(ORDER, date(2022, 1, 1), "2026-03-10").since
    assert since is not None
    assert "at the end of March 10, 2026 (2026-03-11T06:59:59.999999Z)" in since.sentence


def test_the_moment_used_is_printed_and_stands_in_json(grown: Grown) -> None:
    words = ("why", "3.48", "--on", "2020-06-01", "--as-known-on", "2026-03-10")
    said = within(*words, "--json", library=grown.folder).json
    assert said["as_known_on"] == "2026-03-11T06:59:59.999999Z"
    assert said["recorded_at"].startswith("2026-03-09T09:00")
    assert said["since"]["steps"][0]["documents"][0]["name"] == "manual-3.48-internet-usage.txt"
    text = " ".join(within(*words, library=grown.folder).out.split())
    assert "as this library held it at 2026-03-11T06:59:59.999999Z" in text
    assert "Asked on the documents held today" in text
    assert "recorded_at" not in within(*words[:4], "--json", library=grown.folder).json


def test_what_was_not_known_then_says_since_when_it_is(tmp_path: Path) -> None:
    clock = Clock()
    with Library.open(tmp_path / "library", clock=clock) as library:
        library.ingest(named(["special-order-18-04-court-appearance"], "txt"))
        clock.move(7)
        library.ingest(named(["social-media-2019"], "txt"))
        with pytest.raises(NotFoundError) as error:
            library.show(ORDER, date(2020, 6, 1), "2026-03-04")
    assert "since March 9, 2026" in error.value.hint
    assert "social-media-2019.txt" in error.value.hint


def test_an_earlier_day_does_not_end_elsewhere_when_another_agency_comes(tmp_path: Path) -> None:
    clock = Clock()
    with Library.open(tmp_path / "library", clock=clock) as library:
        clock.move(1)
        library.ingest(named(["social-media-2019"], "txt"))
        before = library.moment("2026-03-10")
        clock.move(1)
        other = tmp_path / "order.txt"
        other.write_text("Chicago Police Department\n\nUniform and Property U04-01-01\n\nCap - Round Crown\n\nEffective: 01 March 2020\n\nI. PURPOSE\n\nThis directive names the cap.\n", encoding="utf-8")
        library.ingest([other], "cpd")
        assert {w.agency for w in library.store.works()} >= {"cpd", "lbpd"}
        assert library.moment("2026-03-10") == before


def test_the_log_tells_every_answer_that_a_recording_changed(grown: Grown) -> None:
    log = grown.library.history("3.48", changes=True).changes
    assert log is not None
    third = [c for c in log if c.recorded.items[0][1] == "manual-3.48-internet-usage.txt"]
    assert {(c.before and c.before.status, c.after and c.after.status) for c in third} >= {("not-provable", "in-force")}
    assert all(c.before is None for c in log if c.recorded.items[0][1] == "social-media-2019.txt")
    # Each change of the log is one that two answers show.
    for change in log:
        day = change.days.start or date(1990, 1, 1)
        at = [p for p in grown.library.store.periods(work="lbpd/manual-section/3.48/1", as_known=change.recorded.at) if p.interval.covers(day)]
        assert change.after is not None
        assert (at[0].status, at[0].item) == (change.after.status, change.after.item)


def test_the_log_of_an_earlier_moment_has_no_later_change(grown: Grown) -> None:
    early = grown.library.history("3.48", grown.moments[0], changes=True).changes
    late = grown.library.history("3.48", changes=True).changes
    assert early is not None
    assert late is not None
    assert list(early) == list(late[: len(early)])
    assert len(early) < len(late)


def test_a_stamp_proves_no_publication(grown: Grown) -> None:
    """The order is issued and counts; that it ended is only stamped on it, or stands in a section without a date of issue."""
    shown = grown.library.show(ORDER, date(2022, 1, 1), as_published_on=date(2022, 1, 1))
    assert shown.ruling.status == "in-force"
    assert {u.why for u in shown.uncounted} == {"what its stamp says, because a stamp does not tell when it was made", "it gives no date of issue, and no sighting of it is held"}
    assert shown.deemed is not None
    assert shown.deemed.status == "not-in-force"
    assert "Counted are only acts" in shown.sentence
    assert "As now deemed" in shown.sentence


def test_what_is_not_proved_to_be_out_is_not_counted(grown: Grown) -> None:
    shown = grown.library.show(ORDER, date(2020, 6, 1), as_published_on=date(2019, 5, 16))
    assert (shown.ruling.status, shown.ruling.codes) == ("not-provable", ("works.not-published",))
    assert "it is proved to have been out from May 17, 2019" in shown.sentence
    listed = grown.library.in_force(date(2020, 6, 1), as_published_on=date(2019, 5, 16))
    assert (listed.rulings, listed.uncounted) == ((), 3)


def test_in_force_and_history_count_the_same(grown: Grown) -> None:
    listed = within("in-force", "--on", "2022-01-01", "--as-published-on", "2022-01-01", "--json", library=grown.folder).json
    assert [(r["title"], r["status"]) for r in listed["rules"]] == [("Internet Usage", "in-force"), ("Social Media", "in-force")]
    told = within("history", "3.48", "--as-published-on", "2022-01-01", "--json", library=grown.folder).json
    assert [p["status"] for p in told["periods"]] == ["not-provable", "in-force"]
    assert told["uncounted"][0]["name"] == "manual-3.48-internet-usage.txt"


RETROACTIVE = """LONG BEACH POLICE DEPARTMENT
SPECIAL ORDER

Date: June 10, 2019
Effective Date: May 1, 2019

Subject: RIDE-ALONG WAIVERS
Amends: 9.9.9

Waivers are kept for five years.
"""


def test_an_act_that_reaches_back_has_two_answers(tmp_path: Path) -> None:
    paper = tmp_path / "ride-along.txt"
    paper.write_text(RETROACTIVE, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.ingest([paper], "lbpd")
        between = library.show("9.9.9", date(2019, 5, 20))
        assert between.published is not None
        assert "As published by May 20, 2019" in between.sentence
        assert "As now deemed" in between.sentence
        assert between.published.status == "not-provable"
        assert library.show("9.9.9", date(2019, 6, 20)).published is None
        then = library.show("9.9.9", date(2019, 5, 20), as_published_on=date(2019, 5, 20))
        assert then.ruling.codes == ("works.not-published",)


# The properties: whatever comes later, and in whatever order.


@cache
def readings() -> list[Reading]:
    """The corpus and the papers of the cases, read once: only their taking in is tried in many orders."""
    papers = [*sorted(ORDERS.glob("*.txt")), *sorted(p for p in CASES.glob("*/*.txt"))]
    found = [read(path) for path in papers]
    return list({one.item.sha256: one for one in found if not one.rules}.values())


def take(library: Library, reading: Reading) -> None:
    with library.store.transaction() as writing:
        settle(writing, reading)


def said(library: Library, as_known: str | None) -> dict[str, Any]:
    """How every work stood on some days, why, and the list of each day."""
    found: dict[str, Any] = {}
    for day in ASKED:
        listed = shapes.in_force(library.in_force(day, every=True, as_known_on=as_known))
        listed.pop("as_known_on")
        found[f"in force {day}"] = listed
    for work in library.store.works(as_known=library.moment(as_known)):
        for day in ASKED[1::2]:
            shown = shapes.shown(library.show(work.id, day, as_known))
            shown.pop("as_known_on")
            found[f"{work.id} {day}"] = shown
        published = library.show(work.id, ASKED[2], as_known, date(2019, 12, 31))
        found[f"{work.id} out"] = (published.ruling.status, published.ruling.period, published.sentence)
    return found


@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_an_answer_as_known_never_changes(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    chosen = data.draw(st.lists(st.sampled_from(range(len(readings()))), min_size=2, max_size=6, unique=True))
    cut = data.draw(st.integers(1, len(chosen) - 1))
    clock = Clock()
    with Library.open(tmp_path_factory.mktemp("never") / "library", clock=clock) as library:
        for at in chosen[:cut]:
            clock.move(data.draw(st.integers(0, 3)))
            take(library, readings()[at])
        moment = library.store.last_moment()
        then = said(library, moment)
        clock.move(data.draw(st.integers(0, 400)))
        for at in chosen[cut:]:
            take(library, readings()[at])
            assert said(library, moment) == then


@settings(max_examples=5, deadline=None)
@given(chosen=st.lists(st.sampled_from(range(60)), min_size=2, max_size=8, unique=True), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_ingest_changes_no_answer(chosen: list[int], shuffle: random.Random, tmp_path_factory: pytest.TempPathFactory) -> None:
    picked = [readings()[at % len(readings())] for at in chosen]
    found = []
    for _ in range(2):
        with Library.open(tmp_path_factory.mktemp("order") / "library") as library:
            for reading in {r.item.sha256: r for r in picked}.values():
                take(library, reading)
            found.append(lives(library))
        shuffle.shuffle(picked)
    assert first_difference(*found) == ""


def test_before_it_was_created_nothing_can_be_asked(grown: Grown) -> None:
    with pytest.raises(LineageError) as error:
        grown.library.history("3.48", "2026-03-01")
    assert error.value.code == "library.not-yet"
    assert "This library was created on March 2, 2026, 09:00 UTC" in error.value.message


def test_a_sighting_proves_that_a_paper_was_out_and_what_its_stamp_says(tmp_path: Path) -> None:
    """The stamped copy was on the site, so its stamp was out by then, and no later than that is claimed."""
    clock = Clock()
    with Library.open(tmp_path / "library", clock=clock) as library:
        library.ingest(named(["social-media-2019"], "txt"))
        clock.move(7)
        moment = library.store.last_moment()
        listing = tmp_path / "listing.jsonl"
        listing.write_text('{"on": "2021-08-15", "files": ["social-media-2019.txt"]}\n', encoding="utf-8")
        assert library.show(ORDER, date(2022, 1, 1), as_published_on=date(2022, 1, 1)).ruling.status == "in-force"
        library.observe(listing, ORDERS)
        assert library.show(ORDER, date(2022, 1, 1), as_published_on=date(2021, 8, 14)).ruling.status == "in-force"
        seen = library.show(ORDER, date(2022, 1, 1), as_published_on=date(2021, 8, 15))
        assert (seen.ruling.status, seen.uncounted) == ("not-in-force", ())
        assert library.show(ORDER, date(2022, 1, 1), moment, date(2021, 8, 15)).ruling.status == "in-force"


@pytest.mark.long
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_what_is_observed_later_changes_no_answer_as_known_before(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Listings of random files on random days, complete or not, and then more papers."""
    clock, folder = Clock(), tmp_path_factory.mktemp("observed")
    papers = sorted(ORDERS.glob("*.txt"))
    chosen = data.draw(st.lists(st.sampled_from(range(len(papers))), min_size=3, max_size=4, unique=True))
    every = {r.item.name: r for r in readings()}
    with Library.open(folder / "library", clock=clock) as library:
        for at in chosen[:-1]:
            take(library, every[papers[at].name])
        moment = library.store.last_moment()
        then = said(library, moment)
        for _ in range(2):
            clock.move(1)
            lines = data.draw(st.lists(st.tuples(st.integers(2019, 2023), st.sets(st.sampled_from(chosen), min_size=1), st.booleans()), min_size=1, max_size=3))
            text = [json.dumps({"on": f"{year}-06-01", "files": sorted(papers[at].name for at in files), "complete": complete}) for year, files, complete in lines]
            (folder / "listing.jsonl").write_text("\n".join(text), encoding="utf-8")
            library.observe(folder / "listing.jsonl", ORDERS)
            assert said(library, moment) == then
        take(library, next(r for r in readings() if not library.store.holds(r.item.sha256)))
        assert said(library, moment) == then


def test_a_sighting_is_told_as_what_changed_an_answer(tmp_path: Path) -> None:
    clock = Clock()
    with Library.open(tmp_path / "library", clock=clock) as library:
        library.ingest(named(["special-order-18-11-body-worn-cameras"], "txt"))
        moment = library.store.last_moment()
        clock.move(7)
        listing = tmp_path / "listing.jsonl"
        listing.write_text('{"on": "2021-08-15", "files": ["special-order-18-11-body-worn-cameras.txt"]}\n', encoding="utf-8")
        library.observe(listing, ORDERS)
        since = library.show("18-11", date(2020, 1, 1), moment).since
        assert since is not None
        assert "what a site showed on August 15, 2021, recorded on March 9, 2026" in since.sentence
        assert since.steps[-1].recorded.seen_on == (date(2021, 8, 15),)


def test_a_number_is_not_named_before_a_paper_that_gives_it_was_out(tmp_path: Path) -> None:
    """As published by a day before the renumbering was out, the rule bears the old number on every day; after it, the new one from its day."""
    with Library.open(tmp_path / "library") as library:
        library.ingest([CASES / "renumbered" / name for name in ("a.txt", "b.txt")])
        by = [library.show("8.16", date(2020, 6, 1), as_published_on=day) for day in (date(2020, 1, 7), date(2020, 1, 8))]
        assert [answer.ruling.work.number for answer in by] == ["8.16", "8.27"]
        assert [answer.ruling.status for answer in by] == ["in-force", "in-force"]
        assert 'Policy 8.16, "Review Board", was in force' in by[0].sentence
        assert 'Policy 8.27, "Review Board", was in force' in by[1].sentence
        assert [r.work.number for r in library.in_force(date(2020, 6, 1), as_published_on=date(2020, 1, 7)).rulings] == ["8.16"]
        assert library.history("8.27", as_published_on=date(2020, 1, 7)).work.number == "8.16"
