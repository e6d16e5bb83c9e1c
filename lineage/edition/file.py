"""The page as a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from lineage.errors import LineageError


def put(page: bytes, place: Path) -> None:
    """Write a page to its place, in the stead of what is there: whole or not at all. Raises LineageError ``edition.not-written``."""
    beside: Path | None = None
    try:
        number, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
        beside = Path(name)
        with os.fdopen(number, "wb") as file:
            file.write(page)
        beside.chmod(0o644)  # a page is made to be handed on; a temporary file is its owner's alone
        beside.replace(place)
    except OSError as error:
        if beside is not None:
            beside.unlink(missing_ok=True)
        raise LineageError(f"The page could not be written to {place}: {error.strerror or error}.", hint="Name a file in a folder that exists and may be written to.", code="edition.not-written") from error
