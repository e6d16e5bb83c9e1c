"""Rules that bear one title under two numbers: they may be one rule, renumbered, and a like title alone does not prove it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from lineage.model import Catalogue, Relation, Work, bare
from lineage.pipeline.identifying import Paper

if TYPE_CHECKING:
    from lineage.store import Writing

YEAR = re.compile(r"[a-z]*(\d{4}|\d\d)(?!\d)")


def namesakes(work: Work, acts: Iterable[Relation], held: Catalogue) -> list[tuple[Work, date]]:
    """The rules of the series that bear the title under another number, each with its first day; not those of which a paper says what one does to the other, nor those
    whose numbers begin with the year of their papers: such a number is given once, to one order."""
    tied = {w for a in acts if a.kind != "cites" for w in (a.affecting.work, a.affected.work, *a.candidates)}
    found = []
    for other in held.by_title.get((work.agency, bare(work.title)), ()) if work.number else ():
        first = min((x.starts.first for x in held.by_work.get(other.id, ()) if x.starts.first), default=None)
        if first is None or not other.number or other.series != work.series or other.id in tied or called_by(other) & called_by(work):
            continue
        if not _of_its_year(other.number, first):
            found.append((other, first))
    return found


def called_by(work: Work) -> set[str]:
    """The bare numbers that the work bears or bore."""
    return {bare(n) for n in (work.number, *(b.number for b in work.numbers)) if n}


def of_papers(writing: Writing, agency: str, papers: Sequence[Paper], tied: set[str]) -> set[str]:
    """The works held under the titles of these papers, or of what bears their numbers and those ``tied`` to them: they may be namesakes before or after."""
    own = [work for work, _ in papers if work.number]
    if not own and not tied:
        return set()
    titles = {bare(w.title) for w in own}
    bearing = writing.catalogue(agency, numbers={bare(w.number) for w in own if w.number} | tied, titles=titles)
    more = ({bare(w.title) for w in bearing.works} | {bare(x.title) for x in bearing.expressions}) - titles
    others = writing.catalogue(agency, numbers=(), titles=more).works if more else ()
    return {w.id for w in (*bearing.works, *others) if w.held}


def _of_its_year(number: str, first: date) -> bool:
    """Whether the number begins with the year in which the rule began, or the one before.

    >>> _of_its_year("19-57", date(2019, 6, 3)), _of_its_year("SO 2018-4", date(2019, 1, 2)), _of_its_year("8.2", date(2008, 1, 1))
    (True, True, False)
    """
    head = YEAR.match(bare(number).replace(" ", ""))
    return head is not None and head.group(1) in {year[-n:] for year in (str(first.year), str(first.year - 1)) for n in (2, 4)}
