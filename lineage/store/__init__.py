"""The room ``store``: documents, relations and times <-> a library that is kept.

A *library* is a folder: ``library.sqlite`` holds every fact, ``items/ab/<sha256>`` the original bytes. Or it is a schema of a PostgreSQL database, which holds both.
:func:`open` is the door.

Every fact that can change carries two times. The valid columns say when it is so, in ISO days. ``recorded_from`` and
``recorded_to`` (half-open, UTC) say when the library held it so. A fact that changes is closed and written anew; nothing is updated
otherwise, and nothing is deleted.

The database toolkit is loaded by :func:`open`, so importing this room costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lineage.store.rows import ClauseRow, ItemRow, SearchHit, SeriesRow

if TYPE_CHECKING:
    from lineage.store.library import Store
    from lineage.store.writing import Writing

__all__ = ["ClauseRow", "ItemRow", "SearchHit", "SeriesRow", "Store", "Writing", "open"]


def open(  # the verb at the door of this room
    location: str | Path,
    *,
    create: bool = True,
    clock: Callable[[], datetime] | None = None,
    patience_s: float = 30.0,
) -> Store:
    """Open the library in a folder, or at an address (``postgresql://...``); with ``create``, make one where nothing is. Use it in a ``with`` statement,
    or close it.

    ``clock`` gives the moment that facts are recorded at (aware, by default the system's UTC time). ``patience_s`` is how long, in
    seconds, a writer waits for another one. An older library is brought up to date first; where its database is a file, a copy is kept beside it.

    Raises StoreError, by its code: ``store.missing`` (and ``create`` is false), ``store.not-a-library``, ``store.no-rights``,
    ``store.corrupt``, ``store.newer`` (written by a newer version of this program), ``store.busy``, ``store.input-output`` (a server
    that cannot be reached), ``store.unsupported`` (another kind of address, or no driver for it).
    """
    from lineage.store.opening import make_sure_that_it_is_finished, open_library

    make_sure_that_it_is_finished(location)
    return open_library(location, create=create, clock=clock, patience_s=patience_s)


def __getattr__(name: str) -> Any:
    if name == "Store":
        from lineage.store.library import Store

        return Store
    if name == "Writing":
        from lineage.store.writing import Writing

        return Writing
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
