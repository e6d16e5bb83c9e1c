"""A library seen in part: the base of what asks only some of its facts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lineage.store.reading import Reading

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from lineage.store.library import Store


class View(Reading):
    """The questions of a library, which whoever stands on it answers in part. Nothing can be written through it."""

    def __init__(self, kept: Store) -> None:
        super().__init__(kept._originals)
        self._kept = kept

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        with self._kept._asking() as connection:
            yield connection
