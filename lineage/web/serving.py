"""Running the pages."""

from __future__ import annotations

import gc
import ipaddress
import socket
import sys

from lineage.errors import UsageError
from lineage.web.guarding import LOCAL
from lineage.web.settings import Settings


def run(settings: Settings, host: str, port: int) -> None:
    """What ``web.serve`` promises."""
    from lineage.web.application import application, uvicorn_of

    made = application(settings)
    if not is_local(host) and not made.state.people.accounts():
        raise UsageError(
            f"Nobody has an account here yet, so whoever reaches {host} could read everything; the pages are only shown on this machine until there is one.",
            hint="Make an account: lineage account add NAME --role administrator. Or leave out --host.",
            code="web.open-door",
        )
    listening = _listening(host, port)
    shown = f"[{host}]" if ":" in host else host
    print(f"The pages are at http://{shown}:{listening.getsockname()[1]}/ until you press Ctrl+C.", file=sys.stderr, flush=True)
    # What is there already stays; to look through it again and again, and through the rows of a long list, would cost a tenth of a page.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    uvicorn_of(made).run(sockets=[listening])


def is_local(host: str) -> bool:
    """Whether only this machine can reach the address.

    >>> [is_local(h) for h in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "192.0.2.7", "records.example")]
    [True, True, True, False, False, False]
    """
    if host in LOCAL:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(host: str, port: int) -> socket.socket:
    """A socket that is bound, before anything is said of it."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, protocol)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # a small page would wait for the receipt of its head
        made.bind(address)
    except OSError as error:
        raise UsageError(f"The pages cannot be shown at {host}, port {port} ({error.strerror or error}).", hint="Give another --port, or stop the program that uses it.", code="web.port") from error
    return made
