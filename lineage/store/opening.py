"""Opening a library: the folder, its database, and the schema that it has."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select

from lineage.errors import StoreError
from lineage.store import log, schema
from lineage.store.library import Store
from lineage.store.migrations import run
from lineage.store.moments import after, text_of
from lineage.store.purging import NOTE
from lineage.store.sqlite import APPLICATION_ID, engine_for, writing
from lineage.store.trouble import told

DATABASE = "library.sqlite"

# What file managers put into every folder; a folder with nothing else in it counts as empty.
LITTER = {".ds_store", "thumbs.db", "desktop.ini"}


def open_library(location: str | Path, *, create: bool, clock: Callable[[], datetime] | None, patience_s: float) -> Store:
    """What ``lineage.store.open`` promises."""
    folder = _folder(location)
    database = folder / DATABASE
    _look(folder, database, create)
    engine = engine_for(database, patience_s)
    try:
        with told(folder):
            created_at = _ready(engine, database, create, clock or _now)
        opened = Store(folder, engine, created_at, clock or _now)
        if (folder / NOTE).exists():
            with suppress(StoreError, OSError):  # where it cannot be finished now, ``check`` says so
                opened.sweep()
        return opened
    except BaseException:
        engine.dispose()
        raise


def _now() -> datetime:
    return datetime.now(UTC)


def _folder(location: str | Path) -> Path:
    if isinstance(location, str) and "://" in location:
        kind = location.partition("://")[0]
        raise StoreError(
            f"A library in a database of the kind “{kind}” is not supported yet in this version, so this library was not opened.",
            hint="Give the path of a folder; the library is kept in it.",
            code="store.unsupported",
        )
    return Path(location).absolute()


def _look(folder: Path, database: Path, create: bool) -> None:
    """Make sure that the folder is a library, or may become one; make it where it may."""
    try:
        if folder.exists() and not folder.is_dir():
            raise _no_library(folder, "it is a file, and a library is a folder")
        if database.is_file():
            return
        names = [path.name for path in folder.iterdir()] if folder.exists() else []
        if [name for name in names if name.lower() not in LITTER]:
            raise _no_library(folder, f"it holds other files and no {DATABASE}")
        if not create:
            raise _missing(folder)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The library in {folder} cannot be opened, because the folder may not be read or made ({error.strerror}).",
            hint="Ask for rights to this folder, or give another one.",
            code="store.no-rights",
        ) from error


def _ready(engine: Engine, database: Path, create: bool, clock: Callable[[], datetime]) -> str:
    """Bring the schema up to date where it is older, and return when the library was created."""
    with engine.connect() as connection, connection.begin():
        revision = _revision(connection, database)
        if revision == schema.HEAD:
            return _created_at(connection, database)
    if revision is None and not create:
        raise _missing(database.parent)
    with writing(engine) as connection, connection.begin():
        # Asked again: another program may have done it while this one waited for the lock.
        revision = _revision(connection, database)
        if revision != schema.HEAD:
            _bring_up(connection, database, revision, clock)
        return _created_at(connection, database)


def _revision(connection: Connection, database: Path) -> str | None:
    try:
        revision = run.revision_of(connection)
    except LookupError:
        raise _no_library(database.parent, f"its {DATABASE} belongs to another program") from None
    if revision is not None and revision > schema.HEAD:
        raise StoreError(
            f"The library in {database.parent} was written by a newer version of this program (schema {revision}, and this version "
            f"knows {schema.HEAD}); it was not opened, because facts that this version does not know would be left out of its answers.",
            hint="Install the newest version of policy-lineage and open the library with it.",
            code="store.newer",
        )
    return revision


def _bring_up(connection: Connection, database: Path, revision: str | None, clock: Callable[[], datetime]) -> None:
    if revision is None:
        run.make(connection, schema.HEAD)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        created_at = text_of(clock())
        connection.execute(schema.meta.insert(), {"key": "created_at", "value": created_at})
        _begin_log(connection, created_at)
        return
    # The write lock is held and nothing is written yet, so the copy is the library as it was last left.
    _copy(database, database.with_name(f"library-{revision}.sqlite"))
    run.upgrade(connection, schema.HEAD)
    if revision < log.SINCE:
        last = connection.execute(select(func.max(schema.recording.c.recorded_at))).scalar_one()
        _begin_log(connection, after(max(last or "", _created_at(connection, database)), clock()))


def _begin_log(connection: Connection, moment: str) -> None:
    # A test may make a library of an older schema, which has none.
    if schema.HEAD >= log.SINCE:
        log.begin(connection, moment)


def _copy(database: Path, copy: Path) -> None:
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(database)) as held, closing(sqlite3.connect(copy)) as made:
        held.backup(made)


def _created_at(connection: Connection, database: Path) -> str:
    created_at = connection.execute(schema.meta.select().where(schema.meta.c.key == "created_at")).first()
    if created_at is None:
        raise _no_library(database.parent, f"its {DATABASE} does not say when it was created")
    return str(created_at.value)


def _missing(folder: Path) -> StoreError:
    return StoreError(
        f"There is no library in {folder}, so there is nothing to ask.",
        hint="Check the path, or ingest files into it first; that makes the library.",
        code="store.missing",
    )


def _no_library(folder: Path, why: str) -> StoreError:
    return StoreError(
        f"{folder} is not a library: {why}. Nothing in it was changed.",
        hint="Give the folder of a library, or an empty or new folder to make one in.",
        code="store.not-a-library",
    )
