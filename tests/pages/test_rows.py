"""Rows and looks are told by stretches of words: what comes out is what word by word comes out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lineage.model import Style
from lineage.pages import rows
from lineage.pages.strips import Strip, Word, strips

STYLES = [Style("Body", 10.0), Style("Body", 10.0, bold=True), Style("Body", 7.0, colour=0xFF0000), Style("Head", 20.0), Style("Body", 10.0)]
HEIGHTS = [0.0, 4.0, 5.0, 10.0, 10.0, 20.0]


@st.composite
def pages(draw: st.DrawFn) -> list[Word]:
    """Words in the order of a stream: mostly runs at one height, some above each other, raised, large, or without height."""
    words: list[Word] = []
    for _ in range(draw(st.integers(1, 12))):
        y0, high = draw(st.integers(0, 60)) / 2, draw(st.sampled_from(HEIGHTS))
        style, x = draw(st.sampled_from(STYLES)), float(draw(st.integers(0, 80)))
        for _ in range(draw(st.integers(1, 5))):
            wide, gap = draw(st.integers(1, 30)), draw(st.sampled_from([*range(-16, 13), 40, 60])) / 2
            text = draw(st.sampled_from(["word", "word", "word", "A.", "NOTE:", "longer-word"]))
            words.append(Word(x, y0, x + wide, y0 + high, text, style, 20 * len(words), 20 * len(words) + len(text)))
            x = max(x + wide + gap, 0.0)
    return words


def alone(words: list[Word]) -> list[Strip]:
    return [Strip(word.y0, word.y1, word.style, [word]) for word in words]


@given(pages())
@settings(max_examples=300, deadline=None)
def test_rows_of_stretches_are_rows_of_words(words: list[Word]) -> None:
    assert [row.words for row in rows.rows(strips(words))] == [row.words for row in rows.rows(alone(words))]


@given(pages())
@settings(max_examples=300, deadline=None)
def test_segments_are_bounded_and_styled_by_their_words(words: list[Word]) -> None:
    for row in rows.rows(strips(words)):
        found = rows.segments(row, [])
        assert [word for segment in found for word in segment.words] == row.words
        assert [(segment.box, segment.style) for segment in found] == [(again.box, again.style) for again in (rows.boxed(s.words) for s in found)]
        assert found == rows.segments(row._replace(style=None), [])


def test_a_stamp_across_the_lines_is_parted_and_a_heading_is_not() -> None:
    body = [Word(10.0 * n, 20.0 * line, 10.0 * n + 8, 20.0 * line + 10, "word", STYLES[0], 100 * line + 5 * n, 100 * line + 5 * n + 4) for line in range(1, 6) for n in range(12)]
    head = [Word(10.0, 0.0, 90.0, 20.0, "Heading", STYLES[3], 0, 7)]
    stamp = [Word(15.0 + 40 * n, 42.0, 50.0 + 40 * n, 49.0, "VOID", STYLES[2], 900 + 5 * n, 904 + 5 * n) for n in range(2)]
    level, groups = rows.parted(strips([*head, *body, *stamp]))
    assert groups == [stamp]
    assert [word for strip in level for word in strip.words] == [*head, *body]


def test_letters_that_no_page_could_hold_reach_no_more_shelves_than_a_page_has() -> None:
    assert len(rows._shelves(-1e9, 1e12, 12.0)) < 3_000
    assert list(rows._shelves(30.0, 49.0, 12.0)) == [2, 3, 4]
