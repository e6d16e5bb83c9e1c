"""Numbers that head sections in all the schemes of real departments, what only looks like a number, and marks of direction."""

from __future__ import annotations

import pytest

from lineage.blocks import assemble
from lineage.clauses import outline
from lineage.model import Outline
from lineage.model.eid import bare_marker, places
from lineage.pages import read_bytes
from lineage.profiles import load

HEAD = "MILLBROOK POLICE DEPARTMENT\nGENERAL ORDER\n\nNumber: 21-13\nSubject: Pursuits\nIssued: September 1, 2021\n\n"


def read(words: str) -> Outline:
    """The outline of an order with these words."""
    profile = load("generic")
    return outline(assemble(read_bytes((HEAD + words).encode(), "order.txt"), profile), profile)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("300.1.2 PURPOSE", "300-1-2"),
        ("3.48 INTERNET USAGE", "3-48"),
        ("§ 3.48 INTERNET USAGE", "3-48"),
        ("§ 6.1.1 - RULES OF CONDUCT", "6-1-1"),
        ("§ 3 PURPOSE", "3"),
        ("Section 3.48 -INTERNET USAGE", "3-48"),
        ("SECTION 6.1.1 RULES OF CONDUCT", "6-1-1"),
        ("1.6.01 FIREARMS", "1-6-01"),
        ("4/280.30 REPORTS", "4-280-30"),
        ("5-09/570.15 REPORTS", "5-09-570-15"),
        ("8.1. Pursuits", "8-1"),
        ("I.A.1. Pursuits", "I-A-1"),
        ("A.2. Pursuits", "A-2"),
        ("II. POLICY", "II"),
        ("(1) Pursuits", "1"),
        ("1) Pursuits", "1"),
        ("AA. Pursuits", "AA"),
        ("Rule 12: Pursuits", "Rule-12"),
        ("ARTICLE IV PURSUITS", "ARTICLE-IV"),
        ("CHAPTER 3", "CHAPTER-3"),
    ],
)
def test_a_section_head_of_each_scheme(printed: str, number: str) -> None:
    clauses = read(f"{printed}\n\nMembers shall obey.").clauses
    assert [bare_marker(c.marker.string) for c in clauses if c.marker] == [number]
    assert clauses[0].depth == 0
    assert (clauses[0].heading or clauses[0].text).string in printed


@pytest.mark.parametrize(
    "words",
    [
        "Section 3.48 Internet Usage is hereby rescinded.",
        "Sections 3.48 and 3.51 stay as they are.",
        "I.D. cards are worn.",
        "U.S. Code is not ours.",
        "9/11 was a Tuesday.",
        "6/1/17 was a Thursday.",
        "Rule 12 holds.",
        "Part of this holds.",
    ],
)
def test_words_that_open_with_a_number_are_no_head(words: str) -> None:
    (clause,) = read(words).clauses
    assert not clause.marker
    assert clause.text.string == words


def test_rules_by_name_hold_their_lists() -> None:
    found = read("Rule 1: Applicability of all rules\n\nThese rules hold.\n\nRule 2: Residence\n\nA. Members live here.\n\nB. Others do not.\n\nRule 3: Law\n\nA. Members obey.")
    assert [(c.marker.string, c.kind, c.depth) for c in found.clauses] == [
        ("Rule 1:", "heading", 0),
        ("", "paragraph", 1),
        ("Rule 2:", "heading", 0),
        ("A.", "item", 1),
        ("B.", "item", 1),
        ("Rule 3:", "heading", 0),
        ("A.", "item", 1),
    ]


def test_the_word_section_is_no_part_of_the_number() -> None:
    assert places([("heading", "Section 3.48", 0)])[0][:3] == ("sec_3-48", None, "section")


@pytest.mark.parametrize(
    ("printed", "meant", "named"),
    [
        ("З.48 INTERNET USAGE", "3.48", "CYRILLIC CAPITAL LETTER ZE"),
        ("l.2 PURPOSE", "1.2", "LATIN SMALL LETTER L"),
        ("3.4O PURPOSE", "3.40", "LATIN CAPITAL LETTER O"),
        ("٣.٤٨ PURPOSE", "3.48", "ARABIC-INDIC DIGIT THREE"),
        ("３.４８ PURPOSE", "3.48", "FULLWIDTH DIGIT THREE"),
        ("А. First", "A", "CYRILLIC CAPITAL LETTER A"),
    ],
)
def test_what_only_looks_like_a_number_is_said(printed: str, meant: str, named: str) -> None:
    found = read(f"{printed}\n\nMembers shall obey.")
    (finding,) = [f for f in found.findings if f.code == "outline.look-alike"]
    assert finding.severity == "doubt"
    assert f'looks like "{meant}"' in finding.message
    assert named in finding.message
    assert finding.evidence[0].quote == printed.split()[0].rstrip(".")


@pytest.mark.parametrize("printed", ["3.48 USAGE", "I.2 USAGE", "A.2. USAGE", "• One", "§ 3.48 USAGE", "IL.S. Code"])
def test_what_is_a_number_looks_like_nothing_else(printed: str) -> None:
    assert "outline.look-alike" not in {f.code for f in read(f"{printed}\n\nMembers shall obey.").findings}


def test_marks_of_direction_are_left_out_and_said() -> None:
    item = read_bytes("A. Mem\u202ebers shall\u202c obey \u200f3.48\u2066.".encode(), "order.txt")
    assert item.pages[0].text == "A. Members shall obey 3.48.\n"
    assert [f.code for f in item.findings] == ["text.control-marks"]


def test_many_look_alikes_are_said_a_bounded_number_of_times() -> None:
    found = read("\n\n".join(f"З.{n} RULE" for n in range(300)))
    assert 0 < sum(f.code == "outline.look-alike" for f in found.findings) <= 20
