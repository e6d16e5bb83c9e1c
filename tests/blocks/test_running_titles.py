"""Titles and page numbers that run along the edges of the pages, apart from the headings and figures of the text."""

from __future__ import annotations

from lineage import clauses, pages, profiles
from lineage.blocks import assemble
from lineage.model import Outline

from .papers import Words, drawn, read

TITLES = ("Keys to the Building", "Vehicles", "Radio Traffic in the Hours of the Night")
THINGS = ("keys", "radios", "vehicles", "forms", "files", "tapes", "badges", "lamps", "maps", "books", "bags", "boats", "horses", "dogs", "ropes", "tents", "coats", "hats", "boots", "flags", "pens", "cups", "bells")


def page(number: int = 0, top: float = 700, rows: int = 20) -> list[Words]:
    """Rows of prose of which no two are the same."""
    things = [(THINGS[n % 23], THINGS[(number + n * 7 + 3) % 23]) for n in range(number, number + rows)]
    return [(72, top - 14 * n, f"Members keep their {one} and {other} and hand it back at the end of the watch.", "11") for n, (one, other) in enumerate(things)]


def right(words: str, y: float, size: float) -> Words:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return 540 - stringWidth(words, "Helvetica", size), y, words, f"{size:g}"


def body(outline: Outline) -> str:
    return "\n".join(" ".join((c.marker.string, c.heading.string, c.text.string)) for c in outline.clauses)


def aside(outline: Outline) -> list[tuple[str, tuple[int, ...]]]:
    return [(piece.text, piece.pages) for piece in outline.furniture if piece.kind in ("head", "foot")]


def test_feet_that_differ_with_the_part_are_set_aside_wrapped_ones_too() -> None:
    sheets: list[list[Words]] = []
    for title in TITLES:
        for part in range(3):
            number = len(sheets) + 5
            sheet = page(number)
            sheet += [(72, 740, title, "b18")] if part == 0 else [(72, 740, title, "12")]
            if title == TITLES[2]:
                sheet += [right("Radio Traffic in the Hours", 40, 9), right(f"of the Night - {number}", 30, 9)]
            else:
                sheet += [right(f"{title} - {number}", 40, 9)]
            sheets.append(sheet)
    outline = read(drawn(*sheets))
    assert "Hours" not in body(outline).replace(TITLES[2], "")
    for title in TITLES:
        assert body(outline).count(title) + (outline.heading.title == title) <= 1, title
    assert {at for words, pages in aside(outline) if "Radio" in words for at in pages} >= {7, 8, 9}
    assert body(outline).count("hand it back") == 9 * 20


def test_the_title_of_one_page_once_more_at_its_foot() -> None:
    outline = read(drawn([(72, 740, "Keys to the Building", "b18"), *page(rows=10), right("Keys to the Building - 1", 40, 9), (72, 30, "Adopted: 2015/12/30", "9")]))
    assert "- 1" not in body(outline)
    assert ("Keys to the Building - 1", (1,)) in aside(outline)


def test_a_heading_at_the_top_of_each_page_stays() -> None:
    heads = ("PURPOSE", "POLICY", "KEYS IN CUSTODY", "KEYS OF VEHICLES", "RECORDS")
    outline = read(drawn(*[[(72, 740, "Keys to the Building", "b18")] * (at == 0) + [(72, 720, head, "b12"), *page(at)] for at, head in enumerate(heads)]))
    assert [c.heading.string for c in outline.clauses if c.kind == "heading"] == list(heads)


def test_a_section_that_bears_the_title_stays() -> None:
    first = [(72, 740, "Keys to the Building", "b18"), *page()]
    outline = read(drawn(first, [(72, 720, "Keys to the Building", "b11"), *page(9)]))
    assert "Keys to the Building" in body(outline)


def test_page_numbers_are_those_that_count_the_pages() -> None:
    table = [(72, 300, "Rule"), (400, 300, "Page"), (72, 286, "Keys"), (400, 286, "12"), (72, 272, "Vehicles"), (400, 272, "13"), (72, 258, "Radio"), (400, 258, "17")]
    sheets = [[*page(n, rows=8), (300, 30, str(n), "9")] for n in (1, 2, 3)]
    sheets[1] += table
    outline = read(drawn(*sheets))
    words = body(outline)
    for figure in ("12", "13", "17"):
        assert figure in words, figure
    assert sorted(at for piece in outline.furniture if piece.kind in ("page-number", "foot") for at in piece.pages) == [1, 2, 3]


def test_the_figure_of_a_table_at_the_foot_is_no_page_number() -> None:
    sheet = [*page(rows=4), (72, 120, "Keys"), (300, 120, "12"), (72, 106, "Vehicles"), (300, 106, "13"), (72, 92, "Radio"), (300, 92, "17")]
    outline = read(drawn(sheet))
    assert not [piece for piece in outline.furniture if piece.kind == "page-number"]


def text(*heads: str) -> Outline:
    rooms = (f"{chr(65 + n)}. Members sign for the {thing} and hand them back." for n, thing in enumerate(THINGS))
    body = ["\n\n".join(next(rooms) for _ in range(5)) for _ in heads]
    paper = "\f".join(f"{head}\n\n{'KEYS TO THE BUILDING' * (n == 0)}\n\n{words}\n" for n, (head, words) in enumerate(zip(heads, body, strict=True)))
    habits = profiles.load("generic")
    return clauses.outline(assemble(pages.read_bytes(paper.encode(), "order.txt"), habits), habits)


def test_series_and_number_that_stand_in_the_running_head_alone() -> None:
    outline = text(*["General Order 5-12"] * 3)
    assert (outline.heading.series, outline.heading.number) == ("general-order", "5-12")
    assert outline.heading.number_evidence[0].quote == "5-12"


def test_running_heads_that_name_several_numbers_give_none() -> None:
    assert text("General Order 5-12", "General Order 5-13", "General Order 5-12", "General Order 5-13").heading.number is None
