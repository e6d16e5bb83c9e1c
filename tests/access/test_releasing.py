"""What leaves a library: no word of a restricted paper is in an output that is asked for the public."""

from __future__ import annotations

import hashlib
import inspect
import re
from pathlib import Path

import pytest
from docx import Document

from lineage.library import Library
from lineage.store.public import PublicOnly
from lineage.store.reading import Reading

from .papers import DAYS_ARE_TOLD, NOT_FOR_RELEASE, PAPERS, PUBLIC, RESTRICTED, WHO, asked, library_of, released, run, words_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return released(tmp_path_factory.mktemp("some"))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the public papers alone."""
    return released(tmp_path_factory.mktemp("public"), PUBLIC)


def outputs(folder: Path, place: Path, *switch: str) -> dict[str, str]:
    """Every command that can leave a library, in each of its forms, as text."""
    place.mkdir()
    found = {}
    days = ("2012-06-01", "2017-01-01", "2019-01-01")
    lines = [["graph", "--format", form] for form in ("svg", "graphml", "json")] + [["graph", "5.13", "--format", "svg"]]
    for day in days:
        lines += [["in-force", "--on", day, "--all"], ["in-force", "--on", day, "--json"], ["report", "--on", day], ["report", "--on", day, "--json"], ["report", "--on", day, "-o", "r.html"]]
        for work in ("5.13", "5.60"):
            lines += [["show", work, "--on", day, "--words"], ["show", work, "--on", day, "--json"]]
            lines += [["export", work, "--on", day, "--format", form] for form in ("akn", "html", "text", "json")]
    for form in ("text", "html", "json", "docx"):
        file = ["-o", f"out.{form}"] if form == "docx" else []
        lines += [["changes", "--from", "2012-01-01", "--to", "2019-12-31", "--full", "--format", form, *file], ["verify", "--format", form, *file]]
        lines += [["compare", "5.13", "2015-01-01", "2018-01-01", "--format", form, *file], ["compare", "5.60", "2015-01-01", "2018-01-01", "--format", form, *file]]
    lines += [["search", words] for words in ("section", "order", "Quokka", "the", "marmalade")] + [["show", name, "--on", "2016-01-01"] for name in ("5.24", "16-02", "Bicycle Racks")]
    for line in lines:
        words = [str(place / w) if "." in w and w.split(".")[-1] in ("html", "docx") else w for w in line]
        done = run(folder, *words, *switch)
        assert done.exit_code in (0, 3), (line, done.output, done.exception)
        files = [Path(w) for w in words if w.startswith(str(place))]
        found[" ".join(line)] = done.output.replace(str(place), "") + "".join(_told(f) for f in files if f.exists())
    return found


def _told(file: Path) -> str:
    if file.suffix != ".docx":
        return file.read_text(encoding="utf-8")
    document = Document(str(file))
    return "\n".join(p.text for p in document.paragraphs) + str(document.element.xml)


def test_no_word_of_a_restricted_paper_is_told(folder: Path, bare: Path, tmp_path: Path) -> None:
    told = outputs(folder, tmp_path / "some", "--public")
    allowed = {w for line, text in outputs(bare, tmp_path / "bare").items() for w in words_of(text) - words_of(line)} | {w for name in PUBLIC for w in words_of(PAPERS[name])}
    secret = {w for name in RESTRICTED for w in (*words_of(PAPERS[name]), name, name[:-4])} - allowed - DAYS_ARE_TOLD | {hashlib.sha256(PAPERS[name].encode()).hexdigest()[:12] for name in RESTRICTED}
    assert {"belfry", "zeppelin", "marmalade", "gazebo", "16-02", "5.24", "racks", "amends.txt"} <= secret
    for line, text in told.items():
        asked_for = words_of(line)  # what a person typed is said back
        leaked = {w for w in secret - asked_for if re.search(rf"(?<![\w.-]){re.escape(w)}(?![\w-])", text.lower())}
        assert not leaked, (line, leaked, text[:3000])


def test_the_answers_stand_and_say_what_is_left_out(folder: Path) -> None:
    shown = asked(folder, "show", "5.13", "--on", "2017-01-01", "--public")
    assert (shown["status"], shown["access"], shown["complete"], shown["left_out"]) == ("in-force", "public", False, 4)
    whole = asked(folder, "show", "5.13", "--on", "2017-01-01")
    assert (whole["complete"], "marmalade" in whole["text"]) == (True, True)
    said = run(folder, "in-force", "--on", "2017-01-01", "--public").stdout
    assert "Public rules only; 4 restricted rules are left out." in said
    assert "a restricted rule" in run(folder, "show", "5.13", "--on", "2019-01-01", "--public").stdout
    assert {r["number"] for r in asked(folder, "in-force", "--on", "2017-01-01", "--public")["rules"]} == {"5.13", "5.60"}
    assert {r["number"]: r["access"] for r in asked(folder, "in-force", "--on", "2014-01-01")["rules"]} == {"5.13": "public", "5.60": "public", "5.24": "restricted"}
    assert run(folder, "show", "5.24", "--on", "2014-01-01", "--public").exit_code == 3


@pytest.mark.parametrize(
    ("line", "file"),
    [
        (("export", "5.24", "--format", "akn"), ""), (("export", "5.24", "--format", "text"), ""), (("export", "5.24", "--format", "html"), ""), (("export", "5.24", "--format", "json"), ""),
        (("changes", "--from", "2012-01-01", "--to", "2019-01-01", "--format", "html"), ""), (("changes", "--from", "2012-01-01", "--to", "2019-01-01"), "c.txt"),
        (("changes", "--from", "2012-01-01", "--to", "2019-01-01", "--format", "docx"), "c.docx"), (("report", "--on", "2016-01-01"), "r.html"), (("graph",), "g.svg"),
        (("compare", "5.13", "2015-01-01", "2018-01-01", "--format", "docx"), "d.docx"), (("graph", "--format", "graphml"), "g.graphml"),
    ],
)  # fmt: skip
def test_a_file_that_leaves_says_first_that_it_is_not_for_release(folder: Path, tmp_path: Path, line: tuple[str, ...], file: str) -> None:
    done = run(folder, *line, *(["-o", str(tmp_path / file)] if file else []))
    assert done.exit_code == 0, done.output
    said = _told(tmp_path / file) if file else done.stdout
    assert NOT_FOR_RELEASE in (said[: len(NOT_FOR_RELEASE)] if file.endswith((".txt", ".docx")) else said[:2500])


def test_what_is_all_public_says_nothing(bare: Path) -> None:
    assert NOT_FOR_RELEASE not in run(bare, "export", "5.60", "--format", "text").stdout
    assert NOT_FOR_RELEASE not in run(bare, "changes", "--from", "2012-01-01", "--to", "2019-01-01", "--format", "html").stdout


def test_every_question_has_a_filter_of_its_own() -> None:
    asked_of = {name for name, _ in inspect.getmembers(Reading, inspect.isfunction) if not name.startswith("_")}
    assert asked_of <= set(vars(PublicOnly))


def test_marks_have_their_time_and_may_be_taken_back(tmp_path: Path) -> None:
    made = library_of(tmp_path, ["room.txt", "racks.txt"])
    with Library.open(made) as library:
        before = library.store.last_moment()
    done = run(made, "mark", "--series", "Policy", "public", *WHO)
    assert "2 marked public." in done.stdout
    assert "Nothing was changed" in run(made, "mark", "5.13", "public", *WHO).stdout
    assert asked(made, "show", "5.13", "--on", "2014-01-01", "--as-known-on", str(before))["access"] == "restricted"
    assert asked(made, "show", "5.13", "--on", "2014-01-01")["access"] == "public"
    assert asked(made, "history", "5.13")["access"] == "public"
    # What was restricted at the moment asked about, or is today, is not given away.
    assert run(made, "show", "5.13", "--on", "2014-01-01", "--as-known-on", str(before), "--public").exit_code == 3
    assert asked(made, "mark", "5.13", "restricted", *WHO)["markings"][0]["access"] == "restricted"
    assert run(made, "show", "5.13", "--on", "2014-01-01", "--public").exit_code == 3
    assert run(made, "in-force", "--on", "2014-01-01", "--as-published-on", "2014-01-01", "--public").exit_code == 2


def test_a_mark_is_of_the_rule_that_was_looked_at(tmp_path: Path) -> None:
    made = library_of(tmp_path, ["ends.txt", "racks.txt"])
    # A rule that is only named is marked, and its paper comes later: nobody looked at that.
    assert run(made, "mark", "16-02", "5.24", "public", *WHO).exit_code == 0
    (tmp_path / "later.txt").write_text(PAPERS["amends.txt"], encoding="utf-8")
    assert run(made, "ingest", str(tmp_path / "later.txt")).exit_code == 0
    assert asked(made, "show", "16-02", "--on", "2017-01-01")["access"] == "restricted"
    # Another rule that comes to bear the id of one that was public is not public for that.
    assert run(made, "withdraw", "racks.txt", *WHO).exit_code == 0
    (tmp_path / "other.txt").write_text(PAPERS["racks.txt"].replace("Bicycle Racks", "Informants"), encoding="utf-8")
    assert run(made, "ingest", str(tmp_path / "other.txt")).exit_code == 0
    assert asked(made, "show", "5.24", "--on", "2014-01-01")["access"] == "restricted"
