"""A full disk and a library that may only be read: asking works, and what cannot be written is told in a sentence, with nothing half-written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from lineage.errors import StoreError
from lineage.library import Library
from lineage.store import trouble
from lineage.store.place import NEW_LIBRARIES
from lineage.store.postgresql import make_url, taken_apart
from tests.kept import elsewhere, originals, postgresql_only, sqlite_only, state
from tests.kept.disk import bounded_by_rights, let_be_read_only, let_be_written, small_disk
from tests.shares import a_share

from .made import ORDERS, Called, call, within

PAPERS = sorted(ORDERS.glob("*.txt"))
HELD, MORE = PAPERS[:4], PAPERS[4]
SIGNED = ("--by", "Sgt. A. Doe", "--because", "So it was said.")


def told(done: Called, code: str, *words: str) -> str:
    """The sentence of a refusal in JSON, with its code, its hint, its exit code and these words in it."""
    assert done.code == 3, (done.out, done.err)
    error = json.loads(done.out)["error"]
    assert error["code"] == code, error
    assert error["message"].endswith(".")
    assert error["hint"].endswith(".")
    assert "Traceback" not in done.err
    for one in words:
        assert one in error["message"], error
    return str(error["message"])


def writes(library: Path | str) -> list[tuple[str | Path, ...]]:
    """What writes, each as the words of a command."""
    with Library.open(library, create=False) as opened:
        question = next(one for one in opened.desk.questions() if one.options)
    return [("ingest", MORE), ("decide", question.id, question.options[-1].key, *SIGNED), ("mark", question.works[0], "public", *SIGNED)]


def can_be_asked(ask: Callable[..., Called]) -> None:
    for words in (("in-force", "--on", "2020-06-01"), ("search", "policy"), ("review",), ("ingest", HELD[0]), ("check",)):
        done = ask(*words, "--json")
        assert done.code == 0, (words, done.out, done.err)


@sqlite_only
@pytest.mark.parametrize("kilobytes", a_share([640, 40, 120, 320, 400, 480, 560, 720, 800, 960], 10))
def test_a_full_disk_ends_an_ingest_with_a_sentence_and_keeps_what_was_added(tmp_path: Path, kilobytes: int) -> None:
    with small_disk(tmp_path / "disk", kilobytes) as disk:
        library = disk / "library"
        told(call("ingest", *PAPERS, "--jobs", "1", "--json", library=library), "store.full")
        said = told(call("ingest", *PAPERS, "--json", library=library), "store.full")
        kept = originals(library)
        if within("check", library=library).code == 0:
            with Library.open(library, create=False) as opened:
                assert sorted(row.sha256 for row in opened.store.items()) == sorted(kept)
        else:
            assert kept == {}
            assert "nothing was changed" in said
        shutil.copytree(library, tmp_path / "roomy")
    assert within("ingest", *PAPERS, library=tmp_path / "roomy").code == 0
    with Library.open(tmp_path / "roomy") as opened:
        assert opened.check() == []
        assert len(opened.store.items()) == len(PAPERS)


@sqlite_only
def test_what_was_added_before_the_disk_was_full_is_told(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 800) as disk:
        said = told(call("ingest", *PAPERS, "--json", library=disk / "library"), "store.full")
        assert f"Before that, {len(originals(disk / 'library'))} of {len(PAPERS)} files were added; what was added is kept." in said


@sqlite_only
@pytest.mark.parametrize("kilobytes", a_share([60, 480], 2))
def test_a_copy_on_a_full_disk_says_which_disk(tmp_path: Path, kilobytes: int) -> None:
    assert within("ingest", *HELD, library=tmp_path / "library").code == 0
    with small_disk(tmp_path / "disk", kilobytes) as disk:
        for words in (("backup", disk / "copy"), ("copy", tmp_path / "library", disk / "copy")):
            told(call(*words, "--json", library=tmp_path / "library"), "store.full", str(disk / "copy"))
        told(call("restore", tmp_path / "library", "--json", library=disk / "copy"), "store.full", str(disk / "copy"))
        assert list(disk.iterdir()) == []


@sqlite_only
@pytest.mark.parametrize("which", a_share(["everything", "the folder of the database alone"], 2))
def test_a_folder_that_may_only_be_read_can_be_asked_and_is_not_changed(tmp_path: Path, which: str) -> None:
    library, bounded = tmp_path / "library", bounded_by_rights()
    assert within("ingest", *HELD, library=library).code == 0
    every, before = writes(library), state(library)
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)

    def ask(*words: str | Path) -> Called:
        done = subprocess.run([*bounded, sys.executable, "-m", "lineage.cli", "--library", str(library), *map(str, words)], capture_output=True, text=True, check=False)
        return Called(done.returncode, done.stdout, done.stderr)

    if which == "everything":
        let_be_read_only(library)
    else:
        library.chmod(0o500)
    try:
        can_be_asked(ask)
        for words in every:
            told(ask(*words, "--json"), "store.no-rights")
        told(ask("backup", locked / "copy", "--json"), "store.no-rights", str(locked / "copy"))
        told(ask("copy", library, locked / "copy", "--json"), "store.no-rights", str(locked / "copy"))
    finally:
        let_be_written(library)
    assert state(library) == before
    assert within("check", library=library).code == 0


@contextmanager
def account(name: str, *rights: str) -> Iterator[str]:
    """An account of the tests' server, with these rights; gives its address of a library with papers."""
    there = elsewhere()
    assert call("ingest", *HELD, library=there).code == 0
    url, schema = taken_apart(there)
    import psycopg

    with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True) as server:
        server.execute(f"CREATE ROLE {name} LOGIN")
        try:
            for right in rights:
                server.execute(right.format(name=name, schema=schema))
            yield make_url(there).set(username=name).render_as_string(hide_password=False)
        finally:
            server.execute(f"DROP OWNED BY {name}")
            server.execute(f"DROP ROLE {name}")


