"""Words broken at the ends of lines: joined with evidence, kept as written without, and their place on the page known in either case."""

from __future__ import annotations

import pytest

from lineage.blocks import assemble
from lineage.model import Body
from lineage.pages import read_bytes
from lineage.profiles import load


def read(words: str) -> Body:
    """The blocks of a text file."""
    return assemble(read_bytes(words.encode(), "order.txt"), load("generic"))


@pytest.mark.parametrize(
    ("words", "shown", "undecided"),
    [
        ("The department acts.\n\nMembers of the depart-\nment shall read this.", "Members of the department shall read this.", False),
        ("Each department acts.\n\nSeveral depart-\nments shall read this.", "Several departments shall read this.", False),
        ("A non-emergency call.\n\nAnswer a non-\nemergency call.", "Answer a non-emergency call.", False),
        ("Call first.\n\nAnswer the rec-\nord call.", "Answer the rec-ord call.", True),
        ("The record and the rec-ord.\n\nAnswer the rec-\nord call.", "Answer the rec-ord call.", True),
        ("Call 309-\n268-5050 at once.", "Call 309-268-5050 at once.", False),
        ("See an Officer-\nInvolved Death.", "See an Officer-Involved Death.", False),
        ("Look at pre-\nand post-trial acts.", "Look at pre- and post-trial acts.", False),
        ("This holds -\nas always.", "This holds - as always.", False),
    ],
)
def test_a_broken_word(words: str, shown: str, undecided: bool) -> None:
    body = read(words)
    assert body.blocks[-1].text.string == shown
    assert [f.code for f in body.findings] == (["text.hyphen-undecided"] if undecided else [])


def test_the_place_of_a_joined_word_is_that_on_the_page() -> None:
    words = "The department acts.\n\nMembers of the depart-\nment shall read this."
    item = read_bytes(words.encode(), "order.txt")
    text = assemble(item, load("generic")).blocks[-1].text
    (piece,) = text.pieces()
    assert piece.quote == "Members of the depart- ment shall read this."
    assert item.pages[0].text[piece.start : piece.end].split() == piece.quote.split()
    at = text.string.index("ment shall")
    assert [p.quote for p in text[at:].pieces()] == ["ment shall read this."]
    assert [(p.quote, item.pages[0].text[p.start : p.end]) for p in text[15:25].pieces()] == [("depart- ment", "depart-\nment")]


def test_the_finding_quotes_where() -> None:
    (finding,) = read("Answer the rec-\nord call.").findings
    assert '"rec-ord"' in finding.message
    assert finding.evidence[0].quote == "rec-"
