"""What the room ``blocks`` makes: paragraph-like units, each body or furniture."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from lineage.model.finding import Evidence, Finding
from lineage.model.text import Text

FurnitureKind = Literal["stamp", "head", "foot", "page-number", "signature", "form", "letterhead"]
FURNITURE_KINDS: tuple[FurnitureKind, ...] = ("stamp", "head", "foot", "page-number", "signature", "form", "letterhead")


class Block(Struct, frozen=True):
    """A paragraph, a heading, a list item, a label with its value, a table row: what belongs together on the page.

    ``hint`` is ``heading``, ``item``, ``definition``, ``field`` (label and value), ``row`` (of a table), ``title`` or nothing; ``marker`` the printed marker where the
    layout sets it apart ("A.", "•"). ``left_pt`` is the left edge of the words; ``bold`` and ``size_pt`` those of most of its characters. ``table`` numbers the table of a row.
    """

    text: Text
    hint: str = ""
    marker: Text = Text()
    left_pt: float = 0.0
    bold: bool = False
    size_pt: float = 0.0
    table: int | None = None
    cells: tuple[Text, ...] = ()


class Furniture(Struct, frozen=True):
    """What stands on the pages and is no part of the rule: nothing is deleted, each piece is kept with its reason. The same words on several pages are one piece."""

    kind: FurnitureKind
    text: str
    pages: tuple[int, ...]
    reason: str
    evidence: tuple[Evidence, ...]
    texts: tuple[Text, ...] = ()


class Body(Struct, frozen=True):
    """All blocks of an item in reading order, its furniture, and what is doubtful about them. ``pages`` is the number of pages, counted from running heads where only the text has them.

    A rule of a manual is an item of its own: ``first_page`` is the page of the file on which it begins, ``listed`` its number and title in the manual's contents.
    """

    item: str
    name: str
    title: str
    blocks: tuple[Block, ...]
    furniture: tuple[Furniture, ...]
    pages: int
    first_page: int = 1
    listed: tuple[Text, Text] = (Text(), Text())
    findings: tuple[Finding, ...] = ()
