"""A library that is open."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, func, select

from lineage.errors import StoreError
from lineage.model.access import Purge
from lineage.store import log, proving, schema
from lineage.store.asking import Wanted
from lineage.store.check import faults
from lineage.store.deciding import Deciding
from lineage.store.moments import after, text_of
from lineage.store.originals import Originals
from lineage.store.purging import NOTE, sweep
from lineage.store.reading import Reading
from lineage.store.sqlite import writing
from lineage.store.trouble import told
from lineage.store.writing import Writing


class Store(Reading):
    """A library. It may be read from several threads and programs at once, also while one of them writes.

    ``location`` is its folder, ``created_at`` the UTC moment at which it was made.
    """

    def __init__(self, location: Path, engine: Engine, created_at: str, clock: Callable[[], datetime]) -> None:
        super().__init__(Originals(location / "items"))
        self.location = location
        self.created_at = created_at
        self._engine = engine
        self._clock = clock
        self._writer: int | None = None
        self._here = threading.local()

    def close(self) -> None:
        """Let go of the database. A closed store opens it again if it is asked again."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[Writing]:
        """One transaction: all of it is kept, or, after any exception, nothing of it.

        A second writer waits for the first; StoreError ``store.busy`` after the patience with which the library was opened.
        """
        if self._writer == threading.get_ident():
            raise StoreError(
                f"A transaction on the library in {self.location} is open already, and a second one inside it would wait for ever.",
                hint="Write both in one transaction.",
                code="store.busy",
            )
        with told(self.location), writing(self._engine) as connection, connection.begin():
            writer = Writing(connection, self._originals, self._next_moment(connection))
            self._writer = threading.get_ident()
            try:
                yield writer
                writer.finish()
            except BaseException:
                writer.forget()
                raise
            finally:
                self._writer = None

    def purge(self, said: Purge) -> None:
        """Take the words of a withdrawn file out of the library for good. Whenever the program is killed, the library is as it was, or is finished by whoever opens it next.

        Raises as ``Writing.purge`` does; StoreError ``store.purge-unfinished`` where another program keeps the last of it from being done.
        """
        with self.transaction() as writing:
            writing.purge(said)
            (self.location / NOTE).write_text("A purge is being made; opening the library finishes it.\n", encoding="utf-8")
        self.sweep()

    def sweep(self) -> None:
        """Finish what a purge left beside its transaction, once no one writes."""
        with told(self.location), writing(self._engine) as connection, connection.begin():
            pass  # a purge that is being made is over, or has not begun
        with told(self.location):
            sweep(self._engine, self.location, self._originals)

    def now(self) -> str:
        """The moment that the library's clock shows, UTC."""
        return text_of(self._clock())

    def check(self) -> list[str]:
        """The faults of the library as full sentences; empty where it is sound.

        What a killed program left behind (bytes that no item names, unfinished files) is no fault.
        """
        found: list[str] = []
        try:
            with self._asking() as connection:
                found.extend(faults(connection, self._originals))
            if (self.location / NOTE).exists():
                found.append("A purge is recorded and not finished, so words may still be legible; run any command on the library while no other program uses it.")
        except StoreError as error:
            if error.code not in ("store.corrupt", "store.fault"):
                raise
            found.append(f"The database cannot be read to its end ({error.__cause__}), so nothing more can be said of it. Restore the library from a backup.")
        return found

    def contained(self, head: str) -> str:
        """Why the state with this head of the log cannot be said to be contained in the library, as a sentence; empty where it is proved to be: nothing that was recorded up to it was altered or taken out."""
        try:
            with self._asking() as connection:
                return proving.contained(connection, head)
        except StoreError as error:
            if error.code not in ("store.corrupt", "store.fault"):
                raise
            return f"The database cannot be read to its end ({error.__cause__}), so whether the state with the head {head} is contained cannot be told."

    def _next_moment(self, connection: Connection) -> str:
        # The first entry of the log may be later than anything that was recorded.
        last = connection.execute(select(func.max(schema.recording.c.recorded_at))).scalar_one()
        return after(max(last or "", log.last_moment(connection), self.created_at), self._clock())

    @contextmanager
    def sitting(self) -> Iterator[None]:
        """Within this, all questions of this thread are asked of the library as it is at one moment, whatever is recorded meanwhile. Nothing may be written in it by the same thread."""
        if getattr(self._here, "connection", None) is not None:
            yield
            return
        with told(self.location), self._engine.connect() as connection, connection.begin():
            self._here.connection, self._here.found = connection, {}
            try:
                yield
            finally:
                self._here.connection = self._here.found = None

    def _fitting(self, wanted: Wanted, as_known: str | None) -> list[Row[Any]]:
        found = getattr(self._here, "found", None)
        if found is None:
            return super()._fitting(wanted, as_known)
        # Within a sitting the same question has the same answer, and several parts of one answer ask it.
        name = (wanted.table.name, wanted.equals, wanted.on, tuple(tuple((column, frozenset(some)) for column, some in group) for group in wanted.groups), as_known)
        if name not in found:
            found[name] = super()._fitting(wanted, as_known)
        return list(found[name])

    def _deciding(self, as_known: str | None) -> Deciding:
        found = getattr(self._here, "found", None)
        if found is None:
            return super()._deciding(as_known)
        name = ("deciding", as_known)
        if name not in found:
            found[name] = super()._deciding(as_known)
        kept: Deciding = found[name]
        return kept

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        sitting = getattr(self._here, "connection", None)
        if sitting is not None:
            with told(self.location):
                yield sitting
            return
        with told(self.location), self._engine.connect() as connection, connection.begin():
            yield connection
