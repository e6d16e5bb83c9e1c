"""The pages that people use: a date, the rule on it, and the place on the page that proves it.

A front door like ``cli``: parse, ask ``library``, render; no rules. ``make`` gives the application, ``serve`` runs it. What people see is in ``templates``, and says the
sentences of the command line; ``static`` holds the style, our script and htmx (unchanged, with its licence). Every page can be read without script, and nothing is
loaded from elsewhere.
"""

from __future__ import annotations

from typing import Any

from lineage.web.settings import Settings

__all__ = ["Settings", "make", "serve"]


def make(settings: Settings) -> Any:
    """The application. Raises UsageError ``web.extra`` where the extra is not installed, StoreError as ``store.open``."""
    from lineage.web.application import application

    return application(settings)


def serve(settings: Settings, host: str, port: int) -> None:
    """Run the pages until they are stopped. Raises as ``make``; UsageError ``web.open-door`` for an address beyond this machine while nobody has an account, ``web.port`` where it is taken."""
    from lineage.web.serving import run

    run(settings, host, port)
