"""Accounts: their making, and signing on with a password. Hashes are argon2id, with the parameters of its library (RFC 9106, low memory)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from lineage.errors import NotFoundError, UsageError
from lineage.model.account import ROLES, Account, Role, SignOn
from lineage.store.people import People

# NIST SP 800-63B-4, 3.1.1.2: a password that is the only proof has at least fifteen characters.
SHORTEST = 15
LONGEST = 1024
LONGEST_NAME = 100


def text_of(moment: datetime) -> str:
    """A moment as ISO text, UTC, so that texts compare as moments do."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def add(people: People, name: str, role: Role, password: str, *, restricted: bool, now: datetime) -> Account:
    """Make an account, or give one of that name a new role and password. Raises UsageError ``account.name``, ``account.role``, ``account.password`` where the password is too short or too long."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UsageError("An account needs a name of at most 100 printed characters; decisions are signed with it.", hint="Give the name as it should stand under a decision.", code="account.name")
    if role not in ROLES:
        raise UsageError(f'There is no role "{role}".', hint=f"The roles are {', '.join(ROLES)}.", code="account.role")
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(f"The password has {len(password)} characters; it needs at least {SHORTEST} and at most {LONGEST}.", hint="Several words in a row are easy to remember.", code="account.password")
    made = Account(name, role, _hasher().hash(password), restricted, text_of(now))
    people.put_account(made)
    return made


def remove(people: People, name: str) -> None:
    """Take an account away. Raises NotFoundError ``account.unknown``."""
    if people.account(name) is None:
        raise NotFoundError(f'There is no account "{name}".', hint="`lineage account list` names them.", code="account.unknown")
    people.drop_account(name)


def sign_on(people: People, name: str, password: str, now: datetime, hours: int) -> str | None:
    """The secret for the visitor's cookie, where the password is the account's; None where it is not, or there is no such account (which takes as long)."""
    from argon2.exceptions import InvalidHashError, VerificationError

    one = people.account(" ".join(name.split()))
    try:
        _hasher().verify(one.secret if one is not None else _nobody(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return None
    if one is None:
        return None
    secret = secrets.token_urlsafe(32)
    people.put_sign_on(SignOn(key_of(secret), one.name, secrets.token_urlsafe(32), text_of(now + timedelta(hours=hours))), text_of(now))
    return secret


def key_of(secret: str) -> str:
    """What is kept of the secret in a cookie: whoever reads the database cannot sign on with it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _hasher() -> Any:
    from argon2 import PasswordHasher, profiles

    return PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)


_NOBODY: list[str] = []


def _nobody() -> str:
    """A hash that no password fits, so that an unknown name cannot be told by its time."""
    if not _NOBODY:
        _NOBODY.append(_hasher().hash(secrets.token_urlsafe(32)))
    return _NOBODY[0]
