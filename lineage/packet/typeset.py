"""The chronology set as pages, by typst: the same input gives the same bytes, whatever fonts, clock or folder the machine has."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

LACKING = "Some signs in the papers are in none of the fonts with which these pages are set: an empty box stands in their place. The file chronology.txt has them."
TEMPLATE = Path(__file__).with_name("chronology.typ")


def pdf(told: dict[str, Any], root: Path, at: str) -> bytes:
    """The pages as a PDF: of the standard for archives (PDF/A-2a) where its letters can all be had, else a plain one; tagged in both cases, so that it can be read aloud.

    ``root`` is the folder in which the pictures lie that ``told`` names, ``at`` the moment (UTC, ISO) that the file says it was made. Raises typst.TypstError where the template does not compile.
    """
    import typst

    try:
        return _set(told, root, at, ["a-2a"])
    except typst.TypstError:
        # A sign that no font of ours has is not allowed there.
        return _set(told | {"head": told["head"] | {"notes": [*told["head"]["notes"], LACKING]}}, root, at, [])


def _set(told: dict[str, Any], root: Path, at: str, standards: list[Literal["a-2a"]]) -> bytes:
    import typst

    compiler = typst.Compiler(TEMPLATE.read_bytes(), root=str(root), ignore_system_fonts=True, sys_inputs={"told": json.dumps(told, ensure_ascii=False)})
    made = compiler.compile(format="pdf", pdf_standards=[*standards], timestamp=int(_moment(at).timestamp()))
    assert isinstance(made, bytes), "a PDF is one file"
    return made


def _moment(at: str) -> datetime:
    moment = datetime.fromisoformat(at)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
