"""Frozen values as JSON-able records, and back.

A record is a dict of strings, numbers, booleans, None, lists and dicts. Days are ISO strings, tuples are lists. Every field is written,
also those that hold their default, so that a default which changes later does not change what an old record says.

>>> from datetime import date
>>> from lineage.model.time import Interval
>>> to_record(Interval(date(2019, 5, 17)))
{'start': '2019-05-17', 'end': None}
>>> from_record(Interval, {'start': '2019-05-17'})
Interval(start=datetime.date(2019, 5, 17), end=None)
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Coder = Callable[[Any], Any]

_PLAIN = (str, int, float, bool, type(None), object, Any)


def to_record(value: Any) -> dict[str, Any]:
    """The record of a frozen dataclass, field by field in order. TypeError for a value, or a field, of a kind that has no record."""
    plan = _plan(type(value))
    record = {name: getattr(value, name) for name in plan.names}
    for name, encode in plan.encoders:
        record[name] = encode(record[name])
    return record


def from_record(cls: type[T], record: Mapping[str, Any]) -> T:
    """The value of class ``cls`` that a record holds. A field that is missing takes its default, a name unknown to the class is left out.

    Literals are taken as they are. ValueError where a field without a default is missing or a value does not fit.
    """
    plan = _plan(cls)
    values = dict(record)
    try:
        for name, decode in plan.decoders:
            if name in values:
                values[name] = decode(values[name])
        if not plan.known.issuperset(values):
            values = {name: value for name, value in values.items() if name in plan.known}
        return cls(**values)
    except (TypeError, ValueError, AttributeError) as error:
        raise ValueError(f"A record does not fit {cls.__name__}: {error}. The fields that it needs are {', '.join(plan.names)}.") from error


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one class is written and read; only fields that need it have a coder."""

    names: tuple[str, ...]
    known: frozenset[str]
    encoders: tuple[tuple[str, Coder], ...]
    decoders: tuple[tuple[str, Coder], ...]


# Type hints are looked up once for each class: that look-up costs far more than a record.
_plans: dict[type[Any], _Plan] = {}


def _plan(cls: type[Any]) -> _Plan:
    plan = _plans.get(cls)
    if plan is None:
        plan = _plans[cls] = _draw(cls)
    return plan


def _draw(cls: type[Any]) -> _Plan:
    if not is_dataclass(cls):
        raise TypeError(f"{cls.__name__} has no record: only dataclasses have one.")
    hints = get_type_hints(cls)
    names = tuple(f.name for f in fields(cls) if f.init)
    coders = [(name, *_coders(hints[name])) for name in names]
    return _Plan(
        names,
        frozenset(names),
        tuple((name, encode) for name, encode, _ in coders if encode is not None),
        tuple((name, decode) for name, _, decode in coders if decode is not None),
    )


def _coders(hint: Any) -> tuple[Coder | None, Coder | None]:
    """How a value of this type is written and read; None where it is its own record."""
    origin, args = get_origin(hint), get_args(hint)
    if hint in _PLAIN or origin is Literal:
        return None, None
    if hint is date:
        return date.isoformat, date.fromisoformat
    if isinstance(hint, type) and is_dataclass(hint):
        return to_record, lambda record: from_record(hint, record)
    if origin in (Union, types.UnionType) and type(None) in args and len(args) == 2:
        encode, decode = _coders(next(arg for arg in args if arg is not type(None)))
        return _or_none(encode), _or_none(decode)
    if origin is tuple:
        return _tuple_coders(args)
    raise TypeError(f"A field of type {hint} has no record: dataclasses, tuples, days, literals, strings, numbers and None have one.")


def _or_none(code: Coder | None) -> Coder | None:
    return None if code is None else lambda value: None if value is None else code(value)


def _tuple_coders(args: tuple[Any, ...]) -> tuple[Coder, Coder]:
    if len(args) == 2 and args[1] is Ellipsis:
        encode, decode = _coders(args[0])
        return (
            list if encode is None else lambda value: [encode(part) for part in value],
            tuple if decode is None else lambda record: tuple([decode(part) for part in record]),
        )
    coders = [_coders(arg) for arg in args]
    if all(encode is None for encode, _ in coders):
        return list, tuple
    return (
        lambda value: [part if encode is None else encode(part) for (encode, _), part in zip(coders, value, strict=True)],
        lambda record: tuple([part if decode is None else decode(part) for (_, decode), part in zip(coders, record, strict=True)]),
    )
