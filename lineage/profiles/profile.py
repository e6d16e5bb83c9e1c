"""An agency's habits as values: what the TOML file says, compiled."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatch
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct, field

from lineage.profiles.citing import FORM

GAP = 12  # blanks; no gap between two words of a sentence is wider
# A set of signs, a run of blanks, or another escaped sign.
_BLANKS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\s(?P<many>[+*])(?!\+)|\\.", re.DOTALL)


def within_a_gap(pattern: str) -> str:
    r"""The pattern with every run of blanks bounded: words of a paper are joined by one blank, and a pattern that takes any number of them in several places divides a long run in every way.

    >>> print(within_a_gap(r"is\s+rescinded\s*[.,\s+]"))
    is\s{1,12}rescinded\s{0,12}[.,\s+]
    """
    return _BLANKS.sub(lambda found: f"\\s{{{0 if found['many'] == '*' else 1},{GAP}}}" if found["many"] else found.group(), pattern)


# Profiles stand on each other, and share most of their patterns.
_compiled = lru_cache(maxsize=4096)(re.compile)


class Pattern:
    """A pattern that is bounded and compiled when it is first asked: a profile has more than a hundred, and most papers need a few of them. ``pattern`` is as it was written."""

    __slots__ = ("_bounded", "_compiled", "flags", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags
        self._bounded = ""
        self._compiled: re.Pattern[str] | None = None

    @property
    def bounded(self) -> str:
        """The pattern within a gap."""
        if not self._bounded:
            self._bounded = within_a_gap(self.pattern)
        return self._bounded

    @property
    def compiled(self) -> re.Pattern[str]:
        """The compiled pattern. Raises re.error where the text is none."""
        if self._compiled is None:
            self._compiled = _compiled(self.bounded, self.flags)
        return self._compiled

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        """As of a compiled pattern."""
        return (self._compiled or self.compiled).search(text, at)

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """As of a compiled pattern."""
        return (self._compiled or self.compiled).match(text, at)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As of a compiled pattern."""
        return (self._compiled or self.compiled).fullmatch(text)

    def finditer(self, text: str, at: int = 0) -> Iterator[re.Match[str]]:
        """As of a compiled pattern."""
        return (self._compiled or self.compiled).finditer(text, at)


class AnyOf(Struct, frozen=True):
    """Some patterns as one. ``stems`` and ``first`` are looked for before it, where there are any: where none of them stands, it does not, and they are found sooner."""

    whole: Pattern
    first: tuple[Pattern, ...] = ()
    stems: tuple[str, ...] = ()

    def stands_in(self, text: str) -> bool:
        """Whether one of the patterns matches somewhere in the text."""
        if self.stems:
            small = text.lower()
            for stem in self.stems:  # a loop takes half the time of any() here, and this is asked of every sentence
                if stem in small:
                    break
            else:
                return False
        for pattern in self.first:
            if pattern.search(text) is not None:
                break
        else:
            if self.first:
                return False
        return self.whole.search(text) is not None


class Series(Struct, frozen=True):
    """A kind of work that the agency numbers. ``pattern`` finds its name on a paper; ``numbers`` tells by a number which series it is of."""

    id: str
    name: str
    pattern: Pattern
    numbers: Pattern | None = None


class Rule(Struct, frozen=True):
    """One named pattern with what it means. Of time words, ``reading`` says what they mean and ``source`` why; ``follows`` is what a
    lead of them must be followed by. Whatever the pattern matches holds one of the ``stems`` (words or parts of words in small letters), so a text with none of them
    need not be held against it. Of a mark in an index, ``suffers`` says that the listed rule is what is acted upon. Of a word for who is bound,
    ``within`` names the wider words, ``apart`` those that never mean the same person. Examples and counter-examples are run by the tests."""

    name: str
    pattern: Pattern
    kind: str = ""
    scope: str = "whole"
    series: str | None = None
    reason: str = ""
    reading: str = ""
    source: str = ""
    immediately: bool = False
    inherits: bool = False
    suffers: bool = False
    stems: tuple[str, ...] = ()
    follows: Pattern | None = None
    within: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    examples: tuple[dict[str, Any], ...] = ()
    counter: tuple[str, ...] = ()

    def may_stand_in(self, small: str) -> bool:
        """Whether the pattern need be held against a text, given in small letters."""
        return not self.stems or any(stem in small for stem in self.stems)


