"""Text layers that are no text, and bullets beside items that have markers of their own."""

from __future__ import annotations

import pytest

from lineage.model import Style
from lineage.pages import bullets
from lineage.pages.legible import is_garbage
from lineage.pages.letters import aligned
from lineage.pages.strips import Word

from .made import PROSE


def words(text: str) -> list[Word]:
    return [Word(at * 10, 0, at * 10 + 8, 10, one, Style(), at * 9, at * 9 + 8) for at, one in enumerate(text.split())]


def shifted(text: str) -> str:
    """Each letter as the next one: what a wrong table of letters gives."""
    return "".join(chr(ord(char) + 1) if char.isalpha() else char for char in text)


@pytest.mark.parametrize(
    "text",
    [shifted(" ".join(PROSE)), " ".join("".join(PROSE).replace(" ", "")), "\ufffd\ufffd of \ufffd\ufffd\ufffd the \ufffd " * 20, "brgn wcrd xtq spt " * 30],
    ids=["shifted", "letters apart", "marks without Unicode", "no vowels"],
)
def test_a_text_layer_that_is_no_text(text: str) -> None:
    assert is_garbage(words(text), 0)


@pytest.mark.parametrize("text", [" ".join(PROSE), " ".join(PROSE[:2]).upper(), "10-1 10-2 10-3 " * 60, "A. 1. (2) b. c. d. " * 20, "El agente de la ley no puede " * 20])
def test_a_text_layer_that_is_text(text: str) -> None:
    assert not is_garbage(words(text), 0)


def placed(*rows: str) -> list[Word]:
    """Words that stand where they stand in the lines, eight points a letter."""
    found: list[Word] = []
    for at, row in enumerate(rows):
        column = 0
        for one in row.split(" "):
            if one:
                found.append(Word(column * 8, at * 14, (column + len(one)) * 8, at * 14 + 12, one, Style(size_pt=11), at * 100 + column, at * 100 + column + len(one)))
            column += len(one) + 1
    return found


def test_bullets_beside_items_with_markers_are_set_aside() -> None:
    listed = placed("   A. The first item runs over", "•     two lines.", "• B. The second has one.", "   C. The third again runs", "•     over two lines.")
    assert {word.text for word in listed if word.at in bullets.idle(listed)} == {"•"}
    assert len(bullets.idle(listed)) == 3


def test_bullets_that_open_items_stay() -> None:
    assert not bullets.idle(placed("A. The list:", "   • one thing", "   • another", "B. The rest."))


def test_blanks_find_their_gaps_in_order() -> None:
    gaps = [(10, 12), (40, 48), (80, 83), (90, 98)]
    assert aligned([44.0, 92.0], gaps, 30) == [(40, 48), (90, 98)]
    assert aligned([44.0, 46.0], [(40, 48)], 30).count((40, 48)) == 1
    assert aligned([200.0], [(10, 14)], 20) == [None]
