"""A library that is open."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sqlalchemy import Connection, Engine, bindparam, func, select
from sqlalchemy.exc import DBAPIError

from lineage.errors import StoreError
from lineage.model import Span, Work
from lineage.model.access import Purge
from lineage.store import log, purging, schema
from lineage.store.asking import Wanted
from lineage.store.deciding import Deciding
from lineage.store.driving import Drivers, Statement, answered
from lineage.store.engines import writing
from lineage.store.moments import after, text_of
from lineage.store.originals import originals_at
from lineage.store.place import Place
from lineage.store.reading import Reading
from lineage.store.recording import is_open
from lineage.store.shaping import span_of
from lineage.store.trouble import told

if TYPE_CHECKING:
    from lineage.store.writing import Writing

T = TypeVar("T")

_STATE = "state"

# So many things that hardly ever change are kept at most.
MOST_KEPT = 500

# So many works at most, of those that were asked for by id.
MOST_WORKS = 20_000


_PERIOD, _CLAUSE, _LAST = schema.period.c, schema.clause.c, schema.period.alias("last")
# Periods of a work do not overlap, so the last that began is the only one that may cover a day.
_COVERING = select(_LAST.c.row).where(_LAST.c.work == bindparam("work"), is_open(_LAST), _LAST.c.valid_from <= bindparam("on")).order_by(_LAST.c.valid_from.desc()).limit(1).scalar_subquery()
_WORDS = (
    select(_PERIOD.item, _PERIOD.body, _CLAUSE.depth, _CLAUSE.marker, _CLAUSE.heading, _CLAUSE.text)
    .join(schema.clause, _CLAUSE.item == _PERIOD.item)
    .where(_PERIOD.row == _COVERING, _PERIOD.status == "in-force", _PERIOD.valid_to > bindparam("on"))
    .order_by(_CLAUSE.ord)
)


class Store(Reading):
    """A library. It may be read from several threads and programs at once, also while one of them writes.

    ``place`` is where it is, ``location`` its folder, or its address without a password; ``created_at`` the UTC moment at which it was made.
    """

    def __init__(self, place: Place, engine: Engine, created_at: str, clock: Callable[[], datetime]) -> None:
        super().__init__(originals_at(place))
        self.place = place
        self.location: Path | str = place.folder or str(place)
        self.created_at = created_at
        self._engine = engine
        self._drivers = Drivers(engine)
        self._clock = clock
        self._writer: int | None = None
        self._here = threading.local()
        # What hardly ever changes, and the last recording after which it was asked for.
        self._lasts: tuple[str | None, dict[Hashable, Any]] = (None, {})

    def close(self) -> None:
        """Let go of the database. A closed store opens it again if it is asked again."""
        self._drivers.close()
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
        from lineage.store.writing import Writing

        writer: Writing | None = None
        try:
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
        except StoreError:
            if writer is not None and writer.brought and not self.place.address:
                self._let_go(writer.brought)
            raise

    def _let_go(self, brought: list[str]) -> None:
        """Take away the bytes that a transaction brought of which the very end failed, as on a full disk: under the lock, and only those that no item names."""
        with suppress(StoreError), told(self.location), writing(self._engine) as connection, connection.begin():
            named = set(connection.execute(select(schema.item.c.sha256).where(schema.item.c.sha256.in_(brought))).scalars())
            for sha256 in brought:
                if sha256 not in named:
                    self._originals.drop(sha256)

    def purge(self, said: Purge) -> None:
        """Take the words of a withdrawn file out of the library for good. Whenever the program is killed, the library is as it was, or is finished by whoever opens it next.

        Raises as ``Writing.purge`` does; StoreError ``store.purge-unfinished`` where another program keeps the last of it from being done.
        """
        with self.transaction() as writing:
            writing.purge(said)
            purging.note(self.place)
        self.sweep()

    def sweep(self) -> None:
        """Finish what a purge left beside its transaction, once no one writes."""
        with told(self.location), writing(self._engine) as connection, connection.begin():
            pass  # a purge that is being made is over, or has not begun
        with told(self.location):
            purging.sweep(self._engine, self.place, self._originals)

    def unfinished(self) -> bool:
        """Whether a purge left something that is not swept yet."""
        with told(self.location):
            return purging.unfinished(self._engine, self.place)

    def now(self) -> str:
        """The moment that the library's clock shows, UTC."""
        return text_of(self._clock())

    def check(self) -> list[str]:
        """The faults of the library as full sentences; empty where it is sound.

        What a killed program left behind (bytes that no item names, unfinished files) is no fault.
        """
        from lineage.store.check import faults

        found: list[str] = []
        try:
            with self._asking() as connection:
                found.extend(faults(connection, self._originals))
            if self.unfinished():
                found.append("A purge is recorded and not finished, so words may still be legible; run any command on the library while no other program uses it.")
        except StoreError as error:
            if error.code not in ("store.corrupt", "store.fault"):
                raise
            found.append(f"The database cannot be read to its end ({error.__cause__}), so nothing more can be said of it. Restore the library from a backup.")
        return found

    def remarks(self) -> list[str]:
        """What is no fault of the library and should be known all the same: who else may read its folder."""
        from lineage.store import people, rights

        return rights.remarks(self.place.folder, people.DATABASE) if self.place.folder is not None else []

    def contained(self, head: str) -> str:
        """Why the state with this head of the log cannot be said to be contained in the library, as a sentence; empty where it is proved to be: nothing that was recorded up to it was altered or taken out."""
        from lineage.store import proving

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
        if getattr(self._here, "found", None) is not None:
            yield
            return
        with self._asking():
            self._here.found = {}
            try:
                yield
            finally:
                self._here.found = None

    def _rows(self, statement: Statement, **values: Any) -> list[Any]:
        found = getattr(self._here, "found", None)
        if found is None:
            return self._at_once(statement, values, named=True)
        # Within a sitting the same question has the same answer, and several parts of one answer ask it.
        name = (statement, *values.items())
        rows = found.get(name)
        if rows is None:
            rows = found[name] = self._at_once(statement, values, named=True)
        return list(rows)

    def _tuples(self, statement: Statement, **values: Any) -> list[tuple[Any, ...]]:
        return self._at_once(statement, values, named=False)

    def _at_once(self, statement: Statement, values: Mapping[str, Any], *, named: bool) -> list[Any]:
        connection = getattr(self._here, "connection", None)
        try:
            return answered(connection, statement, values, named=named) if connection is not None else self._drivers.answered(statement, values, named=named)
        except DBAPIError:
            with told(self.location):
                raise

    def _again(self, name: Hashable, ask: Callable[[], Sequence[T]]) -> list[T]:
        found = getattr(self._here, "found", None)
        if found is None:
            return list(ask())
        if name not in found:
            found[name] = ask()
        return list(found[name])

    def _lasting(self, name: Hashable, ask: Callable[[], T]) -> T:
        found = getattr(self._here, "found", None)
        state: str | None = found.get(_STATE) if found is not None else None
        if state is None:
            state = self.last_moment()
            if found is not None:
                found[_STATE] = state
        kept = self._lasts
        if kept[0] != state or len(kept[1]) > MOST_KEPT:
            kept = self._lasts = (state, {})
        if name not in kept[1]:
            kept[1][name] = ask()
        lasting: T = kept[1][name]
        return lasting

    def works(self, *, agency: str | None = None, ids: Collection[str] | None = None, as_known: str | None = None) -> list[Work]:
        """As ``Reading.works``; works that are asked for by id are kept."""
        if ids is None or agency is not None:
            return super().works(agency=agency, ids=ids, as_known=as_known)
        known: dict[str, Work | None] = self._lasting(("works", as_known), dict)
        wanted = {name: known[name] for name in ids if name in known}
        if missing := set(ids) - set(wanted):
            new = dict.fromkeys(missing) | {w.id: w for w in super().works(ids=missing, as_known=as_known)}
            wanted |= new
            if len(known) < MOST_WORKS:
                known.update(new)
        return [w for _, w in sorted(wanted.items()) if w is not None]

    def words_on(self, work: str, on: date) -> tuple[str, str] | None:
        """The item that ruled a work on a day, and its words, one line a clause; None where it was not in force, no words are held, or other papers changed them. One question, whatever the size of the library."""
        rows = self._tuples(_WORDS, work=work, on=on.isoformat())
        if not rows or '"changes":[' in rows[0][1] or '"complete":false' in rows[0][1]:
            return None
        return rows[0][0], "\n".join(["  " * depth + " ".join([part for part in (marker, heading, text) if part]) for _, _, depth, marker, heading, text in rows])

    def ruling(self, items: Collection[str], on: date, as_known: str | None = None) -> dict[str, Span]:
        """As ``Reading.ruling``, of which the periods are not read in full."""
        wanted = Wanted(schema.period).equal(status="in-force").within("item", items).covering(on)
        return {row.item: span_of(row) for row in self._fitting(wanted, as_known)}

    def _deciding(self, as_known: str | None) -> Deciding:
        return self._lasting(("deciding", as_known), lambda: super(Store, self)._deciding(as_known))

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        here = self._here
        with told(self.location):
            if (sitting := getattr(here, "connection", None)) is not None:
                yield sitting
                return
            with self._engine.connect() as connection, connection.begin():
                here.connection = connection
                try:
                    yield connection
                finally:
                    here.connection = None
