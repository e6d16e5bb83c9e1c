"""The command line: parse, ask, render. No rules live here, and nothing heavy is loaded before a command needs it."""

from __future__ import annotations

import gc

# One command makes values by the ten thousand and drops few in circles: to look for circles as often as Python does by itself takes a sixth of its time.
gc.set_threshold(50_000, 20, 50)

from lineage.cli.commands import main  # noqa: E402

__all__ = ["main"]
