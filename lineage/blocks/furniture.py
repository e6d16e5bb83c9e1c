"""What stands on the pages and is no part of the rule, told apart from the body line by line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from lineage.blocks.edges import EDGE_ROWS, HALF, Edges, bare, edge_lines, height, lone_numbers, running_titles
from lineage.model import Evidence, Furniture, FurnitureKind, Item, Line, Text, evidence_of
from lineage.profiles import TELLS_NOTHING, Profile, Rule, fits, fits_alone, labels_in

LEVEL_DEGREES = 3.0  # text turned by more than this is no body text
EDGE_LABELS, EDGE_CHARS = 2, 240  # so many labels with values in a row of no more characters are a foot
_NONE: frozenset[int] = frozenset()
# What the file itself says of a line, by its hint: then it is no part of the text.
_SAID: dict[str, tuple[FurnitureKind, str]] = {
    "head": ("head", "a head of the pages, as the file says"),
    "foot": ("foot", "a foot of the pages, as the file says"),
    "hidden": ("form", "hidden words, which are not shown"),
    "prompt": ("form", "a prompt where nothing was filled in"),
    "changing": ("form", "a field that changes whenever the file is opened, saved or printed"),
    "signature": ("signature", "a digital signature, as its field says"),
    "comment": ("form", "a comment of a reader beside the text"),
}
_PAGE_ALONE = re.compile(r"page\s?(\d+)(?:\s?of\s?\d+)?", re.IGNORECASE)
RUNNING_PAGE = re.compile(r"\bPage\s?(\d{1,3})(?:\s?of\s?\d{1,3})?\s*$")


class Marked(Struct, frozen=True):
    """A text set aside: what it is, why, by which rule."""

    text: Text
    kind: FurnitureKind
    reason: str
    rule: str


def sort_lines(item: Item, profile: Profile, taken: Set[tuple[int, int]] = frozenset()) -> tuple[list[Line], list[Marked], int]:
    """The body's lines in order, what was set aside, and the number of pages. ``taken`` are page and start of the lines that a heading has used."""
    marked = _said(line for page in item.pages for line in page.lines if line.hint in _SAID)
    lines = [line for page in item.pages for line in page.lines if line.hint not in _SAID]
    pages = len(item.pages)
    if pages == 1:
        lines, pages = _count_pages(lines)
    telling = {text for text in {line.text for line in lines} if profile.might("stamp", text) or profile.might("furniture", text.strip())}
    plain = [not line.hint and line.text not in telling and line.style.angle == 0.0 for line in lines]  # nothing about the line calls for a second look
    lone = _first_alone(lines)
    stamped = {n for n, line in enumerate(lines) if not plain[n] and (_is_turned(line) or _is_stamp(line, profile, lone=n == lone))}  # a stamp is no running head, however often it stands
    edges = edge_lines(lines, stamped)
    running = _running(lines, edges, pages, profile)
    numbers = lone_numbers(lines, edges, set(running))
    body: list[Line] = []
    for n, line in enumerate(lines):
        if (line.page, line.start) in taken:
            continue
        if n in running:
            marked.append(Marked(Text.of(line), running[n][0], running[n][1], "blocks.repeated"))
        elif plain[n]:
            body.append(line)
        else:
            kept, aside = _set_aside(line, profile, counts=n in numbers, lone=n == lone)
            marked.extend(aside)
            body.extend(kept)
    return _without_tail(body, marked, profile), marked, pages


def _said(lines: Iterable[Line]) -> list[Marked]:
    """Lines that the file itself sets apart, each printed row as one text."""
    rows = groupby(lines, key=lambda line: (line.page, line.row, line.hint))
    return [Marked(Text.join(map(Text.of, row)), *_SAID[hint], "blocks.said") for (_, _, hint), row in rows]


def collect(marked: Iterable[Marked], item: str) -> tuple[Furniture, ...]:
    """The same words on several pages are one piece of furniture, with evidence for each page."""
    groups: dict[tuple[str, str], list[Marked]] = defaultdict(list)
    for mark in marked:
        groups[(mark.kind, bare(mark.text.string))].append(mark)
    found = []
    for (_, _), marks in groups.items():
        first = marks[0]
        words = re.sub(r"(Page\s?)\d+", r"Page n", first.text.string) if len(marks) > 1 else first.text.string
        evidence: list[Evidence] = [e for m in marks for e in evidence_of(m.text, item, m.rule)]
        pages = tuple(sorted({e.page for e in evidence}))
        found.append(Furniture(first.kind, words, pages, first.reason, tuple(evidence), tuple(m.text for m in marks)))
    return tuple(found)


def _first_alone(lines: list[Line]) -> int | None:
    """The place of the very first line where it stands alone on its row, above everything else: a bare word there is a mark on the paper."""
    if len(lines) < 2 or (lines[0].page, lines[0].row) == (lines[1].page, lines[1].row) or lines[0].cell is not None:
        return None
    return 0


