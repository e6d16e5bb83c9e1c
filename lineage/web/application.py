"""The application: one library, its pages, and what is said where one cannot be shown."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from lineage.errors import AmbiguousError, LineageError, NotFoundError, RefusedError, UsageError
from lineage.web.settings import Settings

LOG = logging.getLogger("lineage.web")
HERE = Path(__file__).parent


def application(settings: Settings) -> Any:
    """What ``web.make`` promises."""
    import fastapi
    from starlette.staticfiles import StaticFiles

    from lineage import __version__
    from lineage.library import Library
    from lineage.store.people import People
    from lineage.web import (
        api,
        changing,
        comparing,
        home,
        incident,
        log,
        order,
        picture,
        reviewing,
        rule,
        searching,
        signing,
        source,
        uploading,
    )
    from lineage.web.guarding import Guard
    from lineage.web.remembering import Remembered
    from lineage.web.showing import environment

    made = fastapi.FastAPI(title="lineage", version=__version__, description=api.ABOUT, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    library = Library.open(settings.library, create=False)
    people = People(library.store.place)
    made.state.settings, made.state.people = settings, people
    made.state.remembered = Remembered(library)
    made.state.library = library
    made.state.public = made.state.remembered.public
    made.state.templates = environment()
    made.add_middleware(Guard, settings=settings)
    made.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for module in (home, rule, searching, signing, order, source, comparing, picture, changing, incident, reviewing, uploading, log, api):
        made.include_router(module.router)
    _troubles(made)
    return made


def uvicorn_of(made: Any) -> Any:
    """The server of the application."""
    import uvicorn

    return uvicorn.Server(uvicorn.Config(made, log_level="warning", access_log=False, server_header=False, date_header=True, timeout_keep_alive=15, limit_concurrency=200, h11_max_incomplete_event_size=64 * 1024))


def _troubles(made: Any) -> None:
    """What is said where a page cannot be shown: in a page for readers, as JSON under ``/api``."""
    from starlette.exceptions import HTTPException
    from starlette.requests import Request
    from starlette.responses import JSONResponse, RedirectResponse, Response

    from lineage.web import places
    from lineage.web.guarding import HEADERS
    from lineage.web.showing import page
    from lineage.web.visitor import NotAllowed, SignOnNeeded

    def told(request: Request, status: int, message: str, hint: str = "", code: str = "", candidates: tuple[str, ...] = ()) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": {"code": code, "message": message, "hint": hint, "candidates": list(candidates)}}, status)
        links = [(c, places.rule(c.split("  ")[0], str(request.url.query))) for c in candidates] if code == "works.ambiguous" else [(c, "") for c in candidates]
        return page(request, "trouble.html", getattr(request.state, "visitor", None), status=status, message=message, hint=hint, candidates=links)

    async def of_house(request: Request, error: Any) -> Response:
        kinds = ((NotAllowed, 403), (AmbiguousError, 409), (NotFoundError, 404), (RefusedError, 422), (UsageError, 400))
        status = next((code for kind, code in kinds if isinstance(error, kind)), 404 if error.code in ("store.unknown-item", "store.purged", "library.not-yet") else 503)
        return told(request, status, error.message, error.hint, error.code, error.candidates)

    async def not_signed_on(request: Request, error: Any) -> Response:
        if request.url.path.startswith("/api/"):
            return told(request, 401, "Nobody is signed on.", "Sign on at /sign-on first; the cookie serves here too.", "web.sign-on")
        from urllib.parse import urlencode

        onward = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-on?{urlencode({'next': onward})}" if request.method == "GET" and onward != "/" else "/sign-on", 303)

    async def of_address(request: Request, error: Any) -> Response:
        said = {404: "There is no such page.", 405: "This address cannot be used so."}.get(error.status_code, str(error.detail))
        return told(request, error.status_code, said, "The page of all rules in force is at /.", "web.no-page")

    async def of_words(request: Request, error: Any) -> Response:
        said = "; ".join(f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in error.errors()[:5])
        return told(request, 422, f"The address, or the form, cannot be understood: {said}.", "Go back and fill it in again.", "web.not-understood")

    async def of_program(request: Request, error: Any) -> Response:
        LOG.error("a page failed", exc_info=error)
        # What failed so is answered outside of the guard, so its headers are put here.
        answer = told(request, 500, "Something went wrong in this program, and the page was not made. Nothing was changed.", "Tell whoever runs these pages; their log has the cause.", "web.failed")
        answer.headers.update(HEADERS)
        return answer

    handlers = {LineageError: of_house, SignOnNeeded: not_signed_on, HTTPException: of_address, fastapi_fault(): of_words, Exception: of_program}
    for kind, handler in handlers.items():
        made.add_exception_handler(kind, handler)


def fastapi_fault() -> type[Exception]:
    """What FastAPI raises for parameters that do not fit."""
    from fastapi.exceptions import RequestValidationError

    return RequestValidationError
