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
>>> from_json(Interval, '[{"start": "2019-05-17"}]')
[Interval(start=datetime.date(2019, 5, 17), end=None)]

msgspec reads records. What it writes leaves out all defaults or none, so this module writes a small function for each class.
"""

from __future__ import annotations

import itertools
import types
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from msgspec import DecodeError, Struct, ValidationError, convert
from msgspec.json import Decoder
from msgspec.structs import FieldInfo, fields

T = TypeVar("T")
Coder = Callable[[Any], Any]

_PLAIN = (str, int, float, bool, type(None), object, Any)

# One function for each class and form, made when it is first asked for.
_writers: dict[tuple[type[Any], bool], Coder] = {}


class UnfitRecord(ValueError):
    """A record that holds no value of its class."""


def to_record(value: Any, *, sparse: bool = False) -> dict[str, Any]:
    """The record of a value. TypeError for a value, or a field, of a kind that has no record."""
    record: dict[str, Any] = _writer(type(value), sparse)(value)
    return record


def from_record(cls: type[T], record: Mapping[str, Any]) -> T:
    """The value of class ``cls`` that a record holds, full or sparse. A field that is missing takes its default, a name unknown to the
    class is left out.

    UnfitRecord, a ValueError, where a field without a default is missing or a value does not fit.
    """
    try:
        return convert(record, cls)
    except ValidationError as error:
        raise _unfit(cls, error) from error


def from_json(cls: type[T], text: str) -> list[T]:
    """The values of class ``cls`` that a JSON list of records holds. UnfitRecord as in :func:`from_record`, and for what is no JSON."""
    try:
        values: list[T] = _decoder(cls).decode(text)  # type: ignore[arg-type]  # mypy takes no class for a key
        return values
    except DecodeError as error:
        raise _unfit(cls, error) from error


@cache
def _decoder(cls: Any) -> Decoder[list[Any]]:
    return Decoder(list[cls])


def _unfit(cls: type[Any], error: DecodeError) -> UnfitRecord:
    return UnfitRecord(f"A record does not fit {cls.__name__}: {error}. The fields that it takes are {', '.join(cls.__struct_fields__)}.")


def _writer(cls: type[Any], sparse: bool) -> Coder:
    found = _writers.get((cls, sparse))
    if found is None:
        code = _Code(cls, sparse)
        always, seldom = [], []
        for field in fields(cls):
            hint = field.type
            if sparse and _empty(field):
                test = "is not None" if field.default is None else f"!= {field.default!r}"
                seldom.append(f" if value.{field.name} {test}: record[{field.name!r}] = {code.write(hint, f'value.{field.name}')}")
            else:
                always.append(f"{field.name!r}: {code.write(hint, f'value.{field.name}')}")
        lines = [f" record = {{{', '.join(always)}}}", *seldom, " return record"]
        found = _writers[cls, sparse] = code.function("value", lines)
    return found


def _empty(field: FieldInfo) -> bool:
    """Whether a field's default is empty, so that an empty value need not be written."""
    return field.default is None or (isinstance(field.default, str | tuple) and not field.default)


class _Code:
    """The source of one function: expressions over names that stand for the objects they use."""

    def __init__(self, cls: type[Any], sparse: bool) -> None:
        if not _is_class(cls):
            raise TypeError(f"{cls.__name__} has no record: only values of the model have one.")
        self.cls = cls
        self.sparse = sparse
        self.names: dict[str, Any] = {}
        self.fresh = (f"x{number}" for number in itertools.count())

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
        origin, args = get_origin(hint), get_args(hint)
        if hint is date:
            return f"{value}.isoformat()"
        if _is_class(hint):
            return f"{self.name(_writer(hint, self.sparse))}({value})"
        if hint in _PLAIN or origin is Literal:
            return value
        held = next(self.fresh)
        if origin in (Union, types.UnionType) and len(args) == 2 and type(None) in args:
            inner = self.write(args[0] if args[1] is type(None) else args[1], held)
            return value if inner == held else f"(None if ({held} := {value}) is None else {inner})"
        if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
            inner = self.write(args[0], held)
            # Most rows are empty, and a loop over nothing costs as much as two fields.
            return f"list({value})" if inner == held else f"([{inner} for {held} in {held}] if ({held} := {value}) else [])"
        if origin is tuple:
            inners = [self.write(arg, f"{held}[{at}]") for at, arg in enumerate(args)]
            plain = all(inner == f"{held}[{at}]" for at, inner in enumerate(inners))
            return f"list({value})" if plain else f"([{', '.join(inners)}] if ({held} := {value}) else ())"
        raise TypeError(f"A field of type {hint} has no record: values of the model, tuples, days, literals, strings, numbers and None have one.")


def _is_class(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Struct)
