"""Word by word who put the words of a rule there: the paper held, or which clause of which order, from which day."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from lineage.model import ChangedBy, Shown, Words
from lineage.model.dates import long_date
from lineage.rendering.ink import WIDTH, Ink
from lineage.rendering.values import Json, iso
from lineage.rendering.wording import places


class Origin(Struct, frozen=True):
    """A run of words of one clause that one act put there; ``by`` is None for those of the paper held. ``part`` is ``heading``, ``text``, or ``cell`` with its row and column from 1 ("cell 2 1")."""

    part: str
    words: str
    by: ChangedBy | None


def shapes(answer: Shown) -> list[Json]:
    """The runs of each clause, in the order of ``clauses``: ``{"eid", "by_words": [{"part", "text", "relation", "name", "on", "clause", "item", "page", "quote"}]}``. ``relation`` is null for the words of the paper
    held, whose ``name`` is that of the file and ``on`` the day from which its text rules; ``clause`` is the eid of the clause in the order."""
    return [{"eid": eid, "by_words": [_shape(answer, run) for run in runs]} for eid, _, _, runs in _clauses(answer)]


def _shape(answer: Shown, run: Origin) -> Json:
    said = {"part": run.part, "text": run.words}
    if run.by is None:
        item = answer.ruling.period.item
        return said | {"relation": None, "name": _base(answer), "on": iso(_since(answer)), "clause": None, "item": item, "page": None, "quote": None}
    act = run.by.relation
    proof = act.evidence[0]
    return said | {"relation": act.id, "name": run.by.name, "on": iso(run.by.on), "clause": act.affecting.eid, "item": act.item, "page": proof.page, "quote": proof.quote}


def lines(answer: Shown, ink: Ink = Ink()) -> list[str]:
    """The clauses with a line for each run, and behind it who put it there."""
    found = [ink("Word by word, who put it there:", "label"), ""]
    for _, depth, marker, runs in _clauses(answer):
        indent = "  " * (depth + 1)
        for n, run in enumerate(runs):
            lead = f"{indent}{marker + ' ' if marker and n == 0 else ' ' * (len(marker) + 1) if marker else ''}"
            found += textwrap.wrap(f"“{run.words}”  {_who(answer, run)}", WIDTH, initial_indent=lead, subsequent_indent=" " * (len(lead) + 4))
        if not runs and marker:
            found.append(f"{indent}{marker}")
    return found


def _who(answer: Shown, run: Origin) -> str:
    if run.by is None:
        return _base(answer)
    act = run.by.relation
    day = f", {long_date(run.by.on)}" if run.by.on else ""
    clause = f", {act.affecting.eid}" if act.affecting.eid else ""
    return f"{run.by.name}{day}{clause}: {places(act.evidence, answer.item_names)}"


def _base(answer: Shown) -> str:
    item = answer.ruling.period.item
    return answer.item_names.get(item, item[:12]) if item else "the text held"


def _since(answer: Shown) -> date | None:
    """The day from which the paper held rules, where nothing changed its words since."""
    return answer.ruling.valid_from if answer.wording is None else None


def _clauses(answer: Shown) -> Iterator[tuple[str, int, str, list[Origin]]]:
    acts = {one.relation.id: one for one in answer.changed_by}
    units: list[Any] = list(answer.wording.units) if answer.wording is not None else list(answer.clauses)
    for unit in units:
        cells = unit.rows if answer.wording is not None else unit.cells
        parts = [("heading", unit.heading), ("text", unit.text), *((f"cell {r} {c}", cell) for r, row in enumerate(cells, 1) for c, cell in enumerate(row, 1))]
        runs = [Origin(name, said, acts.get(by)) for name, words in parts for said, by in (words if isinstance(words, Words) else Words.of(words)).pieces()]
        yield unit.eid, unit.depth, unit.marker, runs
