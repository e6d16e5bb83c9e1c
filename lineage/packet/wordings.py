"""Words from papers and people as they may stand in a packet: in the names of its files, in a table that a spreadsheet opens, on a page."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from lineage.rendering.visible import visible

LONGEST = 100  # characters of a file's name after its number; some systems take no path over 260


def file_name(name: str) -> str:
    """A name that every system takes: letters, digits, points, hyphens and low lines.

    >>> file_name("Social Media (2019).pdf"), file_name("../..\\\\evil"), file_name("…")
    ('Social-Media-2019.pdf', 'evil', 'file')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem, point, ending = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-._").rpartition(".")
    if not point or len(ending) > 8:
        stem, ending = stem + point + ending, ""
    stem = re.sub(r"-*\.[-.]*|-{2,}", lambda found: "." if "." in found[0] else "-", stem)[:LONGEST].strip("-._")
    return f"{stem or 'file'}.{ending}" if ending else stem or "file"


def cell(value: str) -> str:
    """A cell of a table of commas. A spreadsheet would reckon with one that begins like a formula, so that one gets an apostrophe at its head.

    >>> cell("=1+1"), cell("a-b")
    ("'=1+1", 'a-b')
    """
    value = visible(value)
    return f"'{value}" if value[:1] in ("=", "+", "-", "@") else value


def visible_in(value: Any) -> Any:
    """A value of JSON with all its words made visible."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [visible_in(one) for one in value]
    if isinstance(value, dict):
        return {name: visible_in(one) for name, one in value.items()}
    return value
