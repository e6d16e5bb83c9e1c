"""Disks that are small, and folders that may only be read, for tests of what is said of them; where the system allows neither, the test is skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A disk with so much room, mounted in a folder."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("No small disk can be mounted here.")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def bounded_by_rights() -> list[str]:
    """The words before a command that make the rights of files count for it, also where an administrator runs the tests."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("An administrator may write everywhere, and cannot be kept from it here.")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


def let_be_read_only(folder: Path) -> None:
    """Take the right to write away from all that is in a folder, and from it."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)


def let_be_written(folder: Path) -> None:
    """Give that right back to the owner."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode | 0o200)
