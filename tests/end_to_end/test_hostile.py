"""Bad input through the command line: a clear sentence, its exit code, no traceback, and a library that is as it was."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.kept import copy, sqlite_only, state
from tests.shares import a_share

from .conftest import Held
from .hostile import PNG, READ, REFUSED, put
from .made import ORDERS, Called, call, within


@pytest.fixture(scope="module")
def library(pdfs: Held, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the corpus in it."""
    return copy(pdfs.folder, tmp_path_factory.mktemp("hostile") / "library")


@pytest.fixture(scope="module")
def taken(library: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Called, dict[str, dict[str, str]]]:
    """What became of each bad file, all given in one call."""
    folder = tmp_path_factory.mktemp("bad") / "files"
    put(folder)
    bad = [folder / name for name, *_ in REFUSED]
    before = state(library)
    called = call("ingest", *bad, "--json", library=library)
    assert state(library) == before, "a refused file left something behind"
    return called, {Path(item["path"]).name: item for item in called.json["items"]}


def sentence(words: str) -> None:
    """A full sentence, and nothing of the program's inside."""
    assert words[:1].isupper() or words[:1] in "\"“/" or words.split()[0].count(".") == 1, words
    assert words.rstrip().endswith((".", "?")), words
    assert "Traceback" not in words
    assert "Error(" not in words


def clean(called: Called) -> None:
    assert "Traceback" not in called.out + called.err
    assert 'File "' not in called.err


@pytest.mark.parametrize(("name", "code", "words"), [(name, code, words) for name, _, code, words in REFUSED])
def test_a_bad_file_is_refused_with_its_reason(name: str, code: str, words: str, taken: tuple[Called, dict[str, dict[str, str]]]) -> None:
    called, items = taken
    clean(called)
    assert called.code == 1
    item = items[name]
    assert (item["status"], item["code"]) == ("refused", code)
    assert words in item["message"]
    sentence(item["message"])
    sentence(item["hint"])


def test_every_refusal_has_its_own_words(taken: tuple[Called, dict[str, dict[str, str]]]) -> None:
    _, items = taken
    messages = [item["message"].replace(name, "") for name, item in items.items()]
    assert len(set(messages)) >= len({code for _, _, code, _ in REFUSED})


def test_the_others_go_on(tmp_path: Path) -> None:
    put(tmp_path / "files")
    shutil.copy(ORDERS / "social-media-2019.pdf", tmp_path / "files")
    called = call("ingest", tmp_path / "files", library=tmp_path / "library")
    clean(called)
    assert called.code == 1
    assert f"{len(READ) + 1} added" in called.out
    assert f"{len(REFUSED)} refused" in called.out
    for name, _, _, words in REFUSED:
        assert any(name in line and words in line for line in called.out.splitlines()), name
    assert call("check", library=tmp_path / "library").code == 0
    assert call("show", "Special Order - Social Media", "--on", "2020-06-01", library=tmp_path / "library").code == 0


@pytest.mark.parametrize("name", a_share(sorted(READ), 4))
def test_what_is_odd_can_be_read(name: str, tmp_path: Path) -> None:
    put(tmp_path)
    called = call("read", tmp_path / name, "--json")
    clean(called)
    assert called.code == 0
    text = " ".join(clause["text"] for clause in called.json["clauses"])
    assert text.strip()
    assert not [mark for mark in text if ord(mark) < 32 and mark != "\n"]
    if name == "hyphen-marks.txt":
        # "Department" stands elsewhere in the paper, so the word was broken; "record" and "rec-ord" do not, so the hyphen stays and is said.
        assert "The department keeps the rec-ord." in text
        assert {"text.control-marks", "text.hyphen-undecided"} <= {finding["code"] for finding in called.json["findings"]}


@pytest.mark.parametrize("name", a_share(["encrypted.pdf", "binary.txt", "entity-bomb.html"], 3))
def test_reading_a_bad_file(name: str, tmp_path: Path) -> None:
    _, data, code, words = next(bad for bad in REFUSED if bad[0] == name)
    (tmp_path / name).write_bytes(data)
    called = call("read", tmp_path / name, "--json")
    clean(called)
    assert called.code == 3
    error = called.json["error"]
    assert set(error) == {"code", "message", "hint", "candidates"}
    assert error["code"] == code
    assert words in error["message"]


