"""A library in PostgreSQL: how it is named, what the database itself forbids, and what is told when the server is not as it should be."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from lineage import store, web
from lineage.errors import StoreError
from lineage.store import Store, place, postgresql
from lineage.store.migrations import run
from lineage.store.migrations.postgresql import triggers_of
from lineage.store.people import People
from lineage.web import accounts
from tests.kept import REFUSALS, database, elsewhere, postgresql_only, settled
from tests.kept.server import Server

from . import samples as s
from .test_crash import MANY, line, start

WORK = s.work("media").id


def code_of(location: str | Path, **options: bool) -> str:
    with pytest.raises(StoreError) as error:
        store.open(location, **options)  # type: ignore[arg-type]
    assert error.value.message.endswith(".")
    assert error.value.hint
    return str(error.value.code)


@pytest.mark.parametrize("address", ["postgresql://host/base?schema=Big", "postgresql://host/base?schema=pg_own", "postgresql://host/base?schema=a;b", "postgresql://host:port/base"])
def test_an_address_that_cannot_be_used_is_told(address: str) -> None:
    assert code_of(address) == "store.unsupported"


def test_a_password_is_never_shown() -> None:
    address = "postgresql://user:secret@host/base"
    assert postgresql.said(address) == "postgresql://user@host/base?schema=lineage"
    assert "secret" not in str(place.Place(None, "postgresql://host/base?user=user&password=secret&schema=a"))


def test_a_file_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / place.ADDRESS
    file.write_text("postgresql://user:secret@host/base\n")
    file.chmod(0o644)
    with pytest.raises(StoreError) as error:
        store.open(tmp_path)
    assert error.value.code == "store.no-rights"
    assert "chmod 600" in error.value.hint
    assert "secret" not in error.value.message


def test_without_the_driver_it_is_said_how_to_install_it() -> None:
    code = "import sys; sys.modules['psycopg'] = None\nfrom lineage import store\ntry:\n    store.open('postgresql://host/base')\nexcept Exception as e:\n    print(e.code, e.hint)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "store.unsupported Install it: pip install 'policy-lineage[postgres]'"


def test_every_trigger_of_sqlite_has_its_counterpart() -> None:
    newest = run.newest()
    names = {one.name for one in triggers_of(newest)}
    assert {line.split()[2] for line in newest.splitlines() if line.startswith("CREATE TRIGGER")} <= names


@postgresql_only
def test_a_library_is_made_at_an_address(tmp_path: Path) -> None:
    there = elsewhere()
    assert code_of(there, create=False) == "store.missing"
    with store.open(there) as library, library.transaction() as writing:
        s.ingest(writing, "media")
    with store.open(there, create=False) as library:
        assert library.data(s.sha("media")) == s.bytes_of("media")
        assert library.location == postgresql.said(there)
        assert library.check() == []
    (tmp_path / place.ADDRESS).write_text(there)
    (tmp_path / place.ADDRESS).chmod(0o600)
    with store.open(tmp_path, create=False) as library:
        assert len(library.items()) == 1


@postgresql_only
def test_the_schema_of_another_program_is_left_alone() -> None:
    there = elsewhere()
    with database(there) as laid:
        schema = postgresql.taken_apart(there)[1]
        laid.execute(f'CREATE SCHEMA "{schema}"')
        laid.execute("CREATE TABLE songs(title)")
    assert code_of(there) == "store.not-a-library"


@postgresql_only
@pytest.mark.parametrize("change", [("host=/nowhere", "store.input-output"), ("dbname=none", "store.missing")])
def test_a_server_that_cannot_be_reached_is_told(change: tuple[str, str]) -> None:
    name, code = change
    there = elsewhere()
    url = postgresql.make_url(there).update_query_dict({"host": "/nowhere"}) if name.startswith("host") else postgresql.make_url(there).set(database="none")
    assert code_of(url.render_as_string(hide_password=False)) == code


@postgresql_only
def test_the_database_itself_forbids_that_periods_overlap(library: Store) -> None:
    with pytest.raises(StoreError) as error, library.transaction() as writing:
        writing.set_life(WORK, [], [s.period(WORK, date(2018, 1, 1)), s.period(WORK, date(2019, 1, 1))])
    assert error.value.code == "store.conflict"
    with library.transaction() as writing:
        writing.set_work(s.work("media"))
        writing.set_life(WORK, [], [s.period(WORK, date(2018, 1, 1), date(2019, 1, 1)), s.period(WORK, date(2019, 1, 1))])
    with library.transaction() as writing:  # held one after the other
        writing.set_life(WORK, [], [s.period(WORK, date(2017, 1, 1))])
    assert library.check() == []
    again = "INSERT INTO period SELECT row + 1000, work, '2018-03-01', valid_to, status, item, since, body, recorded_from, recorded_to FROM period WHERE recorded_to LIKE '9999%'"
    with pytest.raises(REFUSALS, match="period_once"), database(library.location) as laid:
        laid.execute(again)


@postgresql_only
@pytest.mark.parametrize("statement", ["TRUNCATE work", "TRUNCATE original", "DELETE FROM original", "UPDATE original SET data = ''"])
def test_what_only_postgresql_can_do_is_refused_too(library: Store, statement: str) -> None:
    with library.transaction() as writing:
        s.ingest(writing, "media")
    with pytest.raises(REFUSALS, match="only added"), database(library.location) as laid:
        laid.execute(statement)


@postgresql_only
@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("ALTER TABLE work DISABLE TRIGGER work_fixed", "The trigger work_fixed of the database is not built as"),
        ("ALTER TABLE period DROP CONSTRAINT period_once", "The index period_once of the database is missing"),
        ("CREATE OR REPLACE FUNCTION clause_kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'", "The trigger clause_kept of the database is not built as"),
        ("ALTER TABLE item DROP COLUMN title CASCADE", "The column title of the table item is missing"),
        ("CREATE TRIGGER more BEFORE INSERT ON work FOR EACH ROW EXECUTE FUNCTION refuse('x')", "has a trigger more that no library has"),
    ],
)
def test_what_is_not_built_as_it_should_be_is_named(library: Store, statement: str, says: str) -> None:
    with database(library.location) as laid:
        laid.execute(statement)
    from lineage.store import guarded

    with library._asking() as connection:
        assert any(says in fault for fault in guarded.faults(connection, run.newest()))


@postgresql_only
def test_words_that_are_common_and_long_texts_are_found(library: Store) -> None:
    long = " ".join(f"word{at}" for at in range(30_000))
    with library.transaction() as writing:
        s.ingest(writing, "media", "The officer shall not be the one to do it.", long + " quokka", "Über die Straße, naïve co-operation.")
    for words, found in {"the": ["sec_1"], "not be": ["sec_1"], '"shall not be the one"': ["sec_1"], "quokka": ["sec_2"], "word29000": ["sec_2"], '"word5 word6"': ["sec_2"], "uber naive": ["sec_3"], '"co operation"': ["sec_3"], '"one the"': []}.items():
        assert [hit.eid for hit in library.search(words)] == found, words


@postgresql_only
def test_a_text_with_a_sign_that_it_does_not_know_is_told(library: Store) -> None:
    with pytest.raises(StoreError) as error, library.transaction() as writing:
        writing.set_work(s.work("nothing \x00"))
    assert error.value.code == "store.text"
    assert library.works(ids=["a\x00b", "c"]) == []
    assert library.search("a\x00b") == []


@postgresql_only
def test_accounts_lie_where_the_library_does(library: Store, tmp_path: Path) -> None:
    there = elsewhere()
    store.open(there).close()
    people = People(place.place_of(there))
    assert people.accounts() == []
    from lineage.model.account import Account

    people.put_account(Account("A. Doe", "reader", "x", False, "2026-08-03T09:00:00Z"))
    assert [one.name for one in people.accounts()] == ["A. Doe"]
    people.close()
    with store.open(there) as opened:
        assert opened.check() == []
        from lineage.store.backup import back_up

        assert back_up(opened, tmp_path / "kept", accounts=True).accounts
    assert [one.name for one in People(tmp_path / "kept").accounts()] == ["A. Doe"]


@postgresql_only
def test_many_threads_write_and_read_at_once(tmp_path: Path) -> None:
    wrong: list[BaseException] = []
    with store.open(tmp_path / "library") as library:

        def write(name: str) -> None:
            try:
                for at in range(4):
                    with library.transaction() as writing:
                        s.ingest(writing, f"{name}-{at}")
                    assert len(library.periods()) >= at
            except BaseException as error:  # noqa: BLE001
                wrong.append(error)

        threads = [threading.Thread(target=write, args=(name,)) for name in "abcdef"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []
        assert len(library.items()) == len(set(library.history_moments())) == 24
        assert library.check() == []


@postgresql_only
def test_what_was_said_to_be_kept_is_kept_whenever_the_program_is_killed(tmp_path: Path) -> None:
    """Twenty moments at random, one after another in one library."""
    chance, said = random.Random(2027), 0
    for turn in range(20):
        process = start(MANY, tmp_path / "library", f"turn{turn}", 1000)
        line(process)
        time.sleep(chance.uniform(0.0, 0.25))
        process.kill()
        said += 1 + len(process.communicate()[0].split())
        settled(tmp_path / "library")
        with store.open(tmp_path / "library", create=False) as library:
            assert library.check() == []
            held = len(library.items())
        assert said <= held <= said + 1
        said = held


@postgresql_only
def test_what_was_said_to_be_kept_is_kept_when_the_server_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(lasting=True)
    monkeypatch.setenv(place.NEW_LIBRARIES, server.address)
    chance, said = random.Random(2027), 0
    try:
        for turn in range(4):
            process = subprocess.Popen([sys.executable, "-c", MANY, str(tmp_path / "library"), f"turn{turn}", "1000"], cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ.copy())
            line(process)
            time.sleep(chance.uniform(0.05, 0.4))
            server.kill()
            said += 1 + len(process.communicate()[0].split())
            server.start()
            with store.open(tmp_path / "library", create=False) as library:
                assert library.check() == []
                held = len(library.items())
            assert said <= held <= said + 1
            said = held
    finally:
        server.stop()


@postgresql_only
def test_the_pages_of_a_library_at_an_address() -> None:
    there = elsewhere()
    with store.open(there) as library, library.transaction() as writing:
        s.ingest(writing, "media")
    pages = TestClient(web.make(web.Settings(there)), base_url="http://127.0.0.1", raise_server_exceptions=False, follow_redirects=False)
    assert pages.get("/").status_code == 200
    people = People(place.place_of(there))
    accounts.add(people, "A. Doe", "reviewer", "four words in a row", restricted=False, now=datetime.now(UTC))
    people.close()
    assert pages.get("/").status_code == 303
    assert pages.post("/sign-on", data={"name": "A. Doe", "password": "four words in a row"}).status_code == 303
    assert pages.get("/").status_code == 200