def split_stamps(line: Line, profile: Profile, *, lone: bool = False) -> tuple[list[Line], list[Marked]]:
    """A line without the stamps that lie in it: a mark with its date or successor, or one that is the whole line.

    A bare word ("VOID", "SUPERSEDED") is a stamp only where it stands alone and in colour, or above everything else (``lone``): in black it may be a heading.
    """
    for rule in profile.stamp if profile.might("stamp", line.text) else ():
        for match in rule.pattern.finditer(line.text):
            whole = match.group().strip() == line.text.strip(" *-–_")
            if not any(match.groupdict().values()) and not (whole and (lone or _coloured(line))):
                continue
            if not whole and not _looks_stamped(line.text, match):
                continue
            before, after = line.part(0, match.start()), line.part(match.end(), len(line.text))
            stamp = line.part(match.start(), match.end())
            reason = "a stamp's words" if whole else "a stamp's words inside a line of other text"
            rest = [split_stamps(part, profile) for part in (before, after) if part is not None]
            mark = [] if stamp is None else [Marked(Text.of(stamp), "stamp", reason, f"stamp.{rule.name}")]
            return [part for kept, _ in rest for part in kept], mark + [m for _, more in rest for m in more]
    return [line], []


def _coloured(line: Line) -> bool:
    red, green, blue = line.style.colour >> 16, line.style.colour >> 8 & 255, line.style.colour & 255
    return max(red, green, blue) - min(red, green, blue) > 60


def _looks_stamped(text: str, match: re.Match[str]) -> bool:
    # A listing title ("... 5-17-19 RESCINDED") names the paper, it is no mark on it.
    return not re.match(r"\s*special order\s*-", text[: match.start()], re.IGNORECASE)


def _is_turned(line: Line) -> bool:
    angle = line.style.angle % 360
    return min(angle, 360 - angle) > LEVEL_DEGREES


def _is_stamp(line: Line, profile: Profile, *, lone: bool) -> bool:
    return profile.might("stamp", line.text) and not split_stamps(line, profile, lone=lone)[0]


def _set_aside(line: Line, profile: Profile, *, counts: bool, lone: bool) -> tuple[list[Line], list[Marked]]:
    if _is_turned(line):
        turned = round(line.style.angle % 360)
        return [], [Marked(Text.of(line), "stamp", f"turned by {turned} degrees across the page", "blocks.turned")]
    if line.hint == "annotation":
        return [], [Marked(Text.of(line), "stamp", "put on the page as an annotation", "blocks.annotation")]
    if line.hint == "mark":
        return [], [Marked(Text.of(line), "form", "a mark on the picture of the page that is no word", "blocks.mark")]
    for rule in profile.furniture if profile.might("furniture", line.text.strip()) else ():
        if rule.kind != "signature" and line.hint != "form" and _fits(rule, line.text) and (rule.kind != "page-number" or _may_count(line, counts=counts)):
            return [], [_mark(rule, line)]
    return split_stamps(line, profile, lone=lone)


def _may_count(line: Line, *, counts: bool) -> bool:
    """Whether a line that looks like a page's number may be one: never in a cell, and a figure alone on a page that was laid out only where it ``counts`` the pages."""
    return line.cell is None and (counts or line.box_pt is None or not line.text.strip(" -–—").isdecimal())


def _fits(rule: Rule, text: str) -> bool:
    return rule.pattern.match(text.strip()) is not None


def _mark(rule: Rule, line: Line) -> Marked:
    kind: FurnitureKind = rule.kind  # type: ignore[assignment]  # the tests hold the profiles to the kinds
    return Marked(Text.of(line), kind, rule.reason, f"furniture.{rule.name}")


def _without_tail(body: list[Line], marked: list[Marked], profile: Profile) -> list[Line]:
    """Signatures are furniture only where they stand: after the last paragraph. A name on the row before its rank goes with it."""
    rules = [r for r in profile.furniture if r.kind == "signature"]
    aside: set[int] = set()
    for n in range(len(body) - 1, max(len(body) - 8, 0), -1):
        rule = next((r for r in rules if _fits(r, body[n].text)), None)
        if rule is None:
            continue
        aside.add(n)
        marked.append(_mark(rule, body[n]))
        if rule.name == "rank-line" and re.fullmatch(r"[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){1,3},?", body[n - 1].text.strip()):
            aside.add(n - 1)
            marked.append(_mark(rule, body[n - 1]))
    return [line for n, line in enumerate(body) if n not in aside]


