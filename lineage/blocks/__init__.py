"""Pages become blocks: paragraph-like units, each body or furniture.

Nothing is deleted. Stamps, running heads and feet, page numbers, letterhead, signatures and marks of the form become furniture with a reason; a sentence cut by a
page break is joined again, a word broken at a line's end where the document shows that it is one; text without any line break is cut at headings, bullets and definitions.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise

from msgspec.structs import replace

from lineage.blocks.furniture import Marked, collect, sort_lines
from lineage.blocks.hyphens import Breaks, Words
from lineage.blocks.manual import Portion, manual_title, portions
from lineage.blocks.panel import place, read_panel
from lineage.blocks.paragraphs import paragraphs
from lineage.blocks.running import is_unbroken, unroll
from lineage.model import Block, Body, Finding, Item, Line, portion_id
from lineage.profiles import Profile

__all__ = ["assemble", "divide"]


def assemble(item: Item, profile: Profile) -> Body:
    """The blocks of the item in reading order and its furniture.

    ``pages`` of the result is the number of pages: those of the item, or those that its running heads count where it is one stretch of text.
    """
    lines = [line for page in item.pages for line in page.lines]
    breaks = Breaks(Words(lines), item.sha256)
    if item.media_type in ("text/plain", "text/html") and is_unbroken(lines):
        blocks, marked, pages = unroll(lines, profile)
    else:
        fields, taken = read_panel(lines, profile)
        body, marked, pages = sort_lines(item, profile, taken)
        blocks = _blocks(fields, body, item, profile, breaks)
    return Body(item.sha256, item.name, item.title, tuple(blocks), collect(marked, item.sha256), pages, findings=breaks.findings())


def divide(item: Item, profile: Profile) -> tuple[list[Body], list[Finding]]:
    """The item as one body; or, where it is a whole manual, what stands outside its rules and then each rule as a body of its own, in the order of the contents.

    The findings name what the contents list and the pages do not show.
    """
    lines = [line for page in item.pages for line in page.lines]
    rules, findings = portions(item, lines)
    if not rules:
        return [assemble(item, profile)], []
    panels = [read_panel(lines[rule.first : rule.last], profile) for rule in rules]
    body, marked, _ = sort_lines(item, profile, {place for _, taken in panels for place in taken})
    shares = _shared_out(rules, lines, body, marked)
    words = Words(lines)
    whole = _portion(item, 0, shares[0], [], profile, Portion(manual_title(lines), 0, len(lines)), words)
    rest = [_portion(item, n, shares[n], panels[n - 1][0], profile, rule, words) for n, rule in enumerate(rules, 1)]
    return [replace(whole, item=item.sha256, pages=len(item.pages)), *rest], findings


def _shared_out(rules: list[Portion], lines: list[Line], body: list[Line], marked: list[Marked]) -> list[tuple[list[Line], list[Marked]]]:
    """Body lines and furniture of each portion; those of none stand first."""
    edges: list[tuple[int, int]] = []
    owner: list[int] = []
    for n, rule in enumerate(rules, 1):
        if edges and edges[-1] == _at(lines[rule.first]):
            owner[-1] = n
        else:
            edges.append(_at(lines[rule.first]))
            owner.append(n)
        if rule.last < len(lines):
            edges.append(_at(lines[rule.last]))
            owner.append(0)
    shares: list[tuple[list[Line], list[Marked]]] = [([], []) for _ in range(len(rules) + 1)]
    cuts = [0, *(bisect_left(body, edge, key=_at) for edge in edges), len(body)]  # the lines stand in the order of the pages
    for whose, (begin, end) in zip([0, *owner], pairwise(cuts), strict=True):
        shares[whose][0].extend(body[begin:end])
    for mark in marked:
        first = next(iter(mark.text.lines()))
        at = bisect_right(edges, _at(first)) - 1
        shares[owner[at] if at >= 0 else 0][1].append(mark)
    return shares


def _at(line: Line) -> tuple[int, int]:
    return line.page, line.start


def _portion(item: Item, number: int, share: tuple[list[Line], list[Marked]], fields: list[Block], profile: Profile, rule: Portion, words: Words) -> Body:
    body, marked = share
    name = portion_id(item.sha256, number)
    breaks = Breaks(words, name if number else item.sha256)
    blocks = _blocks(fields, body, item, profile, breaks)
    lines = words.lines
    first, last = lines[rule.first].page, lines[rule.last - 1].page
    return Body(name, item.name, "", tuple(blocks), collect(marked, name if number else item.sha256), last - first + 1, first, (rule.entry.number, rule.entry.title), breaks.findings())


def _blocks(fields: list[Block], body: list[Line], item: Item, profile: Profile, breaks: Breaks) -> list[Block]:
    return place(fields, paragraphs(body, profile, breaks, laid_out=item.media_type == "application/pdf", flowing=item.media_type == "text/plain"))
