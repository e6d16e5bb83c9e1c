"""Files that no careful tool takes as they are."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

WORDS = b"BT /F 11 Tf 72 700 Td (Members shall read this order.) Tj ET"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>%b>>"


def raw(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + end % (len(objects) + 1, table, len(objects) + 1, len(out))


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(content), extra, content)


def one_page(page: bytes = b"", *more: bytes) -> bytes:
    return raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE % page, stream(WORDS), FONT, *more)


def drawn(encrypt: StandardEncryption | None = None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1, encrypt=encrypt)
    canvas.drawString(72, 700, "Members shall read this order.")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def blown_up(megabytes: int) -> bytes:
    """So many megabytes of blanks, deflated: one of them, again and again, which takes a hundredth of the time of all."""
    blanks, packed = b" " * 2**20, zlib.compressobj(9)
    block, checksum = packed.compress(blanks) + packed.flush(zlib.Z_FULL_FLUSH), 1
    for _ in range(megabytes):
        checksum = zlib.adler32(blanks, checksum)
    return block[:2] + block[2:] * megabytes + b"\x03\x00" + checksum.to_bytes(4, "big")


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64)
ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
PAGE_BOMB = raw(
    b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%b]/Count 20000>>" % (b"3 0 R " * 20_000), PAGE % b"", stream(WORDS), FONT
)  # fmt: skip
STREAM_BOMB = raw(
    b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE % b"",
    stream(blown_up(257), b"/Filter/FlateDecode"), FONT,
)  # fmt: skip
SCAN = raw(
    b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
    stream(b"q 612 0 0 792 0 0 cm /I Do Q"),
    stream(bytes(3 * 64 * 64), b"/Type/XObject/Subtype/Image/Width 64/Height 64/ColorSpace/DeviceRGB/BitsPerComponent 8"),
)  # fmt: skip

# Name, bytes, the code of the refusal, words that its sentence must have.
REFUSED: list[tuple[str, bytes, str, str]] = [
    ("empty.txt", b"", "pages.empty", "is empty"),
    ("blank.pdf", b"\n \n", "pages.empty", "is empty"),
    ("binary.txt", bytes(range(256)) * 8, "pages.binary", "not text"),
    ("picture.txt", PNG, "pages.binary", "PNG"),
    ("truncated.pdf", drawn()[:400], "pages.truncated", "truncated.pdf"),
    ("encrypted.pdf", drawn(StandardEncryption("secret", ownerPassword="owner")), "pages.encrypted", "password"),
    ("page-bomb.pdf", PAGE_BOMB, "pages.too-many-pages", "pages"),
    ("stream-bomb.pdf", STREAM_BOMB, "pages.too-large", "stream-bomb.pdf"),
    ("entity-bomb.html", f"<!DOCTYPE html [<!ENTITY l0 'lol'>{ENTITIES}]><html><body>&l9;</body></html>".encode(), "pages.entity-bomb", "entit"),
    ("entity-file.html", b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body>&x;</body></html>', "pages.entity-bomb", "entit"),
    ("really-html.pdf", b"<!DOCTYPE html><html><body><p>Members shall read.</p></body></html>", "pages.misnamed", "says PDF"),
    ("really-pdf.txt", drawn(), "pages.misnamed", "says plain text"),
    ("scan.pdf", SCAN, "pages.needs-ocr", "OCR"),
]

ORDER = (
    "MILLBROOK POLICE DEPARTMENT\nSPECIAL ORDER\n\nNumber: 21-{n:02}\nSubject: {title}\nIssued: March 1, 2021\nEffective: March 8, 2021\n\n"
    "I. RULE\n\nA. {words}\n"
)

# What is odd and can be read.
READ: dict[str, bytes] = {
    "broken-annotations.pdf": one_page(b"/Annots[6 0 R 99 0 R null 7 0 R]", b"<</Type/Annot/Subtype/Stamp/Rect[1 2]/AP 3 0 R>>", b"<</Subtype/Widget/Rect(no)>>"),
    "hyphen-marks.txt": ORDER.format(n=1, title="Hyphens", words="The depart\x02\nment keeps the rec\x1f\nord.").encode(),
    "control-marks.txt": ORDER.format(n=2, title="Marks", words="Members shall \u200bread\ufeff this\u00ad order\x0c and keep it.").encode(),
    "windows-1252.txt": ORDER.format(n=3, title="Old Bytes", words="The officer\u2019s report \u2014 always.").encode("cp1252"),
    "utf-16.txt": ORDER.format(n=4, title="Wide Bytes", words="The report is written.").encode("utf-16"),
}


def put(folder: Path) -> None:
    """All of them in one folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data, _, _ in REFUSED:
        (folder / name).write_bytes(data)
    for name, data in READ.items():
        (folder / name).write_bytes(data)
