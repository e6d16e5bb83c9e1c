"""Days of digital signatures: the day on which a paper was approved, or reviewed where the words beside the signature say so. None of them is a day of effect."""

from __future__ import annotations

import re

from lineage.clauses.dating import date_field
from lineage.clauses.gathered import Gathered
from lineage.model import Body, Box, DateRole, Text
from lineage.profiles import Profile

SIGNED = re.compile(r"^Digitally signed\b.*?\bDate: (?P<on>\S+ \S+.*)$")
REVIEWED = re.compile(r"\breview", re.IGNORECASE)


def signature_dates(body: Body, profile: Profile, out: Gathered) -> None:
    """The day of each digital signature on the paper."""
    for text in (text for piece in body.furniture if piece.kind == "signature" for text in piece.texts):
        match = SIGNED.match(text.string)
        if match is not None:
            role: DateRole = "reviewed" if _beside(text, body) else "approved"
            date_field(role, text[match.start("on") : match.end("on")], "heading.signature", body, profile, out)


def _beside(signature: Text, body: Body) -> bool:
    """Whether words on the row of the signature say that it is of a review."""
    own = next(iter(signature.lines()))
    texts = [*(block.text for block in body.blocks), *(text for piece in body.furniture for text in piece.texts)]
    return any(
        REVIEWED.search(line.text) is not None and _one_row(line.box_pt, own.box_pt) for text in texts for line in text.lines() if line.page == own.page and line is not own
    )


def _one_row(one: Box | None, other: Box | None) -> bool:
    return one is not None and other is not None and one[0] < other[0] and min(one[3], other[3]) - max(one[1], other[1]) > 0.3 * (one[3] - one[1])
