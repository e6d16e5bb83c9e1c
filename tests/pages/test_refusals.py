"""What is not read, and the words in which that is said."""

from __future__ import annotations

import re
import sys
import time
import zlib
from pathlib import Path

import pytest
from msgspec.structs import replace

from lineage import pages
from lineage.errors import RefusedError
from lineage.guard import LIMITS

from .made import FONT, WORDS, one_page, pdf, prose, raw, stream

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64)
HTML = b"<!DOCTYPE html><html><body><p>Members shall read this order.</p></body></html>"


def code(data: bytes, name: str) -> str:
    with pytest.raises(RefusedError) as refused:
        pages.read_bytes(data, name)
    assert refused.value.message.endswith("."), "a full sentence"
    assert refused.value.hint
    return refused.value.code


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.html", "a", "a.xyz"])
@pytest.mark.parametrize("data", [b"", b"  \n\n ", b"\0\0\0"])
def test_empty(data: bytes, name: str) -> None:
    assert code(data, name) == "pages.empty"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a", "a.png"])
def test_binary(name: str) -> None:
    assert code(PNG, name) == "pages.binary"
    assert code(b"PK\x03\x04" + bytes(range(256)), name) == "pages.binary"
    assert code(bytes(range(256)) * 4, name) == "pages.binary"


def test_misnamed() -> None:
    order = pdf(prose)
    assert code(PNG, "order.pdf") == "pages.misnamed"
    assert code(HTML, "order.pdf") == "pages.misnamed"
    assert code(b"Members shall read this order.", "order.pdf") == "pages.misnamed"
    assert code(order, "order.txt") == "pages.misnamed"
    assert code(order, "order.html") == "pages.misnamed"
    assert code(HTML, "order.txt") == "pages.misnamed"
    assert code(b"Members shall read this order.", "order.html") == "pages.misnamed"


@pytest.mark.parametrize("name", ["order", "order.PDF", "order.bak", "Order 7-22-21"])
def test_an_unknown_ending_says_nothing(name: str) -> None:
    assert pages.read_bytes(pdf(prose), name).media_type == "application/pdf"


def test_text_may_speak_of_pdf() -> None:
    assert pages.read_bytes(b"A file that begins with %PDF-1.7 is a PDF.", "note.txt").media_type == "text/plain"


def test_truncated() -> None:
    order = pdf(prose)
    assert code(order[:400], "order.pdf") == "pages.truncated"
    assert code(b"%PDF-1.7\n" + b"nothing more" * 9 + b"\n%%EOF", "order.pdf") == "pages.damaged"


def test_cut_at_the_end_is_a_doubt() -> None:
    order = pdf(prose)
    item = pages.read_bytes(order[: order.rindex(b"xref")], "order.pdf")
    assert [f.code for f in item.findings] == ["pages.truncated"]


def test_encrypted() -> None:
    assert code(pdf(prose, encrypt="secret"), "order.pdf") == "pages.encrypted"


def test_no_text_needs_ocr() -> None:
    picture = stream(bytes(3 * 64 * 64), b"/Type/XObject/Subtype/Image/Width 64/Height 64/ColorSpace/DeviceRGB/BitsPerComponent 8")
    scan = raw(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        stream(b"q 612 0 0 792 0 0 cm /I Do Q"), picture,
    )  # fmt: skip
    assert code(scan, "order.pdf") == "pages.needs-ocr"


def test_one_page_without_text_is_kept_and_named() -> None:
    picture = stream(bytes(3 * 64 * 64), b"/Type/XObject/Subtype/Image/Width 64/Height 64/ColorSpace/DeviceRGB/BitsPerComponent 8")
    mixed = raw(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 6 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 7 0 R/Resources<</XObject<</I 8 0 R>>>>>>",
        FONT, stream(WORDS), stream(b"q 612 0 0 792 0 0 cm /I Do Q"), picture,
    )  # fmt: skip
    item = pages.read_bytes(mixed, "order.pdf")
    assert [page.needs_ocr for page in item.pages] == [False, True]
    assert [(f.code, f.severity) for f in item.findings] == [("pages.needs-ocr", "blocker")]
    assert "Page 2 of 2" in item.findings[0].message


