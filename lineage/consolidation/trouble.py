"""Why a change is not applied."""

from __future__ import annotations


class CannotApply(Exception):  # a state of one change, caught in this room; nothing that a caller meets
    """A change that does not fit the text. ``code`` names the reason; ``unit`` is the wid of the unit that it is about; ``waits`` says that it may fit after another change of the same day."""

    def __init__(self, code: str, message: str, unit: str | None = None, *, waits: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.unit = unit
        self.waits = waits
