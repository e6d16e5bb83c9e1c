"""The rows at the edges of the pages, and the titles and figures that run through them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict

from msgspec import Struct

from lineage.model import Line

EDGE_ROWS = 4  # running heads and feet stand within so many rows of the page's edge
SAME_HEIGHT_PT = 4.0
SAME_EDGE_PT = 2.0
WRAPPED_EM = 1.7  # rows of one running title are no further apart than so many sizes of their letters
APART_EM = 1.9  # what runs stands so far from the text, if it is of the text's own size
OTHER_PT = 0.5  # letters that differ by so much are of another size
HALF = 0.5
MOST_ROWS = 3
FIRST = 8  # so many places of a title are looked at
SECTION_NUMBER = re.compile(r"\s*§?\s?\d{1,4}(?:\.\d{1,3})+\.?\s*")
PAGE_NUMBER = re.compile(r"(?:^|[\s\-–—|])(\d{1,4})\W*$|^\W*(\d{1,4})(?=[\s\-–—|])")
_LETTERS = re.compile(r"[^\W\d]+")
Edges = dict[tuple[str, int], Line]
_Look = tuple[str, str, int, int, int]


def bare(text: str) -> str:
    """The words alone, in small letters, without any figure."""
    return " ".join(_LETTERS.findall(text)).lower()


def height(line: Line) -> int:
    """The height of a line on its page in steps of four points; 0 where it has no place."""
    return round(line.box_pt[1] / SAME_HEIGHT_PT) if line.box_pt else 0


def edge_lines(lines: list[Line], stamped: set[int]) -> Edges:
    """The lines of the first and last rows of each page by side ("head", "foot") and their number."""
    by_page: dict[int, list[int]] = defaultdict(list)
    for n, line in enumerate(lines):
        # A bullet or a dash alone runs through no pages, and the number of a section at the top of one heads that section.
        if n not in stamped and (len(line.text) > 2 or line.text.isalnum()) and SECTION_NUMBER.fullmatch(line.text) is None:
            by_page[line.page].append(n)
    edges: Edges = {}
    middle = max((line.box_pt[3] for line in lines if line.box_pt), default=0.0) / 2
    for numbers in by_page.values():
        rows = sorted({lines[n].row for n in numbers})
        top, bottom = set(rows[:EDGE_ROWS]), set(rows[-EDGE_ROWS:])
        for n in numbers:
            line = lines[n]
            if line.row in bottom and (line.row not in top or (line.box_pt is not None and line.box_pt[1] > middle)):
                edges[("foot", n)] = line  # on a page of few rows the first are the last
            elif line.row in top:
                edges[("head", n)] = line
    return edges


class _Group(Struct):
    """Rows at an edge of one page that may be one running title: of one size, under each other, at one edge."""

    side: str
    members: list[int]
    lines: list[Line]
    gap_pt: float = 0.0  # to the next row on the side of the text
    number: int | None = None  # the figure with which it ends or begins, where the page's number would stand
    title: str = ""  # its letters without the page's number

    @property
    def page(self) -> int:
        """The page on which it stands."""
        return self.lines[0].page

    def close(self) -> None:
        """Now that all its rows are there: what they say."""
        words = " ".join(line.text for line in self.lines)
        match = PAGE_NUMBER.search(words)
        self.number = int(match[1] or match[2]) if match else None
        self.title = _letters(PAGE_NUMBER.sub("", words))

    def counts(self, offset: int) -> bool:
        """Whether its figure is the number of its page."""
        return self.number is not None and self.number - self.page in (0, offset)

    def looks(self) -> list[_Look]:
        """Its places and looks: the side, which of its edges (left, right, middle) stands where, how high, how large."""
        first = self.lines[0]
        assert first.box_pt is not None
        x0, _, x1, _ = first.box_pt
        high, size = height(first), round(first.style.size_pt * 2)
        return [(self.side, which, round(x / SAME_EDGE_PT), high, size) for which, x in (("left", x0), ("right", x1), ("middle", (x0 + x1) / 2))]


def running_titles(lines: list[Line], edges: Edges, pages: int) -> dict[int, str]:
    """The lines at the edges that bear the title of the part in which their page stands, or the page's number: they may differ from page to page.

    Such a line has a look and a place of its own on half of the pages, and its words are a title that stood larger before, or those of the next or former page, or
    they count the pages. Where the look is not so common, it must be smaller than the text, stand apart from it, and its words a title that stands larger on the pages.
    """
    usual = _usual_size(lines)
    if not usual:
        return {}
    groups = _groups(lines, edges, usual)
    steady = _companies(groups, max(2, pages * HALF))
    titles = _titles(lines, usual)
    offset = _offset([group for group, _ in steady] or groups)
    found: dict[int, str] = {}
    for group, company in steady:
        beside = (company.get(group.page - 1), company.get(group.page + 1))
        if group.counts(offset) or _is_title(group, titles) or group.title in [other.title for other in beside if other is not None]:
            found |= dict.fromkeys(group.members, f"a running title: its place and look stand on {len(company)} of {pages} pages")
    for group in groups:
        small = group.lines[0].style.size_pt <= usual - OTHER_PT and group.gap_pt > APART_EM * usual
        if small and group.members[0] not in found and _is_title(group, titles) and (group.number is None or group.counts(offset)):
            found |= dict.fromkeys(group.members, "the title of the paper once more, small, at the page's edge")
    return found


def lone_numbers(lines: list[Line], edges: Edges, running: set[int]) -> set[int]:
    """The figures alone on a row at an edge (but for what runs there) that count the pages. A figure in a column of figures is none."""
    figures = [(n, line) for (_, n), line in edges.items() if line.text.strip(" -–—").isdecimal()]
    if not figures:
        return set()
    others = Counter((line.page, line.row) for n, line in enumerate(lines) if n not in running)
    alone = [(n, line) for n, line in figures if others[line.page, line.row] <= 1]
    shares = Counter(int(line.text.strip(" -–—")[:6]) - line.page for _, line in alone)
    return {n for n, line in alone if (off := int(line.text.strip(" -–—")[:6]) - line.page) == 0 or shares[off] > 1}


def _usual_size(lines: list[Line]) -> float:
    """The size of most letters; 0 where no line has a place."""
    letters: dict[float, int] = defaultdict(int)
    for line in lines:
        if line.box_pt and line.style.size_pt:
            letters[line.style.size_pt] += len(line.text)
    sizes: Counter[float] = Counter()
    for size, count in letters.items():
        sizes[round(size * 2) / 2] += count
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _groups(lines: list[Line], edges: Edges, usual: float) -> list[_Group]:
    """The lines at the edges with the rows that go on with them; those of the text's own size only where they stand apart from it."""
    groups: list[_Group] = []
    open_on: dict[tuple[int, str], list[_Group]] = defaultdict(list)
    tops = _tops(lines)
    for (side, n), line in edges.items():
        if line.box_pt is None or line.cell is not None or line.hint:
            continue
        before = open_on[line.page, side]
        group = next((g for g in before if len(g.lines) < MOST_ROWS and _goes_on(g.lines[-1], line)), None)
        if group is None:
            group = _Group(side, [], [])
            before.append(group)
            groups.append(group)
        group.members.append(n)
        group.lines.append(line)
    for group in groups:
        group.gap_pt = _gap(group, tops[group.page])
    apart = [g for g in groups if abs(g.lines[0].style.size_pt - usual) >= OTHER_PT or g.gap_pt > APART_EM * usual]
    for group in apart:
        group.close()
    return apart


