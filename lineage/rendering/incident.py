"""An incident sheet as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from lineage.model import Ruling
from lineage.model.happening import Happening
from lineage.model.incident import Incident, Side
from lineage.rendering import happening, shapes
from lineage.rendering.values import Json, iso

MISREAD = "No rule has these words as read; those listed for them may have them, if OCR misread them"
NO_RECEIPT = "This sheet does not show that any officer received, read or was trained on a rule."


def shape(one: Incident) -> Json:
    """For programs."""
    return {
        "on": one.asked or iso(one.on), "words": list(one.words), "matched_as_misread": list(one.misread), "unit": one.unit, "rank": one.rank, "as_published_by_then": _side(one.published), "why_not": one.why_not or None, "uncounted": one.uncounted, "as_held_now": _side(one.held),
        "changed_before": _happenings(one.before), "changed_after": _happenings(one.after),
        "held": [{"series": h.series, "works": h.works, "from": iso(h.first), "to": iso(h.last)} for h in one.held_series], "not_held": one.not_held, "recorded_at": one.recorded_at, "note": NO_RECEIPT,
    }  # fmt: skip


def _side(one: Side | None) -> Json | None:
    if one is None:
        return None
    return {
        "in_force": _rulings(one.in_force), "suspended": _rulings(one.suspended), "issued_not_yet_effective": _rulings(one.pending), "not_established": _rulings(one.not_established),
        "without_the_words": _rulings(one.others),
    }  # fmt: skip


def _rulings(several: Sequence[Ruling]) -> list[Json]:
    return [shapes.ruling(r) for r in several]


def _happenings(several: Sequence[Happening]) -> list[Json]:
    return [happening.entry(h) for h in several]
