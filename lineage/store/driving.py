"""Questions that are written out once and then handed to the driver as they are: for a short answer the toolkit takes longer over each than the database does."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import deque, namedtuple
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Engine, Select, TextualSelect, bindparam, func, select
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")

# What is asked, and the values to ask it with. The statement is made once (at the head of a module, or kept by what makes it).
Statement = Select[Any] | TextualSelect
_Written = tuple[str, Callable[[Mapping[str, Any]], Any], Callable[[Any], Any]]

_written: WeakKeyDictionary[Statement, dict[str, _Written]] = WeakKeyDictionary()


class Asked(ABC):
    """What is asked of a library, whoever answers it."""

    @abstractmethod
    def _asking(self) -> AbstractContextManager[Connection]:
        """A connection to ask, for as long as the context lasts."""

    def _rows(self, statement: Statement, **values: Any) -> list[Any]:
        """The rows of a question that was written out once."""
        with self._asking() as connection:
            return answered(connection, statement, values)

    def _tuples(self, statement: Statement, **values: Any) -> list[tuple[Any, ...]]:
        """The same as plain tuples, for very many rows."""
        with self._asking() as connection:
            return answered(connection, statement, values, named=False)

    def _again(self, name: Hashable, ask: Callable[[], Sequence[T]]) -> list[T]:
        """What several parts of one answer ask; it may be kept under its name for as long as the answer is put together."""
        return list(ask())

    def _lasting(self, name: Hashable, ask: Callable[[], T]) -> T:
        """What hardly ever changes; it may be kept under its name until something is recorded."""
        return ask()


def answered(connection: Connection, statement: Statement, values: Mapping[str, Any], *, named: bool = True) -> list[Any]:
    """The rows, as tuples (``named`` by the columns asked for). Raises DBAPIError as the toolkit does."""
    return _run(connection.dialect, connection.connection.dbapi_connection, statement, values, named=named)


class Drivers:
    """Connections of the driver for single questions: each sees the library as it is when it is asked, and no transaction is begun for it. They may be asked from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: deque[Any] = deque()

    def answered(self, statement: Statement, values: Mapping[str, Any], *, named: bool = True) -> list[Any]:
        """As ``answered``."""
        try:
            driver = self._idle.pop()
        except IndexError:
            pooled = self._engine.raw_connection()
            driver = pooled.dbapi_connection
            pooled.detach()
        try:
            found = _run(self._engine.dialect, driver, statement, values, named=named)
        except BaseException:
            driver.close()
            raise
        self._idle.append(driver)
        return found

    def close(self) -> None:
        """Let go of those that are idle."""
        while self._idle:
            self._idle.pop().close()


def _run(dialect: Dialect, driver: Any, statement: Statement, values: Mapping[str, Any], *, named: bool) -> list[Any]:
    words, ordered, row = _writing(dialect, statement)
    try:
        found: list[Any] = driver.execute(words, ordered(values)).fetchall()
    except dialect.loaded_dbapi.Error as error:
        raise DBAPIError(words, dict(values), error) from error
    return list(map(row, found)) if named else found


def among(column: Any, name: str) -> Any:
    """The condition that a column has one of the values that are given under a name, as ``listed`` gives them."""
    return column.in_(values_of_list(name))


def values_of_list(name: str) -> Any:
    """The values that are given under a name as one, each as a row."""
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


def listed(values: Collection[str]) -> str:
    """Several values as one; each once, in order, so that the same values make the same question."""
    return json.dumps(sorted(set(values)))


def _writing(dialect: Dialect, statement: Statement) -> _Written:
    known = _written.setdefault(statement, {})
    found = known.get(dialect.name)
    if found is None:
        compiled = statement.compile(dialect=dialect)
        order, fixed = compiled.positiontup, compiled.params
        names = [column.name for column in statement.selected_columns]
        row: Any = namedtuple("Answer", names, rename=True)  # type: ignore[misc]
        found = known[dialect.name] = str(compiled), (lambda values: {**fixed, **values}) if order is None else (lambda values: [values[name] if name in values else fixed[name] for name in order]), row._make
    return found
