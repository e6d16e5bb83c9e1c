"""Opening a library: the folder, its database, and the schema that it has."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select

from lineage.errors import StoreError
from lineage.store import log, postgresql, rights, schema
from lineage.store.engines import engine_at, on_postgresql, writing
from lineage.store.library import Store
from lineage.store.migrations import run
from lineage.store.moments import after, text_of
from lineage.store.place import DATABASE, UNFINISHED, Place, new_in, place_of
from lineage.store.sqlite import APPLICATION_ID
from lineage.store.trouble import told

# What file managers put into every folder; a folder with nothing else in it counts as empty.
LITTER = {".ds_store", "thumbs.db", "desktop.ini"}


def open_library(location: str | Path, *, create: bool, clock: Callable[[], datetime] | None, patience_s: float) -> Store:
    """What ``lineage.store.open`` promises."""
    place = place_of(location)
    if place.folder is not None and not place.address:
        place = _look(place.folder, create)
    engine = engine_at(place, patience_s)
    try:
        with told(place):
            created_at = _ready(engine, place, create, clock or _now)
        opened = Store(place, engine, created_at, clock or _now)
        if opened.unfinished():
            with suppress(StoreError, OSError):  # where it cannot be finished now, ``check`` says so
                opened.sweep()
        return opened
    except BaseException:
        engine.dispose()
        raise


def make_sure_that_it_is_finished(location: str | Path) -> None:
    """StoreError ``store.not-a-library`` for a folder in which a copy was being made when the program was killed: it may look whole, and lack files."""
    if "://" not in str(location) and Path(location).absolute().name.endswith(UNFINISHED):
        raise _no_library(location, "it is a copy that was broken off before it was proved, so something may be missing")


def _now() -> datetime:
    return datetime.now(UTC)


def _look(folder: Path, create: bool) -> Place:
    """Make sure that the folder is a library, or may become one; make it where it may."""
    try:
        if folder.exists() and not folder.is_dir():
            raise _no_library(folder, "it is a file, and a library is a folder")
        if (folder / DATABASE).is_file():
            return Place(folder)
        names = [path.name for path in folder.iterdir()] if folder.exists() else []
        if [name for name in names if name.lower() not in LITTER]:
            raise _no_library(folder, f"it holds other files and no {DATABASE}")
        if not create:
            raise _missing(folder)
        rights.make_library_folder(folder)
        place = new_in(folder)
        if not place.address:
            rights.make_file(place.database)
        return place
    except OSError as error:
        raise StoreError(
            f"The library in {folder} cannot be opened, because the folder may not be read or made ({error.strerror}).",
            hint="Ask for rights to this folder, or give another one.",
            code="store.no-rights",
        ) from error


def _ready(engine: Engine, place: Place, create: bool, clock: Callable[[], datetime]) -> str:
    """Bring the schema up to date where it is older, and return when the library was created."""
    with engine.connect() as connection, connection.begin():
        revision = _revision(connection, place)
        if revision == schema.HEAD:
            return _created_at(connection, place)
    if revision is None and not create:
        raise _missing(place)
    with writing(engine) as connection, connection.begin():
        # Asked again: another program may have done it while this one waited for the lock.
        revision = _revision(connection, place)
        if revision != schema.HEAD:
            _bring_up(connection, place, revision, clock)
        return _created_at(connection, place)


def _revision(connection: Connection, place: Place) -> str | None:
    try:
        revision = run.revision_of(connection)
    except LookupError:
        raise _no_library(place, f"{_database_of(place)} belongs to another program") from None
    if revision is not None and revision > schema.HEAD:
        raise StoreError(
            f"The library in {place} was written by a newer version of this program (schema {revision}, and this version "
            f"knows {schema.HEAD}); it was not opened, because facts that this version does not know would be left out of its answers.",
            hint="Install the newest version of policy-lineage and open the library with it.",
            code="store.newer",
        )
    return revision


def _bring_up(connection: Connection, place: Place, revision: str | None, clock: Callable[[], datetime]) -> None:
    if revision is None:
        make(connection)
        created_at = text_of(clock())
        connection.execute(schema.meta.insert(), {"key": "created_at", "value": created_at})
        _begin_log(connection, created_at)
        return
    if not place.address:
        # The write lock is held and nothing is written yet, so the copy is the library as it was last left.
        _copy(place.database, place.database.with_name(f"library-{revision}.sqlite"))
    run.upgrade(connection, schema.HEAD)
    if revision < log.SINCE:
        last = connection.execute(select(func.max(schema.recording.c.recorded_at))).scalar_one()
        _begin_log(connection, after(max(last or "", _created_at(connection, place)), clock()))


def _begin_log(connection: Connection, moment: str) -> None:
    # A test may make a library of an older schema, which has none.
    if schema.HEAD >= log.SINCE:
        log.begin(connection, moment)


def _copy(database: Path, copy: Path) -> None:
    copy.unlink(missing_ok=True)
    rights.make_file(copy)
    with closing(sqlite3.connect(database)) as held, closing(sqlite3.connect(copy)) as made:
        held.backup(made)


def _created_at(connection: Connection, place: Place) -> str:
    created_at = connection.execute(schema.meta.select().where(schema.meta.c.key == "created_at")).first()
    if created_at is None:
        raise _no_library(place, f"{_database_of(place)} does not say when it was created")
    return str(created_at.value)


def make(connection: Connection) -> None:
    """Make the tables of a new library, without a row in them."""
    if on_postgresql(connection):
        postgresql.make_schema(connection)
        run.make(connection, schema.HEAD)
    else:
        run.make(connection, schema.HEAD)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _database_of(place: Place) -> str:
    return "its schema" if place.address else f"its {DATABASE}"


def _missing(folder: object) -> StoreError:
    return StoreError(
        f"There is no library in {folder}, so there is nothing to ask.",
        hint="Check the path, or ingest files into it first; that makes the library.",
        code="store.missing",
    )


def _no_library(folder: object, why: str) -> StoreError:
    return StoreError(
        f"{folder} is not a library: {why}. Nothing in it was changed.",
        hint="Give the folder of a library, or an empty or new folder to make one in.",
        code="store.not-a-library",
    )
