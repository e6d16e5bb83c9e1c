"""What holds for every page of every item."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from lineage import pages
from lineage.errors import RefusedError
from lineage.model import Item
from lineage.pages import engine

from .made import pdf

SHARED = Path(os.environ.get("LINEAGE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
shared = pytest.mark.shared


def sound(item: Item) -> None:
    """Offsets point at words, words lie in lines, boxes on pages, no line is empty, and the rows of a PDF never fall back."""
    assert item.pages[0].number == 1
    assert [page.number for page in item.pages] == list(range(1, len(item.pages) + 1))
    for page in item.pages:
        assert page.text == "".join(line.text + "\n" for line in page.lines)
        for line in page.lines:
            assert line.text.strip()
            assert "\n" not in line.text
            assert line.page == page.number
            assert page.text[line.start : line.start + len(line.text)] == line.text
            assert all(0 <= start < end <= len(line.text) and x0 <= x1 for start, end, x0, x1 in line.words)
            assert 0 <= line.style.angle < 360
            if line.box_pt is not None:
                x0, y0, x1, y1 = line.box_pt
                assert 0 <= x0 <= x1 <= page.width_pt + 0.01
                assert 0 <= y0 <= y1 <= page.height_pt + 0.01
        if item.media_type == "application/pdf":
            rows = [line.row for line in page.lines]
            assert rows == sorted(rows)


def files(*patterns: str, every: int = 1) -> list[Path]:
    if not SHARED.is_dir():
        return []
    return sorted(path for pattern in patterns for path in SHARED.glob(pattern))[::every]


def held(paths: list[Path]) -> list[Path]:
    if not paths:
        pytest.skip(f"There is no folder of real documents at {SHARED}; set LINEAGE_SHARED to run this test.")
    return paths


def tried(read: Callable[[], Item], code: str = "pages.") -> Item | None:
    """The item, or None where it is refused with a code that begins so."""
    try:
        return read()
    except RefusedError as refused:
        if not refused.code.startswith(code):
            raise
        return None


def read(path: Path) -> Item | None:
    return tried(lambda: pages.read(path), "pages.needs-ocr")


@shared
def test_every_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "available", lambda: False)  # OCR has tests of its own
    for path in held(files("orders/*/*.pdf")):
        item = read(path)
        assert (item is None) == ("scan" in path.parent.name)
        if item is not None:
            sound(item)


@shared
def test_chicago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "available", lambda: False)
    for path in held(files("cpd/html/*.html", every=25) + files("cpd/pdf/*.pdf", every=6)):
        item = read(path)
        assert item is not None
        sound(item)
    for path in files("cpd/scan/*.pdf", every=5):
        assert read(path) is None


@shared
@pytest.mark.ocr
@pytest.mark.long
def test_real_scans() -> None:
    for path in held(files("orders/*scan/*.pdf") + files("cpd/scan/*.pdf", every=10)):
        item = read(path)
        assert item is not None
        sound(item)
        assert all(line.confidence is not None for page in item.pages for line in page.lines)


@shared
def test_dates_in_form_fields() -> None:
    (path,) = held(files("orders/springfield/UseDeadlyForce.pdf"))
    form = [line.text for line in pages.read(path).pages[0].lines if line.hint == "form"]
    assert form.count("8/14/20") == 2


@shared
def test_a_header_table_is_read_cell_by_cell() -> None:
    (path,) = held(files("orders/lake-county/use-of-force.pdf"))
    cells = {line.text: line.cell for line in pages.read(path).pages[0].lines if line.cell}
    assert cells["Issued: 06/08/2020"] == (0, 0, 1)
    assert cells["Policy Number: 1.6.01"] == (0, 0, 2)


WORDS = st.text(alphabet="ABCabc(§)-.,0123456789", min_size=1, max_size=12)
PLACED = st.tuples(WORDS, st.integers(-50, 650), st.integers(-50, 830), st.sampled_from([0, 0, 0, 30, 45, 90, 200]), st.integers(6, 40))


@settings(max_examples=60, deadline=None)
@given(st.lists(PLACED, min_size=1, max_size=25))
def test_words_anywhere(placed: list[tuple[str, int, int, int, int]]) -> None:
    def draw(canvas: Canvas) -> None:
        for text, x, y, angle, size in placed:
            canvas.saveState()
            canvas.translate(x, y)
            canvas.rotate(angle)
            canvas.setFont("Helvetica", size)
            canvas.drawString(0, 0, text)
            canvas.restoreState()

    item = tried(lambda: pages.read_bytes(pdf(draw), "order.pdf"), "pages.needs-ocr")
    if item is not None:
        sound(item)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    item = tried(lambda: pages.read_bytes(text.encode("utf-8", "ignore"), "order"))
    if item is not None:
        sound(item)


TAGS = st.sampled_from([
    "<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<li>", "<ul>", "</ul>", "<br>", "<b>",
    "</b>", "<pre>", "<h1>", "<td&nbsp;", "words", "A.", "&sect;", "<!--", "\x02",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(TAGS, max_size=40))
def test_any_markup(tags: list[str]) -> None:
    item = tried(lambda: pages.read_bytes(("<html><body>" + "\n".join(tags)).encode(), "order.html"), "pages.empty")
    if item is not None:
        sound(item)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_pdf_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(pdf(lambda canvas: canvas.drawString(72, 700, "Members shall read this order.")))
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    item = tried(lambda: pages.read_bytes(bytes(whole), "order"))
    if item is not None:
        sound(item)
