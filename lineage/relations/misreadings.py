"""Numbers that nothing held bears as read, and a rule bears if OCR misread them: candidates, which end nothing until a person decides."""

from __future__ import annotations

import re

from lineage.model import Catalogue, End, Finding, Relation, bare
from lineage.model.confusion import variants

# A last figure that was read as a letter and stands apart: "7.1.2.1 O". The pronoun begins a sentence's next words, so a lower-case word behind "I" speaks against it.
STRAY = re.compile(r"\s?(?P<figure>[Ool|]|I(?!\s+[a-z]))(?=$|[\s.,;:)\]])")


def misread(end: End, catalogue: Catalogue, agency: str, own: str | None) -> tuple[str, ...]:
    """The works held whose number the mention's may be if OCR misread one figure of it; none where its own number is held."""
    if not end.number or end.external or end.own or any(w.held for w in catalogue.by_number.get((agency, bare(end.number)), ())):
        return ()
    found = (w for number in variants(bare(end.number)) for w in catalogue.by_number.get((agency, number), ()))
    return tuple(sorted({w.id for w in found if w.held and w.id != own and (end.series is None or w.series == end.series)}))


def is_misread(relation: Relation, numbers: dict[str, str]) -> bool:
    """Whether the candidates of the relation, by their numbers, bear the number that is written only if OCR misread it."""
    written = bare(relation.affected.number or "")
    return bool(written and relation.candidates) and all(numbers.get(c) and bare(numbers[c]) != written for c in relation.candidates)


def misreading(relation: Relation, numbers: dict[str, str]) -> list[Finding]:
    """The doubt about each candidate of such a relation."""
    return [
        Finding(
            "relations.misread",
            "doubt",
            f'"{relation.affected.mention}" names nothing that is held as it was read; if OCR misread it, {numbers[work]} is meant. It acts upon nothing until a person '
            "decides; look at the page itself.",
            relation.evidence,
            work=work,
        )
        for work in relation.candidates
    ]
