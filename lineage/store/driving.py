"""Questions that are written out once and then handed to the driver as they are: for a short answer the toolkit takes longer over each than the database does."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import deque, namedtuple
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Engine, Integer, Select, TextualSelect, bindparam, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

T = TypeVar("T")


class ByDatabase:
    """A question that each database is asked in words of its own; the values are the same."""

    def __init__(self, sqlite: TextualSelect, postgresql: TextualSelect) -> None:
        self._of = {"sqlite": sqlite, "postgresql": postgresql}

    def of(self, dialect: Dialect) -> TextualSelect:
        """The words for this database."""
        return self._of[dialect.name]


# What is asked, and the values to ask it with. The statement is made once (at the head of a module, or kept by what makes it).
Statement = Select[Any] | TextualSelect | ByDatabase
_Written = tuple[str, Callable[[Mapping[str, Any]], Any], Callable[[Any], Any]]

# Stands where there was no sign that a text can have.
_NO_SIGN = "\ufffd"

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
    driver: Any = connection.connection.dbapi_connection
    try:
        return _run(connection.dialect, driver, statement, values, named=named)
    except DBAPIError as error:
        if _lost(connection.dialect, driver, error):
            connection.invalidate(error)
        raise


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
            if self._engine.dialect.name == "postgresql":
                self._alone(driver)
        try:
            found = _run(self._engine.dialect, driver, statement, values, named=named)
        except BaseException as error:
            driver.close()
            if isinstance(error, DBAPIError) and _lost(self._engine.dialect, driver, error):
                self.close()  # with this one, all were lost
            raise
        self._idle.append(driver)
        return found

    @staticmethod
    def _alone(driver: Any) -> None:
        """Let a connection begin no transaction that it would keep open, and write nothing."""
        driver.autocommit = True
        driver.execute("SET default_transaction_read_only = on")

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


def _lost(dialect: Dialect, driver: Any, error: DBAPIError) -> bool:
    """Whether the connection is of no use any more."""
    return isinstance(error.orig, dialect.loaded_dbapi.Error) and bool(dialect.is_disconnect(error.orig, driver, None))


def among(column: Any, name: str) -> Any:
    """The condition that a column has one of the values that are given under a name, as ``listed`` gives them."""
    return column.in_(values_of_list(name, number=isinstance(column.type, Integer)))


def values_of_list(name: str, *, number: bool = False) -> Any:
    """The values (texts, or whole numbers) that are given under a name as one, each as a row."""
    value = _Each(bindparam(name)).table_valued("value").c.value
    return select(_Number(value) if number else value)


class _Each(FunctionElement[Any]):
    """The values of a list in JSON, each as a row."""

    name = "json_each"
    inherit_cache = True


class _Number(FunctionElement[int]):
    """Such a value as a whole number: in SQLite it is one."""

    name = "number"
    type = Integer()
    inherit_cache = True


@compiles(_Each)
def _each(element: Any, compiler: Any, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_Each, "postgresql")
def _each_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"jsonb_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS JSONB))"


@compiles(_Number)
def _number(element: Any, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(_Number, "postgresql")
def _number_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS INTEGER)"


def listed(values: Collection[str]) -> str:
    """Several values as one; each once, in order, so that the same values make the same question."""
    return json.dumps(sorted(set(values)))


def _writing(dialect: Dialect, statement: Statement) -> _Written:
    known = _written.setdefault(statement, {})
    found = known.get(dialect.name)
    if found is None:
        statement = statement.of(dialect) if isinstance(statement, ByDatabase) else statement
        compiled = statement.compile(dialect=dialect)
        order, fixed = compiled.positiontup, compiled.params
        names = [column.name for column in statement.selected_columns]
        row: Any = namedtuple("Answer", names, rename=True)  # type: ignore[misc]
        found = known[dialect.name] = str(compiled), (lambda values: _without_nothing(fixed, values)) if order is None else (lambda values: [values[name] if name in values else fixed[name] for name in order]), row._make
    return found


def _without_nothing(fixed: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, without the sign NUL: PostgreSQL takes none, and nothing that it holds has one."""
    both = {**fixed, **values}
    for name, value in values.items():
        if isinstance(value, str) and ("\x00" in value or "\\u0000" in value):
            both[name] = value.replace("\x00", _NO_SIGN).replace("\\u0000", _NO_SIGN)
    return both