class Rank(Struct, frozen=True):
    """That papers of the series ``prevails`` go before those of ``over``: ``quote`` are the agency's words that grant it, ``source`` the paper and place where they stand."""

    prevails: str
    over: str
    quote: str
    source: str


class Grant(Struct, frozen=True):
    """A general rule of the agency on the life of its papers: ``quote`` are its own words, ``source`` the paper and place where they stand. It holds for ends from ``since`` to
    before ``until``, as far as those are given, and for acts of the kinds ``by``."""

    quote: str
    source: str
    by: tuple[str, ...] = ("rescinds",)
    since: date | None = None
    until: date | None = None

    def holds(self, kind: str, day: date) -> bool:
        """Whether it speaks of an act of this kind on this day."""
        return kind in self.by and (self.since is None or self.since <= day) and (self.until is None or day < self.until)


class ClassLife(Struct, frozen=True):
    """How long the papers of a series live where their own words do not say: for a ``time`` ("for two years") counted from their ``issue`` or ``effect``, or to the end of the
    calendar year that comes ``year_end`` years later. ``quote`` are the agency's own words that say so, ``source`` the paper and place where they stand. It speaks of papers issued
    from ``since`` to before ``until``, as far as those are given."""

    name: str
    series: str
    quote: str
    source: str
    time: str = ""
    year_end: int | None = None
    counted_from: Literal["issue", "effect"] = "issue"
    since: date | None = None
    until: date | None = None

    def speaks_of(self, first: date | None, last: date | None) -> bool:
        """Whether a paper issued between these days may be one of those that it speaks of."""
        return not (self.since is not None and last is not None and last < self.since) and not (self.until is not None and first is not None and first >= self.until)


class Decisions(Struct, frozen=True):
    """How persons decide: a question with one of the codes ``second_person`` ("relations.*", "dates.partial") needs two of them."""

    second_person: tuple[str, ...] = ()


class Review(Struct, frozen=True):
    """How often the agency's rules are to be reviewed: ``every`` ("3 years", "18 months"), counted from the last day that a paper gives. ``quote`` are the agency's own words
    that say so, ``source`` the paper and place where they stand."""

    every: str
    quote: str
    source: str

    @property
    def months(self) -> int:
        """The time in months; 0 where it is none."""
        match = re.fullmatch(r"(\d{1,3}) (year|month)s?", self.every.strip())
        return int(match[1]) * (12 if match[2] == "year" else 1) if match else 0

    def due_after(self, day: date) -> date:
        """The day on which the next review is due: that of the same number, or the last of a shorter month."""
        year, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class OldNumbers(Struct, frozen=True):
    """A numbering that the agency gave up, whose numbers have the shape of today's. A paper from before ``since`` names old numbers by ``pattern``; one from before
    ``settled`` may name either by ``between``."""

    pattern: Pattern
    since: date
    between: Pattern
    settled: date


