"""Words that stand in an item are found all at once, as they would be line by line; and stretches of text without blanks keep their places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lineage.blocks.hyphens import WORD, Words
from lineage.model import Line, Text

LINES = st.lists(st.text("abA-é'’‐ .1ßΣ\t", min_size=1, max_size=12), max_size=8)


def line_by_line(texts: list[str]) -> set[str]:
    """The words of each line in turn, but for the parts of those broken at its end."""
    found: set[str] = set()
    broken = False
    for text in texts:
        words = WORD.findall(text.lower().replace("‐", "-"))
        words = words[1:] if broken else words
        broken = text.endswith("-")
        found.update(words[:-1] if broken else words)
    return found


@given(LINES)
def test_the_words_of_an_item(texts: list[str]) -> None:
    assert Words([Line(text, 1, 0, n) for n, text in enumerate(texts)]).standing == line_by_line(texts)


@given(LINES, st.data())
def test_a_stretch_without_blanks_is_that_stretch(texts: list[str], data: st.DataObject) -> None:
    text = Text.join(Text.of(Line(words, 1, 100 * n, n)) for n, words in enumerate(texts))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = text.within(start, end)
    assert found.string == text.string[start:end].strip()
    assert found == text[start:end].strip()
    origins = [(line, offset + at - begin) for at in range(len(text)) for begin, line, offset in [max((r for r in text.runs if r[0] <= at), key=lambda r: r[0])]]
    at = text.string.index(found.string, start)
    mine = [(line, offset + k - begin) for k in range(len(found)) for begin, line, offset in [max((r for r in found.runs if r[0] <= k), key=lambda r: r[0])]]
    assert [m for m in mine if m[0] is not None] == [o for o in origins[at : at + len(found)] if o[0] is not None]
