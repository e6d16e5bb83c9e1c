"""Fields that stand at the edge of the pages: running heads and feet that carry the number, the dates, what is rescinded.

The same edge stands on every page, and it need not say the same on each: every value is kept with its page, and pages that differ are a finding (the majority
proves nothing).
"""

from __future__ import annotations

import re

from lineage.clauses.fields import Labelled
from lineage.model import Body, Finding, Text, evidence_of
from lineage.profiles import Profile, Series, fits, split_labels
from lineage.profiles.labels import DATES, TARGETS

MOST_QUOTED, MOST_SHOWN, MOST_CHARS = 6, 40, 120  # wordings in a finding's sentence, pieces of its evidence, characters of one wording
NUMBERED = re.compile(r"\s+(?:(?:No\.?|Number|#)\s*)?:?\s*(?P<number>[A-Z]{0,3}-?\d+(?:[-.]\d+)+[A-Z]?|[A-Z]{1,3}-?\d+)(?=$|[\s,;|–—])")
TELLING = DATES | TARGETS | {"number"}


def at_edges(body: Body, profile: Profile) -> list[Labelled]:
    """Each labelled value of the running heads and feet that fits its label, once for each wording; ``block`` is -1."""
    found: dict[tuple[str, str], Labelled] = {}
    for text in _edges(body):
        for role, label, value in split_labels(text, profile):
            if role in TELLING and fits(role, value.string, profile):
                found.setdefault((role, " ".join(value.string.split())), Labelled(role, label, value, -1))
    return list(found.values())


def pages_differ(body: Body, values: list[Labelled]) -> list[Finding]:
    """A finding for each role of which the pages' edges say different things; it quotes the first few, and says how many more there are."""
    found = []
    for role in sorted({v.role for v in values}):
        mine = [v for v in values if v.role == role]
        if len(mine) < 2:
            continue
        evidence = tuple(e for v in mine[:MOST_SHOWN] for e in evidence_of(v.value, body.item, "heading.pages-differ"))
        said = "; ".join(f'"{v.label} {v.value.string[:MOST_CHARS]}" on page {_page(v.value)}' for v in mine[:MOST_QUOTED])
        more = f", and {len(mine) - MOST_QUOTED} more" if len(mine) > MOST_QUOTED else ""
        found.append(
            Finding(
                "heading.pages-differ",
                "doubt",
                f"The heads or feet of the pages do not say the same: {said}{more}. More pages on one side prove nothing; a person must say which holds.",
                evidence,
            )
        )
    return found


def number_in_head(body: Body, profile: Profile) -> tuple[Series | None, Text]:
    """The series and the number that stand together in the running heads of a paper without places on its pages (Word, text), such as "General Order 5-12".

    Nothing where the heads name several: none of them is chosen.
    """
    found: dict[tuple[str, str], tuple[Series, Text]] = {}
    for text in _edges(body):
        if len(text) > MOST_CHARS or any(line.box_pt for line in text.lines()):
            continue
        for series in profile.series:
            named = series.pattern.search(text.string)
            number = NUMBERED.match(text.string, named.end()) if named else None
            if number and profile.number.fullmatch(number["number"]):
                found.setdefault((series.id, number["number"]), (series, text[number.start("number") : number.end("number")]))
                break
    return next(iter(found.values())) if len(found) == 1 else (None, Text())


def edge_words(body: Body) -> list[Text]:
    """The words of the running heads and feet, each wording once."""
    found: dict[str, Text] = {}
    for text in _edges(body):
        found.setdefault(text.string, text)
    return list(found.values())


def _edges(body: Body) -> list[Text]:
    return [text for piece in body.furniture if piece.kind in ("head", "foot") for text in piece.texts]


def _page(text: Text) -> int:
    return next((line.page for line in text.lines()), 1)