def test_too_large() -> None:
    with pytest.raises(RefusedError, match="bytes") as refused:
        pages.read_bytes(b"x" * 100, "a.txt", replace(LIMITS, max_bytes=99))
    assert refused.value.code == "pages.too-large"


def test_too_much_text() -> None:
    for data, name in ((b"x" * 100, "a.txt"), (HTML, "a.html"), (pdf(prose), "a.pdf")):
        with pytest.raises(RefusedError) as refused:
            pages.read_bytes(data, name, replace(LIMITS, max_chars=50, max_chars_per_page=50))
        assert refused.value.code == "pages.too-much-text"


@pytest.mark.parametrize(("kids", "count"), [(b"3 0 R", 9_999_999), (b"3 0 R " * 20_000, 20_000), (b"2 0 R 2 0 R", 1_000_000)])
def test_page_bomb(kids: bytes, count: int) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    bomb = raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count), page, stream(WORDS), FONT)
    start = time.monotonic()
    assert code(bomb, "order.pdf") in ("pages.too-many-pages", "pages.damaged")
    assert time.monotonic() - start < 5


def test_stream_bomb() -> None:
    packed = zlib.compress(b" " * (LIMITS.max_stream_bytes + 1024), 9)
    bomb = raw(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>", stream(packed, b"/Filter/FlateDecode"),
    )  # fmt: skip
    assert len(bomb) < 1_000_000
    start = time.monotonic()
    assert code(bomb, "order.pdf") == "pages.too-large"
    assert time.monotonic() - start < 5


def test_forms_within_forms_are_given_up() -> None:
    deep = 24
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>", stream(b"/X Do"),
    ]  # fmt: skip
    for at in range(deep):
        inner = b"/Resources<</XObject<</X %d 0 R>>>>" % (6 + at)
        objects.append(stream(b"/X Do /X Do /X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]" + inner))
    objects.append(stream(b"0 0 1 1 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]"))
    start = time.monotonic()
    with pytest.raises(RefusedError) as refused:
        pages.read_bytes(raw(*objects), "order.pdf", replace(LIMITS, max_seconds=3.0, max_ocr_seconds=0.0))
    assert refused.value.code in ("pages.runaway", "pages.needs-ocr")
    assert time.monotonic() - start < 12


def test_a_huge_page_costs_nothing() -> None:
    wide = one_page(WORDS).replace(b"[0 0 612 792]", b"[0 0 99999999 99999999]")
    item = pages.read_bytes(wide, "order.pdf")
    assert item.pages[0].lines[0].text == "Members shall read this order."


@pytest.mark.parametrize("name", ["a.html", "a", "a.xml"])
def test_entity_bomb(name: str) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for head in ("<?xml version='1.0'?><!DOCTYPE html", "<!DOCTYPE html"):
        bomb = f'{head} [<!ENTITY l0 "lol">{levels}]><html><body>&l9;</body></html>'
        assert code(bomb.encode(), name) == "pages.entity-bomb"


def test_an_entity_that_names_a_file_is_refused() -> None:
    leak = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body>&x;</body></html>'
    assert code(leak, "a.html") == "pages.entity-bomb"


def test_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.pdf"):
        with pytest.raises(RefusedError) as refused:
            pages.read(path)
        assert refused.value.code == "pages.unreadable"
        assert str(path) in refused.value.message


def test_rooms_open_quickly() -> None:
    import subprocess

    seen = subprocess.run(
        [sys.executable, "-c", "import sys, lineage.pages; print({'lxml', 'pypdfium2', 'pdfplumber'} & set(sys.modules) or [])"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert re.fullmatch(r"\[]\s*", seen.stdout)
