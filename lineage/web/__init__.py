"""The pages that people use: a date, the rule on it, and the place on the page that proves it.

A front door like ``cli``: parse, ask ``library``, render; no rules. ``make`` gives the application, ``serve`` runs it. What people see is in ``templates``, and says the
sentences of the command line; ``static`` holds the style, our script and htmx (unchanged, with its licence). Every page can be read without script, and nothing is
loaded from elsewhere.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from lineage.errors import UsageError
from lineage.web.settings import Settings

__all__ = ["Settings", "make", "make_sure", "serve"]

NEEDED = ("argon2", "fastapi", "jinja2", "python_multipart", "typst", "uvicorn")


def make_sure() -> None:
    """Raises UsageError ``web.extra`` where the extra is not installed."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError(f"The pages need packages that are not installed ({', '.join(missing)}).", hint="Install them: pip install 'policy-lineage[web]'", code="web.extra")


def make(settings: Settings) -> Any:
    """The application. Raises UsageError ``web.extra`` where the extra is not installed, StoreError as ``store.open``."""
    make_sure()
    from lineage.web.application import application

    return application(settings)


def serve(settings: Settings, host: str, port: int) -> None:
    """Run the pages until they are stopped. Raises as ``make``; UsageError ``web.open-door`` for an address beyond this machine while nobody has an account, ``web.port`` where it is taken."""
    make_sure()
    from lineage.web.serving import run

    run(settings, host, port)
