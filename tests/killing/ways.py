"""The six acts, and the ways in which each is tried: what a round begins with, and what must be true of it after a kill besides what is true of any library."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from lineage import store
from lineage.errors import StoreError
from lineage.library import Library
from lineage.store import schema
from lineage.store.backup import restore
from tests.end_to_end.made import named
from tests.kept import ON_POSTGRESQL, copy, elsewhere

from .holdings import EARLIER, age, facts, unlike, version
from .programs import WHOLE

EARLY = ("training-bulletin-112-vehicle-stops", "manual-3.48-internet-usage")
LATE = ("social-media-2019", "manual-3.51-social-media", "suspension-of-ride-alongs-2020", "bias-free-policing-2020")


def _nothing(room: Path) -> None:
    pass


def _no_faults(room: Path, said: set[str], home: Path) -> list[str]:
    return []


@dataclass(frozen=True)
class Way:
    """``prepare`` makes once, in a folder, what each round gets a copy of; ``begin`` does the rest in the copy. ``faults`` is asked after a kill, before anything opens the library; ``ends`` once the act was done again, instead of how the library answers. They are given the room, and the folder that it is a copy of."""

    act: str
    program: str
    prepare: Callable[[Path], None]
    begin: Callable[[Path], None] = _nothing
    faults: Callable[[Path, set[str], Path], list[str]] = _no_faults
    ends: Callable[[Path], list[str]] | None = None
    said: str = ""

    @property
    def name(self) -> str:
        """How it is called in a report."""
        return f"{self.act}, {self.said}" if self.said else self.act


def room_of(home: Path, room: Path, way: Way) -> None:
    """A round's own copy of what was prepared."""
    room.mkdir()
    for path in home.iterdir():
        if path.name == "library":
            copy(path, room / "library")
        elif path.is_dir():
            shutil.copytree(path, room / path.name)
        else:
            shutil.copy(path, room)
    way.begin(room)


def _papers(home: Path, *slugs: str) -> None:
    (home / "papers").mkdir()
    for path in named(slugs, "txt"):
        shutil.copy(path, home / "papers")


def _library(home: Path, *slugs: str) -> None:
    with Library.open(home / "library") as library:
        library.ingest(named(slugs, "txt"))


def _new(home: Path) -> None:
    _papers(home, *LATE)


def _more(home: Path) -> None:
    _papers(home, *LATE)
    _library(home, *EARLY)


def _seen(home: Path) -> None:
    _more(home)
    rows = [("2019-06-01", LATE[:2]), ("2020-06-01", (*LATE[1:3], "not-there")), ("2021-06-01", LATE[2:])]
    (home / "listing.jsonl").write_text("".join(json.dumps({"on": on, "files": [f"{one}.txt" for one in slugs], "complete": at != 1}) + "\n" for at, (on, slugs) in enumerate(rows)))


def _full(home: Path) -> None:
    """A library with papers, a decision and questions that are open still."""
    _library(home, *EARLY, *LATE)
    with Library.open(home / "library") as library:
        (home / "questions.txt").write_text("\n".join(one.id for one in library.desk.questions() if one.options))


def _migration(room: Path, said: set[str], home: Path) -> list[str]:
    """Before it is opened again, it is of one schema or the other, with every row in it."""
    now = version(room / "library")
    found = [] if now == schema.HEAD or (now == EARLIER and WHOLE not in said) else [f"the library is of schema {now}, and said: {said}"]
    mine, before = facts(room / "library"), facts(home / "library")
    found += [f"the table {name} is not as it was" for name in before if mine.get(name) != before[name]]
    beside = room / "library" / f"library-{EARLIER}.sqlite"
    if now == schema.HEAD and not ON_POSTGRESQL:
        with closing(sqlite3.connect(beside)) as connection:
            if connection.execute("SELECT version_num FROM alembic_version").fetchone() != (EARLIER,) or connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                found.append("the copy beside the library is not whole")
    return found


def _aged(room: Path) -> None:
    age(room / "library")


def _to_folder(room: Path) -> None:
    (room / "to").write_text(str(room / "copy"))


def _to_server(room: Path) -> None:
    (room / "to").write_text(elsewhere())


def _in_folder(home: Path) -> None:
    """The library of ``_full`` in a folder, also where new ones are kept in a server."""
    from lineage.store.moving import move

    _full(home)
    move(home / "library", home / "moved")
    shutil.rmtree(home / "library")
    (home / "moved").rename(home / "library")


def _copied(room: Path, said: set[str], home: Path) -> list[str]:
    """The copy is whole and equal, or refused; what is unfinished is refused as a library and as a backup."""
    to = (room / "to").read_text()
    try:
        with store.open(to, create=False) as made:
            found = [f"check of the copy: {one}" for one in made.check()]
        found += unlike(to, room / "library")
    except StoreError as error:
        found = [] if error.code == "store.missing" and WHOLE not in said else [f"the copy is neither whole nor refused as no library: {error.code}: {error.message}"]
    for unfinished in room.glob("*.unfinished"):
        try:
            store.open(unfinished, create=False).close()
            found.append("what is unfinished is opened as a library")
        except StoreError:
            pass
        try:
            restore(unfinished, room / "restored")
            found.append("what is unfinished is restored as a backup")
        except StoreError:
            pass
    return found


def _equal(room: Path) -> list[str]:
    return unlike((room / "to").read_text(), room / "library")


def _comes_back(room: Path) -> list[str]:
    """The backup is equal, and comes back as a library that is."""
    restore(Path((room / "to").read_text()), room / "back")
    return [*_equal(room), *unlike(room / "back", room / "library")]


def _ways() -> dict[str, list[Way]]:
    copies = [Way("copy", "copy", _full, _to_folder, _copied, _equal, "server to folder" if ON_POSTGRESQL else "")]
    if ON_POSTGRESQL:
        copies = [Way("copy", "copy", _full, _to_server, _copied, _equal, "server to server"), Way("copy", "copy", _in_folder, _to_server, _copied, _equal, "folder to server"), *copies]
    every = [
        Way("ingest", "ingest", _new, said="into nothing"),
        Way("ingest", "ingest_apart", _more, said="read apart"),
        Way("observe", "observe", _seen),
        Way("decide", "decide", _full),
        Way("migrate", "migrate", _full, _aged, _migration),
        *copies,
        Way("backup", "backup", _full, _to_folder, _copied, _comes_back),
    ]
    found: dict[str, list[Way]] = {}
    for one in every:
        found.setdefault(one.act, []).append(one)
    return found


WAYS = _ways()
ACTS = tuple(WAYS)
