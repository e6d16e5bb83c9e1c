"""The command line: parse, ask, render. No rules live here, and nothing heavy is loaded before a command needs it."""

from __future__ import annotations

from lineage.cli.commands import main

__all__ = ["main"]
