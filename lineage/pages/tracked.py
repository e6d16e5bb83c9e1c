"""Changes that were tracked in a Word file and neither accepted nor rejected: the file then has two texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from lineage.errors import RefusedError
from lineage.pages.names import W, words_of

_SORTS = {
    "ins": "insertion", "del": "deletion", "moveFrom": "move", "moveTo": "move", "cellIns": "insertion", "cellDel": "deletion",
    "cellMerge": "merging of cells", "numberingChange": "change of numbering",
}  # fmt: skip
_TAGS = [W + sort for sort in _SORTS] + [W + "pPrChange"]
_SHOWN = 60  # characters of the paragraph that are quoted


def refuse_pending(parts: Iterable[tuple[str, Any]], name: str) -> None:
    """Raises :class:`RefusedError` with ``pages.tracked-changes`` where any of the parts, each with the name of its place ("the body"), holds a change that waits.

    A change of looks alone is none; one of numbering is, since the printed markers depend on it.
    """
    counts: Counter[str] = Counter()
    places: list[str] = []
    for place, root in parts:
        found = list(_pending(root))
        counts.update(sort for sort, _ in found)
        if found:
            places.append(_where(place, root, found[0][1]))
    if not counts:
        return
    said = " and ".join(f"{count} {sort}{'s' if count > 1 and ' ' not in sort else ''}" for sort, count in sorted(counts.items()))
    raise RefusedError(
        f"{name} holds tracked changes that were neither accepted nor rejected ({said}), first {'; then '.join(places[:3])}. "
        "It therefore has two texts, and which of them was ordered cannot be told from the file.",
        hint="In Word, choose Review, then Accept or Reject for each change, save, and give the file again; or give the PDF that was issued.",
        code="pages.tracked-changes",
    )


def _pending(root: Any) -> Iterator[tuple[str, Any]]:
    for mark in root.iter(*_TAGS):
        sort = mark.tag.removeprefix(W)
        if sort == "pPrChange":
            if _renumbers(mark):
                yield "change of numbering", mark
        elif not _within_change(mark):
            yield _SORTS[sort], mark


def _within_change(mark: Any) -> bool:
    """Whether it belongs to the former look of something, which is a change of looks."""
    return any(above.tag in (W + "rPrChange", W + "pPrChange") for above in mark.iterancestors())


def _renumbers(mark: Any) -> bool:
    former, now = mark.find(W + "pPr"), mark.getparent()
    return former is not None and _list_of(former) != _list_of(now)


def _list_of(look: Any) -> list[str]:
    style = look.find(W + "pStyle")
    numbered = look.find(W + "numPr")
    found = [] if numbered is None else [f"{part.tag} {part.get(W + 'val')}" for part in numbered if part.tag in (W + "numId", W + "ilvl")]
    return [*sorted(found), "" if style is None or numbered is not None else str(style.get(W + "val"))]


def _where(place: str, root: Any, mark: Any) -> str:
    paragraph = next((e for e in (mark, *mark.iterancestors()) if e.tag == W + "p"), None)
    if paragraph is None:
        return f"in a table of {place}"
    number = next(n for n, p in enumerate(root.iter(W + "p"), 1) if p is paragraph)
    words = words_of(paragraph)
    quoted = f' ("{words[:_SHOWN].rstrip()}{"…" if len(words) > _SHOWN else ""}")' if words else ""
    return f"in paragraph {number} of {place}{quoted}"
