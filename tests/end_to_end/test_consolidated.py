"""Words that several papers made: shown, exported, compared, as the folder of the case has them."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from lineage import documents
from lineage.cli import main
from lineage.documents.sameness import same
from lineage.errors import NotFoundError
from lineage.library import Library
from lineage.rendering import page, redline, redline_docx

CASE = Path(__file__).resolve().parents[1] / "cases" / "changed-by-seven-orders"
PAPERS = sorted(CASE.glob("*.txt"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("seven") / "library"
    with Library.open(place) as library:
        assert {outcome.status for outcome in library.ingest(PAPERS)} == {"added"}
    return place


def test_a_text_that_was_put_together_is_written_as_valid_xml_and_read_back(folder: Path) -> None:
    with Library.open(folder) as library:
        for on in (date(2018, 6, 1), date(2021, 6, 1), date(2022, 6, 1)):
            document = library.document("7.40", on)
            data = documents.write(document)
            assert documents.check(data) == []
            assert documents.write(documents.read(data)) == data
            assert page.text(document).splitlines()[3:] == (library.show("7.40", on).text or "").splitlines()
            assert "Consolidated, not reviewed." in page.html(document)
    kept = {c.eid: c.wid for c in library_document(folder, date(2021, 6, 1))}
    assert kept["para_I__para_B__para_3"] == "para_I__para_B__para_2"
    assert kept["para_I__para_B__para_2"] == "para_I__para_B__para_2v2"


def library_document(folder: Path, on: date):  # type: ignore[no-untyped-def]
    with Library.open(folder) as library:
        return library.document("7.40", on).outline.clauses


def test_who_changed_a_text_stands_in_the_xml(folder: Path) -> None:
    with Library.open(folder) as library:
        said = documents.write(library.document("7.40", date(2021, 6, 1))).decode()
    assert said.count("<textualMod ") == 11
    assert '<FRBRauthoritative value="false"/>' in said
    assert "FRBRmasterExpression" in said


def test_a_clause_that_an_order_put_there_has_its_own_period_in_the_xml(folder: Path) -> None:
    with Library.open(folder) as library:
        document = library.document("7.40", date(2021, 6, 1))
    data = documents.write(document)
    assert documents.check(data) == []
    assert same(documents.read(data), document)
    put = {c.eid: c.put_by for c in document.outline.clauses if c.put_by}
    assert sorted(put) == ["para_I__para_B__para_2", "para_I__para_B__para_5"]
    said = data.decode()
    (period,) = re.findall(r'eId="para_I__para_B__para_5" wId="para_I__para_B__para_4" period="#(\w+)"', said)
    (event,) = re.findall(rf'eId="{period}__timeInterval_1" start="#(\w+)"', said)
    assert f'<eventRef eId="{event}" date="2018-01-05" type="amendment"' in said
    with Library.open(folder) as library:
        plain = library.document("7.40", date(2015, 6, 1))
    assert documents.write(plain).count(b" period=") == 1  # the text's own


def test_word_by_word_who_put_it_there(folder: Path) -> None:
    done = CliRunner().invoke(main, ["--library", str(folder), "show", "7.40", "--on", "2018-06-01", "--words", "--json"])
    runs = next(c["by_words"] for c in json.loads(done.stdout)["words"] if c["eid"] == "para_I__para_B__para_3")
    assert [(r["text"], r["name"], r["on"], r["clause"]) for r in runs] == [
        ("damage seen on the glass", "a-section.txt", None, None),
        (" or the body", "Special Order 18-40", "2018-01-05", "para_I__para_A__para_1"),
        (".", "a-section.txt", None, None),
    ]
    assert "the words \"on the glass\" are replaced" in runs[1]["quote"]
    shown = CliRunner().invoke(main, ["--library", str(folder), "show", "7.40", "--on", "2018-06-01", "--words"]).stdout
    assert "“ or the body”  Special Order 18-40, January 5, 2018, para_I__para_A__para_1: d.txt p. 1" in shown
    first = json.loads(CliRunner().invoke(main, ["--library", str(folder), "show", "7.40", "--on", "2015-06-01", "--words", "--json"]).stdout)
    assert {(r["name"], r["on"], r["relation"]) for c in first["words"] for r in c["by_words"]} == {("a-section.txt", "2015-03-02", None)}
    assert "words" not in json.loads(CliRunner().invoke(main, ["--library", str(folder), "show", "7.40", "--on", "2015-06-01", "--json"]).stdout)


def test_a_redline_says_what_became_of_each_clause_and_by_whom(folder: Path) -> None:
    with Library.open(folder) as library:
        answer = library.compare("7.40", date(2018, 6, 1), date(2021, 6, 1))
        told = {(s.op, s.after): answer.by(s) for s in answer.shifts}
        assert told["insert", "2. the reading at the end of the shift;"] == ("Special Order 21-40",)
        assert told["replace", "A. Each driver keeps a logbook."] == ("Special Order 20-40",)
        gone = next(s for s in answer.shifts if s.op == "delete")
        assert (gone.before, answer.by(gone)) == ("D. Logs are kept for one year.", ("Special Order 19-40",))
        assert "[-D. Logs are kept for one year.-]" in redline.text(answer)
        assert "<ins>2. the reading at the end of the shift;</ins>" in redline.html(answer)


def test_a_redline_in_word_has_tracked_changes_of_the_orders(folder: Path) -> None:
    with Library.open(folder) as library:
        answer = library.compare("7.40", date(2018, 6, 1), date(2021, 6, 1))
    xml = Document(BytesIO(redline_docx.write(answer))).element.xml
    assert xml.count("<w:ins ") == sum(op == "insert" for s in answer.shifts for op, _ in s.words)
    assert xml.count("<w:del ") == sum(op == "delete" for s in answer.shifts for op, _ in s.words)
    assert 'w:author="Special Order 21-40" w:date="2021-01-05T00:00:00Z"' in xml


def test_texts_of_two_papers_are_compared_clause_by_clause(folder: Path) -> None:
    with Library.open(folder) as library:
        answer = library.compare("7.40", date(2022, 1, 4), date(2022, 1, 5))
    assert {s.op for s in answer.shifts} == {"replace", "delete", "insert"}
    assert all(answer.by(s) == ("Special Order 22-40",) for s in answer.shifts)


def test_where_no_words_are_held_nothing_is_compared(folder: Path) -> None:
    with Library.open(folder) as library, pytest.raises(NotFoundError) as told:
        library.compare("7.40", date(2014, 1, 1), date(2018, 6, 1))
    assert told.value.code == "works.no-text"


def test_the_json_of_a_clause_says_who_put_its_words_there(folder: Path) -> None:
    done = CliRunner().invoke(main, ["--library", str(folder), "show", "7.40", "--on", "2018-06-01", "--json"])
    shown = json.loads(done.stdout)
    glass = next(c for c in shown["clauses"] if c["text"].startswith("damage"))
    names = {a["relation"]: a["name"] for a in shown["changed_by"]}
    assert [(w["text"], names.get(w["by"])) for w in glass["words"]] == [("damage seen on the glass", None), (" or the body", "Special Order 18-40"), (".", None)]
    assert shown["consolidated"]
    assert shown["expression_item"] is None


def test_the_order_of_ingest_changes_no_byte(folder: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.ingest(PAPERS[::-1])
        for on in (date(2016, 6, 1), date(2020, 6, 1), date(2021, 6, 1)):
            with Library.open(folder) as first:
                assert library.show("7.40", on).text == first.show("7.40", on).text
                assert [(c.eid, c.wid, c.text.string) for c in library.document("7.40", on).outline.clauses] == [(c.eid, c.wid, c.text.string) for c in first.document("7.40", on).outline.clauses]
