"""The doors of rooms: what a room offers is loaded when it is first asked for, so that a question does not wait for what only a reading needs (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def door(room: str, offers: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a room, of the names that each of its modules gives to others.

    >>> import lineage.model
    >>> door(lineage.model.__name__, {"time": ["Interval"]})("Interval").__name__
    'Interval'
    """
    homes = {name: module for module, names in offers.items() for name in names}

    def offered(name: str) -> Any:
        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        found = getattr(import_module(f"{room}.{home}"), name)
        setattr(sys.modules[room], name, found)
        return found

    return offered
