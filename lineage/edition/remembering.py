"""A library asked for its public rules many times over, that looks up each thing once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from lineage.store.public import PublicOnly
from lineage.store.reading import Reading

QUESTIONS = tuple(name for name, _ in inspect.getmembers(Reading, inspect.isfunction) if not name.startswith("_"))


class Remembering(PublicOnly):
    """The questions of ``PublicOnly``, each looked up once. It is made for one page and thrown away: what is recorded meanwhile it does not see."""

    def __init__(self, kept: Reading) -> None:
        super().__init__(kept)
        for name in QUESTIONS:
            setattr(self, name, _once(getattr(self, name)))


def _once(question: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[Any, Any] = {}

    @wraps(question)
    def ask(*args: Any, **kwargs: Any) -> Any:
        key = (tuple(map(_fixed, args)), tuple(sorted((name, _fixed(value)) for name, value in kwargs.items())))
        if key not in known:
            known[key] = question(*args, **kwargs)
        return _own(known[key])

    return ask


def _fixed(value: Any) -> Any:
    """A value by which an answer can be found again."""
    if isinstance(value, dict):
        return ("names", *value)
    if isinstance(value, set | frozenset):
        return frozenset(value)
    return tuple(value) if isinstance(value, list | tuple) else value if isinstance(value, str | None) or not hasattr(value, "__iter__") else ("in turn", *value)


def _own(answer: Any) -> Any:
    """The answer for one who asks: lists and the like are his own, and may be changed."""
    return type(answer)(answer) if type(answer) in (list, dict, set) else answer
