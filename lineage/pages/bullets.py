"""Bullets that open nothing: a list whose items have markers of their own is sometimes printed with bullets beside them, often lower than the item's first line."""

from __future__ import annotations

from collections import defaultdict

from lineage.pages.rows import is_marker, rows
from lineage.pages.strips import Word, strips

BULLETS = "•◦▪■●○"
SAME_COLUMN_PT = 6.0


def idle(words: list[Word]) -> set[int]:
    """The places in the stream of the bullets beside items that bear markers of their own. Bullets of one shape in one column are judged together."""
    placed = [row.words for row in rows(strips(words))]
    columns: dict[tuple[str, int], list[tuple[Word, bool]]] = defaultdict(list)
    for at, row in enumerate(placed):
        if row[0].text in BULLETS:
            columns[(row[0].text, round(row[0].x0 / SAME_COLUMN_PT))].append((row[0], _beside_marker(placed, at)))
    return {word.at for found in columns.values() if sum(idle for _, idle in found) * 2 >= len(found) for word, _ in found}


def _beside_marker(placed: list[list[Word]], at: int) -> bool:
    """Whether the bullet that opens this row stands by an item that a marker opens, on this row or on one above that no other bullet opens."""
    bullet = placed[at][0]
    for back in range(at, -1, -1):
        row = placed[back]
        words = row[1:] if row[0].text in BULLETS else row
        if words and is_marker(words[0].text) and words[0].text not in BULLETS and words[0].x0 > bullet.x1:
            return True
        if (back < at and row[0].text in BULLETS) or (words and words[0].x0 < bullet.x0):
            return False
    return False
