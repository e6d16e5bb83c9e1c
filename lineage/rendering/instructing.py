"""How an instruction is read, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable

from lineage.model import Edit, Finding, Instruction
from lineage.rendering.values import Json, edit_of
from lineage.rendering.values import finding as finding_shape


def shape(found: Iterable[Instruction], findings: Iterable[Finding]) -> Json:
    """The readings of one sentence. ``count`` null beside a ``find`` is "wherever it appears"."""
    return {"readings": [_reading(one) for one in found], "findings": [finding_shape(f) for f in findings]}


def _reading(one: Instruction) -> Json:
    edit = edit_of(one.edit or Edit())
    return {"kind": one.kind, "path": list(one.path), **edit, "effective": one.effective, "rule": one.rule, "of": one.of, "follows": one.follows}


def text(found: Iterable[Instruction], findings: Iterable[Finding]) -> str:
    """What is done, where, with which words, and by which rule that was read."""
    lines: list[str] = []
    for one in found:
        lines.append(f"{one.kind}  (rule {one.rule})")
        told = [("where", " › ".join(one.path) or "the whole of it"), ("of", one.of), *_told(one.edit), ("from", one.effective)]
        if one.follows:
            told.append(("new text", "in the clauses that follow"))
        lines += [f"  {name:<10}{said}" for name, said in told if said]
    lines += [f.message for f in findings]
    return "\n".join(lines) + "\n" if lines else "No instruction to change words is read in this sentence.\n"


def _told(edit: Edit | None) -> list[tuple[str, str | None]]:
    if edit is None:
        return []
    often = None
    if edit.find is not None:
        which = {None: None, -1: "the last place"}.get(edit.occurrence, f"place {edit.occurrence}")
        often = which or ("wherever it stands" if edit.count is None else "once" if edit.count == 1 else f"{edit.count} times")
    kept = "; ".join(" › ".join(path) for path in edit.excepted) or None
    struck = "(nothing)" if edit.replace == "" else f"“{edit.replace}”" if edit.replace is not None else None
    return [
        ("find", f"“{edit.find}”" if edit.find is not None else None), ("put" if edit.find is None else "replace", struck), ("how often", often), ("at", edit.position),
        ("number", edit.marker), ("new text", f"“{edit.text}”" if edit.text else None), ("except", kept),
    ]  # fmt: skip
