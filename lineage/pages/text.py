"""Plain text: one line for each physical line."""

from __future__ import annotations

from lineage.errors import RefusedError
from lineage.guard import Limits
from lineage.model import Finding, Item
from lineage.pages import kind
from lineage.pages.marks import Marks
from lineage.pages.sheet import Sheet

BLANK_PT = 6.0  # a leading blank, as wide as a typewriter's


def read(data: bytes, name: str, sha256: str, limits: Limits) -> Item:
    """The item of a text file. A form feed begins a page; blank lines leave a gap in the numbering of rows; a leading blank is six points
    of ``left_pt``.

    Raises :class:`RefusedError` with ``pages.too-much-text``.
    """
    string, encoding = kind.decode(data)
    if len(string) > limits.max_chars:
        raise too_much(name, len(string), limits)
    marks = Marks()
    pages = []
    for number, part in enumerate(string.split("\f"), 1):
        sheet = Sheet(number)
        for row, raw in enumerate(part.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
            line = marks.printed(raw.expandtabs(8).replace("\u00a0", " "), number).replace("\v", " ").rstrip()
            left = len(line) - len(line.lstrip())
            sheet.add(line.lstrip(), row, left_pt=left * BLANK_PT)
        pages.append(sheet.page())
    if len(pages) > 1 and not pages[-1].lines:
        pages.pop()
    return Item(sha256, name, kind.TEXT, len(data), tuple(pages), "", (*encoding_doubt(encoding), *marks.findings()))


def too_much(name: str, count: int, limits: Limits) -> RefusedError:
    """The refusal of a file above the limit of characters."""
    return RefusedError(
        f"{name} has {count:,} characters; more than {limits.max_chars:,} are not read, so that one file cannot use up the machine.",
        hint="Split it into parts.",
        code="pages.too-much-text",
    )


def encoding_doubt(encoding: str) -> tuple[Finding, ...]:
    """The note on bytes that are no UTF-8, or nothing."""
    if encoding != "windows-1252":
        return ()
    message = (
        "The bytes are no valid UTF-8 and were read as Windows-1252; marks beyond plain English letters may stand for others. "
        "A copy saved as UTF-8 would settle it."
    )
    return (Finding("text.encoding", "note", message),)
