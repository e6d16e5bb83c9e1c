"""Who may use the pages, as what, and what was asked there."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

# A reader asks; a reviewer also answers open questions and brings papers in; an administrator also reads the log of questions.
Role = Literal["reader", "reviewer", "administrator"]
ROLES: tuple[Role, ...] = ("reader", "reviewer", "administrator")


class Account(Struct, frozen=True):
    """One person's account. ``secret`` is the argon2 hash of the password, ``restricted`` whether a reader also sees rules that are not public (the other roles always do)."""

    name: str
    role: Role
    secret: str
    restricted: bool = False
    made_at: str = ""

    def __repr__(self) -> str:
        return f"Account(name={self.name!r}, role={self.role!r})"

    def may(self, role: Role) -> bool:
        """Whether the account has this role, or one above it."""
        return ROLES.index(self.role) >= ROLES.index(role)

    @property
    def sees_restricted(self) -> bool:
        """Whether rules that are not public are shown to it."""
        return self.restricted or self.role != "reader"


class SignOn(Struct, frozen=True):
    """A sign-on that lasts: ``key`` is the hash of the secret in the visitor's cookie, ``form`` the token that its forms must carry, ``until`` the moment (UTC) at which it ends, ``matter`` the matter number
    given for the questions asked in it."""

    key: str
    account: str
    form: str
    until: str
    matter: str = ""

    def __repr__(self) -> str:
        return f"SignOn(account={self.account!r}, until={self.until!r})"


class Asked(Struct, frozen=True):
    """A question on the log: when, by which account (empty where no accounts exist), for which matter, and its address with all that was filled in."""

    at: str
    account: str
    matter: str
    question: str
