"""The log of every change: whatever is altered beside the program is named, and an earlier head tells whether its state is contained."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, Table, select

from lineage import store
from lineage.model import Listing, Provenance, Signature
from lineage.model.access import Marking
from lineage.store import Store, log, proving, schema
from lineage.store.engines import writing
from tests.kept import ON_POSTGRESQL, REFUSALS, copy, database, spoken
from tests.shares import a_share

from . import samples as s

WORK = s.work("media").id


def rich(library: Store) -> None:
    """Rows in as many tables as may be, some of them closed, in three transactions."""
    with library.transaction() as writing:
        s.ingest(writing, "media", "See Section 3.48 and 7.1.2.8.", "Another clause.")
        writing.add_provenance(s.sha("media"), Provenance("the clerk", "the clerk"))
        writing.add_signatures({s.sha("media"): Signature("not-shown", "no words of one")})
    with library.transaction() as writing:
        s.ingest(writing, "radio")
        writing.set_work(replace(s.work("media"), title="Media, revised"))
        writing.set_life(WORK, [], [s.period(WORK, date(2018, 1, 1))])
        writing.add_access(Marking(WORK, "public", "N. Name", "asked for", "2026-08-03T09:00:00Z"))
    with library.transaction() as writing:
        writing.add_listings([Listing(date(2020, 6, 1), frozenset((s.sha("media"), s.sha("radio"))), True, 0, "a site")])


def unguarded(library: Store, *statements: str) -> int:
    """Change the database as no program of ours would, and put its triggers back; how many rows the last statement changed."""
    with database(library.location) as laid:
        triggers = [] if ON_POSTGRESQL else laid.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        laid.unguard()
        if ON_POSTGRESQL and any(" period " in one for one in statements):
            laid.execute("ALTER TABLE period DROP CONSTRAINT period_once")
        count = 0
        for statement in statements:
            count = laid.execute(statement).rowcount
        for _, sql in triggers:
            laid.execute(sql)
        return count


def test_each_transaction_has_an_entry_and_every_row_is_in_one(library: Store) -> None:
    first = library.head()
    assert first is not None
    assert (first.number, first.moment) == (1, library.created_at)
    rich(library)
    assert library.check() == []
    last = library.head()
    assert last is not None
    assert last.number == 4
    moments = library.history_moments()
    assert [library.head(moment).number for moment in moments] == [2, 3, 4]  # type: ignore[union-attr]
    assert library.head("2000-01-01T00:00:00Z") is None
    with library.transaction():
        pass
    assert library.head() == last  # nothing was written


def altered(table: str, column: str) -> str:
    """The statement that gives a column another value, in the rows that have its least one."""
    other = "hex(randomblob(32))"
    if column in ("row", "ord", "size", "pages", "depth", "page", "holder", "held", "complete", "unread", "certified", "file", "listing"):
        other = f'"{column}" + 1000'
    elif column in ("confidence", "degrees"):
        other = "0.25"
    elif column == "xml":
        other = "x'00'"
    elif column.startswith("recorded"):
        other = "'2026-08-03T09:15:00.000001Z'"
    pick = f'(SELECT min("{column}") FROM "{table}")' if "recorded_to" not in column else "'9999-12-31T23:59:59.999999Z'"
    if column == "xml":  # of which PostgreSQL knows no least one
        pick = f'(SELECT "{column}" FROM "{table}" LIMIT 1)'
    return f'UPDATE OR IGNORE "{table}" SET "{column}" = {other} WHERE "{column}" IS {pick}'


@contextmanager
def altered_for_a_while(library: Store, statement: str) -> Iterator[tuple[int, Connection]]:
    """How many rows a statement changed, and a connection to ask; afterwards the library is as it was."""
    if ON_POSTGRESQL:
        with writing(library._engine) as connection, connection.begin() as begun:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.exec_driver_sql("ALTER TABLE period DROP CONSTRAINT period_once")
            yield connection.exec_driver_sql(spoken(statement).replace("%%", "%")).rowcount, connection
            begun.rollback()
        return
    library.close()
    file = library.location / "library.sqlite"
    sound = file.read_bytes()
    count = unguarded(library, statement)
    with library._asking() as connection:
        yield count, connection
    library.close()
    file.write_bytes(sound)


@pytest.mark.parametrize("table", a_share(log.LOGGED, 6), ids=lambda table: table.name)
def test_a_value_that_is_altered_is_named(library: Store, table: Table) -> None:
    rich(library)
    with library._asking() as connection:
        if connection.execute(select(table)).first() is None:
            pytest.skip("the sample has no row of it")
    for column in table.c:
        with altered_for_a_while(library, altered(table.name, column.name)) as (count, connection):
            assert count, column
            said = [fault.said for fault in proving.faults(connection)]
        assert any(f"of the table {table.name}" in fault and "of the log" in fault for fault in said), (column, said)
        assert all(fault.endswith(".") for fault in said)


DAMAGES = {
    "a row taken out": ("DELETE FROM clause WHERE row = 1", "Row 1 of the table clause, recorded on .* is missing"),
    "a row put in": ("INSERT INTO marking(row, work, access, body, recorded_from) VALUES (2, 'a', 'public', '{}', 'x')", r"Row 2 of the table marking \(work a\) is in no entry of the log"),
    "a closing undone": ("UPDATE period SET recorded_to = '9999-12-31T23:59:59.999999Z' WHERE row = 1", "Row 1 of the table period .* was closed on .* and is held again"),
    "a closing made up": ("UPDATE work SET recorded_to = '2026-08-03T10:00:00.000000Z' WHERE recorded_to LIKE '9999%'", "no entry of the log closed it"),
    "a moment put on record": ("INSERT INTO recording VALUES ('2026-08-03T10:00:00.000000Z')", "of the table recording is in no entry"),
    "an entry taken out": ("DELETE FROM log WHERE number = 2", "stands where entry 2 should"),
    "the last entry taken out": ("DELETE FROM log WHERE number = 4", "there is no such entry"),
    "the first entry taken out": ("DELETE FROM log WHERE number = 1", "stands where entry 1 should"),
    "an entry put in": ("INSERT INTO log SELECT 5, 'x', version, content, hash, 'made up' FROM log WHERE number = 4", "Entry 5 .* does not have its hash"),
    "an entry's moment": ("UPDATE log SET moment = '2026-08-03T09:16:00.000000Z' WHERE number = 3", "Entry 3 .* does not have its hash"),
    "an entry's version": ("UPDATE log SET version = '9' WHERE number = 3", "Entry 3 .* does not have its hash"),
    "an entry's content": ("UPDATE log SET content = 'x' WHERE number = 3", "Entry 3 .* does not have its content"),
    "an entry's previous": ("UPDATE log SET previous = 'x' WHERE number = 3", "Entry 3 .* does not follow"),
    "an entry's hash": ("UPDATE log SET hash = 'x' WHERE number = 3", "Entry 4 .* does not follow"),
    "all hashes of an entry": ("DELETE FROM logged WHERE entry = 3", "Entry 3 .* does not have its content"),
    "a hash": ("UPDATE logged SET hashes = zeroblob(length(hashes)) WHERE facts = 'item' AND entry = 3", "Entry 3 .* does not have its content"),
    "keys": ("UPDATE logged SET rows = '[7]' WHERE facts = 'work' AND act = 'close'", "Entry 3 .* does not have its content"),
    "keys that cannot be read": ("UPDATE logged SET rows = 'x' WHERE facts = 'work'", "has lost hashes"),
    "salts": ("UPDATE logged SET salts = zeroblob(length(salts)) WHERE facts = 'clause'", "the salt of its hash is gone, and no purge took it"),
    "shorter salts": ("UPDATE logged SET salts = x'' WHERE facts = 'clause'", "has lost hashes"),
    "no log at all": ("DELETE FROM log", "The log has no entry"),
    "an index gone": ("DROP INDEX finding_work", "The index finding_work of the database is missing"),
    "a number": ("DELETE FROM clause_number", "does not have the numbers that stand in row"),
    "a number made up": ("INSERT INTO clause_number VALUES ('1.1', 99)", "has numbers of row 99"),
    "a quote": ("""UPDATE relation SET body = replace(body, 'is rescinded', 'is suspended')""", "these words stand nowhere in what was read"),
    "an item of evidence": (f"UPDATE relation SET body = replace(body, '{s.sha('media')}', '{'0' * 64}')", "rests on item 0000.* which the library does not hold"),
    "a table too much": ("CREATE TABLE other (x)", "has a table other that no library has"),
}  # fmt: skip


@pytest.mark.parametrize("kind", a_share(DAMAGES, 2))
def test_each_kind_of_damage_is_named(library: Store, kind: str) -> None:
    rich(library)
    how, says = DAMAGES[kind]
    unguarded(library, how)
    faults = library.check()
    assert any(re.search(says, fault) for fault in faults), faults
    assert all(fault.endswith(".") for fault in faults)


def test_entries_that_change_places_are_named(library: Store) -> None:
    rich(library)
    unguarded(library, "UPDATE log SET number = 100 WHERE number = 3", "UPDATE log SET number = 3 WHERE number = 4", "UPDATE log SET number = 4 WHERE number = 100")
    assert len([fault for fault in library.check() if "Entry" in fault]) >= 4


def test_a_missing_trigger_is_named(library: Store) -> None:
    with database(library.location) as laid:
        laid.execute("DROP TRIGGER clause_fixed")
    assert library.check() == ["The trigger clause_fixed of the database is missing, so nothing keeps programs from altering what was recorded."]


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM log", "UPDATE log SET version = 'x'", "DELETE FROM logged", "UPDATE logged SET hashes = x''", "UPDATE logged SET salts = x''", "UPDATE logged SET salts = zeroblob(length(salts))",
     "INSERT INTO log VALUES (9, 'a', 'b', 'c', 'd', 'e')", "INSERT INTO log VALUES (2, 'a', 'b', 'c', 'd', 'e')"],
)  # fmt: skip
def test_the_log_is_only_added_to(library: Store, statement: str) -> None:
    with pytest.raises(REFUSALS), database(library.location) as laid:
        laid.execute(statement)


def test_an_earlier_state_is_contained_until_something_of_it_is_altered(library: Store) -> None:
    rich(library)
    heads = [library.head(moment).hash for moment in library.history_moments()]  # type: ignore[union-attr]
    with library.transaction() as writing:
        s.ingest(writing, "later")
    assert [library.contained(head) for head in heads] == ["", "", ""]
    assert "No entry of this library's log has the hash" in library.contained("0" * 64)
    unguarded(library, f"UPDATE item SET name = 'other' WHERE sha256 = '{s.sha('radio')}'")  # of the second transaction
    assert library.contained(heads[0]) == ""
    assert "1 of the things recorded up to it" in library.contained(heads[1])
    assert library.contained(heads[2])


def test_an_older_copy_does_not_contain_the_head(library: Store, tmp_path: Path) -> None:
    rich(library)
    copy(library.location, tmp_path / "old")
    with library.transaction() as writing:
        s.ingest(writing, "later")
    head = library.head()
    assert head is not None
    with store.open(tmp_path / "old") as old:
        assert old.contained(head.hash)


def test_the_hashes_can_be_worked_out_by_another_program(library: Store) -> None:
    """By the words at the head of ``lineage.store.log`` alone."""
    rich(library)

    def written(value: object) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    with database(library.location) as connection:
        previous = "0" * 64
        for number, moment, version, content, before, own in connection.execute("SELECT number, moment, version, content, previous, hash FROM log ORDER BY number").fetchall():
            groups = connection.execute("SELECT facts, act, rows, salts, hashes FROM logged WHERE entry = ? ORDER BY facts, act", (number,)).fetchall()
            listed = [[facts, act, [[key, hashes[at * 32 : at * 32 + 32].hex()] for at, key in enumerate(json.loads(rows))]] for facts, act, rows, _, hashes in groups]
            assert hashlib.sha256(written(listed)).hexdigest() == content
            assert before == previous
            assert hashlib.sha256(written({"content": content, "moment": moment, "number": number, "previous": previous, "version": version})).hexdigest() == own
            previous = own
        rows, salts, hashes = connection.execute("SELECT rows, salts, hashes FROM logged WHERE facts = 'provenance'").fetchone()
        cursor = connection.execute("SELECT * FROM provenance WHERE row = ?", (json.loads(rows)[0],))
        form = dict(sorted((name[0], value) for name, value in zip(cursor.description, cursor.fetchone(), strict=True) if value is not None))
        assert hashlib.sha256(salts[:16] + written(form)).digest() == hashes[:32]


def test_a_library_from_before_the_log_begins_with_all_that_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "library"
    with store.open(folder, clock=s.Clock()) as library:
        rich(library)
    with database(folder) as laid:  # as the version before left it
        for statement in ("DROP TABLE logged", "DROP TABLE log", "DROP INDEX period_rules", "DROP INDEX work_id", "UPDATE alembic_version SET version_num = '0011'"):
            laid.execute(statement)
    with store.open(folder, clock=s.Clock()) as library:
        assert library.check() == []
        head = library.head()
        assert head is not None
        assert head.number == 1
        assert head.moment > library.history_moments()[-1]
        assert library.head(library.history_moments()[-1]) is None
        with library.transaction() as writing:
            s.ingest(writing, "later")
            writing.set_life(WORK, [], [])
        assert library.check() == []
        assert library.contained(head.hash) == ""
        assert library.history_moments()[-1] > head.moment
        unguarded(library, "UPDATE event SET kind = 'ends' WHERE row = 1")
        assert library.contained(head.hash)
    assert schema.HEAD >= log.SINCE
