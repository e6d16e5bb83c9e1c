"""Published texts against our own words: a section, a manual of sections, a manual in one file; as text, JSON, HTML and a Word file."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from lineage.cli import main
from lineage.errors import NotFoundError
from lineage.library import Library
from lineage.rendering import access, redline_docx, verifying
from tests.blocks.papers import Words, drawn

CASE = Path(__file__).resolve().parents[1] / "cases" / "edition-against-orders"
PAPERS = sorted(CASE.glob("*.txt"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("verified") / "library"
    with Library.open(place) as library:
        assert {outcome.status for outcome in library.ingest(PAPERS)} == {"added"}
    return place


def said(folder: Path, *words: str) -> str:
    done = CliRunner().invoke(main, ["--library", str(folder), *words])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_sections_of_a_manual_stand_in_a_table_with_each_difference_below(folder: Path) -> None:
    printed = said(folder, "verify", "9")
    assert printed.splitlines()[1] == "1 equal · 2 explained · 1 unexplained · 0 not comparable"
    assert "  Policy 9.1  on or before June 1, 2020  equal        1 change applied; 1 in layout alone\n" in printed
    assert "B. The battery is changed once a [-month-]{+week+}." in printed
    assert "By Special Order 18-92: the words that it quotes are these. It is not applied to ours: the text has no F." in " ".join(printed.split())
    assert "Not explained by anything held." in printed
    assert printed == said(folder, "verify")
    assert printed == said(folder, "verify", "--series", "policy")


def test_the_order_of_ingest_changes_no_byte(folder: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.ingest(PAPERS[::-1])
    for words in (("verify",), ("verify", "--json"), ("verify", "--format", "html"), ("verify", "9.2", "--on", "2020-06-01", "--json"), ("findings", "9.4", "--json")):
        one, other = said(folder, *words), said(tmp_path / "library", *words)
        if "--json" in words:  # the logs of two libraries are never the same
            one, other = ({name: value for name, value in json.loads(each).items() if name != "made_by"} for each in (one, other))
        assert one == other


def test_an_order_is_named_with_its_quote(folder: Path) -> None:
    (one,) = json.loads(said(folder, "verify", "9.2", "--json"))["works"]
    (difference,) = one["differences"]
    assert (difference["explained_by"], difference["order"]["name"], difference["order"]["proof"]) == ("order", "Special Order 18-92", "words")
    assert 'strike "once a month" and insert "once a week"' in difference["order"]["evidence"][0]["quote"]
    assert one["unapplied"][0]["why_not_code"] == "consolidation.target-absent"


def test_what_nothing_explains_is_an_open_question_and_the_published_text_rules(folder: Path) -> None:
    with Library.open(folder) as library:
        (finding,) = library.findings("9.4")
        assert (finding.code, finding.severity) == ("editions.unexplained", "doubt")
        assert "in C. “ten” reads “twenty”" in finding.message
        shown = library.show("9.4", date(2020, 6, 1))
        assert shown.ruling.expression_item is not None
        assert "run for twenty minutes" in (shown.text or "")


def test_a_published_text_with_our_words_is_shown_as_evidence(folder: Path) -> None:
    assert "Held to  published on or before June 1, 2020, d-9.1.txt: the same words as a-9.1.txt with 1 change" in said(folder, "show", "9.1", "--on", "2019-01-01")
    (one,) = json.loads(said(folder, "show", "9.1", "--on", "2021-01-01", "--json"))["published_texts"]
    assert (one["status"], one["differences"]) == ("equal", 0)


def test_as_html_and_as_a_word_file_with_tracked_changes(folder: Path) -> None:
    html = said(folder, "verify", "--format", "html")
    assert "<del>ten </del><ins>twenty </ins>" in html
    with Library.open(folder) as library:
        found = library.verify()
    xml = Document(BytesIO(redline_docx.write_verified(found))).element.xml
    assert 'w:author="Special Order 18-92"' in xml
    assert 'w:author="not explained"' in xml
    assert xml.count("<w:del ") == 2
    assert access.headed(verifying.html(found), access.RESTRICTED) == html


def test_what_cannot_be_compared_says_why(folder: Path) -> None:
    (one,) = json.loads(said(folder, "verify", "9.1", "--on", "2019-01-01", "--json"))["works"]
    assert (one["status"], one["reason"], one["differences"]) == ("not-comparable", "no earlier text of it is held", [])
    with Library.open(folder) as library, pytest.raises(NotFoundError) as told:
        library.verify("9.1", date(2014, 1, 1))
    assert told.value.code == "works.no-text"
    with Library.open(folder) as library, pytest.raises(NotFoundError):
        library.verify("77")


def test_as_known_before_the_edition_was_taken_in(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.ingest([p for p in PAPERS if not p.name.startswith("d-")])
        then = library.store.last_moment()
        library.ingest(PAPERS)
        assert [v.edition.standing for v in library.verify("9.4")] == ["unexplained"]
        assert [v.edition.standing for v in library.verify("9.4", as_known_on=then)] == ["not-comparable"]
        assert library.findings("9.4", as_known_on=then) == []


RULES = [(100 + n, f"Keys of Building {chr(65 + n)}") for n in range(9)] + [(110, "Doors and Their Locks"), (111, "Lamps"), (112, "Ladders")]


def manual(edition: str, swaps: dict[int, tuple[str, str]]) -> bytes:
    """A manual in one file: its contents, two pages a rule, the day of the edition at the foot."""
    foot: Words = (72, 40, f"Copyright Example, LLC {edition}, All Rights Reserved.")
    head: Words = (245, 770, "Riverton PD Policy Manual", "9")
    listed: list[Words] = [head, (72, 740, "Table of Contents", "b16"), (72, 715, "PREFACE" + " ." * 40), foot]
    sheets: list[list[Words]] = []
    for n, (number, title) in enumerate(RULES):
        listed.append((82, 700 - 15 * n, f"{number} - {title}" + " ." * 30))
        listed.append((520, 700 - 15 * n, str(len(sheets) + 2)))
        said = f"Members sign for each key that rule {number} is about, and for no other key."
        old, new = swaps.get(number, ("", ""))
        assert old in said
        box: list[Words] = [(100, 760, "Policy", "12"), (97, 738, str(number), "b24"), (72, 690, title, "b20")]
        text: list[Words] = [(72, 660, f"{number}.1", "b"), (110, 660, "PURPOSE AND SCOPE", "b"), (72, 644, said.replace(old, new) if old else said)]
        sheets.append([*box, *text, foot])
        sheets.append([head, (72, 740, f"{number}.2", "b"), (110, 740, "LOSS", "b"), (72, 724, "A lost key is written down at once by the member who lost it."), foot])
    return drawn(listed, *sheets)


ORDER = """RIVERTON POLICE DEPARTMENT
SPECIAL ORDER

