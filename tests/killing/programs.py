"""The six acts as programs of their own, which print a line after each step that is kept for good:

    python -m tests.killing.programs ingest FOLDER

Each works on the library ``library`` in the folder, with what lies beside it. A line names what is kept now, as ``holdings.held`` names it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

Tell = Callable[[str], None]

READY, WHOLE = "ready", "whole"


def ingest(room: Path, tell: Tell, *, apart: bool = False) -> None:
    """Take in the papers of ``papers``."""
    from lineage import documents
    from lineage.library import Library

    documents.prepare()
    tell(READY)
    with Library.open(room / "library") as library:
        library.ingest([room / "papers"], progress=lambda _, __, one: tell(f"item {one.sha256}"), apart=apart)


def ingest_apart(room: Path, tell: Tell) -> None:
    """The same, read by a process that can be bounded, as the command does with PDFs."""
    ingest(room, tell, apart=True)


def observe(room: Path, tell: Tell) -> None:
    """Take ``listing.jsonl``, and first the papers that it names."""
    from lineage import documents
    from lineage.library import Library

    documents.prepare()
    tell(READY)
    with Library.open(room / "library") as library:
        done = library.observe(room / "listing.jsonl", room / "papers", progress=lambda _, __, one: tell(f"item {one.sha256}" if one.sha256 else f"refused {one.code}"))
        for line in done.lines:
            tell(f"listing {line.on}")


def decide(room: Path, tell: Tell) -> None:
    """Answer the questions of ``questions.txt`` one after another, each by the last of its answers; those that are open no more are left."""
    from lineage.desk import Answer, Person
    from lineage.library import Library

    tell(READY)
    with Library.open(room / "library") as library:
        for name in (room / "questions.txt").read_text().split():
            found = next((one for one in library.desk.questions() if one.id == name), None)
            if found is not None:
                (made,) = library.desk.decide(name, Answer(key=found.options[-1].key), Person("Sgt. A. Doe", "I asked the office that wrote it."))
                tell(f"decision {made.subject} {made.ref}")


def migrate(room: Path, tell: Tell) -> None:
    """Open a library of an earlier schema."""
    import alembic.script  # noqa: F401 (what takes long to load is loaded before)

    from lineage.library import Library

    tell(READY)
    with Library.open(room / "library"):
        tell(WHOLE)


def copy(room: Path, tell: Tell) -> None:
    """Copy the library to where ``to`` says."""
    from lineage.store.moving import move

    tell(READY)
    move(room / "library", (room / "to").read_text())
    tell(WHOLE)


def backup(room: Path, tell: Tell) -> None:
    """Back the library up to where ``to`` says."""
    from lineage.library import Library
    from lineage.store.backup import back_up

    tell(READY)
    with Library.open(room / "library", create=False) as library:
        back_up(library.store, Path((room / "to").read_text()))
    tell(WHOLE)


PROGRAMS: dict[str, Callable[[Path, Tell], None]] = {one.__name__: one for one in (ingest, ingest_apart, observe, decide, migrate, copy, backup)}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](Path(sys.argv[2]), lambda line: print(line, flush=True))
