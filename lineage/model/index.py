"""What the room ``indexes`` makes: a list of orders, row by row.

An index is a source of lower standing than the orders that it lists: it settles what no order says, and never overrides one.
"""

from __future__ import annotations

from msgspec import Struct

from lineage.model.clause import DateReading
from lineage.model.finding import Evidence, Finding
from lineage.model.relation import RelationKind
from lineage.model.text import Text

# The series of the works that are indexes: no rules, so they are in force on no day.
INDEX_SERIES = "index"


class EntryMark(Struct, frozen=True):
    """Words of a row on what a rule did to others, or what became of it ("Ss 200.01 9/1/92", "RESCINDED 2/6/17").

    ``suffers`` is true where the listed rule is what the act acts upon. ``words`` are those of the mark, ``rest`` what follows its key word; ``rule`` names what found it.
    """

    kind: RelationKind
    suffers: bool
    words: Text
    rest: Text
    rule: str
    evidence: tuple[Evidence, ...]


class Entry(Struct, frozen=True):
    """One row: the rule that it lists, as written, with its dates by role and its marks. ``series`` is empty where the list does not say."""

    number: str | None
    title: str
    series: str
    words: Text
    evidence: tuple[Evidence, ...]
    dates: tuple[DateReading, ...] = ()
    marks: tuple[EntryMark, ...] = ()


class Index(Struct, frozen=True):
    """A list of orders. ``columns`` are the roles of its columns in order, "" where one is not known; ``headings`` the words that stand between the rows."""

    item: str
    title: str
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]
    title_words: Text = Text()
    dates: tuple[DateReading, ...] = ()
    headings: tuple[Text, ...] = ()
    findings: tuple[Finding, ...] = ()
