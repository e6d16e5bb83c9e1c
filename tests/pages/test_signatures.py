"""Digital signatures: their words where they stand, and a finding where they are not read."""

from __future__ import annotations

import pytest

from lineage.model import Item
from lineage.pages import read_bytes, signatures
from tests.end_to_end.hostile import FONT, PAGE, WORDS, raw, stream

SIGNATURE = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/Name(A. Doe)/M(D:20200807134923-05'00')/Contents<00>/ByteRange[0 0 0 0]>>"


def item(rect: bytes = b"[72 100 272 140]", pages: int = 1) -> Item:
    """A paper that is signed on each of its pages (all are one)."""
    made = raw(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[6 0 R]>>>>", b"<</Type/Pages/Kids[%b]/Count %d>>" % (b"3 0 R " * pages, pages), PAGE % b"/Annots[6 0 R]", stream(WORDS), FONT,
        b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Signed)/F 4/P 3 0 R/Rect%b/V 7 0 R>>" % rect, SIGNATURE,
    )  # fmt: skip
    return read_bytes(made, "signed.pdf")


def test_a_signature_is_read_where_it_stands() -> None:
    read = item()
    assert [line.text for line in read.pages[0].lines if line.hint == "signature"] == ["Digitally signed by A. Doe Date: 2020.08.07 13:49:23 -05'00'"]
    assert "pages.signatures-unread" not in {finding.code for finding in read.findings}


@pytest.mark.parametrize(("rect", "most", "why"), [(b"[(a) 1 2 3]", 200, "its fields are damaged"), (b"[72 100 272 140]", 1, "it has more than 1 pages")])
def test_one_that_is_not_read_is_told(rect: bytes, most: int, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "MOST_PAGES", most)
    (told,) = [finding for finding in item(rect, 2).findings if finding.code == "pages.signatures-unread"]
    assert told.severity == "doubt"
    assert told.message.startswith(f"The file holds a digital signature, not read, or not in full, because {why}: who signed, and on which day, is not known.")
