"""Answers that were just given, for as long as nothing was recorded since: the same page asked twice is put together once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from lineage.library import Library

MOST = 64
PICTURES = 200

T = TypeVar("T")


class Remembered:
    """What one library answered; every name is of the last recording, so nothing outlives one."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._pictures: OrderedDict[Hashable, Any] = OrderedDict()

    def state(self) -> str:
        """The moment of the last recording."""
        return self._library.store.last_moment() or ""

    def public(self) -> Library:
        """The library with its public rules alone."""
        return self.answer(("public",), self._library.for_release)

    def answer(self, name: tuple[Hashable, ...], ask: Callable[[], T]) -> T:
        """The answer of this name, asked for where it is not known or something was recorded since."""
        return self._of(self._kept, (self.state(), *name), ask, MOST)

    def picture(self, name: tuple[Hashable, ...], draw: Callable[[], T]) -> T:
        """A picture of a page, likewise: a file may be withdrawn or purged."""
        return self._of(self._pictures, (self.state(), *name), draw, PICTURES)

    def _of(self, kept: OrderedDict[Hashable, Any], name: Hashable, ask: Callable[[], T], most: int) -> T:
        with self._lock:
            if name in kept:
                kept.move_to_end(name)
                found: T = kept[name]
                return found
        made = ask()
        with self._lock:
            kept[name] = made
            while len(kept) > most:
                kept.popitem(last=False)
        return made
