"""What goes wrong with a database, in full sentences."""

from __future__ import annotations

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from lineage.errors import StoreError
from lineage.model.record import UnfitRecord

# SQLite's primary result codes, which its documentation fixes for good.
BUSY, LOCKED, READ_ONLY, IO, CORRUPT, FULL, CANNOT_OPEN, CONSTRAINT, NOT_A_DATABASE, PERMISSION = 5, 6, 8, 10, 11, 13, 14, 19, 26, 3

_RIGHTS = "Ask for rights to change the folder and the files in it, or copy the library to a folder of your own."
_RIGHTS_THERE = "Ask whoever looks after the database for rights to it, or to make a schema in it."
_WRITING_THERE = "Ask whoever looks after the database for an account that may write, or give the address of the server that takes changes; or copy the library to a folder of your own."
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
# What a server refuses is told in words of its own.
_THERE: dict[int, tuple[str, str, str]] = {
    READ_ONLY: ("no-rights", "cannot be changed, because its server, or this account, is set to let nothing be changed", _WRITING_THERE),
    PERMISSION: ("no-rights", "was asked for something to which this account has no right", _RIGHTS_THERE),
    FULL: ("full", "cannot be written, because the disk of its server is full", _LATER.format("there is room on it")),
    CANNOT_OPEN: ("no-rights", "cannot be opened, because its server does not let this account in", _RIGHTS_THERE),
}
_SENTENCES |= {LOCKED: _SENTENCES[BUSY], PERMISSION: _SENTENCES[CANNOT_OPEN], NOT_A_DATABASE: _SENTENCES[CORRUPT]}


# PostgreSQL's codes, by the whole code or its class, which its documentation fixes: as which of SQLite's each is told.
_STATES: dict[str, int] = {
    "22021": 0, "22P05": 0, "23": CONSTRAINT, "25006": READ_ONLY, "28": CANNOT_OPEN, "42501": PERMISSION, "53100": FULL, "53300": BUSY, "55P03": BUSY, "57014": BUSY, "40": BUSY,
    "XX001": CORRUPT, "XX002": CORRUPT,
}  # fmt: skip
# The server cannot be reached, or the connection was lost.
_APART = ("08", "57P")
_NO_DATABASE = "3D000"
_REFUSED = {r'database "[^"]*" does not exist': _NO_DATABASE, r'authentication failed|no pg_hba.conf entry|no password supplied|role "[^"]*" does not exist|permission denied for database': "28000", "too many clients|remaining connection slots": "53300", "No space left on device|could not write init file": "53100"}


def code_of_disk(error: OSError, otherwise: str) -> str:
    """The code of what a disk refused to write: ``store.full``, ``store.no-rights``, or another."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "store.full"
    return "store.no-rights" if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) else otherwise


@contextmanager
def told(folder: object) -> Iterator[None]:
    """What the database raises inside becomes a StoreError about the library in this place. Nothing of the transaction is kept then."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:  # what is asked of the driver itself comes without the toolkit's wrapping
        orig = error.orig if isinstance(error, DBAPIError) else error
        if not isinstance(orig, sqlite3.Error):
            raise _of_server(folder, orig) from error
        number = (getattr(orig, "sqlite_errorcode", 0) or 0) & 0xFF
        what = (
            "fault",
            f"could not do what was asked of its database ({orig})",
            "Run `check` on the library; it names what is not sound.",
        )
        code, fact, hint = _SENTENCES.get(number, what)
        said = f" ({orig})" if number == CONSTRAINT else ""
        raise StoreError(f"The library in {folder} {fact}{said}; nothing was changed.", hint=hint, code=f"store.{code}") from error
    except UnfitRecord as error:
        code, _, hint = _SENTENCES[CORRUPT]
        raise StoreError(f"The library in {folder} holds what it did not write. {error} Nothing was changed.", hint=hint, code=f"store.{code}") from error
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


def _of_server(place: object, orig: object) -> StoreError:
    """What a PostgreSQL server raised, as an error of ours."""
    said = " ".join(str(orig).split())
    # Of a connection that was refused the driver has no code, but only the server's words.
    state = getattr(orig, "sqlstate", None) or next((code for words, code in _REFUSED.items() if re.search(words, said)), "")
    if state == _NO_DATABASE:
        return StoreError(f"There is no library in {place}, because the server has no such database.", hint="Let the database be made first: createdb. The library itself is made by ingesting files.", code="store.missing")
    if state.startswith(_APART) or (not state and "NUL" not in said):
        return StoreError(
            f"The library in {place} cannot be reached ({said}). If something was being recorded at that moment, either all of it is kept or nothing; nothing else was changed.",
            hint="Make sure that the server runs and the address is right, then do the same again.",
            code="store.input-output",
        )
    number = _STATES.get(state, _STATES.get(state[:2]))
    if not state or number == 0:
        return StoreError(f"The library in {place} cannot keep a text with a sign that its database does not know ({said}); nothing was changed.", hint="Leave the file out; it was written with a broken encoding.", code="store.text")
    if number is None:
        return StoreError(f"The library in {place} could not do what was asked of its database ({said}); nothing was changed.", hint="Run `check` on the library; it names what is not sound.", code="store.fault")
    code, fact, hint = _THERE.get(number, _SENTENCES[number])
    why = f" ({said})" if number in (CONSTRAINT, CANNOT_OPEN, PERMISSION, BUSY) else ""
    return StoreError(f"The library in {place} {fact}{why}; nothing was changed.", hint=hint, code=f"store.{code}")
