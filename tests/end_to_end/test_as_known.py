"""What the library held then: answers as known on an earlier day equal those that were given on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from lineage.errors import LineageError, NotFoundError
from lineage.library import Library
from lineage.rendering import shapes, values

from .made import Clock, first_difference, lives, named

ORDER, DAYS = "Special Order - Social Media", [date(2019, 5, 17), date(2020, 6, 1), date(2021, 7, 22), date(2023, 1, 1)]
STEPS = [["social-media-2019"], ["manual-3.51-social-media"], ["manual-3.48-internet-usage"], ["special-order-18-04-court-appearance"], ["special-order-18-04-body-worn-camera-pilot", "special-order-18-11-body-worn-cameras"]]
ASKED = [ORDER, "3.48", "3.51", "6.1.1"]


def answers(library: Library, as_known: str | None) -> dict[str, Any]:
    """What the library says to everything that a person asks, without the words that repeat the moment asked."""

    def bare(made: Callable[[], Any]) -> Any:
        try:
            answer = made()
        except NotFoundError as error:
            return error.message
        if isinstance(answer, dict):
            answer.pop("as_known_on", None)
        return answer

    said: dict[str, Any] = {}
    for day in DAYS:
        said[f"in force on {day}"] = bare(lambda day=day: shapes.in_force(library.in_force(day, every=True, as_known_on=as_known)))
        for name in ASKED:
            said[f"{name} on {day}"] = bare(lambda name=name, day=day: shapes.shown(library.show(name, day, as_known)))
            said[f"why {name} on {day}"] = bare(lambda name=name, day=day: shapes.why(library.show(name, day, as_known)))
    for name in ASKED:
        said[f"history of {name}"] = bare(lambda name=name: shapes.told(library.history(name, as_known)))
        said[f"relations of {name}"] = bare(lambda name=name: [values.relation(r) for r in library.relations(name, as_known)])
        said[f"findings of {name}"] = bare(lambda name=name: [values.finding(f) for f in library.findings(name, as_known)])
    said["graph"] = sorted(library.graph(None, as_known).nodes)
    # How well a clause fits is reckoned among all that is held now; which clauses fit is not.
    hits = [shapes.hit(h, p) for h, p in library.search("internet", None, as_known)]
    said["search"] = sorted(hits, key=lambda hit: (hit["item"], hit["eid"]))
    return said


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A library that grew over weeks, with the answers that it gave after each step and the moment of that. Only for questions."""
    clock = Clock()
    with Library.open(tmp_path_factory.mktemp("grown") / "library", clock=clock) as library:
        given = []
        for step in STEPS:
            clock.move(7)
            library.ingest(named(step))
            given.append((clock.at, answers(library, None)))
        yield library, given


def test_answers_as_known_are_those_given_then(grown: Any) -> None:
    library, given = grown
    for at, then in given:
        for moment in (f"{at:%Y-%m-%dT%H:%M:%S.9}Z", f"{at + timedelta(days=2):%Y-%m-%d}"):
            now = answers(library, moment)
            for question in then:
                assert now[question] == then[question], f"{question}, as known on {moment}"


def test_they_differ_from_those_of_today(grown: Any) -> None:
    """The test above would also pass if nothing ever changed."""
    _, given = grown
    first, last = given[0][1], given[-1][1]
    assert first["3.48 on 2020-06-01"]["text"] is None
    assert last["3.48 on 2020-06-01"]["text"] is not None
    assert first["3.51 on 2023-01-01"] != last["3.51 on 2023-01-01"]


def test_the_day_ends_in_the_agency_zone(tmp_path: Path, clock: Clock) -> None:
    """A paper taken in at 06:30 UTC is of the evening before in Long Beach."""
    with Library.open(tmp_path / "library", clock=clock) as library:
        clock.move(7)
        clock.at = clock.at.replace(hour=6, minute=30)
        library.ingest(named(["social-media-2019"]))
        evening = (clock.at - timedelta(days=1)).date().isoformat()
        before = (clock.at - timedelta(days=2)).date().isoformat()
        assert library.show(ORDER, DAYS[1], evening).ruling.status == "in-force"
        with pytest.raises(NotFoundError):
            library.show(ORDER, DAYS[1], before)


def test_before_the_library_was_there(grown: Any) -> None:
    library, _ = grown
    for moment in ("2026-02-27", "2026-03-02T08:59:59Z", "1999-01-01"):
        with pytest.raises(LineageError) as error:
            library.show(ORDER, DAYS[1], moment)
        assert error.value.code == "library.not-yet"
        assert "March 2, 2026" in error.value.message


def test_the_end_is_that_of_a_library_made_at_once(grown: Any, tmp_path: Path) -> None:
    library, _ = grown
    with Library.open(tmp_path / "at-once") as other:
        other.ingest(named(sorted(slug for step in STEPS for slug in step)))
        assert first_difference(lives(other), lives(library)) == ""
