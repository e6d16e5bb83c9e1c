"""How much a PDF would unpack to, counted before any reader sees it: a few bytes can stand for gigabytes, or for forms within forms
without end."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from lineage.errors import RefusedError

if TYPE_CHECKING:
    from lineage.guard import Limits

_STREAM = re.compile(rb"stream\r?\n")
_FILTERS = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode|RunLengthDecode|ASCII85Decode|A85|ASCIIHexDecode|AHx)\b")
_DRAWN = re.compile(rb"/[^\s/\[\]()<>]+\s+Do\b")
_COUNT = re.compile(rb"/Count\s+(\d{4,12})\b")
KIDS = 1 << 16  # a list of pages is seldom longer
_CHUNK = 1 << 20
_SIP = 1 << 14  # most streams are shorter; what is given beyond the end of one is copied for nothing
NESTED_FORMS = 12  # so many forms that each draw several others need not be honest
HEAD = 2048  # a stream's dictionary stands this near before it


def suspicious(data: bytes, name: str, limits: Limits) -> bool:
    """Whether the PDF is better read in a process apart: it unpacks to more than ``limits.calm_bytes``, packs a stream twice or by rare
    means into much, or
    draws forms within forms. Raises :class:`RefusedError` with ``pages.too-large`` where one stream or all unpack beyond the limits."""
    total = nested = 0
    odd = False
    for match in _STREAM.finditer(data):
        if data[max(match.start() - 3, 0) : match.start()] == b"end":
            continue
        head = data[max(match.start() - HEAD, 0) : match.start()]
        head = head[head.rfind(b" obj") + 1 :]
        filters = _FILTERS.findall(head)
        odd = odd or len(filters) > 1 or b"LZWDecode" in head or b"RunLength" in head
        size, several = _unpacked(data, match.end(), limits.max_stream_bytes, form=b"/Form" in head)
        nested += several
        total += size
        if size > limits.max_stream_bytes or total > limits.max_unpacked_bytes:
            raise RefusedError(
                f"{name} unpacks from {len(data):,} bytes to more than {limits.max_stream_bytes:,}; "
                "a file like that is built to use up the machine.",
                hint="Print the document to a new PDF and give that instead.",
                code="pages.too-large",
            )
    return total > limits.calm_bytes or nested >= NESTED_FORMS or (odd and len(data) > limits.calm_bytes // 64)


def declared_pages(data: bytes) -> int:
    """The most pages that any page tree in the open claims to hold; a reader may believe it or count for itself."""
    most = 0
    for match in _COUNT.finditer(data):
        begin = data.rfind(b"<<", max(match.start() - KIDS, 0), match.start())
        if begin >= 0 and (
            b"/Kids" in data[begin : match.start()] or b"/Kids" in data[match.end() : match.end() + HEAD].partition(b">>")[0]
        ):
            most = max(most, int(match[1]))
    return most


def _unpacked(data: bytes, at: int, most: int, *, form: bool) -> tuple[int, bool]:
    """The unpacked size of the stream at ``at`` (0 where it is not packed by deflate), and whether it is a form that draws several
    others."""
    if data[at : at + 1] not in (b"\x78", b"\x68", b"\x58", b"\x48", b"\x38", b"\x28", b"\x18", b"\x08"):
        end = data.find(b"endstream", at)
        return 0, form and len(_DRAWN.findall(data, at, end)) > 1
    packed = zlib.decompressobj()
    size, several, view = 0, False, memoryview(data)
    fed = _CHUNK if form else _SIP  # of a form as much is looked at as can be
    try:
        part = packed.decompress(view[at : at + fed], _CHUNK)
        several = form and len(_DRAWN.findall(part)) > 1
        following = at + fed
        while part and size <= most:
            size += len(part)
            if packed.eof:
                break
            rest = packed.unconsumed_tail
            if not rest and following < len(data):
                rest = bytes(view[following : following + fed])
                following += fed
            part = packed.decompress(rest, _CHUNK)
    except zlib.error:
        pass
    return size, several
