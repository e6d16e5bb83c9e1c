"""Who asks: nobody in particular where no accounts exist, else the person signed on; and what that lets them see and do."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from lineage.errors import LineageError
from lineage.model.account import Account, Asked, Role, SignOn
from lineage.web.accounts import key_of, text_of

if TYPE_CHECKING:
    from lineage.library import Library
    from lineage.web.remembering import Remembered

T = TypeVar("T")

COOKIE = "lineage-sign-on"


class SignOnNeeded(Exception):
    """The page is shown only to someone who is signed on."""


class NotAllowed(LineageError):
    """The page is for another role."""

    code = "web.not-allowed"


class Visitor(Struct, frozen=True):
    """One visitor. ``account`` is None where no accounts exist: then this machine's user asks, and may not write."""

    library: Library
    account: Account | None
    sign_on: SignOn | None
    write: bool
    remembered: Remembered

    def answer(self, name: tuple[Hashable, ...], ask: Callable[[Library], T]) -> T:
        """An answer of what this visitor may see, remembered while nothing is recorded."""
        return self.remembered.answer((self.library.is_public, *name), lambda: ask(self.library))

    @property
    def may_review(self) -> bool:
        """Whether open questions may be answered by this visitor."""
        return self.write and self.account is not None and self.account.may("reviewer")

    @property
    def form_token(self) -> str:
        """What this visitor's forms carry."""
        return self.sign_on.form if self.sign_on else ""


async def visitor(request: Request) -> Visitor:
    """The visitor of a page, also kept with the request for what is said where the page cannot be shown. Raises SignOnNeeded where accounts exist and nobody is signed on."""
    state = request.app.state
    if not state.people.may_be():  # nobody ever had an account here: nothing is to be asked, so no thread is needed
        return _kept(request, Visitor(state.library, None, None, state.settings.write, state.remembered))
    return await run_in_threadpool(_signed_on, request)


def _signed_on(request: Request) -> Visitor:
    state = request.app.state
    people, settings = state.people, state.settings
    if not people.accounts():
        return _kept(request, Visitor(state.library, None, None, settings.write, state.remembered))
    cookie = request.cookies.get(COOKIE)
    signed = people.sign_on(key_of(cookie), text_of(settings.clock())) if cookie else None
    account = people.account(signed.account) if signed is not None else None
    if signed is None or account is None:
        raise SignOnNeeded
    _log(request, account, signed)
    library = state.library if account.sees_restricted else state.public()
    return _kept(request, Visitor(library, account, signed, settings.write, state.remembered))


def _kept(request: Request, one: Visitor) -> Visitor:
    request.state.visitor = one
    return one


def needs(role: Role, one: Visitor) -> None:
    """Raises NotAllowed where the visitor has not this role; without accounts nobody has one."""
    if one.account is None:
        raise NotAllowed("Nobody has an account here, and this page asks for one, since what is done on it is kept under a name.", hint=f"Make one: lineage account add NAME --role {role}")
    if not one.account.may(role):
        raise NotAllowed(f"This page is for a {role}; the account {one.account.name} is a {one.account.role}'s.", hint="An administrator can give the account another role.")


def may_write(one: Visitor) -> None:
    """Raises NotAllowed where the pages are shown for reading only, or the visitor is no reviewer."""
    if not one.write:
        raise NotAllowed("These pages are shown for reading only.", hint="Whoever runs them can let reviewers write: lineage serve --write")
    needs("reviewer", one)


def own_form(one: Visitor, token: str) -> None:
    """Raises NotAllowed where a form was not made for this visitor's sign-on."""
    import hmac

    if one.sign_on is None or not hmac.compare_digest(one.sign_on.form.encode(), token.encode("utf-8", "replace")):
        raise NotAllowed("The form was not made for this sign-on, so nothing was done.", hint="Open the page again, and send it from there.")


def _log(request: Request, account: Account, signed: SignOn) -> None:
    """Put what is asked on the log, where one is kept: questions, not pictures and styles."""
    settings = request.app.state.settings
    if not settings.log_questions or request.url.path.startswith(("/image/", "/log")):
        return
    from datetime import timedelta

    now = settings.clock()
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    request.app.state.people.log(Asked(text_of(now), account.name, signed.matter, asked[:2000]), text_of(now - timedelta(days=settings.keep_days)))
