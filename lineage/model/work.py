"""Works, their names, and the catalogue of what is held."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from lineage.model.clause import Day


class Borne(Struct, frozen=True):
    """A number that a work bore for a time, half-open; None is open. ``by`` is the renumbering (a relation's id) that gave it, empty for the first."""

    series: str
    number: str
    since: date | None = None
    until: date | None = None
    by: str = ""


class Work(Struct, frozen=True):
    """The order or section itself, whatever its text on a day (FRBR Work). ``id`` is ``agency/series/number/holder``; ``holder`` counts the works that bore one number.

    ``held`` is false for a placeholder: a work known only from mentions. ``numbers`` are those of a work that was renumbered, in order; ``number`` and ``series`` are then the
    last of them, and the id keeps the one that it was first known by.
    """

    id: str
    agency: str
    series: str
    number: str | None
    title: str
    holder: int = 1
    held: bool = True
    numbers: tuple[Borne, ...] = ()

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.number or self.title

    def on(self, day: date) -> Work:
        """The work under the number that it bears on a day; as it is, where it bore but one."""
        then = next((b for b in self.numbers if (b.since is None or b.since <= day) and (b.until is None or day < b.until)), None)
        return replace(self, series=then.series, number=then.number) if then is not None else self

    def bears(self, number: str, day: date | None) -> bool:
        """Whether it may be called by the number on a day (on any, where none is given): from the day that gives it through the day that takes it away."""
        mine = [b for b in self.numbers if bare(b.number) == bare(number)]
        if not self.numbers or day is None:
            return bool(mine) or bare(self.number or "") == bare(number)
        return any((b.since is None or b.since <= day) and (b.until is None or day <= b.until) for b in mine)

    def bore(self, number: str, day: date) -> bool:
        """Whether a renumbering took the number away from it before the day."""
        return any(bare(b.number) == bare(number) and b.until is not None and b.until < day for b in self.numbers)


class Expression(Struct, frozen=True):
    """A text of a work as it is held: the item, the day from which it rules, and the dates by which others name it.

    ``names_prior`` are the version dates of the same number that it says it replaces; ``words`` is the fingerprint of its own words. ``series`` and ``number`` are what the paper
    calls itself: a work that is renumbered has texts of several numbers.
    """

    work: str
    item: str
    title: str
    starts: Day
    issued: Day = Day()
    names_prior: tuple[str, ...] = ()
    recorded_from: str = ""
    words: str = ""
    series: str = ""
    number: str | None = None


class Catalogue(Struct, frozen=True):
    """The works held or mentioned, as ``relations.resolve`` sees them: by agency and bare number, and by agency and bare title."""

    works: tuple[Work, ...] = ()
    expressions: tuple[Expression, ...] = ()
    by_number: dict[tuple[str, str], list[Work]] = field(default_factory=dict)
    by_title: dict[tuple[str, str], list[Work]] = field(default_factory=dict)
    by_work: dict[str, list[Expression]] = field(default_factory=dict)

    @classmethod
    def of(cls, works: Iterable[Work], expressions: Iterable[Expression]) -> Catalogue:
        """These works under every number that they bore and under their titles, and their expressions, in the order given."""
        made = cls(tuple(works), tuple(expressions))
        for work in made.works:
            for name in {bare(n) for n in (work.number, *(b.number for b in work.numbers)) if n} - {""}:
                made.by_number.setdefault((work.agency, name), []).append(work)
            if bare(work.title):
                made.by_title.setdefault((work.agency, bare(work.title)), []).append(work)
        for expression in made.expressions:
            made.by_work.setdefault(expression.work, []).append(expression)
        return made


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A number or title with the differences that mean nothing taken out: case, blanks around dots and hyphens, dash shapes, a leading section mark.

    >>> bare("7 .1.2.8"), bare("§ 3.48"), bare("U04–01"), bare("E-02-02-05"), bare("3.48.1")
    ('7.1.2.8', '3.48', 'u04-01', 'e02-02-05', '3.48.1')
    """
    name = re.sub(r"[‐-―−]", "-", name).strip().lower()
    name = re.sub(r"^(?:§+|sections?|sec\.)\s*", "", name)
    name = re.sub(r"\s+", " ", re.sub(r"\s*([.\-/])\s*", r"\1", name)).strip(" .;,:")
    return re.sub(r"^([a-z]{1,3})[ -](?=\d[\w.\-/]*$)", r"\1", name)


# Series that say no more than that a paper is a rule: they may mean one of any series.
VAGUE_SERIES = frozenset(("directive", "document", "unknown-series"))

# What a manual is made of: its policies are cited as its sections.
OF_A_MANUAL = frozenset(("manual-section", "policy"))


def may_be_series(named: str | None, held: str) -> bool:
    """Whether a mention of one series can mean a work of another: a "Special Order 12-05" is no General Order 12-05, a "Directive 12-05" may be."""
    return named is None or named == held or named in VAGUE_SERIES or held in VAGUE_SERIES or (named in OF_A_MANUAL and held in OF_A_MANUAL)


def slug(name: str) -> str:
    """A name fit for an address: lower-case words joined by hyphens; a number keeps its case and dots.

    >>> slug("Social Media"), slug("Cap - Round Crown")
    ('social-media', 'cap-round-crown')
    """
    return re.sub(r"-+", "-", re.sub(r"[^a-z0-9]+", "-", name.lower())).strip("-") or "untitled"


_SMALL = frozenset(("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))


def reader_title(title: str) -> str:
    """The title in a reader's case: what is printed in capitals throughout is capitals by typography. Short words without a vowel and two-letter words stay.

    >>> reader_title("USE OF FORCE AB 392 "), reader_title("Cap - Round Crown"), reader_title("LBPD RIDE-ALONG PROGRAM")
    ('Use of Force AB 392', 'Cap - Round Crown', 'LBPD Ride-Along Program')
    """
    title = re.sub(r"\s+", " ", title).strip(" .-–")
    if not title.isupper():
        return title
    return " ".join(_reader_case(word, at) for at, word in enumerate(title.split(" ")))


def _reader_case(word: str, at: int) -> str:
    low = word.lower()
    if low in _SMALL:
        return low.capitalize() if at == 0 else low
    if re.search(r"\d", word) or (word.isalpha() and (len(word) == 2 or not re.search("[AEIOUY]", word))):
        return word
    return re.sub(r"[^\W\d_]+(?:['’][a-z]+)?", lambda m: m.group().capitalize(), low)
