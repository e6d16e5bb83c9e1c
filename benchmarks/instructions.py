"""How well instructions are read: amending sentences of statutes, each with the edit that an editor made of it.

    python benchmarks/instructions.py            # the folder of real documents: LINEAGE_SHARED, by default ../shared

The sentences are split in two by their law: one part was looked at while the grammar was written, the other was held back and never read. The rule of scoring is that of ``score.py instructions``: words in
place of words are exact where some reading finds and puts the very words of the editor; a repeal where some reading takes out the part that he named. Wrong is what is answered and not exact.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lineage.model import Instruction
from lineage.profiles import load
from lineage.relations import instruct

SHARED = Path(os.environ.get("LINEAGE_SHARED") or Path(__file__).resolve().parents[2] / "shared")


def main() -> None:
    rows = [json.loads(line) for path in sorted((SHARED / "instructions").glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    if not rows:
        raise SystemExit(f"No sentences were found below {SHARED / 'instructions'}: name the folder of real documents in LINEAGE_SHARED.")
    print(f"{'part':<12}{'sentences':>10}{'replace exact':>15}{'wrong of answered':>19}{'repeal exact':>14}")
    for name, held in (("looked at", False), ("held back", True)):
        part = [row for row in rows if is_held_back(row) == held]
        told = score(part)
        answered = told["replace exact"] + told["replace wrong"]
        figures = (told["replace exact"] / max(told["replace"], 1), told["replace wrong"] / max(answered, 1), told["repeal exact"] / max(told["repeal"], 1))
        print(f"{name:<12}{len(part):>10}{figures[0]:>15.4f}{figures[1]:>19.4f}{figures[2]:>14.4f}")


def is_held_back(row: dict[str, Any]) -> bool:
    """Whether the law of a sentence is of the part that nobody looks at: a third of the laws."""
    return int(hashlib.sha256(row["law"].encode()).hexdigest(), 16) % 3 == 0


def score(rows: Iterable[dict[str, Any]]) -> Counter[str]:
    """How many there are of each kind, and how many are exact, wrong or refused."""
    told: Counter[str] = Counter()
    profile = load("generic")
    for row in rows:
        kind = "replace" if row["op"] == "find-replace" else "repeal"
        found = instruct(row["sentence"], row["context"], profile).instructions
        right = any(_is_repeal(one, row) if kind == "repeal" else _is_edit(one, row) for one in found)
        told[kind] += 1
        told[f"{kind} {'exact' if right else 'wrong' if found else 'refused'}"] += 1
    return told


def _is_edit(one: Instruction, row: dict[str, Any]) -> bool:
    return one.edit is not None and _bare(one.edit.find) == _bare(row["find"]) and _bare(one.edit.replace) == _bare(row["replace"])


def _is_repeal(one: Instruction, row: dict[str, Any]) -> bool:
    part = _letters(one.path[-1]) if one.path else None
    return one.kind in ("deletes", "rescinds") and part is not None and (part == _letters(row["path"].split("|")[-1]) or part in _letters(row["sentence"]))


def _bare(words: str | None) -> str:
    return re.sub(r"\s+", " ", (words or "").replace("[", "").replace("]", "")).strip()


def _letters(words: str | None) -> str:
    return re.sub(r"[^a-z0-9]+", "", (words or "").lower())


if __name__ == "__main__":
    main()
