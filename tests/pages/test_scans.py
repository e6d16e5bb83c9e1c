"""Scans: pictures of pages read by OCR, with places, stamps apart, and what is not sure said."""

from __future__ import annotations

import difflib
import io
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from lineage import pages
from lineage.errors import RefusedError
from lineage.pages import engine
from lineage.pipeline import read as read_file

from .made import PROSE, pdf, prose, raw, stream
from .scanned import Mark, scan

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "orders"
DRAWN = [*PROSE[:4], "A. The first item of a list that opens with a letter and a stop."]


def drawn(canvas: Canvas) -> None:
    prose(canvas, lines=DRAWN)
    canvas.drawString(72, 600, "1.")
    canvas.drawString(108, 600, "Marked apart by a wide gap.")


@pytest.mark.ocr
def test_a_scan_is_read_with_its_places() -> None:
    printed = pages.read_bytes(pdf(drawn), "order.pdf").pages[0].lines
    item = pages.read_bytes(scan(pdf(drawn), skew=0.9, marks=[Mark("RESCINDED by 3.51 on 7-22-21", -40, 300, 420)]), "order.pdf")
    level = [line for line in item.pages[0].lines if not line.style.angle and not line.hint]
    assert [line.text for line in level] == [line.text for line in printed]
    for line, like in zip(level, printed, strict=True):
        assert line.left_pt == pytest.approx(like.left_pt, abs=2)
        assert line.style.size_pt == pytest.approx(11, abs=1)
        assert line.confidence is not None
        assert line.confidence > 0.9
        assert len(line.words) == len(line.text.split())
        for read, there in zip(line.words, like.words, strict=True):
            assert read[2] == pytest.approx(there[2], abs=2.5)
    (stamp,) = [line for line in item.pages[0].lines if line.style.angle]
    assert stamp.text == "RESCINDED by 3.51 on 7-22-21"
    assert stamp.style.angle == pytest.approx(320, abs=2)
    assert stamp.style.colour >> 16 > 150
    assert [finding.code for finding in item.findings] == ["text.by-ocr"]


def test_without_the_extra_a_scan_is_refused_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "available", lambda: False)
    with pytest.raises(RefusedError) as refused:
        pages.read_bytes(scan(pdf(prose), noise=0, dpi=40), "order.pdf")
    assert refused.value.code == "pages.needs-ocr"
    assert "policy-lineage[ocr]" in refused.value.hint


@pytest.mark.ocr
@pytest.mark.long
def test_pages_with_and_without_text_in_one_file() -> None:
    mixed = io.BytesIO()
    whole = pypdfium2.PdfDocument.new()
    for data in (pdf(prose), scan(pdf(prose), skew=-1.4)):
        whole.import_pages(pypdfium2.PdfDocument(data))
    whole.save(mixed)
    item = pages.read_bytes(mixed.getvalue(), "order.pdf")
    assert [[line.text for line in page.lines] for page in item.pages] == [PROSE, PROSE]
    assert item.pages[0].lines[0].confidence is None
    assert item.pages[1].tilt == pytest.approx(-1.4, abs=0.2)
    assert [finding.message.split(" is ")[0] for finding in item.findings if finding.code == "text.by-ocr"] == ["Page 2 of 2"]


@pytest.mark.ocr
@pytest.mark.long
@pytest.mark.parametrize("colour", [(200, 30, 40), (30, 40, 190)], ids=["red", "blue"])
@pytest.mark.parametrize("angle", [-40, 90, 30])
def test_a_stamp_leaves_the_words_below_it(colour: tuple[int, int, int], angle: float) -> None:
    item = pages.read_bytes(scan(pdf(prose), marks=[Mark("RESCINDED 7-22-21", angle, 300, 200, colour, 20)]), "order.pdf")
    stamps = [line for line in item.pages[0].lines if line.style.angle]
    assert [line.text for line in stamps] == ["RESCINDED 7-22-21"]
    assert stamps[0].style.angle == pytest.approx(angle % 360, abs=3)
    body = [word for line in item.pages[0].lines if not line.style.angle and not line.hint for word in line.text.split()]
    assert difflib.SequenceMatcher(None, body, " ".join(PROSE).split(), autojunk=False).ratio() > 0.9  # letters under a stamp of dark ink may be lost


@pytest.mark.ocr
@pytest.mark.long
def test_a_wrong_table_of_letters_is_read_from_the_picture() -> None:
    shift = b"1 beginbfrange\n<20> <7E> <0021>\nendbfrange"
    table = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange %b endcmap end end" % shift
    rows = b" ".join(b"0 -16 Td (%b) Tj" % line.encode("latin-1") for line in [*PROSE, *PROSE])
    wrong = raw(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(b"BT /F 11 Tf 72 740 Td %b ET" % rows), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>", stream(table),
    )  # fmt: skip
    item = pages.read_bytes(wrong, "order.pdf")
    assert difflib.SequenceMatcher(None, item.pages[0].text.split(), " ".join([*PROSE, *PROSE]).split()).ratio() > 0.95
    assert [finding.code for finding in item.findings if finding.severity == "doubt" and finding.code != "text.low-confidence"] == []


@pytest.mark.ocr
@pytest.mark.long
def test_a_scanned_order_is_read_as_its_print_is(tmp_path: Path) -> None:
    path = CORPUS / "use-of-force-2019.pdf"
    copy = tmp_path / "scan.pdf"
    copy.write_bytes(scan(path.read_bytes()))
    printed, scanned = read_file(path), read_file(copy)
    assert scanned.outline.heading.title == printed.outline.heading.title
    assert {(d.role, d.day) for d in scanned.outline.heading.dates} == {(d.role, d.day) for d in printed.outline.heading.dates}
    same = difflib.SequenceMatcher(None, [c.marker.string for c in printed.outline.clauses], [c.marker.string for c in scanned.outline.clauses]).ratio()
    assert same > 0.9
    assert all(clause.confidence is not None for clause in scanned.outline.clauses if clause.text)
