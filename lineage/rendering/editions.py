"""With an answer: how the words that rule stand to the published texts held before or after them."""

from __future__ import annotations

from lineage.model import Shown
from lineage.model.dates import long_date
from lineage.rendering.ink import Ink
from lineage.rendering.values import Json, iso


def lines(answer: Shown, ink: Ink) -> list[str]:
    """One line a published text; none where none can be held against ours."""
    found = []
    for e in answer.editions:
        if e.checked is None:
            continue
        total, unexplained = len(e.checked.differences), len(e.checked.unexplained)
        said = "the same words as" if not total else f"{'1 difference' if total == 1 else f'{total} differences'}{f', {unexplained} not explained' if unexplained else ', each explained'} (lineage verify) between it and"
        ours = answer.item_names.get(e.base or "", (e.base or "")[:12])
        changes = f" with {'1 change' if len(e.applied) == 1 else f'{len(e.applied)} changes'}" if e.applied else ""
        found.append(f"published on or before {long_date(e.on)}, {answer.item_names.get(e.item, e.item[:12])}: {said} {ours}{changes}")
    return [f"{ink('Held to', 'label') if n == 0 else '':{9 if n else 0}}{'' if n else '  '}{words}" for n, words in enumerate(found)]


def shapes(answer: Shown) -> list[Json]:
    """The same for programs."""
    return [
        {"on": iso(e.on), "item": e.item, "base": e.base, "status": e.standing, "differences": len(e.checked.differences), "unexplained": len(e.checked.unexplained), "layout": e.checked.layout}
        for e in answer.editions if e.checked is not None
    ]  # fmt: skip
