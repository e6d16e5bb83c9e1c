"""A whole manual in one file: which of its pages are which rule, by the numbered lines of its own contents.

A numbered line of the contents names a rule with a life of its own; a line without a number (a chapter, a preface) only ends the rule before it. Each is looked for
where the contents say that it begins; what is not found there is said, and its words stay with what stands before them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator

from msgspec import Struct

from lineage.model import Finding, Item, Line, Text, evidence_of

LEAST_PAGES, LEAST_ENTRIES, LEAST_FOUND = 20, 10, 0.8  # a shorter list is the table of one order's own sections
CONTENTS_WITHIN = 0.15  # the contents stand in this share of the pages at the front, or in the first forty
ABOVE_TITLE = 8  # rows that may stand above a title at the top of its page: running heads, a box with the number
TITLE_ROWS = 4
KEY = 6
LONGEST_ROW = 130  # characters of a row that can begin a rule
AFTER_CONTENTS = 3  # pages without an entry end the contents
LEADERS = ("....", ". . . .", "……", "____")
_BETWEEN = re.compile(r"[\W_]+")
_LEADER = r"(?:(?:\.\s?){4,}|(?:…\s?){2,}|_{4,})"
_DIVISION = r"(?:chapter|part|division|title|appendix|attachments?|index)\b"
LISTED = re.compile(rf"^(?P<words>.*?\w.*?)\s*{_LEADER}\s*(?P<page>\d{{1,4}})?\s*$")
NUMBERED = re.compile(rf"^(?!{_DIVISION})(?:[A-Za-z]+\s+)?(?P<number>(?:[A-Z]{{1,3}}-?)?\d{{1,4}}(?:[.-]\d{{1,3}})*[A-Z]?)\s*(?:[-–—:]|\.(?!\d))?\s+(?P<title>\S.*)$", re.IGNORECASE)


class Entry(Struct, frozen=True):
    """A line of the contents: ``number`` is empty for a division, ``printed`` the page that it names (None where it names none)."""

    number: Text
    title: Text
    printed: int | None


class Portion(Struct, frozen=True):
    """The lines ``first`` to ``last`` (half-open) of the item, and the entry of the contents that names them."""

    entry: Entry
    first: int
    last: int


def portions(item: Item, lines: list[Line]) -> tuple[list[Portion], list[Finding]]:
    """The rules of a manual in their order, and what its contents name and its pages do not show; nothing where the item is no manual."""
    if len(item.pages) < LEAST_PAGES or not any(mark in line.text for line in lines[:4000] for mark in LEADERS):
        return [], []
    entries, after = _contents(lines, max(40, int(len(item.pages) * CONTENTS_WITHIN)))
    numbered = sum(1 for e in entries if e.number)
    if numbered < LEAST_ENTRIES:
        return [], []
    starts = _located(entries, lines, after)
    found = sum(1 for e, at in zip(entries, starts, strict=True) if e.number and at is not None)
    if found < LEAST_FOUND * numbered:
        return [], []
    known = [(e, at) for e, at in zip(entries, starts, strict=True) if at is not None]
    ends = [at for _, at in known[1:]] + [len(lines)]
    rules = [Portion(e, at, end) for (e, at), end in zip(known, ends, strict=True) if e.number and end > at]
    return rules, [_missing(e, item) for e, at in zip(entries, starts, strict=True) if e.number and at is None]


def _contents(lines: list[Line], until: int) -> tuple[list[Entry], int]:
    """The entries of the contents, and the number of the first line after them."""
    entries: list[Entry] = []
    after = 0
    held = Text()  # an entry whose title runs over two rows
    for first, row in _rows(lines):
        if row[0].page > until:
            break
        if entries and row[0].page > lines[after - 1].page + AFTER_CONTENTS:
            break
        text = Text.join(Text.of(line) for line in row)
        match = LISTED.match(text.string) if any(mark in text.string for mark in LEADERS) else None
        if match is None:
            begins = NUMBERED.match(text.string)
            held = text if begins is not None and entries and row[0].page == lines[after - 1].page else Text()
            continue
        words = text[: match.end("words")]
        if held and NUMBERED.match(words.string) is None:
            words = held + words
        held = Text()
        page = int(match.group("page")) if match.group("page") else None
        named = NUMBERED.match(words.string)
        if named is None:
            entries.append(Entry(Text(), words.strip(), page))
        else:
            entries.append(Entry(words[named.start("number") : named.end("number")], words[named.start("title") : named.end("title")].strip(), page))
        after = first + len(row)
    return entries, after




def _rows(lines: list[Line]) -> Iterator[tuple[int, list[Line]]]:
    """The printed rows with the number of their first line."""
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and (lines[end].page, lines[end].row) == (lines[at].page, lines[at].row):
            end += 1
        yield at, lines[at:end]
        at = end


def _bare(words: str) -> str:
    return _BETWEEN.sub("", words).lower()


def _located(entries: list[Entry], lines: list[Line], after: int) -> list[int | None]:
    """For each entry the number of the line with which it begins, in rising order; None where it is not found."""
    places = _places(entries, lines, after)
    offsets = Counter(lines[at].page - e.printed for e, found in zip(entries, places, strict=True) for at in found if e.printed is not None)
    offset = offsets.most_common(1)[0][0] if offsets else 0
    tops = _page_tops(lines)
    starts: list[int | None] = []
    last = after - 1
    sure = sorted(p[0] for e, p in zip(entries, places, strict=True) if e.printed is None and len(p) == 1)  # those of the entries that are still to come
    for entry, found in zip(entries, places, strict=True):
        if entry.printed is None and len(found) == 1:
            del sure[bisect_left(sure, found[0])]
        onward = [at for at in found if at > last]
        named = [at for at in onward if entry.printed is not None and lines[at].page == entry.printed + offset]
        following = bisect_right(sure, last)
        limit = sure[following] if following < len(sure) else len(lines)
        chosen = named[0] if named else next((at for at in onward if entry.printed is None and at < limit), None)
        if chosen is None and entry.number and entry.printed is not None:
            chosen = _numbered_page(entry, lines, tops.get(entry.printed + offset), last)
        starts.append(chosen)
        last = chosen if chosen is not None else last
    return _to_page_tops(starts, lines, tops)


def _page_tops(lines: list[Line]) -> dict[int, int]:
    """The number of the first line of each page."""
    return {lines[n].page: n for n in reversed(range(len(lines)))}


def _numbered_page(entry: Entry, lines: list[Line], top: int | None, last: int) -> int | None:
    """A page that bears the number at its top and another title than the contents give."""
    if top is None or top <= last:
        return None
    number = entry.number.string
    first = [line.text.strip() for line in lines[top : top + ABOVE_TITLE] if line.page == lines[top].page]
    return top if any(words == number or words.startswith(f"{number}.") for words in first) else None


def _places(entries: list[Entry], lines: list[Line], after: int) -> list[list[int]]:
    """For each entry the lines that begin with its title, alone or behind its number, the title over up to four rows."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for n, entry in enumerate(entries):
        for words in {_bare(entry.title.string), _bare(entry.number.string + entry.title.string)}:
            wanted[words].append(n)
    openings = {words[:KEY] for words in wanted}
    begun = {words[:n] for words in openings for n in range(1, KEY + 1)}
    ordered = sorted(wanted)
    longest = max(map(len, wanted), default=0)
    found: list[list[int]] = [[] for _ in entries]
    for at in range(after, len(lines)):
        text = lines[at].text
        first = text.partition(" ")[0][:KEY].lower()
        if first not in begun and first.isalnum() and first.isascii():
            continue  # the first word of most lines opens no title; what is no such word is looked at letter by letter
        if len(text) > LONGEST_ROW or _bare(text[: 3 * KEY])[:KEY] not in openings or not _begins(_bare(text), ordered):
            continue
        for n in sorted({n for words in _from(lines, at, longest) for n in wanted.get(words, ())}):
            found[n].append(at)
    return found


