"""The fields of one label, looked for in the bytes of a document of ours: a whole library is asked for a label that few papers have, and parsing every document for it would take minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_TAG = re.compile(r"<[^>]+>")


def stated(data: bytes, label: str) -> Iterator[tuple[str, int]]:
    """Each value that a field of this label has, as written, with the page (from 1) on which it begins. ``data`` is a document as ``write`` makes it; nothing where it has no such field."""
    sign = f'pl:field="{label}">'.encode()
    if sign not in data:
        return
    for match in re.finditer(rb'<p eId="(?P<eid>[^"]+)" ' + re.escape(sign) + rb"(?P<value>.*?)</p>", data, re.DOTALL):
        origin = re.search(rb'<pl:origin of="#' + re.escape(match["eid"]) + rb'"[^>]*? page="(?P<page>\d+)"', data)
        yield unescape(_TAG.sub("", match["value"].decode("utf-8"))).strip(), int(origin["page"]) if origin else 1
