"""What HTML elements mean: which are blocks, which are hidden, bold or indented; and how the bytes are parsed safely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lineage.errors import RefusedError
from lineage.model import Finding
from lineage.pages import kind

if TYPE_CHECKING:
    from lineage.pages.html import Flow, Place

BLOCKS = frozenset(
    [
        "html",
        "body",
        "div",
        "p",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "nav",
        "aside",
        "address",
        "blockquote",
        "center",
        "dd",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "figcaption",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "pre",
        "ul",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "details",
        "summary",
        "legend",
        "menu",
        "dir",
    ]
)
HEADING = re.compile(r"h[1-6]$")
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "head",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "select",
        "option",
        "datalist",
        "button",
        "map",
    ]
)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,2000}\[", re.I)
_ENTITY = re.compile(r"<!ENTITY\b", re.I)
_CHARSET = re.compile(rb"""<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HEAVY = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.I)
_LEFT = re.compile(r"(?:margin|padding)-left\s*:\s*(-?\d{1,4}(?:\.\d{1,4})?)\s*(in|pt|px|em|rem|cm|mm)?", re.I)
_POINTS = {"in": 72.0, "pt": 1.0, "px": 0.75, "em": 12.0, "rem": 12.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "": 0.75}
# Web standards read Latin-1 as Windows-1252, of which it is a part.
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "iso-8859-15": "iso-8859-15",
    "macintosh": "mac-roman",
    "utf-16": "utf-16",
}
MAX_DEPTH = 400
MAX_SPAN = 1000  # columns or rows that one cell holds


def decode(data: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Characters and what is doubtful about their encoding: marks at the start, then what the page declares if it fits, else what the
    bytes allow."""
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii").lower() if declared else ""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and not data.startswith(b"\xef\xbb\xbf"):
        encoding = _ENCODINGS.get(name, "")
        if encoding and encoding != "utf-16":
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError:
                pass
    string, encoding = kind.decode(data)
    if encoding != "windows-1252" and (not name or _ENCODINGS.get(name) == encoding):
        return string, ()
    said = f"declares the encoding {name}" if name else "declares no encoding"
    message = f"The page {said} and was read as {encoding}; marks beyond plain letters may stand for others."
    return string, (Finding("text.encoding", "note", message),)


def parse(string: str, name: str) -> Any:
    """The root element, parsed without network, entities of its own or help from the file."""
    from lxml import etree

    if _ENTITY.search(string) or _DOCTYPE.search(string[:8192]):
        raise kind.entity_bomb()
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    root = etree.fromstring(string.encode("utf-8", "replace"), parser)
    if root is None or any("depth" in entry.message.lower() for entry in parser.error_log) or _deep(root):
        raise RefusedError(
            f"{name} nests its elements beyond what any page needs (or has none at all); "
            "read in part, it would be missing text without a word.",
            hint="Save the page again from a browser.",
            code="pages.damaged",
        )
    return root


def _deep(root: Any) -> bool:
    from lxml import etree

    depth = most = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        most = max(most, depth)
    return most > MAX_DEPTH


def hidden(element: Any) -> bool:
    """Whether a browser without scripts would not show it."""
    if element.tag in _SKIPPED or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style and _NONE.search(style))


def bold(element: Any) -> bool:
    """Whether it makes its words bold."""
    if element.tag in ("b", "strong") or HEADING.match(element.tag):
        return True
    style = element.get("style")
    return bool(style and _HEAVY.search(style))


def indent_pt(element: Any) -> float:
    """How far its style moves it to the right, in points; half an inch is 36."""
    style = element.get("style")
    if not style:
        return 0.0
    return sum(float(size) * _POINTS[(unit or "").lower()] for size, unit in _LEFT.findall(style))


def span(cell: Any, name: str) -> int:
    """How many columns or rows a cell holds; at most a thousand, as in browsers."""
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def rows(table: Any, place: Place, flow: Flow) -> Iterator[Any]:
    """The table's own rows in order; words that stand outside any row (a caption) are put as lines of their own."""
    from lineage.pages.html import _walk

    for child in table:
        if not isinstance(child.tag, str) or hidden(child):
            continue
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from rows(child, place, flow)
        elif child.tag not in ("col", "colgroup"):
            _walk(child, place, flow)
