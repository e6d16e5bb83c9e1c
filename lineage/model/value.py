"""Frozen values that are made by the ten thousand."""

from __future__ import annotations

from typing import TYPE_CHECKING

# To the type checker such a class is frozen. Python's own freezing sets every field by a call, which makes a value in several times the time of a plain one.
if TYPE_CHECKING:
    from dataclasses import dataclass as plentiful
else:
    import dataclasses

    def plentiful(*, frozen: bool, slots: bool) -> object:
        """A data class that is compared and hashed as a frozen one is. Nothing sets its fields once it is made: that is checked before it runs, not while it does."""
        return dataclasses.dataclass(slots=slots, unsafe_hash=frozen)


__all__ = ["plentiful"]
