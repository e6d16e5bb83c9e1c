"""Two texts of one rule held against each other: a redline by unit and by word, with who changed it."""

from __future__ import annotations

from collections.abc import Sequence

from lineage.consolidation.restating import pairs, steps
from lineage.model.wording import Op, Shift, Step, Unit, Wording


def compare(old: Wording, new: Wording, *, one_base: bool = True) -> tuple[Shift, ...]:
    """What differs, in the order in which it is read. ``one_base`` says that both are the same base as changed by then: what bears one wid is one unit."""
    same = _same(old.units, new.units) if one_base else pairs(old.units, new.units)
    back = {o: n for n, o in same.items()}
    known, struck = set(old.applied), dict(new.struck)
    found: list[tuple[tuple[int, int], Shift]] = []
    for n, unit in enumerate(new.units):
        if n not in same:
            found.append(((n, 1), _shift("insert", None, unit, (unit.put_by,) if unit.put_by else ())))
        elif said(old.units[same[n]]) != said(unit):
            by = [a for a in unit.changed_by if a not in known] or [a for a in unit.acts if a not in known]
            found.append(((n, 1), _shift("replace", old.units[same[n]], unit, tuple(by))))
    after = -1
    for o, unit in enumerate(old.units):
        if o in back:
            after = back[o]
        else:
            found.append(((after, 2), _shift("delete", unit, None, (struck[unit.wid],) if one_base and unit.wid in struck else ())))
    return tuple(shift for _, shift in sorted(found, key=lambda f: f[0]))


def said(unit: Unit) -> str:
    """All that a unit says, in one line."""
    return " ".join(unit.strings())


def _same(old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, int]:
    places = {unit.wid: at for at, unit in enumerate(old)}
    return {n: places[unit.wid] for n, unit in enumerate(new) if unit.wid in places}


def _shift(op: Op, old: Unit | None, new: Unit | None, by: tuple[str, ...]) -> Shift:
    before, after = (said(u) if u is not None else None for u in (old, new))
    unit = new or old
    return Shift(op, unit.eid if unit else "", before, after, redline(before or "", after or ""), by, unit.depth if unit else 0)


def redline(before: str, after: str) -> tuple[tuple[Step, str], ...]:
    """What leads from one string to the other, by words.

    >>> redline("within 30 days", "within 15 days")
    (('equal', 'within '), ('delete', '30'), ('insert', '15'), ('equal', ' days'))
    """
    found: list[tuple[Step, str]] = []
    for op, a, b, c, d in steps(before, after):
        if op == "equal":
            found.append(("equal", before[a:b]))
            continue
        if b > a:
            found.append(("delete", before[a:b]))
        if d > c:
            found.append(("insert", after[c:d]))
    return tuple(found)
