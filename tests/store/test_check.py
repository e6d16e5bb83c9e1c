from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from lineage.errors import StoreError
from lineage.store import Store
from tests.kept import ON_POSTGRESQL, database, spoil, sqlite_only

from . import samples as s

WORK = s.work("media").id


def damage(library: Store, statement: str) -> None:
    """Change the database as no program of ours would."""
    with database(library.location) as laid:
        laid.unguard()
        if ON_POSTGRESQL and "UPDATE period" in statement:
            laid.execute("ALTER TABLE period DROP CONSTRAINT period_once")
        laid.execute(statement)


def original(library: Store) -> Path:
    return library.location / "items" / s.sha("media")[:2] / s.sha("media")


TWICE = (
    "INSERT INTO {0} SELECT row + 1000, {1}, '2026-08-03T09:15:02.000000Z', '2026-08-03T09:15:09.000000Z', numbers FROM {0} "
    "WHERE recorded_to LIKE '9999%'"
)
DAMAGES: dict[str, tuple[str | Callable[[Path], object], str]] = {
    "bytes missing": (lambda folder: spoil(folder, s.sha("media"), None), "original bytes .* are missing"),
    "bytes changed": (lambda folder: spoil(folder, s.sha("media"), b"other"), "original bytes .* have changed"),
    "XML missing": ("DELETE FROM document", "The XML of item .* is missing"),
    "XML empty": ("UPDATE document SET xml = x''", "The XML of item .* is missing"),
    "XML changed": ("UPDATE document SET xml = x'6f74686572'", "The XML of item .* has changed"),
    "item gone": ("DELETE FROM item", "In the table clause, .* missing row of item is 1"),
    "clause gone": ("DELETE FROM clause", "The word index knows 1 clauses, and the library holds 0"),
    "work gone": ("DELETE FROM work", "in the table period that name the work lbpd/special-order/media/1 is 2"),
    "work twice": (TWICE.format("work", "id,agency,series,number,bare_number,title,bare_title,holder,held"), "two forms"),
    "closed before": ("UPDATE work SET recorded_to = '2000-01-01T00:00:00.000000Z'", "closed before"),
    "periods": ("UPDATE period SET valid_from = '2000-01-01' WHERE valid_to = '9999-99-99'", "Two periods .* overlap"),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_each_kind_of_damage_is_named(library: Store, kind: str) -> None:
    with library.transaction() as writing:
        s.ingest(writing, "media")
        ends = date(2021, 7, 22)
        writing.set_life(WORK, [], [s.period(WORK, date(2019, 5, 17), ends, "media"), s.period(WORK, ends)])
    assert library.check() == []
    how, says = DAMAGES[kind]
    if kind == "item gone" and ON_POSTGRESQL:
        pytest.skip("PostgreSQL minds what names what by itself.")
    if isinstance(how, str):
        damage(library, how)
    else:
        how(library.location)
    faults = library.check()
    assert any(re.search(says, fault) for fault in faults), faults
    assert all(fault.endswith(".") for fault in faults)


def test_a_relation_to_a_work_no_longer_held_is_named(library: Store) -> None:
    with library.transaction() as writing:
        s.ingest(writing, "media")
        writing.set_work(s.work("target"))
        writing.set_relation(replace(s.relation("media", work=s.work("target").id)), s.AGENCY)
    assert library.check() == []
    with library.transaction() as writing:
        writing.close_work(s.work("target").id)
    assert len(library.check()) == 1


def test_periods_that_were_held_one_after_the_other_do_not_overlap(library: Store) -> None:
    with library.transaction() as writing:
        s.ingest(writing, "media")
    with library.transaction() as writing:
        writing.set_life(WORK, [], [s.period(WORK, date(2018, 1, 1))])
    assert library.check() == []


@sqlite_only
def test_periods_that_were_given_with_an_overlap_are_named(library: Store) -> None:
    with library.transaction() as writing:
        s.ingest(writing, "media")
        writing.set_life(WORK, [], [s.period(WORK, date(2018, 1, 1)), s.period(WORK, date(2019, 1, 1))])
    assert len(library.check()) == 1


@sqlite_only
def test_what_a_killed_program_left_behind_is_no_fault(library: Store) -> None:
    with library.transaction() as writing:
        s.ingest(writing, "media")
    (original(library).parent / ("incoming-" + "0" * 64)).write_bytes(b"half")
    (original(library).parent / ("0" * 64)).write_bytes(b"never recorded")
    assert library.check() == []


def test_two_periods_from_one_day_are_refused(library: Store) -> None:
    with pytest.raises(StoreError) as error, library.transaction() as writing:
        writing.set_life(WORK, [], [s.period(WORK, date(2018, 1, 1)), s.period(WORK, date(2018, 1, 1), date(2019, 1, 1))])
    assert error.value.code == "store.conflict"


def test_an_index_of_other_words_is_named(library: Store) -> None:
    with library.transaction() as writing:
        s.ingest(writing, "media")
    assert library.check() == []
    with database(library.location) as laid:
        if ON_POSTGRESQL:
            laid.unguard()
            laid.execute("UPDATE clause_words SET words = to_tsvector('stemmed', 'kestrel')")
        else:
            # As many clauses as there are, with a word that stands in none.
            laid.execute("INSERT INTO clause_words(rowid, heading, text) VALUES (0, '', 'kestrel')")
    assert [fault for fault in library.check() if "does not have the words that stand in 1 clauses (rows 0 of" in fault]


def test_a_value_that_cannot_be_read_is_named_and_the_rest_is_looked_over(library: Store) -> None:
    with library.transaction() as writing:
        s.ingest(writing, "media")
    with database(library.location) as laid:
        laid.unguard()
        laid.execute("UPDATE clause SET cells = '[[3'")
        laid.execute("UPDATE document SET sha256 = 'other'")
    said = library.check()
    assert [fault for fault in said if "cannot be checked to the end, because a value there cannot be read" in fault]
    assert [fault for fault in said if re.search("The XML of item .* has changed", fault)]


@pytest.mark.parametrize("change", ["replace(body, '\"status\":\"', '\"status\":\"x')", "replace(body, '\"work\"', '\"wrok\"')", "substr(body, 1, length(body) - 1)"])
def test_what_was_altered_is_not_shown(library: Store, change: str) -> None:
    with library.transaction() as writing:
        s.ingest(writing, "media")
    damage(library, f"UPDATE period SET body = {change}")
    with pytest.raises(StoreError, match="holds what it did not write") as refused, library.sitting():
        library.periods(work=WORK)
    assert refused.value.code == "store.corrupt"
