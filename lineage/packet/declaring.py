"""Drafts of declarations, one a jurisdiction, from the files of the folder ``declarations``. They certify copies and the process by which a packet was made, and never what a rule was."""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from lineage.model.dates import long_date
from lineage.packet.copies import TrueCopy

FOLDER = Path(__file__).parent / "declarations"
WIDTH = 96
BLANK = "_" * 40
HEAD = "DRAFT - TO BE REVIEWED BY COUNSEL - NOT SIGNED, NOT FILED"
NOTE = (
    "This is a template. It was filled in by a program from what the library holds, and no lawyer has seen it. Counsel decides whether it fits the matter, checks each law named against its text of today, and strikes what the "
    "person who signs does not know of their own knowledge. It certifies copies and a process. It says nothing of what any paper means, or of which rule was the right one on any day."
)


@cache
def names() -> tuple[str, ...]:
    """The jurisdictions of which there is a draft, by name."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def text(jurisdiction: str, copies: Sequence[TrueCopy], tool: str) -> str:
    """The drafts of a jurisdiction, with the copies that are in the packet as their schedule. Raises FileNotFoundError for a jurisdiction of which there is none."""
    draft: dict[str, Any] = tomllib.loads((FOLDER / f"{jurisdiction}.toml").read_text(encoding="utf-8"))
    lines = [HEAD, "", draft["title"], "", *_wrap(NOTE), "", "Laws that this draft has in view:", *(line for law in draft["laws"] for line in _wrap(law, "  - ", "    "))]
    for part in draft["part"]:
        lines += ["", "=" * WIDTH, "", part["heading"].upper(), "", *_wrap(part["who"]), ""]
        for count, paragraph in enumerate(part["paragraphs"], 1):
            lines += [*_wrap(paragraph.format(tool=tool, copies=_counted(copies)), f"{count}. ", "   "), ""]
        lines += [*_wrap(part["oath"]), "", *_signed()]
    lines += ["", "=" * WIDTH, "", "SCHEDULE OF COPIES", "", *(line for one in copies for line in _row(one))]
    return "\n".join(lines).rstrip() + "\n"


def _signed() -> list[str]:
    return [line for label in ("Date", "Place", "Signature", "Name", "Title and agency") for line in (f"{label + ':':<18}{BLANK}", "")]


def _row(one: TrueCopy) -> list[str]:
    pages = "" if one.pages is None else ", 1 page" if one.pages == 1 else f", {one.pages} pages"
    obtained = "; ".join(f"obtained on {long_date(p.obtained_on)}" for p in one.provenance if p.obtained_on)
    return [f"{one.number}  {one.shown_name}", f"    SHA-256 {one.sha256}", f"    {len(one.data):,} bytes{pages}" + (f"; {obtained}" if obtained else ""), ""]


def _counted(copies: Sequence[TrueCopy]) -> str:
    if not copies:
        return "no file"
    return f"the file numbered {copies[0].number}" if len(copies) == 1 else f"the {len(copies)} files numbered {copies[0].number} through {copies[-1].number}"


def _wrap(words: str, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(" ".join(words.split()), WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)