def _goes_on(upper: Line, lower: Line) -> bool:
    """Whether a row stands right under another, of its look and at one of its edges."""
    assert upper.box_pt is not None
    assert lower.box_pt is not None
    if upper.style.size_pt != lower.style.size_pt or upper.style.bold != lower.style.bold:
        return False
    one, other = upper.box_pt, lower.box_pt
    even = abs(one[0] - other[0]) < SAME_EDGE_PT or abs(one[2] - other[2]) < SAME_EDGE_PT or abs(one[0] + one[2] - other[0] - other[2]) < 2 * SAME_EDGE_PT
    return even and 0 < other[1] - one[1] <= WRAPPED_EM * lower.style.size_pt


def _tops(lines: list[Line]) -> dict[int, list[float]]:
    """The upper edges of the lines of each page, rising."""
    found: dict[int, list[float]] = defaultdict(list)
    for line in lines:
        if line.box_pt:
            found[line.page].append(line.box_pt[1])
    return {page: sorted(tops) for page, tops in found.items()}


def _gap(group: _Group, tops: list[float]) -> float:
    """How far the next row of the page is, on the side of the text; a page without one is no text to stand apart from. ``tops`` are those of the page's rows, rising."""
    boxes = [line.box_pt for line in group.lines if line.box_pt]
    if group.side == "head":
        own = boxes[-1][1]
        at = bisect_right(tops, own + 2)
        return tops[at] - own if at < len(tops) else 0.0
    own = boxes[0][1]
    at = bisect_left(tops, own - 2)
    return own - tops[at - 1] if at else 0.0


