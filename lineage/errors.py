"""The errors of the house, as one drawn tree.

    LineageError                the call cannot be done; it has a code, a full sentence and a hint
    |- UsageError               the words of the call are wrong (exit 2)
    |- RefusedError             a file is refused; nothing of it is kept
    |- AmbiguousError           a name fits several works; the candidates are listed
    |- NotFoundError            nothing held fits
    |- ProfileError             a profile's own file is at fault
    '- StoreError               the library cannot be opened, or is not sound

A *doubtful document* is no error: that is a ``Finding`` (see ``lineage.model``).
"""

from __future__ import annotations


class LineageError(Exception):
    """A call that cannot be done.

    ``code`` is stable (``area.fact``), ``message`` says what happened, where and why it matters, ``hint`` what to do next,
    ``candidates`` what could have been meant.
    """

    code = "lineage.error"
    exit_code = 3

    def __init__(self, message: str, *, hint: str = "", code: str | None = None, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.candidates = candidates
        if code is not None:
            self.code = code


class UsageError(LineageError):
    """The words of the call are wrong."""

    code = "usage.wrong"
    exit_code = 2


class RefusedError(LineageError):
    """A file is refused; nothing of it is kept and the others go on."""

    code = "pages.refused"


class AmbiguousError(LineageError):
    """A name fits several works; the tool never picks one."""

    code = "works.ambiguous"


class NotFoundError(LineageError):
    """Nothing held, and nothing mentioned, fits the name."""

    code = "works.unknown"


class ProfileError(LineageError):
    """A profile's own file is at fault; the message names file and key."""

    code = "profile.fault"


class StoreError(LineageError):
    """The library cannot be opened, or is not sound."""

    code = "store.fault"
