"""Which clause stands under which: outlines as departments print them, without and with indentation, shaken, with holes."""

from __future__ import annotations

import random

import pytest

from lineage.clauses.ladder import levels, outline_of
from lineage.clauses.ladder.markers import readings
from lineage.model import Clause

from .made import ITEM, blocks, depths, outlined, tree, wanted

OUTLINES = {
    "chicago": """
I.
  A.
  B.
    1.
    2.
      a.
        (1)
        (2)
          (a)
          (b)
      b.
    3.
  C.
II.
  A.
""",
    "letters through i": """
I.
  A.
    1.
      a.
      b.
      c.
      d.
      e.
      f.
      g.
      h.
      i.
      j.
  B.
""",
    "roman under letters": """
A.
  (1)
    (a)
      (i)
      (ii)
      (iii)
    (b)
      (i)
      (ii)
  (2)
B.
C.
D.
""",
    "sections with lists": """
300.1
300.2
  300.2.1
    (a)
    (b)
      1.
      2.
    (c)
  300.2.2
    (a)
    (b)
300.3
  (a)
  (b)
""",
    "decimals": """
1.
  1.1
  1.2
    1.2.1
    1.2.2
  1.3
2.
  2.1
    (a)
    (b)
  2.2
""",
    "letters beyond z": "\n".join(f"{chr(65 + n)}." for n in range(26)) + "\nAA.\nAB.\nAC.",
    "letters doubled beyond z": "\n".join(f"{chr(97 + n)}." for n in range(26)) + "\naa.\nbb.\ncc.",
    "roman past a hundred's letter": "\n".join(["I.", "II.", "III.", "IV.", "V.", "  A.", "  B.", "  C.", "  D.", "VI.", "  A.", "  B.", "  C."]),
    "volume and section": "4/280.10\n4/280.20\n4/280.30",
    "zero padded": "1.6.01\n  a.\n  b.\n1.6.02\n1.6.10",
}


@pytest.mark.parametrize("step", [0.0, 18.0, 36.0], ids=["one edge", "quarter inch", "half inch"])
@pytest.mark.parametrize("name", OUTLINES)
def test_outline_is_read_as_printed(name: str, step: float) -> None:
    assert depths(*tree(OUTLINES[name], step)) == wanted(OUTLINES[name])
    assert [f.code for f in outlined(*tree(OUTLINES[name], step))[1]] == []


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", OUTLINES)
def test_a_shaken_left_edge_changes_nothing(name: str, seed: int) -> None:
    shake = random.Random(seed)
    rows = [(left + shake.uniform(-5, 5), marker, words) for left, marker, words in tree(OUTLINES[name], 30.0)]
    assert depths(*rows) == wanted(OUTLINES[name])


@pytest.mark.parametrize("lost", [2, 4, 6, 8])
def test_one_lost_marker_leaves_the_others_in_place_and_is_said(lost: int) -> None:
    rows = tree(OUTLINES["chicago"], 30.0)
    kept = wanted(OUTLINES["chicago"])
    left, _, _ = rows[lost]
    rows[lost] = (left, "", "words of an item whose marker was lost.")
    assert depths(*rows) == kept[:lost] + kept[lost + 1 :]
    assert any(f.code in ("outline.gap", "outline.begins-late") for f in outlined(*rows)[1])


def test_a_letter_or_a_roman_figure_is_told_by_what_follows() -> None:
    assert depths(*tree("h.\ni.\nj."))[1:] == [("i.", 0), ("j.", 0)]
    assert depths(*tree("a.\n  i.\n  ii.\nb.", 18.0)) == [("a.", 0), ("i.", 1), ("ii.", 1), ("b.", 0)]
    assert [r.ladder for r in readings("C.")] == ["alpha-upper.", "roman-upper."]


def test_a_near_tie_names_both_readings() -> None:
    clauses, findings = outlined((0, "A.", "First;"), (0, "1.", "one;"), (0, "2.", "two;"), (0, "a.", "one;"), (0, "b.", "two;"), (0, "a.", "again;"))
    assert [c.marker.string for c in clauses][-1] == "a."
    ties = [f for f in findings if f.code == "outline.near-tie"]
    assert len(ties) == 1
    assert "(taken), or it" in ties[0].message
    assert ties[0].evidence[0].quote == "a."


