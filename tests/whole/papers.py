"""Small papers of a department that is made up, in words of our own, and the command as a person calls it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from lineage.cli import main

MANUAL, ORDER = "POLICY MANUAL", "SPECIAL ORDER"


def paper(folder: Path, number: str, subject: str, issued: str, effective: str, *clauses: str, kind: str = MANUAL, fields: Sequence[str] = ()) -> Path:
    """A paper as a text file, named by its number and the day of its issue."""
    head = ["MILLBROOK POLICE DEPARTMENT", kind, "", f"Number: {number}", f"Subject: {subject}", f"Issued: {issued}", f"Effective: {effective}", *fields]
    body = [f"{chr(65 + n)}. {clause}" for n, clause in enumerate(clauses)]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{number} of {issued}.txt".replace(",", "").replace(" ", "-")
    path.write_text("\n".join([*head, "", "I. RULE", "", *body, ""]), encoding="utf-8")
    return path


def order(folder: Path, number: str, issued: str, effective: str, *clauses: str) -> Path:
    """A special order."""
    return paper(folder, number, f"Order {number}", issued, effective, *clauses, kind=ORDER)


def call(library: Path, *words: str, code: int = 0) -> str:
    """What a command prints."""
    done = CliRunner().invoke(main, ["--library", str(library), *words])
    assert done.exit_code == code, done.output
    return done.stdout


def asked(library: Path, *words: str) -> dict[str, Any]:
    """What a command gives with ``--json``."""
    given: dict[str, Any] = json.loads(call(library, *words, "--json"))
    return given
