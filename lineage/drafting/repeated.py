"""Lines that stand at the edges of pages of many papers and were not set aside."""

from __future__ import annotations

import re
from collections import defaultdict

from lineage.drafting.papers import Paper
from lineage.drafting.sections import literal
from lineage.model import Line
from lineage.profiles import Profile

EDGE_ROWS = 3
LEAST = 3  # papers
_FIGURES = re.compile(r"\d+")


def repeated(papers: list[Paper], profile: Profile) -> list[tuple[str, str, int]]:
    """Words, a pattern of the whole line in which figures may differ, and the number of papers; the most frequent first."""
    seen: dict[str, dict[str, str]] = defaultdict(dict)
    for paper in papers:
        aside = {(line.page, line.start) for piece in paper.reading.outline.furniture for text in piece.texts for line in text.lines()}
        for line in _edges(paper):
            if (line.page, line.start) not in aside and _may_be_furniture(line, profile):
                seen[_FIGURES.sub("#", line.text)].setdefault(paper.name, line.text)
    wanted = [(own, len(own)) for own in seen.values() if len(own) >= max(LEAST, len(papers) // 2)]
    found = [(next(iter(own.values())), count) for own, count in wanted]
    return sorted(((words, _pattern(words), count) for words, count in found), key=lambda row: (-row[2], row[0]))


def _may_be_furniture(line: Line, profile: Profile) -> bool:
    """Whether the line has letters and is no label of the heading."""
    return sum(map(str.isalpha, line.text)) > 3 and not line.text.rstrip().endswith(":") and profile.a_label.match(line.text.strip()) is None


def _edges(paper: Paper) -> list[Line]:
    found = []
    for page in paper.reading.item.pages:
        rows = sorted({line.row for line in page.lines})
        edge = {*rows[:EDGE_ROWS], *rows[-EDGE_ROWS:]}
        found += [line for line in page.lines if line.row in edge]
    return found


def _pattern(words: str) -> str:
    return "^" + re.sub(r"\d+", r"\\d+", literal(words)) + "$"
