"""Pages become blocks: paragraph-like units, each body or furniture.

Nothing is deleted. Stamps, running heads and feet, page numbers, letterhead, signatures and marks of the form become furniture with a reason; a sentence cut by a
page break is joined again; text without any line break is cut at headings, bullets and definitions.
"""

from __future__ import annotations

from lineage.blocks.furniture import collect, sort_lines
from lineage.blocks.panel import place, read_panel
from lineage.blocks.paragraphs import paragraphs
from lineage.blocks.running import is_unbroken, unroll
from lineage.model import Body, Item
from lineage.profiles import Profile

__all__ = ["assemble"]


def assemble(item: Item, profile: Profile) -> Body:
    """The blocks of the item in reading order and its furniture.

    ``pages`` of the result is the number of pages: those of the item, or those that its running heads count where it is one stretch of text.
    """
    lines = [line for page in item.pages for line in page.lines]
    if item.media_type in ("text/plain", "text/html") and is_unbroken(lines):
        blocks, marked, pages = unroll(lines, profile)
    else:
        fields, taken = read_panel(lines, profile)
        body, marked, pages = sort_lines(item, profile, taken)
        blocks = place(fields, paragraphs(body, profile, laid_out=item.media_type == "application/pdf", flowing=item.media_type == "text/plain"))
    return Body(item.sha256, item.name, item.title, tuple(blocks), collect(marked, item.sha256), pages)
