"""What the chronology says, and that the set pages, the text and the answers say the same: also of papers whose words would be markup, or would turn the direction of reading."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from lineage.desk import Answer, Person
from lineage.library import Library
from lineage.packet import Packed

from .making import CORPUS, DAYS, library_of, packed, pages_of, words_of, written

HEAD = "MILLBROOK POLICE DEPARTMENT\n{kind}\n\nNumber: {number}\nSubject: {title}\nIssued: {day}\nEffective: {day}\n\nI. RULE\n\nA. {words}\n"
HOSTILE = (
    "#panic(1) $x^2$ *bold* _it_",
    "@ref <label> `raw` \\u{41} \"quotes\" 'single'",
    "= Heading // comment /* block */ ~ -- ---",
    "#eval(\"read(\\\"/etc/passwd\\\")\") #image(\"x.png\")",
    "[#include \"a.typ\"] {code} &amp; <script>alert(1)</script>",
)


def told(packet: Packed) -> tuple[str, str]:
    """The text and the set pages, as one line each."""
    folder = packet.folder / "data" / "chronology"
    return " ".join((folder / "chronology.txt").read_text(encoding="utf-8").split()), words_of((folder / "chronology.pdf").read_bytes())


def bare(words: str) -> str:
    """Words without blanks and hyphens, which the end of a line may put in or take away."""
    return "".join(sign for sign in words if not sign.isspace() and sign not in "-\u00ad\ufffe\u2010\x02")


def test_both_forms_say_what_the_library_answers(packet: Packed, corpus: Path) -> None:
    text, pages = told(packet)
    with Library.open(corpus, create=False) as library:
        for name in packet.works:
            for day in (DAYS[0], date(2019, 5, 16), date(2019, 5, 17), date(2021, 7, 21), date(2021, 7, 22), DAYS[1]):
                answer = library.show(name, day)
                sentences = [answer.sentence, *(f.message for f in answer.findings), *(e.quote for r in answer.reasons for e in r.evidence)]
                for words in sentences:
                    assert " ".join(words.split()) in text
                    assert bare(words) in bare(pages), words
                for clause in answer.clauses if answer.ruling.status == "in-force" else ():
                    assert bare(clause.text) in bare(pages)


def test_every_page_says_what_it_is(packet: Packed) -> None:
    pages = list(pages_of((packet.folder / "data/chronology/chronology.pdf").read_bytes()))
    assert len(pages) > 5
    for at, words in enumerate(pages, 1):
        assert words.startswith("Aid to reading, not evidence")
        assert "contains restricted rules; not for release" in words
        assert f"Page {at} of {len(pages)}" in words


def test_the_pages_are_tagged_and_for_the_archive(packet: Packed) -> None:
    data = (packet.folder / "data/chronology/chronology.pdf").read_bytes()
    assert b"/StructTreeRoot" in data
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"/H2" in data or b"/H3" in data


def test_it_says_by_what_it_was_made_and_what_is_open(packet: Packed) -> None:
    text, _ = told(packet)
    assert "Made by: policy-lineage 0.1.0" in text
    assert "profile lbpd: SHA-256" in text
    assert "the last thing recorded in it is of 2026-08-01T" in text
    for section in ("Open questions:", "Decisions by persons: None.", "Changes that could not be applied:", "Named and not held:", "Labor Code Sec. 980: a law or another body's rule, named as what this rule cites, and not held."):
        assert section in text
    assert "May 17, 2019 through July 21, 2021" in text
    assert "not applied to the words held" in text


def test_no_day_after_the_last_is_called_its_end(packet: Packed) -> None:
    text, _ = told(packet)
    assert "through July 22, 2021" not in text
    assert "through January 1, 2023" not in text
    assert "through May 17, 2019" not in text


def test_pages_are_drawn_with_their_marks(packet: Packed) -> None:
    folder = packet.folder / "data/chronology/pages"
    assert [p.name for p in sorted(folder.iterdir())] == ["P-0001_page-001.png", *(f"P-0002_page-00{n}.png" for n in range(1, 5)), "P-0003_page-001.png"]
    for path in folder.iterdir():
        with Image.open(path) as picture:
            colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or ()}
        assert (0xC2, 0x41, 0x0C) in colours, path.name  # the colour of a mark


def test_words_of_a_file_without_pages_stand_in_their_place(tmp_path: Path) -> None:
    library = library_of(tmp_path, [CORPUS / "manual-3.48-internet-usage.txt", CORPUS / "social-media-2019.txt"])
    made = packed(library, tmp_path / "made", "3.48")
    text, pages = told(made)
    assert not (made.folder / "data/chronology/pages").exists()
    assert "(around it: “" in text
    assert "[[amends LBPD Manual Section 3.48 -INTERNET USAGE]]" in text
    assert "this special order sets the rules" in pages
    assert "no pages of its own" in (made.folder / "data/true-copies/index.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_set_as_it_is_written(tmp_path: Path, title: str) -> None:
    paper = HEAD.format(kind="SPECIAL ORDER", number="16-02", title=title, day="May 2, 2016", words=f"Keep {title} safe.")
    made = packed(library_of(tmp_path, written(tmp_path / "papers", {"a.txt": paper})), tmp_path / "made", "16-02", days=(date(2016, 1, 1), date(2016, 12, 31)))
    text, pages = told(made)
    said = " ".join(title.split())
    assert f"Keep {said} safe." in text
    assert bare(f"Keep {said} safe.") in bare(pages)


def test_what_turns_the_direction_of_reading_is_shown(tmp_path: Path) -> None:
    paper = HEAD.format(kind="SPECIAL ORDER", number="16-02", title="Lamps", day="May 2, 2016", words="Pay \u202e0001\u202c dollars \u200bnow \u05d0\u05d1\u05d2 \u6f22\u5b57 \U0001f6a8.")
    made = packed(library_of(tmp_path, written(tmp_path / "papers", {"a\u202etxt.txt": paper})), tmp_path / "made", "16-02", days=(date(2016, 1, 1), date(2016, 12, 31)))
    text, pages = told(made)
    whole = text + pages + (made.folder / "data/true-copies/index.txt").read_text(encoding="utf-8") + (made.folder / "data/README.txt").read_text(encoding="utf-8")
    for sign in "\u202e\u202c\u200b":
        assert sign not in whole
    assert "\u05d0\u05d1\u05d2 \u6f22\u5b57" in text  # signs that our fonts lack stand in the text
    assert "an empty box stands in their place. The file chronology.txt has them." in pages


def test_a_decision_is_told_with_who_when_and_why(tmp_path: Path) -> None:
    library = library_of(tmp_path, [CORPUS / "manual-3.48-internet-usage.pdf", CORPUS / "social-media-2019.pdf", CORPUS / "manual-3.51-social-media.pdf"])
    with Library.open(library, create=False) as opened:
        work = opened.find("3.48").id
        question = next(q for q in opened.desk.questions(work) if q.subject == "stretch")
        chosen = next(o for o in question.options if o.correction is not None and o.correction.status == "not-in-force" and not o.asks)
        opened.desk.decide(question.id, Answer(key=chosen.key), Person("Capt. R. Roe", "the council minutes of 2021 say so"))
    text, pages = told(packed(library, tmp_path / "made", "3.48"))
    for form in (bare(text), bare(pages)):
        assert bare("Capt. R. Roe") in form
        assert bare("Because: the council minutes of 2021 say so") in form
    assert re.search(r"See below: [^.]*decisions D1\.", text)


def test_a_rule_that_is_only_cited_has_an_answer(tmp_path: Path) -> None:
    paper = HEAD.format(kind="POLICY MANUAL", number="5.13", title="Room", day="March 2, 2012", words="See Section 5.60.")
    made = packed(library_of(tmp_path, written(tmp_path / "papers", {"a.txt": paper})), tmp_path / "made", "5.60", "5.13", days=(date(2016, 1, 1), date(2016, 12, 31)))
    text, _ = told(made)
    assert "The documents held do not establish whether" in text
    assert "5.60: named as what this rule cites, and not held." in text
    assert "The rule itself: no text of it is held." in text
