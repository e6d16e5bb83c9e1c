"""Frozen values as JSON-able records, and back.

A record is a dict of strings, numbers, booleans, None, lists and dicts. Days are ISO strings, tuples are lists. A sparse record leaves
out the fields that are empty (None, "" or ()) and whose default is the same emptiness; any other default is written, so that a default
which changes later does not change what an old record says.

>>> from datetime import date
>>> from lineage.model.time import Interval
>>> to_record(Interval(date(2019, 5, 17))), to_record(Interval(date(2019, 5, 17)), sparse=True)
({'start': '2019-05-17', 'end': None}, {'start': '2019-05-17'})
>>> from_record(Interval, {'start': '2019-05-17'})
Interval(start=datetime.date(2019, 5, 17), end=None)

As ``dataclasses`` itself does, this module writes a small function for each class, because a library reads thousands of values for one
question, and that is several times quicker than going through the fields.
"""

from __future__ import annotations

import itertools
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Coder = Callable[[Any], Any]

_PLAIN = (str, int, float, bool, type(None), object, Any)

# One function for each class and form, made when it is first asked for.
_readers: dict[type[Any], Coder] = {}
_writers: dict[tuple[type[Any], bool], Coder] = {}


def to_record(value: Any, *, sparse: bool = False) -> dict[str, Any]:
    """The record of a frozen dataclass. TypeError for a value, or a field, of a kind that has no record."""
    record: dict[str, Any] = _writer(type(value), sparse)(value)
    return record


def from_record(cls: type[T], record: Mapping[str, Any]) -> T:
    """The value of class ``cls`` that a record holds, full or sparse. A field that is missing takes its default, a name unknown to the
    class is left out.

    Literals, strings and numbers are taken as they are. ValueError where a field without a default is missing or a value does not fit.
    """
    read = _reader(cls)
    try:
        value: T = read(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        names = ", ".join(f.name for f in fields(cls))  # type: ignore[arg-type]
        raise ValueError(f"A record does not fit {cls.__name__}: {error!r}. The fields that it takes are {names}.") from error
    return value


def _writer(cls: type[Any], sparse: bool) -> Coder:
    found = _writers.get((cls, sparse))
    if found is None:
        code = _Code(cls, sparse)
        always, seldom = [], []
        for field, hint in code.fields():
            if sparse and _empty(field):
                test = "is not None" if field.default is None else f"!= {field.default!r}"
                seldom.append(f" if value.{field.name} {test}: record[{field.name!r}] = {code.write(hint, f'value.{field.name}')}")
            else:
                always.append(f"{field.name!r}: {code.write(hint, f'value.{field.name}')}")
        lines = [f" record = {{{', '.join(always)}}}", *seldom, " return record"]
        found = _writers[cls, sparse] = code.function("value", lines)
    return found


def _reader(cls: type[Any]) -> Coder:
    found = _readers.get(cls)
    if found is None:
        code = _Code(cls, False)
        given = []
        for field, hint in code.fields():
            value = f"record[{field.name!r}]"
            if field.default is not MISSING:
                value = f"(record[{field.name!r}] if {field.name!r} in record else None)" if field.default is None else value
                value = code.read(hint, value)
                if field.default is not None:
                    value = f"({value} if {field.name!r} in record else {code.name(field.default)})"
            elif field.default_factory is not MISSING:
                value = f"({code.read(hint, value)} if {field.name!r} in record else {code.name(field.default_factory)}())"
            else:
                value = code.read(hint, value)
            given.append(f"{field.name}={value}" if field.kw_only else value)
        found = _readers[cls] = code.function("record", [f" return {code.name(cls)}({', '.join(given)})"])
    return found


def _empty(field: Field[Any]) -> bool:
    """Whether a field's default is empty, so that an empty value need not be written."""
    return field.default is None or (isinstance(field.default, str | tuple) and not field.default)


class _Code:
    """The source of one function: expressions over names that stand for the objects they use."""

    def __init__(self, cls: type[Any], sparse: bool) -> None:
        if not is_dataclass(cls):
            raise TypeError(f"{cls.__name__} has no record: only dataclasses have one.")
        self.cls = cls
        self.sparse = sparse
        self.names: dict[str, Any] = {}
        self.fresh = (f"x{number}" for number in itertools.count())

    def fields(self) -> list[tuple[Field[Any], Any]]:
        """The fields and their types."""
        hints = get_type_hints(self.cls)
        return [(field, hints[field.name]) for field in fields(self.cls) if field.init]

    def name(self, value: Any) -> str:
        """A name for an object."""
        name = next(self.fresh)
        self.names[name] = value
        return name

    def function(self, argument: str, lines: list[str]) -> Coder:
        """The function with this body."""
        exec(f"def code({argument}):\n" + "\n".join(lines), self.names)
        made: Coder = self.names["code"]
        return made

    def write(self, hint: Any, value: str) -> str:
        """The record of a value of this type, as an expression."""
        if hint is date:
            return f"{value}.isoformat()"
        if _is_class(hint):
            return f"{self.name(_writer(hint, self.sparse))}({value})"
        return self.parts(hint, value, self.write, "list")

    def read(self, hint: Any, value: str) -> str:
        """The value of this type that a record holds, as an expression."""
        if hint is date:
            return f"{self.name(date.fromisoformat)}({value})"
        if _is_class(hint):
            return f"{self.name(_reader(hint))}({value})"
        return self.parts(hint, value, self.read, "tuple")

    def parts(self, hint: Any, value: str, code: Callable[[Any, str], str], row: str) -> str:
        """What is the same in both directions: plain values, values that may be None, and rows of values."""
        origin, args = get_origin(hint), get_args(hint)
        if hint in _PLAIN or origin is Literal:
            return value
        held = next(self.fresh)
        if origin in (Union, types.UnionType) and len(args) == 2 and type(None) in args:
            inner = code(args[0] if args[1] is type(None) else args[1], held)
            return value if inner == held else f"(None if ({held} := {value}) is None else {inner})"
        if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
            inner = code(args[0], held)
            # Most rows are empty, and a loop over nothing costs as much as two fields.
            return f"{row}({value})" if inner == held else f"({row}([{inner} for {held} in {held}]) if ({held} := {value}) else {row}())"
        if origin is tuple:
            inners = [code(arg, f"{held}[{at}]") for at, arg in enumerate(args)]
            plain = all(inner == f"{held}[{at}]" for at, inner in enumerate(inners))
            return f"{row}({value})" if plain else f"{row}([{', '.join(inners)}] if ({held} := {value}) else ())"
        raise TypeError(f"A field of type {hint} has no record: dataclasses, tuples, days, literals, strings, numbers and None have one.")


def _is_class(hint: Any) -> bool:
    return isinstance(hint, type) and is_dataclass(hint)
