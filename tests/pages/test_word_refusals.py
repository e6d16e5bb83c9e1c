"""Word files that are not read, and the words in which that is said."""

from __future__ import annotations

import contextlib
import copy
import io
import random
import time
import zipfile
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace

from lineage import pages
from lineage.errors import RefusedError
from lineage.guard import LIMITS, Limits

from .worded import NAMES, OUTLINE, R, W, docx, field, lists, p, run, table, zipped

SOUND = docx(p("Members shall read this order."))


def refusal(data: bytes, name: str = "order.docx", limits: Limits = LIMITS) -> RefusedError:
    with pytest.raises(RefusedError) as refused:
        pages.read_bytes(data, name, limits)
    assert refused.value.message.endswith("."), "a full sentence"
    assert refused.value.hint
    return refused.value


def code(data: bytes, name: str = "order.docx", limits: Limits = LIMITS) -> str:
    return refusal(data, name, limits).code


def tracked(sort: str) -> str:
    return f'<w:{sort} w:id="1" w:author="A" w:date="2020-01-01T00:00:00Z">'


@pytest.mark.parametrize(
    "body",
    [
        p("Members shall ", f"{tracked('ins')}{run('not ')}</w:ins>", "carry a baton."),
        p("Members shall ", f"{tracked('del')}<w:r><w:delText>not </w:delText></w:r></w:del>", "carry a baton."),
        p(f"{tracked('moveFrom')}{run('Words.')}</w:moveFrom>"),
        p("Words.", look=f"<w:rPr>{tracked('del')}</w:del></w:rPr>"),
        f"<w:tbl><w:tr><w:trPr>{tracked('ins')}</w:ins></w:trPr><w:tc>{p('Words.')}</w:tc></w:tr></w:tbl>",
        p("Words.", look=f'<w:numPr><w:numId w:val="1"/></w:numPr>{tracked("pPrChange")}<w:pPr/></w:pPrChange>'),
    ],
)
def test_changes_that_wait(body: str) -> None:
    assert code(docx(p("First.") + body)) == "pages.tracked-changes"


def test_changes_that_wait_are_counted_and_placed() -> None:
    said = refusal(docx(p("First.") + p("Carry ", f"{tracked('ins')}{run('two ')}</w:ins>", f"{tracked('ins')}{run('new ')}</w:ins>", "radios.")))
    assert '(2 insertions), first in paragraph 2 of the body ("Carry two new radios.")' in said.message
    assert "Accept or Reject" in said.hint
    section = '<w:sectPr><w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
    said = refusal(docx(p("First.") + section, footer1=p(f"{tracked('del')}<w:r><w:delText>Old</w:delText></w:r></w:del>")))
    assert '1 deletion), first in paragraph 1 of a foot of the pages ("Old")' in said.message


def test_a_change_of_looks_is_none() -> None:
    look = f'{tracked("pPrChange")}<w:pPr><w:jc w:val="center"/></w:pPr></w:pPrChange>'
    bold = run("Words.", f"<w:b/>{tracked('rPrChange')}<w:rPr/></w:rPrChange>")
    assert pages.read_bytes(docx(p(bold, look=look)), "order.docx").pages[0].text == "Words.\n"


def test_old_and_locked_files() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    doc, locked = (ole + name.encode("utf-16-le") + bytes(100) for name in ("WordDocument", "EncryptedPackage"))
    assert code(doc, "order.doc") == "pages.binary"
    assert ".docx or PDF" in refusal(doc, "order.doc").hint
    assert "(.doc)" in refusal(doc, "order.docx").message
    assert code(locked) == "pages.encrypted"


