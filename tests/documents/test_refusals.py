"""Hostile and foreign files are refused; what XML cannot carry is not written."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from lineage.documents import approve, check, draft, read, validate, write
from lineage.documents.schemas import sound
from lineage.errors import LineageError, RefusedError
from lineage.model import Document, Evidence, Line, Text

from .papers import OTHER, founding_order

BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]><akomaNtoso>&d;</akomaNtoso>"""
GOOD = write(founding_order())
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'

HOSTILE = {
    "a document type": (GOOD.replace(HEAD, HEAD + b"<!DOCTYPE akomaNtoso>"), "xml.doctype"),
    "an entity of the file system": (
        GOOD.replace(HEAD, HEAD + b'<!DOCTYPE akomaNtoso [<!ENTITY x SYSTEM "file:///etc/passwd">]>').replace(b"Social Media", b"&x;", 1),
        "xml.",
    ),
    "entities that multiply": (BOMB, "xml."),
    "another namespace": (GOOD.replace(b"akn/3.0", b"akn/2.0"), "documents.foreign"),
    "no namespace": (b"<akomaNtoso><doc/></akomaNtoso>", "documents.foreign"),
    "our block missing": (GOOD.replace(b"<pl:lineage", b"<pl:other").replace(b"</pl:lineage", b"</pl:other"), "documents.foreign"),
    "cut off": (GOOD[: len(GOOD) // 2], "xml.malformed"),
    "nothing": (b"", "xml.malformed"),
    "no XML": (b"%PDF-1.7", "xml.malformed"),
    "a day that is none": (GOOD.replace(b'on="2019-05-17" page', b'on="2019-02-30" page'), "documents.unsound"),
    "evidence that is not there": (GOOD.replace(b'evidence="ev_1"', b'evidence="ev_99"', 1), "documents.unsound"),
    "an origin beyond the words": (GOOD.replace(b'<pl:origin of="#p_1"', b'<pl:origin at="900" of="#p_1"', 1), "documents.unsound"),
    "nested too deep": (b"<a>" * 100_000 + b"</a>" * 100_000, "xml.malformed"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_refused(what: str) -> None:
    data, code = HOSTILE[what]
    assert data != GOOD
    with pytest.raises(RefusedError) as caught:
        read(data)
    assert caught.value.code.startswith(code)


@pytest.mark.parametrize("function", [validate, check])
def test_the_checks_refuse_a_document_type(function: object) -> None:
    with pytest.raises(RefusedError):
        function(BOMB)  # type: ignore[operator]


def marred() -> Iterator[bytes]:
    """The good file with something missing, twice there, moved to the end or not as it was: every seventh tag and attribute."""
    for found in list(re.finditer(rb"<[^>]+>", GOOD.removeprefix(HEAD)))[::7]:
        start, end = found.start() + len(HEAD), found.end() + len(HEAD)
        yield GOOD[:start] + GOOD[end:]
        yield GOOD[:end] + found.group() + GOOD[end:]
        yield GOOD[:start] + GOOD[end:] + found.group()
    for found in list(re.finditer(rb' [\w:]+="([^"]*)"', GOOD.removeprefix(HEAD)))[::7]:
        start, end = found.start() + len(HEAD), found.end() + len(HEAD)
        yield GOOD[:start] + GOOD[end:]
        yield GOOD[: end - len(found.group(1)) - 1] + b"p_1" + GOOD[end - 1 :]


def valid(data: bytes) -> bool:
    try:
        return not validate(data)
    except RefusedError:
        return False


def test_files_that_are_checked_together_are_as_sound_as_by_themselves() -> None:
    files = list(marred())
    assert 50 < sum(map(valid, files)) < len(files) - 50
    for data in files:
        assert sound([GOOD, data, GOOD]) == valid(data)
    assert not sound([HEAD + GOOD])
    assert not sound([GOOD[len(HEAD) :]])
    inner = GOOD.removeprefix(HEAD)
    assert not sound([GOOD + inner])
    assert not sound([GOOD.replace(b"</doc>", inner + b"</doc>")])
    half = GOOD.index(b"</p>")
    assert not sound([GOOD[:half], HEAD + GOOD[half:]])
    assert not sound([GOOD[:half] + b"</akomaNtoso>\n", HEAD + b"<akomaNtoso " + GOOD[half:]])
    assert not sound([GOOD[:half] + b"<!-- </akomaNtoso>\n", HEAD + b"<akomaNtoso -->" + GOOD[half:]])
    assert not sound([GOOD[:half] + b"<?x </akomaNtoso>\n", HEAD + b"<akomaNtoso ?>" + GOOD[half:]])
    assert not sound([GOOD[:half] + b"<![CDATA[</akomaNtoso>\n", HEAD + b"<akomaNtoso ]]>" + GOOD[half:]])


def test_the_document_at_fault_is_named_among_others() -> None:
    order = founding_order()
    wrong = replace(order, name="wrong.pdf", outline=replace(order.outline, item="no hash"))
    with pytest.raises(LineageError, match=r"wrong\.pdf") as caught:
        approve([(each, draft(each)) for each in (order, wrong, order)])
    assert caught.value.code == "documents.invalid"


def spoilt(document: Document, words: str) -> Document:
    first, *rest = document.outline.clauses
    text = Text.of(Line(words, 1, 0, 0))
    return replace(document, outline=replace(document.outline, clauses=(replace(first, text=text), *rest)))


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe"])
def test_a_character_that_xml_cannot_carry(character: str) -> None:
    with pytest.raises(LineageError) as caught:
        write(spoilt(founding_order(), f"before{character}after"))
    assert caught.value.code == "documents.characters"
    assert f"U+{ord(character):04X}" in caught.value.message
    assert "p_1" in caught.value.message


@pytest.mark.parametrize(
    "change",
    [
        {"work": "lbpd/3.48"},
        {"country": "United States"},
        {"size": -1},
        {"findings": (replace(founding_order().findings[0], evidence=(Evidence("no hash", 1, None, "x", 0, 1, "r"),)),)},
        {"findings": (replace(founding_order().findings[0], evidence=(Evidence(OTHER, 0, None, "x", 0, 1, "r"),)),)},
        {"findings": (replace(founding_order().findings[0], code="No Code"),)},
    ],
)
def test_a_document_that_breaks_the_schema_is_not_written(change: dict[str, object]) -> None:
    with pytest.raises(LineageError):
        write(replace(founding_order(), **change))  # type: ignore[arg-type]
