"""Labels in headings: words before a colon, or over a date or a number, and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from msgspec import Struct, field

from lineage.drafting.papers import Paper
from lineage.model import Line
from lineage.model.dates import find_dates, read_date
from lineage.profiles import Profile, label_role

NEAR_PT, UNDER_PT = 40.0, 30.0  # a value stands so near under its label
_LABEL = re.compile(r"(?<![\w/])(?P<label>[A-Z][A-Za-z.#&/'’()-]*(?:\s[A-Za-z#.&/'’()-]+){0,4})\s?:(?=\s|$)")
_ALONE = re.compile(r"[A-Z][A-Za-z.#&/'’()-]*(?:\s[A-Za-z#.&/'’()-]+){0,3}$")
# Stems of English words, by the role that they tell of; the first that stands in a label decides.
_STEMS = (
    ("reviewed", r"review"), ("revised", r"revis|amended\b"), ("effective", r"\beff|in force|begin|start"), ("issued", r"issu|publish|promulgat"),
    ("approved", r"approv|adopt|sign"), ("edition", r"edition|print"), ("rescinds", r"rescind|cancel|replac|repeal|revok"), ("supersedes", r"supersed"),
    ("amends", r"amend|modif"),
)  # fmt: skip
_DATES = ("reviewed", "revised", "effective", "issued", "approved", "edition")
_NUMBERED = re.compile(r"(?i)number|\bno\b|#|\bnum\b|order|directive|policy|procedure|bulletin|index")
_TITLED = re.compile(r"(?i)subject|title|topic|\bre$|concerning|regarding")


class Label(Struct):
    """A label with the papers that bear it and some of its values. ``sort`` is ``date``, ``number`` or ``words``, as most values are; ``known`` is the role that
    ``generic`` gives it."""

    words: str
    known: str | None = None
    papers: set[str] = field(default_factory=set)
    values: list[tuple[str, str]] = field(default_factory=list)

    @property
    def sort(self) -> str:
        """What most of its values are."""
        sorts = [sort for sort, _ in self.values]
        return max(("date", "number", "words"), key=lambda s: (sorts.count(s), s == "words"))

    @property
    def role(self) -> str | None:
        """The role that its words and values tell of; None where they do not."""
        told = next((role for role, stem in _STEMS if re.search(f"(?i){stem}", self.words)), None)
        if self.sort == "date":
            return told if told in _DATES else None
        if self.sort == "number" and told is None:
            return "number" if _NUMBERED.search(self.words) else None
        if told in ("rescinds", "supersedes", "amends"):
            return told
        return "title" if self.sort == "words" and _TITLED.search(self.words) else None


def labels(papers: list[Paper], profile: Profile) -> list[Label]:
    """Every label, the most frequent first."""
    found: dict[str, Label] = {}
    for paper in papers:
        for words, value in _pairs(paper, profile):
            key = words.lower()
            label = found.setdefault(key, Label(words, label_role(words, profile)))
            label.papers.add(paper.name)
            label.values.append((_sort(value, profile), value))
    return sorted(found.values(), key=lambda label: (-len(label.papers), label.words))


def _pairs(paper: Paper, profile: Profile) -> Iterator[tuple[str, str]]:
    top = paper.top()
    for group in (top, paper.edges()):
        for n, line in enumerate(group):
            matches = list(_LABEL.finditer(line.text))
            for match, following in zip_longest(matches, matches[1:]):
                value = line.text[match.end() : following.start() if following else None].strip()
                beside = next((other.text for other in group[n + 1 : n + 2] if other.page == line.page and other.row == line.row), "")
                if value or (beside and following is None):
                    yield _trimmed(match["label"]), value or beside
    for line in top:
        if _ALONE.match(line.text) and (value := _under(line, top, profile)):
            yield _trimmed(line.text), value


def _under(line: Line, top: list[Line], profile: Profile) -> str:
    """The date or number right under a line that could be a label."""
    if line.box_pt is None:
        return ""
    for other in top:
        box = other.box_pt
        if box is not None and 0 < box[1] - line.box_pt[1] < UNDER_PT and abs(box[0] - line.box_pt[0]) < NEAR_PT and _sort(other.text, profile) != "words":
            return other.text.strip()
    return ""


def _sort(value: str, profile: Profile) -> str:
    if read_date(value) or (len(value) < 60 and any(find_dates(value)) and re.match(r"\W*(?:\d|[A-Z][a-z]+\.? \d)", value)):
        return "date"
    whole = profile.number.fullmatch(value.strip())
    return "number" if whole and re.search(r"\d", value) else "words"


def _trimmed(words: str) -> str:
    return " ".join(words.split())