Number: 21-07
Subject: Keys of the ladders
Issued: March 1, 2021
Effective: March 2, 2021

I. CHANGE

A. In paragraph 112.1 of Policy 112, strike "sign for" and insert "write down".
"""


def test_a_manual_in_one_file_is_gone_through_rule_by_rule(tmp_path: Path) -> None:
    (tmp_path / "old.pdf").write_bytes(manual("2020/05/04", {}))
    (tmp_path / "new.pdf").write_bytes(manual("2022/02/03", {111: ("no other", "any other"), 112: ("sign for", "write down")}))
    (tmp_path / "order.txt").write_text(ORDER, encoding="utf-8")
    shapes = []
    for way in (1, -1):
        with Library.open(tmp_path / f"library{way}") as library:
            papers = [tmp_path / name for name in ("old.pdf", "order.txt", "new.pdf")][::way]
            assert {o.status for o in library.ingest(papers)} == {"added"}
            shapes.append(verifying.shape(library.verify("Riverton PD Policy Manual"), None))
            assert library.check() == []
            assert {f.code for w in library.store.works() for f in library.store.findings(work=w.id) if f.code.startswith("editions.")} == {"editions.unexplained"}
    assert shapes[0] == shapes[1]
    assert shapes[0]["summary"] == {"equal": 11, "explained": 0, "unexplained": 1, "not_comparable": 0}
    (other,) = [w for w in shapes[0]["works"] if w["status"] == "unexplained"]
    assert (other["number"], other["differences"][0]["changes"]) == ("111", [{"ours": "no", "published": "any"}])
