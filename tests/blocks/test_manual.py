"""A whole manual in one file falls into one rule for each numbered line of its contents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lineage import pages, pipeline, profiles
from lineage.blocks import divide
from lineage.library import Library
from lineage.model import Body

from .papers import Words, drawn

RULES = [(100 + n, f"Keys of Building {chr(65 + n)}") for n in range(9)] + [(108, "Keys of the Garage"), (110, "Doors and Their Locks"), (111, "Lamps")]
FOOT = (72, 40, "Copyright Example, LLC 2020/05/04, All Rights Reserved.")
HEAD = (245, 770, "Riverton PD Policy Manual", "9")


def manual(*, offset: int = 0, absent: int | None = None, other_title: int | None = None) -> bytes:
    """A manual: its contents, two pages a rule, a chapter's page before the tenth. ``offset`` is how far the printed pages are off; ``absent`` names a rule that only the
    contents name."""
    listed: list[Words] = [HEAD, (72, 740, "Table of Contents", "b16"), (72, 715, "PREFACE" + " ." * 40)]
    sheets: list[list[Words]] = []
    for n, (number, title) in enumerate(RULES):
        page = len(sheets) + 2 + offset
        listed.append((82, 700 - 15 * n, f"{number} - {title}" + " ." * 30)), listed.append((520, 700 - 15 * n, str(page)))  # type: ignore[func-returns-value]
        if n == absent:
            continue
        if n == 9:
            listed.append((72, 400, "Chapter 2 - Rooms" + " ." * 30)), listed.append((520, 400, str(page)))  # type: ignore[func-returns-value]
        shown = "Keys of the Old Building" if n == other_title else title
        box: list[Words] = [(100, 760, "Policy", "12"), (97, 738, str(number), "b24"), (72, 690, shown, "b20")]
        text: list[Words] = [(72, 660, f"{number}.1", "b"), (110, 660, "PURPOSE AND SCOPE", "b"), (72, 644, f"Members sign for each key that rule {number} is about, and for no other key.")]
        sheets.append([*box, *text, FOOT])
        sheets.append([HEAD, (72, 740, f"{number}.2", "b"), (110, 740, "LOSS", "b"), (72, 724, "A lost key is written down at once by the member who lost it."), FOOT])
    return drawn([*listed, FOOT], *sheets)


def bodies(data: bytes) -> tuple[list[Body], list[str]]:
    found, doubts = divide(pages.read_bytes(data, "manual.pdf"), profiles.load("generic"))
    return found, [f.message for f in doubts]


def test_each_numbered_line_is_a_rule_with_its_pages() -> None:
    found, doubts = bodies(manual())
    assert not doubts
    assert [b.listed[0].string for b in found[1:]] == [str(number) for number, _ in RULES]
    assert [(b.first_page, b.pages) for b in found[1:]] == [(2 + 2 * n, 2) for n in range(len(RULES))]
    assert found[0].listed[1].string == "Riverton PD Policy Manual"
    assert found[0].item == found[1].item.partition("~")[0]
    assert [b.item.partition("~")[2] for b in found[1:]] == [str(n) for n in range(1, len(RULES) + 1)]


def test_printed_pages_may_be_off_by_a_constant() -> None:
    found, doubts = bodies(manual(offset=16))
    assert len(found) == len(RULES) + 1
    assert not doubts


def test_a_rule_that_no_page_shows_is_said() -> None:
    found, doubts = bodies(manual(absent=4))
    assert len(found) == len(RULES)
    assert len(doubts) == 1
    assert '104, "Keys of Building E"' in doubts[0]


def test_a_short_paper_with_a_table_of_its_own_sections_is_one_rule() -> None:
    sheet: list[Words] = [(72, 740, "KEYS TO THE BUILDING", "b14")] + [(72, 700 - 14 * n, f"{n + 1}. Part {chr(65 + n)} . . . . . . . . . {n + 1}") for n in range(12)]
    found, doubts = bodies(drawn(sheet, *([[(72, 740, f"{n + 1}. Part {chr(65 + n)}", "b")] for n in range(12)])))
    assert len(found) == 1
    assert not doubts


def test_a_manual_is_kept_and_asked_rule_by_rule(tmp_path: Path) -> None:
    paper = tmp_path / "manual.pdf"
    paper.write_bytes(manual(other_title=2))
    with Library.open(tmp_path / "library", create=True) as library:
        (outcome,) = library.ingest([paper])
        assert (outcome.status, outcome.rules) == ("added", len(RULES))
        shown = library.show("110", date(2020, 6, 1))
        assert shown.ruling.status == "in-force"
        assert "on or before May 4, 2020" in shown.sentence
        assert library.show("110", date(2020, 5, 3)).ruling.status == "not-provable"  # an edition is no beginning
        assert {w.title for w in library.store.works() if w.number == "108"} == {"Keys of Building I", "Keys of the Garage"}
        (renamed,) = (w for w in library.store.works() if w.number == "102")
        assert renamed.title == "Keys of the Old Building"
        assert "manual.contents-differ" in [f.code for f in library.store.findings(work=renamed.id)]
        assert not list(library.check())
        assert library.ingest([paper])[0].status == "unchanged"


def test_a_manual_read_alone_names_its_rules(tmp_path: Path) -> None:
    paper = tmp_path / "manual.pdf"
    paper.write_bytes(manual())
    seen = pipeline.read(paper)
    assert [(r.outline.heading.number, r.outline.heading.title) for r in seen.rules] == [(str(number), title) for number, title in RULES]
    assert [[c.marker.string for c in r.outline.clauses if c.marker] for r in seen.rules] == [[f"{number}.1", f"{number}.2"] for number, _ in RULES]
    assert all(d.role == "edition" and d.day.on == date(2020, 5, 4) for r in seen.rules for d in r.outline.heading.dates)
