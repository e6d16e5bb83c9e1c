"""What goes wrong with a database, in full sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from lineage.errors import StoreError

# SQLite's primary result codes, which its documentation fixes for good.
BUSY, LOCKED, READ_ONLY, IO, CORRUPT, FULL, CANNOT_OPEN, CONSTRAINT, NOT_A_DATABASE, PERMISSION = 5, 6, 8, 10, 11, 13, 14, 19, 26, 3

_RIGHTS = "Ask for rights to change the folder and the files in it, or copy the library to a folder of your own."
_REPORT = "This is a mistake of the program and not of the files; please report it with the file that was being read."
_LATER = "Wait until {}, then do the same again."
_CORRUPT = "Keep the folder as it is, restore the library from its last backup, and ingest again what was added since."

_SENTENCES: dict[int, tuple[str, str, str]] = {
    BUSY: ("busy", "is being written by another program, which did not finish in time", _LATER.format("the other program is done")),
    READ_ONLY: ("no-rights", "cannot be changed, because its database may only be read", _RIGHTS),
    IO: ("input-output", "cannot be read or written, because its disk or network folder failed", _LATER.format("it can be reached")),
    CORRUPT: ("corrupt", "is damaged, because its database is not sound", _CORRUPT),
    FULL: ("full", "cannot be written, because its disk is full", _LATER.format("there is room on it")),
    CANNOT_OPEN: ("no-rights", "cannot be opened, because its database may not be read or its journal may not be written", _RIGHTS),
    CONSTRAINT: ("conflict", "was asked to keep facts that contradict each other, or that name an item it does not hold", _REPORT),
}
_SENTENCES |= {LOCKED: _SENTENCES[BUSY], PERMISSION: _SENTENCES[CANNOT_OPEN], NOT_A_DATABASE: _SENTENCES[CORRUPT]}


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """What the database raises inside becomes a StoreError about the library in this folder. Nothing of the transaction is kept then."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:  # what is asked of the driver itself comes without the toolkit's wrapping
        orig = error.orig if isinstance(error, DBAPIError) else error
        number = (getattr(orig, "sqlite_errorcode", 0) or 0) & 0xFF
        what = (
            "fault",
            f"could not do what was asked of its database ({orig})",
            "Run `check` on the library; it names what is not sound.",
        )
        code, fact, hint = _SENTENCES.get(number, what)
        said = f" ({orig})" if number == CONSTRAINT else ""
        raise StoreError(f"The library in {folder} {fact}{said}; nothing was changed.", hint=hint, code=f"store.{code}") from error
    except UnicodeDecodeError as error:
        # The database's own words, or those that it holds, are no text any more.
        code, fact, hint = _SENTENCES[CORRUPT]
        raise StoreError(f"The library in {folder} {fact}; nothing was changed.", hint=hint, code=f"store.{code}") from error
    except UnicodeEncodeError as error:
        raise StoreError(
            f"The library in {folder} cannot keep a text that ends in the middle of a character "
            f"({error.object[error.start : error.end]!r}); nothing was changed.",
            hint="Leave the file out; it was written with a broken encoding.",
            code="store.text",
        ) from error
