"""Papers made to cost much work, or to make a reader guess: the work grows with the paper and no faster, findings stay few and short, nothing is made up.

Work is counted in calls, not in seconds, so that a busy machine changes nothing.
"""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from lineage import clauses, pages, profiles, relations
from lineage.blocks import assemble, divide
from lineage.model import Finding, Item, Line, Outline, Page, Relation, Style

from .hostile import FONT, raw, stream

GENERIC = profiles.load("generic")
HEAD = "MILLBROOK POLICE DEPARTMENT\nSPECIAL ORDER\n\nNumber: 21-04\nSubject: Keys\nIssued: March 1, 2021\nEffective: March 8, 2021\n"


def pdf(count: int, words: Callable[[int], str]) -> bytes:
    """A PDF of so many pages, each with a few lines."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(count))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count), FONT]
    for n in range(count):
        shown = b" ".join(b"(%b) Tj T*" % row.encode("latin-1") for row in words(n).split("\n"))
        objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>" % (5 + 2 * n), stream(b"BT /F 11 Tf 14 TL 72 700 Td %b ET" % shown)]
    return raw(*objects)


def prose(n: int) -> str:
    return "\n".join(f"Members sign for the key of room {n}.{row} before they take it along, and give it back." for row in range(12))


def work(do: Callable[[], object]) -> int:
    """How many calls it takes."""
    calls = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        do()
    finally:
        sys.setprofile(None)
    return calls


def twice_as_long(make: Callable[[int], Callable[[], object]], small: int) -> float:
    """How much more work a paper of twice the length is."""
    make(small // 4)()  # what is loaded and compiled once
    return work(make(2 * small)) / work(make(small))


def said(text: str) -> tuple[Outline, list[Relation], list[Finding]]:
    outline = clauses.outline(assemble(pages.read_bytes(text.encode(), "order.txt"), GENERIC), GENERIC)
    acts, findings = relations.find(outline, GENERIC)
    return outline, acts, [*outline.findings, *findings]


def test_the_work_grows_with_the_pages() -> None:
    def reading(count: int) -> Callable[[], object]:
        data = pdf(count, prose)
        return lambda: clauses.outline(assemble(pages.read_bytes(data, "long.pdf"), GENERIC), GENERIC)

    assert twice_as_long(reading, 40) < 2.3


def held(count: int) -> tuple[int, int]:
    """Bytes held by an item of so many pages, and those that reading it needed besides."""
    data = pdf(count, prose)
    gc.collect()
    tracemalloc.start()
    try:
        item = pages.read_bytes(data, "long.pdf")
        kept, peak = tracemalloc.get_traced_memory()
        assert len(item.pages) == count
        return kept, peak - kept
    finally:
        tracemalloc.stop()


@pytest.mark.long
def test_two_thousand_pages_are_read_with_the_memory_of_their_words() -> None:
    some, beside = held(500)
    many, beside_many = held(2000)
    assert many < 4.3 * some
    assert beside_many < beside + 4 * 2_000_000  # the bytes are looked through once, page by page


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts memory in another way")
def test_a_batch_of_five_thousand_pages_needs_no_more_memory_than_a_fifth_of_it(tmp_path: Path) -> None:
    import subprocess

    for n in range(50):
        (tmp_path / f"order-{n:02}.pdf").write_bytes(pdf(100, lambda at, n=n: prose(1000 * n + at)))  # type: ignore[misc]
    program = "import sys, resource; from lineage.cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit: pass\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    peaks = []
    for count in (10, 50):
        files = sorted(str(path) for path in tmp_path.glob("*.pdf"))[:count]
        done = subprocess.run([sys.executable, "-c", program, "--library", str(tmp_path / f"library-{count}"), "ingest", "--jobs", "1", *files], capture_output=True, check=False, text=True)
        peaks.append(int(done.stderr.split()[-1]))
    assert peaks[1] < 1.35 * peaks[0]


def test_a_range_over_unknown_sections_makes_nothing_up() -> None:
    for words in ("This order rescinds Manual Sections 7.1.2.8 through 7.1.2.13.", "Manual Sections 7.1.2.8 - 7.1.2.13 are rescinded."):
        _, acts, findings = said(f"{HEAD}\nI. RULE\n\nA. {words}\n")
        assert {r.affected.number for r in acts} == {"7.1.2.8", "7.1.2.13"}
        (finding,) = [f for f in findings if f.code == "relations.range-open"]
        assert "7.1.2.8" in finding.message
        assert finding.evidence[0].quote


def test_two_numbers_in_a_row_are_no_open_range() -> None:
    _, acts, findings = said(f"{HEAD}\nI. RULE\n\nA. This order rescinds Manual Sections 7.1.2.8 through 7.1.2.9.\n")
    assert {r.affected.number for r in acts} == {"7.1.2.8", "7.1.2.9"}
    assert "relations.range-open" not in {f.code for f in findings}


@pytest.mark.parametrize("number", ["З.48", "Manual Section З.48", "Ꮾ.1", "３．４８"])
def test_look_alikes_in_a_field_end_nothing(number: str) -> None:
    _, acts, findings = said(f"{HEAD}Rescinds: {number}\n\nI. RULE\n\nA. Members sign for keys.\n")
    assert [r for r in acts if r.kind != "cites"] == []
    assert any(f.code == "relations.field-unread" and number in f.message for f in findings)


def line(words: str, page: int, row: int, start: int) -> Line:
    return Line(words, page, start, row, 72.0, (72.0, 60.0 + 12 * row, 72.0 + 5 * len(words), 70.0 + 12 * row), (), Style(size_pt=11))


def manual(entries: int, shown: int, listed: Callable[[int], int]) -> Item:
    """A manual whose contents name so many rules; those up to ``shown`` have a page of their own. ``listed`` is the page that the contents name for each."""
    sheets: list[list[str]] = [["MILLBROOK POLICY MANUAL"]]
    rows = [f"{100 + n} - Keys of the House {_letters(n)} . . . . . . . . . . {listed(n)}" for n in range(entries)]
    sheets += [rows[at : at + 60] for at in range(0, len(rows), 60)]
    front = len(sheets)
    sheets += [[f"Keys of the House {_letters(n)}", "Members sign for each key before they take it along."] for n in range(shown)]
    sheets += [["Nothing more."]] * max(0, 8 * front - len(sheets))
    made = []
    for number, words in enumerate(sheets, 1):
        at, lines = 0, []
        for row, text in enumerate(words):
            lines.append(line(text, number, row, at))
            at += len(text) + 1
        made.append(Page(number, tuple(lines), "".join(f"{text}\n" for text in words), 612.0, 792.0))
    return Item("0" * 64, "manual.pdf", "application/pdf", 1, tuple(made))


def _letters(n: int) -> str:
    return "".join(chr(97 + n // 26**k % 26) for k in range(4))


def test_contents_that_name_pages_which_are_not_there_are_no_contents() -> None:
    bodies, findings = divide(manual(300, 0, lambda n: 5000 + n), GENERIC)
    assert len(bodies) == 1
    assert findings == []


def test_contents_that_miss_some_rules_say_which() -> None:
    bodies, findings = divide(manual(40, 36, lambda n: 3 + n), GENERIC)
    assert len(bodies) == 37
    assert [f.code for f in findings] == ["manual.entry-not-found"] * 4


def test_contents_that_run_in_a_circle_end() -> None:
    bodies, _ = divide(manual(60, 60, lambda n: 3 + (n * 7) % 5), GENERIC)
    assert sum(len(b.blocks) for b in bodies) > 0


def test_ten_thousand_entries_are_no_more_work_each() -> None:
    def dividing(count: int) -> Callable[[], object]:
        item = manual(count, count, lambda n: 1 + -(-count // 60) + 1 + n)
        return lambda: divide(item, GENERIC)

    assert twice_as_long(dividing, 300) < 2.4


def test_a_heading_of_five_hundred_labels() -> None:
    labels = ("Distribution", "Reference", "Issued by", "Amends", "Subject", "Index")

    def reading(count: int) -> Callable[[], object]:
        rows = "\n".join(f"{labels[n % 6]} {n}: Value {n}\nDistribution: Group {n}" for n in range(count // 2))
        data = f"{HEAD}{rows}\n\nI. RULE\n\nA. Members sign for keys.\n".encode()
        return lambda: clauses.outline(assemble(pages.read_bytes(data, "labels.txt"), GENERIC), GENERIC)

    assert twice_as_long(reading, 250) < 2.6


def test_five_hundred_feet_that_differ_are_one_short_finding() -> None:
    data = pdf(500, lambda n: f"{prose(n)}\n\n\nDir.#: {100 + n}-A Issued: 06/04/1991 Eff: 07/07/{1950 + n % 50} Rescinds: {n + 51}-A")
    outline = clauses.outline(assemble(pages.read_bytes(data, "feet.pdf"), GENERIC), GENERIC)
    differ = [f for f in outline.findings if f.code == "heading.pages-differ"]
    assert 0 < len(differ) < 6
    assert len(outline.findings) < 60
    assert max(len(f.message) for f in outline.findings) < 2000
    assert max(len(f.evidence) for f in differ) <= 40
    assert any("and 494 more" in f.message for f in differ)
