"""Who may use the pages, as what, and what was asked there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

# A reader asks; a reviewer also answers open questions and brings papers in; an administrator also reads the log of questions.
Role = Literal["reader", "reviewer", "administrator"]
ROLES: tuple[Role, ...] = ("reader", "reviewer", "administrator")


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account. ``secret`` is the argon2 hash of the password, ``restricted`` whether a reader also sees rules that are not public (the other roles always do)."""

    name: str
    role: Role
    secret: str = field(repr=False)
    restricted: bool = False
    made_at: str = ""

    def may(self, role: Role) -> bool:
        """Whether the account has this role, or one above it."""
        return ROLES.index(self.role) >= ROLES.index(role)

    @property
    def sees_restricted(self) -> bool:
        """Whether rules that are not public are shown to it."""
        return self.restricted or self.role != "reader"


@dataclass(frozen=True, slots=True)
class SignOn:
    """A sign-on that lasts: ``key`` is the hash of the secret in the visitor's cookie, ``form`` the token that its forms must carry, ``until`` the moment (UTC) at which it ends, ``matter`` the matter number
    given for the questions asked in it."""

    key: str = field(repr=False)
    account: str
    form: str = field(repr=False)
    until: str
    matter: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the log: when, by which account (empty where no accounts exist), for which matter, and its address with all that was filled in."""

    at: str
    account: str
    matter: str
    question: str
