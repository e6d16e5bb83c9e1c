"""Where a library is: in a folder, in a schema of a PostgreSQL database, or in such a schema that a folder names."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from msgspec import Struct

from lineage.errors import StoreError

DATABASE = "library.sqlite"
# In place of the database: the address of the one that holds the library. It may have a password in it.
ADDRESS = "library.url"
# Where this names a PostgreSQL database, every new library in a folder is kept there, in a schema of its own.
NEW_LIBRARIES = "LINEAGE_NEW_LIBRARIES"

# How the name of a folder ends in which a copy of a library is made, until it is proved.
UNFINISHED = ".unfinished"

# Rights of others than the owner, of a file on POSIX.
_OTHERS = 0o077

_KIND = re.compile(r"[a-z][a-z0-9+]{0,30}")
# What was meant as an address: also with too few strokes, or in the driver's own form of names and values.
_MEANT_AS_ADDRESS = re.compile(r"(?i)^\s*(?:postgres(?:ql)?(?:\+\w+)?:|[a-z][a-z0-9+]+:/)|\bpassword\s*=")


class Place(Struct, frozen=True):
    """A library's place. ``folder`` is None where it is named by an address alone; ``address`` is empty where a file of the folder is the database."""

    folder: Path | None
    address: str = ""  # a password may stand in it

    def __repr__(self) -> str:
        return f"Place({str(self)!r})"

    def __str__(self) -> str:
        if self.folder is not None:
            return str(self.folder)
        from lineage.store.postgresql import said

        return said(self.address)

    @property
    def database(self) -> Path:
        """The file that is the database, of a library that has one."""
        if self.folder is None or self.address:
            raise ValueError(f"The library in {self} is in a database of its own, and in no file.")
        return self.folder / DATABASE

    def beside(self, name: str) -> Path | None:
        """A file beside the database; None where there is no folder for it."""
        return None if self.folder is None else self.folder / name


def place_of(location: str | Path) -> Place:
    """The place that a location names: the path of a folder, or an address. StoreError ``store.unsupported`` for an address of another kind, ``store.no-rights`` for one that others may read."""
    if isinstance(location, str) and "://" in location:
        return Place(None, _known(location))
    folder = folder_at(Path(location))
    file = folder / ADDRESS
    try:
        if not file.is_file():
            return Place(folder)
        _make_sure_that_it_is_secret(file)
        return Place(folder, _known(file.read_text(encoding="utf-8").strip()))
    except OSError as error:
        raise StoreError(f"The file {file} cannot be read ({error.strerror}), so the library that it names was not opened.", hint="Ask for rights to this file.", code="store.no-rights") from error


def folder_at(path: Path) -> Path:
    """The same path from the root. StoreError ``store.unsupported`` for one that is an address by mistake: it names no folder, and is not to be shown, since a password may stand in it."""
    if not path.is_absolute() and _MEANT_AS_ADDRESS.search(str(path)):
        raise StoreError(
            "An address of a database stands where the path of a folder is needed, or has not the form of one, so nothing was done.",
            hint="Give the path of a folder; where a library is named or copied to, also an address such as postgresql://user@host/database?schema=lineage.",
            code="store.unsupported",
        )
    return path.absolute()


def new_in(folder: Path) -> Place:
    """The place of a library that is to be made in a folder. Where the environment names a database, the folder says which schema of it."""
    database = os.environ.get(NEW_LIBRARIES, "")
    if not database:
        return Place(folder)
    from lineage.store.postgresql import with_schema

    address = with_schema(_known(database), f"lineage_{secrets.token_hex(8)}")
    file = folder / ADDRESS
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as made:
            made.write(address + "\n")
    except FileExistsError:  # another program made it meanwhile
        return place_of(folder)
    return Place(folder, address)


def _known(address: str) -> str:
    kind, mark, _ = address.partition("://")
    if kind not in ("postgresql", "postgres"):
        named = f" of the kind “{kind}”" if mark and _KIND.fullmatch(kind) else ""  # anything else may be, or hold, a password
        raise StoreError(
            f"A library in a database{named} is not supported, so this library was not opened.",
            hint="Give the path of a folder, or an address such as postgresql://user@host/database?schema=lineage.",
            code="store.unsupported",
        )
    return address


def _make_sure_that_it_is_secret(file: Path) -> None:
    if os.name == "posix" and file.stat().st_mode & _OTHERS:
        raise StoreError(
            f"The file {file} may be read by others than its owner, and an address may have a password in it, so it was not used.",
            hint=f"Take their rights away: chmod 600 {file}",
            code="store.no-rights",
        )
