"""What was known when: facts are closed and written anew, never changed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import event as database_event

from lineage.errors import StoreError
from lineage.model import Day, Finding
from lineage.store import Store
from lineage.store.schema import FACTS
from tests.kept import REFUSALS, database

from . import samples as s

WORK = s.work("media").id


@pytest.fixture
def before(library: Store) -> str:
    """The moment at which one paper was recorded."""
    with library.transaction() as writing:
        s.ingest(writing, "media", number="3.49")
        return writing.moment


def rows(library: Store, table: str) -> int:
    with database(library.location) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_a_changed_work_is_known_in_both_forms(library: Store, before: str) -> None:
    old = library.works()
    with library.transaction() as writing:
        writing.set_work(replace(old[0], title="Social Media"))
    assert [w.title for w in library.works()] == ["Social Media"]
    assert library.works(as_known=before) == old
    assert library.works(as_known="2020-01-01T00:00:00Z") == []


def test_a_fact_holds_from_its_moment_on_and_not_before(library: Store, before: str) -> None:
    with library.transaction() as writing:
        writing.close_work(WORK)
        closed = writing.moment
    just_before = closed[:-2] + f"{int(closed[-2]) - 1}Z" if closed[-2] != "0" else before
    assert library.works(as_known=closed) == []
    assert len(library.works(as_known=just_before)) == 1


def test_every_question_can_be_asked_as_known_before(library: Store, before: str) -> None:
    item = s.sha("media")

    def ask(moment: str | None) -> list[Any]:
        return [
            library.catalogue(s.AGENCY, ["3.49"], as_known=moment),
            library.works(agency=s.AGENCY, as_known=moment),
            library.expressions(WORK, as_known=moment),
            library.expressions(agency=s.AGENCY, bare_number="3.49", as_known=moment),
            library.relations(item=item, as_known=moment),
            library.relations(numbers=["3.48"], as_known=moment),
            library.waiting(s.AGENCY, ["3.48"], [], as_known=moment),
            library.findings(work=WORK, as_known=moment),
            library.events(WORK, as_known=moment),
            library.periods(on=date(2020, 1, 1), as_known=moment),
            library.series(as_known=moment),
            library.precedence(s.AGENCY, moment),
            library.profile(s.AGENCY, moment),
        ]

    then = ask(None)
    with library.transaction() as writing:
        later = s.work("later", "3.49")
        writing.set_work(later)
        writing.set_expression(s.expression("media", date(2022, 1, 1), later.id))
        writing.set_relation(replace(s.relation("media"), certainty="doubtful"), s.AGENCY)
        writing.set_findings(WORK, [s.finding("media", WORK, "time.two-starts")])
        writing.set_life(WORK, [], [])
        writing.set_precedence(s.AGENCY, [])
        writing.set_profile(s.AGENCY, "e" * 64, "{}")
        writing.set_work(replace(s.work("media"), number=None))
    now = ask(None)
    assert ask(before) == then
    assert all(one != other for one, other in zip(now, then, strict=True))


def test_setting_the_same_again_writes_nothing(library: Store, before: str) -> None:
    facts = {table.name: rows(library, table.name) for table in FACTS}
    with library.transaction() as writing:
        writing.set_work(s.work("media", "3.49"))
        writing.set_expression(s.expression("media"))
        writing.set_relation(s.relation("media"), s.AGENCY)
        writing.set_reading(s.sha("media"), [s.finding("media")])
        writing.set_life(WORK, library.events(WORK), library.periods(work=WORK))
        writing.set_precedence(s.AGENCY, s.RANKS)
        writing.set_profile(s.AGENCY, *s.PROFILE)
    assert {table.name: rows(library, table.name) for table in FACTS} == facts
    assert library.history_moments() == [before]


def test_a_changed_relation_keeps_its_place(library: Store) -> None:
    first, second = s.relation("media", "3.48", 5), s.relation("media", "3.50", 90)
    with library.transaction() as writing:
        writing.add_item(s.item("media"), s.bytes_of("media"))
        writing.add_document(s.document("media", relations=(first, second)), b"<a/>", s.AGENCY)
    accepted = replace(first, status="accepted", affected=replace(first.affected, work="lbpd/section/3.48/1"))
    assert accepted.id == first.id
    with library.transaction() as writing:
        writing.set_relation(accepted, s.AGENCY)
    assert library.relations() == [accepted, second]
    assert library.relations(works=["lbpd/section/3.48/1"]) == [accepted]


def test_findings_no_longer_found_are_closed_and_equal_ones_stay(library: Store, before: str) -> None:
    one, two, three = (s.finding("media", WORK, f"time.{name}") for name in ("one", "two", "three"))
    with library.transaction() as writing:
        writing.set_findings(WORK, [one, two, two])
    kept = rows(library, "finding")
    with library.transaction() as writing:
        writing.set_findings(WORK, [two, three])
    assert library.findings(work=WORK) == [two, three]
    assert rows(library, "finding") == kept + 1
    assert library.findings(item=s.sha("media")) == [s.finding("media"), two, three]


def test_a_life_changes_only_where_it_changed(library: Store, before: str) -> None:
    first, second = date(2019, 5, 17), date(2021, 7, 22)
    with library.transaction() as writing:
        events = [s.event(WORK, first, name="media"), s.event(WORK, second, "ends")]
        writing.set_life(WORK, events, [s.period(WORK, first, second), s.period(WORK, second)])
    assert library.events(WORK) == events
    assert rows(library, "event") == 2
    assert rows(library, "period") == 3
    assert [p.interval.start for p in library.periods(on=date(2021, 7, 21))] == [first]
    assert [p.interval.start for p in library.periods(on=date(2021, 7, 22))] == [second]
    assert [p.interval.end for p in library.periods(on=second, as_known=before)] == [None]


def test_a_period_without_bounds_covers_every_day(library: Store, before: str) -> None:
    with library.transaction() as writing:
        writing.set_life(WORK, [], [s.period(WORK, None)])
    assert len(library.periods(on=date.min)) == len(library.periods(on=date.max)) == 1


def test_what_is_set_twice_in_one_transaction_is_known_as_set_last(library: Store) -> None:
    with library.transaction() as writing:
        for title in ("one", "two", "three", "two"):
            writing.set_work(replace(s.work("media"), title=title))
            assert [w.title for w in writing.works()] == [title]
        moment = writing.moment
    assert [w.title for w in library.works(as_known=moment)] == ["two"]
    assert library.check() == []


def test_moments_increase_while_the_clock_stands_still_or_jumps_back(library: Store, clock: s.Clock) -> None:
    clock.step = timedelta()
    for at in range(3):
        with library.transaction() as writing:
            writing.set_work(s.work(f"still-{at}"))
    clock.now -= timedelta(days=400)
    with library.transaction() as writing:
        writing.set_work(s.work("back"))
    moments = library.history_moments()
    assert moments == sorted(set(moments))
    assert len(moments) == 4
    assert moments[0] > library.created_at
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", moment) for moment in moments)


def test_one_transaction_has_one_moment(library: Store, before: str) -> None:
    with database(library.location) as connection:
        for table in ("item", "document", *(table.name for table in FACTS)):
            found = [row[0] for row in connection.execute(f"SELECT DISTINCT recorded_from FROM {table}")]
            assert found == [before]


def test_a_moment_in_another_form_is_understood(library: Store, before: str) -> None:
    assert library.works(as_known="2099-01-01T00:00:00+02:00") == library.works()
    with pytest.raises(StoreError) as error:
        library.works(as_known="last summer")
    assert error.value.code == "store.moment"


def test_nothing_but_the_end_of_a_fact_is_ever_changed(library: Store, before: str) -> None:
    seen: list[str] = []
    database_event.listen(library._engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    with library.transaction() as writing:
        writing.set_work(replace(s.work("media"), title="Other"))
        writing.set_life(WORK, [], [])
        writing.close_work(WORK)
        s.ingest(writing, "second")
    changes = [statement for statement in seen if not statement.startswith(("SELECT", "INSERT", "BEGIN"))]
    assert changes
    assert all(re.fullmatch(r'UPDATE \w+ SET recorded_to=[^ ]+ WHERE \w+\."?row"? = [^ ]+', statement) for statement in changes)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM work",
        "UPDATE work SET title = 'other'",
        "UPDATE work SET recorded_from = '2000'",
        "UPDATE item SET name = 'other'",
        "DELETE FROM clause",
        "UPDATE recording SET recorded_at = '2000'",
        "UPDATE period SET recorded_to = '2000' WHERE recorded_to < '9999'",
    ],
)
def test_no_other_program_can_change_what_was_recorded(library: Store, before: str, statement: str) -> None:
    with library.transaction() as writing:
        writing.set_life(WORK, [], [])
    with pytest.raises(REFUSALS, match="only added"), database(library.location) as laid:
        laid.execute(statement)


def test_a_body_written_before_its_class_gained_a_field_is_the_same_fact(library: Store) -> None:
    bounds = Finding("a.b", "note", "Words.", (), WORK)
    with library.transaction() as writing:
        writing.set_work(s.work("media"))
        writing.set_findings(WORK, [bounds])
    with database(library.location) as laid:
        laid.execute("DROP TRIGGER finding_worded")
        laid.execute("UPDATE finding SET body = replace(body, '{', '{\"gone\":1,')")
    with library.transaction() as writing:
        writing.set_findings(WORK, [bounds])
    assert rows(library, "finding") == 1


def test_days_known_in_part_come_back_as_they_were(library: Store) -> None:
    with library.transaction() as writing:
        writing.add_item(s.item("media"), s.bytes_of("media"))
        writing.set_work(s.work("media"))
        expression = replace(s.expression("media"), starts=Day(None, date(2019, 1, 1), date(2019, 12, 31)), issued=Day())
        writing.set_expression(expression)
        moment = writing.moment
    assert library.expressions() == [replace(expression, recorded_from=moment)]
    assert [(r.works, r.earliest, r.latest) for r in library.series()] == [(1, date(2019, 1, 1), date(2019, 12, 31))]
