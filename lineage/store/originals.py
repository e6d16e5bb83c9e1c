"""The original bytes of the items: each in a file named after its SHA-256, ``items/ab/<sha256>``, or, in PostgreSQL, in a row of a table."""

from __future__ import annotations

import hashlib
import os
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from typing import Self

from sqlalchemy import Column, Connection, LargeBinary, MetaData, Table, Text, delete, exists, func, select

from lineage.errors import StoreError
from lineage.model import bytes_of
from lineage.store import rights
from lineage.store.place import Place
from lineage.store.trouble import code_of_disk

# Only in PostgreSQL; it is no table of facts.
original = Table("original", MetaData(), Column("sha256", Text, primary_key=True), Column("data", LargeBinary, nullable=False))

_BACK = "Put the original file back in that place, or restore it from a backup."


class Originals(ABC):
    """The bytes of a library. They are there whole or not at all, also when the program is killed. A rule's portion has the bytes of its file."""

    @abstractmethod
    def within(self, connection: Connection) -> Originals:
        """The same, asked and kept within the transaction of a connection, where they lie in its database."""

    def put(self, sha256: str, data: bytes) -> bool:
        """Keep the bytes; true if they were not there before. StoreError ``store.bytes`` if they do not have this hash."""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreError(
                f"The {len(data):,} bytes given for item {sha256} have another hash, so they are not what was read; nothing was kept.",
                hint="Read the file again; it may have changed while it was being read.",
                code="store.bytes",
            )
        return self._put(sha256, data)

    def get(self, sha256: str) -> bytes:
        """The bytes, checked against their hash. StoreError ``store.bytes`` if they are missing or changed."""
        trouble = self.trouble(sha256)
        if trouble:
            raise StoreError(trouble, hint=_BACK, code="store.bytes")
        return self._get(bytes_of(sha256))

    @abstractmethod
    def trouble(self, sha256: str) -> str:
        """What is wrong with the bytes of an item, as a sentence; empty where they are as they were."""

    @abstractmethod
    def has(self, sha256: str) -> bool:
        """Whether there are bytes under this hash, whatever they are."""

    @abstractmethod
    def drop(self, sha256: str) -> None:
        """Take away bytes that a transaction brought and did not keep, where they outlive it."""

    @abstractmethod
    def purge(self, sha256: str) -> None:
        """Take away the bytes of a file within the transaction that purges it, where they lie in its database; else they are swept after it."""

    @abstractmethod
    def _put(self, sha256: str, data: bytes) -> bool: ...

    @abstractmethod
    def _get(self, sha256: str) -> bytes: ...


def originals_at(place: Place) -> Originals:
    """The bytes of the library in a place."""
    return TableOriginals() if place.address else FolderOriginals(place.database.parent / "items")


class FolderOriginals(Originals):
    """The bytes below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def within(self, connection: Connection) -> Self:
        """The same: files know nothing of transactions."""
        return self

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash are, or would be; those of a rule's portion are the whole file's."""
        return self.folder / sha256[:2] / bytes_of(sha256)

    def trouble(self, sha256: str) -> str:
        """As ``Originals.trouble``."""
        path = self.path(sha256)
        try:
            with path.open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == bytes_of(sha256)
        except FileNotFoundError:
            return f"The original bytes of item {sha256} are missing: there is no file {path}, so its reading has no source any more."
        except OSError as error:
            return f"The original bytes of item {sha256} cannot be read from {path} ({error.strerror}), so they cannot be verified."
        if same:
            return ""
        return f"The original bytes of item {sha256} have changed: the file {path} no longer has that hash, and is not what was read."

    def has(self, sha256: str) -> bool:
        """As ``Originals.has``."""
        return self.path(sha256).exists()

    def drop(self, sha256: str) -> None:
        """As ``Originals.drop``."""
        self.path(sha256).unlink(missing_ok=True)

    def purge(self, sha256: str) -> None:
        """Nothing: the file outlives the transaction until it is swept."""

    def _put(self, sha256: str, data: bytes) -> bool:
        path = self.path(sha256)
        try:
            new = not path.exists()
            if new or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
                rights.make_folder(path.parent)
                self._write(path, data)
        except OSError as error:
            raise StoreError(
                f"The original bytes of item {sha256} cannot be written to {path} ({error.strerror}), so the item was not kept.",
                hint="Make sure that the disk is not full and that the library's folder may be changed, then ingest the file again.",
                code=code_of_disk(error, "store.bytes"),
            ) from error
        return new

    def _get(self, sha256: str) -> bytes:
        return self.path(sha256).read_bytes()

    def _write(self, path: Path, data: bytes) -> None:
        # The name is always the same: only one program writes at a time, and what a killed one left behind is written over.
        incoming = path.with_name(f"incoming-{path.name}")
        try:
            with rights.opened_new(incoming, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            incoming.replace(path)
        except OSError:
            with suppress(OSError):
                incoming.unlink(missing_ok=True)  # on a full disk it would keep the room that others need
            raise


class TableOriginals(Originals):
    """The bytes in the table ``original`` of the library's own database: a transaction keeps them with the facts, or neither."""

    def __init__(self, connection: Connection | None = None) -> None:
        self._here = connection

    def within(self, connection: Connection) -> TableOriginals:
        """The same, asked and kept by this connection."""
        return TableOriginals(connection)

    def trouble(self, sha256: str) -> str:
        """As ``Originals.trouble``."""
        file = bytes_of(sha256)
        found = self._connection.execute(select(func.encode(func.sha256(original.c.data), "hex")).where(original.c.sha256 == file)).scalar()
        if found is None:
            return f"The original bytes of item {sha256} are missing: the table original has no row of them, so its reading has no source any more."
        return "" if found == file else f"The original bytes of item {sha256} have changed: their row of the table original no longer has that hash, and is not what was read."

    def has(self, sha256: str) -> bool:
        """As ``Originals.has``."""
        return bool(self._connection.execute(select(exists().where(original.c.sha256 == bytes_of(sha256)))).scalar())

    def drop(self, sha256: str) -> None:
        """Nothing: they go with the transaction."""

    def purge(self, sha256: str) -> None:
        """As ``Originals.purge``."""
        self._connection.execute(delete(original).where(original.c.sha256 == sha256))

    @property
    def _connection(self) -> Connection:
        if self._here is None:
            raise ValueError("These bytes lie in a database, and are asked for within a transaction of it.")
        return self._here

    def _put(self, sha256: str, data: bytes) -> bool:
        new = not self.has(sha256)
        if new:
            self._connection.execute(original.insert(), {"sha256": sha256, "data": data})
        return new

    def _get(self, sha256: str) -> bytes:
        return bytes(self._connection.execute(select(original.c.data).where(original.c.sha256 == sha256)).scalar_one())
