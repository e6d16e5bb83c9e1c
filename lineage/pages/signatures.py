"""Digital signatures of a PDF: who signed in which box, and when. Only the fields are read; whether a signature is valid is not tested.

The day stands in the signature itself (PDF 32000-1, 12.8.1, key M), and the page shows it in a picture that has no text of its own.
"""

from __future__ import annotations

import io
import re
from typing import Any

from lineage.model import Box

MOMENT = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:([+-])(\d\d)'?(\d\d)?'?)?")
MOST_MARKS = 5_000  # annotations of a page that are looked at
MOST_PAGES = 200  # of a paper with signatures; of a longer one they are not read, and that is said


def signed(data: bytes, pages: int) -> tuple[dict[int, list[tuple[Box, str]]], str]:
    """By page: the box of each signature that was made (PDF points from the bottom left), and its words as such boxes show them:
    ``Digitally signed by NAME Date: 2020.08.07 13:49:23 -05'00'``; and why some may be missing, empty where none is.
    """
    if pages > MOST_PAGES:
        return {}, f"it has more than {MOST_PAGES} pages"
    import pdfplumber
    from pdfminer.pdftypes import resolve1

    found: dict[int, list[tuple[Box, str]]] = {}
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for number, page in enumerate(document.pages, 1):
                # Step by step: what a field points at may point back at it.
                for mark in map(resolve1, (resolve1(page.page_obj.annots) or [])[:MOST_MARKS]):
                    words = _words(mark) if isinstance(mark, dict) else ""
                    edges = [float(resolve1(edge)) for edge in resolve1(mark.get("Rect"))] if words else []
                    if len(edges) == 4:
                        box = (min(edges[0], edges[2]), min(edges[1], edges[3]), max(edges[0], edges[2]), max(edges[1], edges[3]))
                        found.setdefault(number, []).append((box, words))
    except Exception:  # noqa: BLE001 (whatever the other reader raises on a damaged file, its pages are read)
        return found, "its fields are damaged"
    return found, ""


def _words(annotation: dict[str, Any]) -> str:
    from pdfminer.pdftypes import resolve1

    field = resolve1(annotation.get("Parent")) or {}  # a box of a field with several boxes
    if _name(resolve1(annotation.get("FT") or field.get("FT"))) != "Sig":
        return ""
    value = resolve1(annotation.get("V") or field.get("V"))
    moment = MOMENT.match(_text(resolve1(value.get("M")))) if isinstance(value, dict) else None
    if moment is None:
        return ""
    year, month, day, hour, minute, second, sign, ahead, more = moment.groups()
    clock = f" {hour}:{minute}:{second or '00'}" if hour else " 00:00:00"
    zone = f" {sign}{ahead}'{more or '00'}'" if sign else ""
    by = _text(resolve1(value.get("Name"))).strip()
    return f"Digitally signed{f' by {by}' if by else ''} Date: {year}.{month}.{day}{clock}{zone}"


def _name(value: Any) -> str:
    return str(getattr(value, "name", value) or "").strip("/'")


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-16", "replace") if value[:2] in (b"\xfe\xff", b"\xff\xfe") else value.decode("latin-1")
    return str(value or "")
