"""What an index calls itself, and the day of which it says that it is."""

from __future__ import annotations

import re

from lineage.indexes.grid import Grid
from lineage.model import DateReading, Item, Line, Text, evidence_of
from lineage.model.dates import find_dates
from lineage.profiles import Profile

TITLE_CHARS = 120
AS_OF = re.compile(r"\b(?:as of|updated?|current (?:as of|through|to)|revised|last (?:updated|revised)|rev\.?|dated)\b\W*$", re.IGNORECASE)


def title_of(item: Item, listing: list[tuple[Grid, int]], profile: Profile) -> tuple[Text, list[DateReading]]:
    """The words above the head that name the list (``listing``: its tables, each with the rows that its head takes), with the days of which they say that it is ("as of"); nothing where no words stand above."""
    above = _above(item, listing)
    named = [line for line in above if any(p.search(line.text) for p in profile.index_names)]
    whole = next(iter(named), None) or next((line for line in above if re.search(r"[A-Za-z]{3}", line.text) and not list(find_dates(line.text))), None)
    dates = []
    for line in above:
        for found in find_dates(line.text, profile.numeric_dates):
            if AS_OF.search(line.text[: found.start]) and not found.impossible:
                quote = Text.of(line)[found.start : found.end]
                evidence = evidence_of(quote, item.sha256, "index.as-of")
                dates.append(DateReading("edition", found.day, found.raw, evidence[0].page, evidence, "the day of which the list says that it is"))
    title = Text.of(whole)[:TITLE_CHARS].strip() if whole is not None else Text()
    return title, dates


def _above(item: Item, listing: list[tuple[Grid, int]]) -> list[Line]:
    inside = {id(line) for grid, head in listing for row in grid.rows[max(head - 1, 0) :] for line in row.words.lines()}
    found = []
    for line in item.pages[0].lines if item.pages else ():
        if id(line) in inside:
            break
        found.append(line)
    return found