class Profile(Struct, frozen=True):
    """All we know about one agency's habits.

    ``labels`` pairs a role with the pattern of its labels, the longest first; ``a_label`` matches any of them with what ends a label, ``opens_value`` one of a day or a
    number that may do without a colon. ``may_be`` is any rule of a group. ``index`` pairs a role with the head of a column of an index (``index_head`` is any of them), ``index_orders``
    are the roles of the columns of tables without a head, ``index_names`` what an index calls itself. ``instruction`` pairs the words of instructions with their roles. ``cascade`` says that what stands under a rule falls with it, ``revival`` that the end
    of an ending paper brings back what it ended, ``class_life`` how long the papers of a series live, ``review`` how often rules are to be reviewed, ``citation`` the form in which they are cited. Rules are tried in order; an agency's own stand before those it extends.
    ``words`` are all tables as JSON, inherited ones included; ``sha256`` is their hash.
    """

    id: str
    name: str
    country: str
    time_zone: str
    sha256: str
    abbreviations: tuple[str, ...] = ()
    recognise: tuple[Pattern, ...] = ()
    issue_is_effect: bool = False
    numeric_dates: bool = True
    number: Pattern = Pattern(r"\d+")
    old_numbers: OldNumbers | None = None
    null_targets: tuple[Pattern, ...] = ()
    labels: tuple[tuple[str, Pattern], ...] = ()
    series: tuple[Series, ...] = ()
    head: tuple[Rule, ...] = ()
    listing: tuple[Rule, ...] = ()
    stamp: tuple[Rule, ...] = ()
    reference: tuple[Rule, ...] = ()
    statute: tuple[Rule, ...] = ()
    relation: tuple[Rule, ...] = ()
    list: tuple[Rule, ...] = ()
    open: tuple[Rule, ...] = ()
    life: tuple[Rule, ...] = ()
    time_word: tuple[Rule, ...] = ()
    mark: tuple[Rule, ...] = ()
    furniture: tuple[Rule, ...] = ()
    whom: tuple[Rule, ...] = ()
    binds: tuple[Rule, ...] = ()
    precedence: tuple[Rank, ...] = ()
    cascade: Grant | None = None
    revival: Grant | None = None
    class_life: tuple[ClassLife, ...] = ()
    review: Review | None = None
    a_label: Pattern = Pattern(r"(?!)")
    opens_value: Pattern = Pattern(r"(?!)")
    may_be: dict[str, AnyOf] = field(default_factory=dict)
    index: tuple[tuple[str, Pattern], ...] = ()
    index_head: Pattern = Pattern(r"(?!)")
    index_orders: tuple[tuple[str, ...], ...] = ()
    index_names: tuple[Pattern, ...] = ()
    instruction: tuple[tuple[str, Pattern], ...] = ()
    decisions: Decisions = Decisions()
    citation: str = FORM
    words: str = ""

    def asks_second(self, code: str) -> bool:
        """Whether a decision on a question of this code counts only once a second person agrees: the code itself is named, or its area ("relations.*"), or all ("*")."""
        return any(fnmatch(code, one) for one in self.decisions.second_person)

    def might(self, group: str, text: str) -> bool:
        """Whether any rule of the group matches somewhere in the text: one look instead of one for each rule."""
        found = self.may_be.get(group)
        return found is not None and found.stands_in(text)

    def column(self, words: str) -> str:
        """The role of the column of an index at whose head these words stand; nothing where they are the head of none."""
        if self.index_head.fullmatch(words) is None:
            return ""
        return next(role for role, pattern in self.index if pattern.fullmatch(words))

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """The words of instructions: each role with its words as one alternation."""
        roles = dict.fromkeys(role for role, _ in self.instruction)
        return tuple((role, "|".join(p.bounded for r, p in self.instruction if r == role)) for role in roles)

    def series_named(self, words: str) -> Series | None:
        """The series whose name stands in these words; the agency's own first."""
        return next((s for s in self.series if s.pattern.search(words)), None)

    def series_of_number(self, number: str) -> Series | None:
        """The series that this number is of, where the number itself tells."""
        return next((s for s in self.series if s.numbers is not None and s.numbers.search(number)), None)

    def series_by_id(self, series: str) -> Series | None:
        """The series with this id."""
        return next((s for s in self.series if s.id == series), None)

    def numbering(self, number: str, day: date) -> Literal["today's", "old", "unclear"]:
        """In which of the agency's numberings a paper of that day means a number."""
        old = self.old_numbers
        if old is None or day >= old.settled:
            return "today's"
        if day < old.since and old.pattern.search(number):
            return "old"
        return "unclear" if old.between.search(number) else "today's"

    def names_nothing(self, value: str) -> bool:
        """Whether the words of a Rescinds field say that nothing is rescinded ("New", "N/A")."""
        return any(p.match(value) for p in self.null_targets)
