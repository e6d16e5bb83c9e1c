"""Texts and changes made by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from lineage.model import Change, Day, Edit, Effect, End, Evidence, Relation, Unit, Words
from lineage.model.eid import bare_marker, name_clauses


def clauses(lines: str) -> tuple[Unit, ...]:
    """A unit a line: two blanks a level, a marker before the words where one stands there, "# " before a heading."""
    made: list[tuple[str, str, int, str]] = []
    for line in filter(str.strip, lines.splitlines()):
        depth, words = (len(line) - len(line.lstrip())) // 2, line.strip()
        headed = words.startswith("# ")
        words = words.removeprefix("# ")
        first, _, rest = words.partition(" ")
        marked = first in ("•", "-") or (first[-1] in ".)" and 0 < len(bare_marker(first)) < 4) or (headed and "." in first)
        kind = "heading" if headed else "item" if marked else "lead-in" if words.endswith(":") else "paragraph"
        made.append((kind, first if marked else "", depth, rest if marked else words))
    names = name_clauses([(kind, marker, depth) for kind, marker, depth, _ in made])
    return tuple(
        Unit(eid, kind, depth, marker, Words.of(words if kind == "heading" else ""), Words.of("" if kind == "heading" else words), source=eid, eid=eid, parent=parent)  # type: ignore[arg-type]
        for (kind, marker, depth, words), (eid, parent) in zip(made, names, strict=True)
    )


def change(name: str, on: str, kind: str, path: tuple[str, ...] = (), *, paper: str = "", hour: str | None = None, new: str = "", doubt: str = "", **edit: Any) -> Change:
    """A change of a paper (its name up to the first dot, if not given), by its id."""
    paper = paper or name.split(".")[0]
    said = clauses(new) if new else ()
    one = Edit(**edit) if edit or not new else Edit(text=new)
    relation = Relation(
        paper, kind, End("this", own=True), End("Section 5.12", number="5.12", path=path), (Evidence(paper, 1, None, name, start=int(name.rsplit(".", 1)[-1]) if "." in name else 0, end=1, rule="made"),),  # type: ignore[arg-type]
        scope="part", effect=Effect(Day(on=date.fromisoformat(on), hour=hour), "made"), edit=one if kind not in ("amends",) or edit else None,
    )  # fmt: skip
    return Change(relation, name, date.fromisoformat(on), said, doubt)