def test_reading_a_bad_file_for_people(tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(PNG)
    called = call("read", tmp_path / "picture.txt")
    clean(called)
    assert called.code == 3
    assert called.out == ""
    assert "PNG" in called.err


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything, and Windows has other rights")
def test_a_folder_without_rights(library: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "order.txt").write_text("Members shall read.", encoding="utf-8")
    closed.chmod(0)
    try:
        before = state(library)
        called = call("ingest", closed, "--json", library=library)
        clean(called)
        assert called.code == 1
        assert called.json["items"][0]["code"] == "pages.unreadable"
        assert state(library) == before
    finally:
        closed.chmod(0o700)


def test_a_file_that_is_not_there(library: Path, tmp_path: Path) -> None:
    before = state(library)
    called = within("ingest", tmp_path / "missing.pdf", "--json", library=library)
    clean(called)
    assert called.code == 1
    (item,) = called.json["items"]
    assert (item["status"], item["code"]) == ("refused", "pages.unreadable")
    assert "does not exist" in item["message"]
    assert state(library) == before


# Words of the call, the exit code, the code of the error (None: the words of the call are wrong and click says it), words that must stand in the answer.
QUESTIONS: list[tuple[tuple[str, ...], int, str | None, tuple[str, ...]]] = [
    (("in-force", "--on", "2021-02-30"), 2, None, ("2021-02-30", "no day of the calendar")),
    (("show", "3.48", "--on", "2021-13-01"), 2, None, ("2021-13-01", "no day of the calendar")),
    (("show", "3.48", "--on", "yesterday"), 2, None, ("yesterday", "no day of the calendar")),
    (("show", "3.48"), 2, None, ("--on",)),
    (("show", "3.48", "--on", "2020-01-01", "--as-known-on", "2021-02-30"), 2, "usage.moment", ("2021-02-30",)),
    (("show", "3.48", "--on", "2020-01-01", "--as-known-on", "2001-01-01"), 3, "library.not-yet", ("created on",)),
    (("show", "18-04", "--on", "2018-01-01"), 3, "works.ambiguous", ("18-04", "2 works")),
    (("history", "18-04"), 3, "works.ambiguous", ("18-04",)),
    (("show", "99.99", "--on", "2020-01-01"), 3, "works.unknown", ("99.99",)),
    (("why", "Special Order - Spcial Media", "--on", "2020-01-01"), 3, "works.unknown", ("Spcial Media",)),
    (("history", "3.48.1"), 3, "works.unknown", ("3.48.1",)),
    (("relations", "no such rule"), 3, "works.unknown", ("no such rule",)),
    (("graph", "no such rule"), 3, "works.unknown", ("no such rule",)),
    (("export", "no such rule"), 3, "works.unknown", ("no such rule",)),
    (("export", "3.47"), 3, "works.no-text", ("3.47",)),
    (("frobnicate",), 2, None, ("frobnicate",)),
    (("in-force", "--on", "2020-01-01", "--sideways"), 2, None, ("--sideways",)),
]


@pytest.mark.parametrize(("words", "code", "error", "said"), QUESTIONS, ids=lambda v: " ".join(v) if isinstance(v, tuple) else None)
def test_a_question_that_cannot_be_answered(words: tuple[str, ...], code: int, error: str | None, said: tuple[str, ...], library: Path) -> None:
    before = state(library)
    called = within(*words, "--json", library=library)
    clean(called)
    assert called.code == code
    told = called.err
    if error is not None:
        shape = called.json["error"]
        assert set(shape) == {"code", "message", "hint", "candidates"}
        assert shape["code"] == error
        sentence(shape["message"])
        sentence(shape["hint"])
        told = json.dumps(shape, ensure_ascii=False)
        if error == "works.ambiguous":
            assert len(shape["candidates"]) == 2
    assert [word for word in said if word not in told.replace("\n", " ")] == []
    assert state(library) == before


def test_an_ambiguous_work_for_people(library: Path) -> None:
    called = within("show", "18-04", "--on", "2018-01-01", library=library)
    clean(called)
    assert (called.code, called.out) == (3, "")
    assert "Body Worn Camera Pilot" in called.err
    assert "Court Appearance" in called.err


@pytest.mark.parametrize("words", [("in-force", "--on", "2020-01-01"), ("check",)], ids=" ".join)
def test_a_library_that_is_missing(words: tuple[str, ...], tmp_path: Path) -> None:
    called = within(*words, "--json", library=tmp_path / "nowhere")
    clean(called)
    assert called.code == 3
    assert called.json["error"]["code"] == "store.missing"
    sentence(called.json["error"]["message"])
    assert not (tmp_path / "nowhere").exists(), "a question made a library"


def test_a_library_path_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a library", encoding="utf-8")
    for words in (("in-force", "--on", "2020-01-01"), ("ingest", str(ORDERS / "social-media-2019.txt"))):
        called = within(*words, "--json", library=tmp_path / "file")
        clean(called)
        assert called.code == 3
        assert called.json["error"]["code"] == "store.not-a-library"
        sentence(called.json["error"]["message"])
    assert (tmp_path / "file").read_text(encoding="utf-8") == "not a library"


def test_a_folder_of_other_files_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir", encoding="utf-8")
    called = within("ingest", ORDERS / "social-media-2019.txt", library=tmp_path)
    clean(called)
    assert called.code == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.txt"]


@sqlite_only
def test_a_database_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").write_bytes(b"no database at all, but a text of some length" * 40)
    called = within("in-force", "--on", "2020-01-01", "--json", library=tmp_path)
    clean(called)
    assert called.code == 3
    sentence(called.json["error"]["message"])


@pytest.mark.parametrize("profile", ["no-such-agency", "missing.toml"])
def test_a_profile_that_is_not_there(profile: str, library: Path, tmp_path: Path) -> None:
    before = state(library)
    (tmp_path / "new.txt").write_text("Members shall read this order.", encoding="utf-8")
    called = within("ingest", tmp_path / "new.txt", "--profile", profile, "--json", library=library)
    clean(called)
    assert called.code == 3
    assert called.json["error"]["code"].startswith("profile.")
    assert state(library) == before


def test_a_pipe_that_closes_early(library: Path) -> None:
    import subprocess

    program = f"{sys.executable} -m lineage.cli --library {library} in-force --on 2020-06-01 --all | {sys.executable} -c 'import sys; sys.stdin.readline()'"
    if sys.platform == "win32":
        pytest.skip("Windows shells have other pipes")
    done = subprocess.run(["sh", "-c", program], capture_output=True, check=False, timeout=60)
    assert b"Traceback" not in done.stderr