def test_a_number_in_running_words_is_no_marker() -> None:
    clauses, findings = outlined(
        (102, "A.", "Members"), (117, "", "eligible to receive a furlough and who work other than an"), (117, "8.5", "hour tour of duty are the following"), (102, "B.", "Others.")
    )
    assert [c.marker.string for c in clauses if c.marker] == ["A.", "B."]
    assert "other than an 8.5 hour tour" in clauses[1].text.string
    assert findings == []


def test_a_reference_keeps_its_number() -> None:
    clauses, _ = outlined((72, "", "This order amends Manual §"), (72, "7.1.2.8", "-REPORTING as follows"))
    assert [c.text.string for c in clauses] == ["This order amends Manual § 7.1.2.8 -REPORTING as follows"]
    assert [p.quote for p in clauses[0].text.pieces()] == ["This order amends Manual §", "7.1.2.8 -REPORTING as follows"]


def test_items_after_and_are_items() -> None:
    assert [m for m, _ in depths((168, "1.", "court,"), (168, "2.", "detail, and"), (168, "3.", "lunch"))] == ["1.", "2.", "3."]


def test_a_name_with_an_initial_is_one() -> None:
    clauses, _ = outlined((72, "1.", "Reports go to Deputy Chief Mary"), (90, "A.", "Smith of Operations."), (72, "2.", "Others do not."))
    assert [c.marker.string for c in clauses] == ["1.", "2."]


def test_a_heading_between_two_items_does_not_end_their_list() -> None:
    rows = ((72, "I.", "Purpose;"), (108, "A.", "one;"), (108, "B.", "two;"), (108, "", "DAILY REPORT"), (108, "C.", "three;"), (72, "II.", "Policy;"))
    assert [d for _, d in depths(*rows)] == [0, 1, 1, 1, 0]
    assert outlined(*rows)[1] == []


def _made(monkeypatch: pytest.MonkeyPatch, rows: list[tuple[float, str, str]]) -> tuple[tuple[Clause, ...], int]:
    """The clauses, and how many levels were looked at to find them."""
    count = 0
    former = levels.Level.__init__

    def counted(self: levels.Level, *args: object) -> None:
        nonlocal count
        count += 1
        former(self, *args)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(levels.Level, "__init__", counted)
        clauses, _ = outline_of(blocks(*rows), ITEM)
    return clauses, count


@pytest.mark.parametrize(
    "rows",
    [
        [(72.0, "•", "one of very many")] * 10_000,
        [(72.0 + n % 7 * 9, "•-o▪"[n % 4], "bullets at many edges") for n in range(10_000)],
        [(0.0, "1.", "the same again")] * 3_000,
        [(0.0, "i.", "a letter or a figure")] * 3_000,
        [(72.0, f"{n}.1", "sections that go on") for n in range(3_000)],
        [(72.0, f"{n % 90 + 1}.{n % 7}.{n % 11}", "sections in no order") for n in range(3_000)],
    ],
    ids=["ten thousand bullets", "bullets at many edges", "the same again", "i and again i", "sections", "no order"],
)
def test_the_work_is_bounded_by_the_number_of_markers(monkeypatch: pytest.MonkeyPatch, rows: list[tuple[float, str, str]]) -> None:
    clauses, looked_at = _made(monkeypatch, rows)
    assert len(clauses) == len(rows)
    assert looked_at < 140 * len(rows)


def test_two_hundred_levels_deep_and_back() -> None:
    printed = "".join(["1.", "a.", "(1)", "(a)"][n % 4] + "\n" for n in range(200)).split()
    rows = [(72.0 + 4 * n, marker, "deeper;") for n, marker in enumerate(printed)]
    rows += [(72.0, "2.", "and back at the top.")]
    found = depths(*rows)
    assert len(found) == 201
    assert found[-1] == ("2.", 0)
