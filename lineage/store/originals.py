"""The original bytes of the items, each in a file named after its SHA-256: ``items/ab/<sha256>``."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from lineage.errors import StoreError
from lineage.model import bytes_of


class Originals:
    """The bytes below one folder. A file appears there whole or not at all, also when the program is killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash are, or would be; those of a rule's portion are the whole file's."""
        return self.folder / sha256[:2] / bytes_of(sha256)

    def put(self, sha256: str, data: bytes) -> bool:
        """Keep the bytes; true if their file was not there before. StoreError ``store.bytes`` if they do not have this hash."""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreError(
                f"The {len(data):,} bytes given for item {sha256} have another hash, so they are not what was read; nothing was kept.",
                hint="Read the file again; it may have changed while it was being read.",
                code="store.bytes",
            )
        path = self.path(sha256)
        try:
            new = not path.exists()
            if new or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._write(path, data)
        except OSError as error:
            raise StoreError(
                f"The original bytes of item {sha256} cannot be written to {path} ({error.strerror}), so the item was not kept.",
                hint="Make sure that the disk is not full and that the library's folder may be changed, then ingest the file again.",
                code="store.bytes",
            ) from error
        return new

    def get(self, sha256: str) -> bytes:
        """The bytes, checked against their hash. StoreError ``store.bytes`` if they are missing or changed."""
        trouble = self.trouble(sha256)
        if trouble:
            raise StoreError(trouble, hint="Put the original file back in that place, or restore it from a backup.", code="store.bytes")
        return self.path(sha256).read_bytes()

    def trouble(self, sha256: str) -> str:
        """What is wrong with the bytes of an item, as a sentence; empty where they are as they were."""
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

    def drop(self, sha256: str) -> None:
        """Take away bytes that a transaction brought and did not keep."""
        self.path(sha256).unlink(missing_ok=True)

    def _write(self, path: Path, data: bytes) -> None:
        # The name is always the same: only one program writes at a time, and what a killed one left behind is written over.
        incoming = path.with_name(f"incoming-{path.name}")
        with incoming.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        incoming.replace(path)
