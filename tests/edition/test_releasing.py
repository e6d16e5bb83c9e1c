"""Nothing of a restricted rule is on the page, and that something is left out is said."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from lineage.cli import main
from tests.access.papers import DAYS_ARE_TOLD, PAPERS, PUBLIC, RESTRICTED, WHO, library_of, released, run, words_of


def published(folder: Path, place: Path, *options: str) -> str:
    done = run(folder, "publish", "-o", str(place), *options)
    assert done.exit_code == 0, done.output
    return place.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return released(tmp_path_factory.mktemp("some"))


def test_no_word_of_a_restricted_paper_is_on_the_page(folder: Path, tmp_path: Path) -> None:
    bare = released(tmp_path / "bare", PUBLIC)
    page = published(folder, tmp_path / "some.html")
    allowed = words_of(published(bare, tmp_path / "bare.html")) | {w for name in PUBLIC for w in words_of(PAPERS[name])}
    secret = {w for name in RESTRICTED for w in (*words_of(PAPERS[name]), name, name[:-4])} - allowed - DAYS_ARE_TOLD
    secret |= {hashlib.sha256(PAPERS[name].encode()).hexdigest()[:12] for name in RESTRICTED}
    assert {"belfry", "zeppelin", "marmalade", "gazebo", "16-02", "5.24", "racks", "amends.txt"} <= secret
    leaked = {w for w in secret if re.search(rf"(?<![\w.-]){re.escape(w)}(?![\w-])", page.lower())}
    assert not leaked


def test_the_head_counts_what_is_left_out(folder: Path, tmp_path: Path) -> None:
    page = published(folder, tmp_path / "page.html")
    assert "Public rules only; 4 restricted rules are left out." in page
    assert "a restricted rule" in page
    assert page.count("<article") == 2


def test_the_summary_says_what_was_written(folder: Path, tmp_path: Path) -> None:
    done = run(folder, "publish", "-o", str(tmp_path / "page.html"), "--json")
    told = json.loads(done.stdout)
    data = (tmp_path / "page.html").read_bytes()
    assert (told["rules"], told["left_out"], told["bytes"], told["sha256"]) == (2, 4, len(data), hashlib.sha256(data).hexdigest())
    assert told["release"] == "Public rules only; 4 restricted rules are left out."
    said = run(folder, "publish", "-o", str(tmp_path / "page.html"))
    assert said.stdout.startswith("Public rules only; 4 restricted rules are left out. 2 rules, ")


def test_a_rule_restricted_again_is_gone(tmp_path: Path) -> None:
    folder = library_of(tmp_path, ["room.txt", "lamps.txt"])
    assert run(folder, "mark", "5.13", "5.60", "public", *WHO).exit_code == 0
    assert "Property Room" in published(folder, tmp_path / "page.html")
    assert run(folder, "mark", "5.13", "restricted", *WHO).exit_code == 0
    page = published(folder, tmp_path / "page.html")
    assert "Property Room" not in page
    assert "1 restricted rule is left out" in page


@pytest.mark.parametrize("options", [[], ["--series", "Policy"], ["--as-known-on", "MOMENT"]])
def test_where_nothing_is_public_nothing_is_written(tmp_path: Path, options: list[str]) -> None:
    folder = library_of(tmp_path, ["room.txt"])
    moment = "9999-01-01T00:00:00Z"
    done = run(folder, "publish", "-o", str(tmp_path / "page.html"), "--json", *(moment if o == "MOMENT" else o for o in options))
    error = json.loads(done.stdout)["error"]
    assert (done.exit_code, error["code"]) == (3, "edition.nothing-public")
    assert "lineage mark" in error["hint"]
    assert not (tmp_path / "page.html").exists()


def test_wrong_calls_are_refused(folder: Path, tmp_path: Path) -> None:
    place = str(tmp_path / "page.html")
    assert run(folder, "publish", "-o", place, "--from", "2020-01-02", "--to", "2020-01-01", "--json").exit_code == 2
    assert run(folder, "publish").exit_code == 2
    lost = run(folder, "publish", "-o", str(tmp_path / "none" / "page.html"), "--json")
    assert (lost.exit_code, json.loads(lost.stdout)["error"]["code"]) == (3, "edition.not-written")
    assert list(tmp_path.iterdir()) == []


def test_what_stood_there_is_replaced(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "page.html"
    place.write_text("old")
    assert published(folder, place).startswith("<!doctype html>")
    assert list(tmp_path.iterdir()) == [place]


def test_help_says_what_it_is_for() -> None:
    assert "records room" in CliRunner().invoke(main, ["publish", "--help"]).output
