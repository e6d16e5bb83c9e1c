"""A library seen in part: the base of what asks only some of its facts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from lineage.store.reading import Reading

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from lineage.model.decision import Decision
    from lineage.store.driving import Statement


class View(Reading):
    """The questions of a library, which whoever stands on it answers in part. Nothing can be written through it."""

    def __init__(self, kept: Reading) -> None:
        super().__init__(kept._originals)
        self._kept = kept

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        with self._kept._asking() as connection:
            yield connection

    def _rows(self, statement: Statement, **values: Any) -> list[Any]:
        return self._kept._rows(statement, **values)


class Undecided(View):
    """A library without what persons decided, or without some of it: ``left_out`` names decisions by id, None all."""

    def __init__(self, kept: Reading, left_out: frozenset[str] | None = None) -> None:
        super().__init__(kept)
        self._left_out = left_out

    def decisions(self, as_known: str | None = None) -> list[Decision]:
        """The decisions that are not left out."""
        if self._left_out is None:
            return []
        return [one for one in self._kept.decisions(as_known) if one.id not in self._left_out]
