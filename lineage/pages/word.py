"""Word files (.docx): one page of lines, block by block and cell by cell, as Word shows them with their automatic numbering. Where a page ends is not in the file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from lineage.errors import RefusedError
from lineage.guard import Limits
from lineage.model import Item
from lineage.pages import kind, package, remarks
from lineage.pages.marks import Marks
from lineage.pages.names import R, W, switch
from lineage.pages.numbering import Numbering
from lineage.pages.runs import Runs
from lineage.pages.sheet import Sheet
from lineage.pages.story import EDGE_PT, Spot, Story
from lineage.pages.styles import Styles
from lineage.pages.text import too_much
from lineage.pages.tracked import refuse_pending


def read(data: bytes, name: str, sha256: str, limits: Limits) -> Item:
    """The item of a Word file: one page, no boxes. Markers of lists are lines of their own that share a row with their words, as in a table's cells; heads, feet,
    comments, hidden words and fields that change have hints of their own. What is linked from outside is never fetched.

    Raises :class:`RefusedError` with ``pages.tracked-changes``, ``pages.macros``, ``pages.encrypted``, ``pages.damaged``, ``pages.entity-bomb``, ``pages.too-large``,
    ``pages.too-much-text``, ``pages.needs-ocr`` or ``pages.empty``.
    """
    size = package.examine(data, name, limits)
    if size > limits.calm_bytes:
        from lineage import guard

        item: Item = guard.run_apart(
            "lineage.pages.word:read_here", data, name, sha256, limits, seconds=limits.max_seconds, memory_bytes=limits.max_memory_bytes
        )
        return item
    return read_here(data, name, sha256, limits)


def read_here(data: bytes, name: str, sha256: str, limits: Limits) -> Item:
    """The same, in this process, of a package that was examined."""
    parts = _Parts(data, name)
    refuse_pending(parts.stories(), name)
    story = _told(parts)
    if story.sheet.at > limits.max_chars:
        raise too_much(name, story.sheet.at, limits)
    if not story.sheet.lines:
        raise _no_words(name, story.runs.images)
    title = " ".join((parts.document.core_properties.title or "").split())
    findings = (*remarks.findings(story, len(parts.comments())), *story.marks.findings())
    return Item(sha256, name, kind.WORD, len(data), (story.sheet.page(images=story.runs.images),), title, findings)


def _told(parts: _Parts) -> Story:
    """Heads, body, feet and comments, in this order, on one sheet."""
    lists = Numbering(parts.root("numbering"))
    styles = Styles(parts.root("styles"), lists)
    lists.styles = styles
    story = Story(Sheet(1), styles, lists, Runs(styles), Marks(), parts.note)
    heads, feet = parts.running("header"), parts.running("footer")
    for head in heads:
        story.tell(head, Spot(hint="head"))
    story.tell(parts.body, Spot(EDGE_PT))
    for foot in feet:
        story.tell(foot, Spot(hint="foot"))
    for comment in parts.comments():
        story.tell(comment, Spot(hint="comment"))
    return story


class _Parts:
    """The parts of one document, as python-docx finds them by their relationships."""

    def __init__(self, data: bytes, name: str) -> None:
        import docx
        from docx.opc.exceptions import OpcError
        from lxml.etree import LxmlError

        try:
            self.document: Any = docx.Document(io.BytesIO(data))
            self.body: Any = self.document.element.body
            self.related: dict[str, Any] = {r.reltype.rsplit("/", 1)[-1]: r.target_part for r in self.document.part.rels.values() if not r.is_external}
        except (KeyError, ValueError, AttributeError, TypeError, IndexError, OSError, RecursionError, OpcError, LxmlError) as fault:
            raise package.damaged(name, f"{type(fault).__name__} {fault}".strip()) from None
        if self.body is None:
            raise package.damaged(name, "it has no body")
        self.name = name
        self._parsed: dict[str, Any] = {}
        self._notes: dict[str, dict[str, Any]] = {}

    def root(self, sort: str) -> Any:
        """The root of the part of this sort that the document names; None where it names none."""
        return self._root_of(self.related.get(sort))

    def _root_of(self, part: Any) -> Any:
        """The root of a part; one that python-docx keeps as bytes is parsed by the guard, once."""
        if part is None:
            return None
        element = getattr(part, "element", None)
        if element is None and part.partname not in self._parsed:
            from lineage.guard import parse_xml

            try:
                self._parsed[part.partname] = parse_xml(part.blob)
            except RefusedError as refusal:
                raise package.damaged(self.name, f"{part.partname}: {refusal.message}") from None
        return self._parsed[part.partname] if element is None else element

    def note(self, sort: str, name: str) -> Any:
        """A foot- or endnote by its name; None where there is none."""
        if sort not in self._notes:
            root = self.root(f"{sort}s")
            found = () if root is None else root.findall(W + sort)
            self._notes[sort] = {n.get(W + "id", ""): n for n in found if n.get(W + "type") in (None, "normal")}
        return self._notes[sort].get(name)

    def comments(self) -> list[Any]:
        """The remarks of readers."""
        root = self.root("comments")
        return [] if root is None else root.findall(W + "comment")

    def running(self, sort: str) -> list[Any]:
        """The heads or feet that Word prints on some page, each once, in the order of the sections."""
        even = switch(self.root("settings"), "evenAndOddHeaders")
        found: list[Any] = []
        for section in self.body.iter(W + "sectPr"):
            if any(above.tag == W + "sectPrChange" for above in section.iterancestors()):
                continue
            first = switch(section, "titlePg")
            wanted = [kept for kept, on in (("first", first), ("default", True), ("even", even)) if on]
            for kept in wanted:
                for reference in section.findall(f"{W}{sort}Reference"):
                    if reference.get(W + "type", "default") != kept:
                        continue
                    root = self._root_of(self.document.part.related_parts.get(reference.get(R + "id")))
                    if root is not None and root not in found:
                        found.append(root)
        return found

    def stories(self) -> Iterator[tuple[str, Any]]:
        """Everything that is printed, with the name of its place."""
        yield "the body", self.body
        for sort, place in (("header", "a head of the pages"), ("footer", "a foot of the pages")):
            for root in self.running(sort):
                yield place, root
        for sort, place in (("footnotes", "the footnotes"), ("endnotes", "the endnotes")):
            root = self.root(sort)
            if root is not None:
                yield place, root


def _no_words(name: str, images: int) -> RefusedError:
    if images:
        return RefusedError(
            f"{name} is a Word file that holds {images} picture{'s' if images > 1 else ''} and no words: it needs OCR. A picture of words answers no question.",
            hint="Print it to a PDF, run OCR over that (for example ocrmypdf), and give the searchable PDF.",
            code="pages.needs-ocr",
        )
    return RefusedError(f"{name} is a Word file without words.", hint="Check that it is the file that you meant.", code="pages.empty")
