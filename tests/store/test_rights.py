"""Who else may read a library in a folder: nobody, where the program made the folder."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from lineage import store
from lineage.cli import main
from lineage.model.account import Account
from lineage.store import Store
from lineage.store.backup import back_up, restore
from lineage.store.moving import move
from lineage.store.people import DATABASE, People
from tests.kept import sqlite_only

from . import samples as s

pytestmark = [sqlite_only, pytest.mark.skipif(os.name != "posix", reason="This is about the rights of POSIX.")]

SOMEBODY = Account("A. Doe", "reader", "x", False, "2026-08-03T09:00:00Z")


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """What a user's shell may be set to."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def open_to_others(folder: Path) -> list[str]:
    """What others than the owner have any right to, the folder itself among it."""
    return [str(path.relative_to(folder)) for path in (folder, *folder.rglob("*")) if rights(path) & 0o077]


def filled(folder: Path) -> Path:
    with store.open(folder) as library:
        with library.transaction() as writing:
            s.ingest(writing, "media")
        people = People(library.place)
        people.put_account(SOMEBODY)
        people.close()
    return folder


def said(folder: Path) -> list[str]:
    asked = CliRunner().invoke(main, ["--library", str(folder), "check", "--json"], catch_exceptions=False)
    told = json.loads(asked.stdout)
    assert not [fault for fault in told["faults"] if "may be read" in fault]  # a remark is no fault
    return list(told["remarks"])


def test_a_new_library_is_its_owners_alone_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    folder = filled(tmp_path / "above" / "library")
    assert rights(folder) == 0o700
    assert open_to_others(folder) == []
    assert len(list(folder.rglob("*"))) == 5  # the two databases, and the original below its two folders
    assert said(folder) == []


def test_backups_and_copies_are_their_owners_alone(tmp_path: Path, umask: int) -> None:
    folder = filled(tmp_path / "library")
    with store.open(folder) as library:
        assert back_up(library, tmp_path / "kept", accounts=True).accounts
    restore(tmp_path / "kept", tmp_path / "back")
    move(folder, tmp_path / "copy")
    for made in ("kept", "back", "copy"):
        assert rights(tmp_path / made) == 0o700
        assert open_to_others(tmp_path / made) == []


def test_a_folder_that_was_there_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours").chmod(0o750)
    folder = filled(tmp_path / "ours")
    assert rights(folder) == 0o750
    assert rights(folder / "library.sqlite") & 0o007 == 0
    assert rights(folder / DATABASE) == 0o600
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept").chmod(0o755)
    with store.open(folder) as library:
        back_up(library, tmp_path / "kept", accounts=True)
    assert rights(tmp_path / "kept") == 0o755
    assert rights(tmp_path / "kept" / DATABASE) == 0o600


@pytest.mark.parametrize(("mode", "who"), [(0o750, ["the group of its owner"]), (0o755, ["the group of its owner", "everybody on this machine"]), (0o701, [])])
def test_check_tells_who_else_may_read(tmp_path: Path, mode: int, who: list[str]) -> None:
    folder = filled(tmp_path / "library")
    folder.chmod(mode)
    assert said(folder) == []  # nothing in it is readable
    (folder / "library.sqlite").chmod(0o644 if who else 0o600)
    remarks = said(folder)
    assert len(remarks) == len(who)
    for one, name in zip(remarks, who, strict=True):
        assert f"The library in {folder} may be read by {name}" in one
        assert "chmod -R go-rwx" in one
    text = CliRunner().invoke(main, ["--library", str(folder), "check"]).stdout
    assert all(one in text.splitlines() for one in remarks)


def test_check_tells_that_others_may_read_the_accounts(tmp_path: Path) -> None:
    folder = filled(tmp_path / "our library")
    folder.chmod(0o711)
    (folder / DATABASE).chmod(0o604)
    (one,) = said(folder)
    assert one == f"The accounts of the pages in {folder / DATABASE} may be read by everybody on this machine; take that right away: chmod 600 '{folder / DATABASE}'"


def test_an_original_that_others_may_read_is_told_too(library: Store) -> None:
    with library.transaction() as writing:
        s.ingest(writing, "media")
    assert isinstance(library.location, Path)
    original = next(path for path in (library.location / "items").rglob("*") if path.is_file())
    for path in (library.location, library.location / "items", original.parent):
        path.chmod(0o755)
    original.chmod(0o644)
    assert len(library.remarks()) == 2
    (library.location / "items").chmod(0o700)
    assert library.remarks() == []
