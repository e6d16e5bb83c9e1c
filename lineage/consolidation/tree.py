"""A text while it is being changed: units in reading order, the deeper ones below those before them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from lineage.model.eid import name_clauses
from lineage.model.wording import Unit, Words


def brought(unit: Unit, by: str, shift: int) -> Unit:
    """A unit of a paper as an act brings it into a text, ``shift`` levels deeper; it has no name there yet."""
    return replace(
        unit,
        wid="",
        depth=max(unit.depth + shift, 0),
        heading=Words.of(unit.heading.string, by),
        text=Words.of(unit.text.string, by),
        rows=tuple(tuple(Words.of(cell.string, by) for cell in row) for row in unit.rows),
        put_by=by,
    )


def is_name(unit: Unit) -> bool:
    """Whether a unit is the number and title of the rule at the head of its text, and nothing else."""
    return unit.kind == "heading" and not unit.text and bool(unit.marker) and "." in unit.marker.strip(". ")


class Tree:
    """The units, the wids that any unit of the text ever bore (a new one takes none of them), and the acts that took units out, by wid."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = list(units)
        self.borne = {unit.wid for unit in self.units}
        self.struck: dict[str, str] = {}

    def at(self, wid: str) -> int | None:
        """Where the unit stands; None where it is gone."""
        return next((n for n, unit in enumerate(self.units) if unit.wid == wid), None)

    def end(self, at: int) -> int:
        """Where the units below the one at this place end."""
        depth, after = self.units[at].depth, at + 1
        while after < len(self.units) and self.units[after].depth > depth:
            after += 1
        return after

    def above(self, at: int) -> Iterator[int]:
        """The places of the units above, from the nearest."""
        depth = self.units[at].depth
        for n in range(at - 1, -1, -1):
            if self.units[n].depth < depth:
                depth = self.units[n].depth
                yield n

    def put(self, start: int, end: int, units: Sequence[Unit], by: str) -> None:
        """An act puts units in place of those from ``start`` to before ``end``; those without a wid of this text get one."""
        kept = {unit.wid for unit in units}
        self.struck |= {unit.wid: by for unit in self.units[start:end] if unit.wid not in kept}
        self.units[start:end] = units
        fresh = {n for n in range(start, start + len(units)) if not self.units[n].wid}
        if not fresh:
            return
        named = self.names()
        for n in sorted(fresh):
            self.units[n] = replace(self.units[n], wid=self._free(named[n][0]))

    def names(self) -> list[tuple[str, str | None]]:
        """The eid of each unit in the text as it stands, and the eid around it."""
        return name_clauses([(unit.kind, unit.marker, unit.depth) for unit in self.units])

    def _free(self, eid: str) -> str:
        """The eid, or where another once bore it, the name of its next bearer: ``para_3v2``."""
        wid, bearer = eid, 1
        while wid in self.borne:
            bearer += 1
            wid = f"{eid}v{bearer}"
        self.borne.add(wid)
        return wid

    def finished(self) -> tuple[Unit, ...]:
        """The units under the names that they have in this text."""
        return tuple(replace(unit, eid=eid, parent=parent) for unit, (eid, parent) in zip(self.units, self.names(), strict=True))