def _begins(words: str, ordered: list[str]) -> bool:
    """Whether one of the titles begins with the words."""
    at = bisect_left(ordered, words)
    return at < len(ordered) and ordered[at].startswith(words)


def _from(lines: list[Line], at: int, longest: int) -> Iterator[str]:
    """The letters of this line, of it and the next, and so on, as far as a title goes."""
    words = ""
    for line in lines[at : at + TITLE_ROWS]:
        if line.page != lines[at].page:
            return
        words += _bare(line.text)
        if len(words) > longest:
            return
        yield words


def _to_page_tops(starts: list[int | None], lines: list[Line], first_of: dict[int, int]) -> list[int | None]:
    """A title at the top of its page begins the page: what stands above it is its own running head or the box with its number."""
    out: list[int | None] = []
    begun: list[int] = []  # rising, as the starts are
    for at in starts:
        if at is None:
            out.append(None)
            continue
        top = first_of[lines[at].page]
        short = at - top <= ABOVE_TITLE and all(len(line.text) < 60 for line in lines[top:at])
        taken = bisect_left(begun, top) < bisect_left(begun, at)
        begun.append(top if short and not taken else _row_start(at, lines))
        out.append(begun[-1])
    return out


def _row_start(at: int, lines: list[Line]) -> int:
    """The first line of the row: a number may stand before its title."""
    while at > 0 and (lines[at - 1].page, lines[at - 1].row) == (lines[at].page, lines[at].row):
        at -= 1
    return at


def _missing(entry: Entry, item: Item) -> Finding:
    return Finding(
        "manual.entry-not-found",
        "doubt",
        f'The contents name {entry.number.string}, "{entry.title.string}", and no page shows where it begins. Its words, if they are there, stand with the rule before it; a person must look.',
        evidence_of(entry.title, item.sha256, "manual.contents"),
    )


def manual_title(lines: list[Line]) -> Entry:
    """The manual's own title: the first line of its first page that calls itself a manual."""
    named = next((line for line in lines[:60] if line.page == lines[0].page and re.search(r"\bmanual\b", line.text, re.IGNORECASE) and len(line.text) < 80), None)
    return Entry(Text(), Text.of(named) if named is not None else Text(), None)
