"""What a file is, decided from its bytes; a name that says otherwise is a reason to refuse, since someone has mixed something up."""

from __future__ import annotations

import re
from pathlib import PurePath

from lineage.errors import RefusedError
from lineage.guard import Limits
from lineage.pages import package

PDF, HTML, TEXT, CSV = "application/pdf", "text/html", "text/plain", "text/csv"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_SUFFIXES = {".pdf": PDF, ".htm": HTML, ".html": HTML, ".xhtml": HTML, ".txt": TEXT, ".text": TEXT, ".docx": WORD, ".csv": CSV, ".tsv": CSV}
_SPOKEN = {PDF: "PDF", HTML: "HTML", TEXT: "plain text", WORD: "a Word document", CSV: "a table of text (CSV)"}
# Signatures that make a refusal more helpful: the file is named for what it is.
_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"PK\x03\x04", "a ZIP archive or an office document that is no Word document (ODT, XLSX)"),
    (b"\xd0\xcf\x11\xe0", "an old office document (DOC, XLS)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_HTML_START = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAG = re.compile(rb"</?(?:div|p|table|h[1-6]|ul|ol|span|br|title|meta)\b[^<>]*>", re.I)
_ENTITY = re.compile(rb"<!ENTITY\b", re.I)
_XML_START = re.compile(rb"\s*<(?:\?xml|!doctype)\b", re.I)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_UNDEFINED_1252 = b"\x81\x8d\x8f\x90\x9d"
_ODD = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x02\x1f")  # U+0002 and U+001F are broken words


def of(data: bytes, name: str) -> str:
    """``PDF``, ``HTML``, ``TEXT``, ``CSV`` or ``WORD``. Raises :class:`RefusedError` (``pages.empty``, ``pages.binary``, ``pages.misnamed``,
    ``pages.encrypted``, ``pages.entity-bomb``)."""
    if not data.strip(b"\0 \t\r\n\f"):
        raise RefusedError(f"{name} is empty: it holds no words.", hint="Fetch it again; the copy may have broken off.", code="pages.empty")
    said = _SUFFIXES.get(PurePath(name).suffix.lower())
    if data.startswith(_OLE):
        raise _old_office(data, name)
    found = _found(data, said)
    if found is None and said not in (PDF, WORD):
        raise RefusedError(
            f"{name} is {_named(data)}, not text; nothing can be read from it without guessing.",
            hint="Give the order as PDF, Word (.docx), HTML or plain text.",
            code="pages.binary",
        )
    if said == CSV and found == TEXT:
        return CSV  # nothing but its name tells a table of commas from prose
    if said is not None and found != said:
        actual = _SPOKEN[found] if found else _named(data)
        raise RefusedError(
            f"The name of {name} says {_SPOKEN[said]}, but its bytes are {actual}; "
            "one of the two is a mistake, and the wrong paper may have been saved.",
            hint="Check where the file came from, then rename it for what it is.",
            code="pages.misnamed",
        )
    assert found is not None
    return found


def too_large(name: str, size: int, limits: Limits) -> RefusedError:
    """The refusal of a file above the limit of bytes."""
    return RefusedError(
        f"{name} has {size:,} bytes; more than {limits.max_bytes:,} are not read, so that one file cannot use up the machine.",
        hint="Split it into parts.",
        code="pages.too-large",
    )


def _old_office(data: bytes, name: str) -> RefusedError:
    """The refusal of a file in the container of old office programs, which also locked files have."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return RefusedError(
            f"{name} is locked with a password, so nothing was read from it.", hint="Open it with its password and save it without.", code="pages.encrypted"
        )
    which = "an old Word document (.doc)" if "WordDocument".encode("utf-16-le") in data else "an old office document (DOC, XLS)"
    return RefusedError(
        f"{name} is {which}, whose words cannot be read without guessing.", hint="Open it and save it as .docx or PDF, then give that.", code="pages.binary"
    )


def decode(data: bytes) -> tuple[str, str]:
    """The characters of text bytes and the encoding they were read in: UTF-16 with a mark, UTF-8, else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), "utf-16"
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "windows-1252"


def _found(data: bytes, said: str | None) -> str | None:
    at = data.find(b"%PDF-", 0, 1024 + 5)
    # Prose may speak of "%PDF-"; a real file with junk before the header still has objects.
    if at == 0 or (at > 0 and (b"endobj" in data or said == PDF)):
        return PDF
    if data.startswith(b"PK") and package.is_word(data):
        return WORD
    if any(data.startswith(magic) for magic, _ in _MAGIC):
        return None
    sample = _levelled(data)
    if sample is None:
        return None
    if _HTML_START.match(sample[:65536]):
        return HTML
    if _XML_START.match(sample[:1024]):
        _refuse_entities(sample)
        return HTML if said == HTML and _TAG.search(sample) else None
    return HTML if said == HTML and _TAG.search(sample) else TEXT


def _refuse_entities(data: bytes) -> None:
    if _ENTITY.search(data):
        raise entity_bomb()


def entity_bomb() -> RefusedError:
    """The refusal of mark-up that declares entities of its own."""
    return RefusedError(
        "The file declares entities of its own, with which a few bytes can stand for millions or for other files; none is opened.",
        hint="Save the page again from a browser.",
        code="pages.entity-bomb",
    )


def _levelled(data: bytes) -> bytes | None:
    """The bytes as UTF-8 or Windows-1252 if they are text, else None."""
    if data[:2] in _BOMS[1:]:
        try:
            return data.decode("utf-16").encode()
        except UnicodeDecodeError:
            return None
    if b"\0" in data:
        return None
    odd = len(data) - len(data.translate(None, _ODD))
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None if odd or len(data.translate(None, _UNDEFINED_1252)) < len(data) else data
    # A hundredth of stray control marks still is text (words copied out of a PDF carry U+0002).
    return None if odd * 100 > len(data) else data.removeprefix(_BOMS[0])


def _named(data: bytes) -> str:
    if _XML_START.match(data[:1024]):
        return "XML"
    return next((spoken for magic, spoken in _MAGIC if data.startswith(magic)), "binary")
