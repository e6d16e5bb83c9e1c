"""What a library holds, for comparing it before an act, after a kill, and with one that nobody killed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lineage.errors import StoreError
from lineage.library import Library
from tests.end_to_end.made import first_difference, lives
from tests.kept import database, originals, tables

EARLIER = "0011"
# An earlier schema is the newest without these: the log begins when the library is opened again.
_SINCE = ("DROP TABLE logged", "DROP TABLE log", "DROP INDEX period_rules", "DROP INDEX work_id", f"UPDATE alembic_version SET version_num = '{EARLIER}'")
# Tables that are no facts, or that a migration makes.
_NO_FACTS = ("alembic_version", "log", "logged", "clause_words", "original", "swept", "sqlite_")


@dataclass(frozen=True)
class Holdings:
    """``names`` as ``names`` gives them, ``answers`` every life as ``first_difference`` compares it, ``head`` the last entry of the log."""

    names: frozenset[str]
    answers: dict[str, Any]
    head: str


NOTHING = Holdings(frozenset(), {}, "")


def held(library: Library) -> Holdings:
    """What an open library holds."""
    head = library.store.head()
    decided = sorted(f"{one.subject} {one.ref} {one.verdict}" for one in library.store.decisions())
    return Holdings(names(library), lives(library) | {"decided": decided, "seen": _listings(library)}, head.hash if head else "")


def names(library: Library) -> frozenset[str]:
    """What a program may say to be kept, of what an open library holds."""
    store = library.store
    return frozenset([*(f"item {one.sha256}" for one in store.items()), *(f"decision {one.subject} {one.ref}" for one in store.decisions()), *(f"listing {on}" for on, _ in _listings(library))])


def _listings(library: Library) -> list[tuple[str, int]]:
    statement = "SELECT l.seen_on, count(*) FROM listing l JOIN sighting s ON s.listing = l.row GROUP BY l.row, l.seen_on ORDER BY l.seen_on"
    with library.store._asking() as connection:
        return [(str(on), int(files)) for on, files in connection.exec_driver_sql(statement.replace("l.row", 'l."row"'))]


def faults(place: Path | str, before: Holdings, said: set[str]) -> list[str]:
    """What is wrong with a library of which this was held before, and this was said to be kept since; the opening finishes what a killed program left. A place where nothing is holds nothing."""
    try:
        with Library.open(place, create=False) as library:
            found = [f"check: {one}" for one in library.check()]
            now = names(library)
            if before.head and (altered := library.store.contained(before.head)):
                found.append(f"what was there before was altered: {altered}")
    except StoreError as error:
        if error.code != "store.missing":
            return [f"the library cannot be opened: {error.code}: {error.message}"]
        found, now = [], frozenset()
    return [*found, *(f"was there before, and is lost: {one}" for one in sorted(before.names - now)), *(f"was said to be kept, and is lost: {one}" for one in sorted(said - now))]


def differs(place: Path | str, wanted: Holdings) -> list[str]:
    """What is wrong with a library that should be sound and answer as this one."""
    with Library.open(place, create=False) as library:
        found = [f"check, at the end: {one}" for one in library.check()]
        difference = first_difference(wanted.answers, held(library).answers)
    return [*found, *([f"answers otherwise than where nothing was killed: {difference}"] if difference else [])]


def age(folder: Path) -> None:
    """Make of a library one of an earlier schema."""
    with database(folder) as laid:
        for statement in _SINCE:
            laid.execute(statement)


def version(folder: Path) -> str:
    """The schema of a library, whatever it is."""
    with database(folder) as laid:
        return str(laid.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def facts(place: Path | str) -> dict[str, list[str]]:
    """Every row of every table of facts."""
    return {name: rows for name, rows in tables(place).items() if not name.startswith(_NO_FACTS)}


def unlike(place: Path | str, other: Path) -> list[str]:
    """In what a copy differs from the library: tables, log, files."""
    mine, theirs = tables(place), tables(other)
    names = [name for name in sorted({*mine, *theirs}) if not name.startswith(("clause_words", "original", "swept", "sqlite_")) and mine.get(name) != theirs.get(name)]
    return [f"the copy differs in the table {name}" for name in names] + (["the copy differs in the original files"] if originals(place) != originals(other) else [])
