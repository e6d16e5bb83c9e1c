"""The chronology set as pages, by typst: the same input gives the same bytes, whatever fonts, clock or folder the machine has."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).with_name("chronology.typ")
# Archivable, and tagged so that it can be read aloud.
STANDARD = "a-2a"


def pdf(told: dict[str, Any], root: Path, at: str) -> bytes:
    """The pages as a PDF: of the standard for archives where its letters can all be had, else a plain tagged one. ``root`` is the folder in which the pictures lie that ``told`` names, ``at`` the moment (UTC, ISO) that it says it was made.

    Raises RuntimeError where the template does not compile.
    """
    import typst

    given = {"sys_inputs": {"told": json.dumps(told, ensure_ascii=False)}, "root": str(root), "ignore_system_fonts": True, "timestamp": int(_moment(at).timestamp())}
    try:
        made: bytes = typst.compile(TEMPLATE.read_bytes(), pdf_standards=[STANDARD], **given)
    except typst.TypstError:
        # A sign that no font of ours has is not allowed there; the plain text has it in any case.
        made = typst.compile(TEMPLATE.read_bytes(), **given)
    return made


def _moment(at: str) -> datetime:
    moment = datetime.fromisoformat(at)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
