"""Who else may read a library in a folder. A folder that the program makes is its owner's alone, whatever the umask; what it makes in one is open to nobody to whom the folder is not,
so that a folder which a group shares stays one. Where there are no POSIX rights, none are told of.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from io import BufferedWriter
from pathlib import Path
from shlex import quote
from typing import Literal

OWNER_ALONE = 0o700
OWNER_ALONE_FILE = 0o600
# For each class of others: how a sentence names it, its right to read, its right to pass through a folder.
_OTHERS = (("the group of its owner", stat.S_IRGRP, stat.S_IXGRP), ("everybody on this machine", stat.S_IROTH, stat.S_IXOTH))


def make_library_folder(folder: Path) -> None:
    """Make the folder of a new library, for its owner alone; one that is there keeps its rights."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=OWNER_ALONE, exist_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder within a library, and those above it, with no more rights than the library's own."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=folder.parent.stat().st_mode & 0o777, exist_ok=True)


def make_file(file: Path, *, owner_alone: bool = False) -> None:
    """Make an empty file within a library, where there is none, so that a database put there has its rights from the first byte on; so have the journals beside it."""
    if not file.exists():
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, OWNER_ALONE_FILE if owner_alone else _mode_in(file.parent)))


def opened_new(file: Path, mode: Literal["wb", "xb"]) -> BufferedWriter:
    """A file within a library, opened to be written anew."""
    return open(file, mode, opener=lambda path, flags: os.open(path, flags, _mode_in(file.parent)))


def remarks(folder: Path, accounts: str) -> list[str]:
    """Who else may read what lies in a library's folder, and the file of accounts in it, as full sentences."""
    return list(_remarks(folder, accounts)) if os.name == "posix" else []


def _remarks(folder: Path, accounts: str) -> Iterator[str]:
    for who, read, through in _OTHERS:
        if not _mode(folder) & through:
            continue
        if any(_mode(file) & read for file in _files(folder, through) if file.name != accounts):
            yield f"The library in {folder} may be read by {who}, also what is restricted; if that is not meant: chmod -R go-rwx {quote(str(folder))}"
        if _mode(folder / accounts) & read:
            yield f"The accounts of the pages in {folder / accounts} may be read by {who}; take that right away: chmod 600 {quote(str(folder / accounts))}"


def _files(folder: Path, through: int) -> Iterator[Path]:
    """The files of a folder to which this right leads."""
    with suppress(OSError):  # what is gone meanwhile, or not ours to look at
        for one in folder.iterdir():
            if one.is_file():
                yield one
            elif _mode(one) & through:
                yield from _files(one, through)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _mode_in(folder: Path) -> int:
    return folder.stat().st_mode & 0o666
