"""A name that gives one rule's number and the title of another: the number may be that of another edition, and the title says which rule is meant."""

from __future__ import annotations

from collections.abc import Sequence

from lineage.model import Catalogue, End, Work, bare, may_be_series
from lineage.relations.identity import bare_title, titles_alike


def by_title(end: End, works: Sequence[Work], catalogue: Catalogue, agency: str) -> Work | None:
    """The one rule held that has the very title that stands beside the number, where no bearer of the number (``works``) has a title like it; None where there is none, or several."""
    if not end.number or not end.title or end.own or end.external or any(titles_alike(t, end.title) for w in works for t in titles(w, catalogue) if t):
        return None
    named = catalogue.by_title.get((agency, bare(end.title)), ())
    found = [w for w in named if w.held and w not in works and w.number and may_be_series(end.series, w.series) and bare_title(w.title) == bare_title(end.title)]
    return found[0] if len(found) == 1 else None


def titles(work: Work, catalogue: Catalogue) -> list[str]:
    """The title of a work and those of its texts."""
    return [work.title, *(x.title for x in catalogue.by_work.get(work.id, ()))]
