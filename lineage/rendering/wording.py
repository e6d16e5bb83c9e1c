"""The words of a rule for people and for programs: clauses, and who put each of their words there."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from lineage.model import ChangedBy, Evidence, Shown, Unit
from lineage.model.dates import long_date
from lineage.rendering.ink import WIDTH, Ink
from lineage.rendering.values import Json, iso
from lineage.rendering.values import relation as relation_shape


def clauses(rows: Sequence[Any]) -> Iterable[str]:
    for c in rows:
        words = " ".join(part for part in (c.marker, c.heading, c.text) if part)
        indent = "  " * (c.depth + 1)
        if c.kind == "heading" and c.depth == 0 and c is not rows[0]:
            yield ""
        yield from textwrap.wrap(words, WIDTH, initial_indent=indent, subsequent_indent=indent + ("  " if c.marker else "")) or [indent]


def text(answer: Shown, ink: Ink) -> list[str]:
    """The words that were put together, under a head that says so."""
    wording = answer.wording
    if wording is None:
        return []
    if answer.ruling.complete:
        head = "Consolidated, not reviewed:"
    elif wording.applied:
        head = "The words held, with the changes that fit (consolidated, not reviewed); others are not applied:"
    else:
        head = "The words held, before the changes that are not applied:"
    return [ink(head, "open"), "", *clauses([_printed(unit) for unit in wording.units])]


class _Printed(Struct, frozen=True):
    kind: str
    depth: int
    marker: str
    heading: str
    text: str


def _printed(unit: Unit) -> _Printed:
    cells = " ".join(cell.string for row in unit.rows for cell in row)
    return _Printed(unit.kind, unit.depth, unit.marker, unit.heading.string, f"{unit.text.string} {cells}".strip())


def changes(answer: Shown, ink: Ink) -> list[str]:
    """Who changed the words, and what of it is not applied."""
    found = []
    for one in answer.changed_by:
        day = long_date(one.on) if one.on else "on a day not settled"
        path = " ".join(one.relation.affected.path)
        said = f"{day}: {one.name} {one.relation.kind} {path or 'its words'}" + (f"; not applied, {one.refused}" if one.refused else "")
        found.append(f"{said}: {places(one.relation.evidence, answer.item_names)}")
    return [f"{ink('Changed', 'label') if n == 0 else '':{9 if n else 0}}{'' if n else '  '}{words}" for n, words in enumerate(found)]


def pages(evidence: Sequence[Evidence]) -> str:
    if evidence[0].at:
        return evidence[0].at
    pages = sorted({e.page for e in evidence})
    if len(pages) > 2 and pages == list(range(pages[0], pages[-1] + 1)):
        return f"p. {pages[0]}-{pages[-1]}"
    return "p. " + ", ".join(map(str, pages))


def places(evidence: Sequence[Evidence], names: dict[str, str]) -> str:
    return f'{names.get(evidence[0].item, evidence[0].item[:12])} {pages(evidence)} "{short(evidence[0].quote)}"'


def short(words: str, length: int = 70) -> str:
    words = " ".join(words.split())
    return words if len(words) <= length else words[: length - 3].rstrip() + "..."


def units(answer: Shown) -> list[Json]:
    """The clauses of the text that was put together. ``page`` and ``box_pt`` are the place in the paper that brought each clause, ``by`` the acts that put it there or changed it, ``words`` its words
    by who put them there (null: the base)."""
    if answer.wording is None:
        return []
    held = {row.eid: row for row in answer.clauses}  # type: ignore[attr-defined]
    acts = {one.relation.id: one.relation for one in answer.changed_by}
    return [_unit(unit, held, acts) for unit in answer.wording.units]


def _unit(unit: Unit, held: dict[str, Any], acts: dict[str, Any]) -> Json:
    row = held.get(unit.source) if not unit.put_by else None
    proof = acts[unit.put_by].evidence[0] if unit.put_by in acts else None
    return {
        "eid": unit.eid, "wid": unit.wid, "marker": unit.marker or None, "depth": unit.depth, "kind": unit.kind, "heading": unit.heading.string or None, "text": unit.text.string,
        "page": row.page if row else proof.page if proof else 1, "box_pt": list(row.box_pt) if row and row.box_pt else None,
        "rows": [[cell.string for cell in cells] for cells in unit.rows], "by": list(unit.acts), "words": [{"text": said, "by": by or None} for said, by in unit.text.pieces()],
    }  # fmt: skip


def act(one: ChangedBy) -> Json:
    """An act that changed the words, applied or not."""
    return {"relation": one.relation.id, "name": one.name, "work": one.relation.affecting.work, "on": iso(one.on), "applied": not one.refused, "why_not": one.refused or None, "why_not_code": one.code or None, "edit": relation_shape(one.relation)["edit"]}
