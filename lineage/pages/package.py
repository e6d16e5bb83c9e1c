"""The package that a Word file is: a ZIP archive of parts, looked over before any reader opens it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lineage.errors import RefusedError
from lineage.guard import parse_xml

if TYPE_CHECKING:
    from lineage.guard import Limits

CONTENTS = "[Content_Types].xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MOST_PARTS = 5_000  # a long manual with a picture on each page has fewer
_STRICT = b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
_UNSOUND = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, UnicodeError, ValueError)


def is_word(data: bytes) -> bool:
    """Whether the bytes are a ZIP archive that says that it holds a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except _UNSOUND:
        return data.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in data[:4096] and b"word/" in data
    return CONTENTS in names and any(name.startswith("word/") for name in names)


def examine(data: bytes, name: str, limits: Limits) -> int:
    """The unpacked size of a package whose parts are sound. Every part that the package calls XML was parsed by the guard: none declares a document type.

    Raises :class:`RefusedError` with ``pages.damaged``, ``pages.encrypted``, ``pages.macros``, ``pages.too-large`` or ``pages.entity-bomb``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = _countable(archive, name, limits)
            types = archive.read(CONTENTS)
            _kind(types, archive.namelist(), name)
            _refuse_strict(archive, name)
            for part in _xml_parts(archive, _safe(types, CONTENTS, name)):
                _safe(archive.read(part), part, name)
    except _UNSOUND as fault:
        raise damaged(name, str(fault) or type(fault).__name__) from None
    except KeyError:
        raise damaged(name, f"it has no part {CONTENTS}") from None
    return size


def damaged(name: str, what: str) -> RefusedError:
    """The refusal of a package that cannot be opened."""
    return RefusedError(
        f"{name} is a Word file whose parts cannot be read: {what}. Nothing of it is kept, since half a document would answer wrongly.",
        hint="Open it in Word, let it be repaired, look it over, and save it again as .docx or PDF.",
        code="pages.damaged",
    )


def _countable(archive: zipfile.ZipFile, name: str, limits: Limits) -> int:
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if len(names) != len(set(names)):
        raise damaged(name, "two of its parts have one name, and two programs could show two different texts")
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedError(
            f"{name} is locked with a password, so nothing was read from it.", hint="Open it with its password and save it without.", code="pages.encrypted"
        )
    size = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or size > limits.max_unpacked_bytes or any(part.file_size > limits.max_stream_bytes for part in parts):
        raise RefusedError(
            f"{name} unpacks from {archive.start_dir:,} bytes to {size:,} in {len(parts):,} parts; a file like that is built to use up the machine.",
            hint="Save the document again from Word, or print it to a PDF.",
            code="pages.too-large",
        )
    return size


def _kind(types: bytes, names: list[str], name: str) -> None:
    if b"macroEnabled" in types or any("vbaproject" in part.lower() for part in names):
        raise RefusedError(
            f"{name} carries macros, which can change its words each time it is opened; what it said when it was issued cannot be told from it.",
            hint="Open it in Word without running macros and save it as .docx or PDF.",
            code="pages.macros",
        )
    if MAIN.encode() not in types:
        raise RefusedError(
            f"{name} is an office file of another kind than a Word document (a template, a sheet, slides), so its words were not read.",
            hint="Open it and save it as .docx or PDF.",
            code="pages.binary",
        )


def _refuse_strict(archive: zipfile.ZipFile, name: str) -> None:
    if "_rels/.rels" in archive.namelist() and _STRICT in archive.read("_rels/.rels"):
        raise RefusedError(
            f"{name} is in the strict form of Word files, whose names differ from the usual one and are not read here.",
            hint='In Word, choose Save As and "Word Document (.docx)" instead of "Strict Open XML Document", or save a PDF.',
            code="pages.binary",
        )


def _xml_parts(archive: zipfile.ZipFile, types: object) -> Iterator[str]:
    """The parts that a reader would parse: those that end like XML, and those that the package calls XML."""
    endings, called = {".xml", ".rels"}, set()
    for entry in types:  # type: ignore[attr-defined]
        if str(entry.get("ContentType", "")).lower().endswith("xml"):
            if entry.get("Extension"):
                endings.add("." + entry.get("Extension").lower())
            called.add(str(entry.get("PartName", "")).lower().lstrip("/"))
    for part in archive.namelist():
        low = part.lower()
        if low != CONTENTS.lower() and (low in called or low.endswith(tuple(endings))):
            yield part


def _safe(part: bytes, at: str, name: str) -> object:
    """The root of a part. A few bytes that stand for millions, or for other files, are refused."""
    try:
        return parse_xml(part)
    except RefusedError as refusal:
        if refusal.code != "xml.doctype" and not re.search(rb"<!(?:ENTITY|DOCTYPE)", part.replace(b"\0", b"")):
            raise damaged(name, f"{at}: {refusal.message}") from None
    raise RefusedError(
        f"{name} declares a document type in its part {at}, with which a few bytes can stand for millions or for other files; Word never writes one.",
        hint="Save the document again from Word.",
        code="pages.entity-bomb",
    )
