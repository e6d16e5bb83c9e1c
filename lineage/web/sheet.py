"""The incident sheet as a PDF."""

from __future__ import annotations

import json
from pathlib import Path

from lineage.model import Ruling
from lineage.model.dates import long_date
from lineage.model.incident import Incident, Side
from lineage.rendering import access, standing
from lineage.rendering.incident import MISREAD, NO_RECEIPT

TEMPLATE = Path(__file__).parent / "templates" / "sheet.typ"


def pdf(one: Incident) -> bytes:
    """The sheet, set by typst; the same input gives the same bytes."""
    import typst

    said = {
        "time": long_date(one.on) + (f", {one.hour} local time" if one.hour else ""),
        "asked": ", ".join(f"“{w}”" for w in one.words) or "all rules",
        "whom": "; ".join(f"{name}: {value}" for name, value in (("unit", one.unit), ("rank", one.rank)) if value),
        "note": NO_RECEIPT + (f" {MISREAD}: {', '.join(one.misread)}." if one.misread else ""), "release": access.note(one.left_out), "why_not": one.why_not,
        "published": _side(one.published) if one.published else None, "held": _side(one.held),
        "before": [f"{long_date(h.on)}: {h.sentence}" for h in one.before], "after": [f"{long_date(h.on)}: {h.sentence}" for h in one.after],
        "others": [_name(r) for r in one.held.others] if one.words else None,
        "series": "; ".join(f"{h.name} {standing.span(h.first, h.last)} ({h.works})" for h in one.held_series), "not_held": one.not_held, "recorded_at": one.recorded_at or "",
    }  # fmt: skip
    made: bytes = typst.compile(TEMPLATE.read_bytes(), sys_inputs={"sheet": json.dumps(said)}, ignore_system_fonts=True, timestamp=0)
    return made


def _side(one: Side) -> list[list[object]]:
    heads = ("In force", "Suspended", "Issued, not yet in effect", "Not established by the documents held")
    return [[head, [_row(r) for r in rules]] for head, rules in zip(heads, (one.in_force, one.suspended, one.pending, one.not_established), strict=True)]


def _name(ruling: Ruling) -> str:
    number = f"{ruling.series_name} {ruling.work.number}" if ruling.work.number else ruling.series_name
    return f"{number}, {ruling.work.title or '(title not held)'}"


def _row(ruling: Ruling) -> list[str]:
    said = [f"in force, {standing.ground(ruling)}, since {standing.since(ruling)}" if ruling.status == "in-force" else standing.STATUS[ruling.status], *standing.extras(ruling)]
    said += [f"takes effect on {long_date(p.effective_on)}" for p in ruling.pending] + (["the day is that of a change"] if ruling.change_day else [])
    said += [f"{b.asked}: {b.answer.replace('-', ' ')}" for b in ruling.bound]
    return [_name(ruling), " · ".join(said)]