def test_other_packages() -> None:
    assert code(zipped({"a.txt": b"words"}), "order.zip") == "pages.binary"
    assert code(zipped({"a.txt": b"words"})) == "pages.misnamed"
    assert code(SOUND, "order.pdf") == "pages.misnamed"
    assert pages.read_bytes(SOUND, "order").media_type.endswith("wordprocessingml.document")
    assert code(docx(p("x"), main="application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml")) == "pages.binary"
    strict = {"_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"}" Target="word/document.xml"/></Relationships>'.encode()}
    assert "Strict" in refusal(docx(p("x"), extra=strict)).hint


@pytest.mark.parametrize(
    "data",
    [
        docx(p("x"), main="application/vnd.ms-word.document.macroEnabled.main+xml"),
        docx(p("x"), extra={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    ],
)
@pytest.mark.parametrize("name", ["order.docm", "order.docx"])
def test_macros(data: bytes, name: str) -> None:
    assert code(data, name) == "pages.macros"


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = f'<!DOCTYPE d [<!ENTITY l0 "words"><!ENTITY x SYSTEM "file:///etc/passwd">{BOMB}]>'


@pytest.mark.parametrize("use", ["&l9;", "&x;", "plain"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "docProps/core.xml"])
def test_entities_in_any_part(part: str, encoding: str, use: str) -> None:
    root = {"word/_rels/document.xml.rels": "Relationships", "[Content_Types].xml": "Types"}.get(part, "w:document")
    text = f'<?xml version="1.0" encoding="{encoding}"?>{HOSTILE}<{root} {NAMES}>{use}</{root}>'
    began = time.perf_counter()
    assert code(docx(p("x"), extra={part: text.encode(encoding)})) in ("pages.entity-bomb", "pages.binary")
    assert time.perf_counter() - began < 2


def test_a_part_is_looked_at_whatever_its_name_ends_with() -> None:
    types = zipfile.ZipFile(io.BytesIO(SOUND)).read("[Content_Types].xml").replace(b"/word/document.xml", b"/word/document.png")
    links = zipfile.ZipFile(io.BytesIO(SOUND)).read("_rels/.rels").replace(b"document.xml", b"document.png")
    part = f"{HOSTILE}<w:document {NAMES}><w:body>{p('&x;')}</w:body></w:document>".encode()
    assert code(docx(p("x"), extra={"[Content_Types].xml": types, "_rels/.rels": links, "word/document.png": part})) == "pages.entity-bomb"


def test_bombs() -> None:
    small = replace(LIMITS, max_stream_bytes=10_000_000, max_unpacked_bytes=12_000_000)
    assert code(docx(p("x"), extra={"word/media/a.png": bytes(10_000_001)}), limits=small) == "pages.too-large"
    assert code(docx(p("x"), extra={f"word/media/{n}.png": bytes(6_500_000) for n in range(2)}), limits=small) == "pages.too-large"
    assert code(docx(p("x"), extra={f"customXml/{n}": b"" for n in range(5_001)})) == "pages.too-large"
    assert code(docx(p("word " * 1000)), limits=replace(LIMITS, max_chars=4_000)) == "pages.too-much-text"
    deep = "<w:sdt><w:sdtContent>" * 400 + p("x") + "</w:sdtContent></w:sdt>" * 400
    assert code(docx(deep)) == "pages.damaged"


def test_a_file_that_unpacks_to_much_is_read_apart() -> None:
    data = docx(p("Members shall read this order."))
    assert pages.read_bytes(data, "order.docx", replace(LIMITS, calm_bytes=10)) == pages.read_bytes(data, "order.docx")


def test_damage() -> None:
    assert code(SOUND[:400]) in ("pages.damaged", "pages.misnamed")
    for at in range(30, len(SOUND), 97):
        broken = SOUND[:at] + bytes([SOUND[at] ^ 0x5A]) + SOUND[at + 1 :]
        # Refused or read, and no other error: a change in what no reader looks at harms nothing.
        with contextlib.suppress(RefusedError):
            pages.read_bytes(broken, "order.docx")
    twice = io.BytesIO(SOUND)
    with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", b"<x/>")
    assert code(twice.getvalue()) == "pages.damaged"


def rich() -> dict[str, bytes]:
    """The parts of a file with something of everything."""
    box = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    drawing = f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice></mc:AlternateContent></w:r>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    body = p("x", number=(1, 0)) + p("y", look='<w:pStyle w:val="Rung"/>') + p("z", drawing, '<w:r><w:footnoteReference w:id="2"/></w:r>', field("DATE", "1/1/20"))
    styles = '<w:style w:type="paragraph" w:styleId="Rung"><w:name w:val="heading 2"/><w:basedOn w:val="Base"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    parts = {"numbering": lists(OUTLINE), "styles": styles, "header1": p("Head"), "footnotes": f'<w:footnote w:id="2">{p("n")}</w:footnote>', "settings": "<w:evenAndOddHeaders/>"}
    archive = zipfile.ZipFile(io.BytesIO(docx(body + table(("a", "b"), ("c", "d")) + section, **parts)))
    return {name: archive.read(name) for name in archive.namelist()}


def changed(root: Any, dice: random.Random) -> None:
    """One element is lost, copied, renamed, emptied, or has an attribute that is odd or missing."""
    elements = list(root.iter())
    one, other = dice.choice(elements), dice.choice(elements)
    match dice.randint(0, 4):
        case 0 if one.getparent() is not None:
            one.getparent().remove(one)
        case 1 if one.attrib:
            one.attrib[dice.choice(list(one.attrib))] = dice.choice(["", "-1", "9" * 12, "abc", "Rung", "1", "\u0663", "on"])
        case 2 if one.attrib:
            del one.attrib[dice.choice(list(one.attrib))]
        case 3:
            one.append(copy.deepcopy(other))
        case _:
            one.tag = other.tag


@pytest.mark.parametrize("seed", range(6))
def test_changed_files_are_read_or_refused(seed: int) -> None:
    dice, sound = random.Random(seed), rich()
    for _ in range(40):
        files = dict(sound)
        for name in dice.sample(sorted(files), 2):
            root = etree.fromstring(files[name])
            changed(root, dice)
            files[name] = etree.tostring(root)
        with contextlib.suppress(RefusedError):
            found = pages.read_bytes(zipped(files), "order.docx").pages[0]
            assert all(found.text[line.start : line.start + len(line.text)] == line.text for line in found.lines)


def test_nothing_outside_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetched(*_: object) -> None:
        raise AssertionError("something outside was asked for")

    monkeypatch.setattr("socket.getaddrinfo", fetched)
    monkeypatch.setattr("socket.socket.connect", fetched)
    linked = "".join(
        f'<Relationship Id="x{n}" Type="{R}/{sort}" Target="{target}" TargetMode="External"/>'
        for n, (sort, target) in enumerate(
            [("attachedTemplate", "http://example.invalid/t.dotm"), ("image", "http://example.invalid/i.png"), ("header", "file:///etc/passwd"), ("styles", "\\\\example.invalid\\s")]
        )
    )
    picture = '<w:r><w:drawing><a:blip r:link="x1"/></w:drawing></w:r>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="x2"/></w:sectPr>'
    found = pages.read_bytes(docx(p("Members shall read this order.", picture) + section, relations=linked), "order.docx")
    assert found.pages[0].text == "Members shall read this order.\n"


def test_a_picture_alone_needs_ocr() -> None:
    assert code(docx(p('<w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r>'))) == "pages.needs-ocr"


def test_ten_thousand_paragraphs_and_rings_are_read_in_time() -> None:
    began = time.perf_counter()
    body = "".join(p(f"Rule {n}.") for n in range(10_000)) + "<w:tbl>" + f"<w:tr><w:tc>{p('x')}</w:tc></w:tr>" * 3_000 + "</w:tbl>"
    assert len(pages.read_bytes(docx(body), "order.docx").pages[0].lines) == 13_000
    assert time.perf_counter() - began < 20
    assert W in NAMES
