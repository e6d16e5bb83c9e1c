"""Signing on and off."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from lineage.web.accounts import key_of, sign_on
from lineage.web.guarding import Counted, visitor_of
from lineage.web.showing import page
from lineage.web.visitor import COOKIE, Visitor, needs, own_form, visitor

router = APIRouter(include_in_schema=False)

ADDRESS_SHARE = 4  # several people may sit behind one address
LONGEST_MATTER = 100


@router.get("/sign-on")
def form(request: Request, next: str = "/") -> Response:  # the usual name in an address
    """The form for name and password."""
    if not request.app.state.people.accounts():
        return RedirectResponse("/", 303)
    return page(request, "sign-on.html", None, onward=_own(next), said="")


@router.post("/sign-on")
def signed(request: Request, name: Annotated[str, Form(max_length=200)] = "", password: Annotated[str, Form(max_length=1024)] = "", next: Annotated[str, Form(max_length=2000)] = "/") -> Response:
    """Sign on, where the password is right and not too many were wrong."""
    state = request.app.state
    caps, failed = state.settings.caps, _failures(request)
    address, account = f"address {visitor_of(request)}", f"name {' '.join(name.split())}"
    if failed.count(account) >= caps.failures or failed.count(address) >= caps.failures * ADDRESS_SHARE:
        said = f"Too many sign-ons failed. Wait {caps.failure_minutes} minutes, then try again."
        return page(request, "sign-on.html", None, status=429, onward=_own(next), said=said)
    secret = sign_on(state.people, name, password, state.settings.clock(), caps.hours)
    if secret is None:
        failed.add(account)
        failed.add(address)
        return page(request, "sign-on.html", None, status=401, onward=_own(next), said="There is no account with this name and password.")
    failed.clear(account)
    answer = RedirectResponse(_own(next), 303)
    answer.set_cookie(COOKIE, secret, max_age=caps.hours * 3600, httponly=True, samesite="strict", secure=state.settings.secure, path="/")
    return answer


@router.post("/sign-off")
def sign_off(request: Request, who: Annotated[Visitor, Depends(visitor)], token: Annotated[str, Form(max_length=200)] = "") -> Response:
    """End the sign-on."""
    own_form(who, token)
    request.app.state.people.drop_sign_on(key_of(request.cookies.get(COOKIE, "")))
    answer = RedirectResponse("/sign-on", 303)
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict", secure=request.app.state.settings.secure)
    return answer


@router.post("/matter")
def matter(request: Request, who: Annotated[Visitor, Depends(visitor)], token: Annotated[str, Form(max_length=200)] = "", number: Annotated[str, Form(max_length=LONGEST_MATTER)] = "", next: Annotated[str, Form(max_length=2000)] = "/") -> Response:
    """The matter for which questions are asked from now on."""
    needs("reader", who)
    own_form(who, token)
    request.app.state.people.set_matter(key_of(request.cookies.get(COOKIE, "")), " ".join(number.split()))
    return RedirectResponse(_own(next), 303)


def _failures(request: Request) -> Counted:
    state = request.app.state
    if not hasattr(state, "failures"):
        state.failures = Counted(state.settings.caps.failure_minutes * 60)
    found: Counted = state.failures
    return found


def _own(onward: str) -> str:
    """An address within these pages; the first page for any other.

    >>> _own("/rule/a/b?on=2020-06-01"), _own("//elsewhere.example"), _own("https://elsewhere.example"), _own("/\\\\elsewhere")
    ('/rule/a/b?on=2020-06-01', '/', '/', '/')
    """
    good = onward.startswith("/") and not onward.startswith(("//", "/\\")) and onward.isprintable() and "\\" not in onward
    return onward if good else "/"
