"""A real browser at pages that are really served. Without a Chromium on the system these tests are skipped."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from lineage import web
from lineage.web.application import application, uvicorn_of

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ABSENT = "There is no Chromium on this system (Debian: apt-get install chromium); this test needs a browser."
# No connections of its own, no sandbox where the tests run as root.
SWITCHES = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")

needs_browser = [pytest.mark.skipif(CHROMIUM is None, reason=ABSENT), pytest.mark.browser]


@contextmanager
def served(folder: Path, **settings: Any) -> Iterator[str]:
    """The pages of a library at an address of this machine, for as long as the context lasts."""
    made = application(web.Settings(str(folder), **settings))
    server = uvicorn_of(made)
    listening = socket.create_server(("127.0.0.1", 0))
    running = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        running.join(10)
        made.state.library.store.close()


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        try:
            yield browser
        finally:
            browser.close()
