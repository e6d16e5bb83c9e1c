"""Fields that stand at the edge of the pages: running heads and feet that carry the number, the dates, what is rescinded.

The same edge stands on every page, and it need not say the same on each: every value is kept with its page, and pages that differ are a finding (the majority
proves nothing).
"""

from __future__ import annotations

from lineage.clauses.fields import Labelled
from lineage.model import Body, Finding, Text, evidence_of
from lineage.profiles import Profile, fits, split_labels
from lineage.profiles.labels import DATES, TARGETS

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
    """A finding for each role of which the pages' edges say different things."""
    found = []
    for role in sorted({v.role for v in values}):
        mine = [v for v in values if v.role == role]
        if len(mine) < 2:
            continue
        evidence = tuple(e for v in mine for e in evidence_of(v.value, body.item, "heading.pages-differ"))
        said = "; ".join(f'"{v.label} {v.value.string}" on page {_page(v.value)}' for v in mine)
        found.append(
            Finding(
                "heading.pages-differ",
                "doubt",
                f"The heads or feet of the pages do not say the same: {said}. More pages on one side prove nothing; a person must say which holds.",
                evidence,
            )
        )
    return found


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