MAY_ASK = ("GRANT USAGE ON SCHEMA {schema} TO {name}", "GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {name}")
MAY_WRITE = "GRANT INSERT, UPDATE ON ALL TABLES IN SCHEMA {schema} TO {name}"


@postgresql_only
@pytest.mark.parametrize(("name", "rights", "says"), [("reads", MAY_ASK, "no right"), ("stands", (*MAY_ASK, MAY_WRITE, "ALTER ROLE {name} SET default_transaction_read_only = on"), "set to let nothing be changed")])
def test_an_account_that_may_only_read_can_ask_and_changes_nothing(name: str, rights: tuple[str, ...], says: str) -> None:
    with account(name, *rights) as library:
        every, before = writes(library), state(library)
        can_be_asked(lambda *words: call(*words, library=library))
        for words in every:
            told(call(*words, "--json", library=library), "store.no-rights", says, "nothing was changed")
        assert state(library) == before


@postgresql_only
def test_an_account_without_a_right_to_the_schema_is_told_so_and_the_right_that_is_named_is_enough() -> None:
    with account("stranger") as library:
        told(call("check", "--json", library=library), "store.no-rights", "may not be used by this account")
    with account("clerk", *MAY_ASK, MAY_WRITE) as library:
        for words in writes(library):
            assert call(*words, library=library).code == 0
        assert call("check", library=library).code == 0


@contextmanager
def small_database() -> Iterator[tuple[str, Path]]:
    """A database of the tests' server whose files lie on a small disk; gives the address of a library in it, and the disk."""
    import psycopg

    url, _ = taken_apart(os.environ[NEW_LIBRARIES])
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True) as server:
        (data,) = server.execute("SHOW data_directory").fetchone() or ("",)
        owner = Path(data).stat()
        with small_disk(Path(data).parent / "small", 40_000) as disk:
            os.chown(disk, owner.st_uid, owner.st_gid)
            server.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
            server.execute("CREATE DATABASE small TABLESPACE small")
            try:
                yield url.set(drivername="postgresql", database="small").render_as_string(hide_password=False), disk
            finally:
                server.execute("DROP DATABASE small WITH (FORCE)")
                server.execute("DROP TABLESPACE small")


@postgresql_only
def test_a_full_disk_of_the_server_ends_an_ingest_with_a_sentence_and_keeps_what_was_added() -> None:
    with small_database() as (library, disk):
        assert call("ingest", *HELD, library=library).code == 0
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(shutil.disk_usage(disk).free - 400_000))
        said = told(call("ingest", *PAPERS, "--jobs", "1", "--json", library=library), "store.full", "the disk of its server is full", "nothing was changed")
        ballast.unlink()  # with no room at all the server may take no further connection
        with Library.open(library, create=False) as opened:
            held = len(opened.store.items())
            assert len(HELD) < held < len(PAPERS)
            assert opened.check() == []
        assert f"Before that, {held - len(HELD)} of {len(PAPERS)} files w" in said
        assert len(originals(library)) == held
        assert call("ingest", *PAPERS, library=library).code == 0
        assert call("check", library=library).code == 0


@postgresql_only
def test_a_server_with_no_room_for_a_connection_is_told_as_full() -> None:
    from psycopg import OperationalError

    with pytest.raises(StoreError) as error, trouble.told("here"):
        raise DBAPIError("", {}, OperationalError("connection failed: FATAL:  could not write init file"))
    assert error.value.code == "store.full"
