"""Stamps: marks made on a paper after it was signed, read as acts upon it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lineage.model import Day, Effect, End, Furniture, Outline, Relation
from lineage.profiles import Profile, Rule

_PART = re.compile(r"(?:PARTIALLY|PARTLY|PARAGRAPHS?|ITEMS?|PARTS?|APPENDIX|ATTACHMENTS?|PAGES?)\b|.*\bIN\s+PART\b")
_TO_COME = re.compile(r"(?:TO|WILL)\s+BE\b")


def stamped_acts(outline: Outline, profile: Profile) -> Iterator[Relation]:
    """The acts that the stamps on a paper tell of, and the sections that they point to."""
    for piece in outline.furniture:
        if piece.kind != "stamp":
            continue
        rule, match = next(((r, m) for r in profile.stamp if (m := r.pattern.search(piece.text))), (None, None))
        if rule is None or match is None:
            continue
        yield _stamped(outline, piece, rule, match, profile)
        see = match.groupdict().get("see")
        if see:
            # A pointer to the section that treats the matter; it does not say that the section ends the paper.
            end = _stamp_end(see, profile)
            yield Relation(outline.item, "cites", End("(a stamp)", own=True), end, piece.evidence, source="stamp")


def _stamped(outline: Outline, piece: Furniture, rule: Rule, match: re.Match[str], profile: Profile) -> Relation:
    groups = match.groupdict()
    by = (groups.get("by") or groups.get("by2") or "").strip()
    raw = groups.get("on") or ""
    read = next((d.day for d in outline.heading.dates if d.role == "stamp" and d.raw == raw and d.evidence[0] in piece.evidence), None)
    first = next((d.day.first for d in outline.heading.dates if d.role in ("effective", "issued", "title") and d.day.first), None)
    day = read or Day(earliest=first)
    to_come = _TO_COME.match(match.group()) is not None
    return Relation(
        item=outline.item,
        kind=rule.kind,  # type: ignore[arg-type]
        affecting=_stamp_end(by, profile) if by else End("(not named)"),
        affected=End("(the stamped paper)", own=True),
        evidence=piece.evidence,
        scope="part" if _PART.match(match.group()) else "whole",
        effect=Effect(day, f"{raw}, a stamp" if raw else "a stamp without a date"),
        certainty="doubtful" if to_come else "certain",
        condition=match.group() if to_come else "",
        source="stamp",
    )


def _stamp_end(words: str, profile: Profile) -> End:
    """A rule as a stamp names it: "3.51", "SECTION 8.2.13", a short title."""
    number = re.search(r"(?:^|(?<=\s))\d+(?:[.-]\d+)*[A-Z]?$", words)
    if number is None:
        return End(words, title=words)
    named = profile.series_named(words)
    dotted = next((r.series for r in profile.reference if r.series == "manual-section"), None) if "." in number.group() else None
    return End(words, number=number.group(), series=named.id if named else dotted)
