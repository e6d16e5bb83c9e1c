"""A rule of a manual beside what the manual's contents say of it."""

from __future__ import annotations

import re

from lineage.clauses.gathered import Gathered
from lineage.model import Block, Body, Finding, Text, evidence_of

TITLE_BLOCKS = 3  # a title stands in so many blocks at most


def title_as_listed(body: Body, out: Gathered) -> None:
    """The title where the rule's own page bears it in the words of the contents; of a manual as a whole, whose front pages bear other titles, its own."""
    number, title = body.listed
    if not title or out.title:
        return
    if not number:
        out.title = title
        return
    for n in range(min(len(body.blocks), 12)):
        for until in range(n + 1, min(n + 1 + TITLE_BLOCKS, len(body.blocks) + 1)):
            words = Text.join(_words(block) for block in body.blocks[n:until])
            if _letters(words.string) in (_letters(title.string), _letters(number.string + title.string)):
                out.title = words[len(words.string) - len(words.string.removeprefix(number.string).lstrip(" -–—.:")) :]
                out.last_block = max(out.last_block, until - 1)
                return


def hold_to_contents(body: Body, out: Gathered) -> None:
    """Number and title of the contents where the rule's own page gives none; where the two differ, the page is followed and the difference said."""
    number, title = body.listed
    if not number:
        return
    own = re.sub(r"\s+", "", out.number.string)
    out.number = out.number or _said(number)
    out.title = out.title or _said(title)
    said = [f'the number "{own}"'] if own and own != number.string else []
    said += [f'the title "{out.title.string}"'] if _letters(out.title.string) != _letters(title.string) else []
    if said:
        message = f'The contents of the manual list {number.string}, "{title.string}"; the page itself gives {" and ".join(said)}. The page is followed; a person should look.'
        out.findings.append(Finding("manual.contents-differ", "note", message, evidence_of(out.number, body.item, "heading.number") or evidence_of(out.title, body.item, "heading.title")))


def _words(block: Block) -> Text:
    return Text.join((block.marker, block.text))


def _said(words: Text) -> Text:
    """Words of the contents, which stand on none of the rule's own pages."""
    return Text(words.string, ((0, None, 0),))


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words)).lower()
