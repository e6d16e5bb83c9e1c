"""A library kept a second time, and brought back: a whole folder, made beside its place, proved, and only then put there.

The database is copied by its own means in one reading, so that the copy is the library as it was at one moment, whatever is written meanwhile; what is free in it is left behind. The
original bytes are copied and not linked: a copy that shares its bytes with the library is lost with it. Each is checked against its hash on the way.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, select

from lineage.errors import StoreError
from lineage.model import bytes_of
from lineage.store import people, rights, schema
from lineage.store.library import Store
from lineage.store.log import Head
from lineage.store.opening import LITTER, make_sure_that_it_is_finished, open_library
from lineage.store.originals import FolderOriginals
from lineage.store.place import DATABASE, UNFINISHED, Place, folder_at
from lineage.store.sqlite import engine_for
from lineage.store.trouble import FULL, code_of_disk, told

# So many faults are named; the command that checks a library names all.
SHOWN = 20

Progress = Callable[[int, int], None]


class Kept(Struct, frozen=True):
    """What was put in a place: its last entry of the log, how many files and bytes, whether the accounts came along."""

    place: Path
    head: Head | None
    files: int
    size: int
    accounts: bool


def back_up(kept: Store, place: Path, *, accounts: bool = False, progress: Progress | None = None) -> Kept:
    """Copy a library that is open into a folder that does not exist yet or is empty. Others may write meanwhile.

    Raises StoreError: ``store.backup-place`` where something is there or nothing can be made, ``store.backup-damaged`` where the copy does not prove sound, ``store.bytes`` where an
    original is missing or changed, ``store.purge-unfinished``. After any of them nothing is left in the place.
    """
    place = folder_at(place)
    if kept.place.address:
        return _backed_up_from_server(kept, place, accounts, progress)
    folder = kept.place.database.parent
    if kept.unfinished():
        raise unfinished(folder)
    with put_there(place, folder) as made:
        with told(folder), kept._asking() as connection:
            raw: Any = connection.connection.driver_connection
            _copy_database(raw, made / DATABASE)
        return _filled(made, place, folder, accounts, progress)


def _backed_up_from_server(kept: Store, place: Path, accounts: bool, progress: Progress | None) -> Kept:
    """The same of a library in PostgreSQL: the backup is a folder all the same."""
    from lineage.store.moving import move_into

    with put_there(place, kept.place.folder) as made:
        moved = move_into(kept, Place(made), Place(place), progress)
        if accounts:
            theirs = people.People(kept.place)
            theirs.copy_to(made)
            theirs.close()
        with_accounts = (made / people.DATABASE).exists()
    return Kept(place, moved.head, moved.files, moved.size, with_accounts)


def restore(source: Path, place: Path, *, progress: Progress | None = None) -> Kept:
    """Bring a library back from a folder that holds it, into one that does not exist yet or is empty; with its accounts, where they are there. The source is only read.

    Raises StoreError: as ``back_up``, ``store.backup-damaged`` naming what is damaged; ``store.missing`` and ``store.not-a-library`` where the source is no library, ``store.corrupt``, ``store.newer``.
    """
    source, place = folder_at(source), folder_at(place)
    make_sure_that_it_is_finished(source)
    database = source / DATABASE
    if not database.is_file():
        raise StoreError(f"There is no library in {source}, so nothing was restored.", hint="Give the folder that `lineage backup` made.", code="store.missing")
    with put_there(place, source) as made:
        engine = engine_for(database, 30.0)
        try:
            with told(source), engine.connect() as connection, connection.begin():
                raw: Any = connection.connection.driver_connection
                _copy_database(raw, made / DATABASE)
        finally:
            engine.dispose()
        return _filled(made, place, source, (source / people.DATABASE).exists(), progress)


@contextmanager
def put_there(place: Path, source: Path | None) -> Iterator[Path]:
    """A folder beside the place, which is put there when all went well, and is gone otherwise. One that a killed program left has a name that ends in ``.unfinished``. StoreError
    ``store.backup-place`` where something is there, or the place lies in the library that it is copied from.
    """
    if source is not None and place.is_relative_to(source):
        raise _place(place, f"it lies in the library {source} itself")
    try:
        if place.exists() and (not place.is_dir() or [one for one in place.iterdir() if one.name.lower() not in LITTER]):
            raise taken(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{place.name}-", suffix=UNFINISHED, dir=place.parent))
        if place.exists():
            folder.chmod(place.stat().st_mode & 0o777)  # it keeps its rights; a folder that is made anew is its owner's alone
    except OSError as error:
        raise _unwritable(place, "no folder can be made there", error) from error
    try:
        yield folder
        if place.exists():
            shutil.rmtree(place)  # it is empty, or holds what file managers put into every folder
        folder.rename(place)
    except OSError as error:
        raise _unwritable(place, "the copy could not be written there", error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _filled(made: Path, place: Path, source: Path, accounts: bool, progress: Progress | None) -> Kept:
    """The rest of the folder, beside its database; proved."""
    engine = engine_for(made / DATABASE, 30.0)
    try:
        with told(source), engine.connect() as connection, connection.begin():
            files = files_of(connection)
    finally:
        engine.dispose()
    size = 0
    theirs, ours = FolderOriginals(source / "items"), FolderOriginals(made / "items")
    for at, file in enumerate(files, 1):
        size += _copy_file(theirs.path(file), ours.path(file), file)
        if progress is not None:
            progress(at, len(files))
    if accounts and (source / people.DATABASE).exists():
        with told(source), closing(sqlite3.connect(f"{(source / people.DATABASE).as_uri()}?mode=ro", uri=True)) as held:
            _copy_database(held, made / people.DATABASE, owner_alone=True)
    with open_library(made, create=False, clock=None, patience_s=30.0) as copied:
        faults, head = copied.check(), copied.head()
    if faults:
        raise damaged(source, faults, place)
    return Kept(place, head, len(files), size, (made / people.DATABASE).exists())


def files_of(connection: Connection) -> list[str]:
    """The files of the items that are held, but for those that were purged."""
    purged = set(connection.execute(select(schema.purge.c.item)).scalars()) if _has_purges(connection) else set()
    items = connection.execute(select(schema.item.c.sha256).order_by(schema.item.c.sha256)).scalars()
    return [file for file in dict.fromkeys(map(bytes_of, items)) if file not in purged]


def _has_purges(connection: Connection) -> bool:
    # A backup may be of an older schema.
    return connection.dialect.has_table(connection, schema.purge.name)


def _copy_database(held: Any, copy: Path, *, owner_alone: bool = False) -> None:
    rights.make_file(copy, owner_alone=owner_alone)
    try:
        with closing(sqlite3.connect(copy)) as made:
            held.backup(made)
            made.execute("VACUUM")
    except sqlite3.Error as error:
        if (error.sqlite_errorcode or 0) & 0xFF != FULL:
            raise
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error  # the disk of the copy, and not that of the library


def _copy_file(source: Path, target: Path, sha256: str) -> int:
    rights.make_folder(target.parent)
    digest, size = hashlib.sha256(), 0
    with rights.opened_new(target, "xb") as made:
        for piece in _pieces(source, sha256):
            digest.update(piece)
            made.write(piece)
            size += len(piece)
        made.flush()
        os.fsync(made.fileno())
    if digest.hexdigest() != sha256:
        raise StoreError(
            f"The original bytes of item {sha256} have changed: the file {source} no longer has that hash, so no copy was kept.",
            hint="Put the original file back in that place, or use an older backup.",
            code="store.bytes",
        )
    return size


def _pieces(source: Path, sha256: str) -> Iterator[bytes]:
    try:
        with source.open("rb") as held:
            while piece := held.read(1 << 20):
                yield piece
    except OSError as error:
        raise StoreError(
            f"The original bytes of item {sha256} cannot be copied from {source} ({error.strerror}), so no copy was kept.",
            hint="If the file was purged meanwhile, do the same again. Else put the original file back in that place, or use an older backup.",
            code="store.bytes",
        ) from error


def unfinished(location: object) -> StoreError:
    """That a library is not copied because of a purge."""
    return StoreError(
        f"A purge of the library in {location} is not finished, so words that must not be kept could come into the copy; nothing was copied.",
        hint="Run any command on the library once no other program uses it: that finishes the purge.",
        code="store.purge-unfinished",
    )


def damaged(source: object, faults: list[str], place: object) -> StoreError:
    """That a library is not copied because of its faults, some of which are named."""
    more = f" (and {len(faults) - SHOWN} more)" if len(faults) > SHOWN else ""
    return StoreError(
        f"The library in {source} is damaged: {len(faults)} {'fault was' if len(faults) == 1 else 'faults were'} found{more}. Nothing was put in {place}.",
        hint="Run `lineage check` on it, and use an older backup that is sound; copy the folder as it is before anything is repaired.",
        code="store.backup-damaged",
        candidates=tuple(faults[:SHOWN]),
    )


def taken(place: object) -> StoreError:
    """That something is in the place of a copy."""
    return _place(place, "something is there already, and nothing is overwritten")


def _place(place: object, why: str) -> StoreError:
    return StoreError(f"Nothing was put in {place}: {why}.", hint="Give a folder that does not exist yet, or is empty.", code="store.backup-place")


def _unwritable(place: object, what: str, error: OSError) -> StoreError:
    code = code_of_disk(error, "store.backup-place")
    hints = {"store.full": "Make room on that disk, or give a folder on another one, then do the same again.", "store.no-rights": "Ask for rights to change the folder that is above it, or give another one."}
    return StoreError(f"Nothing was put in {place}: {what} ({error.strerror}).", hint=hints.get(code, "Give a folder that does not exist yet, or is empty."), code=code)