def _count_pages(lines: list[Line]) -> tuple[list[Line], int]:
    """One stretch of text whose running heads count its pages: each line gets the page that the last head named."""
    heads = [(n, int(m.group(1))) for n, line in enumerate(lines) if (m := RUNNING_PAGE.search(line.text)) and not line.box_pt]
    wanted, counted = 2, []
    for n, number in heads:
        if number == wanted:
            counted.append(n)
            wanted += 1
    if not counted:
        return lines, 1
    page, out = 1, []
    for n, line in enumerate(lines):
        page += n in counted
        out.append(replace(line, page=page))
    return out, page


def _running(lines: list[Line], edges: Edges, pages: int, profile: Profile) -> dict[int, tuple[FurnitureKind, str]]:
    """Lines that stand at the same place with the same words (but for figures) on half of the pages or more, and rows of labelled values at the edge."""
    found = _labelled(edges, profile)
    sides = {n: side for side, n in edges}
    titled: dict[int, tuple[FurnitureKind, str]] = {n: ("foot" if sides[n] == "foot" else "head", why) for n, why in running_titles(lines, edges, pages).items()}
    if pages < 2:
        reason = "a line at the page's edge that ends with its number"
        return titled | found | {n: ("foot" if side == "foot" else "head", reason) for (side, n), line in edges.items() if _ends_numbered(line, lines)}
    words: dict[tuple[str, str, int], set[int]] = defaultdict(set)
    levels: dict[tuple[str, int], set[int]] = defaultdict(set)
    placed = [(side, n, line, bare(line.text), height(line)) for (side, n), line in edges.items()]
    for side, _, line, said, high in placed:
        words[(side, said, high)].add(line.page)
        if line.box_pt and line.text[-1:].isdigit():
            levels[(side, high)].add(line.page)
    for side, n, line, said, high in placed:
        kind: FurnitureKind = "head" if side == "head" else "foot"
        same = [words.get((side, said, h), _NONE) for h in (high - 1, high, high + 1)]
        times = len(same[1]) if not (same[0] or same[2]) else len(set().union(*same))
        level = len(levels.get((side, high), ()))
        if times >= max(2, pages * HALF):
            found[n] = (kind, f"same words at the same place on {times} of {pages} pages")
        elif pages > EDGE_ROWS and level >= pages * 0.6 and line.text[-1:].isdigit():
            found[n] = (kind, f"a line with the page's number at this height on {level} of {pages} pages")
        elif not line.box_pt and RUNNING_PAGE.search(line.text) and line.page > 1:
            found[n] = ("head", "a running head with its page number")
    return titled | found | dict.fromkeys(_above_numbers(lines, edges), ("head", "the page's number, or above it in words of the first page"))


def _labelled(edges: dict[tuple[str, int], Line], profile: Profile) -> dict[int, tuple[FurnitureKind, str]]:
    """Rows at the foot of a page, or at the head of a later one, that are labels with their values: they may differ from page to page."""
    rows: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for (side, n), line in edges.items():
        if side == "foot" or line.page > 1:
            rows[(side, line.page, line.row)].append(n)
    found: dict[int, tuple[FurnitureKind, str]] = {}
    by_number = {n: line for (_, n), line in edges.items()}
    for (side, _, _), row in rows.items():
        words = "  ".join(by_number[n].text for n in row)
        spots = labels_in(words, profile)
        ends = [start for start, _, _ in (*spots, (len(words), 0, ""))][1:]
        telling = [role for (_, end, role), until in zip(spots, ends, strict=True) if role not in TELLS_NOTHING and fits(role, words[end:until], profile)]
        alone = len(spots) == 1 and spots[0][0] == 0 and telling != ["number"] and fits_alone(spots[0][2], words[spots[0][1] :], profile)
        if (len(telling) >= EDGE_LABELS and len(words) < EDGE_CHARS) or (side == "foot" and alone):
            found |= dict.fromkeys(row, ("foot" if side == "foot" else "head", "labels with their values at the page's edge"))
    return found


def _above_numbers(lines: list[Line], edges: dict[tuple[str, int], Line]) -> Iterator[int]:
    """At the top of a later page: "Page n", and the rows down to it, if their words stand on the first page too (its subject, its date)."""
    opening = {w for line in lines if line.page == 1 for w in bare(line.text).split()}
    heads: dict[int, list[tuple[int, Line]]] = defaultdict(list)
    for (side, at), line in edges.items():
        if side == "head" and line.page > 1:
            heads[line.page].append((at, line))
    for page, rows in heads.items():
        for at, line in rows:
            numbered = _PAGE_ALONE.fullmatch(line.text.strip())
            if numbered is not None and numbered.group(1) == str(page):
                yield at
                yield from (n for n, other in rows if n < at and set(bare(other.text).split()) <= opening | {"#"})


def _ends_numbered(line: Line, lines: list[Line]) -> bool:
    # Without a picture of the page only its very last line is surely at the edge.
    return RUNNING_PAGE.search(line.text) is not None and (line.box_pt is not None or line is lines[-1])
