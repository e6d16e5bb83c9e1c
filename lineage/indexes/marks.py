"""Marks in the cells of a row: what a rule did to others, or what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lineage.model import EntryMark, RelationKind, Text
from lineage.profiles import Profile, Rule

LONGEST = 20_000  # characters of a cell in which marks are looked for; no listing is read with a longer one
CUTS = re.compile(r"[;\n)\]}]")
FOLLOWED = re.compile(r"\s*[:\-–]?\s*(?:(?:on|by|in|to|as|from|eff(?:ective)?\.?)\s+)*(?:[A-Z]{1,4}[- ]?)?\d|\s*[)\]}]?\s*$", re.IGNORECASE)
# A column that says by its head what its cells do.
COLUMNS: dict[str, tuple[RelationKind, bool]] = {
    "supersedes": ("supersedes", False),
    "superseded_by": ("supersedes", True),
    "rescinds": ("rescinds", False),
    "rescinded": ("rescinds", True),
    "amends": ("amends", False),
    "amended_by": ("amends", True),
    "former": ("renumbers", False),
}


def marks_in(cell: Text, profile: Profile, *, standing: bool = False) -> Iterator[EntryMark]:
    """Every mark of a cell, each with the words up to the next mark, a semicolon, a closing bracket or the end. That a rule stands is a mark only where
    ``standing`` is true."""
    found = [one for one in _found(cell, profile) if standing or one[0].kind != "confirms"]
    for at, (rule, start, end) in enumerate(found):
        until = found[at + 1][1] if at + 1 < len(found) else min(len(cell), LONGEST)
        cut = CUTS.search(cell.string, end, until)
        until = cut.start() if cut else until
        words, rest = cell[start:until].strip(), _trimmed(cell[end:until])
        yield EntryMark(rule.kind, rule.suffers, words, rest, f"mark.{rule.name}", ())  # type: ignore[arg-type]


def status_marks(cell: Text, profile: Profile) -> tuple[list[EntryMark], bool]:
    """The marks of a cell that says how the rule stands, and whether any was read."""
    found = list(marks_in(cell, profile, standing=True))
    return found, bool(found) or not cell or profile.names_nothing(cell.string)


def column_marks(cell: Text, role: str, profile: Profile) -> Iterator[EntryMark]:
    """The marks of a cell whose column says what it does: its own words first, and what stands before them as the column says."""
    found = _found(cell, profile)
    lead = cell[: found[0][1]] if found else cell
    if not profile.names_nothing(cell.string) and re.search(r"\d", lead.string):
        kind, suffers = COLUMNS[role]
        yield EntryMark(kind, suffers, _trimmed(lead), _trimmed(lead), "index.column", ())
    yield from marks_in(cell, profile)


def title_marks(cell: Text, profile: Profile) -> tuple[Text, list[EntryMark]]:
    """The title without its marks, and the marks: words in brackets, in capitals, or before a number or a date. "Rescinded Warrants" is a title."""
    found = [(rule, start, end) for rule, start, end in _found(cell, profile) if _is_mark(cell.string, start, end)]
    if not found:
        return cell, []
    start = found[0][1]
    title = re.match(r".*?(?=[\s(\[{*,;:–-]*$)", cell.string[:start], re.DOTALL)
    return cell[: title.end() if title else start].strip(), list(marks_in(cell[start:], profile))


def _is_mark(words: str, start: int, end: int) -> bool:
    bracketed = words[:start].rstrip().endswith(("(", "[", "{", "-", "–", "*"))
    capitals = words[start:end].isupper() and not words[:start].strip().isupper() and not words.isupper()
    return (bracketed or capitals or bool(FOLLOWED.match(words, end))) and (start > 0 or bool(FOLLOWED.match(words, end)))


def _found(cell: Text, profile: Profile) -> list[tuple[Rule, int, int]]:
    """The key words of marks in order, none within another."""
    words = cell.string[:LONGEST]
    spans = [(m.start(), -m.end(), n, rule) for n, rule in enumerate(profile.mark) for m in rule.pattern.finditer(words)]
    kept: list[tuple[Rule, int, int]] = []
    for start, minus_end, _, rule in sorted(spans, key=lambda s: s[:3]):
        if not kept or start >= kept[-1][2]:
            kept.append((rule, start, -minus_end))
    return kept


def _trimmed(text: Text) -> Text:
    words = text.string
    left = len(words) - len(words.lstrip(" \t\n:;,.-–("))
    right = len(words.rstrip(" \t\n:;,-–(")) 
    return text[left:right] if left < right else Text()
