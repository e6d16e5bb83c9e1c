"""How the pages are run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from msgspec import Struct


class Caps(Struct, frozen=True):
    """The most that a visitor may ask of the pages. ``upload_bytes`` for one file, ``upload_files`` at a time; ``form_bytes`` for any other form; ``requests`` in a minute from one address;
    ``failures`` failed sign-ons for one name or from one address, within ``failure_minutes``; ``hours`` that a sign-on lasts."""

    upload_bytes: int = 50 * 1024 * 1024
    upload_files: int = 40
    form_bytes: int = 256 * 1024
    requests: int = 1200
    failures: int = 5
    failure_minutes: int = 15
    hours: int = 10


class Settings(Struct, frozen=True):
    """``library`` is where it lies. ``write`` lets reviewers answer questions and bring papers in. ``names`` are the host names under which the pages may be asked for, besides those of this machine.
    ``secure`` says that visitors come through HTTPS (a proxy in front), so that cookies are kept to it. ``log_questions`` keeps a log of what is asked, for ``keep_days`` days."""

    library: str  # an address may have a password in it
    write: bool = False
    names: tuple[str, ...] = ()
    secure: bool = False
    log_questions: bool = False
    keep_days: int = 90
    caps: Caps = Caps()
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def __repr__(self) -> str:
        return f"Settings(write={self.write!r}, names={self.names!r}, secure={self.secure!r})"
