"""What stands before every page: the names it may be asked under, how much and how often, and the headers that keep a browser to its own pages."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lineage.web.settings import Settings

LOCAL = ("localhost", "127.0.0.1", "::1")
MOST_VISITORS = 10_000

# Nothing from elsewhere, nothing inline: a text that holds markup could not run even if it came through as markup.
POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cache-Control": "no-store",
}


class Counted:
    """How often each name did something within the last seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def count(self, name: str) -> int:
        """How often, without counting one more."""
        times = self._seen.get(name)
        if times is None:
            return 0
        while times and times[0] <= self._clock() - self._seconds:
            times.popleft()
        return len(times)

    def add(self, name: str) -> int:
        """Count one more; how often by now."""
        before = self.count(name)
        self._seen.setdefault(name, deque()).append(self._clock())
        self._seen.move_to_end(name)
        while len(self._seen) > MOST_VISITORS:
            self._seen.popitem(last=False)
        return before + 1

    def clear(self, name: str) -> None:
        """Forget what a name did."""
        self._seen.pop(name, None)


def visitor_of(request: Request) -> str:
    """The address that a request comes from."""
    return request.client.host if request.client else ""


class Guard:
    """Lets a request through to its page, or says why not; every answer gets the headers of every page."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.names = {name.lower() for name in (*LOCAL, *settings.names)}
        self.asked = Counted(60)
        headers = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if settings.secure else {})
        self.headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(one for one in self.headers if one[0] not in own)]
            await send(message)

        refused = self._refused(Request(scope))
        await (refused or self.app)(scope, receive, guarded)

    def _refused(self, request: Request) -> Response | None:
        host = _host_of(request.headers.get("host", ""))
        if host not in self.names:
            return PlainTextResponse("These pages are not to be found under this name. Whoever runs them can allow it: lineage serve --name NAME.\n", 421)
        if self.asked.add(visitor_of(request)) > self.settings.caps.requests:
            return PlainTextResponse("Too many pages were asked for in a minute. Wait a minute, then go on.\n", 429, headers={"Retry-After": "60"})
        if request.method not in ("GET", "HEAD"):
            return self._posted(request)
        return None

    def _posted(self, request: Request) -> Response | None:
        """A form must come from one of our own pages, and say how large it is."""
        origin = request.headers.get("origin")
        site = request.headers.get("sec-fetch-site")
        if (origin is not None and _host_of(urlsplit(origin).netloc) not in self.names) or site in ("cross-site", "same-site"):
            return PlainTextResponse("This form was sent from another site, so nothing was done.\n", 403)
        length = request.headers.get("content-length", "")
        caps = self.settings.caps
        most = caps.upload_bytes * 2 if request.url.path == "/upload" else caps.form_bytes
        if not length.isascii() or not length.isdigit():
            return PlainTextResponse("The form does not say how large it is, so it was not read.\n", 411)
        if int(length) > most:
            return PlainTextResponse(f"The form has {int(length):,} bytes; more than {most:,} are not read.\n", 413)
        return None


def _host_of(netloc: str) -> str:
    """The name in a Host header, without its port."""
    if netloc.startswith("["):
        return netloc[1:].partition("]")[0].lower()
    return netloc.rpartition(":")[0].lower() if netloc.rpartition(":")[2].isdigit() and ":" in netloc else netloc.lower()