def _companies(groups: list[_Group], least: float) -> list[tuple[_Group, dict[int, _Group]]]:
    """Each group with those of all pages that have its place and look, by page; only groups that have such on so many pages."""
    own = [group.looks() for group in groups]
    looks: dict[_Look, dict[int, _Group]] = defaultdict(dict)
    for group, seen in zip(groups, own, strict=True):
        for look in seen:
            looks[look].setdefault(group.page, group)
    known = {look: merged for look in looks if len(merged := _near(look, looks, least)) >= least}
    found = []
    for group, seen in zip(groups, own, strict=True):
        companies = [known[look] for look in seen if look in known]
        if companies:
            found.append((group, max(companies, key=len)))
    return found


def _near(look: _Look, looks: dict[_Look, dict[int, _Group]], least: float) -> dict[int, _Group]:
    """The groups of a look and of those next to it, by page; nothing where they cannot be so many."""
    side, which, x, high, size = look
    near = [looks[key] for dx in (0, -1, 1) for dy in (0, -1, 1) if (key := (side, which, x + dx, high + dy, size)) in looks]
    if sum(map(len, near)) < least:
        return {}
    merged: dict[int, _Group] = {}
    for groups in reversed(near):
        merged.update(groups)  # where two stand on one page, the one of the nearest look counts
    return merged


def _titles(lines: list[Line], usual: float) -> dict[str, list[tuple[int, float]]]:
    """The letters of what stands larger than the text, one row or up to three together, with each page and size in which it does."""
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    large = [line for line in lines if line.box_pt and line.style.size_pt >= usual + OTHER_PT and len(line.text) < 120]
    for n, line in enumerate(large):
        words = ""
        for following in large[n : n + MOST_ROWS]:
            if following.page != line.page or following.style.size_pt != line.style.size_pt:
                break
            words += _letters(following.text)
            if len(words) >= 4:
                found[words].append((line.page, line.style.size_pt))
    return found


def _is_title(group: _Group, titles: dict[str, list[tuple[int, float]]]) -> bool:
    """Whether its words stand larger on the same page or an earlier one."""
    size = group.lines[0].style.size_pt
    return any(page <= group.page and large >= size + OTHER_PT for page, large in titles.get(group.title, [])[:FIRST])


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def _offset(groups: list[_Group]) -> int:
    """What is to be added to a page's place to have its printed number, as most figures at the edges say; 0 where none do."""
    shares = Counter(number - group.page for group in groups if (number := group.number) is not None)
    return shares.most_common(1)[0][0] if shares else 0
