"""Evidence and findings: what an answer rests on, and what is doubtful about it."""

from __future__ import annotations

import hashlib
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from lineage.model.text import Box, Text

Severity = Literal["note", "doubt", "blocker"]


class Evidence(Struct, frozen=True):
    """An exact quote and the place where it stands: item hash, page (from 1), box (None for text and HTML), half-open offsets in the page's text, and the
    rule that found it. ``at`` is the place in the words of the source where it has no pages ("line 12, column 3" of a table of commas).
    Web Annotation: a TextQuoteSelector with its TextPositionSelector."""

    item: str
    page: int
    box_pt: Box | None
    quote: str
    start: int
    end: int
    rule: str
    at: str = ""


def evidence_of(text: Text, item: str, rule: str) -> tuple[Evidence, ...]:
    """One piece of evidence for each page that the text stands on."""
    return tuple(Evidence(item, p.page, p.box_pt, p.quote, p.start, p.end, rule) for p in text.pieces())


class Finding(Struct, frozen=True):
    """A doubt kept as a value. ``code`` is ``area.fact`` and never changes meaning; ``message`` is a full sentence: what, where, why it matters, what could settle it.

    ``note`` changes no answer; ``doubt`` could change one; ``blocker`` leaves one not established. ``work`` is the work id it is about, where one is known.
    """

    code: str
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...] = ()
    work: str | None = None

    @property
    def id(self) -> str:
        """A name that stays while the finding says the same of the same place."""
        places = ((e.item, e.page, e.start) for e in self.evidence)
        return "f-" + digest(self.code, self.work or "", self.message, *(str(p) for p in places))

    def about(self, work: str | None) -> Finding:
        """The same finding, of this work."""
        return replace(self, work=work)


def digest(*parts: str) -> str:
    """Twelve hexadecimal digits that name these parts (SHA-256, shortened)."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
