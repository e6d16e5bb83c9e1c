"""HTML and plain text."""

from __future__ import annotations

import pytest

from lineage import pages
from lineage.errors import RefusedError
from lineage.guard import parse_xml
from lineage.model import Line


def html(body: str, head: str = "<title>Social  Media</title>") -> tuple[Line, ...]:
    return pages.read_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "order.html").pages[0].lines


def test_blocks_blanks_and_hidden_parts() -> None:
    body = (
        "<h2>POLICY</h2><p>Members&nbsp;shall <b>not</b>\n  publish<br>photographs &amp; films.</p>"
        "<script>alert(1)</script><div style='display: none'>gone</div><p hidden>gone</p>after"
    )
    found = html(body)
    assert [(line.text, line.hint) for line in found] == [
        ("POLICY", "heading"),
        ("Members shall not publish", ""),
        ("photographs & films.", ""),
        ("after", ""),
    ]
    assert [line.row for line in found] == [1, 2, 3, 4]


def test_the_title_is_the_items() -> None:
    item = pages.read_bytes(b"<html><head><title>Social\n Media</title></head><body>words</body></html>", "a.html")
    assert (item.title, item.media_type) == ("Social Media", "text/html")


def test_a_marker_cell_and_its_words_share_a_row() -> None:
    body = (
        "<ul><li><table><tr><td>A.</td><td><b>DESIGN:</b></td></tr></table>"
        "<div style='margin-left: 0.5in;'>The pouch will attach.</div></li></ul>"
    )
    marker, words, below = html(body)
    assert (marker.text, marker.hint, marker.cell, marker.left_pt) == ("A.", "marker", (0, 0, 0), 36)
    assert (words.text, words.hint, words.cell, words.left_pt, words.style.bold) == ("DESIGN:", "item", (0, 0, 1), 72, True)
    assert (below.text, below.left_pt, below.cell) == ("The pouch will attach.", 72, None)
    assert marker.row == words.row < below.row


def test_nested_tables_and_spans() -> None:
    body = (
        "<table><tr><td colspan=2><table><tr><td>Department</td><td>U06-02</td></tr></table></td></tr>"
        "<tr><td rowspan=2>Issue Date:</td><td>19 September 2014</td></tr><tr><td>Rescinds: New</td></tr></table>"
    )
    found = html(body)
    assert [(line.text, line.cell) for line in found] == [
        ("Department", (1, 0, 0)),
        ("U06-02", (1, 0, 1)),
        ("Issue Date:", (0, 1, 0)),
        ("19 September 2014", (0, 1, 1)),
        ("Rescinds: New", (0, 2, 1)),
    ]
    assert [found[0].row == found[1].row, found[2].row == found[3].row] == [True, True]


def test_forms() -> None:
    found = html("<p>Issued <input value='8/14/20'></p><input type=checkbox checked> General <input type=hidden value=x>")
    assert [(line.text, line.hint) for line in found] == [("Issued", ""), ("8/14/20", "form"), ("☒", "form"), ("General", "")]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "iso-8859-1"])
def test_declared_encodings(encoding: str) -> None:
    data = f"<html><head><meta charset={encoding}></head><body>caf\u00e9 \u00a7 3.48</body></html>".encode(encoding)
    item = pages.read_bytes(data, "a.html")
    assert item.pages[0].text == "caf\u00e9 \u00a7 3.48\n"
    assert not item.findings


def test_nesting_beyond_reason_is_refused_or_read_whole() -> None:
    deep = "<div>" * 100_000 + "words"
    with pytest.raises(RefusedError) as refused:
        html(deep)
    assert refused.value.code == "pages.damaged"
    assert html("<div>" * 200 + "words")[0].text == "words"


def test_text_lines_pages_and_blanks() -> None:
    item = pages.read_bytes("SUBJECT\n\n    Words \u00a7 3.48\r\nmore\fpage two\n".encode(), "order.txt")
    assert [(line.text, line.page, line.row, line.left_pt) for page in item.pages for line in page.lines] == [
        ("SUBJECT", 1, 1, 0),
        ("Words \u00a7 3.48", 1, 3, 24),
        ("more", 1, 4, 0),
        ("page two", 2, 1, 0),
    ]
    assert item.pages[0].text == "SUBJECT\nWords \u00a7 3.48\nmore\n"
    assert all(line.box_pt is None for page in item.pages for line in page.lines)


def test_one_unbroken_line_stays_one() -> None:
    (line,) = pages.read_bytes(b"Members shall read this order. " * 4000, "order").pages[0].lines
    assert len(line.text) == 4000 * 31 - 1


@pytest.mark.parametrize(("data", "codes"), [
    ("caf\u00e9".encode("utf-16"), []), (b"\xef\xbb\xbfcaf\xc3\xa9", []), ("caf\u00e9".encode("cp1252"), ["text.encoding"]),
    ("caf\u00e9".encode(), []),
])  # fmt: skip
def test_encodings_of_text(data: bytes, codes: list[str]) -> None:
    item = pages.read_bytes(data, "a.txt")
    assert item.pages[0].text == "caf\u00e9\n"
    assert [f.code for f in item.findings] == codes


@pytest.mark.parametrize(("data", "code"), [
    (b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "xml.doctype"),
    (b"<!DOCTYPE a SYSTEM 'http://example.org/a.dtd'><a/>", "xml.doctype"),
    (b"<a><b></a>", "xml.malformed"), (b"", "xml.malformed"), (b"<a>" * 100_000, "xml.malformed"),
])  # fmt: skip
def test_our_own_xml_has_no_document_type(data: bytes, code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_xml(data)
    assert refused.value.code == code
    assert parse_xml(b"<a><b/></a>").tag == "a"
